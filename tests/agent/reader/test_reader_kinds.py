"""Words for a kind that say more than the kind: its opposite flag, a value inside its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Narrower, Reader
from shortlist_tools.catalog import Requirement, Snapshot

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


@pytest.mark.parametrize("message", ["I need shoes or bags", "bags or shoes", "想买鞋或者包", "包或鞋都行"])
def test_two_kinds_one_called_by_a_part_of_its_name(message: str, reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == ["category in ['running_shoes', 'backpacks']"]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("my headphones died. need something for the train", "headphones"),
        ("i lost my backpack, want a sturdier one", "backpacks"),
        ("我台灯坏了，想换个新的", "lamps"),
        ("my headphones died. need a lamp", "lamps"),
        ("等等，还是台灯算了", "lamps"),
        ("干脆耳机算了", "headphones"),
    ],
)
def test_the_kind_of_what_broke_or_was_settled_for(message: str, kind: str, reader: Reader, said: Said) -> None:
    assert f"category == {kind}" in said(reader.read(message).requirements)


@pytest.mark.parametrize("message", ["my headphones died yesterday", "台灯就算了"])
def test_what_broke_or_is_given_up_alone_asks_for_nothing(message: str, reader: Reader, said: Said) -> None:
    assert not any(row.startswith("category ==") for row in said(reader.read(message).requirements))


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("附近有什么活动吗？我在上海，周末挺无聊的", "Shanghai"),
        ("I live in London, anything to do on weekends?", "London"),
        ("我在上海，想买个礼物", None),
        ("I live in London and need a lamp", None),
    ],
)
def test_where_somebody_is_counts_where_something_near_by_is_sought(
    message: str, place: str | None, reader: Reader, said: Said
) -> None:
    assert [row for row in said(reader.read(message).requirements) if "city" in row] == (
        [f"city == {place}"] if place else []
    )


@pytest.mark.parametrize("message", ["看看双肩包", "算了不要跑鞋了，看看双肩包", "改看背包"])
def test_a_name_that_begins_like_a_measure_word_names_its_kind(message: str, reader: Reader, said: Said) -> None:
    reading = reader.read(message)
    assert "category == backpacks" in said([one.requirement for one in reading.edits if one.requirement])
    assert reading.good == ""


@pytest.mark.parametrize("message", ["不要课", "别推荐课", "不要课了"])
def test_the_plain_name_of_a_kind_in_short_refuses_the_kind(message: str, reader: Reader, said: Said) -> None:
    assert said([one.requirement for one in reader.read(message).edits if one.requirement]) == ["category != courses"]


@pytest.mark.parametrize(
    ("message", "replaces"),
    [("photography then", True), ("摄影的呢", True), ("photography too", False), ("也要摄影的", False)],
)
def test_another_subject_takes_the_place_of_the_one_before(message: str, replaces: bool, reader: Reader) -> None:
    held = Requirement(id="r1", field="theme", op="contains", value="fitness", origin="stated", quote="yoga")
    edits = [one for one in reader.read(message, ledger=[held]).edits if one.field == "theme"]
    assert [one.replaces for one in edits] == [replaces]
