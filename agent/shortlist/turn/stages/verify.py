"""Stage 6, verify: render a sentence's figures from the sheet and hold its every claim against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from shortlist.turn.state import Services
from shortlist_tools.catalog import Requirement, Snapshot, document_of
from shortlist_tools.drafting import FactSheet, ItemFacts, check, render

LEFT_OVER = re.compile(
    r"[{}<>#|]|https?://|www\.|\[[a-z\d]|```|\*\*|\b(?:why|fits|breaks):|(?:为什么|原因)(?![^?？]*[?？])"
    r"|(?<=[a-z])[:\s]+(?:yes|no)(?=[,.;]|$)|(?<![就都也不还而但总或要与可])[是否](?=[，。；,;！!]|$)"
)
"""What is never prose: placeholders, addresses, mark-up, labels of the sheet's lines."""
PRONOUN = re.compile(r"^(?:(?:it|they|this(?: one)?|that(?: one)?|these)\b|它们?|这[款个双件台本瓶])", re.IGNORECASE)
"""How a sentence goes on about the item before."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")
FOREIGN = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")
"""Letters of languages that no reply is written in."""
ROUGHLY = re.compile(
    r"\b(about|around|roughly|nearly|almost|some|circa)\s+(an?\b|[\d$€£¥]|\w+ty\b|\w+teen\b)|(大概|大约|约|差不多|将近|近)\s*[\d一二两三四五六七八九十百千]|左右",
    re.IGNORECASE,
)
"""Figures that are not quite the catalog's."""
ORDINAL = re.compile(
    r"^(?:(第一[个款双件台本瓶]|the first(?: one)?\b)|(第二[个款双件台本瓶]|the second(?: one)?\b)"
    r"|(第三[个款双件台本瓶]|the third(?: one)?\b))",
    re.IGNORECASE,
)
LABELLED = re.compile(r"[A-Za-z\u4e00-\u9fff]\s?[:：]\s?")
FEW_FIELDS = 2
PAUSE = re.compile(r"[,，;；、](?!\d)")
MANY_PAUSES = 5
RUNS_ON = re.compile(r"^\s+(?:A|[A-Z][a-z]+)\s")
"""What stands behind a name at the beginning, where a sentence of its own begins instead of what is said of it."""
SAYS = re.compile(r"[A-Za-z]{2}|[\u4e00-\u9fff]|\d")
REFERENCE = re.compile(r"\[(\d{1,2})\]|\{(\d{1,2})\.")


class Sentence(BaseModel):
    """One sentence of a message.

    Attributes:
        text: As the user reads it; empty where it was dropped.
        item: The first item it is about.
        names: All items it is about.
        source: Who wrote it.
        problems: Why the model's own sentence did not hold.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    item: str | None = None
    names: tuple[str, ...] = ()
    source: Literal["model", "built-in"] = "model"
    problems: tuple[str, ...] = ()


def verified(
    text: str,
    sheet: FactSheet,
    requirements: Sequence[Requirement],
    language: str,
    services: Services,
    others: Sequence[str] = (),
    message: str = "",
    before: str | None = None,
    known: KnownTexts | None = None,
) -> Sentence:
    """Return a model's sentence with its references rendered, and the problems that the claim check found.

    `others` are titles of items that the sentence must not name; it must name none of the catalog's beside those of the
    sheet and of the user's `message`. A sentence that names none goes on about the item `before`; where there was none
    either, it speaks of nothing that could be checked. `known` are the texts whose words it may use (`known_texts`).
    """
    text = _without_repeated_titles(text.strip(), sheet)
    rendered = render(text, sheet)
    prose = _once(rendered.text, sheet)
    names = _names(text, rendered.text, sheet)
    told, problems = text, []
    if not names and sheet.items:
        about = _meant(text, sheet, before)
        if about is None:
            problems.append("unnamed: it names no item")
        else:
            told, names = f"[{about.ref}] {PRONOUN.sub('', text)}", [about.id]
    others = (*others, *_not_shown(text, sheet, requirements, message, services))
    found = check(
        told, sheet, requirements, language, others=others, today=services.today(), known=known and known.about(names)
    )
    problems += [f"{problem.kind}: {problem.why}" for problem in found]
    bare = _without_titles(prose, sheet)
    problems += [*_unfit(bare, language), *_run_together(prose, sheet)]
    titles = {name for one in sheet.items for name in one.names if name != one.title}
    problems += [f"language: {title} has a title in this one" for title in titles if title in bare]
    if rendered.unknown:
        problems.append(f"unknown_item: {', '.join(rendered.unknown)}")
    return Sentence(text=prose, item=names[0] if names else None, names=tuple(names), problems=tuple(problems))


def _meant(text: str, sheet: FactSheet, before: str | None) -> ItemFacts | None:
    """Return the item that a sentence without a name is about: the nth, the only one, or the one before."""
    if nth := ORDINAL.match(text):
        return sheet.by_ref.get(next(place for place, group in enumerate(nth.groups(), 1) if group))
    if len(sheet.items) == 1:
        return sheet.items[0]
    return sheet.of(before)


def _names(text: str, rendered: str, sheet: FactSheet) -> list[str]:
    """Return the ids of the items that a sentence refers to, in their order, then of those it calls by title."""
    refs = [int(number) for match in REFERENCE.finditer(text) for number in match.groups() if number]
    names = [sheet.by_ref[ref].id for ref in refs if ref in sheet.by_ref]
    return list(dict.fromkeys([*names, *(one.id for one in sheet.items if one.title in rendered)]))


def _unfit(prose: str, language: str) -> list[str]:
    """Return what is wrong with a sentence as prose, its titles left out: language, mark-up, or nothing said."""
    problems = []
    if language == "zh" and LATIN.search(prose) and not CHINESE.search(prose):
        problems.append("language: no Chinese word in a Chinese message")
    if FOREIGN.search(prose) or (language == "en" and CHINESE.search(prose)):
        problems.append("language: words of another language")
    if rough := ROUGHLY.search(prose):
        problems.append(f"number: {rough[0]!r} is no figure of the sheet")
    if left := LEFT_OVER.search(prose):
        problems.append(f"left_over: {left[0]!r} is no prose")
    if len(LABELLED.findall(prose)) >= FEW_FIELDS or len(PAUSE.findall(prose)) >= MANY_PAUSES:
        problems.append("list: it reads out fields")
    if RUNS_ON.search(prose):
        problems.append("runs_on: a new sentence begins where the verb should be")
    if not SAYS.search(prose):
        problems.append("empty: it says nothing of what it names")
    return problems


class KnownTexts(NamedTuple):
    """Texts whose words a sentence may use: `said` in any sentence, `of` each item in a sentence about it."""

    said: str
    of: Mapping[str, str]

    def about(self, names: Iterable[str]) -> str:
        """Return the texts for a sentence about the items called `names`."""
        return "\n".join([self.said, *(self.of.get(name, "") for name in names)])


def known_texts(sheet: FactSheet, requirements: Sequence[Requirement], snapshot: Snapshot | None = None) -> KnownTexts:
    """Return all texts whose words a sentence may use: the sheet, its items' own texts, and the requirements' quotes.

    What else the user said is no such text, nor are wishes that only descriptions could tell: who asks for dragons is
    not told that a game has some unless its own texts say so.
    """
    told = sheet.schema_.roles.get("description")
    said = [row.quote for row in requirements if row.field != told]
    said += [fact.label for one in sheet.items for fact in one.facts]
    of = {}
    for one in sheet.items:
        own = [one.title, *one.names, *one.reasons, *one.disclosures, *(fact.text for fact in one.facts)]
        if snapshot is not None and one.id in snapshot.row_of:
            own.append(document_of(snapshot.item(snapshot.row_of[one.id]), snapshot.schema).text)
        of[one.id] = "\n".join(own)
    return KnownTexts("\n".join(said), of)


def _not_shown(
    text: str, sheet: FactSheet, requirements: Sequence[Requirement], message: str, services: Services
) -> list[str]:
    """Return the titles of the catalog in a sentence that neither the sheet nor the user's words have."""
    cited = services.reader.titles_in(_without_titles(text, sheet))
    if not cited:
        return []
    told = [message, *(row.quote for row in requirements), *(one.title for one in sheet.items)]
    told += [fact.text for one in sheet.items for fact in one.facts]
    told += [said for one in sheet.items for said in (*one.reasons, *one.disclosures)]
    known = " ".join(told).casefold()
    return [title for title in cited if title.casefold() not in known]


def _without_titles(text: str, sheet: FactSheet) -> str:
    for one in sheet.items:
        text = text.replace(one.title, "")
    return text


def _once(text: str, sheet: FactSheet) -> str:
    """Return a rendered sentence with a title that stands twice running, with spaces or without, standing once."""
    for one in sheet.items:
        loosely = r"\s*".join(map(re.escape, re.sub(r"\s", "", one.title)))
        text = re.sub(rf"{re.escape(one.title)}[\s:：,，]*{loosely}", one.title.replace("\\", r"\\"), text)
    return text


def _run_together(text: str, sheet: FactSheet) -> list[str]:
    """Return a problem where names follow each other without a word between, or one begins again behind itself."""
    titles = sorted((one.title for one in sheet.items), key=len, reverse=True)
    any_of = "|".join(map(re.escape, titles))
    if any_of and re.search(rf"(?:{any_of})\s*(?:{any_of})", text):
        return ["runs_on: names follow each other"]
    again = [one for one in titles if re.search(rf"{re.escape(one)}\s*{re.escape(one[: max(4, len(one) // 2)])}", text)]
    return ["runs_on: a name begins again behind itself"] if again else []


def _without_repeated_titles(text: str, sheet: FactSheet) -> str:
    """Return `text` with `[1] Title` as `[1]`: small models like to write both."""
    for one in sheet.items:
        mark = re.escape(f"[{one.ref}]")
        text = re.sub(rf"{mark}[\s:：,，\"“「《]*{re.escape(one.title)}[\"”」》]*", f"[{one.ref}]", text)
        text = re.sub(rf"{re.escape(one.title)}\s*[(（]?{mark}[)）]?", f"[{one.ref}]", text)
    return text
