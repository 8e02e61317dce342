"""Chat models of other makers: those whose class lacks a mode are asked in the next one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from shortlist.llm import ChatModel
from shortlist.llm.modes import ModeMemory
from shortlist.settings import load_settings
from shortlist_prompts import PlanRows
from shortlist_tools.model import Budget

INPUTS: dict[str, Any] = {
    "fields": [],
    "ledger": [],
    "exchanges": [],
    "shown": [],
    "language": "en",
    "message": "lamps",
}


class PlainModel(BaseChatModel):
    """A LangChain model with text and nothing else."""

    @property
    def _llm_type(self) -> str:
        return "plain"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        usage = {"input_tokens": 7, "output_tokens": 3, "total_tokens": 10}
        message = AIMessage('Here: {"i": "find", "q": "lamps"}', usage_metadata=usage)
        return ChatResult(generations=[ChatGeneration(message=message)])


def test_a_class_with_text_only_is_asked_for_text(monkeypatch: pytest.MonkeyPatch) -> None:
    traits: dict[str, Any] = {}
    model = ChatModel("other:plain", load_settings(), traits=traits)

    async def plain(*_: Any) -> PlainModel:
        return PlainModel()

    monkeypatch.setattr(vars(model)["_client"], "chat_model", plain)
    budget = Budget()
    assert asyncio.run(model.ask("plan", INPUTS, PlanRows, budget)).value.q == "lamps"
    assert traits == {"other:plain": {"structured": "text", "confirmed": True}}
    assert [call.outcome for call in budget.made] == ["request", "request", "ok"]


def test_the_address_in_the_traits_has_no_password() -> None:
    traits: dict[str, Any] = {}
    model = ChatModel("openai:m", load_settings(base_url="http://me:secret@host:1/v1"), traits=traits)
    memory: ModeMemory = vars(model)["_memory"]
    memory.confirm("text")
    assert list(traits) == ["openai:m@http://host:1/v1"]


@pytest.mark.parametrize("row", [{"structured": "telepathy"}, {"without": ["model", "seed"]}, {}])
def test_traits_from_elsewhere_are_read_with_care(row: dict[str, Any]) -> None:
    memory = ModeMemory("m", {"m": row}, "auto")
    assert memory.mode == "json_schema"
    assert memory.without in {(), ("seed",)}
