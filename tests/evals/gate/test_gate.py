"""The gate: a real loss fails, noise does not, and what cannot be judged says why and what to run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from shortlist_evals.gate import Check, Outcome, judge, lines, planned, render, run_check
from shortlist_evals.suites import SUITES, SuiteError

Made = Callable[..., dict[str, Any]]
Judged = Callable[[dict[str, list[float]]], Outcome]
HASHES = {"cases": "a", "catalog": "b", "scorers": "c"}
CHECK = Check("tau_rec", "tau_rec", {"seed": 3})


@pytest.fixture
def good(result_of: Made) -> dict[str, Any]:
    """A baseline in which everything is right."""
    return result_of({"offline": [1.0] * 20, "words": [1.0] * 20})


@pytest.fixture
def judged(result_of: Made, good: dict[str, Any]) -> Judged:
    """Judges values by agent against the baseline."""
    return lambda values: judge(CHECK, result_of(values), good)


def test_a_real_loss_fails_and_says_how_to_look_closer(judged: Judged) -> None:
    found = judged({"offline": [0.0] * 10 + [1.0] * 10})
    assert (found.state, found.fails) == ("lost", True)
    told = "\n".join(lines([found]))
    assert "tau_rec: lost: offline: reward fell" in told
    assert "run tau_rec --seed 3 --name now, then python -m shortlist_evals compare tau_rec now" in told
    assert told.endswith("gate: 0 held, 1 failed, 0 skipped, in 0 s")


def test_noise_a_gain_and_a_loss_of_what_it_is_compared_with_hold(
    judged: Judged, result_of: Made, good: dict[str, Any]
) -> None:
    assert judged({"offline": [0.0] + [1.0] * 19}).state == "held"
    assert judged({"offline": [1.0] * 20, "words": [0.0] * 20}).state == "held"
    assert judge(CHECK, good, result_of({"offline": [0.0] * 20})).state == "held"


def test_a_slower_machine_is_no_loss(result_of: Made) -> None:
    slow, fast = (result_of({"offline": [value] * 20}, "seconds") for value in (9.0, 0.1))
    assert judge(CHECK, slow, fast).state == "held"


def test_a_part_of_the_cases_is_held_to_the_same_cases(judged: Judged) -> None:
    found = judged({"offline": [1.0] * 5})
    assert found.state == "held"
    assert found.comparisons[0].whole["reward"].n == 5


def test_a_suite_that_does_not_pass_fails_with_what_it_says() -> None:
    result = {"suite": "conversations", "hashes": HASHES, "scores": {"passed": False, "failures": ["one is stale\nx"]}}
    found = judge(Check("conversations", "conversations"), result, None)
    assert (found.state, found.reasons) == ("failed", ("one is stale",))


def test_a_suite_without_cases_is_held_to_its_own_demands() -> None:
    result = {"suite": "invariants", "hashes": HASHES, "scores": {"n": 3, "passed": True}}
    assert judge(Check("invariants", "invariants"), result, None).state == "held"


def test_no_baseline_and_one_over_other_cases_fail_with_the_command(good: dict[str, Any]) -> None:
    absent = judge(CHECK, good, None)
    other = judge(CHECK, good, {**good, "hashes": {**HASHES, "cases": "z"}})
    for one in (absent, other):
        assert (one.state, one.fails) == ("no baseline", True)
        assert "python -m shortlist_evals gate tau_rec --accept" in one.reasons[-1]
    assert "cases differ: z, a" in other.reasons[0]


def test_a_suite_whose_data_is_absent_is_skipped_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHORTLIST_EVAL_DATA", str(tmp_path))
    found = run_check(Check("chorus", "chorus"))
    assert (found.state, found.fails) == ("skipped", False)
    assert "say where it is with SHORTLIST_EVAL_DATA=FOLDER" in lines([found])[0]


def test_quick_checks_need_no_data_and_everything_is_every_suite() -> None:
    quick = planned()
    assert quick
    assert all(SUITES[one.suite].data is None for one in quick)
    everything = planned(everything=True)
    assert {one.suite for one in everything} == set(SUITES) - {"contribution"}
    assert not any(one.part for one in everything)
    assert [one.baseline for one in planned(["reader"])] == ["reader-dev", "reader-spent"]
    with pytest.raises(SuiteError, match="no suite is called 'nothing'"):
        planned(["nothing"])


def test_the_table_shows_what_changed_and_counts_what_did_not(judged: Judged) -> None:
    console = Console(width=120, record=True)
    console.print(
        render([judged({"offline": [0.0] * 10 + [1.0] * 10, "words": [1.0] * 20}), Outcome(CHECK, "skipped")])
    )
    text = console.export_text()
    assert "-0.500 [" in text
    assert "a real loss" in text
    assert "skipped" in text
