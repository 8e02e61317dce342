"""A model that misbehaves in every way seen and imagined: plans and drafts that are right, wrong, hostile or absent."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from random import Random
from typing import Any, TypeVar

from pydantic import BaseModel

from shortlist.testing import Answer, Fault, ScriptedModel
from shortlist_evals.invariants.phrases import phrase
from shortlist_tools.catalog import OPS, Field, Item, Schema
from shortlist_tools.model import Budget, ModelAnswer

T = TypeVar("T", bound=BaseModel)

_INTENTS = ("find", "find", "refine", "compare", "about", "more", "chat", "profile", "accept", "reject", "off")
_LINE = re.compile(r"^\[(\d+)\] ([^|]+?)(?: \| (.*))?$")


class Saboteur:
    """Implements `Model` by a script that is drawn anew at every call; `begin` makes the draws repeatable.

    Args:
        items: Items whose titles it may drop where they do not belong.
        schema: Fields it may invent requirements on.
    """

    name = "saboteur"

    def __init__(self, items: Sequence[Item], schema: Schema) -> None:
        self._titles = [item.text(schema.roles["title"]) for item in items]
        self._schema = schema
        self._rng = Random(0)
        self._model = ScriptedModel({"plan": self._plan, "repair": self._plan, "draft": self._draft}, name=self.name)

    def begin(self, rng: Random) -> None:
        """Draw from `rng` from now on, and forget the calls made."""
        self._rng = rng
        self._model.calls.clear()

    async def ask(self, prompt: str, inputs: Mapping[str, Any], schema: type[T], budget: Budget) -> ModelAnswer[T]:
        """Answer as `ScriptedModel.ask` does."""
        return await self._model.ask(prompt, inputs, schema, budget)

    def stream(self, prompt: str, inputs: Mapping[str, Any], budget: Budget) -> AsyncGenerator[str, None]:
        """Answer as `ScriptedModel.stream` does."""
        return self._model.stream(prompt, inputs, budget)

    def _plan(self, inputs: Mapping[str, Any]) -> Answer:
        rng = self._rng
        if rng.random() < 0.2:
            return rng.choice(list(Fault))
        message = str(inputs["message"])
        shown = len(inputs.get("shown", ()))
        rows = [self._row(message) for _ in range(rng.choice((0, 1, 1, 2, 3, 8)))]
        plan: dict[str, Any] = {
            "i": rng.choice(_INTENTS),
            "q": rng.choice(("", message[:80], _span(message, rng), "something else entirely")),
            "r": rows,
            "x": [rng.choice(self._schema.fields).name for _ in range(rng.choice((0, 0, 0, 1, 2)))],
            "a": [rng.randint(-1, shown + 2) for _ in range(rng.choice((0, 0, 1, 2)))],
            "ask": rng.choice(("", "", rng.choice(self._schema.fields).name, "nonsense")),
        }
        if rng.random() < 0.1:
            del plan[rng.choice(("i", "q", "r"))]
        if rng.random() < 0.1:
            plan["filters"] = ["price == 0"]
        return plan

    def _row(self, message: str) -> str:
        """Return a requirement nobody asked for, often with words that the user really said."""
        rng = self._rng
        field = rng.choice(self._schema.fields)
        op = rng.choice((*OPS[field.kind], "==", "lowest", "~"))
        quote = _span(message, rng) if rng.random() < 0.7 else rng.choice(("as you said", "便宜", "", "under $20"))
        return f'{rng.choice((field.name, field.name, "colour", "no_field"))} {op} {self._value(field)} "{quote}"'

    def _value(self, field: Field) -> str:
        rng = self._rng
        if field.values and rng.random() < 0.8:
            return rng.choice(sorted(field.values))
        return rng.choice(
            ("4", "20", "100|300", "true", "false", "2020-01-01", "nothing", "99999999", "-3", "4.5", "∞")
        )

    def _draft(self, inputs: Mapping[str, Any]) -> Answer:
        rng = self._rng
        if rng.random() < 0.15:
            return rng.choice(list(Fault))
        lines = [found for line in inputs.get("sheet", ()) if (found := _LINE.match(line))]
        language = str(inputs["language"])
        spoken = language if rng.random() < 0.9 else rng.choice(("en", "zh"))
        said = []
        for _ in range(rng.choice((1, 2, 3, 3, 12))):
            occasion = "drafted_well" if rng.random() < 0.5 else "drafted_badly"
            line = rng.choice(lines) if lines else None
            facts = line[3].split(" | ") if line and line[3] else ["it fits"]
            text = phrase(
                occasion, spoken, rng,
                n=line[1] if line else "1",
                m=rng.choice((0, 4, 9, 17)),
                fact=rng.choice(facts),
                title=line[2] if line else "It",
                x=rng.choice((1, 3, 7, 17, 42, 99, 199, 1.5, 2019, 12_345)),
                other=rng.choice(self._titles),
            )  # fmt: skip
            said.append(text)
        return ("" if spoken == "zh" else " ").join(said)


def _span(text: str, rng: Random) -> str:
    """Return a few neighbouring characters or words of `text`."""
    words = text.split()
    if len(words) > 3:
        start = rng.randrange(len(words))
        return " ".join(words[start : start + rng.randint(1, 4)]).replace('"', "")[:60]
    start = rng.randrange(len(text)) if text else 0
    return text[start : start + rng.randint(1, 8)].replace('"', "")
