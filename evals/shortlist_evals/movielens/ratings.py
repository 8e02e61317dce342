"""The ratings, the movies and their vectors, read from the evaluation data."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shortlist_evals.chorus import cache_dir
from shortlist_evals.places import data_dir
from shortlist_evals.searching import searcher_over
from shortlist_tools.catalog.columns import Floats, Rows

HELD_OUT = 5
"""Ratings of each user that are held out, the last ones."""
NO_GENRE = "(no genres listed)"


@dataclass(frozen=True, eq=False)
class Ratings:
    """Ratings in the order of user, time and file; `user` and `item` are numbers, `items` the ids by number.

    Attributes:
        user: Number of the user of each rating.
        item: Number of its movie.
        value: Stars, 0.5 to 5.
        time: Unix seconds.
        items: Ids of all movies of the catalog, those without a rating too.
        users: How many users there are.
        place: How many ratings of the same user come after it.
    """

    user: Rows
    item: Rows
    value: Floats
    time: Floats
    items: tuple[str, ...]
    users: int
    place: Rows


def load_ratings() -> Ratings:
    """Return all given ratings; equal times keep the order of the file."""
    with data_dir("movielens", "movies.csv").open(encoding="utf-8", newline="") as file:
        items = sorted(row["movieId"] for row in csv.DictReader(file))
    table = np.genfromtxt(data_dir("movielens", "ratings.csv"), delimiter=",", skip_header=1)
    number = {name: row for row, name in enumerate(items)}
    item = np.array([number[str(int(one))] for one in table[:, 1]], dtype=np.int64)
    users, user = np.unique(table[:, 0].astype(np.int64), return_inverse=True)
    order = np.lexsort((np.arange(len(table)), table[:, 3], user))
    user = user[order]
    ends = np.searchsorted(user, np.arange(len(users)), side="right")
    place = ends[user] - 1 - np.arange(len(user))
    return Ratings(user, item[order], table[order, 2], table[order, 3], tuple(items), len(users), place)


def load_vectors(
    items: tuple[str, ...], folder: Path | None = None, progress: Callable[[str, int, int], None] | None = None
) -> np.ndarray:
    """Return what the built-in embedder makes of each movie's title, genres and description, shape (items, 512).

    The vectors are kept in the evals' cache: the first time takes about a minute.
    """
    with searcher_over(_movies(), folder or cache_dir() / "search-movielens", progress) as searcher:
        nearest = searcher.nearest()
        assert nearest is not None, "the vectors stand after prepare"
        row_of = nearest.built.row_of
        return np.array(nearest.built.matrix[[row_of[name] for name in items]], dtype=np.float32)


def _movies() -> list[dict[str, object]]:
    with gzip.open(data_dir("movielens", "descriptions.jsonl.gz"), "rt", encoding="utf-8") as lines:
        described = {str(row["movieId"]): row["description"] for row in map(json.loads, lines)}
    with data_dir("movielens", "movies.csv").open(encoding="utf-8", newline="") as file:
        return [
            {
                "id": row["movieId"],
                "title": row["title"],
                "genres": [name for name in row["genres"].split("|") if name != NO_GENRE],
                "description": described.get(row["movieId"], ""),
            }
            for row in csv.DictReader(file)
        ]
