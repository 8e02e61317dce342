"""The conversations in the report: what its viewer shows of each, packed small enough for one page."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from shortlist_evals.compare import ours
from shortlist_evals.show import view
from shortlist_evals.transcripts import Transcript, read_transcripts

MOST_BYTES = 900_000
"""How much of the page conversations may take, packed."""


def packed(suites: Sequence[str], most: int = MOST_BYTES) -> tuple[str, dict[str, dict[str, int]]]:
    """Return the conversations of `suites` as base64 of gzipped JSON, and by suite how many are `shown` and `kept`.

    Where they do not fit, each suite gives its most telling ones: Shortlist before what it is compared with, failed
    before others, first trials before later ones.
    """
    every = {name: sorted(read_transcripts(name), key=_telling) for name in suites}
    every = {name: found for name, found in every.items() if found}
    share = max((len(found) for found in every.values()), default=0)
    while True:
        chosen = [one for found in every.values() for one in found[:share]]
        data = _pack(chosen)
        if len(data) <= most or share <= 1:
            break
        share = min(share - 1, int(share * most / len(data) * 0.95))
    counts = {name: {"shown": min(share, len(found)), "kept": len(found)} for name, found in every.items()}
    return data, counts


def _telling(one: Transcript) -> tuple[bool, bool, int, str, str]:
    reference = one.agent not in ours({one.agent, "offline"})
    return reference, not failed(one), one.trial, one.case, one.agent


def failed(one: Transcript) -> bool:
    """Return whether something went wrong in a conversation: it says what, or its score of passing is short of 1."""
    short = any(one.values.get(metric, 1.0) < 1.0 for metric in ("reward", "kept", "passed", "success"))
    return bool(one.faults) or short


def _pack(chosen: Iterable[Transcript]) -> str:
    rows = [_row(one) for one in chosen]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def _row(one: Transcript) -> dict[str, Any]:
    head = one.model_dump(include={"suite", "case", "agent", "kind", "language", "trial", "about", "faults", "values"})
    turns = [{name: value for name, value in asdict(view(said)).items() if value} for said in one.said]
    return {**head, "failed": failed(one), "turns": turns}
