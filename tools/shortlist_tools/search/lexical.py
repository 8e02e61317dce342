"""Search by words: BM25 over the whole text of an item, and how much of the query each item covers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.text import tokens

Floats = NDArray[np.float32]
K1 = 1.2
B = 0.75


class LexicalIndex:
    """Term weights of all items, by term; rows are the items' places in `ids`.

    Source of the weights: Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond",
    in the form that Lucene uses; every weight is computed at build time, so a query only adds them up.
    """

    def __init__(
        self,
        ids: Sequence[str],
        terms: dict[str, int],
        columns: tuple[Floats, NDArray[Any], NDArray[Any]],
        fingerprint: str = "",
    ) -> None:
        self.ids = tuple(ids)
        self.fingerprint = fingerprint
        self._terms = terms
        self._weights, self._rows, self._starts = columns

    @classmethod
    def build(cls, pairs: Iterable[tuple[str, str]], fingerprint: str = "") -> LexicalIndex:
        """Index `(id, text)` pairs; `fingerprint` says what they were, for whoever must know whether they changed."""
        import bm25s

        terms: dict[str, int] = {}
        ids: list[str] = []
        documents: list[list[int]] = []
        for name, text in pairs:
            ids.append(name)
            documents.append([terms.setdefault(token, len(terms)) for token in tokens(text)])
        if not terms:
            empty = (np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(1, np.int64))
            return cls(ids, {}, empty, fingerprint)
        model = bm25s.BM25(k1=K1, b=B, method="lucene")
        model.index((documents, terms), show_progress=False, create_empty_token=False)
        parts = model.scores
        return cls(ids, terms, (parts["data"], parts["indices"], parts["indptr"]), fingerprint)

    def scores(self, query: str) -> tuple[Floats, Floats]:
        """Return each item's BM25 score, and the share of the query it covers, 0 to 1, shapes `(len(ids),)`.

        A word weighs its inverse document frequency in the share; a word that no item has weighs nothing.
        """
        score = np.zeros(len(self.ids), dtype=np.float32)
        cover = np.zeros(len(self.ids), dtype=np.float32)
        total = 0.0
        for term in dict.fromkeys(tokens(query)):
            number = self._terms.get(term)
            if number is None:
                continue
            part = slice(int(self._starts[number]), int(self._starts[number + 1]))
            rows = self._rows[part]
            weight = float(np.log1p((len(self.ids) - len(rows) + 0.5) / (len(rows) + 0.5)))
            score[rows] += self._weights[part]
            cover[rows] += weight
            total += weight
        return score, cover / total if total > 0 else cover

    def save(self, directory: Path) -> None:
        """Write the index into `directory`, which exists."""
        np.savez(directory / "lexical.npz", weights=self._weights, rows=self._rows, starts=self._starts)
        names = json.dumps({"fingerprint": self.fingerprint, "ids": self.ids, "terms": list(self._terms)})
        (directory / "lexical.json").write_text(names, encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> LexicalIndex:
        """Read what `save` wrote.

        Raises:
            OSError, ValueError or KeyError: If the files are missing or damaged.
        """
        names = json.loads((directory / "lexical.json").read_text(encoding="utf-8"))
        with np.load(directory / "lexical.npz", allow_pickle=False) as parts:
            terms = {term: number for number, term in enumerate(names["terms"])}
            columns = (parts["weights"], parts["rows"], parts["starts"])
            return cls(names["ids"], terms, columns, names["fingerprint"])
