"""The sentence of every fact in English and Chinese, from templates in sentences.yaml."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from shortlist_prompts.word_files import load_words
from shortlist_tools.catalog import Schema

LANGUAGES = ("en", "zh")


@cache
def _templates() -> Mapping[str, Any]:
    found: Mapping[str, Any] = load_words(files(__package__).joinpath("sentences.yaml").read_text("utf-8"))
    return found


def sentence(name: str, schema: Schema | None = None, **given: Any) -> dict[str, str]:
    """Return the template `name` by language, filled with `given`.

    A `field` and a `value` are called what the schema calls them, a known word of the list `words` what it says there;
    a fraction given as `share`, `expected`, `before` or `after` is written in percent, a `date` in Unix seconds as a
    day.
    """
    template = _templates()[name]
    found = {}
    for language in LANGUAGES:
        parts = {key: _said(key, value, given, schema, language) for key, value in given.items()}
        found[language] = template[language].format(**parts)
    return found


def _said(key: str, value: Any, given: Mapping[str, Any], schema: Schema | None, language: str) -> str:
    if key in ("share", "expected", "before", "after"):
        percent = 100 * float(value)
        return "<1%" if 0 < percent < 1 else f"{percent:.0f}%"
    if key == "date":
        return day(float(value), language)
    name = str(given.get("field", ""))
    field = schema.get(name) if schema is not None else None
    if key == "field":
        return field.named(language) if field is not None else str(value).replace("_", " ")
    if key == "value":
        said = [_value(one, name, schema, language) for one in (value if isinstance(value, list | tuple) else [value])]
        return ("、" if language == "zh" else ", ").join(said)
    return str(value)


def day(seconds: float, language: str) -> str:
    """Return the day in UTC of Unix `seconds`, as people write it."""
    date = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    if language == "zh":
        return f"{date.year}年{date.month}月{date.day}日"
    return f"{date.day} {date.strftime('%B')} {date.year}"


def _value(value: Any, name: str, schema: Schema | None, language: str) -> str:
    word = _templates()["words"].get(str(value))
    if word and (schema is None or schema.get(name) is None):
        return str(word[language])
    return schema.value_named(name, value, language) if schema is not None else str(value)
