"""The two towers: learnt, stopped early, repeatable, and able to score what nobody chose yet."""

from __future__ import annotations

import numpy as np
import pytest

from shortlist_tools.ranking.collaborative import Features, Interactions, InteractionsError, Tower


@pytest.fixture(scope="module")
def content() -> Features:
    """Two directions of content for the two circles, with some noise."""
    draws = np.random.default_rng(3)
    found = draws.normal(0.0, 0.2, (20, 12)).astype(np.float32)
    found[:10, 0] += 1.0
    found[10:, 1] += 1.0
    return found


SMALL = Tower(dimensions=4, inputs=8, epochs=6, rate=0.02, sampled=16)


def test_items_that_nobody_chose_are_scored_by_their_content(circles: Interactions, content: Features) -> None:
    new = np.isin(circles.item, [8, 9, 18, 19])
    warm = circles.where(~new)
    scores = SMALL.fit(warm, content).on(content).scores(warm)
    assert (scores[::2][:, [8, 9]].mean(axis=1) > scores[::2][:, [18, 19]].mean(axis=1)).all()
    assert (scores[1::2][:, [18, 19]].mean(axis=1) > scores[1::2][:, [8, 9]].mean(axis=1)).all()


def test_the_same_seed_gives_the_same_towers_and_another_gives_others(circles: Interactions, content: Features) -> None:
    one, other = (SMALL.fit(circles, content) for _ in range(2))
    np.testing.assert_array_equal(one.user, other.user)
    np.testing.assert_array_equal(one.item, other.item)
    different = Tower(dimensions=4, inputs=8, epochs=6, rate=0.02, sampled=16, seed=1).fit(circles, content)
    assert not np.array_equal(one.user, different.user)


def test_training_stops_when_what_is_held_out_gets_worse(circles: Interactions, content: Features) -> None:
    losses: list[float] = []
    Tower(dimensions=4, inputs=8, epochs=200, rate=0.5, sampled=16).fit(
        circles, content, told=lambda epoch, loss: losses.append(loss)
    )
    assert len(losses) < 200
    assert min(losses) < losses[-1]
    assert losses[-2] >= min(losses)


def test_content_that_is_no_number_is_refused_by_name(circles: Interactions, content: Features) -> None:
    bad = content.copy()
    bad[3, 5] = np.nan
    with pytest.raises(InteractionsError, match="i03"):
        SMALL.fit(circles, bad)
    with pytest.raises(InteractionsError, match="content of 19 items was given for 20"):
        SMALL.fit(circles, content[:19])


def test_without_anything_to_learn_from_scores_are_finite(circles: Interactions, content: Features) -> None:
    nothing = circles.where(np.zeros(len(circles), dtype=np.bool_))
    assert np.isfinite(SMALL.fit(nothing, content).on(content).scores(nothing)).all()
