"""Numbers that are wanted to be nothing: without alcohol, zero drop, a lamp without a battery."""

import pytest

from shortlist.reader import Reader


def asked(reader: Reader, text: str, field: str) -> list[tuple[str, object, bool]]:
    rows = [edit.requirement for edit in reader.read(text).edits]
    return [(row.op, row.value, row.hard) for row in rows if row is not None and row.field == field]


@pytest.mark.parametrize(
    "text",
    [
        "sparkling wine without alcohol",
        "wine, no alcohol at all actually",
        "non-alcoholic wine",
        "alcohol-free sparkling wine under 30",
        "a wine with 0% alcohol",
        "wine that doesn't contain any alcohol",
        "不含酒精的起泡酒",
        "有没有无酒精的酒",
        "酒精度为零的起泡酒",
        "要酒，别含酒精",
    ],
)
def test_no_alcohol_is_what_has_next_to_none(reader: Reader, text: str) -> None:
    assert asked(reader, text, "alcohol") == [("<=", 0.4, True)]


@pytest.mark.parametrize("text", ["running shoes with no drop", "zero-drop running shoes", "0落差的跑鞋"])
def test_zero_drop_is_none_at_all(reader: Reader, text: str) -> None:
    assert asked(reader, text, "drop") == [("<=", 0.0, True)]


@pytest.mark.parametrize("text", ["a lamp without a battery", "battery-free lamp", "灯，不要电池的"])
def test_where_nothing_has_little_what_tells_none_has_none(reader: Reader, text: str) -> None:
    assert asked(reader, text, "battery_life") == [("exists", False, True)]


@pytest.mark.parametrize(
    ("text", "row"),
    [("wine with 40% alcohol at least", (">=", 40.0, True)), ("wine with low alcohol", ("lowest", None, False))],
)
def test_other_amounts_are_read_as_before(reader: Reader, text: str, row: tuple[str, object, bool]) -> None:
    assert asked(reader, text, "alcohol") == [row]


@pytest.mark.parametrize("text", ["没时间看长文章", "有没有时长短的桌游", "I have no time, a short course please"])
def test_no_time_is_no_requirement(reader: Reader, text: str) -> None:
    assert ("exists", False, True) not in asked(reader, text, "duration")
