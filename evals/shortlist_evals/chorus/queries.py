"""The graded queries: those of chorus, and Chinese ones over the demo catalog and litemall."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass

from shortlist_evals.places import data_dir, suites_dir


@dataclass(frozen=True)
class Query:
    """What somebody looks for, and the grades (0 to 3) of the judged items."""

    text: str
    grades: dict[str, float]

    @property
    def scorable(self) -> bool:
        """Whether any item was judged better than useless; without one nDCG has no ideal to compare with."""
        return any(grade > 0 for grade in self.grades.values())


def chorus_queries(split: str = "dev") -> list[Query]:
    """Return the queries of `judgements_SPLIT.csv`, in the order of the file."""
    grades: dict[str, dict[str, float]] = {}
    with data_dir("chorus", f"judgements_{split}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            grades.setdefault(row["query"], {})[row["docid"]] = float(row["rating"])
    return [Query(text, judged) for text, judged in grades.items()]


def chinese_queries(catalog: str) -> list[Query]:
    """Return our Chinese queries over `catalog` (`demo` or `litemall`)."""
    lines = (suites_dir() / "chorus" / "zh_queries.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [Query(row["query"], row["relevant"]) for row in rows if row["catalog"] == catalog]
