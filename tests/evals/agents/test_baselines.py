"""Baselines rank by one thing each, show nothing twice in a conversation, and ask nothing."""

from __future__ import annotations

from pathlib import Path

from shortlist.demo import open_demo
from shortlist_evals.agents import Baseline, Person, baselines, by_meaning, by_popularity, by_words
from shortlist_tools.catalog import Catalog, Snapshot
from shortlist_tools.search import Searcher
from shortlist_tools.store import Store

GUEST = Person()


def test_popularity_ignores_what_is_said(demo_snapshot: Snapshot) -> None:
    ranking = by_popularity(demo_snapshot)
    counts = [demo_snapshot.item(demo_snapshot.row_of[item]).values["reviews_count"] for item in ranking("tea", 160)]
    assert counts == sorted(counts, reverse=True)
    assert ranking("tea", 5) == ranking("a red lamp", 5)


def test_ratings_stand_in_where_popularity_is_not_known(tmp_path: Path) -> None:
    rows = tmp_path / "goods.csv"
    rows.write_text("id,title,rating\na,Ash tray,3.5\nb,Beech bowl,4.8\nc,Cedar cup,4.1\n", "utf-8")
    store = Store.open(tmp_path / "goods.db")
    catalog = Catalog(store)
    catalog.ingest(rows)
    assert by_popularity(catalog.snapshot())("anything", 2) == ("b", "c")
    store.close()


def test_words_find_nothing_where_no_word_matches(demo_searcher: Searcher) -> None:
    ranking = by_words(demo_searcher)
    assert ranking("Terrain backpack", 1)[0].startswith("bp-")
    assert ranking("qqqq zzzz", 5) == []


def test_meaning_crosses_languages(demo_searcher: Searcher) -> None:
    found = by_meaning(demo_searcher)("降噪耳机", 3)
    assert len(found) == 3
    assert all(item.startswith("hp-") for item in found)


def test_what_was_said_adds_up_and_nothing_is_shown_twice() -> None:
    heard: list[str] = []

    def ranking(text: str, n: int) -> list[str]:
        heard.append(text)
        return ["a", "b", "c"][:n]

    chat = Baseline("fixed", ranking, k=2).begin(GUEST, "s", "en")
    answers = [chat.say(message) for message in ("a lamp", "cheaper", "no")]
    assert [(answer.items, answer.kind) for answer in answers] == [
        (("a", "b"), "recommend"),
        (("c",), "recommend"),
        ((), "abstain"),
    ]
    assert heard == ["a lamp", "a lamp\ncheaper", "a lamp\ncheaper\nno"]


def test_baselines_of_an_open_recommender(tmp_path: Path) -> None:
    with open_demo(tmp_path / "demo.db", settings={"vector_index": "exact"}) as recommender:
        recommender.prepare(wait=True)
        agents = baselines(recommender, k=2)
        said = {agent.name: agent.begin(GUEST, "s", "en").say("a hiking backpack").items for agent in agents}
    assert list(said) == ["popular", "words", "meaning"]
    assert all(len(items) == 2 for items in said.values())
    assert all(item.startswith("bp-") for item in said["words"] + said["meaning"])
