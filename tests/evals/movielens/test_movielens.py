"""The suite on a small made-up set of ratings: what is held out, what is scored, and what the tables say."""

from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from shortlist_evals.movielens import render, run, suite
from shortlist_evals.movielens.models import split_of
from shortlist_evals.movielens.ratings import load_ratings
from shortlist_evals.movielens.slices import activity, values_of
from shortlist_evals.places import VARIABLE, data_dir
from shortlist_tools.ranking.collaborative import Features

MOVIES, USERS = 30, 24


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ratings of users who go through the movies in order, each from another place on."""
    folder = tmp_path / "movielens"
    folder.mkdir()
    movies = "".join(f'{n},"Movie {n}, The (1999)",Drama|War\n' for n in range(1, MOVIES + 1))
    (folder / "movies.csv").write_text("movieId,title,genres\n" + movies, "utf-8")
    with gzip.open(folder / "descriptions.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps({"movieId": 1, "description": "A film."}) + "\n")
    rows = [
        f"{user},{1 + (user + step) % MOVIES},{3 + (user + step) % 3}.0,{100_000 * user + step}"
        for user in range(USERS)
        for step in range(12)
    ]
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + "\n".join(reversed(rows)), "utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return folder


@pytest.fixture
def vectors(monkeypatch: pytest.MonkeyPatch) -> Features:
    """Content in which movies that follow each other are alike."""
    angle = np.arange(MOVIES)[:, None] * 2 * np.pi / MOVIES
    order = np.argsort(sorted(str(number) for number in range(1, MOVIES + 1)), kind="stable")
    found = np.hstack((np.sin(angle), np.cos(angle)))[order].astype(np.float32)
    monkeypatch.setattr(suite, "load_vectors", lambda items: found)
    return found


def test_the_last_five_of_each_user_are_held_out_whatever_the_order_of_the_file(data: Path) -> None:
    ratings = load_ratings()
    split = split_of(ratings)
    assert (ratings.users, len(ratings.items)) == (USERS, MOVIES)
    assert np.bincount(split.held_out.user).tolist() == [5] * USERS
    for user in range(USERS):
        last = {str(1 + (user + step) % MOVIES) for step in range(7, 12)}
        mine = split.held_out.item[split.held_out.user == user]
        assert {ratings.items[item] for item in mine} == last
    assert not set(zip(split.fitted.user, split.fitted.item, strict=True)) & set(
        zip(split.held_out.user, split.held_out.item, strict=True)
    )


def test_a_ranking_is_scored_as_a_whole_and_by_how_often_its_movies_are_rated() -> None:
    people = np.array([60, 20, 5, 70])
    found = values_of(np.array([0, 3, 2, -1]), np.array([0, 1, 2]), people)
    assert found["recall@10"] == pytest.approx(2 / 3)
    assert (found["recall_often@10"], found["recall_at_times@10"], found["recall_seldom@10"]) == (1.0, 0.0, 1.0)
    discount = 1 / np.log2(np.arange(2, 5))
    assert found["ndcg@10"] == pytest.approx((discount[0] + discount[2]) / discount.sum())
    assert [activity(count) for count in (30, 31, 101)] == ["up to 30 ratings", "31 to 100", "more than 100"]


def test_one_run_compares_all_models_and_says_so(data: Path, vectors: Features) -> None:
    pytest.importorskip("implicit")
    steps: list[tuple[int, int]] = []
    found: dict[str, Any] = run(n=20, progress=lambda done, total: steps.append((done, total)))
    assert found["n"] == 20
    assert steps[-1] == (suite.STEPS, suite.STEPS)
    assert {"popular", "popular-recent", "item-knn", "als", "ease", "ease-recent", "ours"} <= set(found["agents"])
    assert set(found["cases"]) == set(suite.KEPT)
    assert found["agents"]["ours"]["ndcg@10"][0] > found["agents"]["popular"]["ndcg@10"][0]
    assert found["known_events"]["0"]["gain"] == [0.0, 0.0, 0.0]
    assert found["known_events"]["1-5"]["n"] == 20
    assert found["new_items"]["n"] > 0
    out = StringIO()
    Console(width=200, file=out).print(render(found))
    text = out.getvalue()
    assert "ours - ease-recent: nDCG@10" in text
    assert "new movies" in text


@pytest.mark.data
def test_the_given_ratings_are_what_the_notes_say() -> None:
    data_dir("movielens")
    ratings = load_ratings()
    assert (len(ratings.user), ratings.users, len(ratings.items)) == (97_786, 610, 9_742)
