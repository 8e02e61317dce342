"""Calls are scored by what they say: rows against labels and words, sentences against the sheet."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shortlist.demo import FOLDER
from shortlist_evals.prompts import Call, Recorded, score

SHEET = {
    "language": "en",
    "items": [
        {
            "id": "lp-13", "ref": 1, "title": "Folded Light", "names": ["Folded Light"],
            "facts": [{"field": "price", "label": "price", "value": 39.0, "text": "$39"}],
        }
    ],
}  # fmt: skip


def answered(prompt: str, text: str, truncated: bool = False, **more: Any) -> Recorded:
    kind = more.pop("kind", "opening")
    call = Call(id="x-t1", prompt=prompt, kind=kind, language="en", **more)
    return Recorded(
        call=call, version=f"{prompt}@1.0.0", messages=(), text=text, truncated=truncated, tokens=7, seconds=1.0,
        schema_file=FOLDER / "schema.yaml",
    )  # fmt: skip


def plan(rows: list[str], wanted: list[dict[str, Any]] | None, ledger: list[str] | None = None) -> dict[str, float]:
    inputs = {"message": "headphones under $150, not Sony", "ledger": ledger or []}
    text = json.dumps({"i": "find", "r": rows})
    return score(answered("plan", text, inputs=inputs, against={"wanted": wanted}))


def row(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value, "unit": None}


WANTED = [row("category", "==", "headphones"), row("price", "<", 150.0), row("brand", "!=", "Sony")]


def test_a_plan_is_held_to_the_labelled_rows_and_to_the_users_words() -> None:
    rows = ['category == headphones "headphones"', 'price < 150 "under $150"', 'rating >= 4 "well rated"', "nonsense"]
    assert plan(rows, WANTED) == {
        "valid": 1.0, "invented": 1.0, "usable": 0.75, "recall": pytest.approx(2 / 3),
        "precision": pytest.approx(2 / 3), "tokens": 7.0,
    }  # fmt: skip


def test_what_is_in_force_already_is_neither_right_nor_wrong() -> None:
    rows = ['category == headphones "headphones"', 'price < 150 "under $150"']
    found = plan(rows, WANTED[1:2], ledger=["category == headphones"])
    assert (found["recall"], found["precision"]) == (1.0, 1.0)


def test_without_labels_nothing_is_said_of_recall() -> None:
    assert set(plan(['price < 150 "under $150"'], None)) == {"valid", "invented", "usable", "tokens"}
    assert "precision" not in plan([], WANTED)
    assert "recall" not in plan([], [])


@pytest.mark.parametrize(("text", "truncated"), [("sorry, no", False), ('{"i": "find"', True), ('{"i": "buy"}', False)])
def test_a_plan_that_needs_a_repair_recalls_nothing(text: str, truncated: bool) -> None:
    found = score(answered("plan", text, truncated, inputs={"message": "m"}, against={"wanted": WANTED}))
    assert found == {"valid": 0.0, "recall": 0.0, "tokens": 7.0}


def draft(text: str, **more: Any) -> dict[str, float]:
    against = {"sheet": SHEET, "requirements": [], "others": [], "today": 1_795_000_000.0}
    return score(answered("draft", text, inputs={}, against=against, kind="recommend", **more))


def test_a_draft_is_held_to_the_sheet_sentence_by_sentence() -> None:
    assert draft("[1] costs $39. [2] costs $12.") == {
        "kept": 0.5, "language": 1.0, "whole": 1.0, "told": 1.0, "reply_words": 6.0, "tokens": 7.0
    }  # fmt: skip
    assert draft("[1] costs $12.")["told"] == 0.0
    assert draft("")["kept"] == 0.0
    assert draft("这盏灯很好。")["language"] == 0.0
    assert draft("[1] costs", truncated=True)["whole"] == 0.0


def test_opinions_of_a_reading_must_be_quoted() -> None:
    text = json.dumps({"t": [], "k": [], "s": ['light + "very soft"', 'switch - "it broke"']})
    inputs = {"reviews": ["The light is very soft."]}
    assert score(answered("understand", text, inputs=inputs)) == {"valid": 1.0, "quoted": 0.5, "tokens": 7.0}
    assert score(answered("understand", "?", inputs=inputs)) == {"valid": 0.0, "tokens": 7.0}


def test_a_prompt_without_a_scorer_counts_its_tokens() -> None:
    assert score(answered("repair", "{}", inputs={})) == {"tokens": 7.0}
