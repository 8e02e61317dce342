"""The turn's calls of the model: counted, traced, repaired once, and never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

from shortlist.llm import ProviderAnswerError
from shortlist_prompts.errors import ProviderError
from shortlist_tools.model import BudgetExhaustedError

from .context import Turn

T = TypeVar("T", bound=BaseModel)


async def ask_with_repair(
    prompt: str, inputs: Mapping[str, Any], schema: type[T], turn: Turn
) -> tuple[T | None, Literal["model", "repaired", "built-in"]]:
    """Return the model's answer to `prompt`, repaired once if it was not usable, and who it comes from."""
    model = turn.services.model
    if model is None:
        return None, "built-in"
    try:
        answer = await model.ask(prompt, inputs, schema, turn.budget)
    except ProviderAnswerError as error:
        _note(turn, prompt, error)
        return await _repair(prompt, error, inputs, schema, turn)
    except (ProviderError, BudgetExhaustedError) as error:
        _note(turn, prompt, error)
        return None, "built-in"
    return answer.value, "model"


async def _repair(
    prompt: str, error: ProviderAnswerError, inputs: Mapping[str, Any], schema: type[T], turn: Turn
) -> tuple[T | None, Literal["repaired", "built-in"]]:
    model = turn.services.model
    if model is None or not error.answer:
        return None, "built-in"
    given = {
        "answer": error.answer[:1_500],
        "problem": str(error)[:300],
        "message": str(inputs.get("message", ""))[:600],
    }
    try:
        answer = await model.ask("repair", given, schema, turn.budget)
    except (ProviderError, BudgetExhaustedError) as again:
        _note(turn, "repair", again)
        return None, "built-in"
    return answer.value, "repaired"


def _note(turn: Turn, prompt: str, error: Exception) -> None:
    """Keep what went wrong for the trace; what its call cost stands in the budget."""
    turn.notes.append(f"{prompt}: {type(error).__name__}: {error}"[:300])
