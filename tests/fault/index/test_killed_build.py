"""Killed in the middle of building an index: nothing embedded is lost, and the next start has everything."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shortlist_tools.catalog import Catalog, Field, Schema
from shortlist_tools.search import Searcher, meaning_texts
from shortlist_tools.search.cache import VectorCache
from shortlist_tools.store import Store

from .build_index import open_searcher

COUNT = 1_900
SCRIPT = Path(__file__).with_name("build_index.py")
SCHEMA = Schema(fields=(Field(name="title", kind="text"),), roles={"title": "title"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a catalog of items and no index."""
    _ingest(tmp_path, range(COUNT))
    return tmp_path


def _ingest(folder: Path, numbers: range, word: str = "thing") -> None:
    rows = [json.dumps({"id": f"i{number:05d}", "title": f"{word} number {number}"}) for number in numbers]
    (folder / "items.jsonl").write_text("\n".join(rows))
    store = Store.open(folder / "shop.db")
    Catalog(store).ingest(folder / "items.jsonl", schema=SCHEMA)
    store.close()


def _kill_when(folder: Path, line: str, delay: float = 0.0) -> None:
    """Start a build and kill -9 it `delay` seconds after it said `line`."""
    child = subprocess.Popen([sys.executable, str(SCRIPT), str(folder)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    for said in child.stdout:
        if said.startswith(line):
            break
    else:
        pytest.fail(f"the build never said {line!r}")
    time.sleep(delay)
    child.kill()
    child.communicate()


def _assert_complete(searcher: Searcher) -> None:
    status = searcher.status()
    assert (status.items, status.lexical, status.vectors, status.stale) == (COUNT, COUNT, COUNT, False)
    nearest = searcher.nearest()
    assert nearest is not None
    assert nearest.wait()
    for number in (0, COUNT // 2, COUNT - 1):
        title = f"thing number {number}"
        vector = searcher.embedder.embed([title])[0]
        answer = nearest.by_chroma(vector, 1)
        assert answer is not None
        assert nearest.built.ids[answer[0][0]] == f"i{number:05d}"
        assert searcher.search(title, n=1)[0].id == f"i{number:05d}"


def test_killed_while_embedding_keeps_every_stored_batch(folder: Path) -> None:
    _kill_when(folder, "vectors 1024")
    store = Store.open(folder / "shop.db")
    texts = meaning_texts(Catalog(store))
    kept = len(VectorCache(store, "hash").known(text.hash for text in texts))
    store.close()
    assert 1024 <= kept < COUNT
    searcher = open_searcher(folder)
    assert searcher.status().vectors == 0
    assert searcher.search("thing number 7", n=1)[0].id == "i00007"  # words were ready before the kill
    told: list[tuple[str, int, int]] = []
    searcher.prepare(lambda *step: told.append(step))
    assert ("vectors", kept, COUNT) in told
    _assert_complete(searcher)
    searcher.close()


@pytest.mark.parametrize(
    "delay", [0.4, *(pytest.param(delay, marks=pytest.mark.slow) for delay in (0.05, 0.2, 0.7, 1.1, 1.6))]
)
def test_killed_while_chroma_is_written_is_built_again(folder: Path, delay: float) -> None:
    _kill_when(folder, "index 0", delay)
    searcher = open_searcher(folder)
    searcher.prepare()
    _assert_complete(searcher)
    left = sorted(path.name for path in (folder / "index").glob("vectors-*"))
    assert len(left) == 1
    searcher.close()


def test_killed_while_patching_leaves_the_published_index_as_it_was(folder: Path) -> None:
    searcher = open_searcher(folder)
    searcher.prepare()
    searcher.close()
    _ingest(folder, range(50), word="renamed")
    _kill_when(folder, "index 0", 0.1)
    searcher = open_searcher(folder)
    assert searcher.status().vectors == COUNT
    assert searcher.search(f"thing number {COUNT - 1}", n=1)[0].id == f"i{COUNT - 1:05d}"
    assert searcher.status().stale
    assert not searcher.prepare().stale
    assert searcher.search("renamed number 7", n=1)[0].id == "i00007"
    searcher.close()


def test_two_processes_do_not_build_at_once(folder: Path) -> None:
    child = subprocess.Popen([sys.executable, str(SCRIPT), str(folder)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    while not child.stdout.readline().startswith("lexical"):
        pass
    searcher = open_searcher(folder)
    status = searcher.prepare()
    assert status.writer == child.pid
    assert searcher.search("thing number 7", n=1)[0].id == "i00007"
    assert "finished" in child.communicate()[0]
    assert searcher.status().vectors == COUNT  # what the other process published is picked up
    assert searcher.prepare().writer is None
    searcher.close()


@pytest.mark.slow
def test_killed_at_any_moment_again_and_again(folder: Path) -> None:
    moments = random.Random(7)
    for _ in range(12):
        _kill_when(folder, "ready", moments.uniform(0.0, 4.0))
        searcher = open_searcher(folder)
        searcher.search("thing number 7", n=1)
        searcher.close()
    searcher = open_searcher(folder)
    searcher.prepare()
    _assert_complete(searcher)
    searcher.close()
