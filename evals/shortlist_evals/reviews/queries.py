"""The queries: our own sentences, with the grades of the goods whose reviews answer them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shortlist_evals.places import suites_dir
from shortlist_prompts.errors import CallerError

GRADES = (1, 2, 3)


class QueryError(CallerError):
    """A line of the file of queries cannot be used; names the file, the line and what is expected."""


@dataclass(frozen=True)
class Query:
    """What somebody looks for.

    Attributes:
        id: Its id.
        language: `en` or `zh`.
        text: What they type.
        grades: Grade of each good that somebody said it of: 3 plainly, 2 more or less, 1 in passing.
    """

    id: str
    language: str
    text: str
    grades: Mapping[str, float]


def load_queries(path: Path | None = None) -> list[Query]:
    """Return the queries of the suite, in the order of the file.

    Raises:
        QueryError: If a line is no query; names it.
    """
    file = path or suites_dir() / "reviews" / "queries.jsonl"
    found = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            found.append(_query(line, f"{file}, line {number}"))
    if not found:
        raise QueryError(f"{file}: no queries; expected one JSON object a line")
    return found


def _query(line: str, where: str) -> Query:
    try:
        row = json.loads(line)
        query = Query(row["id"], row["language"], row["query"], dict(row["relevant"]))
    except (ValueError, KeyError, TypeError) as error:
        raise QueryError(f"{where}: expected an object with id, language, query and relevant: {error!r}") from error
    if not query.grades or any(grade not in GRADES for grade in query.grades.values()):
        raise QueryError(f"{where}: relevant: expected a grade of 1, 2 or 3 for at least one id, got {query.grades}")
    return query
