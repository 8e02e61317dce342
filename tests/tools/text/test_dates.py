"""Dates, decades and stretches of years."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.text import find_dates

TODAY = datetime.date(2026, 11, 21)


def found(text: str) -> list[tuple[str, object]]:
    return [(span.op, span.value) for span in find_dates(text, TODAY)]


def years(first: int, last: int) -> list[str]:
    return [f"{first}-01-01", f"{last}-12-31"]


@pytest.mark.parametrize(
    ("text", "op", "value"),
    [
        ("2020", "between", years(2020, 2020)),
        ("a 2022 model", "between", years(2022, 2022)),
        ("90s music", "between", years(1990, 1999)),
        ("the 1990s", "between", years(1990, 1999)),
        ("the nineties", "between", years(1990, 1999)),
        ("late 90s", "between", years(1996, 1999)),
        ("the 20s", "between", years(2020, 2029)),
        ("19th century", "between", years(1801, 1900)),
        ("九十年代", "between", years(1990, 1999)),
        ("上世纪80年代", "between", years(1980, 1989)),
        ("2010年代", "between", years(2010, 2019)),
        ("二〇二四年", "between", years(2024, 2024)),
        ("98年的", "between", years(1998, 1998)),
        ("last year", "between", years(2025, 2025)),
        ("去年", "between", years(2025, 2025)),
        ("前年", "between", years(2024, 2024)),
        ("this year", "between", years(2026, 2026)),
        ("两年前", "between", years(2024, 2024)),
        ("two years ago", "between", years(2024, 2024)),
        ("May 2024", "between", ["2024-05-01", "2024-05-31"]),
        ("2024年2月", "between", ["2024-02-01", "2024-02-29"]),
        ("last month", "between", ["2026-10-01", "2026-10-31"]),
        ("上个月", "between", ["2026-10-01", "2026-10-31"]),
        ("past five years", "between", ["2021-11-21", "2026-11-21"]),
        ("最近三年", "between", ["2023-11-21", "2026-11-21"]),
        ("in the last decade", "between", ["2016-11-21", "2026-11-21"]),
        ("between 2010 and 2015", "between", years(2010, 2015)),
        ("2010-2015", "between", years(2010, 2015)),
        ("2010到2015年", "between", years(2010, 2015)),
        ("from 2010 to 2015", "between", years(2010, 2015)),
        ("2024-05-01", "==", "2024-05-01"),
        ("3 May 2024", "==", "2024-05-03"),
        ("May 3rd, 2024", "==", "2024-05-03"),
        ("2024年5月3日", "==", "2024-05-03"),
        ("since 2019", ">=", "2019-01-01"),
        ("2020 or later", ">=", "2020-01-01"),
        ("not before 2020", ">=", "2020-01-01"),
        ("2015年以后", ">=", "2015-01-01"),
        ("2015年起", ">=", "2015-01-01"),
        ("after 2015", ">", "2015-12-31"),
        ("newer than 2020", ">", "2020-12-31"),
        ("比2020年新", ">", "2020-12-31"),
        ("before 2000", "<", "2000-01-01"),
        ("pre-2000", "<", "2000-01-01"),
        ("2018年以前", "<", "2018-01-01"),
        ("by 2021", "<=", "2021-12-31"),
        ("2021 or older", "<=", "2021-12-31"),
    ],
)
def test_spans(text: str, op: str, value: object) -> None:
    assert found(text) == [(op, value)]


@pytest.mark.parametrize(
    "text",
    ["under 2000", "2000元", "$2020", "budget 2000", "2000以内", "WH-2000", "2024-25", "2000 lm", "2024-13-45"],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet=st.sampled_from("0123456789 年月日-/.世纪代上去今前后since before the s May")))
def test_spans_are_text_and_ordered(text: str) -> None:
    end = 0
    for span in find_dates(text, TODAY):
        assert text[span.start : span.end] == span.text
        assert span.start >= end
        assert span.low is None or span.high is None or span.low <= span.high
        assert span.value
        end = span.end
