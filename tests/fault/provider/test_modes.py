"""What a server cannot do is found out once, remembered, and gone around."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from shortlist.errors import ProviderRequestError
from shortlist.llm import ChatModel
from shortlist_prompts import PlanRows
from shortlist_tools.model import Budget

INPUTS: dict[str, Any] = {
    "fields": [],
    "ledger": [],
    "exchanges": [],
    "shown": [],
    "language": "zh",
    "message": "耳机",
}
GOOD = '{"i":"find","q":"耳机","r":[],"x":[],"a":[],"ask":""}'
TOOL_CALL = {"tool_calls": [{"id": "t1", "type": "function", "function": {"name": "PlanRows", "arguments": GOOD}}]}
Open = Callable[..., ChatModel]


def ask(model: ChatModel) -> tuple[str, int]:
    budget = Budget()
    return asyncio.run(model.ask("plan", INPUTS, PlanRows, budget)).value.q, budget.calls_used


def row(traits: dict[str, Any]) -> Any:
    (value,) = traits.values()
    return value


def test_a_schema_is_used_where_the_server_has_it(provider: Any, open_chat: Open) -> None:
    provider.will(("says", GOOD))
    traits: dict[str, Any] = {}
    assert ask(open_chat(traits)) == ("耳机", 1)
    assert row(traits) == {"structured": "json_schema", "confirmed": True}
    assert next(iter(traits)) == f"openai:fake@{provider.url}"


def test_without_schemas_tools_are_called_and_remembered(provider: Any, open_chat: Open) -> None:
    provider.will(("fails", 400, "response_format is not supported"), ("says", None, "tool_calls", TOOL_CALL))
    traits: dict[str, Any] = {}
    assert ask(open_chat(traits)) == ("耳机", 2)
    assert row(traits)["structured"] == "tools"
    assert "tools" in provider.requests[1]
    assert "response_format" not in provider.requests[1]
    assert ask(open_chat(traits)) == ("耳机", 1)


def test_without_tools_either_plain_text_is_read(provider: Any, open_chat: Open) -> None:
    provider.will(
        ("fails", 400, "response_format is not supported"), ("fails", 400, "tools are not supported"), ("says", GOOD)
    )
    traits: dict[str, Any] = {}
    assert ask(open_chat(traits)) == ("耳机", 3)
    assert row(traits) == {"structured": "text", "confirmed": True}
    assert not {"tools", "response_format"} & set(provider.requests[2])


def test_a_bare_rejection_steps_down_only_until_something_worked(provider: Any, open_chat: Open) -> None:
    provider.will(("fails", 400, "bad request"), ("says", GOOD), ("fails", 400, "bad request"))
    traits: dict[str, Any] = {}
    model = open_chat(traits)
    assert ask(model) == ("耳机", 2)
    with pytest.raises(ProviderRequestError):
        ask(model)
    assert row(traits) == {"structured": "tools", "confirmed": True}


def test_tools_that_are_ignored_still_give_an_answer(provider: Any, open_chat: Open) -> None:
    provider.will(("says", f"```json\n{GOOD}\n```"))
    assert ask(open_chat(structured="tools")) == ("耳机", 1)


@pytest.mark.parametrize("parameter", ["temperature", "seed", "max_completion_tokens"])
def test_a_parameter_the_server_lacks_is_left_out(provider: Any, open_chat: Open, parameter: str) -> None:
    provider.will(("rejects", parameter, GOOD))
    traits: dict[str, Any] = {}
    assert ask(open_chat(traits)) == ("耳机", 2)
    assert row(traits)["without"] == [parameter]
    assert row(traits)["structured"] == "json_schema"
    assert ask(open_chat(traits)) == ("耳机", 1)
    assert (provider.requests[-1].get("max_tokens") == 320) == (parameter == "max_completion_tokens")


def test_a_stream_without_stream_options(provider: Any, open_chat: Open) -> None:
    provider.will(("rejects", "stream_options", "你好。"))
    inputs = {"sheet": [], "ledger": [], "notes": [], "kind": "chat", "language": "zh", "message": "你好"}
    budget, traits = Budget(), {}

    async def run() -> str:
        return "".join([piece async for piece in open_chat(traits).stream("draft", inputs, budget)])

    assert asyncio.run(run()) == "你好。"
    assert budget.calls_used == 2
    assert row(traits)["without"] == ["stream_options"]


def test_too_long_a_prompt_is_not_taken_for_a_missing_mode(provider: Any, open_chat: Open) -> None:
    message = "This model's maximum context length is 4096 tokens; your request has 9000"
    provider.will(("fails", 400, message))
    traits: dict[str, Any] = {}
    with pytest.raises(ProviderRequestError, match="maximum context length"):
        ask(open_chat(traits))
    assert traits == {}


def test_a_mode_the_operator_chose_is_kept(provider: Any, open_chat: Open) -> None:
    provider.will(("fails", 400, "response_format is not supported"))
    with pytest.raises(ProviderRequestError):
        ask(open_chat(structured="json_schema"))
    assert len(provider.requests) == 1


def test_rejections_never_outrun_the_budget(provider: Any, open_chat: Open) -> None:
    provider.will(("fails", 400, "no"))
    with pytest.raises(ProviderRequestError):
        ask(open_chat())
    assert len(provider.requests) == 3
