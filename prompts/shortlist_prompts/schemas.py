"""What a model answers to the prompts: compact rows that weak models can write and code expands."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Intent = Literal["find", "refine", "compare", "about", "more", "chat", "profile", "accept", "reject", "off"]

MOST_ROWS = 8
"""Rows of one kind that are read. The schema says so too, since weak models list all they know when in doubt."""


def _texts(value: Any) -> Any:
    if value is None:
        return []
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple) and all(isinstance(row, str) for row in value):
        return list(dict.fromkeys(row.strip() for row in value if row.strip()))[:MOST_ROWS]
    return value


def _numbers(value: Any) -> Any:
    if value is None:
        return []
    if isinstance(value, int | str):
        value = [value]
    if isinstance(value, list | tuple):
        plain = [row.strip().strip("[]") if isinstance(row, str) else row for row in value]
        return list(dict.fromkeys(int(row) if isinstance(row, str) and row.isdecimal() else row for row in plain))
    return value


def _text(value: Any) -> Any:
    return "" if value is None else value.strip() if isinstance(value, str) else value


Rows = Annotated[list[str], Field(max_length=MOST_ROWS), BeforeValidator(_texts)]
"""Strings without blanks and repetitions, at most `MOST_ROWS`; null and a single string are taken for a list."""
Refs = Annotated[list[int], BeforeValidator(_numbers)]
"""Numbers of shown items without repetitions; `"[2]"` is taken for 2."""
Text = Annotated[str, BeforeValidator(_text)]


class _Answer(BaseModel):
    # Weak models add keys of their own; what the user said is put back from the reader, so they may be dropped.
    model_config = ConfigDict(frozen=True, extra="ignore")


class PlanRows(_Answer):
    """A plan as the model writes it; the letters are short because every token of it is paid for.

    Attributes:
        i: Intent.
        q: Words to search by meaning; empty when nothing is to be searched.
        r: Requirements to add, as `field op value "quote"`, the quote being the user's own words.
        x: Fields whose requirements are withdrawn.
        a: Numbers of the shown items that the message is about.
        ask: Field to ask about before searching, or empty.
    """

    i: Intent
    q: Text = ""
    r: Rows = Field(default_factory=list)
    x: Rows = Field(default_factory=list)
    a: Refs = Field(default_factory=list)
    ask: Text = ""


class UnderstandRows(_Answer):
    """What an item's text and reviews say.

    Attributes:
        t: Topics: what the item is about or for, a few words each.
        k: Keywords somebody would search it by.
        s: Opinions from the reviews, as `aspect + "quote"` or `aspect - "quote"`.
    """

    t: Rows = Field(default_factory=list)
    k: Rows = Field(default_factory=list)
    s: Rows = Field(default_factory=list)


class ProfileRows(_Answer):
    """What a person's own words say of that person.

    Attributes:
        f: Facts, as `who | field = value | "quote" [n]`: about whom, what, and the words of text `n` that say so.
    """

    f: Rows = Field(default_factory=list)


SCHEMAS: dict[str, type[BaseModel]] = {schema.__name__: schema for schema in (PlanRows, ProfileRows, UnderstandRows)}
"""Output schemas by the name that front matter uses."""


def json_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema to send: every property required, nothing else allowed, no titles and prose.

    Servers with strict structured output demand the first two, and the rest only costs tokens.
    """
    full = schema.model_json_schema()
    full.pop("description", None)
    strict: dict[str, Any] = _strict(full)
    return strict


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(part) for part in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _strict(part) for key, part in node.items() if key not in {"title", "default", "properties"}}
    if "properties" in node:
        properties = {name: _strict(part) for name, part in node["properties"].items()}
        kept |= {"properties": properties, "required": list(properties), "additionalProperties": False}
    return kept
