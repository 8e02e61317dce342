"""Streams: pieces as they come, costs booked, and every way of breaking off told apart."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from shortlist.errors import (
    ModelCallError,
    ProviderAnswerError,
    ProviderRefusedError,
    ProviderTimeoutError,
    ProviderUnavailableError,
)
from shortlist.llm import ChatModel
from shortlist_tools.model import Budget

INPUTS: dict[str, Any] = {
    "sheet": ["[1] Lamp | price: $29"],
    "ledger": [],
    "notes": [],
    "kind": "recommend",
    "language": "en",
    "message": "a lamp",
}
Open = Callable[..., ChatModel]


def hear(model: ChatModel, budget: Budget, pieces: list[str] | None = None) -> list[str]:
    heard = [] if pieces is None else pieces

    async def run() -> None:
        async for piece in model.stream("draft", INPUTS, budget):
            heard.append(piece)

    asyncio.run(run())
    return heard


def test_pieces_arrive_as_written_and_usage_is_booked(provider: Any, open_chat: Open) -> None:
    provider.will(("streams", "[1] fits, ", "在$30以内。"))
    budget = Budget()
    assert hear(open_chat(), budget) == ["[1] fits, ", "在$30以内。"]
    assert [(call.outcome, call.prompt_tokens, call.completion_tokens) for call in budget.made] == [("ok", 100, 20)]
    assert provider.requests[0]["stream_options"] == {"include_usage": True}


def test_the_first_piece_is_not_held_back(provider: Any, open_chat: Open) -> None:
    provider.will(("streams", *["a "] * 6, {"pause": 0.15}))
    model, times = open_chat(), []

    async def run() -> None:
        started = time.monotonic()
        async for _ in model.stream("draft", INPUTS, Budget()):
            times.append(time.monotonic() - started)

    asyncio.run(run())
    assert times[-1] - times[0] >= 0.6


def test_without_reported_usage_the_text_is_counted(provider: Any, open_chat: Open) -> None:
    provider.will(("streams", "four words of text", {"usage": False}))
    budget = Budget()
    hear(open_chat(), budget)
    assert budget.made[0].completion_tokens == 4
    assert 200 < budget.made[0].prompt_tokens < 500


def test_breaking_off_keeps_what_was_said(provider: Any, open_chat: Open) -> None:
    provider.will(("streams", "[1] fits", {"finish": None}))
    budget, heard = Budget(), []
    with pytest.raises(ProviderUnavailableError):
        hear(open_chat(), budget, heard)
    assert heard == ["[1] fits"]
    assert [call.outcome for call in budget.made] == ["unavailable"]
    assert len(provider.requests) == 1


def test_a_fault_before_the_first_piece_is_tried_again(provider: Any, open_chat: Open) -> None:
    provider.will(("fails", 503), ("streams", "Hello."))
    budget = Budget()
    assert hear(open_chat(), budget) == ["Hello."]
    assert [call.outcome for call in budget.made] == ["unavailable", "ok"]


@pytest.mark.parametrize(
    ("step", "error", "outcome"),
    [
        (("fails", 401), ProviderRefusedError, "refused"),
        (("streams",), ProviderAnswerError, "empty"),
        (("streams", "Well", {"finish": "content_filter"}), ProviderAnswerError, "declined"),
        (("streams", "Well, [1] is", {"finish": "length"}), ProviderAnswerError, "truncated"),
        (("streams", *["very " * 500] * 20), ProviderAnswerError, "truncated"),
        (("sends", b"data: {oops\n\n", "text/event-stream"), ProviderAnswerError, "wrong_shape"),
        (("sends", b"", "text/event-stream"), ProviderAnswerError, "wrong_shape"),
        (
            ("sends", b'data: {"error":{"message":"gone"}}\n\n', "text/event-stream"),
            ProviderUnavailableError,
            "unavailable",
        ),
    ],
)
def test_faults_are_typed(
    provider: Any, open_chat: Open, step: tuple[Any, ...], error: type[ModelCallError], outcome: str
) -> None:
    provider.will(step)
    budget = Budget(seconds=5)
    with pytest.raises(ModelCallError) as caught:
        hear(open_chat(model_attempts=1), budget)
    assert type(caught.value) is error
    assert [call.outcome for call in budget.made] == [outcome]
    assert caught.value.call == budget.made[0]


def test_an_endless_answer_is_cut(provider: Any, open_chat: Open) -> None:
    provider.will(("streams", *["very " * 100] * 100))
    heard: list[str] = []
    with pytest.raises(ProviderAnswerError):
        hear(open_chat(), Budget(), heard)
    assert 2_000 < sum(map(len, heard)) < 3_500


def test_a_stall_in_mid_stream_is_a_timeout(provider: Any, open_chat: Open) -> None:
    provider.will(("streams", "[1] ", "fits", {"pause": 1.2}))
    heard: list[str] = []
    with pytest.raises(ProviderTimeoutError):
        hear(open_chat(model_timeout=0.5), Budget(), heard)
    assert heard == ["[1] "]


def test_the_deadline_ends_a_slow_stream(provider: Any, open_chat: Open) -> None:
    provider.will(("streams", *["a "] * 40, {"pause": 0.1}))
    heard: list[str] = []
    started = time.monotonic()
    with pytest.raises(ProviderTimeoutError):
        hear(open_chat(), Budget(seconds=0.8), heard)
    assert time.monotonic() - started < 2
    assert heard


def test_leaving_a_stream_early_closes_and_books_it(provider: Any, open_chat: Open) -> None:
    provider.will(("streams", *["a "] * 20, {"pause": 0.05}))
    budget, model = Budget(), open_chat()

    async def run() -> None:
        stream = model.stream("draft", INPUTS, budget)
        assert await anext(stream) == "a "
        await stream.aclose()  # type: ignore[attr-defined]

    asyncio.run(run())
    assert [call.outcome for call in budget.made] == ["cancelled"]
