"""Queries over reviews: graded, ours, and scored by rank."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortlist_evals.places import DataMissingError, data_dir
from shortlist_evals.reviews import render
from shortlist_evals.reviews.queries import Query, QueryError, load_queries
from shortlist_evals.reviews.suite import COMPARED, differences, score
from shortlist_evals.scored import Scored, summary


def test_there_are_enough_queries_and_each_is_its_own() -> None:
    queries = load_queries()
    assert len(queries) >= 40
    assert len({query.id for query in queries}) == len({query.text for query in queries}) == len(queries)
    assert {query.language for query in queries} == {"en", "zh"}


def test_scores_follow_the_grades() -> None:
    query = Query("r", "zh", "暖和的", {"a": 3, "b": 1})
    found = score(query, ["x", "a", "y"])
    assert found.values["recall@10"] == 0.5
    assert found.values["mrr"] == 0.5
    assert found.values["ndcg@10"] == pytest.approx(3 / 1.5849625 / (3 + 1 / 1.5849625))
    assert score(query, [*"uvwstklmno", "a"]).values == {"recall@10": 0.0, "mrr": 0.0, "ndcg@10": 0.0}


def test_what_is_no_query_is_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    good = '{"id": "r1", "language": "zh", "query": "x", "relevant": {"1": 3}}'
    file.write_text(f"{good}\n\nnot json\n", "utf-8")
    with pytest.raises(QueryError, match=r"queries\.jsonl, line 3: expected an object"):
        load_queries(file)
    file.write_text(good.replace("3}", "7}"), "utf-8")
    with pytest.raises(QueryError, match=r"line 1: relevant: expected a grade of 1, 2 or 3"):
        load_queries(file)
    file.write_text("\n", "utf-8")
    with pytest.raises(QueryError, match="no queries"):
        load_queries(file)


def test_differences_are_told_in_words() -> None:
    names = {name for pair in COMPARED for name in pair}
    rows = {
        name: [
            Scored(f"r{i}", "single", "zh", dict.fromkeys(("recall@10", "mrr", "ndcg@10"), float(name == "hybrid")))
            for i in range(5)
        ]
        for name in names
    }
    result = summary(rows)
    found = differences(result["cases"])
    assert found["hybrid - words"]["ndcg@10"] == [1.0, 1.0, 1.0]
    said = [str(line) for line in render({**result, "differences": found}).renderables[1:]]
    assert "hybrid - words: nDCG@10 +1.000 [+1.000, +1.000], a real difference" in said
    assert (
        "words - words, no reviews: nDCG@10 +0.000 [+0.000, +0.000], no difference that these queries can tell" in said
    )


@pytest.mark.data
@pytest.mark.slow
def test_reviews_are_found() -> None:
    from shortlist_evals.reviews import run

    try:
        data_dir("litemall")
    except DataMissingError as error:
        pytest.skip(str(error))
    result = run()
    assert result["differences"]["hybrid - hybrid, no reviews"]["ndcg@10"][1] > 0
