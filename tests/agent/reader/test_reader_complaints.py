"""What is amiss with what was shown, what somebody hates or has enough of, and a value told by its first part."""

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Item, Op, Requirement

Items = Callable[..., list[Item]]


def rows(reader: Reader, text: str, shown: list[Item], *ledger: Requirement) -> list[tuple[str, str, object]]:
    read = [edit.requirement for edit in reader.read(text, shown=shown, ledger=ledger).edits if edit.action == "add"]
    return [(row.field, row.op, row.value) for row in read if row is not None]


def want(field: str, op: Op, value: object) -> Requirement:
    return Requirement(id="r1", field=field, op=op, value=value, turn=1)


@pytest.mark.parametrize(
    ("text", "ledger"),
    [
        ("thats not for kids", want("suits", "contains", "children")),
        ("hey, these aren't for children", want("suits", "contains", "children")),
        ("这些都不是给小孩的", want("suits", "contains", "children")),
    ],
)
def test_what_was_asked_for_and_is_missed_is_no_refusal(
    reader: Reader, items: Items, text: str, ledger: Requirement
) -> None:
    assert ("suits", "not_contains", "children") not in rows(reader, text, items("hp-01", "bg-04"), ledger)


def test_it_is_one_where_nobody_asked_for_it(reader: Reader, items: Items) -> None:
    ledger = want("category", "==", "headphones")
    assert ("suits", "not_contains", "travel") in rows(reader, "these are not for travel", items("hp-01"), ledger)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my girlfriend hates long games", [("duration", "lowest", None)]),
        ("my wife can't stand heavy bags", [("weight", "lowest", None)]),
        ("she already has lots of board games", [("category", "!=", "board_games")]),
        ("he owns plenty of headphones", [("category", "!=", "headphones")]),
        ("他已经有很多桌游了", [("category", "!=", "board_games")]),
        ("家里灯太多了", [("category", "!=", "lamps")]),
    ],
)
def test_what_is_hated_or_there_already(reader: Reader, text: str, expected: list[tuple[str, str, object]]) -> None:
    assert rows(reader, text, []) == expected


@pytest.mark.parametrize("text", ["actually oily", "no, oily", "不对，是油性的"])
def test_a_value_is_corrected_by_its_first_part(reader: Reader, text: str) -> None:
    assert rows(reader, text, [], want("suits", "contains", "dry_skin")) == [("suits", "contains", "oily_skin")]
