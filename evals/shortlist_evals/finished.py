"""Finished cases of a run with a model, kept outside the repository, so that a run that was killed goes on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shortlist_evals.places import project_root
from shortlist_evals.results import hash_of
from shortlist_evals.scored import Scored
from shortlist_evals.transcripts import Transcript

_PRODUCT = ("agent/shortlist", "tools/shortlist_tools", "prompts/shortlist_prompts")
_SOURCES = (".py", ".yaml", ".md", ".lock", ".json", ".jsonl")

Done = tuple[Scored, Transcript]


class Finished:
    """One file of finished cases for one state of product, cases and model; a line is written when a case ends.

    Args:
        suite: The suite.
        about: What else tells runs apart: the model, its server.
        files: Files whose content tells runs apart: the suite's cases and code.
        folder: Where the files lie; `.shortlist/evals/SUITE` by default.
    """

    def __init__(self, suite: str, about: Iterable[Any], files: Iterable[Path], folder: Path | None = None) -> None:
        product = [file for name in _PRODUCT for file in (project_root() / name).rglob("*") if file.suffix in _SOURCES]
        state = (hash_of([*sorted(product), *files]), *about)
        mark = hashlib.sha256(repr(state).encode()).hexdigest()[:16]
        self.path = (folder or project_root() / ".shortlist" / "evals" / suite) / f"{mark}.jsonl"

    def read(self) -> dict[tuple[str, int], Done]:
        """Return what is finished, by case and trial; a line that a kill cut short is passed over."""
        found: dict[tuple[str, int], Done] = {}
        for line in self.path.read_text("utf-8").splitlines() if self.path.exists() else ():
            try:
                raw = json.loads(line)
                row, transcript = Scored(**raw["row"]), Transcript.model_validate(raw["transcript"])
            except (ValueError, KeyError, TypeError):
                continue
            found[row.case, row.trial] = row, transcript
        return found

    def add(self, done: Done) -> None:
        """Keep one finished case; it is whole when this returns."""
        row, transcript = done
        kept = {"row": {**vars(row), "values": dict(row.values)}, "transcript": transcript.model_dump(mode="json")}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as out:
            # The line break comes first: a line that a kill cut short spoils no other.
            out.write("\n" + json.dumps(kept, ensure_ascii=False) + "\n")
