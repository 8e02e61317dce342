"""The simulations of ranking: planted answers are what they say, and the same seed gives the same figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from shortlist_evals.ranking import exploring, exposing, federating, invented_catalog, learning, narrowing, shifting
from shortlist_evals.ranking.suite import checks


def test_an_invented_catalog_is_the_same_for_a_seed_and_plain_where_asked() -> None:
    first, again, plain = invented_catalog(30, 1), invented_catalog(30, 1), invented_catalog(30, 1, plain=True)
    assert [first.item(row) for row in range(30)] == [again.item(row) for row in range(30)]
    assert "brand" in first.item(0).values
    assert "brand" not in plain.item(0).values


def test_learning_beats_not_learning_and_is_reproducible() -> None:
    found = learning.run(3, people=2)
    assert found["without"] == learning.run(3, people=2)["without"]
    assert np.mean([row["rank_correlation"] for row in found["learning"]]) > 0.6
    assert {row["rank_correlation"] for row in found["without"]} == {0.0}
    assert learning.differences(found)["hit@3"][0] > 0


def test_a_few_turns_with_diversity_see_more_kinds() -> None:
    found = narrowing.run(3, people=1, turns=30)
    assert found["times_as_many_kinds"] > 1.5
    assert found["diverse"]["distance"][0] > found["pure"]["distance"][0]


def test_small_brands_get_their_share() -> None:
    found = exposing.run(3, requests=60)
    assert found["exposure"]["before"] < 0.2
    assert found["within_bound"] is True


def test_exploring_regrets_less_than_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "ROUNDS", 200)
    monkeypatch.setattr(exploring, "REPLICAS", 20)
    found = exploring.run(3, runs=3)
    assert found["regret"]["thompson"][0] < found["regret"]["random"][0]
    assert found["off_policy"]["covered"] > 0.7


def test_the_mix_of_kinds_follows_a_session() -> None:
    found = shifting.run(3, sessions=4)
    assert found["shift_in_three"][0] > 0
    assert found["return_in_three"][0] > 0


def test_movielens_files_are_read_and_split(tmp_path: Path) -> None:
    (tmp_path / "movies.csv").write_text(
        "movieId,title,genres\n" + "".join(f"{n},Film {n} (19{50 + n}),A|B\n" for n in range(20)), encoding="utf-8"
    )
    ratings = [f"{user},{n},4.0,{100 * n + user}" for user in (1, 2) for n in range(12)] + ["3,1,5.0,7"]
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + "\n".join(ratings), encoding="utf-8")
    read = federating.read(tmp_path)
    assert len(read.items) == 2
    split = federating.Split(read, 5)
    assert split.known[0].tolist() == list(range(7))
    assert split.answers[0].tolist() == [7, 8, 9, 10, 11]
    assert federating.Split(read, 10).answers[0].tolist() == [2, 3, 4, 5, 6]
    features = split.features(0)
    assert features.shape == (20, len(federating.SIGNALS))
    assert np.isfinite(features).all()


def test_a_check_that_fails_says_no() -> None:
    interval = [0.5, 0.4, 0.6]
    result = {
        "agents": {"learning": {"rank_correlation": interval}},
        "learning": {"hit@3": interval},
        "narrowing": {"times_as_many_kinds": 2.5, "hit_rate_change": -0.1},
        "bandit": {"regret": {"thompson": [1, 1, 1], "greedy": [5, 4, 6]}, "off_policy": {"covered": 0.95}},
        "fairness": {"declared": 0.4, "bound": 0.02, "exposure": {"after": 0.39}, "within_bound": True},
        "kinds": {"shift_in_three": interval, "return_in_three": [-0.1, -0.2, 0.0]},
        "federated": {"left_out": "no data"},
    }
    assert [kept for *_, kept in checks(result)] == [False, True, True, False, True, True, True, True, False]
