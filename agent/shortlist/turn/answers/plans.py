"""What a message that asks of items leaves to be known: which one it means, and whether it states anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shortlist.decision import Decision
from shortlist.inquiry import points_at_one
from shortlist.turn.state import WISH, Services, Session, active, says_the_same
from shortlist.turn.texts import answering_fields, asked_units, named_fields, wondered
from shortlist.turn_plan import TurnPlan

OPEN = frozenset({"find", "refine", "chat", "off_topic", "reject", "accept", "more"})
"""What a question that was not read as one is taken for."""
ASIDE = {"query": "", "edits": (), "good": "", "foreign": None}
"""A question changes nothing of what is searched for."""
PAIR = 2
_TWO = re.compile(r"\b(?:both|two|pair)\b|[两俩二](?!手)")
SHORT = 40
"""Characters of a message that asks one thing."""
_BETWEEN_QUESTIONS = re.compile(
    r"[,;?!，；？！。、]+|[.](?=\s|$)|\b(?:and|also|plus)\b(?=\s+(?:also |then )?"
    r"(?:how|what|whats|what's|which|is|are|does|do|can|could|will|has|have|any|when|where|who)\b)|还有(?=[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^\W*(?:how|what|what's|whats|which|is|are|does|do|can|could|will|has|any|when|where|who)\b"
    r"|[吗么嘛]\W*$|多[少久长重大高宽厚]|什么|哪|几|怎么?样?|(.)[不没]\1",
    re.IGNORECASE,
)
MOST_QUESTIONS = 4
"""A message with more parts tells something."""


def questions_in(message: str) -> list[str]:
    """Return the questions of a message that asks several things at once and says nothing else; else none."""
    parts = [part.strip() for part in _BETWEEN_QUESTIONS.split(message) if part and len(part.strip()) > 1]
    parts = [part for part in parts if not points_at_one(part)]
    asks = all(_QUESTION.search(part) for part in parts)
    return parts if asks and 1 < len(parts) <= MOST_QUESTIONS else []


def fields_of(part: str, session: Session, services: Services) -> tuple[str, ...]:
    """Return the fields that one of several questions asks for, those of the values that it names among them."""
    schema, rows = services.schema, services.snapshot.row_of
    read = services.reader.read(part, ledger=active(session.ledger))
    items = [services.snapshot.item(rows[one]) for one in session.slate if one in rows]
    graded = [row.field for row in read.requirements if schema.by_name[row.field].shown]
    measured = tuple(asked_units(part, read.about, items, schema))
    found = tuple(dict.fromkeys((*measured, *read.about, *graded, *named_fields(part, schema))))
    return measured or answering_fields(found, read.wonder or wondered(part), items, schema, part)


def taken_up(session: Session) -> tuple[str, ...]:
    """Return the one item that the conversation is about, if it is about one."""
    if session.focus is not None:
        return (session.focus,)
    return session.slate if len(session.slate) == 1 else ()


def the_one(plan: TurnPlan, session: Session, *, lead: bool = False) -> tuple[str, ...]:
    """Return the one item that is talked about: named, under discussion, or shown alone; with `lead`, the first."""
    if plan.about:
        return plan.about if len(plan.about) == 1 else ()
    if found := taken_up(session):
        return found
    return (session.lead,) if lead and session.lead in session.slate and session.lead else ()


def singled_after(decision: Decision, shown: Sequence[str], session: Session) -> tuple[str, ...]:
    """Return the items that replies singled out one after the other, until several are offered to choose from."""
    if decision.kind == "recommend" and len(shown) > 1:
        return ()
    if decision.topic == "compare" and decision.best is None and len(shown) == PAIR:
        return tuple(shown)
    one = shown[:1] if decision.best or (len(shown) == 1 and decision.kind in ("recommend", "answer")) else ()
    return (*(each for each in session.singled if each not in one), *one)[-PAIR:]


def says_two(text: str) -> bool:
    """Return whether a text in lower case speaks of two things."""
    return _TWO.search(text) is not None


def is_soft(plan: TurnPlan) -> bool:
    """Return whether the message states nothing that filters."""
    return all(edit.requirement is not None and edit.requirement.op in WISH for edit in plan.edits)


def only_repeats(plan: TurnPlan, session: Session) -> bool:
    """Return whether the message states nothing but what is in force already: 几节课, of courses."""
    stated = [edit.requirement for edit in plan.edits if edit.requirement is not None]
    known = active(session.ledger)
    return len(stated) == len(plan.edits) and all(any(says_the_same(row, one) for row in known) for one in stated)


def asked_fields(plan: TurnPlan) -> tuple[str, ...]:
    """Return the fields that a question asks for, those of its words of degree among them."""
    graded = [edit.requirement.field for edit in plan.edits if edit.requirement is not None]
    return tuple(dict.fromkeys([*plan.fields, *graded]))
