"""A tool answers or says why not: in the turn, in a LangChain agent, in time, and whatever its code does."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field

from shortlist_prompts.errors import CallerError, OperatorError, ProviderError
from shortlist_tools.tool import Tool, Toolbox, ToolError, ToolResult


class Nested(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str


class Args(BaseModel):
    model_config = ConfigDict(extra="forbid")

    city: str
    days: int = Field(default=1, ge=1)
    more: list[Nested] = Field(default_factory=list)


class Weather(BaseModel):
    city: str
    sunny: bool


def plain(args: Args) -> Weather:
    return Weather(city=args.city, sunny=args.days < 3)


async def waiting(args: Args) -> dict[str, Any]:
    await asyncio.sleep(0)
    return {"city": args.city, "more": args.more}


def tool(run: Any, name: str = "weather", **more: Any) -> Tool[Args]:
    return Tool(name, "read", "The weather of a city.", Args, run, **more)


def call(run: Any, **args: Any) -> ToolResult:
    return asyncio.run(tool(run).call(args))


def raising(error: BaseException) -> Any:
    def run(args: Args) -> Weather:
        raise error

    return run


def test_plain_and_async_tools_give_json() -> None:
    assert call(plain, city="Leeds").value == {"city": "Leeds", "sunny": True}
    given = call(waiting, city="Leeds", more=[{"name": "x"}])
    assert given == ToolResult(tool="weather", value={"city": "Leeds", "more": [{"name": "x"}]})
    assert json.loads(json.dumps(given.value)) == given.value


def test_a_lambda_that_returns_an_awaitable_is_awaited() -> None:
    assert call(lambda args: waiting(args.model_copy()), city="Leeds").value["city"] == "Leeds"


def test_values_become_json_types() -> None:
    value = call(
        lambda args: {"day": date(2026, 1, 2), "bad": float("nan"), "all": ("a", Nested(name="b"))}, city="x"
    ).value
    assert value == {"day": "2026-01-02", "bad": None, "all": ["a", {"name": "b"}]}
    json.dumps(value, allow_nan=False)


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ({}, "city"),
        ({"city": 3}, "city"),
        ({"city": "x", "days": 0}, "days"),
        ({"city": "x", "colour": 1}, "colour"),
        ({"city": "x", "more": [{"name": "a"}, {}]}, "more.1.name"),
    ],
)
def test_wrong_arguments_are_a_fault_that_names_them(args: dict[str, Any], named: str) -> None:
    fault = call(plain, **args).fault
    assert fault is not None
    assert fault.kind == "arguments"
    assert fault.message.startswith(f"{named}: ")


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (CallerError("no such city"), "arguments", "no such city"),
        (OperatorError("no key"), "unavailable", "no key"),
        (ProviderError("server down"), "unavailable", "server down"),
        (ValueError("secret 1234"), "unavailable", "ValueError in tool 'weather'"),
        (TimeoutError(), "unavailable", "TimeoutError in tool 'weather'"),
    ],
)
def test_whatever_a_tool_raises_is_a_fault_of_one_of_two_kinds(error: Exception, kind: str, message: str) -> None:
    result = call(raising(error), city="x")
    assert result.value is None
    assert result.fault is not None
    assert (result.fault.kind, result.fault.message) == (kind, message)


def test_a_tool_that_fails_to_validate_its_own_result_is_not_the_callers_fault() -> None:
    fault = call(lambda args: Weather.model_validate({"city": args.city}), city="x").fault
    assert fault is not None
    assert fault.kind == "unavailable"


def test_a_result_that_is_no_json_is_a_fault() -> None:
    fault = call(lambda args: {"lock": threading.Lock()}, city="x").fault
    assert fault is not None
    assert fault.kind == "unavailable"


def test_cancelling_is_no_fault() -> None:
    async def run() -> None:
        task = asyncio.create_task(tool(lambda args: asyncio.sleep(5)).call({"city": "x"}))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())


async def slow(args: Args) -> dict[str, Any]:
    await asyncio.sleep(5)
    return {}


def blocking(args: Args) -> dict[str, Any]:
    time.sleep(0.4)
    return {"late": True}


@pytest.mark.parametrize("run", [slow, blocking])
def test_out_of_time_is_a_fault_for_async_and_for_plain_tools(run: Any) -> None:
    async def timed() -> tuple[ToolResult, float]:
        started = time.monotonic()
        result = await Toolbox((tool(run),)).call("weather", {"city": "x"}, seconds=0.05)
        return result, time.monotonic() - started

    result, seconds = asyncio.run(timed())
    assert seconds < 0.3
    assert result.fault is not None
    assert (result.fault.kind, result.fault.message) == ("unavailable", "no answer within 0.05 s")


def test_plain_tools_run_side_by_side() -> None:
    async def both() -> float:
        box = Toolbox((tool(blocking, "a"), tool(blocking, "b")))
        started = time.monotonic()
        await asyncio.gather(box.call("a", {"city": "x"}), box.call("b", {"city": "x"}))
        return time.monotonic() - started

    assert asyncio.run(both()) < 0.75


def test_a_toolbox_knows_its_tools_by_name() -> None:
    box = Toolbox((tool(plain, "a"), tool(waiting, "b")))
    assert [one.name for one in box] == ["a", "b"]
    assert "a" in box
    assert "c" not in box
    assert box["b"].run is waiting
    assert asyncio.run(box.call("a", {"city": "x"})).value["sunny"] is True


def test_a_name_is_taken_once() -> None:
    box = Toolbox((tool(plain, "a"),))
    with pytest.raises(ToolError, match="'a' is registered already"):
        box.register(tool(waiting, "a"))
    assert box["a"].run is plain


def test_an_unknown_tool_is_named_with_those_there_are() -> None:
    box = Toolbox((tool(plain, "b"), tool(plain, "a")))
    with pytest.raises(ToolError, match="no tool named 'c'; there are: a, b"):
        box["c"]
    fault = asyncio.run(box.call("c", {})).fault
    assert fault is not None
    assert fault.kind == "arguments"
    assert "a, b" in fault.message


def test_as_a_langchain_tool_it_works_sync_and_async() -> None:
    from langchain_core.tools import StructuredTool

    (chain,) = Toolbox((tool(waiting),)).as_langchain()
    assert isinstance(chain, StructuredTool)
    assert (chain.name, chain.description) == ("weather", "The weather of a city.")
    assert set(chain.args) == {"city", "days", "more"}
    expected = {"city": "Leeds", "more": [{"name": "x"}]}
    assert chain.invoke({"city": "Leeds", "more": [{"name": "x"}]}) == expected
    assert asyncio.run(chain.ainvoke({"city": "Leeds", "more": [{"name": "x"}]})) == expected


def test_as_a_langchain_tool_it_works_inside_a_running_loop() -> None:
    async def notebook() -> Any:
        return tool(plain).as_langchain().invoke({"city": "Leeds"})

    assert asyncio.run(notebook()) == {"city": "Leeds", "sunny": True}


def test_as_a_langchain_tool_a_fault_is_a_result_with_advice() -> None:
    wrong = tool(raising(CallerError("no such city"))).as_langchain().invoke({"city": "x"})
    assert wrong == {"error": "no such city", "advice": "Try other arguments."}
    broken = tool(raising(RuntimeError("boom"))).as_langchain().invoke({"city": "x"})
    assert broken == {"error": "RuntimeError in tool 'weather'", "advice": "Go on without it."}


def test_as_a_langchain_tool_wrong_arguments_do_not_end_the_run() -> None:
    chain = tool(plain).as_langchain()
    told = json.loads(chain.invoke({"days": 2}))
    assert told == {"error": "city: Field required", "advice": "Try other arguments."}
    assert json.loads(asyncio.run(chain.ainvoke({"city": "x", "days": 0})))["error"].startswith("days: ")


def test_as_a_langchain_tool_it_answers_a_tool_call() -> None:
    message = (
        tool(plain).as_langchain().invoke({"name": "weather", "args": {"city": "x"}, "id": "7", "type": "tool_call"})
    )
    assert (message.tool_call_id, json.loads(message.content)) == ("7", {"city": "x", "sunny": True})
