"""Interactions: merged, ordered, and weighted by what came last."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist_tools.ranking.collaborative import Interaction, InteractionsError, Recency, interactions_of

ROWS = st.lists(
    st.builds(
        Interaction,
        st.sampled_from("uvw"),
        st.sampled_from("abcde"),
        st.floats(-2, 2),
        st.integers(0, 9).map(float),
        st.booleans(),
    ),
    max_size=30,
)


def test_a_repeated_row_counts_once_and_several_of_one_item_merge() -> None:
    bought, seen = Interaction("u", "a", 1.5, 5.0), Interaction("u", "a", 0.3, 2.0)
    rows = interactions_of([bought, seen, bought, Interaction("u", "b", -1.5, 3.0, chosen=False)])
    assert rows.items == ("a", "b")
    assert rows.item.tolist() == [1, 0]
    assert rows.time.tolist() == [3.0, 5.0]
    np.testing.assert_allclose(rows.weight, [-1.5, 1.8])
    assert rows.chosen.tolist() == [False, True]
    assert rows.people.tolist() == [1, 0]


@settings(max_examples=30)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[Interaction], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = interactions_of(rows, items="abcde"), interactions_of(mixed, items="abcde")
    for name in ("user", "item", "weight", "time", "chosen"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_rows_about_items_that_left_are_passed_over() -> None:
    rows = interactions_of([Interaction("u", "gone", 1.0, 1.0), Interaction("u", "a", 1.0, 2.0)], items=["a"])
    assert rows.item.tolist() == [0]
    assert len(interactions_of([], items=["a"])) == 0


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_weight_or_time_that_is_no_number_is_named(bad: float) -> None:
    with pytest.raises(InteractionsError, match="'a'"):
        interactions_of([Interaction("u", "a", bad, 1.0)])
    with pytest.raises(InteractionsError, match="finite"):
        interactions_of([Interaction("u", "a", 1.0, bad)])


def test_half_lives_count_from_the_users_own_last_event_and_equal_times_share_a_place() -> None:
    day = 86_400.0
    rows = interactions_of(
        [Interaction("u", name, 0.0, time * day) for name, time in (("a", 0), ("b", 2), ("c", 2), ("d", 3))]
        + [Interaction("v", "a", 0.0, 900 * day)]
    )
    np.testing.assert_allclose(Recency(steps=1.0)(rows), [0.5**3, 0.5**1.5, 0.5**1.5, 1.0, 1.0])
    np.testing.assert_allclose(Recency(days=1.0)(rows), [0.125, 0.5, 0.5, 1.0, 1.0])
    np.testing.assert_allclose(Recency()(rows), 1.0)


def test_opinion_raises_what_was_liked_and_only_what_was_turned_down_is_below_zero() -> None:
    rows = interactions_of(
        [
            Interaction("u", "a", 1.0, 1.0),
            Interaction("u", "b", -2.0, 2.0),
            Interaction("u", "c", -1.5, 3.0, chosen=False),
        ]
    )
    np.testing.assert_allclose(Recency(opinion=0.6)(rows), [1.6, 0.0, -0.9])
    np.testing.assert_allclose(Recency()(rows), [1.0, 1.0, 0.0])
