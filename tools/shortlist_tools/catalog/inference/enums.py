"""The values of a category as a schema lists them: spellings of one value joined, with words in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from shortlist_tools.catalog.inference.lexicon import is_chinese, lexicon
from shortlist_tools.catalog.schema import Words
from shortlist_tools.catalog.tally import MOST_VALUES
from shortlist_tools.catalog.values import is_localised, is_missing, tidy

_JOINTS = re.compile(r"[\s_\-/]+")


def enum_of(raw: Iterable[object], separator: str | None, concept: str | None) -> tuple[dict[str, Words], bool]:
    """Return the canonical values with their words, most frequent first, and whether there are more than are listed.

    `Sci-Fi`, `sci fi` and `SCI_FI` are one value: the most frequent spelling is canonical, the others its words.

    Args:
        raw: The values as rows have them: strings, lists, texts by language.
        separator: What divides several values in one string.
        concept: Name of the lexicon's concept, for words of common values.
    """
    spellings: dict[str, Counter[str]] = {}
    localised: dict[str, Words] = {}
    plain: Counter[str] = Counter()
    for value in _single(raw, separator):
        if isinstance(value, str):
            plain[value] += 1
            continue
        if is_localised(value):
            texts = {str(code)[:2]: tidy(str(text)) for code, text in dict(value).items()}  # type: ignore[call-overload]
            name = texts.get("en") or next(iter(texts.values()))
            for code, text in texts.items():
                listed = localised.setdefault(name, {}).setdefault(code, [])
                if text not in listed:
                    listed.append(text)
        else:
            name = _name(value)
        spellings.setdefault(_JOINTS.sub("", name.casefold()), Counter())[name] += 1
    for text, number in plain.items():
        name = tidy(text)
        spellings.setdefault(_JOINTS.sub("", name.casefold()), Counter())[name] += number
    ranked = sorted(spellings.values(), key=lambda counts: (-counts.total(), min(counts)))
    common = lexicon().values.get(concept or "", {})
    common = {word.casefold(): words for word, words in common.items()}
    values: dict[str, Words] = {}
    for counts in ranked[:MOST_VALUES]:
        (name, _), *others = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        words: Words = {code: list(listed) for code, listed in localised.get(name, {}).items()}
        for spelling, _ in others:
            words.setdefault("zh" if is_chinese(spelling) else "en", [name] if not words else []).append(spelling)
        values[name] = words or {code: list(listed) for code, listed in common.get(name.casefold(), {}).items()}
    return values, len(ranked) > MOST_VALUES


def _name(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, int | float) else tidy(str(value))


def _single(raw: Iterable[object], separator: str | None) -> Iterable[object]:
    for value in raw:
        if isinstance(value, list | tuple):
            yield from (each for each in value if not is_missing(each))
        elif separator is not None and isinstance(value, str):
            yield from (part for part in value.split(separator) if not is_missing(part))
        else:
            yield value
