"""The forms a word of the schema may take in a sentence: plurals, spellings, degrees of adjectives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from .phrases import fold, is_cjk

Degree = Literal["base", "comp", "sup"]

_IRREGULAR_PLURALS = {
    "child": "children",
    "man": "men",
    "woman": "women",
    "person": "people",
    "foot": "feet",
    "shelf": "shelves",
    "knife": "knives",
    "tooth": "teeth",
}
_IRREGULAR_SINGULARS = {plural: singular for singular, plural in _IRREGULAR_PLURALS.items()}
_IRREGULAR_DEGREES = {
    "good": ("better", "best"),
    "well": ("better", "best"),
    "bad": ("worse", "worst"),
    "far": ("further", "furthest"),
    "much": ("more", "most"),
    "little": ("less", "least"),
}
_SPELLINGS = (
    ("our", "or"),
    ("lling", "ling"),
    ("lled", "led"),
    ("ller", "ler"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("isation", "ization"),
    ("grey", "gray"),
    ("fibre", "fiber"),
    ("metre", "meter"),
    ("litre", "liter"),
    ("theatre", "theater"),
    ("jewellery", "jewelry"),
)
_VOWELS = "aeiou"
_ZH_BEFORE = ("更加", "更", "最", "太", "很", "比较", "较", "再")
_ZH_AFTER = ("一点的", "一些的", "一点", "一些", "点", "些", "的")
_ZH_INSERTS: tuple[tuple[str, Degree], ...] = (
    ("更", "comp"),
    ("更加", "comp"),
    ("再", "comp"),
    ("最", "sup"),
    ("很", "base"),
    ("比较", "base"),
    ("特别", "base"),
    ("非常", "base"),
    ("要", "base"),
    ("够", "base"),
    ("挺", "base"),
    ("足够", "base"),
)


def opposite(word: str) -> str | None:
    """Return what has the thing that a word says is lacking: wired for wireless, 有线 for 无线; else None."""
    base = fold(word).strip()
    if base.startswith("无") and len(base) > 1:
        return "有" + base[1:]
    stem = base.removesuffix("less")
    if stem == base or len(stem) < 3 or " " in base:
        return None
    return stem + ("d" if stem.endswith("e") else "ed")


def is_chinese(phrase: str) -> bool:
    """Say whether a phrase has Chinese characters."""
    return any(is_cjk(char) for char in phrase)


def plural(word: str) -> str:
    """Return the English plural of a word."""
    if word in _IRREGULAR_PLURALS:
        return _IRREGULAR_PLURALS[word]
    if word.endswith("y") and len(word) > 2 and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def singular(word: str) -> str | None:
    """Return the English singular of a word that looks like a plural, else None."""
    if word in _IRREGULAR_SINGULARS:
        return _IRREGULAR_SINGULARS[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return None
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


def _respelled(phrase: str) -> Iterator[str]:
    for british, american in _SPELLINGS:
        if british in phrase:
            yield phrase.replace(british, american)
        if american in phrase and british not in phrase:
            yield phrase.replace(american, british)


def spellings(phrase: str, *, plurals: bool = True) -> set[str]:
    """Return a folded phrase with its obvious variants: plural and singular, spelling, spacing.

    >>> sorted(spellings("desk lamp"))
    ['desk lamp', 'desk lamps', 'desklamp', 'desklamps']
    """
    base = fold(phrase).strip()
    if is_chinese(base):
        return {base, base.replace(" ", "")}
    found = {base}
    if base.count(" ") == 1 and all(len(word) > 3 and word.isalpha() for word in base.split()):
        found.add(base.replace(" ", ""))
    if "-" in phrase or "_" in phrase:
        found.add(base.replace(" ", "") if phrase.count("-") == 1 and "_" not in phrase else base)
    head, _, last = base.rpartition(" ")
    lead = head + " " if head else ""
    if plurals and last.isalpha():
        one = singular(last)
        found.add(lead + one if one else lead + plural(last))
    if plurals and " " in base and base.replace(" ", "") in found:
        found |= {form.replace(" ", "") for form in tuple(found)}
    for form in tuple(found):
        found.update(_respelled(form))
    if "'" in base:
        found.add(base.replace("'", ""))
    return found


_ADJECTIVES = (("ation", "ated"), ("ance", "antic"), ("ory", "orical"))


def derived(phrase: str) -> set[str]:
    """Return what else an English value goes by: animated for Animation, sci-fi for Science Fiction.

    >>> sorted(derived("Science Fiction"))
    ['sci fi', 'scifi']
    """
    base = fold(phrase).strip()
    words = base.split()
    if not base.isascii():
        return set()
    if len(words) == 2 and all(len(word) > 5 and word.isalpha() for word in words):
        clipped = words[0][:3], words[1][:2]
        return {" ".join(clipped), "".join(clipped)}
    return {
        base.removesuffix(noun) + adjective
        for noun, adjective in _ADJECTIVES
        if base.endswith(noun) and len(words) == 1
    }


def _syllables(word: str) -> int:
    return max(1, sum(1 for i, char in enumerate(word) if char in "aeiouy" and (i == 0 or word[i - 1] not in "aeiouy")))


def _graded(word: str) -> tuple[str, str]:
    """Return comparative and superlative of an English adjective."""
    if word in _IRREGULAR_DEGREES:
        return _IRREGULAR_DEGREES[word]
    count = _syllables(word.removesuffix("e") if word.endswith("e") else word)
    if count > 2 or (count == 2 and not word.endswith(("y", "le", "ow", "er", "et"))):
        return f"more {word}", f"most {word}"
    if word.endswith("e"):
        stem = word[:-1]
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        stem = word[:-1] + "i"
    elif len(word) >= 3 and word[-1] not in "wxy" + _VOWELS and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        stem = word + word[-1]
    else:
        stem = word
    return f"{stem}er", f"{stem}est"


def _bases(word: str) -> tuple[str, ...] | None:
    """Return what an English comparative or superlative may be made of, or None if it is neither."""
    for base, (comparative, superlative) in _IRREGULAR_DEGREES.items():
        if word in (comparative, superlative):
            return (base,) if word not in ("better", "best") else ("good", "well")
    for ending in ("est", "er"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            if stem.endswith("i"):
                return (stem[:-1] + "y",)
            if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "ls":
                return (stem[:-1],)
            return stem, stem + "e"
    return None


def _english_degrees(phrase: str) -> Iterator[tuple[str, Degree]]:
    words = phrase.split()
    if words[0] in ("more", "most") and len(words) > 1:
        rest = " ".join(words[1:])
        yield from ((rest, "base"), (f"more {rest}", "comp"), (f"most {rest}", "sup"))
        return
    if words[0] in ("less", "least"):
        rest = " ".join(words[1:])
        yield from ((f"less {rest}", "comp"), (f"least {rest}", "sup"))
        return
    if words[0] == "too":
        return
    for i, word in enumerate(words):
        bases = _bases(word)
        if bases is None:
            continue
        for base in bases:
            for form, degree in zip((base, *_graded(base)), ("base", "comp", "sup"), strict=True):
                yield " ".join([*words[:i], form, *words[i + 1 :]]), degree  # type: ignore[misc]
        return
    yield phrase, "base"
    if len(words) == 1:
        comparative, superlative = _graded(phrase)
        yield from ((comparative, "comp"), (superlative, "sup"))


def _chinese_degrees(phrase: str) -> Iterator[tuple[str, Degree]]:
    if phrase.startswith("太"):
        return
    base = phrase
    for before in _ZH_BEFORE:
        if base.startswith(before) and len(base) > len(before):
            base = base[len(before) :]
            break
    for after in _ZH_AFTER:
        if base.endswith(after) and len(base) > len(after):
            base = base[: -len(after)]
            break
    for inner in ("更", "最"):
        head, found, tail = base.partition(inner)
        if found and head and tail:
            base = head + tail
    yield base, "base"
    if len(base) >= 3 and base[-1] in "高低长短多少大小好强弱久贵重轻亮暗快慢":
        for insert, degree in _ZH_INSERTS:
            yield base[:-1] + insert + base[-1], degree


def degrees(phrase: str) -> set[tuple[str, Degree]]:
    """Return the forms of a comparing phrase of the schema, each with its degree.

    >>> sorted(degrees("cheaper"))
    [('cheap', 'base'), ('cheape', 'base'), ('cheaper', 'comp'), ('cheapest', 'sup')]
    """
    base = fold(phrase).strip()
    if not base:
        return set()
    return set(_chinese_degrees(base) if is_chinese(base) else _english_degrees(base))


def reversed_base(phrase: str) -> str | None:
    """Return "long" for "too long", "长" for "太长": listed as wanting less, its base means more; else None."""
    base = fold(phrase).strip()
    for lead in ("too ", "太", "过于"):
        if base.startswith(lead):
            return base[len(lead) :]
    return None
