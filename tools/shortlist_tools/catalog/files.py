"""Reading catalog files of any usual format, encoding and shape as raw rows with their line numbers."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import IO, Any

from shortlist_prompts.errors import OperatorError
from shortlist_tools.catalog.errors import IngestError, shortened

LONGEST_LINE = 2_000_000
_SAMPLE = 1 << 16
_LISTS = ("items", "data", "products", "results", "rows", "records", "entities", "documents")
_FORMATS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv", ".txt": "csv",
            ".parquet": "parquet", ".pq": "parquet"}  # fmt: skip


@dataclass(frozen=True)
class RawRow:
    """One row of a file as it stands there, or why it could not be read.

    Attributes:
        line: Its line, from 1 (its number among the items where a format has no lines).
        values: The row, or None when it is broken.
        problem: Why it is broken.
        text: The broken text, shortened.
    """

    line: int
    values: dict[str, Any] | None
    problem: str = ""
    text: str = ""


def format_of(path: Path) -> str:
    """Return `jsonl`, `json`, `csv` or `parquet`, by the file's name (`.gz` set aside).

    Raises:
        IngestError: If the name ends in nothing that is known.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    found = _FORMATS.get(suffixes[-1]) if suffixes else None
    if found is None:
        known = ", ".join(_FORMATS)
        raise IngestError(f"{path}: cannot tell the format; name it one of {known} (.gz may follow)")
    return found


def read_rows(path: Path, after: int = 0) -> Iterator[RawRow]:
    """Yield the rows of a file that stand after line `after`; the rows before are not parsed where the format allows.

    Raises:
        IngestError: If the file is missing, unreadable or not of the format its name says.
        OperatorError: If reading Parquet needs a package that is not installed.
    """
    if not path.is_file():
        raise IngestError(f"{path}: no such file")
    kind = format_of(path)
    try:
        if kind == "parquet":
            yield from _parquet(path, after)
            return
        with _opened(path) as stream:
            encoding = detect_encoding(stream.read(_SAMPLE))
            stream.seek(0)
            text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="" if kind == "csv" else None)
            if kind == "csv":
                yield from _csv(text, path, after)
            elif kind == "jsonl":
                yield from _jsonl(text, after)
            else:
                yield from _json(text, path, after)
    except (OSError, EOFError) as error:
        raise IngestError(f"{path}: cannot be read: {error}") from error


def detect_encoding(sample: bytes) -> str:
    """Return the encoding of a text by its first bytes: a byte order mark, UTF-8, UTF-16 by its zeros, else GB18030."""
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = sample[:4000].count(0)
    if zeros > len(sample[:4000]) // 5:
        return "utf-16-le" if sample[1:4000:2].count(0) >= sample[0:4000:2].count(0) else "utf-16-be"
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=False)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as probe:
        zipped = probe.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if zipped else path.open("rb")  # type: ignore[return-value]


def _jsonl(text: Iterable[str], after: int) -> Iterator[RawRow]:
    for number, line in enumerate(text, start=1):
        if number <= after or not line.strip():
            continue
        if len(line) > LONGEST_LINE:
            yield RawRow(number, None, f"longer than {LONGEST_LINE} characters", shortened(line))
            continue
        try:
            value = json.loads(line)
        except (JSONDecodeError, RecursionError) as error:
            yield RawRow(number, None, f"not valid JSON: {error}", shortened(line))
            continue
        yield _row(number, value)


def _row(number: int, value: Any, name: str | None = None) -> RawRow:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict):
        name, value = value
    if not isinstance(value, dict):
        return RawRow(number, None, "expected an object with the item's fields", shortened(value))
    return RawRow(number, {"id": name, **value} if name is not None and "id" not in value else value)


def _json(text: IO[str], path: Path, after: int) -> Iterator[RawRow]:
    whole = text.read()
    start = len(whole) - len(whole.lstrip())
    if whole[start : start + 1] == "[":
        yield from _array(whole, start, after)
        return
    try:
        value, end = JSONDecoder().raw_decode(whole, start)
    except (JSONDecodeError, RecursionError) as error:
        raise IngestError(f"{path}: not valid JSON: {error}") from error
    if isinstance(value, dict) and whole[end:].strip():
        yield from _jsonl(whole.splitlines(), after)
        return
    listed = (
        next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        if isinstance(value, dict)
        else None
    )
    if listed is not None:
        rows = (_row(number, each) for number, each in enumerate(listed, start=1))
    elif isinstance(value, dict) and value and all(isinstance(each, dict) for each in value.values()):
        rows = (_row(number, each, name) for number, (name, each) in enumerate(value.items(), start=1))
    else:
        raise IngestError(f"{path}: expected a list of items, an object of items by id, or an object with 'items'")
    yield from (row for row in rows if row.line > after)


def _array(whole: str, start: int, after: int) -> Iterator[RawRow]:
    """Yield the elements of a JSON array one at a time, so that only one is held as objects."""
    decoder = JSONDecoder()
    place, number = start + 1, 0
    while True:
        while place < len(whole) and whole[place] in " \t\r\n,":
            place += 1
        if place >= len(whole) or whole[place] == "]":
            if place >= len(whole):
                yield RawRow(number + 1, None, "the list is not closed: the file seems cut off")
            return
        number += 1
        try:
            value, place = decoder.raw_decode(whole, place)
        except (JSONDecodeError, RecursionError) as error:
            yield RawRow(
                number, None, f"not valid JSON, the rest is not read: {error}", shortened(whole[place : place + 90])
            )
            return
        if number > after:
            yield _row(number, value)


def _csv(text: IO[str], path: Path, after: int) -> Iterator[RawRow]:
    csv.field_size_limit(LONGEST_LINE)
    sample = text.read(_SAMPLE)
    text.seek(0)
    reader = csv.reader(text, delimiter=sniff_delimiter(sample), strict=False)
    try:
        header = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
    except csv.Error as error:
        raise IngestError(f"{path}:1: not readable as CSV: {error}") from error
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if not any(header) or doubled:
        raise IngestError(f"{path}:1: the first line must name each column once, got {', '.join(doubled) or 'nothing'}")
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield RawRow(line, None, f"not readable as CSV: {error}")
            continue
        if cells is None:
            return
        if line <= after or not any(cells):
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            problem = f"{len(cells)} values for {len(header)} columns"
            yield RawRow(line, None, problem, shortened(",".join(cells)))
            continue
        yield RawRow(line, {name: cell for name, cell in zip(header, cells, strict=False) if name})


def sniff_delimiter(sample: str) -> str:
    """Return the delimiter that gives the first lines of a CSV the most columns with the same number on each."""
    lines = sample.splitlines()[:50]
    lines = lines[:-1] if len(lines) > 2 and len(sample) >= _SAMPLE else lines
    best, score = ",", (0.0, 0)
    for delimiter in (",", "\t", ";", "|"):
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        if not widths or widths[0] < 2:
            continue
        same = widths.count(widths[0]) / len(widths)
        if (same, widths[0]) > score:
            best, score = delimiter, (same, widths[0])
    return best


def _parquet(path: Path, after: int) -> Iterator[RawRow]:
    try:
        from pyarrow import ArrowInvalid, parquet
    except ImportError as error:
        raise OperatorError(f"{path}: reading Parquet needs pyarrow: pip install 'shortlist[parquet]'") from error
    number = 0
    try:
        with parquet.ParquetFile(path) as table:
            for batch in table.iter_batches(batch_size=2000):
                if number + batch.num_rows <= after:
                    number += batch.num_rows
                    continue
                for row in batch.to_pylist():
                    number += 1
                    if number > after:
                        yield RawRow(number, row)
    except ArrowInvalid as error:
        raise IngestError(f"{path}: not readable as Parquet: {error}") from error
