"""Names of people in English and Chinese: after words that announce them, before titles, or by first and last name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any

import yaml

from shortlist_tools.masking.spans import Personal

Known = Callable[[str], bool]
_CAPITAL = r"[A-ZÀ-Þ][a-zà-ÿ]+(?:[-'’][A-ZÀ-Þa-zà-ÿ]+)*"
_FULL = rf"{_CAPITAL}(?:\s+(?:[A-Z]\.\s+)?(?:(?:van|de|von|da|di|la|le|bin|al|del)\s+)?{_CAPITAL}){{0,2}}"
_LOWER = r"[a-z]+(?:[-'’][a-z]+)?(?:\s+[a-z]+)?"
_HAN = r"[\u4e00-\u9fff]"


_WORKS_BEFORE = re.compile(
    r"(?:\b(?:movies?|films?|books?|novels?|albums?|songs?|music|shows?|series|biography|poems?|paintings?|perfume)\b"
    r"[^.!?;]{0,30}?\b(?:by|with|from|of|about|starring|featuring)"
    r"|\b(?:starring|directed by|written by|sung by|played by|fans? of))"
    r"\s*$|(?:导演|主演|作者|作家|歌手|演员|明星|偶像|球星|诗人|画家|品牌)(?:是|叫|为)?\s*$",
    re.IGNORECASE,
)
_WORKS_AFTER = re.compile(
    r"(?:的(?:歌|电影|小说|书|专辑|演唱会|作品|诗|画|剧|粉丝|传记|同款)|主演|导演|演的|写的|唱的|代言"
    r"|[’']s (?:movies?|films?|books?|novels?|albums?|songs?|music))"
)


@cache
def _words() -> dict[str, Any]:
    text = resources.files("shortlist_tools.masking").joinpath("names.yaml").read_text("utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    return words


@cache
def _set(name: str) -> frozenset[str]:
    listed = _words()[name]
    return frozenset(listed.split() if isinstance(listed, str) else listed)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = _words()
    surname = "(?:" + "|".join([*words["compound_surnames"].split(), f"[{''.join(words['surnames'].split())}]"]) + ")"
    said = "|".join(sorted(words["announced_zh"], key=len, reverse=True))
    titles = "|".join(sorted(words["titles_zh"].split(), key=len, reverse=True))
    announced = "|".join(words["announced_en"])
    spoken_of = "|".join(words["spoken_of_en"])
    honorifics = "|".join(words["honorifics_en"].split())
    return {
        "announced_en": re.compile(rf"(?<![A-Za-z])(?i:{announced})\s*[:：]?\s*[\"“]?(?P<it>{_FULL})"),
        "lower_first_en": re.compile(r"(?<![A-Za-z])(?:i'm|i am|im|this is|call me) (?P<it>[a-z]+)(?![A-Za-z'])"),
        "lower_en": re.compile(rf"(?<![A-Za-z])(?i:my (?:full |first |last )?name(?:'s| is)|i'm called|name\s*[:：])"
                               rf"\s*(?P<it>{_LOWER})(?![A-Za-z])"),
        "spoken_of_en": re.compile(rf"(?<![A-Za-z])(?i:{spoken_of})\s+(?P<it>{_FULL})"),
        "honorific_en": re.compile(rf"(?<![A-Za-z])(?i:{honorifics})\.?\s+(?P<it>{_FULL})"),
        "full_en": re.compile(rf"(?<![A-Za-z])(?P<it>{_CAPITAL}\s+(?:[A-Z]\.\s+)?{_CAPITAL})(?![A-Za-z])"),
        "signed_en": re.compile(rf"(?i:regards|sincerely|thanks|cheers|best|yours|love)"
                                rf"\s*,?\s*[\n,—-]\s*(?P<it>{_FULL})\s*[.!]?\s*$"),
        "announced_zh": re.compile(rf"(?:{said})[\s:：“\"「]*(?P<it>{surname}(?:{_HAN}{{1,2}}))"),
        "titled_zh": re.compile(rf"(?P<it>{surname}{_HAN}{{0,2}}?)(?:{titles})"),
        "bare_zh": re.compile(rf"(?<!{_HAN})(?P<it>{surname}{_HAN}{{1,2}})(?=[,，。.:：;；、\s\d]|$)"),
        "pinyin": re.compile(rf"(?:{said})[\s:：“\"「]*(?P<it>{_FULL})"),
    }  # fmt: skip


def find_names(text: str, known: Known = lambda word: False) -> Iterator[Personal]:
    """Yield the names of people in `text`.

    Args:
        text: Words in English, Chinese or both.
        known: Tells whether words name something of the catalog (a brand, an actor, a title), which is nobody's secret.
    """
    for way, pattern in _patterns().items():
        for match in pattern.finditer(text):
            start, end = match.span("it")
            if way.endswith("zh"):
                end = _end_of_chinese(text, start, end, way)
            else:
                end = _end_of_english(text, start, end, way)
            if end > start and not known(text[start:end]) and not _famous(text, start, end):
                yield Personal(start, end, "name")


def _famous(text: str, start: int, end: int) -> bool:
    """Return whether the words around a name say that it is known for its works."""
    return bool(_WORKS_BEFORE.search(text[:start]) or _WORKS_AFTER.match(text[end:]))


def _end_of_english(text: str, start: int, end: int, way: str) -> int:
    """Return where the name at `start` ends, or `start` where the words are none."""
    parts = [(match.group(), match.end()) for match in re.finditer(r"[^\s]+", text[start:end])]
    kept = 0
    for place, (word, stop) in enumerate(parts):
        plain = word.strip(".,'’\"").lower()
        if plain in _set("never_names") or (way == "lower_en" and plain in _set("after_lower")):
            break
        if place == 0 and way in ("spoken_of_en", "full_en", "lower_first_en") and plain not in _set("first_names"):
            break
        if place == 0 and way == "announced_en" and _weakly(text, start) and plain not in _set("first_names"):
            break
        kept = stop
    if way == "full_en" and kept < end - start:
        return start
    return start + kept


def _weakly(text: str, start: int) -> bool:
    """Return whether only "I'm" or "I am" announces a name: "I'm Canadian" says none."""
    return re.search(r"(?i)(?:i'm|i’m|i am|this is|it's|im)\s*$", text[:start]) is not None


def _end_of_chinese(text: str, start: int, end: int, way: str) -> int:
    """Return where the name at `start` ends, or `start` where the characters are none."""
    name = text[start:end]
    if any(name.startswith(word) for word in _set("never_names_zh")):
        return start
    if way == "titled_zh":
        return end
    given = _words()["given_characters"]
    long = any(name.startswith(one) for one in _words()["compound_surnames"].split())
    first = 2 if long else 1
    rest = name[first:]
    if not rest:
        return start
    if way == "bare_zh":
        return end if all(one in given for one in rest) else start
    if len(rest) == 2 and (rest[1] in _words()["after_names"] or (rest[1] not in given and rest[0] in given)):
        return end - 1
    if rest[0] in _words()["after_names"]:
        return start
    return end
