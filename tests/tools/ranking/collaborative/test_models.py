"""Every model keeps one contract, and each finds what was planted for it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shortlist_tools.ranking.collaborative import (
    Als,
    Chooser,
    Ease,
    FittedItems,
    Interaction,
    Interactions,
    ItemItem,
    Popular,
    Recency,
    RecentPopular,
    Settings,
    Successions,
    best,
    ease_weights,
    fit_ours,
    interactions_of,
    mean_ndcg,
    ndcg_of,
    shared,
    split_last,
    standard,
)

RECIPES: dict[str, Any] = {
    "als": Als(factors=8, rounds=3),
    "ease": Ease(l2=5.0),
    "ease-recent": Ease(l2=5.0, recency=Recency(steps=3.0)),
    "item-item": ItemItem(),
    "popular": Popular(),
    "recent": RecentPopular(days=1.0),
    "successions": Successions(),
}
ITEMS = ("a", "b", "c")
ODD = {
    "none": [],
    "one user": [Interaction("u", "a", 1.0, 1.0), Interaction("u", "b", 1.0, 2.0)],
    "one item": [Interaction("u", "a", 1.0, 1.0), Interaction("v", "a", 1.0, 2.0)],
    "one with everything": [Interaction("u", name, 1.0, time) for time, name in enumerate(ITEMS)],
    "all of one second": [Interaction(user, name, 1.0, 1.0) for user in "uv" for name in ITEMS],
    "only turned down": [Interaction("u", "a", -1.5, 1.0, chosen=False)],
}


@pytest.mark.parametrize("name", sorted(RECIPES))
@pytest.mark.parametrize("odd", sorted(ODD))
def test_every_model_takes_odd_interactions_and_gives_finite_scores_of_the_right_shape(name: str, odd: str) -> None:
    if name == "als":
        pytest.importorskip("implicit")
    rows = interactions_of(ODD[odd], items=ITEMS, users="uvw")
    scores = RECIPES[name].fit(rows).scores(rows)
    assert scores.shape == (3, 3)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_every_model_is_the_same_to_the_digit_when_fitted_again(name: str, circles: Interactions) -> None:
    if name == "als":
        pytest.importorskip("implicit")
    one, other = (RECIPES[name].fit(circles).scores(circles) for _ in range(2))
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("name", ["als", "ease", "item-item", "successions"])
def test_what_a_circle_shares_is_ahead_of_what_the_other_does(name: str, circles: Interactions) -> None:
    if name == "als":
        pytest.importorskip("implicit")
    scores = RECIPES[name].fit(circles).scores(circles)
    for user in range(circles.users):
        own = slice(0, 10) if user % 2 == 0 else slice(10, 20)
        other = slice(10, 20) if user % 2 == 0 else slice(0, 10)
        assert scores[user, own].mean() > scores[user, other].mean()


def test_ease_over_users_and_over_items_are_the_same_exact_solution(circles: Interactions) -> None:
    matrix = circles.matrix().toarray().astype(np.float64)
    inverse = np.linalg.inv(matrix.T @ matrix + 5.0 * np.eye(20))
    wanted = -inverse / np.diag(inverse)
    np.fill_diagonal(wanted, 0.0)
    np.testing.assert_allclose(ease_weights(circles, 5.0), wanted, atol=1e-5)  # more users than items
    few = circles.of_users(np.arange(8))
    matrix = few.matrix().toarray().astype(np.float64)
    inverse = np.linalg.inv(matrix.T @ matrix + 5.0 * np.eye(20))
    wanted = -inverse / np.diag(inverse)
    np.fill_diagonal(wanted, 0.0)
    np.testing.assert_allclose(ease_weights(few, 5.0), wanted, atol=1e-5)  # fewer


def test_successions_look_ahead_and_not_back(chain: Interactions) -> None:
    history = interactions_of([Interaction("x", "i10", 1.0, 1.0)], items=chain.items)
    scores = Successions(fade=1.0).fit(chain).scores(history)[0]
    assert int(scores.argmax()) == 11
    assert scores[12] > 0.0 == scores[9]


def test_items_of_one_second_follow_each_other_both_ways_by_half() -> None:
    rows = interactions_of([Interaction("u", "a", 1.0, 1.0), Interaction("u", "b", 1.0, 1.0)])
    weights = Successions(shrink=0.0, damping=0.0).fit(rows).weights.toarray()
    np.testing.assert_allclose(weights, [[0.0, 0.5], [0.5, 0.0]])


def test_lately_popular_sees_nothing_that_came_after_the_user() -> None:
    day = 86_400.0
    rows = interactions_of(
        [Interaction("early", "a", 1.0, 1 * day), Interaction("late", "b", 1.0, 9 * day)], items=("a", "b")
    )
    scores = RecentPopular(days=1.0).fit(rows).scores(rows)
    assert scores[0].tolist() == pytest.approx([np.log(2.0), 0.0])
    np.testing.assert_allclose(scores[1], np.log1p([0.5**8, 1.0]), rtol=1e-5)


def test_only_pairs_that_enough_people_chose_are_kept_and_only_the_strongest() -> None:
    chosen = {"u": "abc", "v": "ab", "w": "bc"}
    rows = interactions_of([Interaction(user, name, 1.0, 1.0) for user, names in chosen.items() for name in names])
    dense = np.array([[0, 3, 9], [3, 0, 5], [9, 5, 0]], dtype=np.float32)
    np.testing.assert_allclose(shared(dense, rows, 2, 5).toarray(), [[0, 3, 0], [3, 0, 5], [0, 5, 0]])
    np.testing.assert_allclose(shared(dense, rows, 2, 1).toarray(), [[0, 3, 0], [0, 0, 5], [0, 5, 0]])
    np.testing.assert_allclose(
        shared(FittedItems(shared(dense, rows, 1, 9), Recency()).weights, rows, 2, 1).toarray(),
        [[0, 3, 0], [0, 0, 5], [0, 5, 0]],
    )


def test_the_last_are_held_out_and_short_histories_keep_most() -> None:
    rows = interactions_of(
        [Interaction("long", f"i{n}", 1.0, n) for n in range(9)]
        + [Interaction("short", f"i{n}", 1.0, n) for n in range(4)]
        + [Interaction("tiny", f"i{n}", 1.0, n) for n in range(2)]
    )
    split = split_last(rows)
    assert np.bincount(split.held_out.user, minlength=3).tolist() == [5, 1, 0]
    assert split.held_out.item.tolist() == [4, 5, 6, 7, 8, 3]
    assert len(split.fitted) + len(split.held_out) == len(rows)


def test_ndcg_counts_hits_by_their_rank_and_the_history_is_never_ranked() -> None:
    held_out = interactions_of([Interaction("u", "b", 1.0, 2.0), Interaction("u", "d", 1.0, 3.0)], items="abcd")
    history = interactions_of([Interaction("u", "a", 1.0, 1.0)], items="abcd")
    ranked = best(np.array([[9.0, 3.0, 5.0, 1.0]], dtype=np.float32), history, top=3)
    assert ranked.tolist() == [[2, 1, 3]]
    wanted = (1 / np.log2(3) + 1 / np.log2(4)) / (1 + 1 / np.log2(3))
    assert ndcg_of(ranked, held_out).tolist() == pytest.approx([wanted])


def test_scores_that_do_not_differ_are_all_zero_when_standardised() -> None:
    found = standard(np.array([[2.0, 2.0, 2.0], [1.0, 2.0, 3.0]], dtype=np.float32))
    assert found[0].tolist() == [0.0, 0.0, 0.0]
    assert found[1].mean() == pytest.approx(0.0, abs=1e-6)
    assert found[1].std() == pytest.approx(1.0, abs=1e-5)


def test_our_model_beats_its_parts_baseline_where_order_tells(chain: Interactions) -> None:
    split = split_last(chain, last=2)
    chooser = Chooser(split.fitted)
    strong = chooser.ease()
    chosen = chooser.mix(Settings(ease=chooser.opinionated(strong), successions=chooser.successions()))
    ours = fit_ours(split.fitted, chosen.settings)
    assert mean_ndcg(ours.scores(split.fitted), split) > mean_ndcg(strong.fit(split.fitted).scores(split.fitted), split)


def test_an_empty_history_gets_what_is_popular(chain: Interactions) -> None:
    ours = fit_ours(chain, Settings(ease=Ease(l2=5.0)))
    nobody = interactions_of([], items=chain.items, users=["new"])
    order = np.argsort(-ours.scores(nobody)[0], kind="stable")
    assert order.tolist() == np.argsort(-chain.people, kind="stable").tolist()
