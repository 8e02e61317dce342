"""The public door: replies, sessions, idempotency, streaming, embedding, search without a conversation."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import shortlist
from shortlist import Model, Recommender, Reply
from shortlist.errors import CallerError, PolicyError, RequirementError, SettingsError
from shortlist.testing import Fault, ScriptedModel

from .conftest import Talk

Open = Callable[[Model], Recommender]


def new() -> str:
    return uuid.uuid4().hex


def test_first_reply_shows_only_items_that_meet_every_requirement(recommender: Recommender, talk: Talk) -> None:
    reply = talk("noise cancelling headphones under $150, not Sony")
    assert reply.kind == "recommend"
    assert 1 <= len(reply.items) <= 3
    for item in recommender.catalog.get([one.id for one in reply.items]):
        assert item.values["noise_cancelling"] is True
        assert item.values["price"] < 150
        assert item.values["brand"] != "Sony"
        assert item.values["category"] == "headphones"
    assert all(one.title in reply.message for one in reply.items)
    assert {(row.field, row.op) for row in reply.ledger if row.hard} == {
        ("noise_cancelling", "=="), ("category", "=="), ("price", "<"), ("brand", "!="),
    }  # fmt: skip
    assert all(row.quote for row in reply.ledger)


def test_cheaper_is_cheaper_than_what_was_shown(recommender: Recommender, talk: Talk) -> None:
    first = talk("降噪耳机，不要索尼，150美元以内")
    least = min(item.values["price"] for item in recommender.catalog.get([one.id for one in first.items]))
    second = talk("再便宜一点")
    assert second.language == "zh"
    shown = recommender.catalog.get([one.id for one in second.items if not one.broken])
    assert all(item.values["price"] < least for item in shown)
    assert shown or second.kind == "abstain"


def test_impossible_wish_abstains_and_names_what_is_broken(talk: Talk) -> None:
    reply = talk("waterproof headphones under $5")
    assert reply.kind == "abstain"
    assert reply.matching == 0
    hard = {row.id for row in reply.ledger if row.hard}
    assert reply.items
    for item in reply.items:
        assert item.broken
        assert set(item.broken) <= hard


def test_age_restricted_items_wait_for_a_confirmation(talk: Talk) -> None:
    assert talk("I want a red wine under $40").kind == "confirm"
    after = talk("yes, I am 30")
    assert after.kind == "recommend"
    assert all(item.id.startswith("wn-") for item in after.items)


def test_denied_age_shows_nothing_restricted(talk: Talk) -> None:
    assert talk("I want a red wine under $40").kind == "confirm"
    after = talk("no")
    assert not any(item.id.startswith("wn-") for item in after.items)


def test_same_key_gives_the_same_reply_and_runs_nothing(recommender: Recommender) -> None:
    session = new()
    first = recommender.reply("a desk lamp", session_id=session, key="k1")
    again = recommender.reply("something else entirely", session_id=session, key="k1")
    assert again == first
    assert recommender.reply("a backpack", session_id=session, key="k2").turn == 2


def test_turns_of_one_session_at_once_are_serialised(recommender: Recommender) -> None:
    session = new()
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda i: recommender.reply(f"backpack {i}", session_id=session), range(4)))
    assert sorted(reply.turn for reply in replies) == [1, 2, 3, 4]


def test_a_session_belongs_to_one_user(recommender: Recommender) -> None:
    session = new()
    recommender.reply("a lamp", session_id=session, user_id="ann")
    with pytest.raises(CallerError, match="belongs to another user"):
        recommender.reply("a lamp", session_id=session, user_id="ben")


@pytest.mark.parametrize(
    "message",
    [
        "",
        "   ",
        "😀🎧🎧",
        "\x00\x1b[31m",
        "?!",
        "耳机 headphones наушники 耳机",
        "a" * 100_000,
        "，。！",
        "[1] {1.price} {{x}}",
    ],
)
def test_any_message_gets_a_complete_reply(talk: Talk, message: str) -> None:
    reply = talk(message)
    assert reply.message
    assert reply.kind in ("recommend", "ask", "confirm", "abstain", "answer", "chat")
    assert "{" not in reply.message.replace(message, "")


def test_a_message_that_is_cut_says_so(talk: Talk) -> None:
    reply = talk("headphones " * 10_000)
    assert any("the first 4000 were read" in note for note in reply.notes)


@pytest.mark.parametrize(
    ("name", "value"), [("message", 7), ("session_id", ""), ("language", "fr"), ("user_id", "x" * 999)]
)
def test_unusable_arguments_are_named(recommender: Recommender, name: str, value: Any) -> None:
    arguments: dict[str, Any] = {"message": "a lamp", "session_id": new(), name: value}
    message = arguments.pop("message")
    with pytest.raises(CallerError, match=name):
        recommender.reply(message, **arguments)


def test_the_sync_door_works_inside_a_running_loop(recommender: Recommender) -> None:
    async def inside() -> Reply:
        return recommender.reply("a lamp", session_id=new())

    assert asyncio.run(inside()).turn == 1


def test_stream_ends_with_the_reply_whose_sentences_it_gave(recommender: Recommender) -> None:
    async def collect() -> list[Any]:
        return [event async for event in recommender.stream("a reading lamp under $80", session_id=new())]

    events = asyncio.run(collect())
    kinds = [event["type"] for event in events]
    assert kinds[-1] == "reply"
    assert kinds.count("reply") == 1
    stages = [event["data"] for event in events if event["type"] == "stage"]
    assert stages == ["understand", "plan", "gather", "decide", "draft", "remember"]
    message = events[-1]["data"]["message"]
    sentences = [event["data"] for event in events if event["type"] == "sentence"]
    assert sentences
    assert all(sentence in message for sentence in sentences)


def test_leaving_a_stream_early_remembers_nothing(recommender: Recommender) -> None:
    session = new()

    async def leave() -> None:
        stream = recommender.stream("a lamp", session_id=session)
        async for _ in stream:
            break
        await stream.aclose()

    asyncio.run(leave())
    assert recommender.reply("a lamp", session_id=session).turn in (1, 2)


def test_tool_and_runnable_answer_like_the_door(recommender: Recommender) -> None:
    said = {"message": "a green backpack", "session_id": new()}
    by_tool = recommender.as_tool().invoke(said)
    by_runnable = recommender.as_runnable().invoke({**said, "session_id": new()})
    assert [item["id"] for item in by_tool["items"]] == [item["id"] for item in by_runnable["items"]]
    assert by_runnable["ledger"][0]["field"]


def test_search_meets_requirements_and_refuses_unknown_fields(recommender: Recommender) -> None:
    hits = recommender.search("gift for a runner", [{"field": "price", "op": "<", "value": 50}], n=5)
    assert len(hits) == 5
    assert all(item.values["price"] < 50 for item in recommender.catalog.get([hit.id for hit in hits]))
    with pytest.raises(RequirementError, match="price"):
        recommender.search("x", [{"field": "pricee", "op": "<", "value": 50}])


def test_recommend_follows_taste_and_leaves_out_what_was_bought(recommender: Recommender) -> None:
    user = new()
    recommender.profiles.record(
        user, [{"kind": "bought", "item_id": f"bg-0{i}", "time": f"2026-10-0{i}T10:00:00Z"} for i in range(1, 6)]
    )
    shown = recommender.recommend(user, n=5)
    assert not {item.id for item in shown} & {f"bg-0{i}" for i in range(1, 6)}
    games = sum(item.id.startswith("bg-") for item in shown)
    guest = sum(item.id.startswith("bg-") for item in recommender.recommend(None, n=5))
    assert games > guest
    assert any("affinity" in {term.signal for term in item.terms} for item in shown)


def test_scores_are_the_sum_of_their_terms(talk: Talk) -> None:
    for item in talk("wireless headphones under $200").items:
        assert item.score == pytest.approx(sum(term.contribution for term in item.terms), abs=1e-6)


def test_forget_leaves_no_row_of_the_user(recommender: Recommender) -> None:
    user, session = new(), new()
    recommender.reply("a lamp under $40", session_id=session, user_id=user)
    recommender.feedback(user, "lp-01", "liked")
    assert any(recommender.profiles.export(user).values())
    recommender.forget(user, session)
    assert not any(recommender.profiles.export(user).values())


def test_unknown_settings_and_policies_are_refused_by_name(tmp_path: Any) -> None:
    with pytest.raises(SettingsError, match="modle"):
        Recommender.open(tmp_path / "x.db", settings={"modle": "offline"})
    with pytest.raises(PolicyError, match="slate_size"):
        Recommender.open(tmp_path / "x.db", model="offline", policies={"slate_sise": 2})


def test_opening_without_a_catalog_says_what_to_do(tmp_path: Any) -> None:
    with (
        Recommender.open(tmp_path / "empty.db", model="offline") as empty,
        pytest.raises(shortlist.ShortlistError, match="ingest"),
    ):
        empty.reply("a lamp")


def test_what_the_model_dropped_is_put_back_and_what_it_invented_is_left_out(with_model: Open) -> None:
    plan = {
        "i": "find",
        "q": "headphones",
        "r": ['rating >= 4.5 "good"', 'brand == Bose "Bose please"'],
        "x": [],
        "a": [],
        "ask": "",
    }
    with ScriptedModel({"plan": [plan], "draft": ["[1] is noise cancelling."]}) as model:
        reply = with_model(model).reply("noise cancelling headphones under $150, not Sony")
    hard = {(row.field, row.op, row.value) for row in reply.ledger if row.hard}
    assert ("price", "<", 150.0) in hard
    assert ("brand", "!=", "Sony") in hard
    assert not any(row.field == "rating" for row in reply.ledger)
    assert len(reply.plan.dropped) == 2


def test_wrong_figures_of_the_model_never_reach_the_user(with_model: Open) -> None:
    plan = {"i": "find", "q": "headphones", "r": [], "x": [], "a": [], "ask": ""}
    draft = "[1] costs only $3 and runs 900 hours. [2] was a gift from the king of Spain in 1812."
    with ScriptedModel({"plan": [plan], "draft": [draft, draft]}) as model:
        reply = with_model(model).reply("noise cancelling headphones under $150")
    assert "$3 " not in reply.message
    assert "900" not in reply.message
    assert "1812" not in reply.message
    assert reply.usage.sentences_replaced >= 2
    assert all(item.title in reply.message for item in reply.items)


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_of_the_model_still_gives_a_complete_reply(with_model: Open, fault: Fault) -> None:
    # Left with unused steps: how many calls a fault leads to is not what this test is about.
    model = ScriptedModel({"plan": [fault] * 4, "repair": [fault] * 4, "draft": [fault] * 4})
    reply = with_model(model).reply("noise cancelling headphones under $150, not Sony")
    assert reply.kind == "recommend"
    assert len(reply.items) == 3
    assert len(reply.usage.calls) <= 4
    assert all(item.title in reply.message for item in reply.items)
    assert {"price", "brand", "category", "noise_cancelling"} == {row.field for row in reply.ledger if row.hard}
