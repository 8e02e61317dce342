"""Builds and publishes the indexes: words first, then vectors, from cached ones where there are any."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from shortlist_tools.search.built import Built, open_built, seal, write_rows
from shortlist_tools.search.cache import VectorCache
from shortlist_tools.search.chroma import ChromaIndex
from shortlist_tools.search.embedders import Embedder, Vectors
from shortlist_tools.search.errors import IndexUnusableError
from shortlist_tools.search.probe import examine, healthy
from shortlist_tools.search.throughput import embed_all
from shortlist_tools.search.versions import Versions

log = logging.getLogger("shortlist_tools")

Progress = Callable[[str, int, int], None]
"""Called with the stage (`lexical`, `vectors`, `index`), how much of it is done, and how much there is."""

SMALL = 2_000
FEW = 0.2
"""Share of items that may have changed for the index to be patched in a copy instead of built anew."""


@dataclass(frozen=True)
class Rows:
    """What belongs into an index: ids, the content hashes behind their vectors, and the vectors (n, d)."""

    ids: Sequence[str]
    hashes: Sequence[str]
    matrix: Vectors


class _Target(NamedTuple):
    model: str
    kind: str
    url: str | None = None


def embed_missing(
    embedder: Embedder, cache: VectorCache, texts: dict[str, str], total: int, progress: Progress
) -> None:
    """Embed and store `texts` by content hash; each batch is stored at once, so a kill loses one batch at most.

    Args:
        embedder: The model.
        cache: Where vectors are stored.
        texts: What has no vector yet.
        total: All distinct texts of the catalog, for the progress.
        progress: Told after every batch.
    """
    done = total - len(texts)
    progress("vectors", done, total)
    for hashes, vectors in embed_all(embedder, texts.items(), len(texts)):
        cache.write(hashes, vectors)
        done += len(hashes)
        progress("vectors", done, total)


def build_vectors(
    versions: Versions,
    model: str,
    kind: str,
    rows: Rows,
    *,
    sound: Built | None = None,
    url: str | None = None,
) -> Built:
    """Build a version from all vectors, verify it in a child process and publish it.

    Args:
        versions: Where to.
        model: The embedder's name.
        kind: `chroma` or `exact`.
        rows: Everything that belongs into the index.
        sound: The published version, when it is known to be undamaged; it is copied and patched if little changed.
        url: The Chroma server that holds the vectors instead of files, if any.

    Raises:
        IndexUnusableError: If a newly built index does not pass its own verification, twice.
    """
    if kind == "chroma" and url is None and sound is not None and sound.model == model and sound.kind == kind:
        patched = _patched(versions, sound, rows)
        if patched is not None:
            return patched
    for _ in range(2):
        folder = versions.fresh()
        if kind == "chroma":
            _fill(folder, url, rows.ids, rows.matrix)
        if _published(versions, folder, _Target(model, kind, url), rows):
            return open_built(folder)
    raise IndexUnusableError(f"a newly built vector index in {folder.parent} fails its own check: is the disk sound?")


def _patched(versions: Versions, sound: Built, rows: Rows) -> Built | None:
    """Publish a copy of `sound` with only the changes made in it; None where that does not pay or work."""
    known = dict(zip(sound.ids, sound.hashes, strict=True))
    pairs = zip(rows.ids, rows.hashes, strict=True)
    changed = [row for row, (name, content) in enumerate(pairs) if known.get(name) != content]
    gone = sorted(known.keys() - set(rows.ids))
    if not rows.ids or len(changed) + len(gone) > FEW * len(rows.ids):
        return None
    folder = versions.fresh()
    try:
        shutil.copytree(sound.chroma, folder / "chroma")
        _fill(folder, None, [rows.ids[row] for row in changed], rows.matrix[changed], gone)
    except (IndexUnusableError, OSError) as error:
        log.warning("the vector index cannot be patched and is built anew: %s", error)
        return None
    if not _published(versions, folder, _Target(sound.model, sound.kind), rows):
        return None
    log.info("the vector index was patched: %d items changed, %d gone", len(changed), len(gone))
    return open_built(folder)


def _fill(folder: Path, url: str | None, ids: Sequence[str], matrix: Vectors, gone: Sequence[str] = ()) -> None:
    index = ChromaIndex.of_version(folder, url)
    try:
        index.remove(gone)
        index.upsert(ids, matrix)
    finally:
        index.close()


def _verified(folder: Path, url: str | None, count: int) -> bool:
    """Probe a new index in a child process; a small one, where a second of start-up is most of the work, in this."""
    if url is None and count > SMALL:
        return healthy(folder)
    wrong = examine(folder, url)
    if wrong:
        log.warning("the newly built vector index %s is not sound: %s", folder.name, wrong)
    return not wrong


def _published(versions: Versions, folder: Path, target: _Target, rows: Rows) -> bool:
    """Write the rows beside the index, verify, seal and publish; a version that fails is removed."""
    write_rows(folder, rows.ids, rows.hashes, rows.matrix)
    if target.kind == "chroma" and not _verified(folder, target.url, len(rows.ids)):
        shutil.rmtree(folder, ignore_errors=True)
        return False
    seal(folder, target.model, target.kind)
    versions.publish(folder)
    if target.url is not None:
        index = ChromaIndex.of_version(folder, target.url)
        index.drop_others(folder)
        index.close()
    return True
