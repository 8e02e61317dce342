"""Claims about what was asked, promises, names that are not on the sheet, and the language of a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from shortlist_tools.drafting.claims import lexicon
from shortlist_tools.drafting.claims.problem import Problem
from shortlist_tools.drafting.claims.reading import MARK, Reading
from shortlist_tools.drafting.sheet import ItemFacts
from shortlist_tools.text import detect_language, fold

_LATIN_WORD = re.compile(r"[A-Za-z]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MODEL = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9-]*[A-Z])(?=[A-Za-z0-9-]*\d)[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?![A-Za-z0-9])"
)
_PROPER = re.compile(r"(?<![A-Za-z0-9'’-])[A-Z][a-z]+(?:[A-Z][a-z]*)*(?![A-Za-z])")
_QUOTED = re.compile(r"[《「『](?P<name>[^》」』]{1,60})[》」』]")
_OPENING = re.compile(r"(?:^|[.!?:;。！？：；“\"(（–—-])\s*$")
_NO = re.compile(r"n't|(?<![a-z])(?:not|no|without)(?![a-z])|不|没|无")


def wording_problems(reading: Reading, others: Collection[str]) -> Iterator[Problem]:
    """Yield what a sentence says wrongly of the request, promises beyond the sheet, or names that is not on it."""
    yield from _language(reading)
    yield from _unknown_names(reading, others)
    if reading.is_question or reading.has("hedges"):
        return
    yield from _promises(reading)
    yield from _request(reading)


def _request(reading: Reading) -> Iterator[Problem]:
    """Hold "within your budget" and "meets everything you asked" against what each item fits and breaks."""
    for match in lexicon.pattern("everything").finditer(reading.text):
        items, _ = reading.spoken_of(match.start())
        denied = reading.has("missed", match.start()) and re.search(
            r"(?<![a-z])(?:nothing|none|not|no|neither)(?![a-z])|n't|没|不|无", reading.text
        )
        missed = [item.title for item in items if _misses(item, reading)]
        if not denied and (missed or not reading.requirements):
            yield Problem(
                kind="requirement", span=match.group(), why=f"not so: {', '.join(missed) or 'nothing was asked'}"
            )
    price = reading.schema.role("price")
    for match in lexicon.pattern("budget").finditer(reading.text):
        rows = [
            row
            for row in reading.requirements
            if price and row.field == price.name and row.op in ("<", "<=", "between", "==")
        ]
        if not rows:
            if reading.named:
                yield Problem(kind="requirement", span=match.group(), why="no budget was named")
            continue
        if not reading.named or reading.has("conditional", match.start()):
            continue
        over = reading.has("over", match.start())
        for item in reading.subjects(match.start()):
            inside = all(row.id in item.fits or row.scope == "slate" for row in rows)
            if inside is over:
                yield Problem(
                    kind="requirement",
                    span=match.group(),
                    why=f"{item.title} is {'within' if inside else 'outside'} it",
                )


def _misses(item: ItemFacts, reading: Reading) -> bool:
    rows = [row.id for row in reading.requirements if row.hard and row.group is None]
    return bool(item.broken) or any(row not in item.fits for row in rows)


def _promises(reading: Reading) -> Iterator[Problem]:
    said = fold(
        " ".join(
            text
            for item in reading.sheet.items
            for text in (*(fact.text for fact in item.facts), *item.reasons, *item.disclosures)
        )
    )
    for match in lexicon.pattern("promises").finditer(reading.text):
        if match.group() not in said and not _NO.search(reading.text[max(0, match.start() - 12) : match.start()]):
            yield Problem(kind="promise", span=match.group(), why="the sheet promises nothing of the kind")


def _unknown_names(reading: Reading, others: Collection[str]) -> Iterator[Problem]:
    known = _known_words(reading)
    for other in others:
        if len(other) > 2 and fold(other) in reading.text:
            yield Problem(kind="name", span=other, why="this item is not on the sheet")
    for match in _QUOTED.finditer(reading.cased):
        if not re.search(MARK, match["name"]) and fold(match["name"]) not in known:
            yield Problem(kind="name", span=match["name"], why="nothing on the sheet has this name")
    for match in _MODEL.finditer(reading.cased):
        if fold(match.group()) not in known:
            yield Problem(kind="name", span=match.group(), why="nothing on the sheet has this name")
    for match in _PROPER.finditer(reading.cased):
        if (
            match.group() in lexicon.load()["proper"]
            or fold(match.group()) in known
            or _OPENING.search(reading.cased[: match.start()])
        ):
            continue
        yield Problem(kind="name", span=match.group(), why="nothing on the sheet has this name")


def _known_words(reading: Reading) -> str:
    """Return all that may be named: texts of the sheet, the schema's words, what the user said."""
    sheet = [
        text
        for item in reading.sheet.items
        for text in (item.title, *item.names, *item.reasons, *(fact.text for fact in item.facts))
    ]
    asked = [text for row in reading.requirements for text in (row.quote, str(row.value))]
    words = reading.words
    schema = [
        *words.values,
        *words.flags,
        *words.labels,
        *(label for field in reading.schema.fields for label in field.label.values()),
    ]
    return fold("\n".join([*sheet, *asked, *schema]))


def _language(reading: Reading) -> Iterator[Problem]:
    plain = re.sub(MARK, " ", reading.cased)
    for match in _QUOTED.finditer(plain):
        plain = plain.replace(match.group(), " ")
    latin, han = len(_LATIN_WORD.findall(plain)), len(_HAN.findall(plain))
    if latin + han < 3:
        return
    if reading.language == "zh" and latin >= 3 and detect_language(plain) != "zh":
        yield Problem(kind="language", span=plain.strip()[:40], why="the user writes Chinese")
    elif reading.language == "en" and han >= 4 and detect_language(plain) != "en":
        yield Problem(kind="language", span=plain.strip()[:40], why="the user writes English")
