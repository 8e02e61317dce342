"""The scripted model holds the code under test to its script, and goes wrong as the real one would."""

from __future__ import annotations

import asyncio
import doctest
from typing import Any

import pytest

import shortlist.testing
from shortlist.errors import BudgetExhaustedError, ModelCallError, ProviderAnswerError, ProviderUnavailableError
from shortlist.testing import Fault, ScriptedModel, ScriptError
from shortlist_prompts import PlanRows, PromptError
from shortlist_tools.model import Budget, Model

PLAN: dict[str, Any] = {
    "fields": [],
    "ledger": [],
    "exchanges": [],
    "shown": [],
    "language": "en",
    "message": "a lamp",
}
DRAFT: dict[str, Any] = {
    "sheet": [],
    "ledger": [],
    "notes": [],
    "kind": "chat",
    "language": "en",
    "message": "hi",
}


def ask(model: Model, budget: Budget | None = None, **changes: Any) -> PlanRows:
    return asyncio.run(model.ask("plan", {**PLAN, **changes}, PlanRows, budget or Budget())).value


def hear(model: Model, budget: Budget, heard: list[str]) -> None:
    async def run() -> None:
        async for piece in model.stream("draft", DRAFT, budget):
            heard.append(piece)

    asyncio.run(run())


def test_the_example_in_its_docstring_works() -> None:
    assert doctest.testmod(shortlist.testing).failed == 0
    assert doctest.testmod(shortlist.testing).attempted >= 6


def test_steps_are_answered_in_order_and_calls_are_kept() -> None:
    with ScriptedModel({"plan": [{"i": "find", "q": "lamp"}, PlanRows(i="chat"), '{"i": "off"}']}) as model:
        assert [ask(model).i for _ in range(3)] == ["find", "chat", "off"]
    assert [call.prompt for call in model.calls] == ["plan"] * 3
    assert "<message>\na lamp\n</message>" in model.calls[0].rendered.messages[1][1]


def test_a_function_answers_every_call_from_its_inputs() -> None:
    model = ScriptedModel({"plan": lambda inputs: {"i": "find", "q": inputs["message"].upper()}})
    assert [ask(model, message=text).q for text in ("a", "b")] == ["A", "B"]
    model.check()


def test_an_unexpected_call_is_an_error() -> None:
    model = ScriptedModel({"plan": [{"i": "chat"}]})
    ask(model)
    with pytest.raises(ScriptError, match=r"unexpected call of 'plan'.*calls made: \['plan'\]"):
        ask(model)


def test_an_unused_step_is_an_error() -> None:
    model = ScriptedModel({"plan": [{"i": "chat"}], "draft": []})
    with pytest.raises(ScriptError, match=r"steps left unused: \{'plan': 1\}"), model:
        pass


def test_a_failing_test_is_not_hidden_by_unused_steps() -> None:
    with pytest.raises(ZeroDivisionError), ScriptedModel({"plan": [{"i": "chat"}]}):
        raise ZeroDivisionError


def test_wrong_inputs_fail_as_with_a_real_model() -> None:
    with pytest.raises(PromptError, match="missing inputs: message"):
        asyncio.run(
            ScriptedModel({}).ask("plan", {k: v for k, v in PLAN.items() if k != "message"}, PlanRows, Budget())
        )


def test_calls_are_taken_from_the_budget_and_booked() -> None:
    budget = Budget(calls=1)
    model = ScriptedModel({"plan": [{"i": "chat"}, {"i": "chat"}]})
    ask(model, budget)
    assert [(call.model, call.outcome) for call in budget.made] == [("scripted", "ok")]
    assert budget.tokens_used == budget.made[0].prompt_tokens + budget.made[0].completion_tokens > 100
    with pytest.raises(BudgetExhaustedError):
        ask(model, budget)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault.TIMEOUT, "timeout"),
        (Fault.REFUSED, "refused"),
        (Fault.RATE_LIMITED, "rate_limited"),
        (Fault.UNAVAILABLE, "unavailable"),
        (Fault.DROP, "unavailable"),
        (Fault.EMPTY, "empty"),
        (Fault.NOT_JSON, "not_json"),
        (Fault.TRUNCATED, "truncated"),
        (Fault.WRONG_TYPES, "wrong_shape"),
        (Fault.OTHER_LANGUAGE, "not_json"),
        (Fault.ENDLESS, "not_json"),
    ],
)
def test_faults_are_typed_and_booked(fault: Fault, outcome: str) -> None:
    budget = Budget()
    with pytest.raises(ModelCallError) as caught:
        ask(ScriptedModel({"plan": [fault]}), budget)
    assert [call.outcome for call in budget.made] == [outcome]
    assert caught.value.call == budget.made[0]


def test_unknown_fields_are_answered_as_they_are() -> None:
    assert ask(ScriptedModel({"plan": [Fault.UNKNOWN_FIELDS]})) == PlanRows(i="find")


def test_a_stream_comes_in_pieces() -> None:
    heard: list[str] = []
    budget = Budget()
    hear(ScriptedModel({"draft": ["Hello there, what may I find for you?"]}), budget, heard)
    assert "".join(heard) == "Hello there, what may I find for you?"
    assert len(heard) == 4
    assert [call.outcome for call in budget.made] == ["ok"]


def test_a_dropped_stream_has_said_something() -> None:
    heard: list[str] = []
    budget = Budget()
    with pytest.raises(ProviderUnavailableError):
        hear(ScriptedModel({"draft": [Fault.DROP]}), budget, heard)
    assert "".join(heard) == "[1] fits best, because "
    assert [call.outcome for call in budget.made] == ["unavailable"]


def test_an_empty_stream_is_no_answer() -> None:
    with pytest.raises(ProviderAnswerError):
        hear(ScriptedModel({"draft": [Fault.EMPTY]}), Budget(), [])
