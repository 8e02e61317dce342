"""A real local HTTP server that speaks like an OpenAI-compatible provider and goes wrong as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from shortlist.llm import ChatModel
from shortlist.settings import load_settings

KEY = "sk-test-0123456789abcdefghij"
Behaviour = Callable[["Handler", dict[str, Any]], None]


@dataclass
class Provider:
    """What the server shall do next, and what it was asked; the last behaviour repeats."""

    url: str = ""
    todo: list[Behaviour] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0
    asked: threading.Event = field(default_factory=threading.Event)

    def will(self, *steps: tuple[Any, ...]) -> None:
        """Take steps such as `("fails", 429, {"retry_after": "1"})`: a behaviour, its arguments, its keywords."""
        self.todo = [self._behaviour(*step) for step in steps]

    @staticmethod
    def _behaviour(name: str, *arguments: Any) -> Behaviour:
        keywords = arguments[-1] if arguments and isinstance(arguments[-1], dict) else {}
        return BEHAVIOURS[name](*arguments[: -1 if keywords else None], **keywords)

    def next(self) -> Behaviour:
        return self.todo.pop(0) if len(self.todo) > 1 else self.todo[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider: Provider

    def setup(self) -> None:
        super().setup()
        self.provider.connections += 1

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        body = json.loads(raw)
        self.provider.bodies.append(raw)
        self.provider.requests.append(body)
        self.provider.asked.set()
        try:
            self.provider.next()(self, body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, status: int, content: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


def completion(text: str | None, finish: str = "stop", **message: Any) -> dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "fake",
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}
        ],
        "usage": {
            "prompt_tokens": 100,
            "completion_tokens": 20,
            "total_tokens": 120,
            "prompt_tokens_details": {"cached_tokens": 60},
        },
    }


def chunk(text: str = "", finish: str | None = None) -> bytes:
    data = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "fake",
        "choices": [{"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}],
    }
    return b"data: " + json.dumps(data).encode() + b"\n\n"


USAGE = b'data: {"id":"c1","object":"chat.completion.chunk","created":0,"model":"fake","choices":[],"usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}}\n\n'  # noqa: E501


def says(text: str | None, finish: str = "stop", **message: Any) -> Behaviour:
    return lambda handler, _: handler.send(200, json.dumps(completion(text, finish, **message)).encode())


def sends(content: bytes, kind: str = "application/json", status: int = 200) -> Behaviour:
    return lambda handler, _: handler.send(status, content, kind)


def fails(status: int, message: str = "no", **headers: str) -> Behaviour:
    body = json.dumps({"error": {"message": message, "type": "x", "param": None, "code": None}}).encode()
    return lambda handler, _: handler.send(status, body, **headers)


def hangs(seconds: float) -> Behaviour:
    def behave(handler: Handler, _: dict[str, Any]) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return behave


def drops() -> Behaviour:
    return lambda handler, _: setattr(handler, "close_connection", True)


def cuts(text: str) -> Behaviour:
    """Sends the first 120 bytes of a completion as if that were all."""
    return sends(json.dumps(completion(text)).encode()[:120])


def rejects(parameter: str, then: str) -> Behaviour:
    """Answers 400 to requests that have `parameter`, and says `then` to the others."""

    def behave(handler: Handler, body: dict[str, Any]) -> None:
        if parameter in body:
            fails(400, f"Unsupported parameter: '{parameter}' is not supported with this model.")(handler, body)
        elif body.get("stream"):
            streams(then)(handler, body)
        else:
            says(then)(handler, body)

    return behave


def streams(*pieces: str, finish: str | None = "stop", usage: bool = True, pause: float = 0.0) -> Behaviour:
    """Streams the pieces; `finish=None` breaks off after them."""

    def behave(handler: Handler, _: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("transfer-encoding", "chunked")
        handler.end_headers()

        def write(content: bytes) -> None:
            handler.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
            handler.wfile.flush()

        for piece in pieces:
            write(chunk(piece))
            time.sleep(pause)
        if finish is None:
            handler.close_connection = True
            return
        write(chunk(finish=finish))
        if usage:
            write(USAGE)
        write(b"data: [DONE]\n\n")
        handler.wfile.write(b"0\r\n\r\n")

    return behave


BEHAVIOURS: dict[str, Callable[..., Behaviour]] = {
    make.__name__: make for make in (cuts, drops, fails, hangs, rejects, says, sends, streams)
}


@pytest.fixture(scope="session")
def _server() -> Iterator[tuple[str, type[Handler]]]:
    bound = type("Bound", (Handler,), {"provider": Provider()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1", bound
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def provider(_server: tuple[str, type[Handler]]) -> Provider:
    """The server, with nothing to do yet and nothing asked."""
    url, bound = _server
    bound.provider = Provider(url)
    return bound.provider


@pytest.fixture
def open_chat(provider: Provider) -> Callable[..., ChatModel]:
    """Opens a model on the provider; `traits` may be given, other arguments are settings."""

    def make(traits: Any = None, **settings: Any) -> ChatModel:
        given = {"model": "openai:fake", "base_url": provider.url, "api_key": KEY, "model_timeout": 3.0, **settings}
        return ChatModel("openai:fake", load_settings(**given), traits=traits)

    return make
