"""Every fault of a provider becomes a typed error or an answer, inside the budget."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from typing import Any

import pytest

from shortlist.errors import (
    BudgetExhaustedError,
    ModelCallError,
    ProviderAnswerError,
    ProviderRateLimitedError,
    ProviderRefusedError,
    ProviderRequestError,
    ProviderTimeoutError,
    ProviderUnavailableError,
)
from shortlist.llm import ChatModel
from shortlist_prompts import PlanRows
from shortlist_tools.model import Budget

INPUTS: dict[str, Any] = {
    "fields": ["price money USD"],
    "ledger": [],
    "exchanges": [],
    "shown": [],
    "language": "en",
    "message": "headphones",
}
GOOD = '{"i":"find","q":"headphones","r":[],"x":[],"a":[],"ask":""}'
Open = Callable[..., ChatModel]


def ask(model: ChatModel, budget: Budget) -> PlanRows:
    return asyncio.run(model.ask("plan", INPUTS, PlanRows, budget)).value


def test_an_answer_is_validated_and_booked(provider: Any, open_chat: Open) -> None:
    provider.will(("says", GOOD))
    budget = Budget()
    answer = asyncio.run(open_chat().ask("plan", INPUTS, PlanRows, budget))
    assert answer.value == PlanRows(i="find", q="headphones")
    assert (answer.call.prompt_tokens, answer.call.completion_tokens, answer.call.cached_tokens) == (100, 20, 60)
    assert answer.call.prompt.startswith("plan@1.0.0#")
    assert budget.made == [answer.call]
    assert (budget.calls_used, budget.tokens_used) == (1, 120)


@pytest.mark.parametrize(
    ("behaviour", "error", "kind"),
    [
        (("fails", 408), ProviderTimeoutError, "timeout"),
        (("fails", 401), ProviderRefusedError, "refused"),
        (("fails", 403), ProviderRefusedError, "refused"),
        (("fails", 404, "model not found"), ProviderRequestError, "request"),
        (("fails", 429, {"retry_after": "30"}), ProviderRateLimitedError, "rate_limited"),
        (("fails", 500), ProviderUnavailableError, "unavailable"),
        (("fails", 503), ProviderUnavailableError, "unavailable"),
        (("drops",), ProviderUnavailableError, "unavailable"),
        (("cuts", GOOD), ProviderAnswerError, "answer"),
        (("sends", b"<html>proxy</html>", "text/html"), ProviderAnswerError, "answer"),
        (("sends", b'{"error": {"message": "overloaded"}}'), ProviderAnswerError, "answer"),
        (("sends", b'{"choices": []}'), ProviderAnswerError, "answer"),
        (("sends", b'{"choices": null}'), ProviderAnswerError, "answer"),
        (("sends", b"[]"), ProviderAnswerError, "answer"),
        (("sends", b"null"), ProviderAnswerError, "answer"),
    ],
)
def test_faults_are_typed(
    provider: Any, open_chat: Open, behaviour: tuple[Any, ...], error: type[ModelCallError], kind: str
) -> None:
    provider.will(behaviour)
    budget = Budget(seconds=3)
    started = time.monotonic()
    with pytest.raises(ModelCallError) as caught:
        ask(open_chat(), budget)
    assert type(caught.value) is error
    assert caught.value.kind == kind
    assert caught.value.call == budget.made[-1]
    assert budget.made[-1].outcome not in {"ok", "cancelled"}
    assert len(budget.made) == budget.calls_used == len(provider.requests)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("text", "finish", "problem"),
    [
        ("", "stop", "empty"),
        (None, "stop", "empty"),
        ("I would look for headphones.", "stop", "not_json"),
        ('{"i": "find", "q": "head', "stop", "truncated"),
        ('{"i": "find", "q": "head', "length", "truncated"),
        ('{"i": 3, "q": {"a": 1}}', "stop", "wrong_shape"),
        ('["find"]', "stop", "not_json"),
        ("很 " * 10_000, "stop", "not_json"),
    ],
)
def test_unusable_answers_say_what_is_wrong(
    provider: Any, open_chat: Open, text: str | None, finish: str, problem: str
) -> None:
    provider.will(("says", text, finish))
    budget = Budget()
    with pytest.raises(ProviderAnswerError) as caught:
        ask(open_chat(), budget)
    assert caught.value.problem == problem
    assert budget.made[-1].outcome == problem
    assert (budget.calls_used, budget.tokens_used) == (1, 120)


def test_a_wrong_shape_is_handed_on_for_repair(provider: Any, open_chat: Open) -> None:
    provider.will(("says", '{"i": "buy", "q": "x"}'))
    with pytest.raises(ProviderAnswerError) as caught:
        ask(open_chat(), Budget())
    assert caught.value.answer == '{"i": "buy", "q": "x"}'
    assert "i: Input should be 'find', 'refine'" in str(caught.value)


def test_a_refusal_of_the_model_is_no_answer(provider: Any, open_chat: Open) -> None:
    provider.will(("says", None, "content_filter"))
    with pytest.raises(ProviderAnswerError) as caught:
        ask(open_chat(), Budget())
    assert caught.value.problem == "declined"


def test_prose_and_fences_around_the_object_are_left_out(provider: Any, open_chat: Open) -> None:
    provider.will(("says", f"Sure:\n```json\n{GOOD}\n```\nAnything else?"))
    assert ask(open_chat(), Budget()).q == "headphones"


def test_unknown_keys_are_dropped(provider: Any, open_chat: Open) -> None:
    provider.will(("says", '{"i": "find", "q": "lamps", "confidence": 0.9}'))
    assert ask(open_chat(), Budget()) == PlanRows(i="find", q="lamps")


@pytest.mark.parametrize("fault", [("fails", 500), ("fails", 429, {"retry_after": "0"}), ("drops",)])
def test_passing_faults_are_tried_again_and_both_calls_count(
    provider: Any, open_chat: Open, fault: tuple[Any, ...]
) -> None:
    provider.will(fault, ("says", GOOD))
    budget = Budget()
    assert ask(open_chat(), budget).i == "find"
    assert [call.outcome for call in budget.made][1:] == ["ok"]
    assert budget.calls_used == len(provider.requests) == 2


@pytest.mark.parametrize("fault", [("fails", 401), ("fails", 408), ("says", "prose")])
def test_other_faults_are_not_tried_again(provider: Any, open_chat: Open, fault: tuple[Any, ...]) -> None:
    provider.will(fault, ("says", GOOD))
    with pytest.raises(ModelCallError):
        ask(open_chat(), Budget())
    assert len(provider.requests) == 1


def test_retry_after_is_obeyed_when_it_fits(provider: Any, open_chat: Open) -> None:
    provider.will(("fails", 429, {"retry_after": "0.6"}), ("says", GOOD))
    started = time.monotonic()
    ask(open_chat(), Budget(seconds=10))
    assert time.monotonic() - started >= 0.6


def test_a_wait_beyond_the_deadline_is_not_begun(provider: Any, open_chat: Open) -> None:
    provider.will(("fails", 429, {"retry_after": "30"}), ("says", GOOD))
    started = time.monotonic()
    with pytest.raises(ProviderRateLimitedError) as caught:
        ask(open_chat(), Budget(seconds=5))
    assert caught.value.retry_after == 30
    assert time.monotonic() - started < 2


def test_the_last_call_of_a_budget_is_not_tried_again(provider: Any, open_chat: Open) -> None:
    provider.will(("fails", 500), ("says", GOOD))
    with pytest.raises(ProviderUnavailableError):
        ask(open_chat(), Budget(calls=1))
    assert len(provider.requests) == 1


@pytest.mark.parametrize("budget", [Budget(calls=0), Budget(tokens=50), Budget(seconds=0)])
def test_an_empty_budget_makes_no_call(provider: Any, open_chat: Open, budget: Budget) -> None:
    provider.will(("says", GOOD))
    with pytest.raises(BudgetExhaustedError):
        ask(open_chat(), budget)
    assert provider.requests == []


def test_a_slow_server_is_not_waited_for_and_not_asked_again(provider: Any, open_chat: Open) -> None:
    provider.will(("hangs", 1.2))
    budget = Budget()
    with pytest.raises(ProviderTimeoutError, match="SHORTLIST_MODEL_TIMEOUT"):
        ask(open_chat(model_timeout=0.5), budget)
    assert [call.outcome for call in budget.made] == ["timeout"]
    assert budget.seconds_left > 57


def test_the_deadline_cuts_a_call_short(provider: Any, open_chat: Open) -> None:
    provider.will(("hangs", 2.0))
    started = time.monotonic()
    with pytest.raises(ProviderTimeoutError):
        ask(open_chat(model_timeout=30), Budget(seconds=0.3))
    assert time.monotonic() - started < 1.5


def test_cancelling_books_the_call(provider: Any, open_chat: Open) -> None:
    provider.will(("hangs", 0.6))
    budget = Budget()

    async def cancelled() -> None:
        task = asyncio.create_task(open_chat(model_timeout=30).ask("plan", INPUTS, PlanRows, budget))
        await asyncio.to_thread(provider.asked.wait, 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert [call.outcome for call in budget.made] == ["cancelled"]


def test_a_server_that_is_not_there(open_chat: Open) -> None:
    with pytest.raises(ProviderUnavailableError, match="SHORTLIST_BASE_URL"):
        ask(open_chat(base_url="http://127.0.0.1:9/v1"), Budget())


def test_one_model_serves_many_event_loops(provider: Any, open_chat: Open) -> None:
    provider.will(("says", GOOD))
    model = open_chat()
    assert [ask(model, Budget()).i for _ in range(3)] == ["find"] * 3


def test_equal_inputs_make_equal_bodies(provider: Any, open_chat: Open) -> None:
    provider.will(("says", GOOD))
    ask(open_chat(), Budget())
    ask(open_chat(), Budget())
    assert provider.bodies[0] == provider.bodies[1]
    body = provider.requests[0]
    assert (body["temperature"], body["seed"], body["max_completion_tokens"]) == (0.0, 7, 320)
    assert body["messages"][0]["role"] == "system"
    assert body["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_the_key_is_in_no_message_and_no_log(
    provider: Any, open_chat: Open, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="shortlist")
    provider.will(
        ("fails", status, "Incorrect API key provided: sk-test-0123456789abcdefghij. Bearer abcdefgh12345678")
    )
    model = open_chat(structured="text")
    with pytest.raises(ModelCallError) as caught:
        ask(model, Budget())
    shown = f"{caught.value!r} {caught.value} {vars(caught.value)} {caplog.text} {model!r} {vars(model)}"
    assert "0123456789abcdefghij" not in shown.replace(vars(model)["_secret"], "")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_finished_loop_leaves_nothing_behind(provider: Any, open_chat: Open) -> None:
    provider.will(("says", GOOD))
    model = open_chat()
    for _ in range(3):
        ask(model, Budget())
    gc.collect()
    assert len(vars(model)["_client"]._pools) == 0


def test_one_loop_keeps_its_connection(provider: Any, open_chat: Open) -> None:
    provider.will(("says", GOOD))
    model = open_chat()

    async def twice() -> None:
        for _ in range(2):
            await model.ask("plan", INPUTS, PlanRows, Budget())
        await model.aclose()

    asyncio.run(twice())
    assert provider.connections == 1


def test_tracers_are_told_the_prompt_and_the_provider_is_not(provider: Any, open_chat: Open) -> None:
    from langchain_core.tracers.context import collect_runs

    provider.will(("says", GOOD))
    with collect_runs() as runs:
        ask(open_chat(), Budget())
    (run,) = runs.traced_runs
    assert run.name == "plan"
    assert run.metadata["prompt"].startswith("plan@1.0.0#")
    assert not {"metadata", "user"} & set(provider.requests[0])
