"""What waits for a confirmed age: whether it was asked for, when to ask for the age, and what goes after a no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist.turn.state import UNWANTED, WANTED, AgeGate, Policies, Session, active, restricted_mask, yes_or_no
from shortlist.turn.wishes import wished_mask
from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.text import tokens

_OTHER = re.compile(
    r"\b(?:something|anything|someone|what) else\b|\bother (?:things?|stuff|gifts?|ideas?)\b"
    r"|别的|其[他它](?!要求|条件)|换一?[个种样类](?:东西|商品|礼物|种类|类别|品类|想法)",
    re.IGNORECASE,
)
"""How people pass on to another kind of thing; another one of the same kind passes nothing over."""
_OF_THE_GATE = re.compile(
    r"\bage[- ](?:check|limit|verification|restriction|gate|thing|rule)s?\b|\bhow old i am\b|年龄|年纪|成年",
    re.IGNORECASE,
)
Mask = NDArray[np.bool_]
NEARLY_ALL = 0.9
"""A requirement asks for restricted items when at least this share of what meets it is restricted."""


def wants_restricted(ledger: Sequence[Requirement], restricted: Mask, snapshot: Snapshot) -> list[Requirement]:
    """Return the stated rows that ask for items of which nearly all are restricted."""
    stated = [row for row in ledger if row.origin == "stated" and row.op in WANTED]
    return [row for row in stated if _is_of(row, restricted, snapshot)]


def refuses_restricted(ledger: Sequence[Requirement], restricted: Mask, snapshot: Snapshot) -> bool:
    """Return whether the user wants none of the items that are restricted ("nothing alcoholic")."""
    opposite = {"!=": "==", "not_in": "in", "not_contains": "contains"}
    refused = [row for row in ledger if row.op in UNWANTED and row.origin == "stated"]
    turned = [row.model_copy(update={"op": opposite[row.op]}) for row in refused]
    return any(_is_of(row, restricted, snapshot) for row in turned)


def names_restricted(words: str, restricted: Mask, snapshot: Snapshot) -> bool:
    """Return whether a word stands in titles of restricted items and in no others."""
    title = snapshot.schema.roles.get("title")
    if title is None or not restricted.any():
        return False
    texts = snapshot.texts(title)
    for word in {one for one in tokens(words) if len(one) > (3 if one.isascii() else 1)}:
        having = texts.having(word)
        if having.any() and not (having & ~restricted).any():
            return True
    return False


def closed_parts(ledger: Sequence[Requirement], restricted: Mask, snapshot: Snapshot) -> list[Requirement]:
    """Return what is asked for that is restricted: whole rows, and single values of those that ask for several."""
    stated = [row for row in ledger if row.origin == "stated" and row.op in WANTED]
    single = [
        row.model_copy(update={"op": "==", "value": value}) if row.op == "in" else row
        for row in stated
        for value in (row.value if row.op == "in" else (None,))
    ]
    return [row for row in single if _is_of(row, restricted, snapshot)]


def names_more(rows: Sequence[Requirement], snapshot: Snapshot) -> bool:
    """Return whether rows say what a thing is or is for; a price alone asks for nothing in particular."""
    said = [snapshot.schema.get(row.field) for row in rows if row.hard and row.op in WANTED]
    return any(field is not None and field.kind in ("category", "multi_category") for field in said)


def must_confirm(
    allowed: Mask,
    restricted: Mask,
    ledger: Sequence[Requirement],
    wanted: bool,
    hits: Sequence[Mapping[str, Any]],
    session: Session,
    snapshot: Snapshot,
) -> bool:
    """Return whether to ask for the age now, which is not known.

    Restricted items must have been asked for, and be all that is left, or most of what the user is after, wishes
    included, or the best of `hits`, what the words mean most. What nobody answered stays open, and is asked with other
    items where a wish leaves some.
    """
    if not wanted:
        return False
    if not (allowed & ~restricted).any():
        return bool(allowed.any() or wants_restricted([row for row in ledger if row.hard], restricted, snapshot))
    asked = wants_restricted(ledger, restricted, snapshot)
    if not asked and closed_parts(ledger, restricted, snapshot):
        return False  # a part of a set: the others are shown, and the question goes with them
    if not asked and hits and restricted[max(hits, key=lambda hit: float(hit["score"]))["row"]]:
        return True
    closed = restricted[wished_mask([row for row in ledger if not row.hard], snapshot, allowed)]
    once = session.confirmations and names_more(ledger, snapshot)
    return not once and 2 * int(closed.sum()) > len(closed)


def without_restricted(
    ledger: tuple[Requirement, ...], session: Session, policies: Policies, snapshot: Snapshot, message: str = ""
) -> tuple[Requirement, ...]:
    """Return the ledger without what asked for restricted items, where the user has said to be too young for them.

    So it is for who passes the question over and wants something else. What this turn asks for stays until answered.
    """
    gate = policies.age_gate
    age = session.facts.get(gate.fact) if gate else True
    passed = age is None and session.confirmations > 0 and bool(_OTHER.search(message))
    if gate is None or (age is not False and not passed):
        return ledger
    earlier = [row for row in active(ledger) if row.turn <= session.turns]
    left = _without_restricted(ledger, earlier, policies, snapshot)
    told = age is False and (yes_or_no(message, gate.minimum) is False or _OF_THE_GATE.search(message))
    if told and not any(row.hard for row in active(left)):
        return ledger  # nothing else was asked for: the no is answered first, and nobody talks the gate away
    return left


def without_refused(ledger: Sequence[Requirement], policies: Policies, snapshot: Snapshot) -> tuple[Requirement, ...]:
    """Return the ledger with what asks for restricted items withdrawn: somebody too young was told so just now."""
    return _without_restricted(ledger, active(ledger), policies, snapshot)


def _without_restricted(
    ledger: Sequence[Requirement], among: Sequence[Requirement], policies: Policies, snapshot: Snapshot
) -> tuple[Requirement, ...]:
    """Return the ledger with those of `among` withdrawn that ask for restricted items."""
    restricted = restricted_mask(policies, snapshot)
    gone = {row.id for row in wants_restricted(among, restricted, snapshot)}
    shut = {(row.id, row.value) for row in closed_parts([row for row in among if row.op == "in"], restricted, snapshot)}
    left = (row.model_copy(update={"status": "withdrawn"}) if row.id in gone else row for row in ledger)
    return tuple(
        row.model_copy(update={"value": [value for value in row.value if (row.id, value) not in shut]})
        if row.op == "in" and row.status == "active" and any(one == row.id for one, _ in shut)
        else row
        for row in left
    )


def gives_way(
    ledger: Sequence[Requirement],
    message: str,
    session: Session,
    gate: AgeGate | None,
    restricted: Mask,
    snapshot: Snapshot,
) -> bool:
    """Return whether `message` tells an age that took back what was asked for; see `without_restricted`."""
    if gate is None or yes_or_no(message, gate.minimum) is not False:
        return False
    held = {row.id: row for row in active(session.ledger)}
    gone = [
        held[row.id]
        for row in ledger
        if row.id in held and (row.status == "withdrawn" or row.value != held[row.id].value)
    ]
    return bool(closed_parts(gone, restricted, snapshot))


def _is_of(row: Requirement, restricted: Mask, snapshot: Snapshot) -> bool:
    met = snapshot.mask([row.model_copy(update={"hard": True, "group": None, "scope": None, "status": "active"})])
    return bool(met.any()) and int((met & restricted).sum()) >= NEARLY_ALL * int(met.sum())
