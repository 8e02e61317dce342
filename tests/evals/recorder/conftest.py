"""A real local HTTP server that answers like a provider, with all the headers a recording must not keep."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from shortlist.llm import ChatModel
from shortlist.settings import load_settings

KEY = "sk-private-0123456789abcdef"
ROWS = '{"t":["照明"],\n"k":["lamp"],\n"s":[]}'


class _Provider(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        head = {
            "id": "chatcmpl-77",
            "created": 1790000000,
            "model": "/home/ann/models/tiny.gguf",
            "system_fingerprint": "fp9",
        }
        if body.get("stream"):
            deltas: list[dict[str, Any]] = [{"content": text} for text in ("[1] ", "很好。\n", "Good.")] + [{}]
            events = [
                {
                    **head,
                    "object": "chat.completion.chunk",
                    "choices": [{"index": 0, "delta": delta, "finish_reason": None}],
                }
                for delta in deltas
            ]
            events[-1]["choices"][0]["finish_reason"] = "stop"
            usage = {"prompt_tokens": 50, "completion_tokens": 6, "total_tokens": 56}
            events.append({**head, "object": "chat.completion.chunk", "choices": [], "usage": usage})
            content = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
            self._send(content.encode(), "text/event-stream")
            return
        message = {"role": "assistant", "content": ROWS}
        usage = {"prompt_tokens": 50, "completion_tokens": 9, "total_tokens": 59}
        choices = [{"index": 0, "finish_reason": "stop", "message": message}]
        answer = {**head, "object": "chat.completion", "choices": choices, "usage": usage, "timings": {"ms": 12.5}}
        self._send(json.dumps(answer).encode(), "application/json; charset=utf-8")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.send_header("set-cookie", "session=private-cookie")
        self.send_header("openai-organization", "private-organisation")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a running server."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Provider)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}/v1"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture
def model() -> Callable[[str], ChatModel]:
    """Opens a model at an address."""

    def make(url: str) -> ChatModel:
        return ChatModel("openai:tiny", load_settings(base_url=url, api_key=KEY, model_timeout=5, model_attempts=2))

    return make
