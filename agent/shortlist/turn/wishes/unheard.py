"""Wishes in words that the catalog does not know: the search goes on, and the words are owned up to once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from shortlist.decision import Decision
from shortlist.offline import INDIFFERENT
from shortlist.reader import BETWEEN, Exact, Told, none_pleases, will_do
from shortlist.turn.state import Services, Session, active, yes_or_no
from shortlist.turn.texts import is_spoken, is_told, spoken_row, told_words
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.search import other_sort, tellers
from shortlist_tools.text import detect_language, fold

_NO_LONGER = re.compile(
    r"\b(?:never ?mind|forget|no longer|any ?more|not (?:that )?important|(?:doesn't|does not) matter|drop|"
    r"don't (?:need|care)|skip)\b|不用|不要了|无所谓|算了|不需要|没关系|不重要|忘了|[不别]用?管"
)
_DOES_ZH = re.compile(r"^[放摆挂装背带配搭做泡煮拍看听](?=[\u3400-\u9fff]{2})")
"""What is done with a thing that is only known by its name: 床头, of 放床头的; 相机, of 背相机用."""
_FIGURES = re.compile(r"\d+")
WISHING = frozenset({"find", "refine", "chat", "more", "reject"})
"""Intents of a message that may wish for something."""


def with_unheard(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan:
    """Return `plan` so that words which mean nothing here neither end a running search nor pass for small talk.

    Those that texts speak of, and all worries, stand in the ledger from now on.
    """
    plan = _with_told(plan, message, session, services)
    wishing = plan.intent in ("find", "refine", "chat") and not plan.about and not plan.inquiry
    if not plan.unheard or not wishing or (INDIFFERENT.search(message) and not plan.told):
        return plan.model_copy(update={"unheard": ""})
    if session.confirming and yes_or_no(message, None) is not None:
        return plan.model_copy(update={"unheard": ""})
    if plan.intent == "chat" and (session.slate or active(session.ledger)):
        return plan.model_copy(update={"intent": "refine", "query": plan.query or plan.unheard})
    return plan


def _with_told(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan:
    """Return `plan` with the wishes that only texts tell; a model's plan is left as it wrote it."""
    if plan.source != "built-in" or plan.intent not in WISHING or plan.inquiry or plan.about:
        return plan
    if not plan.edits and plan.intent in ("more", "reject") and none_pleases(message.casefold()):
        return plan.model_copy(update={"query": "", "unheard": ""})
    told = [one for one in plan.told if one.stance == "concern" or not plan.good]
    query, unheard, edits = plan.query, plan.unheard, list(plan.edits)
    missed: list[str] = []
    for gone in taken_back(message, session, services):
        edits.append(PlannedEdit(action="withdraw", requirement=gone, field=gone.field, quote=gone.quote))
        told, unheard = [one for one in told if one.words not in gone.quote], ""
        query = _without(query, gone.quote)
    free = [one for one in unheard.split(BETWEEN) if one and all(one not in each.words for each in told)]
    told += [Told(words=one, stance="wants") for one in free]
    for one in told:
        row = _row_of(one, services)
        if row is None or not (one.stance == "concern" or is_told(row, services)):
            missed += [one.words] if one.firm and row is not None else []
            edits += _instead(row, session, services) if row is not None else []
            continue
        edits += _instead(row, session, services)
        edits.append(PlannedEdit(action="add", requirement=row, field=row.field, quote=row.quote))
        left = (each for each in unheard.split(BETWEEN) if one.words not in each and each not in one.words)
        unheard = BETWEEN.join(left)
        if one.stance != "wants":
            query = _without(query, one.words)
    unheard = unheard or next(iter(missed), "")
    if len(edits) == len(plan.edits):
        return plan.model_copy(update={"unheard": unheard})
    running = plan.intent == "chat" and (session.slate or active(session.ledger))
    told_of = {"edits": tuple(edits), "query": query, "unheard": unheard}
    return plan.model_copy(update={**told_of, "intent": "refine" if running else plan.intent})


def _row_of(told: Told, services: Services) -> Requirement | None:
    """Return the row of a wish that texts tell: by its words, or by the thing it has to do with, as in 放床头的."""
    row, noun = spoken_row(told, services.schema), _DOES_ZH.sub("", told.words.removesuffix("用"))
    if row is None or noun == told.words or is_told(row, services):
        return row
    of_it = spoken_row(told.model_copy(update={"words": noun}), services.schema)
    return of_it if of_it is not None and is_told(of_it, services) else row


def _instead(new: Requirement, session: Session, services: Services) -> Iterator[PlannedEdit]:
    """Yield what goes where a wish takes its place: its opposite, another sort, one in a kind's name (女款)."""
    kind, other = services.schema.roles.get("kind"), other_sort(str(new.value)) if new.op == "contains" else None
    for row in active(session.ledger):
        said = str(row.value)
        if is_spoken(row, services.schema):
            opposed = told_words(said) == told_words(str(new.value)) and row.op != new.op
            if opposed or (other is not None and row.op == new.op and other.fullmatch(said.replace(" ", "-"))):
                yield PlannedEdit(action="withdraw", requirement=row, field=row.field, quote=row.quote)
        elif row.field == kind and other is not None and (plain := other.sub("", row.quote)) != row.quote:
            yield PlannedEdit(action="withdraw", requirement=row, field=row.field, quote=row.quote)
            bare = row.model_copy(update={"id": "", "quote": plain.strip()})
            yield PlannedEdit(action="add", requirement=bare, field=row.field, quote=bare.quote)


def _without(query: str, words: str) -> str:
    return " ".join(word for word in query.split() if word.casefold() not in words.casefold())


def taken_back(message: str, session: Session, services: Services) -> list[Requirement]:
    """Return the wishes that only texts tell and that a message says no longer matter: a refused sort will do."""
    text, gone = message.casefold(), []
    for row in active(session.ledger):
        words = str(row.value).casefold()
        at = text.find(words) if is_spoken(row, services.schema) else -1
        if at >= 0 and (_NO_LONGER.search(text) or (row.op != "contains" and will_do(fold(text), at, at + len(words)))):
            gone.append(row)
    return gone


def untold(
    plan: TurnPlan, ledger: Sequence[Requirement], session: Session, services: Services, decision: Decision
) -> str:
    """Return the words of this turn that no text of an item of the kinds in force has, behind those known already.

    Nothing where there are none but those, or all were named before.
    """
    if decision.kind == "answer":
        return ""
    name = unborne(ledger, services) if decision.kind == "recommend" else ""
    words = [name, _unchecked(plan, ledger, session, services), *plan.unheard.split(BETWEEN)]
    fresh = [one for one in dict.fromkeys(words) if one and one.lower() not in session.unheard]
    kind = services.schema.roles.get("kind")
    rows = [row for row in ledger if row.field == kind and row.hard and row.status == "active"]
    among = services.snapshot.mask(rows) if fresh else None
    found = [one for one in fresh if among is not None and not _is_told_of(one, among, services)]
    return BETWEEN.join(filter(None, (decision.unheard, *found))) if found else ""


def unborne(ledger: Sequence[Requirement], services: Services) -> str:
    """Return the narrower name of the kind in force that nothing in the catalog goes by: whisky, of wine."""
    kind = services.schema.roles.get("kind")
    rows = [row for row in ledger if row.field == kind and row.op == "==" and row.quote and row.status == "active"]
    known = Exact.of(services.snapshot)
    return known.unborne(rows[0].quote, str(rows[0].value)) if len(rows) == 1 else ""


def _is_told_of(words: str, among: NDArray[np.bool_], services: Services) -> bool:
    """Return whether the texts or titles of some of `among` speak of what was wished for."""
    if not told_words(words):
        return False
    figures, language = _FIGURES.findall(words), detect_language(words)
    told = dict(tellers(services.snapshot, frozenset(told_words(words)), language))
    said = [row for row, (passage, _) in told.items() if all(figure in passage.text for figure in figures)]
    title = services.schema.roles.get("title")
    named = title is not None and bool((among & services.snapshot.texts(title).having(words)).any())
    return named or any(among[row] for row in said)


def _unchecked(plan: TurnPlan, ledger: Sequence[Requirement], session: Session, services: Services) -> str:
    """Return the words of a wish on a field that no item of the kind in force has; nothing if they were named."""
    kind, snapshot = services.schema.roles.get("kind"), services.snapshot
    kinds = [row for row in ledger if row.field == kind and row.hard and row.status == "active"]
    if not kinds:
        return ""
    among = snapshot.mask(kinds)
    for row in (edit.requirement for edit in plan.edits if edit.action == "add"):
        if row is None or row.hard or row.origin != "stated" or row.quote.lower() in session.unheard:
            continue
        column = snapshot.columns.get(row.field)
        if column is not None and not column.present[among].any():
            return row.quote
    return ""
