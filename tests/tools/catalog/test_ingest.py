"""Ingest: what becomes visible, what is refused and why, and that a kill at any moment harms nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from shortlist_tools.catalog import Catalog, Field, IngestError, Progress, Schema, UnknownItemError, ValueRefusedError
from shortlist_tools.store import Store, tables

SCHEMA = Schema(
    fields=(
        Field(name="title", kind="text"),
        Field(name="price", kind="money", unit="USD"),
        Field(name="weight", kind="number", unit="g"),
        Field(name="brand", kind="category", values={"Sony": {"en": ["Sony"], "zh": ["索尼"]}}),
        Field(name="tags", kind="multi_category", separator="|"),
        Field(name="day", kind="date"),
        Field(name="new", kind="flag"),
    ),
    roles={"title": "title", "price": "price", "brand": "brand", "reviews": "reviews"},
    rates={"CNY": 0.14},
)


@pytest.fixture
def catalog(tmp_path):
    store = Store.open(tmp_path / "shop.db")
    yield Catalog(store)
    store.close()


def write(path, rows):
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return path


def counts(report):
    return report.added, report.updated, report.unchanged, report.retired, report.rejected


def test_values_are_stored_canonically(catalog, tmp_path):
    row = {
        "id": 7,
        "title": {"en": " A\tlamp ", "zh": "台灯１"},
        "price": "¥100",
        "attributes": {"weight": "1.5 kg"},
        "brand": "索尼",
        "tags": "a|b|a",
        "day": "2024年5月3日",
        "new": "是",
        "reviews": [{"content": "不错", "star": "4"}, "fine", {"rating": 3}],
    }
    catalog.ingest(write(tmp_path / "a.jsonl", [row]), schema=SCHEMA)
    (item,) = catalog.get(["7"])
    title = {"en": "A lamp", "zh": "台灯1"}
    expected = {
        "title": title,
        "price": 14.0,
        "weight": 1500.0,
        "brand": "Sony",
        "tags": ["a", "b"],
        "day": "2024-05-03",
        "new": True,
    }
    assert {name: value for name, value in item.values.items() if name in expected} == expected
    assert [(review.text, review.rating) for review in item.reviews] == [("不错", 4.0), ("fine", None)]


def test_what_a_field_made_of_a_text_is_not_taken_for_another_field(catalog, tmp_path):
    said = {"title": "1", "price": "1", "weight": "1", "brand": "1", "tags": "1", "new": "1"}
    rows = [{"id": "a", **said}, {"id": "b", **said}, {"id": "c", **said, "price": 1, "weight": 1.0, "new": True}]
    catalog.ingest(write(tmp_path / "a.jsonl", rows), schema=SCHEMA)
    expected = {"title": "1", "price": 1.0, "weight": 1.0, "brand": "1", "tags": ["1"], "new": True}
    for item in catalog.items():
        stored = {name: value for name, value in item.values.items() if name in expected}
        assert stored == expected
        assert {name: type(value) for name, value in stored.items()} == {
            name: type(value) for name, value in expected.items()
        }


def test_ingesting_again_changes_only_what_changed(catalog, tmp_path):
    rows = [{"id": str(number), "price": number} for number in range(5)]
    path = write(tmp_path / "a.jsonl", rows)
    assert counts(catalog.ingest(path, schema=SCHEMA)) == (5, 0, 0, 0, 0)
    first = catalog.version
    assert counts(catalog.ingest(path, schema=SCHEMA)) == (0, 0, 5, 0, 0)
    assert catalog.version == first
    rows[0]["price"] = 99
    assert counts(catalog.ingest(write(path, [*rows[:3], {"id": "new"}]), schema=SCHEMA)) == (1, 1, 2, 0, 0)
    assert catalog.version != first
    assert counts(catalog.ingest(write(path, rows[:2]), schema=SCHEMA, retire_missing=True)) == (0, 0, 2, 4, 0)
    assert [item.id for item in catalog.items()] == ["0", "1"]


BAD = [
    ('{"id": 1, "price": ', "", "not valid JSON"),
    ({"title": "nothing"}, "id", "the id is missing"),
    ({"id": "a", "price": 3}, "id", "the id is taken by line 1 of a.jsonl"),
    ({"id": "b", "price": "cheap"}, "price", "expected a number"),
    ({"id": "c", "price": "5 JPY"}, "price", "no rate is declared for JPY"),
    ({"id": "d", "weight": "3 litres"}, "weight", "expected a number in g"),
    ({"id": "e", "day": "2024-13-01"}, "day", "expected a date"),
    ({"id": "f", "new": "maybe"}, "new", "expected true or false"),
    ({"id": "g", "title": "x" * 60_000}, "title", "longer than 50000 characters"),
    ({"id": "h", "brand": ["a", "b"]}, "brand", "expected one word or phrase"),
    ({"id": "i" * 400}, "id", "longer than 300 characters"),
    ({"id": "j", "weight": True}, "weight", "expected a number"),
    ("[1, 2]", "", "expected an object"),
]


def test_bad_rows_are_told_one_by_one_and_the_good_ones_come_in(catalog, tmp_path):
    path = write(tmp_path / "a.jsonl", [{"id": "a", "price": 1}, *(row for row, _, _ in BAD), {"id": "z", "price": 2}])
    report = catalog.ingest(path, schema=SCHEMA, rejects=tmp_path / "bad.jsonl")
    assert counts(report) == (2, 0, 0, 0, len(BAD))
    told = [json.loads(line) for line in (tmp_path / "bad.jsonl").read_text("utf-8").splitlines()]
    assert [(row["file"], row["line"]) for row in told] == [("a.jsonl", number + 2) for number in range(len(BAD))]
    for row, (_, field, reason) in zip(told, BAD, strict=True):
        assert row["field"] == field
        assert reason in row["reason"]
        assert len(row["value"]) <= 90
    assert report.rejects == str(tmp_path / "bad.jsonl")


def test_strict_refuses_everything_and_shows_the_problems(catalog, tmp_path):
    catalog.ingest(write(tmp_path / "a.jsonl", [{"id": "a", "price": 1}]), schema=SCHEMA)
    before = catalog.version
    bad = write(
        tmp_path / "b.jsonl", [{"id": "a", "price": 2}, *({"id": f"x{number}", "price": "?"} for number in range(30))]
    )
    with pytest.raises(IngestError, match=r"30 bad rows[\s\S]*b\.jsonl:2: price: expected a number[\s\S]*and 10 more"):
        catalog.ingest(bad, schema=SCHEMA, strict=True)
    assert catalog.version == before
    assert catalog.get(["a"])[0].values["price"] == 1.0
    with catalog.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.staging)).scalar() == 0


def test_progress_and_decisions_are_told(catalog, tmp_path):
    seen = []
    path = write(tmp_path / "a.jsonl", [{"id": str(number), "price": 5} for number in range(4500)])
    report = catalog.ingest(path, progress=seen.append, write_schema=tmp_path / "schema.yaml")
    assert all(isinstance(each, Progress) for each in seen)
    reading = [each for each in seen if each.stage == "read"]
    assert [each.done for each in reading] == [2000, 4000, 4500]
    assert reading[0].rate > 0
    assert any("identified by 'id'" in line for line in report.decisions)
    assert "# the name says money, in USD" in (tmp_path / "schema.yaml").read_text("utf-8")


def test_nothing_is_visible_before_everything_is(catalog, tmp_path):
    catalog.ingest(write(tmp_path / "a.jsonl", [{"id": "old", "price": 1}]), schema=SCHEMA)
    seen = []
    rows = [{"id": f"n{number}", "price": 1} for number in range(4500)]
    catalog.ingest(
        write(tmp_path / "b.jsonl", rows), schema=SCHEMA, progress=lambda _: seen.append(len(catalog.snapshot()))
    )
    assert set(seen) == {1}
    assert len(catalog.snapshot()) == 4501


def test_an_interrupted_run_goes_on_where_it_stopped(catalog, tmp_path):
    path = write(tmp_path / "a.jsonl", [*({"id": str(number), "price": number} for number in range(4999)), {"id": "0"}])

    def stop(progress):
        if progress.done == 4000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalog.ingest(path, schema=SCHEMA, progress=stop)
    assert len(catalog.snapshot()) == 0
    report = catalog.ingest(path, schema=SCHEMA)
    assert (report.resumed, report.added, report.rejected) == (4000, 4999, 1)
    assert catalog.schema.by_name["price"].high == 4998.0


def test_a_changed_file_is_not_continued_but_read_anew(catalog, tmp_path):
    rows = [{"id": str(number), "price": 1} for number in range(2500)]

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalog.ingest(write(tmp_path / "a.jsonl", rows), schema=SCHEMA, progress=stop)
    report = catalog.ingest(write(tmp_path / "a.jsonl", [{**row, "price": 2} for row in rows]), schema=SCHEMA)
    assert (report.resumed, report.added) == (0, 2500)
    assert {item.values["price"] for item in catalog.items()} == {2.0}


def test_an_ingest_that_another_one_overtook_stops_and_changes_nothing(catalog, tmp_path):
    slow = write(tmp_path / "slow.jsonl", [{"id": f"s{number}", "price": 1} for number in range(4500)])
    quick = write(tmp_path / "quick.jsonl", [{"id": "q", "price": 2}])

    def overtake(progress):
        if progress.done == 2000:
            Catalog(catalog.store).ingest(quick, schema=SCHEMA)

    with pytest.raises(IngestError, match="taken over"):
        catalog.ingest(slow, schema=SCHEMA, progress=overtake, retire_missing=True)
    assert [item.id for item in catalog.items()] == ["q"]


def test_the_same_ingest_begun_twice_is_finished_by_the_later(catalog, tmp_path):
    path = write(tmp_path / "a.jsonl", [{"id": str(number), "price": 1} for number in range(4500)])
    reports = []

    def overtake(progress):
        if progress.done == 2000 and not reports:
            reports.append(None)
            reports[0] = Catalog(catalog.store).ingest(path, schema=SCHEMA)

    with pytest.raises(IngestError, match="taken over"):
        catalog.ingest(path, schema=SCHEMA, progress=overtake)
    assert (reports[0].resumed, reports[0].added) == (2000, 4500)
    assert len(catalog.snapshot()) == 4500


KILLED = (
    "import sys; from shortlist_tools.store import Store; from shortlist_tools.catalog import Catalog\n"
    "catalog = Catalog(Store.open(sys.argv[1])); print('ready', flush=True)\n"
    "catalog.ingest(sys.argv[2], progress=lambda p: print(p.stage, flush=True)); print('done', flush=True)\n"
)


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_at_any_moment_leaves_the_old_catalog_whole_and_a_rerun_finishes(tmp_path, seed):
    store = Store.open(tmp_path / "shop.db")
    catalog = Catalog(store)
    old = [{"id": str(number), "price": 1, "name": f"lamp {number}"} for number in range(300)]
    catalog.ingest(write(tmp_path / "old.jsonl", old))
    before = catalog.version
    new = [{"id": str(number), "price": 2, "name": f"lamp {number}"} for number in range(9000)]
    path = write(tmp_path / "new.jsonl", new)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "shop.db"), str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(seed).uniform(0.05, 1.2))
    os.kill(process.pid, signal.SIGKILL)
    said = process.stdout.read()
    process.wait()
    process.stdout.close()
    prices = {item.values["price"] for item in catalog.items()}
    if "done" not in said and catalog.version == before:
        assert prices == {1.0}
        assert len(catalog.snapshot()) == 300
    else:
        assert prices == {2.0}
        assert len(catalog.snapshot()) == 9000
    catalog.ingest(path)
    assert {item.values["price"] for item in catalog.items()} == {2.0}
    assert len(catalog.snapshot()) == 9000
    store.close()


def test_update_changes_one_item_and_its_version(catalog, tmp_path):
    catalog.ingest(write(tmp_path / "a.jsonl", [{"id": "a", "price": 1, "brand": "Bose"}]), schema=SCHEMA)
    snapshot = catalog.snapshot()
    catalog.update("a", price="$5", brand=None)
    assert catalog.get(["a"])[0].values.get("brand") is None
    assert catalog.snapshot().item(0).values["price"] == 5.0
    assert snapshot.item(0).values["price"] == 1.0
    assert catalog.version != snapshot.version
    catalog.update("a", price=1, brand="Bose")
    assert catalog.version == snapshot.version


def test_update_and_retire_refuse_what_is_not_there(catalog, tmp_path):
    catalog.ingest(write(tmp_path / "a.jsonl", [{"id": "a"}]), schema=SCHEMA)
    with pytest.raises(UnknownItemError, match="'b'"):
        catalog.update("b", price=1)
    with pytest.raises(UnknownItemError, match="'b'"):
        catalog.retire(["a", "b"])
    with pytest.raises(UnknownItemError) as caught:
        catalog.get(["a", "x", "y"])
    assert caught.value.ids == ["x", "y"]
    with pytest.raises(ValueRefusedError, match="no such field"):
        catalog.update("a", colour="red")
    catalog.retire(["a"])
    assert len(catalog.snapshot()) == 0


def test_the_snapshot_is_the_same_object_until_something_changes(catalog, tmp_path):
    assert len(catalog.snapshot()) == 0
    catalog.ingest(write(tmp_path / "a.jsonl", [{"id": "a"}]), schema=SCHEMA)
    first = catalog.snapshot()
    assert catalog.snapshot() is first
    catalog.save_schema(catalog.schema.model_copy(update={"rates": {"EUR": 1.2}}))
    assert catalog.snapshot() is not first
    assert catalog.snapshot().schema.rates == {"EUR": 1.2}


def test_after_an_update_elsewhere_only_what_changed_is_read_again(catalog, tmp_path, monkeypatch):
    rows = [{"id": f"i{number}", "price": number, "brand": "Sony", "tags": "a|b"} for number in range(6)]
    catalog.ingest(write(tmp_path / "a.jsonl", rows), schema=SCHEMA)
    old = catalog.snapshot()
    other = Catalog(Store.open(tmp_path / "shop.db"))
    other.update("i1", price=70, brand="Bose", tags=["c"])
    other.retire(["i0", "i4"])
    other.update("i5", tags=None)
    fresh = other.snapshot()
    monkeypatch.setattr("shortlist_tools.catalog.taking.build_columns", None)
    snapshot = catalog.snapshot()
    assert (snapshot.version, snapshot.ids) == (fresh.version, ("i1", "i2", "i3", "i5"))
    for name in ("price", "brand", "tags"):
        expected = [fresh.value(row, name) for row in range(4)]
        assert [snapshot.value(row, name) for row in range(4)] == expected
    assert [snapshot.value(row, "tags") for row in (0, 3)] == [["c"], None]
    assert snapshot.items(range(4)) == fresh.items(range(4))
    assert snapshot.schema.by_name["price"].high == 70.0
    assert (old.ids[0], old.value(1, "price")) == ("i0", 1.0)
    other.store.close()


def test_no_file_and_no_rows_are_refused(catalog, tmp_path):
    with pytest.raises(IngestError, match="at least one"):
        catalog.ingest()
    with pytest.raises(IngestError, match="no row"):
        catalog.ingest(write(tmp_path / "a.jsonl", ["oops"]))


def test_a_second_kind_of_file_adds_its_fields_to_the_schema(catalog, tmp_path):
    catalog.ingest(write(tmp_path / "a.jsonl", [{"id": f"a{n}", "name": f"lamp {n}", "price": n} for n in range(5)]))
    catalog.ingest(write(tmp_path / "b.jsonl", [{"id": f"b{n}", "name": f"tale {n}", "pages": n} for n in range(5)]))
    assert {"name", "price", "pages"} <= set(catalog.schema.by_name)
    assert len(catalog.snapshot()) == 10
