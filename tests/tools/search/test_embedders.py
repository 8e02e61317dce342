"""Embedders: the built-in one in both languages, and remote ones against a real local HTTP server."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from shortlist_tools.search import BuiltInEmbedder, EmbeddingError, LangChainEmbedder, OpenAICompatibleEmbedder

Answer = Callable[[dict[str, Any]], tuple[int, Any]]


def _vectors(body: dict[str, Any]) -> tuple[int, Any]:
    rows = [
        {"object": "embedding", "index": at, "embedding": [len(text), 1.0]} for at, text in enumerate(body["input"])
    ]
    return 200, {
        "object": "list",
        "data": rows,
        "model": body["model"],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }


@contextmanager
def _server(answer: Answer) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    seen: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append(body | {"path": self.path, "key": self.headers["Authorization"]})
            status, said = answer(body)
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_built_in_model_joins_the_two_languages() -> None:
    query, near, far = BuiltInEmbedder().embed(["降噪耳机", "noise cancelling headphones", "red wine from France"])
    assert query @ near > 0.5
    assert query @ far < 0.3


def test_built_in_vectors_have_length_one_and_do_not_depend_on_their_batch() -> None:
    embedder = BuiltInEmbedder()
    texts = ["a lamp", "", "一盏很亮的台灯" * 30]
    together = embedder.embed(texts)
    assert together.shape == (3, embedder.dimensions)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert together == pytest.approx(np.concatenate([embedder.embed([text]) for text in texts]), abs=1e-4)
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_text_beyond_the_limit_is_not_read() -> None:
    embedder = BuiltInEmbedder(limit=10)
    one, other = embedder.embed(["0123456789 wine", "0123456789 lamp"])
    assert one == pytest.approx(other)
    assert embedder.name != BuiltInEmbedder(limit=20).name


def test_an_openai_compatible_server_gets_plain_text_in_batches() -> None:
    with _server(_vectors) as (url, seen):
        embedder = OpenAICompatibleEmbedder(url, "small", api_key="k-1", batch=2)
        vectors = embedder.embed(["a", "bbb", "耳机"])
        assert vectors == pytest.approx(np.array([[1, 1], [3, 1], [2, 1]]) / np.sqrt([[2], [10], [5]]))
        assert embedder.dimensions == 2
    assert [call["input"] for call in seen] == [["a", "bbb"], ["耳机"]]
    assert {call["path"] for call in seen} == {"/v1/embeddings"}
    assert {call["key"] for call in seen} == {"Bearer k-1"}


def test_an_empty_text_is_never_sent_empty() -> None:
    with _server(_vectors) as (url, seen):
        OpenAICompatibleEmbedder(url, "small").embed([""])
    assert seen[0]["input"] == [" "]


def test_wanted_dimensions_are_asked_for_and_part_of_the_name() -> None:
    with _server(_vectors) as (url, seen):
        embedder = OpenAICompatibleEmbedder(url, "small", dimensions=2)
        embedder.embed(["a"])
    assert seen[0]["dimensions"] == 2
    assert embedder.name != OpenAICompatibleEmbedder(url, "small").name


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_refusal_is_one_call_and_one_typed_error_without_the_key(status: int) -> None:
    with _server(lambda body: (status, {"error": {"message": "no"}})) as (url, seen):
        with pytest.raises(EmbeddingError, match=r"failed on 1 texts.*prepare again") as caught:
            OpenAICompatibleEmbedder(url, "small", api_key="sk-hidden").embed(["a"])
        assert len(seen) == 1
    assert "sk-hidden" not in str(caught.value)


def test_a_server_that_is_not_there_is_a_typed_error() -> None:
    with pytest.raises(EmbeddingError, match="APIConnectionError"):
        OpenAICompatibleEmbedder("http://127.0.0.1:9/v1", "small", timeout=2.0).embed(["a"])


class _Fixed:
    """Stands for any LangChain embeddings object."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def embed_documents(self, texts: list[str]) -> Any:
        return self.answer


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ([], "shape"),
        ([[1.0, 2.0], [1.0, 2.0]], "shape"),
        ([[]], "shape"),
        ([[0.0, 0.0]], "zeros"),
        ([[float("nan"), 1.0]], "not finite"),
        ([["a", "b"]], "no numbers"),
    ],
)
def test_an_answer_that_is_no_vector_a_text_is_refused(answer: Any, why: str) -> None:
    with pytest.raises(EmbeddingError, match=why):
        LangChainEmbedder(_Fixed(answer), "fixed").embed(["one text"])


def test_a_model_that_changes_its_dimensions_is_refused() -> None:
    embeddings = _Fixed([[1.0, 0.0]])
    embedder = LangChainEmbedder(embeddings, "fixed")
    embedder.embed(["a"])
    embeddings.answer = [[1.0, 0.0, 0.0]]
    with pytest.raises(EmbeddingError, match="3 dimensions after 2"):
        embedder.embed(["b"])
