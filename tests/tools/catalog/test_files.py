"""Reading files of every format, encoding and shape, and what is said of broken ones."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_prompts.errors import OperatorError
from shortlist_tools.catalog import IngestError
from shortlist_tools.catalog.files import detect_encoding, format_of, read_rows, sniff_delimiter

ROWS = [{"id": "a", "名称": "耳机"}, {"id": "b", "名称": "台灯"}]


def read(path, after=0):
    return [row.values if row.values is not None else (row.line, row.problem) for row in read_rows(path, after)]


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)),
        ("a.ndjson", "\n\n".join(json.dumps(row) for row in ROWS) + "\n"),
        ("a.json", json.dumps(ROWS, ensure_ascii=False, indent=1)),
        ("a.json", json.dumps({"items": ROWS})),
        ("a.json", json.dumps({"a": {"名称": "耳机"}, "b": {"名称": "台灯"}})),
        ("a.json", json.dumps([["a", {"名称": "耳机"}], ["b", {"名称": "台灯"}]])),
        ("a.json", "\n".join(json.dumps(row) for row in ROWS)),
        ("a.csv", "id,名称\na,耳机\nb,台灯\n"),
        ("a.csv", "id;名称\r\na;耳机\r\nb;台灯\r\n"),
        ("a.tsv", "id\t名称\na\t耳机\nb\t台灯"),
        ("a.csv", '"id","名称"\n"a","耳机"\n"b","台灯"\n'),
    ],
)
def test_every_shape_of_the_same_rows_reads_alike(tmp_path, name, text, zipped):
    path = tmp_path / (name + ".gz" if zipped else name)
    path.write_bytes(gzip.compress(text.encode()) if zipped else text.encode())
    assert read(path) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_the_encoding_is_found_out(tmp_path, encoding, name):
    text = (
        "id,名称\na,耳机\nb,台灯\n"
        if name == "a.csv"
        else "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
    )
    (tmp_path / name).write_bytes(text.encode(encoding))
    assert read(tmp_path / name) == ROWS


@given(st.text(min_size=1), st.integers(0, 3))
def test_utf8_cut_anywhere_is_still_utf8(text, cut):
    data = text.encode("utf-8", "ignore") * 2
    found = detect_encoding(data[: len(data) - cut])
    if "\0" not in text and not text.startswith("\ufeff"):
        assert found == "utf-8"


def test_a_quoted_cell_may_hold_delimiters_and_line_breaks(tmp_path):
    (tmp_path / "a.csv").write_text('id,text\n1,"one, two\nthree"\n2,"say ""hi"""\n')
    rows = list(read_rows(tmp_path / "a.csv"))
    assert [row.values for row in rows] == [{"id": "1", "text": "one, two\nthree"}, {"id": "2", "text": 'say "hi"'}]
    assert [row.line for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("sample", "expected"),
    [("a,b\n1,2", ","), ("a;b\n1,5;2", ";"), ("a|b|c\n1|2|3", "|"), ("a\tb\n1\t2,3", "\t"), ("name\nx", ",")],
)
def test_the_delimiter_is_the_one_that_gives_even_columns(sample, expected):
    assert sniff_delimiter(sample) == expected


def test_broken_lines_are_told_with_their_number_and_the_rest_is_read(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": 1}\n{"id": \n[1]\n{"id": 2}\n')
    first, second, third, fourth = read(tmp_path / "a.jsonl")
    assert (first, fourth) == ({"id": 1}, {"id": 2})
    assert second[0] == 2
    assert "not valid JSON" in second[1]
    assert third == (3, "expected an object with the item's fields")


def test_a_list_that_is_cut_off_gives_what_stands_before_the_cut(tmp_path):
    whole = json.dumps(ROWS, ensure_ascii=False)
    for cut in range(len(whole) - 14, len(whole)):
        (tmp_path / "a.json").write_text(whole[:cut], "utf-8")
        rows = read(tmp_path / "a.json")
        assert rows[0] == ROWS[0]
        assert isinstance(rows[-1], tuple)
        assert rows[-1][1]


def test_a_row_with_too_many_cells_is_told(tmp_path):
    (tmp_path / "a.csv").write_text("id,a\n1,2\n3,4,5\n6\n")
    assert read(tmp_path / "a.csv") == [{"id": "1", "a": "2"}, (3, "3 values for 2 columns"), {"id": "6"}]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.xlsx", "x", "cannot tell the format"),
        ("a.json", "3", "expected a list of items"),
        ("a.json", "{oops", "not valid JSON"),
        ("a.csv", "id,id\n1,2\n", "each column once"),
        ("a.csv", "", "each column once"),
        ("a.jsonl.gz", "\x1f\x8bnot really", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_refused_by_name(tmp_path, name, text, said):
    path = tmp_path / name
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(IngestError, match=said) as caught:
        read(path)
    assert name in str(caught.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(IngestError, match="no such file"):
        read(tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json", "a.parquet"])
def test_reading_goes_on_after_a_line(tmp_path, name):
    path = tmp_path / name
    rows = [{"id": str(number)} for number in range(5)]
    if name == "a.jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    elif name == "a.csv":
        path.write_text("id\n" + "".join(f"{row['id']}\n" for row in rows))
    elif name == "a.json":
        path.write_text(json.dumps(rows))
    else:
        write_parquet(path, rows)
    every = list(read_rows(path))
    assert [row.values for row in every] == rows
    assert [row.values for row in read_rows(path, after=every[1].line)] == rows[2:]


def write_parquet(path, rows):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.Table.from_pylist(rows), path)


def test_parquet_without_its_package_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(OperatorError, match=r"shortlist\[parquet\]"):
        read(tmp_path / "a.parquet")


def test_what_is_no_parquet_is_refused(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"not parquet at all")
    with pytest.raises(IngestError, match=r"a\.parquet"):
        read(tmp_path / "a.parquet")


def test_the_format_is_told_by_the_name(tmp_path):
    assert [format_of(tmp_path / name) for name in ("A.CSV", "x.y.jsonl.gz", "z.tsv", "q.pq")] == [
        "csv",
        "jsonl",
        "csv",
        "parquet",
    ]
