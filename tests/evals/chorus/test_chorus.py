"""Graded search over the demo catalog: every system ranks, and what cannot be scored is named."""

from __future__ import annotations

import pytest

from shortlist_evals.chorus import recall, render
from shortlist_evals.chorus.queries import Query, chinese_queries
from shortlist_evals.chorus.suite import compare
from shortlist_tools.search import Searcher


def test_chinese_queries_over_the_demo_find_what_was_judged(demo_searcher: Searcher) -> None:
    found = compare(demo_searcher, chinese_queries("demo"))
    systems = found["systems"]
    assert found["queries"] == 40
    assert systems["hybrid"]["ndcg"][0] > systems["lexical"]["ndcg"][0] + 0.1
    assert systems["hybrid"]["ndcg"][0] >= 0.6
    low, high = systems["hybrid"]["ndcg"][1:]
    assert low < systems["hybrid"]["ndcg"][0] < high


def test_queries_without_a_positive_grade_are_left_out_and_named(demo_searcher: Searcher) -> None:
    item = demo_searcher.catalog.snapshot().ids[0]
    found = compare(demo_searcher, [Query("headphones", {item: 0.0}), Query("lamp", {item: 1.0})])
    assert found["queries"] == 1
    assert found["skipped"] == ["headphones"]


def test_recall_is_not_measured_without_chroma(demo_searcher: Searcher) -> None:
    assert recall(demo_searcher, ["lamp"]) == {}


@pytest.mark.data
@pytest.mark.slow
def test_chorus_keeps_its_promises() -> None:
    from shortlist_evals.chorus import run
    from shortlist_evals.places import DataMissingError, data_dir

    try:
        data_dir("chorus")
    except DataMissingError as error:
        pytest.skip(str(error))
    result = run()
    differences = result["chorus"]["differences"]
    for other in ("lexical", "vector"):
        mean, low, _ = differences[f"hybrid - {other}"]["judged_ndcg"]
        assert mean >= 0.04
        assert low > 0
    assert differences["hybrid - lexical"]["ndcg"][0] >= 0
    assert result["chorus"]["recall"]["all"] >= 0.99
    assert result["chorus"]["recall"]["filtered"] >= 0.99
    assert render(result) is not None
