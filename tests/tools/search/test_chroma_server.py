"""Vectors on a Chroma server instead of files: the same answers, and words when it is away."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from shortlist_tools.catalog import Catalog
from shortlist_tools.search import ChromaIndex, Searcher, VectorServerError

# The client of Chroma leaves its sockets to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
COMMAND = Path(sys.executable).with_name("chroma")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server of this module's own."""
    if not COMMAND.exists() and shutil.which("chroma") is None:
        pytest.skip("the chroma command is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [str(COMMAND), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.2):
            break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def test_vectors_on_a_server_give_the_same_answers(server: str, shop: Catalog, tmp_path: Path) -> None:
    searcher = Searcher(shop, shop.store, tmp_path / "index", chroma_url=server)
    assert searcher.prepare().vectors == 5
    nearest = searcher.nearest()
    assert nearest is not None
    assert nearest.wait()
    vector = searcher.embedder.embed(["降噪耳机"])[0]
    answer = nearest.by_chroma(vector, 1)
    assert answer is not None
    assert nearest.built.ids[answer[0][0]] == "hp1"
    assert not nearest.built.chroma.exists()
    searcher.close()


def test_collections_of_removed_versions_are_dropped(server: str, shop: Catalog, tmp_path: Path) -> None:
    searcher = Searcher(shop, shop.store, tmp_path / "index", chroma_url=server)
    for title in ("one", "two", "three", "four"):
        shop.update("mug", title=title)
        searcher.prepare()
    index = ChromaIndex.on_server(server, "other")
    names = {collection.name for collection in index._client.list_collections()}
    own = {name for name in names if name.endswith(("vectors-000003", "vectors-000004"))}
    assert len(own) == 2
    assert not {name for name in names if name.endswith("vectors-000002")}
    index.close()
    searcher.close()


def test_a_server_that_is_not_there_is_a_typed_error(shop: Catalog, tmp_path: Path) -> None:
    with pytest.raises(VectorServerError, match=r"127\.0\.0\.1:9"):
        ChromaIndex.on_server("http://127.0.0.1:9")
    searcher = Searcher(shop, shop.store, tmp_path / "index", chroma_url="http://127.0.0.1:9")
    with pytest.raises(VectorServerError):
        searcher.prepare()
    assert searcher.search("red wine")[0].id == "wine"
    searcher.close()
