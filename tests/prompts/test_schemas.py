"""Answers are read tolerantly where that is safe, and their JSON schema is what strict servers demand."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from shortlist_prompts import SCHEMAS, PlanRows, json_schema


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"i": "find"}, PlanRows(i="find")),
        ({"i": "find", "q": None, "r": None, "x": None, "a": None, "ask": None}, PlanRows(i="find")),
        ({"i": "find", "r": "price < 3"}, PlanRows(i="find", r=["price < 3"])),
        ({"i": "find", "r": ["price < 3", " ", "price < 3"]}, PlanRows(i="find", r=["price < 3"])),
        ({"i": "about", "a": ["[2]", 2, "1"]}, PlanRows(i="about", a=[2, 1])),
        ({"i": "about", "a": 3}, PlanRows(i="about", a=[3])),
        ({"i": "chat", "mood": "good"}, PlanRows(i="chat")),
    ],
)
def test_harmless_slips_are_mended(given: dict[str, Any], expected: PlanRows) -> None:
    assert PlanRows.model_validate(given) == expected


@pytest.mark.parametrize(
    "given",
    [{}, {"i": "buy"}, {"i": "find", "q": ["x"]}, {"i": "find", "r": [{"field": "price"}]}, {"i": "about", "a": ["x"]}],
)
def test_what_would_have_to_be_guessed_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PlanRows.model_validate(given)


def test_an_endless_list_is_cut() -> None:
    rows = PlanRows.model_validate({"i": "find", "r": [f"price < {n}" for n in range(40)]}).r
    assert rows == [f"price < {n}" for n in range(8)]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_schema_is_strict_and_bare(name: str) -> None:
    schema = json_schema(SCHEMAS[name])
    assert schema["additionalProperties"] is False
    assert schema["required"] == list(schema["properties"]) == list(SCHEMAS[name].model_fields)
    assert not {"title", "default", "description"} & set(str(schema).replace("'", " ").split())


def test_the_plan_schema_is_this() -> None:
    rows = {"type": "array", "items": {"type": "string"}, "maxItems": 8}
    properties = json_schema(PlanRows)["properties"]
    assert properties["r"] == properties["x"] == rows
    assert properties["q"] == {"type": "string"}
    assert properties["i"]["enum"][:2] == ["find", "refine"]
