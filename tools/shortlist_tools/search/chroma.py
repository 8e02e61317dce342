"""The vector index in Chroma: a directory of its own, or a collection on a Chroma server."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import numpy as np

from shortlist_prompts.errors import ShortlistError
from shortlist_tools.search.embedders import Vectors
from shortlist_tools.search.errors import IndexUnusableError, VectorServerError
from shortlist_tools.search.index import Neighbour

T = TypeVar("T")
SERVER_SECONDS = 30.0
BATCH = 5_000
"""Items written in one call; Chroma refuses more than 5,461."""

HNSW = {
    "space": "cosine",  # fixed at creation; the default is l2
    "ef_construction": 150,
    "ef_search": 1500,  # short queries lie far from all texts: 400 finds 95 of 100 neighbours, 1,500 finds 99
    "max_neighbors": 24,
    "num_threads": 2,
}


class ChromaIndex:
    """One Chroma collection. A directory may be written by one process only and is not crash-safe while it is.

    Args:
        client: A `chromadb` client.
        name: The collection's name; created when missing.
        place: What errors call the directory or server.
        failure: The error that stands for whatever the client raises.
    """

    def __init__(self, client: Any, name: str, place: str, failure: type[ShortlistError] = IndexUnusableError) -> None:
        self._client = client
        self._place = place
        self._failure = failure
        self._name = name
        self._collection = self._guarded(
            lambda: client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": {**HNSW, "sync_threshold": 1000}}
            )
        )

    @classmethod
    def at(cls, directory: str | Path, name: str = "items") -> ChromaIndex:
        """Open or create the index in `directory`.

        Raises:
            IndexUnusableError: If Chroma cannot open it. A damaged one may end the process instead: probe it first.
        """
        return cls(_client(lambda chroma: chroma.PersistentClient(str(directory), _settings())), name, str(directory))

    @classmethod
    def on_server(cls, url: str, name: str = "items") -> ChromaIndex:
        """Open or create collection `name` on the Chroma server at `url`.

        Raises:
            VectorServerError: If it does not answer as a Chroma server does.
        """
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 8000)

        def connect(chroma: Any) -> Any:
            try:
                client = chroma.HttpClient(
                    host=parts.hostname or "localhost", port=port, ssl=parts.scheme == "https", settings=_settings()
                )
                for session in _sessions(client):
                    session.timeout = SERVER_SECONDS
            except Exception as error:
                raise VectorServerError(f"no Chroma server answers at {url}: {type(error).__name__}") from error
            return client

        return cls(_client(connect), name, url, VectorServerError)

    @classmethod
    def of_version(cls, folder: Path, url: str | None) -> ChromaIndex:
        """Open or create the index of a version's folder: its files, or its collection on the server at `url`.

        Raises:
            IndexUnusableError or VectorServerError: As `at` and `on_server` do.
        """
        return cls.on_server(url, _collection(folder)) if url else cls.at(folder / "chroma")

    def query(self, vector: Vectors, n: int, allowed: Sequence[str] | None = None) -> list[Neighbour]:
        """Return at most `n` neighbours; approximate, and slow when `allowed` is given (Chroma filters one by one)."""
        chosen = None if allowed is None else list(dict.fromkeys(allowed))
        if n <= 0 or chosen == []:
            return []
        if chosen is not None:
            known = self._guarded(lambda: self._collection.get(ids=chosen, include=[]))["ids"]
            if not known:
                return []
            chosen = known
        answer = self._guarded(
            lambda: self._collection.query(
                query_embeddings=[np.asarray(vector, dtype=np.float32)], n_results=n, ids=chosen, include=["distances"]
            )
        )
        pairs = zip(answer["ids"][0], answer["distances"][0], strict=True)
        found = [Neighbour(i, 1.0 - float(distance)) for i, distance in pairs]
        return sorted(found, key=lambda neighbour: (-neighbour.similarity, neighbour.id))

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add or replace items, at most 5,000 in one call to Chroma; the last of equal ids wins."""
        last = {i: row for row, i in enumerate(ids)}
        unique, rows = list(last), list(last.values())
        for start in range(0, len(unique), BATCH):
            part = slice(start, start + BATCH)
            batch = np.ascontiguousarray(vectors[rows[part]], dtype=np.float32)
            self._guarded(partial(self._collection.upsert, ids=unique[part], embeddings=batch))

    def remove(self, ids: Sequence[str]) -> None:
        """Forget items; unknown ids are ignored."""
        gone = sorted(set(ids))
        for start in range(0, len(gone), BATCH):
            part = gone[start : start + BATCH]
            known = self._guarded(partial(self._collection.get, ids=part, include=[]))["ids"]
            if known:
                self._guarded(partial(self._collection.delete, ids=known))

    def ids(self) -> set[str]:
        """Return the ids of all items."""
        return set(self._guarded(lambda: self._collection.get(include=[]))["ids"])

    def count(self) -> int:
        """Return how many items there are."""
        return int(self._guarded(self._collection.count))

    def close(self) -> None:
        """Close the client and, with its last user, the connections to a server."""
        sessions = _sessions(self._client)
        self._guarded(self._client.close)
        if not _in_use(self._client):
            for session in sessions:
                session.close()

    def drop_others(self, folder: Path) -> None:
        """Delete the collections on this server that belonged to versions of the same directory, now removed."""
        kept = {_collection(path) for path in folder.parent.iterdir() if path.is_dir()}
        prefix = _collection(folder).removesuffix(folder.name)
        for collection in self._guarded(self._client.list_collections):
            if collection.name.startswith(prefix) and collection.name not in kept:
                self._guarded(partial(self._client.delete_collection, collection.name))

    def _guarded(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a panic inside Chroma is no Exception
            raise self._failure(f"Chroma at {self._place} failed: {type(error).__name__}: {error}") from error


def _collection(folder: Path) -> str:
    """Return the name of a version's collection: no two directories share one, also on one server."""
    directory = blake2b(str(folder.parent.resolve()).encode(), digest_size=6).hexdigest()
    return f"shortlist-{directory}-{folder.name}"


def _client(connect: Callable[[Any], Any]) -> Any:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb

    return connect(chromadb)


def _sessions(client: Any) -> list[Any]:
    """Return the HTTP sessions of a client of a server; Chroma never closes them, and lets them wait for ever."""
    servers = [getattr(owner, "_server", None) for owner in (client, getattr(client, "_admin_client", None))]
    return [session for server in servers if (session := getattr(server, "_session", None)) is not None]


def _in_use(client: Any) -> bool:
    from chromadb.api.shared_system_client import SharedSystemClient

    return client._identifier in SharedSystemClient._identifier_to_system


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
