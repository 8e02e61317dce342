"""Comparisons: paired by case, with intervals, and refused where two runs are not of the same things."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from shortlist_evals import results
from shortlist_evals.compare import (
    Comparison,
    IncomparableError,
    compare,
    direction,
    ours,
    pairs,
    render,
    sentence,
    side,
)

Made = Callable[..., dict[str, Any]]
Compared = Callable[..., Comparison]
HASHES = {"cases": "a", "catalog": "b", "scorers": "c"}


@pytest.fixture(scope="session")
def comparison(result_of: Made) -> Compared:
    """Compares the values of the agent `offline` in two results, `old` and `new`."""

    def made(before: list[float], after: list[float], metric: str = "reward") -> Comparison:
        one, other = (result_of({"offline": values}, metric) for values in (before, after))
        return compare(side("old", "offline", one), side("new", "offline", other))

    return made


def test_a_real_gain_is_one_whose_interval_leaves_zero(comparison: Compared) -> None:
    found = comparison([0.0] * 20, [1.0] * 10 + [0.0] * 10)
    one = found.whole["reward"]
    assert (one.n, one.before, one.after, one.interval.mean, one.changed) == (20, 0.0, 0.5, 0.5, 10)
    assert one.interval.low > 0
    assert one.gain == 1
    assert found.classes["easy"]["reward"].interval == (1.0, 1.0, 1.0)
    assert found.classes["hard"]["reward"].changed == 0
    assert sentence(found).startswith("new:offline is really better than old:offline in reward (+0.500 [")


def test_a_change_in_one_case_of_many_is_no_difference_that_cases_can_tell(comparison: Compared) -> None:
    found = comparison([1.0] * 30, [0.0] + [1.0] * 29)
    assert found.whole["reward"].gain == 0
    assert not found.whole["reward"].real
    assert "can tell no difference" in sentence(found)


def test_the_same_scores_are_called_the_same(comparison: Compared) -> None:
    assert sentence(comparison([0.0, 1.0], [0.0, 1.0])) == "new:offline and old:offline score the same in every case."


@pytest.mark.parametrize(("metric", "gain"), [("reward", 1), ("tokens", -1), ("regret@5", -1), ("seconds", 0)])
def test_more_is_better_worse_or_neither(comparison: Compared, metric: str, gain: int) -> None:
    found = comparison([0.0] * 20, [1.0] * 20, metric)
    assert found.whole[metric].real
    assert found.whole[metric].gain == gain == direction(metric)


@settings(deadline=None, max_examples=25)
@given(values=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30))
def test_turned_around_a_gain_is_a_loss(comparison: Compared, values: list[tuple[float, float]]) -> None:
    before, after = [one for one, _ in values], [other for _, other in values]
    there, back = comparison(before, after).whole["reward"], comparison(after, before).whole["reward"]
    assert there.interval.mean == pytest.approx(-back.interval.mean)
    assert there.interval.low <= there.interval.mean + 1e-12
    assert there.interval.mean <= there.interval.high + 1e-12
    assert there.changed == back.changed


def test_runs_over_other_cases_do_not_compare(result_of: Made) -> None:
    one = result_of({"offline": [1.0]})
    other = {**one, "hashes": {**HASHES, "cases": "z", "catalog": "y"}}
    with pytest.raises(IncomparableError, match=r"new do not compare: cases differ: a, z; catalog differ: b, y\. Run"):
        compare(side("old", "offline", one), side("new", "offline", other))


def test_splits_without_a_common_case_do_not_compare(result_of: Made) -> None:
    one = result_of({"offline": [1.0]})
    other = {**one, "scores": {**one["scores"], "cases": {"offline": {"x": {"reward": 1.0}}}}}
    with pytest.raises(IncomparableError, match=r"no case in common \(1 and 1 cases\)"):
        compare(side("old", "offline", one), side("new", "offline", other))


@pytest.mark.parametrize("cases", [None, {}, {"offline": {}}])
def test_a_result_of_zero_cases_cannot_be_paired(cases: Any) -> None:
    empty = {"suite": "tau_rec", "hashes": HASHES, "scores": {"n": 0} | ({} if cases is None else {"cases": cases})}
    with pytest.raises(IncomparableError, match="old keeps no scores by case"):
        side("old", "offline", empty)


def test_what_else_differs_is_noted_and_cases_of_one_side_are_counted(result_of: Made) -> None:
    one, other = result_of({"offline": [1.0, 0.0]}), result_of({"offline": [1.0]}, options={"model": "openai:small"})
    found = compare(side("old", "offline", one), side("new", "offline", other))
    assert found.alone == 1
    assert found.notes == ("model differs: not given, openai:small",)


def test_shortlist_is_told_from_what_it_is_compared_with() -> None:
    assert ours(["words", "offline", "openai:small", "popular"]) == ["offline", "openai:small"]
    assert ours(["words", "hybrid"]) == ["hybrid"]
    assert ours(["words", "popular"]) == ["popular", "words"]


@pytest.fixture
def kept(result_of: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three results in a folder of the test's own."""
    monkeypatch.setattr(results, "results_dir", lambda: tmp_path)
    made = {
        "old": result_of({"offline": [0.0] * 9, "words": [0.0] * 9}),
        "new": result_of({"offline": [1.0] * 9, "words": [0.0] * 9}),
        "small": result_of({"openai:small": [1.0] * 9}),
    }
    for name, result in made.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(result), "utf-8")
    return tmp_path


def _labels(first: str, second: str) -> list[tuple[str, str]]:
    return [(one.label, other.label) for one, other in pairs(first, second)]


def test_results_are_paired_agent_by_agent_unless_one_is_named(kept: Path) -> None:
    assert _labels("old", "new") == [("old:offline", "new:offline"), ("old:words", "new:words")]
    assert _labels("old:offline", "new") == [("old:offline", "new:offline")]
    assert _labels("new:words", "new:offline") == [("new:words", "new:offline")]
    assert _labels("old:offline", "small:openai:small") == [("old:offline", "small:openai:small")]
    assert _labels(str(kept / "old.json"), "new:words") == [
        (f"{kept / 'old'}".rpartition("/")[2] + ":words", "new:words")
    ]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("old", "small", "no agent in common; name two, such as old:offline small:openai:small"),
        ("old", "old", "compared with itself; name two of its agents: offline, words"),
        ("old:oracle", "new", "old has no agent 'oracle'; it has: offline, words"),
    ],
)
@pytest.mark.usefixtures("kept")
def test_what_cannot_be_paired_says_what_can(first: str, second: str, said: str) -> None:
    with pytest.raises(IncomparableError, match=said):
        pairs(first, second)


def test_the_table_holds_every_metric_class_and_the_sentence(comparison: Compared) -> None:
    console = Console(width=100, record=True)
    console.print(render(comparison([0.0] * 20, [1.0] * 10 + [0.0] * 10)))
    text = console.export_text()
    for part in ("reward", "a real gain", "easy", "hard", "+1.000 [+1.000, +1.000]", "is really better than"):
        assert part in text
