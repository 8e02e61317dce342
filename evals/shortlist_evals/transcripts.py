"""Transcripts of the last run of each suite, kept outside the repository, for `show` and the report."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from shortlist_evals.agents import Answer
from shortlist_evals.places import project_root


class Said(BaseModel):
    """One message of the user and what was answered.

    Attributes:
        message: What the user said.
        answer: What came back, in short: `message`, `kind`, `items`, `asked`, `calls`, `seconds`.
        reply: The whole reply of a Shortlist agent as JSON: plan, ledger, terms, usage.
    """

    model_config = ConfigDict(frozen=True)

    message: str
    answer: dict[str, Any]
    reply: dict[str, Any] | None = None


class Transcript(BaseModel):
    """One conversation of a run.

    Attributes:
        suite: The suite.
        case: Id of the case.
        agent: Who answered.
        kind: Class of the case.
        language: `en` or `zh`.
        trial: Number of the trial.
        said: What was said, in order.
        values: What it scored.
        about: What the case is, and what was wanted, in words.
        faults: What went wrong, in words: a requirement broken, a policy, an expectation.
    """

    model_config = ConfigDict(frozen=True)

    suite: str
    case: str
    agent: str
    kind: str
    language: str
    trial: int = 0
    said: tuple[Said, ...] = ()
    values: dict[str, float] = {}
    about: str = ""
    faults: tuple[str, ...] = ()


def said(message: str, answer: Answer) -> Said:
    """Return one exchange as a transcript keeps it."""
    short = {
        "message": answer.message,
        "kind": answer.kind,
        "items": list(answer.items),
        "asked": list(answer.asked),
        "calls": answer.calls,
        "seconds": round(answer.seconds, 3),
    }
    reply = answer.reply.model_dump(mode="json") if answer.reply else None
    return Said(message=message, answer=short, reply=reply)


def transcripts_path(suite: str, folder: Path | None = None) -> Path:
    """Return where the transcripts of the last run of `suite` are."""
    return (folder or project_root() / ".shortlist" / "evals") / f"{suite}.jsonl.gz"


def write_transcripts(suite: str, transcripts: Iterable[Transcript], folder: Path | None = None) -> Path:
    """Keep `transcripts` as those of the last run; the old ones stay until the new ones are whole."""
    path = transcripts_path(suite, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with gzip.open(part, "wt", encoding="utf-8") as out:
        for one in transcripts:
            out.write(json.dumps(one.model_dump(mode="json"), ensure_ascii=False) + "\n")
    part.replace(path)
    return path


def read_transcripts(suite: str, folder: Path | None = None) -> Iterator[Transcript]:
    """Yield the transcripts of the last run of `suite`; none where it has not run here."""
    path = transcripts_path(suite, folder)
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield Transcript.model_validate_json(line)
