"""A real exchange with a real model, replayed with no server there; and nothing private in any cassette we ship.

Recorded with `SHORTLIST_RECORD=http://HOST/v1 pytest tests/evals/recorder/test_recorded.py`.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
from pathlib import Path

import pytest

from shortlist.llm import ChatModel
from shortlist.settings import load_settings
from shortlist_evals.recorder import cassette
from shortlist_prompts import UnderstandRows
from shortlist_tools.model import Budget

HERE = Path(__file__).parent / "cassettes" / "understand.json"
SHIPPED = sorted(
    {*HERE.parent.glob("*.json"), *Path(__file__).parents[3].joinpath("evals", "cassettes").rglob("*.json")}
)
SERVER = os.environ.get("SHORTLIST_RECORD")
INPUTS = {
    "title": "Lumora 暖光台灯",
    "text": "A small lamp with warm light for reading in bed. 600 lm.",
    "reviews": ["灯光很柔和，看书不累。", "The switch broke after a month."],
    "language": "zh",
}
PRIVATE = {
    "a key": r"\b(sk|pk|rk)-[A-Za-z0-9]",
    "an authorisation": r"(?i)bearer |authorization|x-api-key|api_key",
    "a cookie": r"(?i)cookie",
    "an account": r"(?i)organization|org-[A-Za-z0-9]{8}|user-agent|x-stainless",
    "a host": r"(?i)127\.0\.0\.1|localhost|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|https?://(?!recorded\b)",
    "a path": r"/(root|home|Users|work|tmp)/|[A-Z]:\\\\|\.gguf",
    "a machine": rf"\b{re.escape(socket.gethostname())}\b",
    "a clock": r'"created": [1-9]|timings|per_second',
}


def test_a_real_exchange_replays_with_no_server_there() -> None:
    address = SERVER or "http://127.0.0.1:9/v1"
    settings = load_settings(base_url=address, api_key="sk-not-a-key", model_timeout=120)
    model = ChatModel("openai:qwen2.5-coder-1.5b-instruct", settings)
    budget = Budget(seconds=120)
    with cassette(HERE, record=bool(SERVER), match="messages", extra={"inputs": INPUTS}):
        answer = asyncio.run(model.ask("understand", INPUTS, UnderstandRows, budget))
    assert answer.value.t
    quotes = [row.partition('"')[2].rstrip('"') for row in answer.value.s]
    assert quotes
    assert [quote for quote in quotes if not any(quote in review for review in INPUTS["reviews"])] == []
    assert answer.call.outcome == "ok"
    assert 150 < answer.call.prompt_tokens < 400
    assert budget.calls_used == 1


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_cassette_holds_anything_private(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name, pattern in PRIVATE.items() if re.search(pattern, text)] == []
