"""A model may only say of a person what the person's own words say."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from shortlist.testing import Fault, ScriptedModel
from shortlist_prompts import ProfileRows, ProviderError
from shortlist_tools.profile import Event, Profiles
from shortlist_tools.profile.semantic import checked, read_texts
from shortlist_tools.profile.statistics import Act, Statistics

NOW = 1_700_000_000.0
TEXTS = [
    "I cycle to work, so it must fold.",
    "My wife runs marathons. I like quiet evenings.",
    "我在学做咖啡，他喜欢喝茶。",
]


def acts() -> list[Act]:
    events = [Event(kind="said", text=text, time=NOW + place) for place, text in enumerate(TEXTS)]
    return Statistics(events).acts


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('self | use = cycling to work | "I cycle to work" [1]', None),
        ('self | goal = 学做咖啡 | "我在学做咖啡" [3]', None),
        ('self | taste = quiet | "quiet evenings" [2]', None),
        ('wife | goal = marathons | "runs marathons" [2]', "somebody else"),
        ('self | goal = marathons | "My wife runs marathons" [2]', "somebody else"),
        ('self | use = cycling | "I cycle to work" [2]', "not said there"),
        ('self | use = cycling | "I love cycling" [1]', "not said there"),
        ('self | use = cycling | "I cycle to work" [9]', "no such text"),
        ('self | use = cycling | "I cycle to work" [99999999999]', "no such text"),
        ("self | use = cycling | I cycle to work", "unreadable"),
        ("likes cycling", "unreadable"),
        ('self | password = x | "I cycle to work" [1]', "unknown field"),
        ('self | experience = diabetes | "I cycle to work" [1]', "sensitive"),
    ],
)
def test_only_what_the_words_say_of_the_person_is_kept(row: str, why: str | None) -> None:
    reading = checked(ProfileRows(f=[row]), acts())
    assert [reason for _, reason in reading.dropped] == ([why] if why else [])
    assert len(reading.facts) == (why is None)


def test_a_kept_fact_quotes_its_evidence() -> None:
    [fact] = checked(ProfileRows(f=['self | use = cycling to work | "I cycle to work" [1]']), acts()).facts
    assert (fact.origin, fact.quote, fact.evidence) == ("model", "I cycle to work", (acts()[0][1],))
    assert fact.sentence == {
        "en": "From your own words: cycling to work (“I cycle to work”).",
        "zh": "从您自己的话里：cycling to work (“I cycle to work”)。",
    }


def test_nothing_written_asks_nobody() -> None:
    with ScriptedModel({}) as model:
        viewed = Statistics([Event(kind="viewed", item_id="l1", time=NOW)]).acts
        assert asyncio.run(read_texts(model, viewed)).facts == ()


def test_the_model_is_sent_nothing_personal_and_its_quotes_get_it_back() -> None:
    long = "I cycle to work. " * 17 + "Ring 13812345678."
    said = ["I'm Dave and my sister Anna knits, ring 13812345678.", long]
    events = [Event(kind="said", text=text, time=NOW + place) for place, text in enumerate(said)]
    rows = {"f": ['self | taste = knitting with Anna | "I\'m [NAME_1]" [1]']}
    with ScriptedModel({"profile": [rows]}) as model:
        reading = asyncio.run(read_texts(model, Statistics(events).acts))
        sent = str(model.calls[0].inputs)
    assert "I'm [NAME_1] and my sister [NAME_2] knits, ring [PHONE_1]" in sent
    assert not [words for words in ("Dave", "Anna", "138") if words in sent]
    assert [fact.quote for fact in reading.facts] == ["I'm Dave"]


def test_what_was_read_is_part_of_the_profile_until_its_words_are_gone(profiles: Profiles) -> None:
    profiles.record("u", [Event(kind="said", text=text, time=NOW + place) for place, text in enumerate(TEXTS)])
    rows = {"f": ['self | use = cycling to work | "I cycle to work" [1]', 'self | use = flying | "I fly" [1]']}
    with ScriptedModel({"profile": [rows]}) as model:
        reading = asyncio.run(profiles.infer("u", model))
    assert [(fact.field, fact.value) for fact in profiles.profile("u").semantic] == [("use", "cycling to work")]
    assert [why for _, why in reading.dropped] == ["not said there"]
    assert profiles.profile("u").level == 3
    assert profiles.export("u")["inferred"][0]["id"] == reading.facts[0].id
    profiles.rights.forget_events("u", kinds=["said"])
    assert profiles.profile("u").semantic == ()


def test_what_is_forbidden_is_not_kept(profiles: Profiles) -> None:
    profiles.record("u", [Event(kind="said", text=TEXTS[0], time=NOW)])
    profiles.rights.forbid("u", "use")
    with ScriptedModel({"profile": [{"f": ['self | use = cycling | "I cycle to work" [1]']}]}) as model:
        assert asyncio.run(profiles.infer("u", model)).facts == ()
    assert profiles.export("u")["inferred"] == []


@pytest.mark.parametrize("fault", [Fault.TIMEOUT, Fault.NOT_JSON, Fault.EMPTY, Fault.WRONG_TYPES, Fault.ENDLESS])
def test_a_failing_model_changes_nothing(fault: Fault, profiles: Profiles) -> None:
    profiles.record("u", [Event(kind="said", text=TEXTS[0], time=NOW)])
    before = profiles.profile("u", NOW)
    with ScriptedModel({"profile": [fault]}) as model, contextlib.suppress(ProviderError):
        asyncio.run(profiles.infer("u", model))
    assert profiles.profile("u", NOW) == before
