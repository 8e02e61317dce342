"""Sets of several kinds: the sum for all of them, one more kind beside the first, another item in the place of one."""

from __future__ import annotations

from typing import Any

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Requirement

BAGS = Requirement(id="r1", field="category", op="==", value="backpacks", origin="stated")
SET = Requirement(id="r1", field="category", op="in", value=["lamps", "backpacks"], origin="stated")
SUM = Requirement(id="r2", field="price", op="<=", value=200.0, scope="slate", origin="stated")


def rows(reader: Reader, text: str, *ledger: Requirement, shown: Any = ()) -> list[tuple[str, str, Any, str | None]]:
    reading = reader.read(text, ledger=ledger, shown=shown)
    found = [edit.requirement for edit in reading.edits if edit.requirement is not None]
    return [(one.field, one.op, one.value, one.scope) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "I have $200 for a lamp and a backpack",
        "got 200 to spend on a backpack and a lamp",
        "a backpack and a lamp for $200 together",
        "我有200美元，想买一盏台灯和一个背包",
    ],
)
def test_the_sum_there_is_to_spend_is_for_all_of_it(reader: Reader, text: str) -> None:
    assert ("price", "<=", 200.0, "slate") in rows(reader, text)


@pytest.mark.parametrize("text", ["a lamp and a backpack under $80", "I have $200 for a backpack or a lamp"])
def test_a_bound_on_each_stays_one_on_each(reader: Reader, text: str) -> None:
    assert [scope for field, *_, scope in rows(reader, text) if field == "price"] == [None]


@pytest.mark.parametrize(
    "text",
    ["plus a lamp", "a lamp too, please", "also a lamp to go with it", "再加一盏台灯", "台灯也要一个"],
)
def test_one_more_kind_stands_beside_the_first(reader: Reader, text: str) -> None:
    reading = reader.read(text, ledger=[BAGS])
    added = next(edit for edit in reading.edits if edit.requirement is not None)
    assert added.beside
    assert added.requirement is not None
    assert added.requirement.value == ["backpacks", "lamps"]


@pytest.mark.parametrize(
    "text", ["a lamp", "a lamp instead", "lamps, please", "换成台灯", "and a lamp for the hut, under $15"]
)
def test_another_errand_takes_the_place_of_the_first(reader: Reader, text: str) -> None:
    assert ("category", "==", "lamps", None) in rows(reader, text, BAGS)


def test_what_is_said_beside_the_new_kind_is_of_it_alone(reader: Reader) -> None:
    found = rows(reader, "plus a lamp under $60", BAGS)
    assert ("price", "<", 60.0, "kind:lamps") in found


@pytest.mark.parametrize("text", ["can you get it under $150?", "能不能压到150美元以内"])
def test_a_new_sum_is_for_the_set_that_is_sought(reader: Reader, text: str) -> None:
    assert [(value, scope) for field, _, value, scope in rows(reader, text, SET, SUM) if field == "price"] == [
        (150.0, "slate")
    ]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("rating at least 4.5", "rating", 4.5),
        ("weight under 900", "weight", 900.0),
        ("at least 20 hours of battery", "battery_life", 20.0),
        ("评分4.5以上", "rating", 4.5),
        ("重量900以内", "weight", 900.0),
        ("续航至少20", "battery_life", 20.0),
    ],
)
def test_a_figure_that_is_no_money_is_asked_of_each_of_the_set(
    reader: Reader, text: str, field: str, value: float
) -> None:
    found = rows(reader, text, SET, SUM)
    assert [(name, bound) for name, _, bound, _ in found] == [(field, value)]
    assert found[0][3] != "slate"


@pytest.mark.parametrize("text", ["another lamp please", "swap the lamp", "换个台灯"])
def test_one_of_a_set_is_swapped_and_the_set_goes_on(reader: Reader, demo_snapshot: Any, text: str) -> None:
    lamp, bag = (demo_snapshot.item(demo_snapshot.row_of[name]) for name in ("lp-01", "bp-01"))
    reading = reader.read(text, shown=[lamp, bag], ledger=[SET])
    assert [(one.kind, one.item_id) for one in reading.feedback] == [("dismissed", "lp-01")]
    assert [edit.field for edit in reading.edits] == []


@pytest.mark.parametrize(
    ("message", "scope"),
    [
        ("一千块钱，我要买一个背包一个台灯，再加一副耳机", "slate"),
        ("我手上有800块，耳机和跑鞋各要一样", "slate"),
        ("I have $300, looking for headphones and a lamp", "slate"),
        ("耳机或者台灯，500以内", None),
        ("headphones and a lamp under 100 each", None),
    ],
)
def test_a_purse_told_first_is_for_all_that_follows(message: str, scope: str | None, reader: Reader) -> None:
    assert [one.scope for one in reader.read(message).requirements if one.field == "price"] == [scope]


@pytest.mark.parametrize("text", ["把台灯去掉吧", "台灯取消", "台灯拿掉", "台灯删掉", "台灯不要了", "remove the lamp"])
def test_a_kind_taken_out_of_the_set_leaves_the_others(reader: Reader, text: str) -> None:
    taken = [one.requirement for one in reader.read(text, ledger=[SET]).edits if one.action == "withdraw"]
    assert [one.value for one in taken if one is not None] == [["lamps"]]


@pytest.mark.parametrize(
    "text",
    [
        "drop the lamp and add headphones",
        "take the lamp out and add headphones",
        "台灯去掉,再加一副耳机",
        "台灯删掉,加个耳机",
    ],
)
def test_one_kind_leaves_the_set_while_another_comes_in(reader: Reader, text: str) -> None:
    found = reader.read(text, ledger=[SET]).edits
    told = [(edit.action, edit.requirement.value) for edit in found if edit.requirement is not None]
    assert ("withdraw", ["lamps"]) in told or ("add", ["backpacks", "headphones"]) in told
    assert not any(action == "add" and "lamps" in value for action, value in told)
