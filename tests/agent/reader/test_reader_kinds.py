"""Words for a kind that say more than the kind: its opposite flag, a value inside its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Narrower, Reader
from shortlist_tools.catalog import Snapshot

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("message", "wireless"),
    [
        ("show me wired headphones", False),
        ("headphones, must be wired", False),
        ("corded headphones please", False),
        ("有线耳机", False),
        ("我想要有线的，不要无线耳机", False),
        ("headphones, not wired", True),
        ("不要有线的耳机", True),
    ],
)
def test_words_that_deny_a_flag(message: str, wireless: bool, reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == ["category == headphones", f"wireless == {wireless}"]


@pytest.mark.parametrize("message", ["headphones, wireless or wired", "耳机，有线或者无线"])
def test_a_flag_asked_for_both_ways_asks_for_nothing(message: str, reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == ["category == headphones"]


@pytest.mark.parametrize(("message", "colour"), [("no red wine please", "red"), ("不要白葡萄酒", "white")])
def test_a_refused_name_refuses_only_what_it_adds_to_its_kind(
    message: str, colour: str, reader: Reader, said: Said
) -> None:
    assert said(reader.read(message).requirements) == [f"colour not_contains {colour}"]


def test_a_value_inside_the_name_of_a_kind(demo_snapshot: Snapshot) -> None:
    narrower = Narrower(demo_snapshot.schema, demo_snapshot)
    names = {
        "red wine": "red",
        "white wine": "white",
        "红酒": "red",
        "白葡萄酒": "white",
        "wine": None,
        "desk lamp": None,
    }
    found = {name: narrower.value(name, "lamps" if "lamp" in name else "wine") for name in names}
    assert {name: value and value[1] for name, value in found.items()} == names
