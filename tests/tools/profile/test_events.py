"""Events are read from what hosts send, and what cannot be read is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.profile import Event, EventError, read_event

NOON = 1_714_564_800.0


@pytest.mark.parametrize(
    "time",
    [
        NOON,
        1_714_564_800,
        "1714564800",
        "1714564800.0",
        "2024-05-01T12:00:00Z",
        "2024-05-01T12:00:00+00:00",
        "2024-05-01T20:00:00+08:00",
        "2024-05-01T12:00:00",
        datetime(2024, 5, 1, 12, tzinfo=UTC),
        datetime(2024, 5, 1, 14, tzinfo=timezone(timedelta(hours=2))),
        datetime(2024, 5, 1, 12),
    ],
)
def test_one_moment_in_many_forms(time: object) -> None:
    assert read_event({"kind": "viewed", "item_id": "l1", "time": time}).time == NOON


@pytest.mark.parametrize("day", ["2024-05-01", "20240501"])
def test_a_day_is_its_midnight_in_utc(day: str) -> None:
    assert read_event({"kind": "viewed", "item_id": "l1", "time": day}).time == NOON - 12 * 3600


def test_a_missing_time_is_now() -> None:
    assert read_event({"kind": "viewed", "item_id": "l1"}, now=5.0).time == 5.0


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ({"kind": "ate", "item_id": "l1"}, "'kind'"),
        ({"item_id": "l1"}, "'kind'"),
        ({"kind": "viewed", "item_id": "l1", "time": "yesterday"}, "'time'"),
        ({"kind": "viewed", "item_id": "l1", "time": None}, "'time'"),
        ({"kind": "viewed", "item_id": "l1", "time": float("nan")}, "'time'"),
        ({"kind": "viewed", "item_id": "l1", "time": 1_714_564_800_000}, "milliseconds"),
        ({"kind": "viewed", "item_id": "l1", "time": -1}, "Unix seconds"),
        ({"kind": "viewed", "item_id": 7}, "'item_id'"),
        ({"kind": "viewed", "item_id": "l1", "colour": "red"}, "'colour'"),
        ({"kind": "rated", "item_id": "l1", "value": "five"}, "'value'"),
        ({"kind": "rated", "item_id": "l1", "value": float("inf")}, "'value'"),
        ({"kind": "rated", "item_id": "l1"}, "'rated' needs the rating"),
        ({"kind": "bought"}, "'bought' needs an item_id"),
        ({"kind": "bought", "item_id": ""}, "'bought' needs an item_id"),
        ({"kind": "searched"}, "'searched' needs a text"),
    ],
)
def test_a_bad_event_is_refused_by_name(raw: dict[str, object], named: str) -> None:
    with pytest.raises(EventError, match=named):
        read_event(raw, now=1.0)


def test_what_is_no_mapping_is_refused_by_its_type() -> None:
    with pytest.raises(EventError, match="str"):
        read_event("viewed l1")  # type: ignore[arg-type]


def test_a_long_value_is_not_repeated_whole() -> None:
    with pytest.raises(EventError) as caught:
        read_event({"kind": "x" * 5_000, "item_id": "l1"})
    assert len(str(caught.value)) < 600


@given(
    st.sampled_from(["viewed", "bought", "liked"]),
    st.text(min_size=1, max_size=8),
    st.floats(0, 2e9),
    st.one_of(st.none(), st.floats(-10, 10)),
)
def test_the_id_is_the_content(kind: str, item: str, time: float, value: float | None) -> None:
    raw = {"kind": kind, "item_id": item, "time": time, "value": value}
    event = read_event(raw)
    assert event.id == read_event(dict(reversed(raw.items()))).id == Event.model_validate(event.model_dump()).id
    assert event.id != event.model_copy(update={"time": time + 1}).id
    assert event.id != event.model_copy(update={"item_id": f"{item}x"}).id
