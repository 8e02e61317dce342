"""Wishes in words that the catalog does not know: the search goes on, and the words are owned up to once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from shortlist.offline import INDIFFERENT
from shortlist.turn.consent import yes_or_no
from shortlist.turn.context import Services
from shortlist.turn.ledger import active
from shortlist.turn.session import Session
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.text import fold

MOST_READ = 500
"""Items whose reviews are looked through for the words."""
_WORD = re.compile(r"[a-z]{3,}|[\d\u3400-\u9fff]+")
_ENDING = re.compile(r"(?:'s|able|ible|ing|ed|es|s)$")


def with_unheard(plan: TurnPlan, message: str, session: Session) -> TurnPlan:
    """Return `plan` so that words which mean nothing here neither end a running search nor pass for small talk."""
    wishing = plan.intent in ("find", "refine", "chat") and not plan.about and not plan.inquiry
    if not plan.unheard or not wishing or INDIFFERENT.search(message):
        return plan.model_copy(update={"unheard": ""})
    if session.confirming and yes_or_no(message, None) is not None:
        return plan.model_copy(update={"unheard": ""})
    if plan.intent == "chat" and (session.slate or active(session.ledger)):
        return plan.model_copy(update={"intent": "refine", "query": plan.query or plan.unheard})
    return plan


def untold(plan: TurnPlan, ledger: Sequence[Requirement], session: Session, services: Services) -> str:
    """Return the words of this turn that no text of an item of the kinds in force has; nothing if they were named."""
    if unchecked := _unchecked(plan, ledger, session, services):
        return unchecked
    words = _WORD.findall(fold(plan.unheard))
    if not words or plan.unheard.lower() in session.unheard:
        return ""
    kind, roles = services.schema.roles.get("kind"), services.schema.roles
    among = services.snapshot.mask([row for row in ledger if row.field == kind and row.hard and row.status == "active"])
    stems = [_ENDING.sub("", word) for word in words]
    for role in ("title", "description"):
        column = services.snapshot.texts(roles[role]) if role in roles else None
        if column is not None and np.logical_and.reduce([among, *(column.having(stem) for stem in stems)]).any():
            return ""
    rows = np.flatnonzero(among)
    reviews = roles.get("reviews") if len(rows) <= MOST_READ else None
    for item in services.snapshot.items(rows) if reviews else ():
        said = fold(str(item.values.get(str(reviews), "")))
        if all(stem in said for stem in stems):
            return ""
    return plan.unheard


def _unchecked(plan: TurnPlan, ledger: Sequence[Requirement], session: Session, services: Services) -> str:
    """Return the words of a wish on a field that no item of the kind in force has; nothing if they were named."""
    kind, snapshot = services.schema.roles.get("kind"), services.snapshot
    kinds = [row for row in ledger if row.field == kind and row.hard and row.status == "active"]
    among = snapshot.mask(kinds)
    for row in (edit.requirement for edit in plan.edits if kinds and edit.action == "add"):
        column = (
            snapshot.columns.get(row.field) if row is not None and not row.hard and row.origin == "stated" else None
        )
        told = row is None or row.quote.lower() in session.unheard or column is None
        if not told and column is not None and row is not None and not column.present[among].any():
            return row.quote
    return ""
