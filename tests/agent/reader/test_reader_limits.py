"""What must hold for any message and any catalog: bounded time, valid requirements, words from data alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import shortlist.reader.reader as reading_steps
from shortlist.reader import Reader
from shortlist.reader.message.scene import Scene, read_scene
from shortlist.reader.reader import LIMIT
from shortlist_tools.catalog import Field, Schema, check_requirement

_TEXT = (
    "not|no|under|or|and|the second one|Sony|black|headphones|lamp|$100|two hours|4.5|too|cheaper|preferably|forget|"
    "budget|without|noise cancelling|about|,|.|?|all together|I have|不要|索尼|或者|最好|黑色|耳机|500以内|再|便宜|"
    "一点|除了|预算|无所谓|第一个|但是|台灯|，|。|吗|比|续航|长|去年|90s"
)
_WORDS = _TEXT.split("|")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join))
def test_every_requirement_fits_the_schema_and_quotes_the_message(reader: Reader, message: str) -> None:
    reading = reader.read(message)
    for requirement in reading.requirements:
        check_requirement(requirement, reader.schema)
        assert requirement.quote
        assert requirement.quote in message
        assert requirement.hard or requirement.origin == "stated"
        assert requirement.op not in ("lowest", "highest") or not requirement.hard


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_any_text_is_read(reader: Reader, message: str) -> None:
    assert reader.read(message).language in ("en", "zh")


@pytest.mark.parametrize("piece", ["不要黑色", "not sony or bose, ", "sony or ", "Sony耳机100以内，或者", "100 ", "("])
def test_of_a_huge_message_a_bounded_part_is_read_and_it_says_so(
    piece: str, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def noted(text: str, *rest: Any) -> Scene:
        seen.append(len(text))
        return read_scene(text, *rest)

    monkeypatch.setattr(reading_steps, "read_scene", noted)
    assert reader.read(piece * (100_000 // len(piece))).truncated
    assert len(seen) == 1
    assert seen[0] <= LIMIT


def test_what_stands_behind_the_limit_is_not_read(reader: Reader) -> None:
    words = "well, " * (LIMIT // 6 - 4)
    inside, behind = reader.read(words + "under $50"), reader.read(words + " " * 40 + "well, " * 4 + "under $50")
    assert [(one.field, one.value) for one in inside.requirements] == [("price", 50.0)]
    assert (inside.truncated, behind.truncated, behind.requirements) == (False, True, ())


FILMS = Schema(
    fields=(
        Field(name="title", kind="text"),
        Field(name="runtime", kind="number", unit="min", label={"en": "runtime"}, low=26, high=229),
        Field(name="rating", kind="number", label={"en": "rating"}, low=4, high=8.8),
        Field(name="genres", kind="multi_category", label={"en": "genres"},
              values={name: {} for name in ("Horror", "Comedy", "Science Fiction", "Animation", "Romance")}),
        Field(name="director", kind="category", label={"en": "director"}, aliases={"en": ["directed by"]},
              values={name: {} for name in ("James Cameron", *(f"Ab{c} Cd{c}x" for c in "abcdefghijklmnopqrstuvw"))}),
        Field(name="certificate", kind="category", label={"en": "age rating"}, values={"R": {}, "PG-13": {}, "PG": {}}),
    ),
    roles={"title": "title", "rating": "rating"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("comedies under two hours", ["genres contains Comedy", "runtime < 120"]),
        ("sci-fi, not animated", ["genres contains Science Fiction", "genres not_contains Animation"]),
        ("romance but not comedy", ["genres contains Romance", "genres not_contains Comedy"]),
        ("7 or above", ["rating >= 7"]),
        ("directed by Cameron", ["director == James Cameron"]),
        ("an R-rated horror film", ["certificate == R", "genres contains Horror"]),
        ("are you sure", []),
        ("at least 100", ["runtime >= 100"]),
    ],
)
def test_values_without_declared_words_are_read_from_themselves(
    message: str, expected: list[str], said: Callable[..., list[str]]
) -> None:
    assert said(Reader(FILMS).read(message).requirements) == expected


def test_a_rare_field_of_inferred_values_only_wishes() -> None:
    fields = (
        Field(name="brand", kind="category", values={"Intel": {}, "HP": {}}),
        Field(name="cable_type", kind="category", values={"External": {}}, coverage=0.04),
        Field(name="colour", kind="category", values={"Black": {}}, coverage=0.45),
    )
    reader = Reader(Schema(fields=fields, roles={"brand": "brand"}))
    hard = {r.field: r.hard for r in reader.read("an external black drive from HP").requirements}
    assert hard == {"cable_type": False, "colour": True, "brand": True}


def test_yuan_is_no_foreign_unit_in_a_catalog_priced_in_yuan() -> None:
    fields = (Field(name="价格", kind="money", unit="CNY", label={"zh": "价格"}),)
    reader = Reader(Schema(fields=fields, roles={"price": "价格"}))
    [found] = reader.read("500元以内").requirements
    assert (found.op, found.value, found.unit) == ("<=", 500.0, None)


def test_a_figure_that_fits_several_fields_equally_is_left_open() -> None:
    fields = tuple(Field(name=name, kind="number", unit="cm", label={"en": name}) for name in ("width", "depth"))
    reader = Reader(Schema(fields=fields))
    assert reader.read("under 30 cm").requirements == ()
    assert [r.field for r in reader.read("depth under 30 cm").requirements] == ["depth"]
