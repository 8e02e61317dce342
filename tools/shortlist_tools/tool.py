"""What a tool is: a name, a kind, typed arguments and a typed result, usable by the turn and by any LangChain agent."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import to_jsonable_python

from shortlist_prompts.errors import CallerError, ShortlistError

if TYPE_CHECKING:
    from langchain_core.tools import StructuredTool
    from pydantic.v1 import ValidationError as ValidationErrorV1

log = logging.getLogger("shortlist_tools")
OTHERS = "Try other arguments."
ToolKind = Literal["read", "compose", "write"]
A = TypeVar("A", bound=BaseModel)


class ToolFault(BaseModel):
    """Why a call gave nothing: `arguments` says that others may work, `unavailable` that no arguments will."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["arguments", "unavailable"]
    message: str


class ToolResult(BaseModel):
    """What a call gave: a JSON value, or a fault; never both."""

    model_config = ConfigDict(frozen=True)

    tool: str
    value: Any = None
    fault: ToolFault | None = None


@dataclass(frozen=True)
class Tool(Generic[A]):
    """One tool.

    Attributes:
        name: What plans and agents call it.
        kind: `read` may run at any time, `compose` writes text and changes nothing, `write` runs once, at the end.
        description: What it gives, for a model that chooses tools.
        args: The pydantic model of its arguments.
        run: The work; plain or async; returns a pydantic model or JSON types.
        words: Words by language that call for this tool, so that the built-in planner can plan it too.
    """

    name: str
    kind: ToolKind
    description: str
    args: type[A]
    run: Callable[[A], BaseModel | Mapping[str, Any] | Awaitable[BaseModel | Mapping[str, Any]]]
    words: Mapping[str, list[str]] = field(default_factory=dict)

    async def call(self, args: Mapping[str, Any]) -> ToolResult:
        """Validate `args`, run, and return the result; a tool that fails gives a fault, never an exception.

        Plain functions run in a thread, so that a slow one holds nothing up and a deadline holds for it, too.
        """
        try:
            checked = self.args.model_validate(dict(args))
        except ValidationError as error:
            return self._fault("arguments", _named(error))
        try:
            done = (
                self.run(checked)
                if inspect.iscoroutinefunction(self.run)
                else await asyncio.to_thread(self.run, checked)
            )
            value = await done if inspect.isawaitable(done) else done
            return ToolResult(tool=self.name, value=to_jsonable_python(value, inf_nan_mode="null"))
        except CallerError as error:
            return self._fault("arguments", str(error))
        except ShortlistError as error:
            return self._fault("unavailable", str(error))
        except Exception as error:  # a registered tool is somebody else's code: the turn goes on
            log.warning("tool %s failed with %s", self.name, type(error).__name__)
            log.debug("what tool %s raised", self.name, exc_info=error)
            return self._fault("unavailable", f"{type(error).__name__} in tool {self.name!r}")

    def _fault(self, kind: Literal["arguments", "unavailable"], message: str) -> ToolResult:
        return ToolResult(tool=self.name, fault=ToolFault(kind=kind, message=message))

    def as_langchain(self) -> StructuredTool:
        """Return this tool for a LangChain agent; its result is a JSON value or a sentence about the fault."""
        from langchain_core.tools import StructuredTool

        async def work(**args: Any) -> Any:
            result = await self.call(args)
            if result.fault is None:
                return result.value
            advice = OTHERS if result.fault.kind == "arguments" else "Go on without it."
            return {"error": result.fault.message, "advice": advice}

        def work_now(**args: Any) -> Any:
            return _finished(work(**args))

        def explain(error: ValidationError | ValidationErrorV1) -> str:
            message = _named(error) if isinstance(error, ValidationError) else str(error)
            return json.dumps({"error": message, "advice": OTHERS}, ensure_ascii=False)

        return StructuredTool.from_function(
            func=work_now,
            coroutine=work,
            name=self.name,
            description=self.description,
            args_schema=self.args,
            handle_validation_error=explain,
        )


def _named(error: ValidationError) -> str:
    """Return what is wrong with the first argument that is."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else str(first["msg"])


def _finished(work: Coroutine[Any, Any, Any]) -> Any:
    """Return the result of `work`, from a thread of its own where an event loop runs in this one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class ToolError(CallerError):
    """A tool is registered twice, or one is called that is not registered."""


class Toolbox:
    """The tools at hand, by name."""

    def __init__(self, tools: tuple[Tool[Any], ...] = ()) -> None:
        self._tools: dict[str, Tool[Any]] = {}
        for tool in tools:
            self.register(tool)

    def register(self, tool: Tool[Any]) -> None:
        """Add `tool`: from now on plans may call it.

        Raises:
            ToolError: If the name is taken.
        """
        if tool.name in self._tools:
            raise ToolError(f"a tool named {tool.name!r} is registered already; choose another name")
        self._tools[tool.name] = tool

    def __iter__(self) -> Iterator[Tool[Any]]:
        return iter(self._tools.values())

    def __getitem__(self, name: str) -> Tool[Any]:
        try:
            return self._tools[name]
        except KeyError:
            raise ToolError(f"no tool named {name!r}; there are: {', '.join(sorted(self._tools))}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._tools

    async def call(self, name: str, args: Mapping[str, Any], seconds: float | None = None) -> ToolResult:
        """Call tool `name`; running out of `seconds` is a fault like any other."""
        try:
            async with asyncio.timeout(seconds):
                return await self[name].call(args)
        except TimeoutError:
            return ToolResult(tool=name, fault=ToolFault(kind="unavailable", message=f"no answer within {seconds:g} s"))
        except ToolError as error:
            return ToolResult(tool=name, fault=ToolFault(kind="arguments", message=str(error)))

    def as_langchain(self) -> list[StructuredTool]:
        """Return all tools for a LangChain agent."""
        return [tool.as_langchain() for tool in self]
