"""Finished trials of a model, kept outside the repository, so that a run that was killed goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shortlist_evals.places import data_dir, project_root, suites_dir
from shortlist_evals.scored import Scored
from shortlist_evals.tau_rec.dialogue import Played
from shortlist_evals.transcripts import Transcript
from shortlist_prompts.errors import ProviderError

SOURCES = ("agent/shortlist", "tools/shortlist_tools", "prompts/shortlist_prompts", "evals/shortlist_evals/users",
           "evals/shortlist_evals/tau_rec")  # fmt: skip


GONE = frozenset({"refused", "unavailable", "rate_limited"})
"""Outcomes of a call that was never answered."""


class ModelGoneError(ProviderError):
    """The model no longer answers, so that going on would score the built-in planner under its name."""


class Kept:
    """One file of finished trials for one state of code, data and model; a line is written when its trial ends.

    Args:
        about: What else tells runs apart: model, server, seed, patience.
        folder: Where the files lie; `.shortlist/evals/tau_rec` by default.
    """

    def __init__(self, about: Iterable[Any], folder: Path | None = None) -> None:
        mark = hashlib.sha256(repr((fingerprint(), *about)).encode()).hexdigest()[:16]
        self.path = (folder or project_root() / ".shortlist" / "evals" / "tau_rec") / f"{mark}.jsonl"

    def read(self) -> dict[tuple[str, int], Played]:
        """Return the finished trials by case and trial; a line that a kill cut short is passed over."""
        found: dict[tuple[str, int], Played] = {}
        if not self.path.exists():
            return found
        for line in self.path.read_text("utf-8").splitlines():
            try:
                raw = json.loads(line)
                played = Played(Scored(**raw["row"]), Transcript.model_validate(raw["transcript"]))
            except (ValueError, KeyError, TypeError):
                continue
            found[played.row.case, played.row.trial] = played
        return found

    def add(self, played: Played) -> None:
        """Keep one finished trial; whole before this returns."""
        row = played.row
        raw = {
            "row": {"case": row.case, "kind": row.kind, "language": row.language, "values": dict(row.values),
                    "trial": row.trial},
            "transcript": played.transcript.model_dump(mode="json"),
        }  # fmt: skip
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as out:
            out.write("\n" * self._cut_short() + json.dumps(raw, ensure_ascii=False) + "\n")

    def add_answered(self, played: Played, model: str) -> None:
        """Keep one finished trial in which the model answered.

        Raises:
            ModelGoneError: If a turn of it had no answered call; the trial is not kept.
        """
        for place, each in enumerate(played.transcript.said, start=1):
            calls = (each.reply or {}).get("usage", {}).get("calls", [])
            if calls and all(call["outcome"] in GONE for call in calls):
                raise ModelGoneError(
                    f"{model} no longer answers (turn {place} of {played.row.case}: {calls[-1]['outcome']}); finished "
                    f"trials are kept in {self.path}: start the server, and run the same command to go on"
                )
        self.add(played)

    def _cut_short(self) -> bool:
        if not self.path.exists() or self.path.stat().st_size == 0:
            return False
        with self.path.open("rb") as file:
            file.seek(-1, 2)
            return file.read() != b"\n"


def fingerprint() -> str:
    """Return a hash of the product's code and prompts, this suite, and the data it runs on."""
    root = project_root()
    files = [
        file
        for folder in SOURCES
        for file in sorted((root / folder).rglob("*"))
        if file.suffix in (".py", ".yaml", ".md", ".lock") and "demo" not in file.parts
    ]
    files += sorted((suites_dir() / "tau_rec").glob("*.yaml"))
    files += [data_dir("tau-rec", "catalog.json"), *sorted(data_dir("tau-rec", "tasks").glob("*.json"))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
