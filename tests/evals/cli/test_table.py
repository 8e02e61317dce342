"""The score table: written from results, checked against them, and saying what to run where it is not theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from shortlist_evals import cli, results, table

Made = Callable[..., dict[str, Any]]
RUNNER = CliRunner()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, result_of: Made) -> Path:
    """A page with markers, and one result."""
    monkeypatch.setattr(results, "results_dir", lambda: tmp_path)
    monkeypatch.setattr(table, "page", lambda: tmp_path / "README.md")
    made = result_of({"offline": [1.0, 0.0] * 8, "words": [0.0] * 16}, date="2026-11-22")
    (tmp_path / "tau_rec.json").write_text(json.dumps(made), "utf-8")
    (tmp_path / "README.md").write_text(f"Before\n{table.BEGIN}\n{table.END}\nAfter\n", "utf-8")
    return tmp_path / "README.md"


def test_the_committed_table_is_that_of_the_committed_results() -> None:
    table.check()


def test_the_table_is_written_checked_and_said_to_be_stale(page: Path) -> None:
    with pytest.raises(table.TableError, match=r"line 3: .*run: python -m shortlist_evals table --write"):
        table.check()
    assert RUNNER.invoke(cli.app, ["table", "--write"]).exit_code == 0
    assert RUNNER.invoke(cli.app, ["table", "--check"]).exit_code == 0
    lines = page.read_text("utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("Before", "After")
    assert lines[4] == "| `tau_rec` | 16 | offline | reward 0.500 [0.250, 0.750] | 2026-11-22 |"
    assert lines[5] == "| `tau_rec` | 16 | words | reward 0.000 | 2026-11-22 |"
    (page.parent / "tau_rec.json").unlink()
    with pytest.raises(table.TableError, match="is not that of evals/results"):
        table.check()


def test_a_page_without_markers_says_which_lines_to_put(page: Path) -> None:
    page.write_text("nothing\n", "utf-8")
    with pytest.raises(table.TableError, match="put these two lines where the table belongs: <!-- scores"):
        table.write()


def test_results_of_older_shapes_have_figures_too() -> None:
    reader = {"suite": "reader", "n": 3, "scores": {"f1": 0.9, "interval": [0.8, 1.0]}}
    assert [one.text for one in table.scores_of("reader", reader)] == ["0.900 [0.800, 1.000]"]
    systems = {"both": {"ndcg": [0.7, 0.6, 0.8], "queries": 5}}
    chorus = {"suite": "chorus", "n": 5, "scores": {"n": 5, "chorus": {"systems": systems}}}
    assert [(one.agent, one.metric, one.n) for one in table.scores_of("chorus", chorus)] == [("both", "ndcg", 5)]
