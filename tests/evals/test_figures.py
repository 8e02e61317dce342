"""Tests of figures in words."""

import pytest

from shortlist_evals.figures import interval_text, realness


def test_an_interval_stands_beside_its_mean() -> None:
    assert interval_text([0.42, 0.284, 0.5]) == "0.420 [0.284, 0.500]"
    assert interval_text([0.1, -0.02, 0.2], 2, "+") == "+0.10 [-0.02, +0.20]"


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        ([0.1, 0.01, 0.2], "a real difference"),
        ([-0.1, -0.2, -0.01], "a real difference"),
        ([0.1, 0.0, 0.2], "no difference that these turns can tell"),
    ],
)
def test_a_difference_is_real_where_its_interval_leaves_zero_out(interval: list[float], said: str) -> None:
    assert realness(interval, "turns") == said
