"""The command line of the evals, run as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
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


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shortlist_evals", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_unknown_prompt_version_names_those_there_are() -> None:
    done = _command("run", "wishes", "--prompt", "plan@99.0.0")
    assert done.returncode == 3
    assert "there is no version '99.0.0' of prompt 'plan'; there are: 1.0.0" in done.stderr


def test_runs_that_do_not_compare_say_why_with_exit_code_2() -> None:
    done = _command("compare", "wishes:offline", "reader-dev:reader")
    assert done.returncode == 2
    assert "wishes and reader-dev do not compare: suites differ: wishes, reader" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_result_cut_in_half_is_named(kept: Path) -> None:
    (kept / "cut.json").write_text('{"suite": "wi', "utf-8")
    done = RUNNER.invoke(cli.app, ["compare", "cut", "cut"])
    assert isinstance(done.exception, results.ResultError)
    assert "cut.json: no JSON" in str(done.exception)
    assert "run its suite again" in str(done.exception)


def test_compare_says_in_a_sentence_what_differs(kept: Path, result_of: Callable[..., dict[str, Any]]) -> None:
    for name, values in (("old", [0.0] * 9), ("new", [1.0] * 9)):
        (kept / f"{name}.json").write_text(json.dumps(result_of({"offline": values})), "utf-8")
    done = RUNNER.invoke(cli.app, ["compare", "old", "new"])
    assert done.exit_code == 0, done.output
    assert "new:offline is really better than old:offline" in " ".join(done.stdout.split())


def test_the_gate_fails_on_a_real_loss_and_accepts_when_told(
    kept: Path, result_of: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from shortlist_evals import gate

    baseline, now = (result_of({"offline": [value] * 9}) for value in (1.0, 0.0))
    (kept / "tau_rec.json").write_text(json.dumps(baseline), "utf-8")
    check = gate.Check("tau_rec", "tau_rec")
    monkeypatch.setattr(gate, "run_check", lambda one, progress: gate.judge(check, now, baseline))
    done = RUNNER.invoke(cli.app, ["gate", "tau_rec"])
    assert done.exit_code == 1
    assert "tau_rec: lost: offline: reward fell" in done.stdout
    assert RUNNER.invoke(cli.app, ["gate", "tau_rec", "--accept"]).exit_code == 0
    assert json.loads((kept / "tau_rec.json").read_text("utf-8")) == now


def test_a_run_with_a_model_or_a_prompt_is_kept_under_a_name_of_its_own() -> None:
    assert results.name_of("shop", {"model": "offline"}) == "shop"
    assert (
        results.name_of("shop", {"model": "openai:Qwen2.5/Coder", "prompt": "plan@1.1.0"})
        == "shop-qwen2.5-coder-plan-1.1.0"
    )
    assert results.name_of("reader", {"split": "dev"}) == "reader"


def test_a_run_that_does_not_pass_is_not_kept(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shortlist_evals import contribution

    monkeypatch.setattr(contribution, "run", lambda: {"n": 0, "passed": False})
    monkeypatch.setattr(contribution, "render", lambda result: "nothing")
    done = RUNNER.invoke(cli.app, ["run", "contribution"])
    assert done.exit_code == 1
    assert "not kept, since contribution did not pass" in done.output
    assert list(kept.iterdir()) == []


def test_report_and_show_write_and_print(kept: Path, result_of: Callable[..., dict[str, Any]]) -> None:
    from shortlist_evals.transcripts import Transcript, write_transcripts

    (kept / "tau_rec.json").write_text(json.dumps(result_of({"offline": [1.0, 0.0]})), "utf-8")
    write_transcripts("tau_rec", [Transcript(suite="tau_rec", case="c1", agent="offline", kind="k", language="en")])
    done = RUNNER.invoke(cli.app, ["report", "-o", str(kept / "page.html")])
    assert done.exit_code == 0, done.output
    assert (kept / "page.html").read_text("utf-8").startswith("<!doctype html>")
    done = RUNNER.invoke(cli.app, ["show", "c1", "--suite", "tau_rec"])
    assert done.exit_code == 0, done.output
    assert "c1  tau_rec, k, en" in done.stdout
