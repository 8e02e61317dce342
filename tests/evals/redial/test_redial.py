"""Turns of movie dialogues: what is new, who else names a movie, and what a ranking scores."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from shortlist_evals.places import VARIABLE, DataMissingError, data_dir
from shortlist_evals.redial import render
from shortlist_evals.redial.suite import SEARCHES, differences, score
from shortlist_evals.redial.turns import Turn, load_turns, open_movies, popularity
from shortlist_evals.scored import summary

MOVIES = {
    "1": {"name": "Harbour Lights (2001)", "plot": "Two sailors guard a lighthouse.", "genre": ["drama"]},
    "2": {"name": "The Tin Orchard", "plot": "A robot learns to grow apples.", "genre": ["family"]},
    "3": {"name": "Night Ferry (1999)", "plot": "A thriller on a boat that never lands.", "genre": ["thriller"]},
}
ROWS = [
    {"dialog_id": "d1", "turn_id": 2, "context": ["", "Hi, I loved The Tin Orchard"], "entity": [],
     "rec": ["The Tin Orchard", "Night Ferry (1999)"]},
    {"dialog_id": "d2", "turn_id": 2, "context": ["Something with the sea?"], "entity": ["drama", "Night Ferry (1999)"],
     "rec": ["Harbour Lights (2001)"]},
    {"dialog_id": "d2", "turn_id": 4, "context": ["And?"], "entity": [], "rec": ["Not In The Catalog"]},
]  # fmt: skip


@pytest.fixture
def turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Turn]:
    folder = tmp_path / "redial"
    folder.mkdir()
    with gzip.open(folder / "id2info.json.gz", "wt", encoding="utf-8") as out:
        json.dump(MOVIES, out)
    with gzip.open(folder / "valid.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in ROWS)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return load_turns()


def test_turns_know_what_has_been_named(turns: list[Turn]) -> None:
    assert [turn.id for turn in turns] == ["d1-2", "d2-2"]
    assert turns[0].said == ("Hi, I loved The Tin Orchard",)
    assert turns[0].named == {"The Tin Orchard"}
    assert turns[0].new == {"Night Ferry (1999)"}
    assert turns[1].named == {"Night Ferry (1999)"}


def test_popularity_does_not_count_the_dialogue_itself(turns: list[Turn]) -> None:
    order = popularity(turns)
    assert order["d1"][0] == "Harbour Lights (2001)" or order["d1"][0] == "Night Ferry (1999)"
    assert order["d1"].index("Night Ferry (1999)") < order["d1"].index("The Tin Orchard")
    assert order["d2"].index("The Tin Orchard") < order["d2"].index("Harbour Lights (2001)")


def test_named_movies_are_taken_out_where_news_count(turns: list[Turn]) -> None:
    row = score(turns[0], ["The Tin Orchard", "Night Ferry (1999)", "Harbour Lights (2001)"])
    assert row.kind == "after a name"
    assert (row.values["recall@1"], row.values["all_recall@1"], row.values["all_recall@10"]) == (1.0, 0.5, 1.0)


def test_a_turn_without_news_says_nothing_about_them(turns: list[Turn]) -> None:
    old = Turn("t", "d", ("x",), frozenset({"a"}), frozenset({"a"}))
    assert "recall@1" not in score(old, ["a"]).values
    rows = {name: [score(turn, ["Night Ferry (1999)"]) for turn in [*turns, old]] for name in (*SEARCHES, "popular")}
    result = summary(rows)
    found = differences(result["cases"])
    assert found["hybrid - words"]["recall@1"] == [0.0, 0.0, 0.0]
    said = [str(line) for line in render({**result, "new": 2, "differences": found}).renderables[1:]]
    assert "hybrid - words: R@10 on new items +0.000 [+0.000, +0.000], no difference that these turns can tell" in said


def test_movies_are_found_by_their_plots(turns: list[Turn], tmp_path: Path) -> None:
    with open_movies(tmp_path / "index") as searcher:
        assert [hit.id for hit in searcher.search("a lighthouse by the sea", n=1)] == ["1"]
        assert searcher.catalog.schema.roles["title"] == "name"


def test_absent_data_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(DataMissingError, match=VARIABLE):
        data_dir("redial")
