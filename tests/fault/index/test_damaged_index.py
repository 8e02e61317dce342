"""A damaged index is noticed, named in the log, and built again from the stored vectors, without embedding anything."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from shortlist_tools.catalog import Catalog, Field, Schema
from shortlist_tools.search import IndexUnusableError, Searcher
from shortlist_tools.search.probe import healthy
from shortlist_tools.store import Store

from .build_index import HashEmbedder, open_searcher

COUNT = 1_500
SCHEMA = Schema(fields=(Field(name="title", kind="text"),), roles={"title": "title"})


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a catalog and a sound index; copied by each test."""
    folder = tmp_path_factory.mktemp("sound")
    rows = [json.dumps({"id": f"i{number:05d}", "title": f"thing number {number}"}) for number in range(COUNT)]
    (folder / "items.jsonl").write_text("\n".join(rows))
    store = Store.open(folder / "shop.db")
    Catalog(store).ingest(folder / "items.jsonl", schema=SCHEMA)
    store.close()
    searcher = open_searcher(folder)
    searcher.prepare()
    searcher.close()
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "copy"))


def _version(folder: Path) -> Path:
    return next((folder / "index").glob("vectors-0*"))


def _largest(folder: Path) -> Path:
    return max(_version(folder).glob("chroma/*/*.bin"), key=lambda path: path.stat().st_size)


def _garbage_in_the_middle(folder: Path) -> None:
    path = _largest(folder)
    content = bytearray(path.read_bytes())
    content[len(content) // 3 : len(content) // 3 + 4000] = b"\xff" * 4000
    path.write_bytes(content)


def _truncated(folder: Path) -> None:
    path = _largest(folder)
    path.write_bytes(path.read_bytes()[:100])


def _no_database(folder: Path) -> None:
    (_version(folder) / "chroma" / "chroma.sqlite3").unlink()


def _ruined_database(folder: Path) -> None:
    path = _version(folder) / "chroma" / "chroma.sqlite3"
    content = bytearray(path.read_bytes())
    content[:4096] = b"\x00" * 4096
    path.write_bytes(content)


def _other_database(folder: Path) -> None:
    path = _version(folder) / "chroma" / "chroma.sqlite3"
    path.unlink()
    sqlite3.connect(path).close()


def _no_chroma(folder: Path) -> None:
    shutil.rmtree(_version(folder) / "chroma")


def _ruined_matrix(folder: Path) -> None:
    (_version(folder) / "vectors.npy").write_bytes(b"no matrix")


def _no_manifest(folder: Path) -> None:
    (_version(folder) / "manifest.json").unlink()


def _ruined_words(folder: Path) -> None:
    (next((folder / "index").glob("lexical-0*")) / "lexical.npz").write_bytes(b"PK no archive")


def _gone(folder: Path) -> None:
    shutil.rmtree(folder / "index")


@pytest.mark.parametrize(
    "damage",
    [
        _garbage_in_the_middle,
        _ruined_matrix,
        _ruined_words,
        _other_database,
        *(
            pytest.param(damage, marks=pytest.mark.slow)
            for damage in (_truncated, _no_database, _ruined_database, _no_chroma, _no_manifest, _gone)
        ),
    ],
)
def test_damage_is_noticed_and_rebuilt_from_stored_vectors(
    folder: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(folder)
    store = Store.open(folder / "shop.db")
    embedder = HashEmbedder()
    searcher = Searcher(Catalog(store), store, folder / "index", embedder)
    with caplog.at_level(logging.WARNING, "shortlist_tools"), monkeypatch.context() as patched:
        patched.setattr(embedder, "embed", lambda texts: pytest.fail("nothing has to be embedded again"))
        status = searcher.prepare()
    assert (status.lexical, status.vectors, status.stale) == (COUNT, COUNT, False)
    if damage is not _gone:
        assert "damaged" in caplog.text or "cannot be read" in caplog.text
    nearest = searcher.nearest()
    assert nearest is not None
    assert nearest.wait()
    assert healthy(nearest.built.folder)
    assert searcher.search("thing number 7", n=1)[0].id == "i00007"
    searcher.close()
    store.close()


def test_an_index_that_breaks_in_use_is_answered_exactly_and_rebuilt(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _ruined_database(folder)  # after the last prepare, so nobody has noticed yet
    searcher = open_searcher(folder)
    nearest = searcher.nearest()
    assert nearest is not None
    vector = searcher.embedder.embed(["thing number 7"])[0]
    with caplog.at_level(logging.WARNING, "shortlist_tools"):
        rows, _ = nearest.search(vector, 1)
        assert not nearest.wait()
    assert nearest.built.ids[rows[0]] == "i00007"
    assert "is damaged: its probe ended with" in caplog.text
    assert "rebuilding the vector index" in caplog.text
    rebuilt = searcher.nearest()
    assert rebuilt is not None
    assert rebuilt is not nearest
    assert rebuilt.wait()
    searcher.close()


def test_a_probe_survives_what_crashes_chroma(folder: Path) -> None:
    assert healthy(_version(folder))
    _garbage_in_the_middle(folder)
    assert not healthy(_version(folder))


def test_a_directory_that_cannot_be_written_is_a_clear_error(folder: Path) -> None:
    (folder / "index").rename(folder / "moved")
    (folder / "index").write_text("a file where the directory should be")
    searcher = open_searcher(folder)
    with pytest.raises(IndexUnusableError, match=r"cannot write the indexes in .*index"):
        searcher.prepare()
