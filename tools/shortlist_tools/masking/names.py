"""Names of people: words that look like one, where a person stands, beside other personal data, and Chinese ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shortlist_tools.masking import slots
from shortlist_tools.masking.beside import find_beside
from shortlist_tools.masking.chinese_names import find_chinese_names
from shortlist_tools.masking.chinese_titles import find_called_names
from shortlist_tools.masking.forms import find_formal_names, firsts, never
from shortlist_tools.masking.latin import CAPITAL, LOWER, PARTICLE, UPPER, VAN, famous
from shortlist_tools.masking.likeness import likeness, listed_word, ordinary, plainly_first, surname
from shortlist_tools.masking.spans import Personal
from shortlist_tools.masking.words import word_set

Known = Callable[[str], bool]
"""Tells whether words name something of the catalog (a brand, an actor, a title), which is nobody's secret."""

_ENOUGH = 2.5
"""The evidence a name needs: that of its words and that of its place, less what speaks for a thing."""
_LISTED = 2.0
"""What a name gains from standing beside one that was found: "Hana and Wrenna"."""
_LOWERED = 1.0
"""What a first name loses in small letters."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RUN = re.compile(
    rf"(?<![A-Za-zÀ-ÿ])(?:[A-Z]\.\s?){{0,2}}{VAN}{CAPITAL}(?:\s(?:[A-Z]\.\s?)?(?:{PARTICLE}\s)?{CAPITAL}){{0,6}}(?:\s[A-Z]\.(?!\w))?"
)
_TOKEN = re.compile(r"[^\s]+")
_CAPITALS = re.compile(rf"(?<![A-Za-zÀ-ÿ\d])[{UPPER}]{{3,}}(?:[ '-][{UPPER}]{{2,}}){{0,3}}(?![A-Za-z\d])")
_SMALL = re.compile(rf"(?<![A-Za-zÀ-ÿ\d@._'-]){LOWER}(?![A-Za-zÀ-ÿ\d@_])")
_TAIL = re.compile(rf"\s(?:(?:al|el|bin|ibn|de|van|von|da|der)[-\s])?{LOWER}(?![A-Za-z\d@_])")
_ENDED = re.compile(r"\s?(?:[,.!?;)]|$|(?:here|again)\b)")
_INFLECTED = re.compile(r"(?:ed|er|y|al|ic|ous|ive|ing|ant|ent|s|th|n't|ful|ble|ck|rd|nt|ff)$")
_WHO = re.compile(
    r"(?<![A-Za-z'])(?:i'm|im|i am|its|it's|call me|my (?:[a-z]+ )?(?:sister|brother|son|daughter|wife|husband|"
    r"mum|mom|dad|friend|niece|nephew|cousin|boss|boyfriend|girlfriend|flatmate|roommate|partner|colleague|aunt|uncle))\s$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<![A-Za-z])(?:my (?:full |first |last )?name(?:'s| is)|name ?:|i'm called|(?:is|dog|cat|son|daughter) "
    rf"(?:called|named))\s*(?P<it>{LOWER}(?:\s{LOWER})?)"
    r"|(?:我叫|名叫|叫我|喊我|我是|名字是|名字叫|英文名(?:是|叫)?|(?:收件人|联系人|姓名|署名|落款|昵称)[:是]?|刻上?|"
    r"写上?|写着)[\s:\"]*(?P<latin>[A-Za-z]{2,15}(?:\s[A-Z][a-z]+)?)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:^|[.!?。!?\n]\s*)[\"']?$")
_WHERE = re.compile(r"\b(?:to|in|from|near|around|at|via|of|visit\w*|deliver\w*|and|or)\s$")
_OF = re.compile(r",?\s(?:[A-Z]{2}\b|and\s[A-Z]|(?P<land>[A-Z][a-z]+))")
_BETWEEN = re.compile(r"(?:\s?\(\d{1,2}(?: years?| yrs?| months?)?\))?(?:\s?(?:,\s?and|and|&|\+|和|、|/|,)\s?)")
_LAST = re.compile(r"\s?[.!)]{0,3}\s?(?:[xX]+|[♥❤🎂]*)$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    like: float
    evidence: float


def find_names(text: str, sure: Sequence[Personal], known: Known = lambda word: False) -> Iterator[Personal]:
    """Yield the names of people in `text`.

    Args:
        text: Words in English, Chinese or both.
        sure: Other personal data in it; a name that stands alone beside it is a person's.
        known: Tells whether words name something of the catalog, which is nobody's secret.
    """
    chinese = _HAN.search(text) is not None
    for start, end in [
        *_latin(text),
        *(find_chinese_names(text) if chinese else ()),
        *(find_called_names(text) if chinese else ()),
        *find_formal_names(text),
        *find_beside(text, sure),
    ]:
        if not known(text[start:end]):
            yield Personal(start, end, "name")


def _latin(text: str) -> Iterator[tuple[int, int]]:
    """Yield the names in Latin letters: those with evidence enough, and those that stand in a list with one."""
    found = sorted({*_capitals(text), *_small(text)}, key=lambda one: one.start)
    taken = [one.evidence >= _ENOUGH for one in found]
    for ahead in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        for place in ahead:
            beside = place - 1 if ahead.step == 1 else place + 1
            first, second = sorted((found[place], found[beside]), key=lambda one: one.start)
            if not _BETWEEN.fullmatch(text, first.end, second.start):
                continue
            if text[first.start : second.end].lower() in word_set("names.yaml", "famous_en"):
                taken[place] = taken[beside] = False
            elif taken[beside] and found[place].like + _LISTED >= _ENOUGH:
                taken[place] = True
    said = {word for one, take in zip(found, taken, strict=True) if take for word in text[one.start : one.end].split()}
    for one, take in zip(found, taken, strict=True):
        if take or (one.like >= 1 and not said.isdisjoint(text[one.start : one.end].split())):
            yield one.start, one.end
    for match in _NAMED.finditer(text):
        yield from _after_naming(text, match)


def _capitals(text: str) -> Iterator[_Candidate]:
    """Yield the runs of words with capitals, without the ordinary ones among them, each with its evidence."""
    for run in _RUN.finditer(text):
        yield from _segments(text, list(_TOKEN.finditer(text, run.start(), run.end())))
    for match in _CAPITALS.finditer(text):
        told = slots.before(text, match.start())
        words = match.group().lower().split()
        if told >= slots.SURE and not any(ordinary(word) for word in words):
            listed = plainly_first(words[0]) or surname(words[-1])
            like = 1.0 if listed or told > slots.SURE else 0.0
            yield _Candidate(match.start(), match.end(), like, like + told - 1)


def _segments(text: str, tokens: list[re.Match[str]]) -> Iterator[_Candidate]:
    """Yield what stands between ordinary words in a run of words with capitals."""
    held: list[re.Match[str]] = []
    skipped = False
    for token in tokens:
        word = _word(token)
        if skipped or word in word_set("ordinary.yaml", "place_heads"):
            skipped = not skipped
            continue
        goes_on = (
            word in word_set("ordinary.yaml", "particles")
            or len(word) == 1
            or (bool(held) and (surname(word) or _may_end(word, held)))
        )
        told = not held and not listed_word(word) and slots.before(text, token.start()) >= slots.SURE
        if goes_on or told or not ordinary(word) or _may_begin(word, tokens, token):
            held.append(token)
        else:
            yield from _weighed(text, held)
            held = []
    yield from _weighed(text, held)


def _may_begin(word: str, tokens: list[re.Match[str]], token: re.Match[str]) -> bool:
    """Return whether an ordinary word that is a first name too may be meant as one: "May Turner", "for Grace"."""
    after = tokens[tokens.index(token) + 1 :]
    return word in firsts() and (surname(_word(after[0])) if after else token is not tokens[0] or len(tokens) == 1)


def _may_end(word: str, held: list[re.Match[str]]) -> bool:
    """Return whether an ordinary word with a capital may be the surname to a first name: "Ingrid Sole"."""
    named = len(held) == 1 and plainly_first(_word(held[0]))
    return named and word not in never() and word not in word_set("ordinary.yaml", "things")


def _word(token: re.Match[str]) -> str:
    return token.group().strip(".,'\"").removesuffix("'s").lower()


def _weighed(text: str, tokens: list[re.Match[str]]) -> Iterator[_Candidate]:
    """Yield the candidate that `tokens` are, unless all of them are particles or initials."""
    while tokens and _word(tokens[-1]) in word_set("ordinary.yaml", "particles"):
        tokens = tokens[:-1]
    words = [_word(token) for token in tokens]
    whole = [word for word in words if word not in word_set("ordinary.yaml", "particles") and len(word) > 1]
    if not whole:
        return
    start, end = tokens[0].start(), tokens[-1].end()
    if text[end - 1] in ",'\"" or (text[end - 1] == "." and len(words[-1]) > 1):
        end -= 1
    lead = text[max(0, start - 16) : start].lower().split()
    if lead and famous([lead[-1], *whole]):  # Uncle Ben's rice
        return
    like = likeness(whole, _OPENING.search(text[max(0, start - 4) : start]) is not None and not slots.after(text, end))
    if len(whole) < len(words) and len(words[0]) == 1:
        like += 1
    if whole[0] in word_set("ordinary.yaml", "places_too") and (
        _WHERE.search(text[:start][-16:]) or _OF.match(text, end)
    ):
        like = 0
    yield _Candidate(start, end, like, _evidence(text, start, end, like))


def _evidence(text: str, start: int, end: int, like: float) -> float:
    """Return the evidence that words that look like a name so much are one where they stand."""
    if like <= 0:
        return 0.0
    told, follows = slots.before(text, start), slots.after(text, end)
    if told == slots.SURE and text[start:end].split(maxsplit=1)[0].lower() in word_set(
        "names.yaml", "famous_titled_en"
    ):
        return 0.0
    if like >= slots.TOLD and start and _OPENING.search(text[max(0, start - 4) : start]) and _LAST.match(text, end):
        follows = max(follows, slots.TOLD)
    return like + told + follows - slots.against(text, start, end, told, follows)


def _small(text: str) -> Iterator[_Candidate]:
    """Yield first names in small letters that are no words, with a surname after them."""
    for match in _SMALL.finditer(text):
        word = match.group()
        if not plainly_first(word) or len(word) < 3:
            if _ENDED.match(text, match.end()) and not _opens_as_word(text, match.start(), word):
                yield _Candidate(match.start(), match.end(), 0.0, _ENOUGH)
            continue
        end = match.end()
        tail = _TAIL.match(text, end)
        if tail:
            last = re.split(r"[-\s]", tail.group().strip())[-1]
            if (surname(last) and not ordinary(last)) or re.match(r"\s(?:al|el|bin|ibn|de|van|von)[-\s]", tail.group()):
                end = tail.end()
        start = match.start()
        like = likeness(text[start:end].split(), opening=False) - _LOWERED
        yield _Candidate(start, end, like, _evidence(text, start, end, like))


def _opens_as_word(text: str, start: int, word: str) -> bool:
    """Return whether an unknown word in small letters before a sign is none: "im deepika, ..." has one."""
    plain = len(word) < 4 or ordinary(word) or word in firsts() or _INFLECTED.search(word) is not None
    return plain or _WHO.search(text[max(0, start - 40) : start]) is None


def _after_naming(text: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield whatever words in small letters follow "my name is", up to the first that is no name."""
    start, end = match.span("it" if match["it"] else "latin")
    stops = never() | word_set("names.yaml", "after_lower")
    stop = start
    for token in _TOKEN.finditer(text, start, end):
        if _word(token) in stops:
            break
        stop = token.end()
    if stop > start:
        yield start, stop
