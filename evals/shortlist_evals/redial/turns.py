"""The turns in which somebody recommends movies, and the catalog they come from, read from the evaluation data."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shortlist_evals.chorus import cache_dir
from shortlist_evals.places import data_dir
from shortlist_evals.searching import searcher_over

if TYPE_CHECKING:
    from shortlist_tools.search import Searcher


@dataclass(frozen=True)
class Turn:
    """What was said before a recommendation, and what was recommended.

    Attributes:
        id: Dialogue and turn.
        dialogue: Id of the dialogue.
        said: Everything said before, oldest first.
        named: Names of the movies named so far, by either side.
        wanted: Names of the movies recommended now.
    """

    id: str
    dialogue: str
    said: tuple[str, ...]
    named: frozenset[str]
    wanted: frozenset[str]

    @property
    def new(self) -> frozenset[str]:
        """Those recommended now that nobody has named yet."""
        return self.wanted - self.named


def load_turns() -> list[Turn]:
    """Return the validation turns that recommend something, in the order of the file.

    A movie counts as named when the data links it or when its name stands in what was said.
    """
    movies = load_movies()
    names = {row["name"] for row in movies.values()}
    turns = []
    with gzip.open(data_dir("redial", "valid.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            said = tuple(text for text in row["context"] if text)
            wanted = frozenset(row["rec"]) & names
            written = {name for name in wanted if any(name in text for text in said)}
            named = (frozenset(row["entity"]) & names) | written
            if wanted:
                turns.append(Turn(f"{row['dialog_id']}-{row['turn_id']}", row["dialog_id"], said, named, wanted))
    return turns


def load_movies() -> dict[str, dict[str, object]]:
    """Return the catalog's rows by id."""
    with gzip.open(data_dir("redial", "id2info.json.gz"), "rt", encoding="utf-8") as file:
        found: dict[str, dict[str, object]] = json.load(file)
    return found


def popularity(turns: Sequence[Turn]) -> dict[str, list[str]]:
    """Return, for each dialogue, the movies in the order of how many other dialogues name or recommend them."""
    by_dialogue: dict[str, set[str]] = {}
    for turn in turns:
        by_dialogue.setdefault(turn.dialogue, set()).update(turn.named | turn.wanted)
    counts = Counter(name for names in by_dialogue.values() for name in names)
    return {
        dialogue: sorted(counts, key=lambda name: (-(counts[name] - (name in own)), name))
        for dialogue, own in by_dialogue.items()
    }


@contextmanager
def open_movies(folder: Path | None = None) -> Iterator[Searcher]:
    """Yield a prepared searcher over the movies, kept in the cache: embedding takes a while."""
    rows = ({"id": id, **row} for id, row in load_movies().items())
    with searcher_over(rows, folder or cache_dir() / "search-redial") as searcher:
        yield searcher
