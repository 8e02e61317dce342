"""What the tests kill: builds an index over a shop of many items, telling each step on standard output."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from shortlist_tools.catalog import Catalog
from shortlist_tools.search import Searcher
from shortlist_tools.store import Store


class HashEmbedder:
    """Vectors drawn from a text's own characters: as fast as can be, and the same in every process."""

    name = "hash"
    dimensions = 64

    def embed(self, texts: list[str]) -> np.ndarray:
        drawn = [np.random.default_rng(list(text.encode())).standard_normal(64) for text in texts]
        vectors = np.array(drawn, dtype=np.float32).reshape(len(texts), 64)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def open_searcher(folder: Path) -> Searcher:
    """Return a searcher over the catalog in `folder`."""
    store = Store.open(folder / "shop.db")
    return Searcher(Catalog(store), store, folder / "index", HashEmbedder())


if __name__ == "__main__":
    searcher = open_searcher(Path(sys.argv[1]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()

    def tell(stage: str, done: int, total: int) -> None:
        sys.stdout.write(f"{stage} {done} {total}\n")
        sys.stdout.flush()

    searcher.prepare(tell)
    sys.stdout.write("finished\n")
    sys.stdout.flush()
