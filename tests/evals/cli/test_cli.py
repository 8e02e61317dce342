"""The command line of the evals, run as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from shortlist_evals import cli, results
from shortlist_evals.benchmarks import BenchmarkError, render, run_all

RUNNER = CliRunner()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep results in a folder of the test's own."""
    monkeypatch.setattr(results, "results_dir", lambda: tmp_path)
    return tmp_path


def test_list_shows_every_suite() -> None:
    done = RUNNER.invoke(cli.app, ["list"])
    assert done.exit_code == 0
    for name in ("chorus", "invariants", "reader", "wishes"):
        assert name in done.stdout


@pytest.fixture
def one_turn(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a file with one stored turn without a model, which the contribution suite measures at once."""
    from shortlist.reply import Reply, Usage
    from shortlist.turn_plan import TurnPlan

    reply = Reply(
        kind="chat",
        message="Hello!",
        language="en",
        session_id="s",
        turn=1,
        plan=TurnPlan(),
        usage=Usage(),
        trace_id="t",
    )
    path = tmp_path_factory.mktemp("replies") / "one.json"
    path.write_text(json.dumps({"turns": [{"message": "hi", "reply": reply.to_json()}]}), "utf-8")
    return str(path)


def test_a_run_prints_scores_and_keeps_the_result(kept: Path, one_turn: str) -> None:
    done = RUNNER.invoke(cli.app, ["run", "contribution", "--replies", one_turn])
    assert done.exit_code == 0, done.output
    assert "1 turns of 1 conversations, 0 with a model" in done.stdout
    result = json.loads((kept / "contribution.json").read_text("utf-8"))
    assert (result["suite"], result["n"], result["options"]) == ("contribution", 1, {"replies": one_turn})


def test_a_part_of_a_suite_is_kept_only_under_a_name_of_its_own(
    kept: Path, one_turn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shortlist_evals import contribution

    measured = contribution.run
    monkeypatch.setattr(contribution, "run", lambda replies, n: measured(replies=replies))
    part = ["run", "contribution", "--replies", one_turn, "--n", "1"]
    assert RUNNER.invoke(cli.app, part).exit_code == 0
    assert list(kept.iterdir()) == []
    assert RUNNER.invoke(cli.app, [*part, "--name", "part"]).exit_code == 0
    assert [path.name for path in kept.iterdir()] == ["part.json"]


def test_a_suite_whose_data_is_absent_is_skipped_with_the_reason(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHORTLIST_EVAL_DATA", str(kept))
    done = RUNNER.invoke(cli.app, ["run", "chorus"])
    assert done.exit_code == 0
    assert "skipped chorus: no evaluation data at" in done.output


def test_a_suite_that_fails_gives_a_failing_exit_code(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shortlist_evals import contribution

    monkeypatch.setattr(contribution, "run", lambda: {"n": 0, "passed": False})
    monkeypatch.setattr(contribution, "render", lambda result: "nothing")
    assert RUNNER.invoke(cli.app, ["run", "contribution"]).exit_code == 1


def test_an_unknown_suite_is_one_sentence_and_exit_code_2() -> None:
    command = [sys.executable, "-m", "shortlist_evals", "run", "nothing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("shortlist eval: no suite is called 'nothing'")
    assert "Traceback" not in done.stderr


def test_benchmarks_share_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "evals" / "bench"
    folder.mkdir(parents=True)
    row: dict[str, Any] = {"name": "a turn", "value": 61.0, "unit": "ms", "bound": 50.0}
    (folder / "bench_one.py").write_text(f"import json\nprint(json.dumps({{'n': 3, 'rows': [{row!r}]}}))\n", "utf-8")
    monkeypatch.setattr("shortlist_evals.benchmarks.project_root", lambda: tmp_path)
    result = run_all()
    assert result["scores"]["one"]["rows"] == [row]
    from rich.console import Console

    console = Console(width=100, record=True)
    console.print(render(result))
    text = console.export_text()
    assert "61 ms" in text
    assert "50 ms" in text
    (folder / "bench_two.py").write_text("raise SystemExit('no catalog')\n", "utf-8")
    with pytest.raises(BenchmarkError, match=r"bench_two\.py failed with 1: no catalog"):
        run_all()
