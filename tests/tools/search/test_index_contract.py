"""One suite that every vector index passes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from shortlist_tools.search import ChromaIndex, ExactIndex, VectorIndex
from shortlist_tools.search.embedders import unit


@pytest.fixture(params=["exact", "chroma"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    made: VectorIndex = ExactIndex(3) if request.param == "exact" else ChromaIndex.at(tmp_path / "chroma")
    yield made
    made.close()


EAST, NORTH, UP = np.eye(3, dtype=np.float32)


def _vectors(*rows: tuple[float, float, float]) -> np.ndarray:
    return unit(np.array(rows, dtype=np.float32))


def test_empty_index_has_no_neighbours(index: VectorIndex) -> None:
    assert index.query(EAST, 5) == []
    assert index.count() == 0
    assert index.ids() == set()


def test_neighbours_come_nearest_first_with_their_cosine(index: VectorIndex) -> None:
    index.upsert(["far", "near", "exact"], _vectors((0, 1, 0), (1, 1, 0), (5, 0, 0)))
    found = index.query(EAST, 3)
    assert [neighbour.id for neighbour in found] == ["exact", "near", "far"]
    assert [neighbour.similarity for neighbour in found] == pytest.approx([1.0, 2**-0.5, 0.0], abs=1e-5)


def test_n_bounds_the_answer(index: VectorIndex) -> None:
    index.upsert(["a", "b", "c"], _vectors((1, 0, 0), (2, 1, 0), (0, 0, 1)))
    assert [neighbour.id for neighbour in index.query(EAST, 2)] == ["a", "b"]
    assert index.query(EAST, 0) == []
    assert len(index.query(EAST, 50)) == 3


def test_equally_near_items_come_in_order_of_their_ids(index: VectorIndex) -> None:
    index.upsert(["c", "a", "b"], _vectors((1, 0, 0), (1, 0, 0), (1, 0, 0)))
    assert [neighbour.id for neighbour in index.query(EAST, 3)] == ["a", "b", "c"]


def test_only_allowed_items_are_found(index: VectorIndex) -> None:
    index.upsert(["a", "b", "c"], _vectors((1, 0, 0), (2, 1, 0), (0, 0, 1)))
    assert [neighbour.id for neighbour in index.query(EAST, 3, allowed=["c", "b"])] == ["b", "c"]


def test_unknown_and_no_allowed_ids_find_nothing(index: VectorIndex) -> None:
    index.upsert(["a"], _vectors((1, 0, 0)))
    assert index.query(EAST, 3, allowed=["nowhere"]) == []
    assert index.query(EAST, 3, allowed=[]) == []
    assert [neighbour.id for neighbour in index.query(EAST, 3, allowed=["nowhere", "a", "a"])] == ["a"]


def test_upsert_replaces_and_keeps_the_last_of_equal_ids(index: VectorIndex) -> None:
    index.upsert(["a", "b"], _vectors((1, 0, 0), (0, 1, 0)))
    index.upsert(["a", "a"], _vectors((0, 1, 0), (0, 0, 1)))
    assert index.count() == 2
    assert index.query(UP, 1)[0].id == "a"
    assert index.query(UP, 1)[0].similarity == pytest.approx(1.0, abs=1e-5)


def test_remove_forgets_and_ignores_unknown_ids(index: VectorIndex) -> None:
    index.upsert(["a", "b", "c"], _vectors((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    index.remove(["b", "nowhere"])
    assert index.ids() == {"a", "c"}
    assert "b" not in {neighbour.id for neighbour in index.query(NORTH, 3)}
    index.remove([])
    assert index.count() == 2


def test_removed_items_can_come_back(index: VectorIndex) -> None:
    index.upsert(["a", "b"], _vectors((1, 0, 0), (0, 1, 0)))
    index.remove(["a"])
    index.upsert(["a"], _vectors((0, 0, 1)))
    assert index.query(UP, 1)[0].id == "a"
    assert index.count() == 2


def test_ids_of_any_script_survive(index: VectorIndex) -> None:
    names = ["商品 1", "a/b'c\"d", "x" * 300]
    index.upsert(names, _vectors((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    assert index.ids() == set(names)
    assert index.query(EAST, 1)[0].id == "商品 1"


def test_more_items_than_one_batch(index: VectorIndex) -> None:
    rng = np.random.default_rng(3)
    vectors = unit(rng.standard_normal((5_600, 3)).astype(np.float32))
    index.upsert([str(row) for row in range(5_600)], vectors)
    assert index.count() == 5_600
    assert index.query(vectors[5_555], 1)[0].similarity == pytest.approx(1.0, abs=1e-5)
