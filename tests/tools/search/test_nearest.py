"""The two ways to the nearest items: the cheaper is chosen, and Chroma's loses nothing that matters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from shortlist_tools.search import Nearest, recall_of
from shortlist_tools.search.building import Rows, build_vectors
from shortlist_tools.search.embedders import unit
from shortlist_tools.search.nearest import cheapest
from shortlist_tools.search.versions import Versions

COUNT = 4_000


@pytest.fixture(scope="module")
def nearest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nearest]:
    """Clustered vectors, as texts have, with some that are equal."""
    draws = np.random.default_rng(1)
    centres = draws.standard_normal((60, 64))
    vectors = centres[draws.integers(0, 60, COUNT)] + 0.7 * draws.standard_normal((COUNT, 64))
    vectors[100:120] = vectors[100]
    ids = [f"i{number:05d}" for number in range(COUNT)]
    rows = Rows(ids, ids, unit(vectors.astype(np.float32)))
    built = build_vectors(Versions(tmp_path_factory.mktemp("index"), "vectors"), "model", "chroma", rows)
    made = Nearest(built)
    assert made.wait()
    yield made
    made.close()


def _queries(nearest: Nearest, count: int = 60) -> list[np.ndarray]:
    draws = np.random.default_rng(2)
    picked = nearest.built.matrix[draws.integers(0, COUNT, count)]
    return list(unit((picked + 0.1 * draws.standard_normal(picked.shape)).astype(np.float32)))


def test_chroma_finds_what_exact_products_find(nearest: Nearest) -> None:
    draws = np.random.default_rng(3)
    filters = [np.flatnonzero(draws.random(COUNT) < share) for share in (0.9, 0.4, 0.1)]
    assert recall_of("chroma", nearest, _queries(nearest), 10) >= 0.99
    assert recall_of("chroma", nearest, _queries(nearest), 10, filters) >= 0.99


def test_both_ways_give_the_same_similarities(nearest: Nearest) -> None:
    for vector in _queries(nearest, 10):
        rows, similarities = nearest.exactly(vector, 5)
        assert similarities == pytest.approx(nearest.built.matrix[rows] @ vector, abs=1e-5)
        answer = nearest.by_chroma(vector, 5)
        assert answer is not None
        assert np.sort(answer[1])[-5:] == pytest.approx(np.sort(similarities)[-5:], abs=1e-5)


def test_only_allowed_rows_are_found_by_either_way(nearest: Nearest) -> None:
    rows = np.arange(0, COUNT, 3)
    for vector in _queries(nearest, 5):
        assert set(nearest.exactly(vector, 10, rows)[0]) <= set(rows)
        answer = nearest.by_chroma(vector, 10, rows)
        assert answer is None or set(answer[0]) <= set(rows)


def test_chroma_hands_back_a_query_whose_neighbours_are_filtered_out(nearest: Nearest) -> None:
    vector = np.array(nearest.built.matrix[0])
    order = np.argsort(nearest.built.matrix @ vector)
    farthest = np.sort(order[: COUNT // 3])
    assert nearest.by_chroma(vector, 10, farthest) is None
    found, _ = nearest.search(vector, 10, farthest)
    exact, _ = nearest.exactly(vector, 10, farthest)
    assert set(found) == set(exact)


def test_the_way_is_chosen_by_the_number_of_survivors() -> None:
    for total in (300, 5_000, 20_000, 1_000_000):
        assert cheapest(60, min(300, total), total) == "exact"
    assert cheapest(60, 20_000, 20_000) == cheapest(60, 10_000, 20_000) == "sketch"
    assert cheapest(60, 100_000, 100_000, sketch=False) == "chroma"
    assert cheapest(60, 500_000, 1_000_000, sketch=False) == "chroma"
    assert cheapest(60, 20_000, 20_000, sketch=False, chroma=False) == "exact"


def test_a_sketch_finds_what_exact_products_find(tmp_path: Path) -> None:
    draws = np.random.default_rng(4)
    scales = np.exp(-np.arange(400) / 60)  # as in texts, few directions carry most of the length
    matrix = unit((draws.standard_normal((2_500, 400)) * scales).astype(np.float32))
    ids = [f"i{number:04d}" for number in range(len(matrix))]
    made = Nearest(build_vectors(Versions(tmp_path, "vectors"), "model", "exact", Rows(ids, ids, matrix)))
    assert made.built.sketch is not None
    queries = list(unit((draws.standard_normal((40, 400)) * scales).astype(np.float32)))
    filters = [None, np.arange(0, 2_500, 2), np.arange(7, 2_500, 19)]
    assert recall_of("sketch", made, queries, 10, filters) >= 0.995
    rows, similarities = made.by_sketch(queries[0], 5)
    assert similarities == pytest.approx(matrix[rows] @ queries[0], abs=1e-5)


def test_nothing_allowed_or_wanted_finds_nothing(nearest: Nearest) -> None:
    vector = np.array(nearest.built.matrix[0])
    assert len(nearest.search(vector, 10, np.zeros(0, np.int64))[0]) == 0
    assert len(nearest.search(vector, 0)[0]) == 0
