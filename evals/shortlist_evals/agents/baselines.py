"""What any recommender has to beat: popularity, plain words and plain meaning, none of which asks anything."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from shortlist_evals.agents.base import Agent, Answer, Person

if TYPE_CHECKING:
    from shortlist import Recommender
    from shortlist_tools.catalog import Snapshot
    from shortlist_tools.search import Searcher

Ranking = Callable[[str, int], Sequence[str]]
"""From a text and n to the ids of at most n items, best first."""


@dataclass(frozen=True)
class Baseline:
    """An agent that answers every message with the first k items for everything said so far.

    It asks nothing, knows nothing of the person and has no policies. What it showed before in a conversation it does
    not show again: who goes on talking has not taken it.

    Attributes:
        name: The name it has in results.
        ranking: What it ranks by.
        k: How many items it shows.
    """

    name: str
    ranking: Ranking
    k: int = 3

    def begin(self, person: Person, session: str, language: str) -> BaselineChat:
        """Begin a conversation; all of them begin alike."""
        return BaselineChat(self)


@dataclass
class BaselineChat:
    """One conversation with a baseline: what was said in it so far, and what was shown."""

    agent: Baseline
    said: list[str] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    def say(self, message: str) -> Answer:
        """Return the first k items that were not shown yet; `abstain` where none is left."""
        start = time.perf_counter()
        self.said.append(message)
        ranking = self.agent.ranking("\n".join(self.said), self.agent.k + len(self.shown))
        items = tuple([item for item in ranking if item not in self.shown][: self.agent.k])
        self.shown.update(items)
        kind = "recommend" if items else "abstain"
        return Answer(message="", items=items, kind=kind, seconds=time.perf_counter() - start)


def baselines(recommender: Recommender, k: int = 3) -> tuple[Agent, ...]:
    """Return `popular`, `words` and `meaning` over the catalog of `recommender`, which must be prepared.

    They are usable as long as the recommender is open.
    """
    searcher = recommender._runtime.searcher()  # the door has search as a whole; baselines are parts of it
    rankings = {"popular": by_popularity(searcher.catalog.snapshot()), "words": by_words(searcher),
                "meaning": by_meaning(searcher)}  # fmt: skip
    return tuple(Baseline(name, ranking, k) for name, ranking in rankings.items())


def by_popularity(snapshot: Snapshot) -> Ranking:
    """Return the ranking that ignores the text: most popular first, or best rated where popularity is not known.

    Items without a value come last, ties in order of ids; a catalog that knows neither is in order of ids.
    """
    order = snapshot.ids
    for role in ("rating", "popularity"):
        known = snapshot.schema.role(role)
        if known is not None and known.kind in ("number", "money"):
            values = np.nan_to_num(snapshot.numbers(known.name), nan=-np.inf)
            order = tuple(snapshot.ids[row] for row in np.argsort(-values, kind="stable"))
    return lambda text, n: order[:n]


def by_words(searcher: Searcher) -> Ranking:
    """Return plain BM25 over title, kind, brand and description; items without any of the words are not found."""
    from shortlist_tools.search import LexicalIndex, search_texts

    index = LexicalIndex.build((text.id, text.main, text.main) for text in search_texts(searcher.catalog))

    def ranking(text: str, n: int) -> list[str]:
        scores, _ = index.scores(text)
        order = np.argsort(-scores, kind="stable")[:n]
        return [index.ids[row] for row in order if scores[row] > 0]

    return ranking


def by_meaning(searcher: Searcher) -> Ranking:
    """Return cosine similarity of embeddings alone."""
    return lambda text, n: [hit.id for hit in searcher.search(text, n=n, by="meaning")]
