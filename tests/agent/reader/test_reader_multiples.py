"""Parts and multiples of what was shown, values that take another's place, and traits of whom a present is for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Item, Requirement

Said = Callable[..., list[str]]
SHOWN = ("hp-01", "hp-05", "hp-10")
"""At $379, $199 and $74; the first plays for 32 hours."""


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("half the money", ["price <= 189.5"]),
        ("half as expensive", ["price <= 189.5"]),
        ("like the second one but half the price", ["category == headphones", "price <= 99.5"]),
        ("a quarter of the price", ["price <= 94.75"]),
        ("twice the battery", ["battery_life >= 64"]),
        ("便宜一半的", ["price <= 189.5"]),
        ("半价的", ["price <= 189.5"]),
        ("和第二款一样但价格一半", ["category == headphones", "price <= 99.5"]),
        ("续航两倍的", ["battery_life >= 64"]),
    ],
)
def test_a_part_is_taken_of_the_item_pointed_at_or_the_first(
    message: str, expected: list[str], reader: Reader, said: Said, items: Callable[..., list[Item]]
) -> None:
    ledger = [Requirement(field="category", op="==", value="headphones")]
    assert said(reader.read(message, shown=items(*SHOWN), ledger=ledger).requirements) == expected


def test_a_part_is_taken_of_the_bound_where_nothing_was_shown(reader: Reader, said: Said) -> None:
    ledger = [Requirement(field="price", op="<=", value=900.0, unit="CNY")]
    assert said(reader.read("half the money", ledger=ledger).requirements) == ["price <= 450 CNY"]
    assert said(reader.read("half the money").requirements) == []


@pytest.mark.parametrize("message", ["hmm, blue rather than red", "blue instead of red", "蓝色而不是红色"])
def test_a_value_set_off_from_the_one_asked_for_takes_its_place(message: str, reader: Reader) -> None:
    (edit,) = reader.read(message, ledger=[Requirement(field="colour", op="contains", value="red")]).edits
    assert edit.requirement is not None
    assert (edit.requirement.value, edit.replaces) == ("blue", True)


def test_a_value_beside_others_of_its_field_leaves_them(reader: Reader) -> None:
    held = [Requirement(field="colour", op="contains", value=value) for value in ("red", "white")]
    assert not any(edit.replaces for edit in reader.read("blue instead of red", ledger=held).edits)


def test_a_refused_colour_and_the_one_to_change_to(reader: Reader, said: Said) -> None:
    held = [Requirement(field="colour", op="contains", value="red")]
    expected = ["colour contains blue", "colour not_contains red"]
    assert said(reader.read("不要红的，换蓝的", ledger=held).requirements) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("给我妈买个礼物，她是干皮", ["suits contains gifts", "~suits contains dry_skin"]),
        ("gift for my sister, she has dry skin", ["suits contains gifts", "~suits contains dry_skin"]),
        ("送朋友的礼物，他有孩子", ["suits contains gifts", "~suits contains children"]),
        ("I need a cream for dry skin as a gift", ["suits contains dry_skin", "suits contains gifts"]),
    ],
)
def test_what_somebody_is_told_to_be_is_a_wish_in_a_present(
    message: str, expected: list[str], reader: Reader, said: Said
) -> None:
    assert sorted(one for one in said(reader.read(message).requirements) if "suits" in one) == sorted(expected)


@pytest.mark.parametrize("message", ["trail running shoes", "越野跑鞋", "越野鞋"])
def test_a_word_for_the_use_before_the_kind_reaches_its_value(message: str, reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == ["category == running_shoes", "suits contains hiking"]


def test_so_much_in_chinese_asks_nothing(reader: Reader, said: Said, items: Callable[..., list[Item]]) -> None:
    reading = reader.read("和第一个差不多，只是没那么烈的", shown=items("wn-01", "wn-02"))
    assert reading.intent == "refine"
    assert [one.field for one in reading.requirements if one.op == "<"] == ["alcohol"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Folded Light is even better than [1].", ["Folded Light"]),
        ("Horizon Bar would do, or the folded light.", ["Horizon Bar"]),
        ("鹿目光环台灯更好。", ["鹿目光环台灯"]),
        ("A good lamp for the desk.", []),
    ],
)
def test_whole_titles_are_found_in_prose(text: str, expected: list[str], reader: Reader) -> None:
    assert reader.titles_in(text) == expected
