"""What a conversation is after that the catalog has none of: by no title, and by no kind that means it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from shortlist.decision import Decision
from shortlist.offline import INDEFINITE, INDIFFERENT
from shortlist.reader import goes_on, says_use, wants_others
from shortlist.turn.state import UNWANTED, Services, Session, Sought, active, names
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.search import EmbeddingError, meanings
from shortlist_tools.text import fold

MOST_KINDS = 4
NEARLY = 0.65
"""Similarity to the name of a kind from which on a word may mean that kind: footwear is shoes, a torch a lantern."""
_CUT = re.compile(r"[,(|·]| (?:for|with|of|on|in|by|from|to|at|without|and)\b")
_OF_A_USE = re.compile(r"[a-z]+ing [a-z]+$")
"""A washing machine is another machine than those that a shop of coffee machines has."""
_WHAT = re.compile(r"\b(?:what|things?|items?|products?)\b|什么|啥|东西|商品", re.IGNORECASE)
SEEKING = ("find", "refine", "chat")


def with_good(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan:
    """Return `plan` with the thing it seeks that the catalog has none of: one named now, or one still sought.

    Where a kind means nearly that (earplugs: headphones), the plan wishes for that kind.
    """
    if not plan.good:
        return plan.model_copy(update={"good": _still_sought(plan, message, session, services)})
    whole = _in_titles(_noun(plan.good), services)
    if whole and not _OF_A_USE.match(plan.good):
        return plan.model_copy(update={"good": ""})
    near = "" if whole else _near_kind(plan.good, services)
    field = services.schema.roles.get("kind")
    if not near or field is None:
        return plan
    held = [row for row in active(session.ledger) if row.field == field]
    if any(row.op in UNWANTED and near.casefold() in names(row) for row in held):
        return plan  # who wants no headphones is offered none for earplugs
    if any(row.value == near for row in held) or any(_is_of(edit, field) for edit in plan.edits):
        return plan.model_copy(update={"nearest": near})
    quote = next((form for form in sorted(_forms(plan.good), key=len) if form in fold(message)), plan.good)
    wish = Requirement(field=field, op="==", value=near, hard=False, quote=quote)
    edits = [PlannedEdit(action="withdraw", field=field)] if held else []
    edits.append(PlannedEdit(action="add", requirement=wish, field=field, quote=quote))
    return plan.model_copy(update={"nearest": near, "edits": (*plan.edits, *edits)})


def _still_sought(plan: TurnPlan, message: str, session: Session, services: Services) -> str:
    """Return the thing that an earlier turn asked for in vain, where this one only says more of it."""
    kind = services.schema.roles.get("kind")
    if session.sought is None or plan.intent not in SEEKING or plan.inquiry or plan.about:
        return ""
    named = any(_is_of(edit, kind) for edit in plan.edits) or any(_names(row, kind) for row in active(session.ledger))
    leaves = INDIFFERENT.search(message) or wants_others(message) or _WHAT.search(message)
    opens = INDEFINITE.search(message) and not goes_on(message) and not plan.edits
    told = plan.edits or plan.query or plan.unheard
    return "" if named or leaves or opens or not told else session.sought.good


def _is_of(edit: PlannedEdit, field: str | None) -> bool:
    return edit.action == "add" and edit.requirement is not None and _names(edit.requirement, field)


def _names(row: Requirement, field: str | None) -> bool:
    """Return whether a row asks for a kind of item."""
    return row.field == field and row.op not in UNWANTED


def lacking(
    decision: Decision, plan: TurnPlan, ledger: Sequence[Requirement], session: Session, services: Services
) -> Decision:
    """Return `decision` with what is missing said first, and without items that nothing but chance would choose.

    Something to go by is the kind in force, the nearest kind, or what the thing would be for.
    """
    in_force = active(ledger)
    kind = services.schema.roles.get("kind")
    if plan.nearest:
        return decision.model_copy(update={"missing": plan.good, "kinds": ((plan.nearest, 0),), "unsure": False})
    kinds = any(_names(row, kind) for row in in_force)
    uses = any(says_use(services.schema.get(row.field)) for row in in_force)
    if decision.items and (plan.edits if kinds else uses):
        return decision.model_copy(update={"missing": plan.good, "unsure": False})
    within = [row for row in in_force if row.hard and not _names(row, kind)]
    offered = nearest_kinds(plan.good, services, within)
    if not offered:
        return decision.model_copy(update={"missing": plan.good, "unsure": False})
    again = session.sought is not None and session.sought.good == plan.good
    return Decision(kind="abstain", topic="missing", missing=plan.good, kinds=offered, again=again)


def sought_after(decision: Decision, plan: TurnPlan, session: Session) -> Sought | None:
    """Return what the conversation still seeks in vain after this turn: until something is offered or asked instead."""
    if decision.topic == "missing" and decision.missing:
        same = session.sought is not None and session.sought.good == decision.missing
        return session.sought if same else Sought(good=decision.missing, turn=session.turns + 1)
    return None if plan.intent == "reset" or decision.kind in ("recommend", "ask", "confirm") else session.sought


def missing_good(good: str, services: Services) -> str:
    """Return `good` if the catalog has no such thing; an empty string where it has, or where that is not sure."""
    return "" if not good or _in_titles(_noun(good), services) or _near_kind(good, services) else good


def _noun(good: str) -> str:
    return good.rsplit(maxsplit=1)[-1] if good.isascii() and good else good


def _near_kind(good: str, services: Services) -> str:
    """Return the kind with a name that means nearly `good`; an empty string where none does, or that cannot be told."""
    kind, noun = services.schema.role("kind"), _noun(good)
    named = [
        (fold(word), value) for value, by in (kind.values.items() if kind else ()) for ws in by.values() for word in ws
    ]
    apart = set() if noun.isascii() else set(noun[:-1])  # 冰箱 is not near to 冰滴壶 for what they begin with
    alike = sorted(one for one in named if not any(form in one[0] for form in _forms(noun)))
    others = {name: value for name, value in alike if apart.isdisjoint(name)}
    if not others:
        return named[0][1] if named else ""
    embedder = services.searcher.embedder
    try:
        near = meanings(embedder, tuple(others)) @ meanings(embedder, (min(_forms(noun), key=len),))[0]
    except EmbeddingError:
        return next(iter(others.values()))
    return list(others.values())[int(np.argmax(near))] if float(np.max(near)) >= NEARLY else ""


def nearest_kinds(good: str, services: Services, within: Sequence[Requirement] = ()) -> tuple[tuple[str, int], ...]:
    """Return the kinds that are nearest to `good` in meaning, with their numbers of items that meet `within`."""
    kind = services.schema.role("kind")
    if kind is None or kind.kind != "category":
        return ()
    codes, values = services.snapshot.codes(kind.name)
    meets = services.snapshot.mask(within)
    counts = {str(value): int(((codes == code) & meets).sum()) for code, value in enumerate(values)}
    named = [(value, next((words[0] for words in by.values() if words), value)) for value, by in kind.values.items()]
    on_offer = [(value, name) for value, name in named if counts.get(value)]
    embedder = services.searcher.embedder
    try:
        near = meanings(embedder, tuple(fold(name) for _, name in on_offer)) @ meanings(embedder, (good,))[0]
    except EmbeddingError:
        near = np.zeros(len(on_offer))
    order = np.argsort(-near, kind="stable")[:MOST_KINDS]
    return tuple((on_offer[at][0], counts[on_offer[at][0]]) for at in order)


def _in_titles(good: str, services: Services) -> bool:
    """Return whether some item is called so: the word ends a title, or the part of it before a comma or preposition."""
    role = services.schema.roles.get("title")
    if role is None:
        return False
    column = services.snapshot.texts(role)
    for form in _forms(good):
        for row in np.flatnonzero(column.having(form)):
            value = services.snapshot.item(int(row)).values.get(role)
            titles = value.values() if isinstance(value, dict) else [value]
            if any(_ends(part, form) for title in titles for part in _parts(fold(str(title)))):
                return True
    return False


def _parts(title: str) -> list[str]:
    """Return the words of each part before its first comma or preposition; of a Chinese title each of its words."""
    return title.split() if not title.isascii() else [_CUT.split(part)[0] for part in title.split(":")]


def _ends(part: str, form: str) -> bool:
    return part.strip().endswith(form) if not form.isascii() else part.split()[-1:] == [form]


def _forms(good: str) -> set[str]:
    """Return the word in the singular and the plural, as far as an English word shows them."""
    if not good.isascii():
        return {good}
    return {good, good.removesuffix("s"), good.removesuffix("es"), good + "s"} - {""}
