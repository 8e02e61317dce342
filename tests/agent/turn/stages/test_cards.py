"""The schema card tells the model of the fields that matter to this turn, and stays short."""

from __future__ import annotations

from shortlist.reader import Edit, Reading
from shortlist.turn.stages.cards import MOST_CHARACTERS, schema_card
from shortlist.turn.state import Session
from shortlist_tools.catalog import Field, Requirement, Schema

NOTHING = Reading(language="en")


def fields_of(lines: list[str]) -> list[str]:
    return [line.split()[0] for line in lines]


def test_a_line_names_kind_unit_and_the_values_that_are_meant(demo_schema: Schema) -> None:
    lines = {line.split()[0]: line for line in schema_card(demo_schema, "有没有索尼的耳机", NOTHING, Session(id="s"))}
    assert lines["price"] == "price money USD"
    assert lines["noise_cancelling"] == "noise_cancelling true|false"
    assert lines["category"].startswith("category one of: headphones|")
    assert lines["brand"].startswith("brand one of: Sony|")


def test_fields_that_are_spoken_of_come_first(demo_schema: Schema) -> None:
    brightness = Edit(action="add", requirement=Requirement(field="brightness", op=">", value=500))
    read = Reading(language="en", edits=(brightness,), about=("spf",))
    assert set(fields_of(schema_card(demo_schema, "500 lumens", read, Session(id="s")))[:2]) == {"brightness", "spf"}
    pending = Session(id="s", pending=("level",), ledger=(Requirement(field="alcohol", op="<", value=5),))
    assert set(fields_of(schema_card(demo_schema, "any", NOTHING, pending))[:2]) == {"level", "alcohol"}


def test_it_is_short_whatever_the_schema() -> None:
    values = {f"value-{n}": {"en": [f"word {n}"]} for n in range(200)}
    many = Schema(fields=tuple(Field(name=f"field_{n}", kind="category", values=values) for n in range(100)))
    lines = schema_card(many, "word 150", NOTHING, Session(id="s"))
    assert 1 <= len(lines) <= 24
    assert sum(map(len, lines)) <= MOST_CHARACTERS
    assert all("value-150" in line for line in lines)
    assert all(line.endswith("|…") for line in lines)


def test_texts_and_what_nobody_can_answer_are_left_out(demo_schema: Schema) -> None:
    names = fields_of(schema_card(demo_schema, "in stock, title, description", NOTHING, Session(id="s")))
    assert not {"title", "description", "in_stock", "variant_group", "sponsored"} & set(names)
    assert len(names) == len(set(names))
