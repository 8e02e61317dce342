"""Events of many people come in from files: what can be used is kept once, what cannot is named by line and reason."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from shortlist_prompts.errors import CallerError
from shortlist_tools.catalog import Catalog
from shortlist_tools.profile import Profiles
from shortlist_tools.profile.importing import BATCH, ImportProgress, import_events
from shortlist_tools.store import Store, tables

NOON = 1_714_564_800
NOW = NOON + 86_400.0 * 30


def lines(path: Path, *rows: dict[str, Any] | str) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return path


def event(**changed: Any) -> dict[str, Any]:
    return {"user": "ann", "kind": "viewed", "item_id": "l1", "time": NOON, **changed}


def test_files_of_several_forms_are_one_history(store: Store, catalog: Catalog, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(
        "user_id,event_type,product_id,timestamp,price\nann,purchase,l1,2024-05-01 20:00:00,12.5\n", "utf-8"
    )
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(event(user="bob", kind="search", text="lamp", item_id=None)).encode()))
    report = import_events(store, catalog, table, packed, zone="Asia/Shanghai", now=NOW)
    assert (report.rows, report.recorded, report.rejected, report.users) == (2, 2, 0, 2)
    with store.read() as connection:
        rows = connection.execute(select(tables.events).order_by(tables.events.c.user_id)).mappings().all()
    assert [(row["user_id"], row["kind"], row["item_id"], row["time"]) for row in rows] == [
        ("ann", "bought", "l1", NOON),
        ("bob", "searched", None, NOON),
    ]
    assert (rows[0]["context"]["price"], rows[0]["context"]["offset"]) == (12.5, 480)


def test_what_is_there_already_is_not_kept_again(store: Store, catalog: Catalog, tmp_path: Path) -> None:
    Profiles(store, catalog).record("ann", [{"kind": "viewed", "item_id": "l1", "time": NOON}])
    path = lines(tmp_path / "e.jsonl", event(), event(), event(time=NOON + 5), event(time="2024-05-01T14:00:05+02:00"))
    first = import_events(store, catalog, path, now=NOW)
    again = import_events(store, catalog, path, now=NOW)
    assert (first.recorded, first.duplicates) == (1, 3)
    assert (again.recorded, again.duplicates) == (0, 4)


def test_an_unknown_item_is_kept_and_reported(store: Store, catalog: Catalog, tmp_path: Path) -> None:
    path = lines(tmp_path / "e.jsonl", event(item_id="gone"), event(item_id="gone", time=NOON + 9), event())
    report = import_events(store, catalog, path, now=NOW)
    assert report.recorded == 3
    assert (report.unknown_items, report.unknown_events) == ({"gone": 2}, 2)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (event(kind="ate"), "kind", "no such kind"),
        (event(kind=None), "kind", "what was done"),
        (event(user=None), "user", "names no person"),
        (event(user="u" * 10_240), "user", "at most"),
        (event(item_id=None), "item_id", "needs an item_id"),
        (event(kind="rated"), "value", "needs the rating"),
        (event(kind="rated", value=-1), "value", "not below 0"),
        (event(kind="bought", price=-3), "price", "not below 0"),
        (event(price="free"), "price", "no number"),
        (event(value="nan"), "value", "finite"),
        (event(time=None), "time", "when"),
        (event(time="yesterday"), "time", "neither"),
        (event(time=-5), "time", "1990"),
        (event(time="0024-05-01"), "time", "1990"),
        (event(time=NOON * 1000), "time", "milliseconds"),
        (event(time=NOW + 3 * 86_400), "time", "future"),
        (event(time="9999-12-31T00:00:00"), "time", "future"),
        (event(item_id={"a": 1}), "item_id", "object"),
        (event(text="x" * 5_000), "text", "longer"),
        (event(offset=5_000), "offset", "960"),
        ('{"user": "ann", "kind"', "", "JSON"),
        ("[1, 2]", "", "object"),
    ],
)
def test_a_bad_row_is_left_out_and_named(
    row: dict[str, Any] | str, field: str, reason: str, store: Store, catalog: Catalog, tmp_path: Path
) -> None:
    path = lines(tmp_path / "e.jsonl", event(), row, event(time=NOON + 1))
    report = import_events(store, catalog, path, now=NOW, rejects=tmp_path / "bad.jsonl")
    assert (report.recorded, report.rejected) == (2, 1)
    assert (report.bad[0].file, report.bad[0].line, report.bad[0].field) == ("e.jsonl", 2, field)
    assert reason in report.bad[0].reason
    assert json.loads((tmp_path / "bad.jsonl").read_text("utf-8")) == report.bad[0].model_dump()


def test_odd_user_ids_are_only_names(store: Store, catalog: Catalog, tmp_path: Path) -> None:
    odd = ["../../etc/passwd", "o'brien\"; drop table events;--", "张伟 \\ %s {x}"]
    report = import_events(store, catalog, lines(tmp_path / "e.jsonl", *[event(user=name) for name in odd]), now=NOW)
    assert report.recorded == 3
    profiles = Profiles(store, catalog)
    assert [profiles.profile(name, NOW).events for name in odd] == [1, 1, 1]


def test_what_somebody_does_not_let_be_kept_is_not(store: Store, catalog: Catalog, tmp_path: Path) -> None:
    Profiles(store, catalog).rights.consent("ann", "record", "purchases", granted=False)
    path = lines(tmp_path / "e.jsonl", event(kind="bought"), event(), event(user="bob", kind="bought"))
    report = import_events(store, catalog, path, now=NOW)
    assert (report.recorded, report.refused, report.duplicates) == (2, 1, 0)


def test_progress_comes_batch_by_batch(store: Store, catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    rows = "".join(f"u{n % 7},viewed,l1,{NOON + n}\n" for n in range(BATCH + 10))
    path.write_text("user,kind,item_id,time\n" + rows, "utf-8")
    seen: list[ImportProgress] = []
    report = import_events(store, catalog, path, now=NOW, progress=seen.append)
    assert [(one.rows, one.recorded) for one in seen] == [(BATCH, BATCH), (BATCH + 10, BATCH + 10)]
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.events)) == report.recorded


def test_what_cannot_be_asked_for_is_said(store: Store, catalog: Catalog, tmp_path: Path) -> None:
    path = lines(tmp_path / "e.jsonl", event())
    with pytest.raises(CallerError, match="no time zone 'Mars'"):
        import_events(store, catalog, path, zone="Mars")
    with pytest.raises(CallerError, match="colour"):
        import_events(store, catalog, path, columns={"colour": "c"})
    with pytest.raises(CallerError, match="at least one path"):
        import_events(store, catalog)


def test_columns_of_other_names_are_given(store: Store, catalog: Catalog, tmp_path: Path) -> None:
    path = lines(tmp_path / "e.jsonl", {"who": "ann", "did": "view", "what": "l1", "when": NOON, "colour": "red"})
    names = {"user": "who", "kind": "did", "item_id": "what", "time": "when"}
    report = import_events(store, catalog, path, columns=names, now=NOW)
    assert (report.recorded, report.ignored) == (1, ("colour",))
