"""What a present, or a thing to have, asks of the slate: what the person likes, and nothing that is free."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shortlist.reader import present_words, says_present
from shortlist.turn.state import UNWANTED, Services, Session, active
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Requirement, Schema, Snapshot
from shortlist_tools.ranking import Ranked
from shortlist_tools.text import dimension

from .preferred import wished_mask

Mask = NDArray[np.bool_]
MOST_TITLES = 2_000
"""Titles that are looked at in one turn."""
ENOUGH = 3
"""Things that a person likes from which on a present is one of them, and no course or service."""
FEW = 2
"""Items from which on what somebody likes is found among those that are marked as presents."""
LIKING = ("contains", "contains_any", "==", "in")
_THING = re.compile(
    r"\b(?:an?|some|any|real|actual|physical|tangible) (?:thing|object|product)s?\b(?! (?:i|you|we|that|to|about)\b)"
    r"|实物|实体的|(?:看得见)?摸得着",
    re.IGNORECASE,
)


_HIS = re.compile(
    r"\b(?:he|him|his|himself|husband|boyfriend|dad|daddy|father|brother|son|grandpa|grandfather|uncle|nephew)\b"
    r"|他(?!们)|老公|丈夫|男朋友|男友|爸|父亲|爷爷|外公|哥|弟弟|儿子|叔叔|舅舅|岳父|公公",
    re.IGNORECASE,
)
_HERS = re.compile(
    r"\b(?:she|her|hers|herself|wife|girlfriend|mom|mum|mommy|mother|sister|daughter|grandma|grandmother|aunt|niece)\b"
    r"|她(?!们)|老婆|妻子|女朋友|女友|妈|母亲|奶奶|外婆|姐|妹妹|女儿|阿姨|岳母|婆婆|闺蜜",
    re.IGNORECASE,
)
_FOR_WOMEN = re.compile(r"\b(?:women|woman|ladies|lady|girls?)(?:['’]?s)?\b|女[款士式生孩]", re.IGNORECASE)
_FOR_CHILDREN = re.compile(
    r"\b(?:child(?:ren)?|kids?|toddlers?|bab(?:y|ies)|juniors?)(?:['’]?s)?\b|儿童|小学生|宝宝|婴儿|幼儿|童[鞋装车]",
    re.IGNORECASE,
)
_OF_A_CHILD = re.compile(
    r"\b(?:child(?:ren)?|kids?|toddlers?|bab(?:y|ies)|juniors?|sons?|daughters?|grand(?:child|son|daughter)\w*|nephews?"
    r"|nieces?|boys?|girls?|teen\w*|pupils?|school\w*|famil(?:y|ies)|year[- ]?olds?"
    r"|(?:he|she)(?:'s| is|s) \d{1,2}|little ones?)\b"
    r"|孩|儿子|女儿|孙|娃|宝宝|婴|幼儿|儿童|小学|学生|上学|小朋友|侄|外甥|[一二三四五六七八九十\d]岁|童|亲子",
    re.IGNORECASE,
)
_FOR_MEN = re.compile(r"\b(?:men|man|gentlemen|boys?)(?:['’]s)?\b|男[款士式生孩]", re.IGNORECASE)


def with_present(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan:
    """Return `plan` with the wish for a present where only whom it is for says so (送领导), so that later turns know.

    Who names a kind of item has said more.
    """
    quote = present_words(message) if plan.source == "built-in" and plan.intent in ("find", "refine") else ""
    said = [edit.requirement for edit in plan.edits if edit.requirement is not None]
    rows = [*active(session.ledger), *said]
    kind = services.schema.roles.get("kind")
    named = any(row.field == kind and row.hard and row.op not in UNWANTED for row in rows)
    if not quote or named or plan.good or any(says_present(row.quote) for row in rows):
        return plan
    field, value = _occasion(services.schema)
    if not field:
        return plan
    wish = Requirement(field=field, op="contains", value=value, hard=False, quote=quote)
    edit = PlannedEdit(action="add", requirement=wish, field=field, quote=quote)
    return plan.model_copy(update={"edits": (*plan.edits, edit)})


def _occasion(schema: Schema) -> tuple[str, str]:
    """Return the field and the value by which the catalog marks presents; empty where it does not."""
    for field in schema.fields:
        for value, by in field.values.items() if field.kind == "multi_category" else ():
            if any(says_present(name) for names in by.values() for name in names):
                return field.name, value
    return "", ""


def eased(
    ledger: Sequence[Requirement], turn: int, snapshot: Snapshot, house: Sequence[Requirement]
) -> tuple[Requirement, ...]:
    """Return the ledger with its present as a wish, where hardly anything marked so is what the person likes.

    Who says "a gift" names the occasion, who says "she loves hiking" what it is to be: a hiking pack makes a present
    although the catalog lists it under none. Only what is said this `turn` does that; an older row stays as history.
    """
    in_force = active(ledger)
    likes, occasions = liked(in_force), [row for row in in_force if is_occasion(row, snapshot)]
    if not any(row.turn == turn for row in in_force) or not occasions:
        return tuple(ledger)
    others = [*(row for row in in_force if row.hard and row not in occasions), *house]
    within, without = snapshot.mask([*others, *occasions]), snapshot.mask(others) & paid(snapshot)
    for like in likes:
        met = snapshot.mask([like.model_copy(update={"hard": True, "group": None})])
        if (within & met).sum() < FEW <= (without & met).sum():
            return _as_wishes(ledger, occasions, turn)
    return tuple(ledger)


def _as_wishes(ledger: Sequence[Requirement], rows: Sequence[Requirement], turn: int) -> tuple[Requirement, ...]:
    """Return the ledger with `rows` as wishes: those of this turn as they are, older ones in a new row each."""
    older = [row for row in rows if row.turn != turn]
    kept = [
        row.model_copy(update={"status": "replaced"} if row in older else {"hard": False}) if row in rows else row
        for row in ledger
    ]
    fresh = [
        row.model_copy(update={"id": f"r{len(ledger) + at}", "hard": False, "turn": turn})
        for at, row in enumerate(older, start=1)
    ]
    return (*kept, *fresh)


def liked(in_force: Sequence[Requirement]) -> list[Requirement]:
    """Return the wishes for what a present is to be about."""
    wishes = [row for row in in_force if not row.hard and row.origin == "stated" and row.op in LIKING]
    return [row for row in wishes if not says_present(row.quote)]


def is_occasion(row: Requirement, snapshot: Snapshot) -> bool:
    """Return whether a hard row only says that a present is wanted."""
    field = snapshot.schema.get(row.field)
    plain = row.hard and row.op == "contains" and field is not None and field.kind == "multi_category"
    return plain and bool(row.quote) and says_present(row.quote)


def worth_giving(
    allowed: Mask, session: Session, ledger: Sequence[Requirement], message: str, snapshot: Snapshot
) -> Mask:
    """Return what of `allowed` goes into a slate: for a present what costs something, for a thing what has a weight.

    A present is a thing where enough things are what the person likes.

    All of it where the user named the kind of item, asks for neither, or nothing else is left.
    """
    allowed = _for_the_person(allowed, said_by(session, message), snapshot)
    kind = snapshot.schema.roles.get("kind")
    if any(row.field == kind and row.op in ("==", "in") for row in ledger):
        return allowed
    said = said_by(session, message)
    kept = allowed
    if any(map(_THING.search, said)):
        kept = allowed & _weighed(snapshot)
    if is_present(session, ledger, message):
        kept = kept & paid(snapshot)
        things = kept & _weighed(snapshot)
        if (likes := liked(ledger)) and (things & wished_mask(likes, snapshot, kept)).sum() >= ENOUGH:
            kept = things
    return kept if kept.any() else allowed


def is_present(session: Session, ledger: Sequence[Requirement], message: str) -> bool:
    """Return whether something for somebody else is looked for."""
    return any(map(says_present, [*said_by(session, message), *(row.quote for row in ledger)]))


def said_by(session: Session, message: str) -> list[str]:
    """Return what the user said now and in the last exchanges."""
    return [message, *(one.user for one in session.exchanges)]


def grown_up_first(
    ranked: Sequence[Ranked], session: Session, ledger: Sequence[Requirement], message: str, snapshot: Snapshot
) -> Sequence[Ranked]:
    """Return `ranked` with what its title gives to children last, unless the user speaks of a child or asks for it."""
    role, age = snapshot.schema.roles.get("title"), snapshot.schema.roles.get("age_rating")
    said = [*said_by(session, message), *(row.quote for row in ledger)]
    if role is None or any(map(_OF_A_CHILD.search, said)) or any(row.field == age for row in ledger):
        return ranked
    return sorted(ranked, key=lambda one: bool(_FOR_CHILDREN.search(str(snapshot.item(one.row).values.get(role)))))


def _for_the_person(allowed: Mask, said: Sequence[str], snapshot: Snapshot) -> Mask:
    """Return `allowed` without what its title gives to the other sex than the person it is for, while others are left.

    Whoever speaks of women and men both, or of neither, gets everything.
    """
    his, hers = any(map(_HIS.search, said)), any(map(_HERS.search, said))
    role = snapshot.schema.roles.get("title")
    if role is None or his == hers:
        return allowed
    other = _FOR_WOMEN if his else _FOR_MEN
    rows = np.flatnonzero(allowed)
    if len(rows) > MOST_TITLES:
        return allowed
    kept = allowed.copy()
    kept[[row for row in rows if other.search(str(snapshot.item(int(row)).values.get(role)))]] = False
    return kept if kept.any() else allowed


def paid(snapshot: Snapshot) -> Mask:
    """Return which rows are not known to be free, shape (n,)."""
    price = snapshot.schema.role("price")
    if price is None or price.kind not in ("money", "number"):
        return np.ones(len(snapshot), dtype=np.bool_)
    free: Mask = snapshot.numbers(price.name) == 0
    return ~free


def _weighed(snapshot: Snapshot) -> Mask:
    """Return which rows have a weight, as things do, shape (n,)."""
    fields = [one for one in snapshot.schema.fields if one.kind == "number" and dimension(one.unit or "") == "mass"]
    found = np.zeros(len(snapshot), dtype=np.bool_)
    for field in fields:
        found |= ~np.isnan(snapshot.numbers(field.name))
    return found
