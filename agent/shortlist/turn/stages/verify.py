"""Stage 6, verify: render a sentence's figures from the sheet and hold its every claim against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shortlist.turn.state import Services
from shortlist_tools.catalog import Requirement
from shortlist_tools.drafting import FactSheet, check, render

LEFT_OVER = re.compile(r"[{}<>#|]|https?://|www\.|\[\d|```|\*\*")
"""What is never prose: placeholders, addresses, mark-up."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")
FOREIGN = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")
"""Letters of languages that no reply is written in."""
ROUGHLY = re.compile(
    r"\b(about|around|roughly|nearly|almost|some|circa)\s+(an?\b|[\d$€£¥]|\w+ty\b|\w+teen\b)|(大概|大约|约|差不多|将近|近)\s*[\d一二两三四五六七八九十百千]|左右",
    re.IGNORECASE,
)
"""Figures that are not quite the catalog's."""
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
) -> Sentence:
    """Return a model's sentence with its references rendered, and the problems that the claim check found.

    `others` are titles of items that the sentence must not name; it must name none of the catalog's beside those of the
    sheet and of the user's `message`.
    """
    text = _without_repeated_titles(text.strip(), sheet)
    refs = [int(number) for match in REFERENCE.finditer(text) for number in match.groups() if number]
    by_ref = {one.ref: one.id for one in sheet.items}
    rendered = render(text, sheet)
    names = list(dict.fromkeys(by_ref[ref] for ref in refs if ref in by_ref))
    names += [one.id for one in sheet.items if one.title in rendered.text and one.id not in names]
    others = (*others, *_not_shown(text, sheet, requirements, message, services))
    found = check(text, sheet, requirements, language, others=others, today=services.today())
    problems = [f"{problem.kind}: {problem.why}" for problem in found]
    prose = _without_titles(rendered.text, sheet)
    if language == "zh" and LATIN.search(prose) and not CHINESE.search(prose):
        problems.append("language: no Chinese word in a Chinese message")
    if FOREIGN.search(prose) or (language == "en" and CHINESE.search(prose)):
        problems.append("language: words of another language")
    if rough := ROUGHLY.search(prose):
        problems.append(f"number: {rough[0]!r} is no figure of the sheet")
    if left := LEFT_OVER.search(prose):
        problems.append(f"left_over: {left[0]!r} is no prose")
    if rendered.unknown:
        problems.append(f"unknown_item: {', '.join(rendered.unknown)}")
    return Sentence(text=rendered.text, item=names[0] if names else None, names=tuple(names), problems=tuple(problems))


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


def _without_repeated_titles(text: str, sheet: FactSheet) -> str:
    """Return `text` with `[1] Title` as `[1]`: small models like to write both."""
    for one in sheet.items:
        mark = re.escape(f"[{one.ref}]")
        text = re.sub(rf"{mark}[\s:：,，\"“「《]*{re.escape(one.title)}[\"”」》]*", f"[{one.ref}]", text)
        text = re.sub(rf"{re.escape(one.title)}\s*[(（]?{mark}[)）]?", f"[{one.ref}]", text)
    return text
