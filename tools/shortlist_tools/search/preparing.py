"""Keeps the indexes of one directory: opens what is published, checks it, and builds what is missing or damaged."""

from __future__ import annotations

import logging
import threading
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile

from shortlist_tools.catalog import Catalog
from shortlist_tools.search.building import Progress, Rows, build_vectors, embed_missing
from shortlist_tools.search.built import Built, damage, open_built
from shortlist_tools.search.cache import VectorCache
from shortlist_tools.search.embedders import Embedder
from shortlist_tools.search.lexical import LexicalIndex
from shortlist_tools.search.nearest import Nearest
from shortlist_tools.search.texts import meaning_texts, search_texts
from shortlist_tools.search.versions import Versions, writing
from shortlist_tools.store import Store

log = logging.getLogger("shortlist_tools")


class Indexes:
    """The published indexes of one directory, opened when they are asked for and again when another is published."""

    def __init__(self, directory: Path, kind: str, model: str, store: Store, chroma_url: str | None = None) -> None:
        self.directory = directory
        self.kind = kind
        self.model = model
        self.chroma_url = chroma_url
        self.cache = VectorCache(store, model)
        self.lexical_versions = Versions(directory, "lexical")
        self.vector_versions = Versions(directory, "vectors")
        self._checked = directory / "checked"
        self._lexical: tuple[Path, LexicalIndex] | None = None
        self._nearest: tuple[Path, Nearest] | None = None
        self._retired: Nearest | None = None
        self._lock = threading.RLock()

    def lexical(self) -> LexicalIndex | None:
        """Return the published lexical index, or None while there is none that can be read."""
        folder = self.lexical_versions.current()
        if self._lexical is None or self._lexical[0] != folder:
            with self._lock:
                index = _load_lexical(folder)
                self._lexical = (folder, index) if folder and index else None
        return self._lexical[1] if self._lexical else None

    def nearest(self) -> Nearest | None:
        """Return the published vector index of this model, or None while there is none that can be read."""
        folder = self.vector_versions.current()
        if self._nearest is None or self._nearest[0] != folder:
            with self._lock:
                if self._nearest is None or self._nearest[0] != folder:
                    self._open_nearest(folder)
        return self._nearest[1] if self._nearest else None

    def is_checked(self, version: str) -> bool:
        """Whether what is published was checked against this version of the catalog."""
        try:
            return self._checked.read_text(encoding="utf-8") == self._stamp(version)
        except OSError:
            return False

    def check(self, version: str) -> None:
        """Remember that what is published holds this version of the catalog."""
        aside = self._checked.with_suffix(".next")
        aside.write_text(self._stamp(version), encoding="utf-8")
        aside.replace(self._checked)

    def close(self) -> None:
        """Close what is open."""
        with self._lock:
            self._retire()
            self._retire()
            self._lexical = None

    def sound(self) -> tuple[LexicalIndex | None, Built | None]:
        """Return the published indexes that can be trusted; whatever is damaged is named in the log and left out."""
        folder = self.vector_versions.current()
        built: Built | None = None
        if folder is not None:
            wrong = damage(folder)
            if not wrong:
                built = _load_built(folder)
                wrong = "" if built else "its rows cannot be read"
            if wrong:
                log.warning(
                    "the vector index %s is damaged (%s); rebuilding it from stored vectors", folder.name, wrong
                )
        if built is not None and (built.model, built.kind) != (self.model, self.kind):
            log.info("the vector index was built for %s (%s); building it anew", built.model, built.kind)
            built = None
        return self.lexical(), built

    def _retire(self) -> None:
        """Close the version before the last, and keep the last one open for the searches that still use it."""
        if self._retired is not None:
            self._retired.close()
        self._retired = self._nearest[1] if self._nearest else None
        self._nearest = None

    def _open_nearest(self, folder: Path | None) -> None:
        built = _load_built(folder) if folder else None
        self._retire()
        if built is None or folder is None or built.model != self.model:
            return
        self._nearest = (folder, Nearest(built, broken=lambda: self._rebuild(built), url=self.chroma_url))

    def _rebuild(self, built: Built) -> None:
        """Build the published version again from its own matrix: Chroma's files turned out to be damaged in use."""
        log.warning("rebuilding the vector index %s from its own vectors", built.folder.name)
        with writing(self.directory) as writer:
            if writer is None and self.vector_versions.current() == built.folder:
                rows = Rows(built.ids, built.hashes, built.matrix)
                build_vectors(self.vector_versions, built.model, built.kind, rows, url=self.chroma_url)

    def _stamp(self, version: str) -> str:
        folders = (self.lexical_versions.current(), self.vector_versions.current())
        return "\n".join([version, self.model, self.kind, *(folder.name if folder else "none" for folder in folders)])


def prepare(indexes: Indexes, catalog: Catalog, embedder: Embedder, progress: Progress, wait: float) -> int | None:
    """Bring the indexes of one directory in step with the catalog; returns the process id of another writer, or None.

    Raises:
        EmbeddingError: If the embedding service fails.
        IndexUnusableError: If an index cannot be written.
    """
    with writing(indexes.directory, wait) as writer:
        if writer is not None:
            log.info("process %d is building the indexes in %s", writer, indexes.directory)
            return writer
        indexes.lexical_versions.sweep()
        indexes.vector_versions.sweep()
        version = catalog.version
        lexical, built = indexes.sound()
        if lexical is not None and built is not None and indexes.is_checked(version):
            return None
        items = _words(indexes, catalog, lexical)
        progress("lexical", items, items)
        survey = _Survey(catalog, indexes.cache)
        embed_missing(embedder, indexes.cache, survey.missing, len(set(survey.hashes)), progress)
        if built is None or (built.ids, built.hashes) != (survey.ids, survey.hashes):
            progress("index", 0, len(survey.ids))
            matrix = indexes.cache.read(survey.hashes, embedder.dimensions)
            rows = Rows(survey.ids, survey.hashes, matrix)
            build_vectors(
                indexes.vector_versions, indexes.model, indexes.kind, rows, sound=built, url=indexes.chroma_url
            )
        progress("index", len(survey.ids), len(survey.ids))
        indexes.check(version)
    return None


def _words(indexes: Indexes, catalog: Catalog, known: LexicalIndex | None) -> int:
    """Publish a lexical index of the catalog unless `known` is that already; return how many items it holds.

    Nothing that only meaning needs is read before: words are what people wait for after an ingest.
    """
    texts = list(search_texts(catalog))
    digest = blake2b(digest_size=16)
    for text in texts:
        digest.update(f"{text.id}\0{text.main}\0{text.whole}\0".encode())
    fingerprint = digest.hexdigest()
    if known is None or known.fingerprint != fingerprint:
        folder = indexes.lexical_versions.fresh()
        LexicalIndex.build(texts, fingerprint).save(folder)
        indexes.lexical_versions.publish(folder)
    return len(texts)


class _Survey:
    """One pass over the catalog: who is there, what they mean, and which texts have no vector yet."""

    def __init__(self, catalog: Catalog, cache: VectorCache) -> None:
        texts = list(meaning_texts(catalog))
        self.ids = tuple(text.id for text in texts)
        self.hashes = tuple(text.hash for text in texts)
        known = cache.known(set(self.hashes))
        self.missing = {text.hash: text.text for text in texts if text.hash not in known}


def _load_lexical(folder: Path | None) -> LexicalIndex | None:
    if folder is None:
        return None
    try:
        return LexicalIndex.load(folder)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        log.warning("the lexical index %s cannot be read (%s); it will be built anew", folder.name, error)
        return None


def _load_built(folder: Path) -> Built | None:
    try:
        return open_built(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("the vector index %s cannot be read (%s); it will be built anew", folder.name, error)
        return None
