"""Search end to end on a small shop: what is found, in which order, inside which requirements, and what stays true."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shortlist_tools.catalog import Catalog, Requirement, UnknownItemError
from shortlist_tools.search import EmbeddingError, Searcher

from .shop import ROWS, CountingEmbedder, open_shop


def _ids(searcher: Searcher, query: str, *requirements: Requirement, n: int = 10) -> list[str]:
    return [hit.id for hit in searcher.search(query, requirements, n)]


def _under(price: float) -> Requirement:
    return Requirement(field="price", op="<", value=price)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("headphones", "hp1"),
        ("降噪耳机", "hp1"),
        ("耳机", "hp1"),
        ("ceramic cup", "mug"),
        ("咖啡杯", "mug"),  # no word of it is in the catalog: meaning alone, across languages
        ("something to read by in bed", "lamp"),
        ("红酒", "wine"),
    ],
)
def test_the_right_item_comes_first(searcher: Searcher, query: str, first: str) -> None:
    searcher.prepare()
    assert _ids(searcher, query)[0] == first


def test_words_serve_before_vectors_are_there(shop: Catalog, tmp_path: Path) -> None:
    searcher = Searcher(shop, shop.store, tmp_path / "index", CountingEmbedder(fail_after=0))
    with pytest.raises(EmbeddingError):
        searcher.prepare()
    status = searcher.status()
    assert (status.lexical, status.vectors, status.stale) == (5, 0, True)
    hits = searcher.search("red wine")
    assert hits[0].id == "wine"
    assert math.isnan(hits[0].vector)


def test_a_hit_carries_its_signals(searcher: Searcher) -> None:
    searcher.prepare()
    best, *rest = searcher.search("red wine")
    assert best.lexical > 0
    assert 0.3 < best.vector <= 1.0
    assert all(best.score >= hit.score for hit in rest)
    assert searcher.catalog.snapshot().ids[best.row] == "wine"


def test_requirements_are_exact_and_follow_the_catalog_at_once(searcher: Searcher) -> None:
    searcher.prepare()
    assert set(_ids(searcher, "headphones", _under(40))) == {"mug", "wine", "lamp"}
    searcher.catalog.update("hp1", price=10)
    assert _ids(searcher, "headphones", _under(40))[0] == "hp1"
    searcher.catalog.retire(["hp1"])
    assert "hp1" not in _ids(searcher, "headphones")


def test_impossible_requirements_find_nothing(searcher: Searcher) -> None:
    searcher.prepare()
    assert _ids(searcher, "headphones", _under(1)) == []
    assert _ids(searcher, "", _under(1)) == []


def test_without_a_query_the_popular_come_first(searcher: Searcher) -> None:
    assert _ids(searcher, "  ", n=3) == ["hp2", "mug", "wine"]
    assert _ids(searcher, "", _under(20)) == ["mug", "wine"]


@pytest.mark.parametrize("n", [-1, 0])
def test_no_hits_wanted_no_hits_given(searcher: Searcher, n: int) -> None:
    assert searcher.search("wine", n=n) == []


def test_a_change_of_text_is_found_after_prepare_and_only_it_is_embedded(shop: Catalog, tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    searcher = Searcher(shop, shop.store, tmp_path / "index", embedder, kind="exact")
    searcher.prepare()
    assert len(embedder.asked) == 5
    shop.update("lamp", title="Garden umbrella")
    assert searcher.status().stale
    assert not searcher.prepare().stale
    assert len(embedder.asked) == 6
    assert _ids(searcher, "parasol for the garden")[0] == "lamp"


def test_an_unchanged_catalog_is_not_embedded_again(shop: Catalog, tmp_path: Path) -> None:
    first = Searcher(shop, shop.store, tmp_path / "index", CountingEmbedder())
    first.prepare()
    first.close()
    embedder = CountingEmbedder()
    second = Searcher(shop, shop.store, tmp_path / "index", embedder)
    assert second.status().vectors == 5
    second.prepare()
    assert embedder.asked == []


def test_a_failed_build_goes_on_where_it_stopped(tmp_path: Path) -> None:
    rows = [{"id": f"i{number}", "title": f"thing number {number}"} for number in range(600)]
    catalog = open_shop(tmp_path, rows)
    with pytest.raises(EmbeddingError):
        Searcher(catalog, catalog.store, tmp_path / "index", CountingEmbedder(fail_after=300), kind="exact").prepare()
    embedder = CountingEmbedder()
    searcher = Searcher(catalog, catalog.store, tmp_path / "index", embedder, kind="exact")
    assert searcher.prepare().vectors == 600
    assert len(embedder.asked) == 600 - 256


def test_progress_names_the_stages_in_order(searcher: Searcher) -> None:
    told: list[tuple[str, int, int]] = []
    searcher.prepare(lambda *step: told.append(step))
    assert told == [
        ("lexical", 5, 5),
        ("vectors", 0, 5),
        ("vectors", 5, 5),
        ("index", 0, 5),
        ("index", 5, 5),
    ]


def test_an_embedding_service_that_fails_leaves_search_by_words(shop: Catalog, tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    searcher = Searcher(shop, shop.store, tmp_path / "index", embedder, kind="exact")
    searcher.prepare()
    embedder.fail_after = 0
    assert _ids(searcher, "red wine") == ["wine"]


def test_another_model_does_not_use_these_vectors(shop: Catalog, tmp_path: Path) -> None:
    Searcher(shop, shop.store, tmp_path / "index", kind="exact").prepare()
    other = Searcher(shop, shop.store, tmp_path / "index", CountingEmbedder(), kind="exact")
    assert other.status().vectors == 0
    assert other.prepare().vectors == 5


def test_similar_items_leave_out_the_items_themselves(searcher: Searcher) -> None:
    searcher.prepare()
    assert searcher.similar(["hp1"], 1)[0].id == "hp2"
    assert "hp1" not in {hit.id for hit in searcher.similar(["hp1"])}
    assert {hit.id for hit in searcher.similar(["hp1"], requirements=[_under(20)])} == {"mug", "wine"}
    with pytest.raises(UnknownItemError):
        searcher.similar(["nowhere"])


def test_an_empty_catalog_finds_nothing(tmp_path: Path) -> None:
    catalog = open_shop(tmp_path, ROWS)
    catalog.retire([row["id"] for row in ROWS])
    searcher = Searcher(catalog, catalog.store, tmp_path / "index")
    assert searcher.prepare().items == 0
    assert searcher.search("wine") == []


def test_indexes_serve_a_catalog_whose_rows_have_moved(searcher: Searcher, tmp_path: Path) -> None:
    searcher.prepare()
    searcher.catalog.retire(["mug"])
    open_shop(tmp_path, [*ROWS[:2], *ROWS[3:], {"id": "aaa", "title": "Garden umbrella"}])
    assert searcher.catalog.snapshot().ids[0] == "aaa"
    assert _ids(searcher, "wine")[0] == "wine"
    assert _ids(searcher, "降噪耳机")[0] == "hp1"
    assert {"aaa", "mug"}.isdisjoint(_ids(searcher, "garden umbrella"))


@pytest.mark.parametrize(
    "query", ["\U0001f377", "x" * 100_000, "\x00\x07 wine", "？！。", "耳机 headphones écouteurs", "' OR 1=1 --"]
)
def test_any_text_is_a_query(searcher: Searcher, query: str) -> None:
    searcher.prepare()
    assert len(searcher.search(query)) <= 5


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["wine", "耳机", "light", "zzz"]), st.floats(0, 200), st.integers(1, 6))
def test_every_hit_meets_the_requirement_and_comes_in_order(
    searcher: Searcher, query: str, price: float, n: int
) -> None:
    searcher.prepare()
    hits = searcher.search(query, [_under(price)], n)
    prices = {row["id"]: float(str(row["price"])) for row in ROWS}
    assert all(prices[hit.id] < price for hit in hits)
    assert [(-hit.score, hit.id) for hit in hits] == sorted((-hit.score, hit.id) for hit in hits)
    assert len(hits) <= n
