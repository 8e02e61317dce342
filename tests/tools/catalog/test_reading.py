"""The rows of an ingest: each parsed once though two read it, kept no longer than needed, found again after a kill."""

import gzip
import json

import pytest

from shortlist_tools.catalog import IngestError, reading
from shortlist_tools.catalog.reading import Rows


def write(path, rows):
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.fixture
def files(tmp_path):
    first = [{"id": number, "size": {"w": number, "h": 1}} for number in range(4)]
    return [
        write(tmp_path / "a.jsonl.gz", [*first[:2], "oops", *first[2:]]),
        write(tmp_path / "b.jsonl", []),
        write(tmp_path / "c.jsonl", [{"id": number} for number in range(10, 13)]),
    ]


@pytest.fixture
def opened(monkeypatch):
    """Which files were opened, and behind which line."""
    found = []

    def read_rows(path, after=0):
        found.append((path.name, after))
        return real(path, after)

    real = reading.read_rows
    monkeypatch.setattr(reading, "read_rows", read_rows)
    return found


def ids(rows):
    return [None if row.values is None else row.values["id"] for row in rows]


EVERY = [[0, 1, None, 2, 3], [], [10, 11, 12]]


@pytest.mark.parametrize("looked", [0, 1, 2, 4, 5, 6, 7, 100])
def test_every_row_comes_once_and_in_order_however_many_were_looked_at(files, opened, looked):
    rows = Rows(files)
    good = [0, 1, 2, 3, 10, 11, 12]
    if looked:
        assert [row["id"] for row in rows.look(looked)] == good[:looked]
    assert [ids(rows.of(number)) for number in range(3)] == EVERY
    assert sorted(opened) == [("a.jsonl.gz", 0), ("b.jsonl", 0), ("c.jsonl", 0)]


def test_rows_are_flattened_for_both_who_read_them(files):
    rows = Rows(files)
    flat = {"id": 0, "size.w": 0, "size.h": 1}
    assert rows.look(1) == [flat]
    assert next(rows.of(0)).values == flat


@pytest.mark.parametrize("looked", [0, 2, 4, 100])
@pytest.mark.parametrize("after", range(7))
def test_an_interrupted_reading_goes_on_behind_a_line(files, opened, looked, after):
    rows = Rows(files)
    if looked:
        rows.look(looked)
    assert ids(rows.of(0, after)) == EVERY[0][after:]
    assert ids(rows.of(2)) == EVERY[2]
    assert ids(rows.of(2, 99)) == []


def test_files_that_were_done_before_are_passed_over(files):
    rows = Rows(files)
    rows.look(6)
    assert ids(rows.of(2, 1)) == [11, 12]


def test_what_was_looked_at_far_before_the_place_is_not_parsed_on_from_there(files, opened):
    rows = Rows(files)
    rows.look(1)
    assert ids(rows.of(0, 4)) == [3]
    assert opened == [("a.jsonl.gz", 0), ("a.jsonl.gz", 4)]


def test_rows_are_let_go_as_they_are_read(files):
    rows = Rows(files)
    rows.look(100)
    stream = rows.of(0)
    before = len(rows)
    next(stream)
    assert len(rows) == before - 1


def test_a_file_of_bad_rows_is_read_again_rather_than_kept(tmp_path, opened):
    files = [
        write(tmp_path / "a.jsonl", [*["oops"] * 50, {"id": 1}, "oops", {"id": 2}]),
        write(tmp_path / "b.jsonl", [{"id": 3}, {"id": 4}]),
    ]
    rows = Rows(files)
    assert [row["id"] for row in rows.look(3)] == [1, 2, 3]
    assert len(rows) == 0
    assert [ids(rows.of(number)) for number in range(2)] == [[*[None] * 50, 1, None, 2], [3, 4]]
    assert opened == [("a.jsonl", 0), ("b.jsonl", 0)] * 2


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(IngestError, match=r"gone\.jsonl: no such file"):
        Rows([tmp_path / "gone.jsonl"]).look(5)
