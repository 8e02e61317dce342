"""What is said in random conversations: repeatable, of every sort, in both languages, and about things that exist."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from random import Random
from string import Formatter

import pytest

from shortlist.demo import FOLDER, catalog_files
from shortlist_evals.invariants.phrases import pools
from shortlist_evals.invariants.saboteur import Saboteur
from shortlist_evals.invariants.talker import _WEIGHTS, Said, Talker
from shortlist_evals.invariants.worlds import POLICIES, World
from shortlist_prompts import PlanRows, ShortlistError
from shortlist_tools.catalog import Item, load_schema
from shortlist_tools.model import Budget


@pytest.fixture(scope="module")
def world() -> World:
    """The demo catalog as it stands in its files, enough to talk about."""
    rows = [json.loads(line) for file in catalog_files() for line in file.read_text("utf-8").splitlines()]
    items = tuple(Item(id=row.pop("id"), values={k: v for k, v in row.items() if k != "reviews"}) for row in rows)
    return World("demo", load_schema(FOLDER / "schema.yaml"), items, Path("unused.db"), ExitStack())


def said(world: World, seed: int, n: int = 12) -> list[Said]:
    talker = Talker(world, Random(seed))
    return [talker.say(None) for _ in range(n)]


def test_the_same_seed_says_the_same(world: World) -> None:
    assert said(world, 5) == said(world, 5)
    assert said(world, 5) != said(world, 6)


def test_every_occasion_comes_up_in_both_languages(world: World) -> None:
    messages = [one for seed in range(150) for one in said(world, seed)]
    assert {one.occasion for one in messages} >= set(_WEIGHTS) - {"again"}
    languages = Counter(one.language for one in messages)
    assert min(languages["en"], languages["zh"]) > 500
    assert any(len(one.text) > 50_000 for one in messages)
    assert not [
        one.text for one in messages if one.language == "en" and any("\u4e00" <= c <= "\u9fff" for c in one.text)
    ]


def test_every_phrase_can_be_filled_in() -> None:
    parts = {
        "v",
        "a",
        "b",
        "y",
        "n",
        "m",
        "x",
        "field",
        "bound",
        "word",
        "other",
        "clause",
        "clauses",
        "nth",
        "title",
        "fact",
    }
    for occasion, languages in pools().items():
        assert set(languages) == {"en", "zh"}, occasion
        for phrase in (one for listed in languages.values() for one in listed):
            names = {name for _, name, _, _ in Formatter().parse(phrase) if name}
            assert names <= parts, (occasion, phrase)


def test_policies_differ_and_name_fields_of_the_world(world: World) -> None:
    made = [world.policies(number) for number in range(POLICIES)]
    assert made[0] == {}
    assert len({json.dumps(one, sort_keys=True) for one in made}) == POLICIES
    assert any("age_gate" in one for one in made)
    assert any("require" in one for one in made)
    assert world.policies(POLICIES + 1) == made[1]


def test_a_misbehaving_model_is_repeatable_and_never_merely_good(world: World) -> None:
    def answers(seed: int) -> list[str]:
        model = Saboteur(world.items, world.schema)
        model.begin(Random(seed))
        inputs = {
            "fields": [],
            "ledger": [],
            "exchanges": [],
            "shown": [],
            "language": "en",
            "message": "a lamp under $50",
        }
        found = []
        for _ in range(40):
            try:
                found.append(asyncio.run(model.ask("plan", inputs, PlanRows, Budget())).value.model_dump_json())
            except ShortlistError as error:
                found.append(type(error).__name__)
        return found

    first = answers(1)
    assert first == answers(1)
    assert first != answers(2)
    assert sum(one.endswith("Error") for one in first) >= 5
    assert sum(one.startswith("{") for one in first) >= 15
