"""The demo prepared once a worker, and a local server that answers like a model's until it is told to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from shortlist_evals.conversations import Stage, staged
from shortlist_prompts import Prompts

ROWS = {"i": "find", "q": "gift", "r": [], "x": [], "a": [], "ask": ""}


class Provider(ThreadingHTTPServer):
    """Answers every plan with the same rows and every draft with two sentences.

    Attributes:
        fails_on: A request that holds these words gets a 503.
    """

    fails_on: str | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["content-length"])).decode()
        body = json.loads(sent)
        if self.server.fails_on is not None and self.server.fails_on in sent:
            self._send(503, "application/json", json.dumps({"error": {"message": "busy"}}))
        elif body.get("stream"):
            self._send(200, "text/event-stream", _events("[1] would suit you. It costs {1.price}."))
        else:
            self._send(200, "application/json", json.dumps(_whole(json.dumps(ROWS))))

    def _send(self, status: int, kind: str, content: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content.encode())))
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, *_: Any) -> None:
        pass


def _whole(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": 500, "completion_tokens": 20, "total_tokens": 520}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return {"id": "x", "object": "chat.completion", "created": 1, "model": "tiny", "choices": [choice], "usage": usage}


def _events(text: str) -> str:
    head = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "tiny"}
    parts = [({"content": text}, None), ({}, "stop")]
    events = [{**head, "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]} for delta, reason in parts]
    return "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """The prepared demo; every conversation gets a copy of its own."""
    with staged() as prepared:
        yield prepared


@pytest.fixture
def shared_stage(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands take the prepared demo instead of preparing one each."""

    def prepared(prompts: Prompts | None = None) -> AbstractContextManager[Stage]:
        return nullcontext(stage if prompts is None else Stage(stage.folder, stage.template, prompts))

    monkeypatch.setattr("shortlist_evals.conversations.commands.staged", prepared)
    monkeypatch.setattr("shortlist_evals.prompts.asking.staged", prepared)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
