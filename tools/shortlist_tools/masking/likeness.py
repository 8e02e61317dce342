"""How much words in Latin letters look like somebody's name, whatever stands around them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from shortlist_tools.masking.forms import firsts, never, surnames
from shortlist_tools.masking.latin import famous, romanised
from shortlist_tools.masking.words import word_set

_FIRST, _ALSO_A_WORD, _ORDINARY_TOO, _UNKNOWN = 3.0, 2.0, 0.25, 1.0
_LISTED_SURNAME, _TO_UNKNOWN, _SECOND, _ROMANISED = 1.0, 1.5, 0.25, 1.0
_OPENS = 0.5
"""What an unknown word loses at the beginning of a sentence, where every word has a capital."""
_ENDINGS = re.compile(
    r"(?:ing|tion|sion|ness|ment|able|ible|ful|less|ous|ive|ity|edly|ally|ically|ish|ist|ism|ship|ward|ware|proof|size|"
    r"ican|[^i]ese|[^aeiou]ed|[^aeiou]ly|ually|hood|wear|board|pods?|book|works?|tech|soft|craft|cast|"
    r"ology|ography|ics|ette|ized?|ised?|ational|ages?)$"
)
_OF_A_LAND = re.compile(r".{4,}(?:ian|ean)$")
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:i?ang|i?ong|uang|eng|ing|ian|iao|uai|uan|[iu]e|i[anu]|u[aino]|[aeo]i|"
    r"ao|ou|an|en|[aeiou])){2,3}"
)


@lru_cache(maxsize=4096)
def ordinary(word: str) -> bool:
    """Return whether `word` (small letters) is an ordinary word, a brand, a place or a day rather than a name."""
    word = word.removesuffix("'s")
    if listed_word(word):
        return True
    if word in firsts() or word in surnames():
        return False
    if len(word) < 3:
        return True
    if "-" in word:
        return all(len(part) < 3 or ordinary(part) for part in word.split("-"))
    inflected = len(word) > 5 and _ENDINGS.search(word) is not None and not _PINYIN.fullmatch(word)
    return inflected or _OF_A_LAND.fullmatch(word) is not None


def listed_word(word: str) -> bool:
    """Return whether `word` (small letters) is in a list of words that are no names, or the plural of one."""
    if word in never() or word in word_set("ordinary.yaml", "things"):
        return True
    if word in firsts() or word in surnames():
        return False
    single = word[:-1] if word.endswith("s") else word
    return bool({word, single} & word_set("ordinary.yaml", "words")) or single in never()


def plainly_first(word: str) -> bool:
    """Return whether `word` (small letters) is a first name and nothing else."""
    return _is_first(word) and word not in word_set("names.yaml", "words_too") and word not in never()


def surname(word: str) -> bool:
    """Return whether `word` (small letters) is a surname that is known."""
    return word in surnames() or _plain(word) in surnames()


def likeness(words: list[str], opening: bool) -> float:
    """Return how much `words` look like a name: 0 not at all, 1 unknown with a capital, 3 a first name, 4 a full name.

    Args:
        words: The words in small letters, none of them ordinary unless a surname too.
        opening: Whether the first one begins a sentence, where its capital says nothing.
    """
    head, last = words[0], words[-1]
    if famous(words):
        return 0.0
    if plainly_first(head):
        value = _FIRST
    elif _is_first(head):
        value = _ORDINARY_TOO if head in never() else _ALSO_A_WORD
    elif listed_word(head):
        return 0.0
    else:
        value = _UNKNOWN - (_OPENS if opening else 0)
    if len(words) > 1:
        listed = surname(last) or plainly_first(last)
        value += (
            _TO_UNKNOWN
            if listed and value <= _UNKNOWN and last not in never()
            else _LISTED_SURNAME
            if listed
            else _SECOND
        )
        value += _ROMANISED if romanised(words) else 0
    return value


def _is_first(word: str) -> bool:
    return word in firsts() or _plain(word) in firsts() or ("-" in word and _compound(word))


def _compound(word: str) -> bool:
    """Return whether a word with hyphens is a first name: "Anna-Lena", "Seo-yeon"."""
    parts = word.split("-")
    return parts[0] in firsts() or all(part in word_set("more.yaml", "syllables") for part in parts)


@cache
def _unaccented() -> dict[int, str]:
    return {ord(one): other for one, other in zip("øØłŁđĐıß", "oOlLdDis", strict=True)}


def _plain(word: str) -> str:
    """Return `word` without accents."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word.translate(_unaccented()))
    return "".join(one for one in parts if not unicodedata.combining(one))
