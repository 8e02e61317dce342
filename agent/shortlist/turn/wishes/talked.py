"""The kind that a conversation is about where nobody named it: what a need is nearest to, or all that is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from shortlist.reader import says_present
from shortlist.turn.state import UNWANTED, Services, Session, active, compares, restricted_mask
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Field, Requirement

LEAST = 6
"""Items that meet what was asked for from which on their kinds tell anything."""
MOSTLY = 2 / 3
"""Share of what was asked for that is of one kind from which on the talk is about that kind."""
NEAREST = 6
"""Items nearest to a need that are asked for their kind; `MOSTLY` of them must be of one."""
NEAR = 0.15
"""Similarity of a kind to a need, that of its `TELLING` nearest items on average, from which on it may be meant."""
TELLING = 5
AHEAD = 1.25
"""Times the similarity of the next kind that the kind of a need has."""
WORDS = 80
"""Characters that are kept of a need, to be told what it was taken for."""
_INDEFINITE = re.compile(r"\b(?:some|any)thing\b|什么|啥", re.IGNORECASE)
_ELSE = re.compile(
    r"\b(?:gifts?|presents?|else|others?)\b|礼物|送[给你我他她爸妈朋老女男同孩]|别的|其他|其它", re.IGNORECASE
)
_ALIKE = re.compile(r"\b(?:similar|alike|like (?:that|this|it|these|those))\b|类似|差不多的|[这那]样的", re.IGNORECASE)


def with_talked_kind(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan:
    """Return `plan` with the kind that the talk is about, where it names none.

    A need that opens a conversation is taken for the kind of what is nearest to it: an assumption, which is named.
    Whoever goes on from there, or from items that are all of one kind, asks for that kind.
    """
    field = services.schema.role("kind")
    if field is None or field.kind != "category" or plan.good:
        return plan
    said = [edit.requirement for edit in plan.edits if edit.requirement is not None]
    rows = active(session.ledger)
    kinds = [row for row in (*rows, *said) if row.field == field.name and row.op not in UNWANTED]
    if any(row.hard for row in kinds):
        return plan
    shown = _shown_last(session)
    if not shown and not kinds:
        return _with_need(plan, message, field, services)
    alike = _ALIKE.search(message)
    says = bool(plan.edits or (plan.query and not session.pending)) and not (plan.about or plan.inquiry)
    going_on = (says and plan.intent in ("find", "refine")) or (plan.intent == "more" and alike)
    # "Something lighter" goes on from what was assumed, and from anything else it may lead away.
    opens = _ELSE.search(message) or (_INDEFINITE.search(message) and not (kinds and plan.edits))
    anew = any(edit.action == "withdraw" and edit.field is None for edit in plan.edits)
    if not shown or not going_on or anew:
        return plan
    if opens and not alike:
        gone = [PlannedEdit(action="withdraw", requirement=row, field=row.field) for row in kinds]
        return plan.model_copy(update={"edits": (*gone, *plan.edits)})
    hard = [row for row in rows if row.hard]
    if kinds:
        demands = [*hard, *(row for row in said if row.hard and not compares(row))]
        return _agreed(plan, kinds[0], demands, message, session, services)
    wish = _of_the_slate(field, _going_on_by(plan, message), session, services)
    return _wishing(plan, wish, services, hard, said) if wish is not None else plan


def _agreed(
    plan: TurnPlan, softly: Requirement, demands: list[Requirement], message: str, session: Session, services: Services
) -> TurnPlan:
    """Return `plan` with the kind that was assumed and not denied, or liked and shown alone, as what is asked for.

    Such an item must meet the `demands`.
    """
    shown = _kinds_shown(softly.field, session, services)
    if softly.op != "==" or (softly.origin != "inferred" and shown != {softly.value}):
        return plan
    wish = softly.model_copy(update={"origin": "stated", "hard": True, "quote": _going_on_by(plan, message)})
    return _with(plan, wish) if services.snapshot.mask([wish, *demands]).any() else plan


def _going_on_by(plan: TurnPlan, message: str) -> str:
    """Return the words of this turn by which it goes on: those of its first wish, which are no name of a kind."""
    return next((edit.quote for edit in plan.edits if edit.action == "add" and edit.quote), message.strip()[:WORDS])


def _of_the_slate(field: Field, quote: str, session: Session, services: Services) -> Requirement | None:
    """Return the kind of all that is shown; None where there are several."""
    kinds = _kinds_shown(field.name, session, services)
    if len(kinds) != 1:
        return None
    # What words found is meant; what came up without any may be chance.
    return Requirement(
        field=field.name, op="==", value=kinds.pop(), hard=bool(session.query or not session.slate), quote=quote
    )


def _kinds_shown(field: str, session: Session, services: Services) -> set[object]:
    snapshot = services.snapshot
    return {snapshot.value(snapshot.row_of[one], field) for one in _shown_last(session) if one in snapshot.row_of}


def _shown_last(session: Session) -> tuple[str, ...]:
    """Return the items shown last, else the one under discussion."""
    return session.slate or ((session.focus,) if session.focus else ())


def _wishing(
    plan: TurnPlan, wish: Requirement, services: Services, hard: list[Requirement], said: list[Requirement]
) -> TurnPlan:
    """Return `plan` with the wish, if what was asked for is mostly of that kind, and such items have what is asked."""
    snapshot = services.snapshot
    of_kind = snapshot.mask([wish.model_copy(update={"hard": True})])
    met = snapshot.mask(hard)
    measured = [row for row in said if row.field in snapshot.columns]
    few = bool(hard) and met.sum() < LEAST
    lacking = few or any(not (snapshot.column(row.field).present & of_kind).any() for row in measured)
    if lacking or (hard and (met & of_kind).sum() < MOSTLY * met.sum()):
        return plan
    return _with(plan, wish)


def _with_need(plan: TurnPlan, message: str, field: Field, services: Services) -> TurnPlan:
    """Return `plan` with the kind of what is nearest to the need that `message` tells, as an assumption."""
    opens = plan.source == "built-in" and plan.intent == "find" and plan.query and not (plan.about or plan.inquiry)
    if not opens or says_present(message):
        return plan
    demands = [edit.requirement for edit in plan.edits if edit.requirement is not None and edit.requirement.hard]
    kind = nearest_kind(message, field, services, demands)
    if kind is None:
        return plan
    quote = message.strip()[:WORDS]
    return _with(plan, Requirement(field=field.name, op="==", value=kind, hard=False, origin="inferred", quote=quote))


def nearest_kind(need: str, field: Field, services: Services, demands: Sequence[Requirement] = ()) -> str | None:
    """Return the kind that items near to `need` agree on, if they do, of those that meet the `demands`.

    It is never one that waits for an age.
    """
    snapshot = services.snapshot
    found = services.searcher.candidates(need, demands, n=NEAREST * TELLING, by="meaning")
    similar = np.nan_to_num(found.similarity, nan=0.0)
    order = np.argsort(-similar, kind="stable")[: 2 * NEAREST * TELLING]
    if len(order) < NEAREST:
        return None
    codes, names = snapshot.codes(field.name)
    of, similar = codes[found.rows[order]], similar[order]
    # A kind with fewer items among the nearest has others, which are further away than all of those.
    padded = {int(one): np.append(similar[of == one], np.full(TELLING, similar[-1]))[:TELLING] for one in np.unique(of)}
    best, *others = sorted(padded, key=lambda one: -padded[one].mean())
    ahead = not others or padded[best].mean() >= AHEAD * padded[others[0]].mean()
    if best < 0 or padded[best].mean() < NEAR or not ahead or (of[:NEAREST] == best).sum() < MOSTLY * NEAREST:
        return None
    restricted = restricted_mask(services.policies, snapshot)
    return None if (restricted & (codes == best)).any() else str(names[best])


def _with(plan: TurnPlan, wish: Requirement) -> TurnPlan:
    edit = PlannedEdit(action="add", requirement=wish, field=wish.field, quote=wish.quote)
    return plan.model_copy(update={"edits": (*plan.edits, edit)})
