"""Tests of the common summary of scores."""

import pytest

from shortlist_evals.scored import Scored, pass_hat, summary


def _row(case: str, trial: int, passed: float, **more: float) -> Scored:
    return Scored(case, "easy" if case < "b" else "hard", "en", {"passed": passed, **more}, trial)


def test_trials_are_averaged_before_cases_are() -> None:
    rows = [_row("a", 0, 1), _row("a", 1, 0), _row("b", 0, 1), _row("b", 1, 1)]
    found = summary({"ours": rows}, passed="passed")
    assert found["n"] == 2
    assert found["trials"] == 2
    assert found["agents"]["ours"]["passed"][0] == 0.75
    assert found["cases"]["ours"] == {"a": {"passed": 0.5}, "b": {"passed": 1.0}}
    assert found["classes"]["ours"]["hard"]["n"] == 1
    assert found["reliability"]["ours"]["1"][0] == 0.75
    assert found["reliability"]["ours"]["2"][0] == 0.5
    assert "4" not in found["reliability"]["ours"]


def test_a_metric_that_says_nothing_of_a_case_is_left_out_of_its_mean() -> None:
    found = summary({"ours": [_row("a", 0, 1, mrr=0.5), _row("b", 0, 1)]})
    assert found["agents"]["ours"]["mrr"][0] == 0.5
    assert "reliability" not in found


@pytest.mark.parametrize(("k", "expected"), [(1, 0.5), (2, 1 / 6), (4, 0.0)])
def test_pass_hat_counts_draws_without_replacement(k: int, expected: float) -> None:
    assert pass_hat({"a": [True, True, False, False]}, k).mean == pytest.approx(expected)


def test_pass_hat_leaves_out_cases_with_too_few_trials() -> None:
    assert pass_hat({"a": [True], "b": [True, True]}, 2).mean == 1.0
    assert pass_hat({}, 1) == (0.0, 0.0, 0.0)
