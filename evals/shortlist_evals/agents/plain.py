"""A plain tool-calling agent: LangChain's `create_agent` with our tools and model, its own loop and a good prompt."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from shortlist_evals.agents.base import Answer, Person

if TYPE_CHECKING:
    from langchain_core.messages import AnyMessage
    from langchain_core.tools import BaseTool

    from shortlist import Recommender

MOST_CALLS = 6
"""Model calls an answer may take; a loop that has not answered by then is cut off."""
MOST_TOKENS = 400
_ANSWER = "answer"
_READS = ("search_catalog", "filter_catalog", "get_items", "compare_items", "lookup_profile")
_ENUMS = 12
_JSON = re.compile(r"\{.*\}", re.DOTALL)
_SPONSORED = re.compile(r"sponsor|promoted|\bad\b|赞助|推广|广告", re.IGNORECASE)

PROMPT = """You are the shopping assistant of a catalog. Help the user find what they want, truthfully.

Work in small steps. In each step call exactly one tool, as one JSON object and nothing else:
{{"name": TOOL, "arguments": {{...}}}}
First look for items (search_catalog, or filter_catalog when only figures and categories matter), then call "answer".
Everything the user ever required goes into "requirements" of the search: the values are those of the fields below.
Recommend only ids that a tool returned. Never invent items, prices or features. Write in the user's language.

Example
User: wireless mouse under 40
{{"name": "search_catalog", "arguments": {{"query": "wireless mouse", "requirements": [{{"field": "price", "op": "<",
"value": 40}}], "n": 5}}}}
Result: {{"items": [{{"id": "a17", "title": "Mouse M1", "score": 0.9}}], "matching": 1}}
{{"name": "answer", "arguments": {{"kind": "recommend", "message": "Mouse M1 is wireless and costs less than 40.",
"item_ids": ["a17"]}}}}
Example
User: I need a present
{{"name": "answer", "arguments": {{"kind": "ask", "message": "What is your budget?", "asked_fields": ["price"]}}}}

kinds of answer: recommend (with item_ids, best first, at most {slate}), ask (with asked_fields), confirm (ask for a
confirmation such as age), abstain (nothing fits), answer (a question about items), chat (small talk).

Rules of the house:
{policies}

Fields of the catalog:
{fields}

The user:
{profile}
"""


class Final(BaseModel):
    """Give the user your answer. This ends your work."""

    message: str = Field(description="What the user reads.")
    kind: Literal["recommend", "ask", "confirm", "abstain", "answer", "chat"] = "recommend"
    item_ids: list[str] = Field(default_factory=list, description="Ids of recommended items, best first.")
    asked_fields: list[str] = Field(default_factory=list, description="Fields that you ask about.")


@dataclass(frozen=True)
class Plain:
    """The agent.

    It gets the same reading tools over the same catalog, the same profile and the same policies in words; what it
    makes of them is its own doing. Models that write a tool call as text instead of calling are understood, too.

    Attributes:
        recommender: Whose catalog, profiles and tools it uses.
        model: A LangChain chat model.
        policies: The rules of the house, by name.
        name: The name it has in results.
    """

    recommender: Recommender
    model: Any
    policies: Mapping[str, Any] = field(default_factory=dict)
    name: str = "plain"

    def begin(self, person: Person, session: str, language: str) -> PlainChat:
        """Begin a conversation; the person's facts and events are recorded first, as `Ours` does."""
        from shortlist_evals.agents.ours import Ours

        Ours(self.recommender).begin(person, session, language)
        return PlainChat(self, person.id)

    @cached_property
    def tools(self) -> list[BaseTool]:
        """The reading tools, and the one that ends the loop."""
        from langchain_core.tools import StructuredTool

        final = StructuredTool.from_function(
            func=lambda **given: json.dumps(given, ensure_ascii=False), name=_ANSWER, args_schema=Final,
            description=str(Final.__doc__), return_direct=True,
            handle_validation_error=lambda error: f"wrong arguments: {error}",
        )  # fmt: skip
        return [*(tool.as_langchain() for tool in self.recommender.toolbox() if tool.name in _READS), final]

    def prompt(self, user: str | None) -> str:
        """Return the instructions: house rules, fields, and what is known of the user."""
        schema = self.recommender.catalog.schema
        known = self.recommender.profiles.get(user) if user is not None else {}
        facts = {row["field"]: row["value"] for row in known.get("facts", ())}
        profile = {"user_id": user, "facts": facts, "affinities": known.get("affinities", [])[:5]}
        fields = [
            f"- {one.name} ({one.kind}{', ' + one.unit if one.unit else ''})"
            + (f": {', '.join(list(one.values)[:_ENUMS])}" if one.values else "")
            for one in schema.fields
            if one.kind != "text" and not one.derived
        ]
        return PROMPT.format(
            slate=self.policies.get("slate_size", 3),
            policies=json.dumps(dict(self.policies), ensure_ascii=False, default=str),
            fields="\n".join(fields),
            profile=json.dumps(profile, ensure_ascii=False, default=str) if user is not None else "a guest",
        )


@dataclass
class PlainChat:
    """One conversation: what was said in it so far, tool calls left out."""

    agent: Plain
    user: str | None
    said: list[AnyMessage] = field(default_factory=list)

    def say(self, message: str) -> Answer:
        """Return what the loop ends with; a loop that fails or never ends gives an empty answer with its fault."""
        from langchain.agents import create_agent
        from langchain_core.messages import AIMessage, HumanMessage

        loop: Any = create_agent(
            self.agent.model, self.agent.tools, system_prompt=self.agent.prompt(self.user), middleware=[_reading_text()]
        )
        given = [*self.said, HumanMessage(message)]
        started, faults, done = time.perf_counter(), [], list(given)
        try:
            for state in loop.stream(
                {"messages": given}, {"recursion_limit": 2 * MOST_CALLS + 1}, stream_mode="values"
            ):
                done = state["messages"]
        except Exception as error:  # noqa: BLE001 - whatever its framework or its server raises is its own failure
            faults.append(f"{type(error).__name__}: {error}"[:300])
        answer = _answer(done[len(given) :], self._fields(), self._sponsored, tuple(faults))
        self.said += [HumanMessage(message), AIMessage(answer.message or "…")]
        return _timed(answer, time.perf_counter() - started)

    def _fields(self) -> frozenset[str]:
        return frozenset(self.agent.recommender.catalog.schema.by_name)

    def _sponsored(self, item: str) -> bool:
        catalog = self.agent.recommender._runtime.catalog.snapshot()  # the door tells no roles
        flag = catalog.schema.roles.get("sponsored")
        row = catalog.row_of.get(item)
        return flag is not None and row is not None and bool(catalog.item(row).values.get(flag))


def _answer(
    made: Sequence[AnyMessage], fields: frozenset[str], sponsored: Callable[[str], bool], faults: tuple[str, ...]
) -> Answer:
    """Return what the messages of one loop come to: its `answer` call, else its last words without items."""
    from langchain_core.messages import AIMessage

    calls = [one for one in made if isinstance(one, AIMessage)]
    usage: list[Mapping[str, Any]] = [one.usage_metadata or {} for one in calls]
    final = next((call["args"] for one in calls for call in one.tool_calls if call["name"] == _ANSWER), None)
    try:
        last = Final.model_validate(final) if final is not None else _prose(calls)
    except ValueError as error:
        last, faults = _prose(calls), (*faults, f"answer: {str(error)[:200]}")
    items = tuple(dict.fromkeys(last.item_ids)) if last.kind == "recommend" else ()
    told = bool(_SPONSORED.search(last.message))
    return Answer(
        message=last.message,
        items=items,
        kind=last.kind,
        asked=tuple(name for name in last.asked_fields if name in fields),
        disclosed=tuple(item for item in items if told and sponsored(item)),
        calls=len(calls),
        prompt_tokens=sum(int(one.get("input_tokens", 0)) for one in usage),
        completion_tokens=sum(int(one.get("output_tokens", 0)) for one in usage),
        faults=faults,
    )


def _prose(calls: Sequence[Any]) -> Final:
    said = next((one.text for one in reversed(calls) if one.text and not one.tool_calls), "")
    return Final(message=said, kind="ask" if said.rstrip().endswith(("?", "？")) else "chat")


def _timed(answer: Answer, seconds: float) -> Answer:
    return Answer(**{**vars(answer), "seconds": seconds})


def _reading_text() -> Any:
    """Return the middleware that turns a tool call written as text into a tool call."""
    from langchain.agents.middleware import AgentMiddleware

    class ReadingText(AgentMiddleware):
        def wrap_model_call(self, request: Any, handler: Callable[[Any], Any]) -> Any:
            response = handler(request)
            for place, message in enumerate(response.result):
                if not getattr(message, "tool_calls", None) and (call := call_in(message.text)) is not None:
                    made = {**call, "id": f"call-{uuid.uuid4().hex[:12]}", "type": "tool_call"}
                    response.result[place] = message.model_copy(update={"tool_calls": [made]})
            return response

    return ReadingText()


def call_in(text: str) -> dict[str, Any] | None:
    """Return name and arguments of the first tool call that `text` spells out as JSON, fenced, tagged or bare.

    Doubled braces, which small models copy from their own chat template, are read as single ones.
    """
    found = _JSON.search(text)
    for start in _starts(found[0]) if found else ():
        for written in (start, start.replace("{{", "{").replace("}}", "}")):
            try:
                value, _ = json.JSONDecoder().raw_decode(written)
            except ValueError:
                continue
            if isinstance(value, dict) and isinstance(value.get("name"), str):
                args = value.get("arguments", value.get("parameters", {}))
                if isinstance(args, dict):
                    return {"name": value["name"], "args": args}
    return None


def _starts(text: str) -> list[str]:
    return [text[found.start() :] for found in re.finditer(r"\{", text)][:20]
