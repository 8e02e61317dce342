"""Keeps what runs of the tests leave behind out of the project, and makes small results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shortlist_evals.scored import Scored, summary

HASHES = {"cases": "a", "catalog": "b", "scorers": "c"}


@pytest.fixture(autouse=True)
def _transcripts_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep transcripts in a folder of the test's own."""
    monkeypatch.setattr("shortlist_evals.transcripts.project_root", lambda: tmp_path)


@pytest.fixture(scope="session")
def result_of() -> Callable[..., dict[str, Any]]:
    """Makes a result of one metric: the values of cases c0, c1 … by agent, the first half easy, the second hard."""

    def made(values: dict[str, list[float]], metric: str = "reward", **more: Any) -> dict[str, Any]:
        rows = {
            agent: [
                Scored(f"c{place}", "easy" if place < len(given) / 2 else "hard", "en", {metric: value})
                for place, value in enumerate(given)
            ]
            for agent, given in values.items()
        }
        return {"suite": "tau_rec", "hashes": HASHES, "scores": summary(rows), "options": {}, **more}

    return made
