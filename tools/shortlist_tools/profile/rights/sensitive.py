"""Tells conclusions that must not be drawn of a person: health, religion, politics, sexuality, ethnicity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from shortlist_prompts.word_files import load_words

_FILE = Path(__file__).parent / "sensitive.yaml"
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def sensitive(field: str, value: Any) -> str | None:
    """Return what `value` of `field` would tell of a person (`health`, `religion` …), None where nothing delicate.

    It goes by words, English and Chinese, and rather takes one too many: a dropped conclusion costs a little taste.
    """
    name = _plain(field)
    texts = [_plain(one) for one in _texts(value)]
    for category, (fields, values) in _patterns().items():
        if fields.search(name) or any(values.search(text) for text in texts):
            return category
    return None


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | set):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from _texts(one)


def _plain(text: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return spaced.replace("_", " ").casefold()


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:

    read = load_words(_FILE.read_text("utf-8"))
    return {
        category: (_pattern(words["fields"]), _pattern([one for row in words["values"] for one in row]))
        for category, words in read.items()
    }


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    parts = []
    for word in words:
        if _CHINESE.search(word):
            parts.append(re.escape(word))
        else:
            ending = r"[a-z]*" if word.endswith("*") else r"s?"
            # \b takes Chinese characters for word characters: "gay男" must match too.
            parts.append(rf"(?<![a-z0-9]){re.escape(word.rstrip('*'))}{ending}(?![a-z0-9])")
    return re.compile("|".join(parts), re.IGNORECASE)
