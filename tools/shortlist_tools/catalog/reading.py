"""The rows of an ingest's files, each parsed and flattened once, whoever looks at them before they are staged."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shortlist_tools.catalog.files import RawRow, read_rows
from shortlist_tools.catalog.rows import flatten

FACTOR = 2
"""Rows kept at most for each that was asked for: what a file of bad rows may cost in memory."""


class Rows:
    """The rows of some files in order; those that were looked at are kept until they are read.

    Args:
        paths: The files.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._kept: deque[tuple[int, RawRow]] = deque()
        self._open: tuple[int, Iterator[RawRow]] | None = None

    def __len__(self) -> int:
        """Return how many rows are kept."""
        return len(self._kept)

    def look(self, most: int) -> list[dict[str, Any]]:
        """Return the values of the first rows that can be read, at most `most`, flattened; the rows stay to be read.

        Where so many rows are bad that more than `FACTOR` times `most` had to be looked at, none is kept: the files are
        read again.

        Raises:
            IngestError: If a file cannot be read at all.
        """
        found: list[dict[str, Any]] = []
        kept = True
        for number, path in enumerate(self._paths):
            stream = _flattened(read_rows(path))
            self._open = (number, stream) if kept else None
            for row in stream:
                if self._open is not None:
                    self._kept.append((number, row))
                if len(self._kept) > FACTOR * most:
                    self._kept.clear()
                    self._open, kept = None, False
                if row.values is not None:
                    found.append(row.values)
                    if len(found) == most:
                        return found
        return found

    def of(self, number: int, after: int = 0) -> Iterator[RawRow]:
        """Yield the flattened rows of file `number` behind line `after`, letting go of each; files come in order.

        Raises:
            IngestError: If the file cannot be read at all.
        """
        last = 0
        while self._kept and self._kept[0][0] <= number:
            file, row = self._kept.popleft()
            last = row.line
            if file == number and last > after:
                yield row
        looked = self._open[0] if self._open is not None else -1
        if number == looked and after <= last and self._open is not None:
            yield from self._open[1]
        elif number >= looked:
            yield from _flattened(read_rows(self._paths[number], after))


def _flattened(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    for row in rows:
        yield row if row.values is None else RawRow(row.line, flatten(row.values))
