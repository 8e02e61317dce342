"""The plain agent: reads tool calls however they are written, ends with items, and never breaks a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

from shortlist import Recommender
from shortlist_evals.agents import Person
from shortlist_evals.agents.plain import MOST_CALLS, Plain, call_in
from shortlist_evals.conversations.stage import Clock, staged

SEARCH = '{{"name": "search_catalog", "arguments": {{"query": "headphones", "n": 2}}}}'


class Scripted(BaseChatModel):
    """Answers with what it was given, the last one again and again."""

    script: list[Any]
    heard: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Any, **_: Any) -> Any:
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self.heard.append(messages)
        answer = self.script[min(len(self.heard), len(self.script)) - 1]
        if isinstance(answer, Exception):
            raise answer
        usage = {"input_tokens": 100, "output_tokens": 10, "total_tokens": 110}
        return ChatResult(generations=[ChatGeneration(message=AIMessage(answer, usage_metadata=usage))])


@pytest.fixture(scope="module")
def recommender() -> Iterator[Recommender]:
    with staged() as stage, stage.opened("offline", None, Clock()) as opened:
        yield opened


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "get_items", "arguments": {"ids": ["a"]}}',
        '{{"name": "get_items", "arguments": {{"ids": ["a"]}}}}',
        'Let me look.\n```json\n{"name": "get_items", "arguments": {"ids": ["a"]}}\n```',
        '<tool_call>\n{"name": "get_items", "parameters": {"ids": ["a"]}}\n</tool_call> done',
    ],
)
def test_a_call_is_read_however_it_is_written(text: str) -> None:
    assert call_in(text) == {"name": "get_items", "args": {"ids": ["a"]}}


@pytest.mark.parametrize("text", ["", "I like {this} one", '{"ids": ["a"]}', '{"name": 3}', '{"name": "x", "argum'])
def test_what_is_no_call_is_none(text: str) -> None:
    assert call_in(text) is None


def test_it_searches_and_recommends(recommender: Recommender) -> None:
    final = '{"name": "answer", "arguments": {"message": "This one.", "item_ids": ["nope", "nope"]}}'
    model = Scripted(script=[SEARCH, final])
    answer = Plain(recommender, model).begin(Person(), "s", "en").say("headphones please")
    assert (answer.kind, answer.items, answer.message) == ("recommend", ("nope",), "This one.")
    assert (answer.calls, answer.prompt_tokens, answer.completion_tokens) == (2, 200, 20)
    assert '"matching"' in model.heard[1][-1].text


def test_a_question_in_prose_is_a_question(recommender: Recommender) -> None:
    answer = Plain(recommender, Scripted(script=["What is your budget?"])).begin(Person(), "s", "en").say("hi")
    assert (answer.kind, answer.items, answer.calls) == ("ask", (), 1)


def test_a_loop_without_end_is_cut_off(recommender: Recommender) -> None:
    answer = Plain(recommender, Scripted(script=[SEARCH])).begin(Person(), "s", "en").say("headphones")
    assert answer.calls <= MOST_CALLS + 1
    assert answer.items == ()
    assert answer.faults[0].startswith("GraphRecursionError")


def test_a_failing_model_is_a_fault(recommender: Recommender) -> None:
    answer = Plain(recommender, Scripted(script=[RuntimeError("gone")])).begin(Person(), "s", "en").say("headphones")
    assert answer.faults == ("RuntimeError: gone",)


def test_it_remembers_what_was_said(recommender: Recommender) -> None:
    model = Scripted(script=["Which colour?", "Fine."])
    chat = Plain(recommender, model).begin(Person(), "s", "en")
    chat.say("a lamp")
    chat.say("black")
    assert [one.text for one in model.heard[1][1:]] == ["a lamp", "Which colour?", "black"]
