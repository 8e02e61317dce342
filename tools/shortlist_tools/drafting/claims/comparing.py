"""Comparatives and superlatives held against the values of the items on the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shortlist_tools.drafting.claims import lexicon
from shortlist_tools.drafting.claims.problem import Problem
from shortlist_tools.drafting.claims.reading import Reading
from shortlist_tools.drafting.claims.vocabulary import Degree, Direction, Form, any_of
from shortlist_tools.drafting.sheet import ItemFacts

_THAN = re.compile(r"\s?(?:\S+\s){0,4}?than\s(?P<rest>.*)")
_OTHERS = re.compile(
    r"(?:all |any of |either of |both of )?(?:the )?(?:others?|rest|both|all|them|these|either)(?![a-z])"
    r"|其他|其它|另外|别的|其余"
)
_BI = re.compile(
    r"(?:比起?|相比|较之?|相较于?|对比)\s?(?P<object>[^，。,.]{0,24}?)\s?(?:要|还|更|都|来得|显得|稍微?|略)*$"
)
_ZH_DEGREE = re.compile(r"(?P<degree>更|最|稍|略|较)(?:加|为|微)?(?P<rest>[\u4e00-\u9fff]{1,4})")
_ZH_TAIL = re.compile(r"(?:一点|一些|点儿?|些|得多|不少|很多|多了)")
_EN_UNKNOWN = re.compile(r"(?<![a-z])(?:(?P<most>most|least)\s(?P<adjective>[a-z]+)|(?P<est>[a-z]{2,}est))(?![a-z])")
_EN_THAN = re.compile(
    r"(?<![a-z])(?:(?:more|less)\s[a-z]+|better\s[a-z]+|[a-z]{2,}er)\sthan(?![a-z])"
    r"(?!\s(?:just|one|a\s|that|enough|ever|expected|usual|your|you|\$|\d))"
)
_LESS_LIKE = ("more", "most", "less", "least", "fewer", "fewest")


_Sides = tuple[tuple[ItemFacts, ...], tuple[ItemFacts, ...] | None]


@dataclass(frozen=True)
class _Claim:
    """A word of degree at a place, and what it may mean."""

    start: int
    end: int
    degree: Degree
    forms: tuple[Form, ...]


def comparison_problems(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for every comparative or superlative that is false of the sheet's items or cannot be told."""
    for match in lexicon.pattern("world").finditer(reading.text):
        yield Problem(kind="superlative", span=match.group(), why="nothing on the sheet says how it stands outside it")
    if reading.is_question:
        return
    for match in lexicon.pattern("multiples").finditer(reading.text):
        yield Problem(kind="comparative", span=match.group(), why="the sheet states no multiples")
    excused = [match.span() for match in lexicon.pattern("opinions").finditer(reading.text)]
    seen: list[tuple[int, int]] = []
    for claim in (*_english(reading), *_chinese(reading)):
        if reading.in_label(claim.start, claim.end):
            continue
        if any(start < claim.end and claim.start < end for start, end in (*excused, *seen)):
            continue
        seen.append((claim.start, claim.end))
        aside = reading.has("conditional", claim.start) and not reading.names_in_clause(claim.start)
        if reading.named and not aside and (problem := _verdict(claim, reading)):
            yield problem
    yield from _unknown(reading, [*excused, *seen])


def _english(reading: Reading) -> Iterator[_Claim]:
    for start, end, word in reading.words.find("english", reading.text):
        forms = tuple(reading.words.english.get(word, ()))
        if word.split(" ")[0] in _LESS_LIKE and " " not in word and not _label_follows(reading, end):
            continue
        for degree in ("comparative", "superlative"):
            fitting = tuple(form for form in forms if form.degree == degree)
            if fitting:
                yield _Claim(start, end, fitting[0].degree, fitting)


def _label_follows(reading: Reading, end: int) -> bool:
    return any(first <= 12 for first, _, _ in reading.words.find("labels", reading.text[end : end + 40])[:1])


def _chinese(reading: Reading) -> Iterator[_Claim]:
    stems = any_of(reading.words.chinese)
    for match in stems.finditer(reading.text):
        before, after = (
            reading.text[max(0, match.start() - 2) : match.start()],
            reading.text[match.end() : match.end() + 3],
        )
        degree: Degree | None = None
        if re.search(r"最(?:为)?$", before):
            degree = "superlative"
        elif (
            re.search(r"(?:更|稍|略|较)(?:加|为|微)?$", before)
            or _ZH_TAIL.match(after)
            or _object_before(reading, match.start()) is not None
        ):
            degree = "comparative"
        if degree:
            forms = tuple(Form(degree, form.direction, form.fields) for form in reading.words.chinese[match.group()])
            yield _Claim(match.start(), match.end(), degree, forms)


def _object_before(reading: Reading, at: int) -> re.Match[str] | None:
    start, _ = reading.clause(at)
    return _BI.search(reading.text[start:at])


def _verdict(claim: _Claim, reading: Reading) -> Problem | None:
    """Return the problem of one claim, or None where some field it may speak of bears it out."""
    span = reading.cased[claim.start : claim.end]
    subjects, objects = _sides(claim, reading)
    fields = _fields(claim, reading)
    if not fields and span.casefold() == "better":
        return None
    if claim.degree == "superlative" and not _is_among_these(claim, reading):
        return Problem(kind=claim.degree, span=span, why='more items fit than stand on the sheet: say "of these"')
    tried = False
    for name, direction in fields:
        if any(item.value(name) is None for item in subjects):
            continue
        tried = True
        if _holds(claim, (name, direction), (subjects, objects), reading) is not reading.negated(claim.start):
            return None
    about = ", ".join(item.title for item in subjects)
    why = (
        f"the values on the sheet say otherwise of {about}"
        if tried
        else f"the sheet has nothing to tell it by for {about}"
    )
    return Problem(kind=claim.degree, span=span, why=why)


def _is_among_these(claim: _Claim, reading: Reading) -> bool:
    """Return whether a superlative says that it holds among the items of the sheet, where there are more than those."""
    if reading.sheet.is_whole or reading.negated(claim.start):
        return True
    return reading.has("narrow") and not reading.has("wide", claim.start)


def _fields(claim: _Claim, reading: Reading) -> list[tuple[str, Direction]]:
    """Return the fields that the claim may speak of: those named in its clause first, else the word's own."""
    start, end = reading.clause(claim.start)
    labels = [name for at, _, word in reading.labels if start <= at < end for name in reading.words.labels[word]]
    beside: list[tuple[str, Direction]] = []
    for name in labels:
        for form in claim.forms:
            if not form.fields or name in form.fields:
                beside.append((name, form.direction))
    if beside:
        return beside
    return [(name, form.direction) for form in claim.forms for name in form.fields]


def _sides(claim: _Claim, reading: Reading) -> _Sides:
    """Return what is compared and with what; None for the latter means whatever else is on the sheet."""
    start, end = reading.clause(claim.start)
    bi = _object_before(reading, claim.start)
    if bi:
        objects = _items_in(reading, start + bi.start("object"), start + bi.end("object"))
        before = _items_in(reading, start, start + bi.start())
        return before or _subject_outside(reading, claim, objects), objects or _rest(bi["object"], before, reading)
    than = _THAN.match(reading.text, claim.end, end)
    if than:
        objects = _items_in(reading, than.start("rest"), end)
        subjects = (
            _items_in(reading, start, claim.start)[-1:]
            if not _grouped(reading, claim.start)
            else reading.subjects(claim.start)
        )
        subjects = subjects or reading.subjects(claim.start)
        return subjects, objects or _rest(than["rest"], subjects, reading)
    return reading.subjects(claim.start), None


def _grouped(reading: Reading, at: int) -> bool:
    before = [group for group in reading.groups if group.end <= at]
    return bool(before) and len(before[-1].items) > 1


def _items_in(reading: Reading, start: int, end: int) -> tuple[ItemFacts, ...]:
    return tuple(item for group in reading.groups if start <= group.start and group.end <= end for item in group.items)


def _subject_outside(reading: Reading, claim: _Claim, objects: Sequence[ItemFacts]) -> tuple[ItemFacts, ...]:
    taken = {item.ref for item in objects}
    after = [item for group in reading.groups if group.start >= claim.end for item in group.items]
    before = [item for group in reading.groups if group.end <= claim.start for item in group.items]
    left = [item for item in (*reversed(before), *after) if item.ref not in taken]
    return tuple(left[:1])


def _rest(words: str, subjects: Sequence[ItemFacts], reading: Reading) -> tuple[ItemFacts, ...] | None:
    if not _OTHERS.search(words):
        return None
    taken = {item.ref for item in subjects}
    return tuple(item for item in reading.sheet.items if item.ref not in taken)


def _holds(claim: _Claim, field: tuple[str, Direction], sides: _Sides, reading: Reading) -> bool:
    """Say whether every subject is ahead of the objects: of all others for a superlative, of any for "cheaper"."""
    (name, direction), (subjects, objects) = field, sides
    taken = {item.ref for item in subjects}
    others = [item for item in (objects if objects is not None else reading.sheet.items) if item.ref not in taken]
    values = [item.value(name) for item in others if item.value(name) is not None]
    if not values or not subjects:
        return False
    way = reading.schema.by_name[name].better if direction == "good" else {"more": "higher", "less": "lower"}[direction]
    if way is None:
        return False
    for item in subjects:
        own = item.value(name)
        if claim.degree == "superlative":
            if any(_ahead(value, own, way) for value in values):
                return False
        else:
            verdicts = [_ahead(own, value, way) for value in values]
            if not (all(verdicts) if objects is not None else any(verdicts)):
                return False
    return True


def _ahead(one: object, other: object, way: str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return str(one) > str(other) if way == "higher" else str(one) < str(other)
    first, second = float(one), float(other)  # type: ignore[arg-type]
    return first > second if way == "higher" else first < second


def _unknown(reading: Reading, known: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """Yield a problem for words of degree that no field of the schema can bear out."""
    if not reading.named:
        return
    plain = set(lexicon.load()["plain_est"])

    def is_known(match: re.Match[str]) -> bool:
        return reading.in_label(match.start(), match.start() + 1) or any(
            start < match.end() and match.start() < end for start, end in known
        )

    for match in _EN_UNKNOWN.finditer(reading.text):
        if not is_known(match) and match["est"] not in plain:
            yield Problem(kind="superlative", span=match.group(), why="no field of the catalog can tell")
    for match in _EN_THAN.finditer(reading.text):
        if not is_known(match) and not match.group().startswith(("rather", "other", "whether")):
            yield Problem(kind="comparative", span=match.group(), why="no field of the catalog can tell")
    for match in _ZH_DEGREE.finditer(reading.text):
        if match["degree"] in "更最" and not is_known(match):
            kind: Degree = "superlative" if match["degree"] == "最" else "comparative"
            yield Problem(kind=kind, span=match.group(), why="no field of the catalog can tell")
