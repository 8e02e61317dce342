"""Search by words: BM25 over what an item is called and over all it says, and how much of the query it covers."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.text import tokens

Floats = NDArray[np.float32]
K1 = 1.2
B = 0.75
_LINES = 32_768
REST = 0.5
"""Weight of a word that stands only outside title, kind, brand and description, in the score and in the cover."""


class Postings(NamedTuple):
    """Term weights by term: those of term `t` are `weights[starts[t]:starts[t + 1]]`, in the items `rows[…]`."""

    weights: Floats
    rows: NDArray[np.int32]
    starts: NDArray[np.int64]

    def of(self, term: int) -> tuple[Floats, NDArray[np.int32]]:
        """Return the weights and the rows of one term."""
        part = slice(int(self.starts[term]), int(self.starts[term + 1]))
        return self.weights[part], self.rows[part]


class LexicalIndex:
    """Term weights of all items, by term; rows are the items' places in `ids`.

    Source of the weights: Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond",
    in the form that Lucene uses; every weight is computed at build time, so a query only adds them up.

    Args:
        ids: The items.
        terms: Number of each known term.
        main: Weights of the words in title, kind, brand and description.
        rest: Weights of the words that stand elsewhere.
        fingerprint: What was indexed, for whoever must know whether it changed.
    """

    def __init__(
        self, ids: Sequence[str], terms: dict[str, int], main: Postings, rest: Postings, fingerprint: str = ""
    ) -> None:
        self.ids = tuple(ids)
        self.fingerprint = fingerprint
        self._terms = terms
        self._main = main
        self._rest = rest

    @classmethod
    def build(cls, texts: Iterable[tuple[str, str, str]], fingerprint: str = "") -> LexicalIndex:
        """Index `(id, main text, whole text)`; what the whole has beyond the main text is the rest."""
        terms: defaultdict[str, int] = defaultdict()
        terms.default_factory = terms.__len__
        ids: list[str] = []
        mains: list[list[int]] = []
        rests: list[list[int]] = []

        @lru_cache(maxsize=_LINES)
        def numbered(line: str) -> list[int]:
            return list(map(terms.__getitem__, tokens(line)))

        for name, main, whole in texts:
            lines = main.split("\n")
            ids.append(name)
            mains.append(list(chain.from_iterable(map(numbered, lines))))
            rests.append(_beyond(lines, whole.split("\n"), numbered))
        return cls(ids, terms, _postings(mains, terms), _postings(rests, terms), fingerprint)

    def scores(self, query: str) -> tuple[Floats, Floats]:
        """Return each item's BM25 score, and the share of the query it covers, 0 to 1, shapes `(len(ids),)`.

        In the share a word weighs its inverse document frequency, and counts `REST` where it stands only in the rest;
        a word that no item has weighs nothing.
        """
        score = np.zeros(len(self.ids), dtype=np.float32)
        cover = np.zeros(len(self.ids), dtype=np.float32)
        total = 0.0
        for token in dict.fromkeys(tokens(query)):
            term = self._terms.get(token)
            if term is None:
                continue
            rest_weights, rest_rows = self._rest.of(term)
            main_weights, main_rows = self._main.of(term)
            share = np.zeros(len(self.ids), dtype=np.float32)
            score[rest_rows] += REST * rest_weights
            score[main_rows] += main_weights
            share[rest_rows] = REST
            share[main_rows] = 1.0
            rarity = _rarity(len(self.ids), int(np.count_nonzero(share)))
            cover += rarity * share
            total += rarity
        return score, cover / np.float32(total) if total > 0 else cover

    def save(self, directory: Path) -> None:
        """Write the index into `directory`, which exists."""
        arrays = {f"main_{name}": array for name, array in self._main._asdict().items()}
        arrays |= {f"rest_{name}": array for name, array in self._rest._asdict().items()}
        np.savez(directory / "lexical.npz", **arrays)
        names = json.dumps({"fingerprint": self.fingerprint, "ids": self.ids, "terms": list(self._terms)})
        (directory / "lexical.json").write_text(names, encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> LexicalIndex:
        """Read what `save` wrote.

        Raises:
            OSError, ValueError, KeyError or BadZipFile: If the files are missing or damaged.
        """
        names = json.loads((directory / "lexical.json").read_text(encoding="utf-8"))
        terms = {term: number for number, term in enumerate(names["terms"])}
        with np.load(directory / "lexical.npz", allow_pickle=False) as arrays:
            main, rest = (
                Postings(*(arrays[f"{part}_{name}"] for name in Postings._fields)) for part in ("main", "rest")
            )
        if not len(main.starts) == len(rest.starts) == len(terms) + 1:
            raise ValueError(f"{len(terms)} terms with {len(main.starts)} starts")
        return cls(names["ids"], terms, main, rest, names["fingerprint"])


def _rarity(items: int, having: int) -> float:
    """Return a term's inverse document frequency, as BM25 has it."""
    return float(np.log1p((items - having + 0.5) / (having + 0.5)))


def _beyond(main: list[str], whole: list[str], numbered: Callable[[str], list[int]]) -> list[int]:
    """Return the terms of the `whole` lines that are not in the `main` ones; a line that both have cancels out."""
    cut = list(main)
    more: list[str] = []
    for line in whole:
        if line in cut:
            cut.remove(line)
        else:
            more.append(line)
    terms = list(chain.from_iterable(map(numbered, more)))
    if not any(cut):
        return terms
    left = Counter(terms)
    left.subtract(chain.from_iterable(map(numbered, cut)))
    return list(left.elements())


def _postings(documents: list[list[int]], terms: dict[str, int]) -> Postings:
    if not any(documents):
        starts = np.zeros(len(terms) + 1, np.int64)
        return Postings(np.zeros(0, np.float32), np.zeros(0, np.int32), starts)
    import bm25s

    model = bm25s.BM25(k1=K1, b=B, method="lucene")
    model.index((documents, terms), show_progress=False, create_empty_token=False)
    parts: dict[str, Any] = model.scores
    return Postings(parts["data"], parts["indices"].astype(np.int32), parts["indptr"].astype(np.int64))
