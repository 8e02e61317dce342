"""Keeps what runs of the tests leave behind out of the project."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _transcripts_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep transcripts in a folder of the test's own."""
    monkeypatch.setattr("shortlist_evals.transcripts.project_root", lambda: tmp_path)
