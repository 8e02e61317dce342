"""From what a model wrote to a validated value: finding the JSON, reading it strictly, saying what is wrong with it."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from shortlist.llm.faults import ProviderAnswerError

T = TypeVar("T", bound=BaseModel)
_MAX_CHARS = 20_000


def read_answer(text: str, schema: type[T], truncated: bool = False) -> T:
    """Return the JSON object in `text` as a `schema`.

    Fences and prose around the object are left out. Nothing is guessed: a cut object is an error.

    Raises:
        ProviderAnswerError: Its `problem` is `empty`, `truncated`, `not_json` or `wrong_shape`.
    """
    if not text.strip():
        raise ProviderAnswerError("the answer is empty", "truncated" if truncated else "empty")
    data = find_object(text[:_MAX_CHARS])
    if data is None:
        if truncated or text.count("{") > text.count("}"):
            raise ProviderAnswerError("the answer was cut off before its JSON object ended", "truncated", text)
        raise ProviderAnswerError("the answer holds no JSON object", "not_json", text)
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        raise ProviderAnswerError(_shape_problem(error), "wrong_shape", text) from None


def find_object(text: str) -> dict[str, Any] | None:
    """Return the first JSON object in `text` that is complete, or None."""
    decoder = json.JSONDecoder()
    start = text.find("{")
    while start != -1:
        try:
            value, _ = decoder.raw_decode(text, start)
        except (json.JSONDecodeError, RecursionError):
            start = text.find("{", start + 1)
            continue
        return value if isinstance(value, dict) else None
    return None


def _shape_problem(error: ValidationError) -> str:
    parts = []
    for item in error.errors()[:4]:
        where = ".".join(str(part) for part in item["loc"]) or "object"
        parts.append(f"{where}: {item['msg']}")
    return "; ".join(parts)
