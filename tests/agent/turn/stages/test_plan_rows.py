"""What a model writes becomes a plan only as far as the user's own words carry it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from shortlist.reader import Edit, Reading
from shortlist.testing import ScriptedModel
from shortlist.turn.stages import make_plan
from shortlist.turn.state import Services, Session, Turn
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.model import Budget

SESSION = Session(id="s", slate=("hp-01", "hp-03", "hp-06"))
CHEAP = Edit(
    action="add", requirement=Requirement(field="price", op="<", value=150.0, quote="under 150"), quote="under 150"
)


def plan(services: Services, message: str, rows: list[str], *edits: Edit, **answer: Any) -> TurnPlan:
    reading = Reading(language="en", edits=edits, intent=answer.pop("read_as", "find"), query=answer.pop("words", ""))
    with ScriptedModel({"plan": [{"i": "find", "r": rows, **answer}]}) as model:
        turn = Turn(replace(services, model=model), Budget())
        return asyncio.run(make_plan(message, SESSION, reading, turn))


def added(done: TurnPlan) -> list[tuple[Any, ...]]:
    rows = [(edit, edit.requirement) for edit in done.edits if edit.requirement is not None]
    return [(row.field, row.op, row.value, row.hard, row.origin, edit.found_by) for edit, row in rows]


def test_what_the_reader_found_and_the_model_left_out_is_put_back(services: Services) -> None:
    done = plan(services, "headphones under 150", [], CHEAP)
    assert added(done) == [("price", "<", 150.0, True, "stated", "reader")]
    assert done.source == "model"


@pytest.mark.parametrize("row", ['price < 150 "under 150"', 'price<150 "under 150"', "cost < 150.0 “under 150”"])
def test_what_both_found_is_kept_once(services: Services, row: str) -> None:
    done = plan(services, "headphones under 150", [row], CHEAP)
    assert added(done) == [("price", "<", 150.0, True, "stated", "both")]
    assert done.dropped == ()


def test_what_only_the_model_found_is_stated_where_the_quote_gives_the_value(services: Services) -> None:
    done = plan(services, "something by Bose please", ['brand == Bose "Bose"'])
    assert added(done) == [("brand", "==", "Bose", True, "stated", "model")]


def test_what_the_model_makes_of_vague_words_is_a_soft_assumption(services: Services) -> None:
    done = plan(services, "something nice for my mum", ['suits contains gifts "for my mum"'])
    assert added(done) == [("suits", "contains", "gifts", False, "inferred", "model")]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('price < 100 "at most 100"', "its quote is not in the user's words"),
        ("price < 100", "its quote is not in the user's words"),
        ('colr == black "black"', "no such field"),
        ("black would be nice", "not of the form"),
        ('brand == Sonny "quiet"', "Sony"),
        ('weight < 300 "quiet"', "does not speak of this field"),
        ('price > 40 "quiet"', "reads this field otherwise"),
    ],
)
def test_what_nobody_said_is_dropped_with_the_reason(services: Services, row: str, why: str) -> None:
    done = plan(services, "quiet black headphones under 150", [row], CHEAP)
    assert added(done) == [("price", "<", 150.0, True, "stated", "reader")]
    assert len(done.dropped) == 1
    assert done.dropped[0].startswith(row)
    assert why in done.dropped[0]


def test_assumptions_are_few(services: Services) -> None:
    guesses = (("suits", "gifts"), ("theme", "music"), ("colour", "red"))
    rows = [f'{field} contains {value} "a treat"' for field, value in guesses]
    done = plan(services, "a treat for mum", rows)
    assert [row[0] for row in added(done)] == ["suits", "theme"]
    assert not any(row[3] for row in added(done))


def test_the_model_points_at_shown_items_and_no_others(services: Services) -> None:
    done = plan(services, "is the last one any good?", [], i="about", a=[3, 9, 0], read_as="about")
    assert (done.intent, done.about) == ("about", ("hp-06",))


def test_the_model_does_not_overrule_words_that_are_sure(services: Services) -> None:
    assert plan(services, "more please", [], i="chat", read_as="more").intent == "more"
    assert plan(services, "under 150", [], CHEAP, i="chat").intent == "find"


def test_nothing_is_inferred_of_a_field_that_is_taken_back(services: Services) -> None:
    back = Edit(action="withdraw", field="colour", quote="any colour")
    done = plan(services, "any colour is fine", ['colour != black "any colour"'], back)
    assert [edit.action for edit in done.edits] == ["withdraw"]


def test_only_fields_of_the_catalog_are_asked_about(services: Services) -> None:
    assert plan(services, "anything nice", [], ask="brand").ask == "brand"
    assert plan(services, "anything nice", [], ask="mood").ask is None


@pytest.mark.parametrize("field", ["rating", "min_age"])
def test_a_field_may_have_an_operation_in_its_name(services: Services, field: str) -> None:
    done = plan(services, "quiet ones", [f'{field} >= 4 "quiet"'])
    assert "does not speak of this field" in done.dropped[0]


@pytest.mark.parametrize(
    ("message", "row"),
    [
        ("nothing too verbose, please", 'brand == Bose "bose"'),
        ("weight up to 1500 g", 'weight <= 150 "weight up to 150"'),
    ],
)
def test_a_quote_is_whole_words(services: Services, message: str, row: str) -> None:
    assert added(plan(services, message, [row])) == []
