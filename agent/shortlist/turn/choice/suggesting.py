"""Whether to ask, and what: never in the place of suggestions where anything is known, never the same twice running."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shortlist.offline import INDIFFERENT
from shortlist.turn.state import Services, Session, compares, names
from shortlist.turn.wishes import UNMEASURED, is_present, liked, utmost
from shortlist.turn_plan import TurnPlan
from shortlist.variety import read_variety
from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import Ranked

from .asking import are_told_apart, questions

COMMON = 0.8
"""Share of the candidates that have a field from which on it is asked about before the kind of item is settled."""
MOST_LOOKED_AT = 48
_YOURS = re.compile(
    r"\b(?:surprise me|up to you|you (?:choose|decide|pick)|whatever|your choice|anything(?: you (?:like|want))?\W*$)"
    r"|随便|随意|都行|都可以|无所谓|看着办|你定|你(?:来)?(?:选|挑|推荐)",
    re.IGNORECASE,
)


def leaves_it_to_us(message: str, ledger: Sequence[Requirement], session: Session) -> bool:
    """Return whether the user wants to be shown something and not to be asked: a surprise, no preference, a liking."""
    wish = read_variety(message)
    if (session.pending and INDIFFERENT.search(message)) or _YOURS.search(message) or (wish and wish.level):
        return True
    # Who says what the person likes whom a present is for has said what such a question would ask.
    return bool(liked(ledger) and is_present(session, ledger, message))


def nothing_known(ledger: Sequence[Requirement], session: Session, profile: ProfileSummary) -> bool:
    """Return whether there is nothing to choose suggestions by: no requirement, no profile, and nothing said before."""
    said = session.slate or session.asking_turns or session.exchanges
    return not (ledger or profile.events or profile.facts or said)


def _answers_the_slate(plan: TurnPlan, session: Session) -> bool:
    """Return whether the turn only sets itself off from what was shown: "cheaper" wants cheaper ones shown."""
    added = [edit.requirement for edit in plan.edits if edit.requirement is not None]
    return bool(session.slate and added) and all(compares(row) for row in added)


def fields_to_ask(
    plan: TurnPlan,
    ranked: Sequence[Ranked],
    slate: list[Ranked],
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
) -> tuple[str, ...]:
    """Return the fields to ask about now, if asking is allowed and would change the slate."""
    policies = services.policies
    settled = len([row for row in ledger if row.hard])
    # Several items bear with what nobody asked for; a single pick is wrong as soon as one guess is.
    plenty = len(slate) > 1 and settled >= services.settings.enough_requirements
    enough = plenty or (plan.count is not None and settled)
    # Who wants the cheapest or the best of all wants to be shown it.
    extreme = bool(utmost(ledger)) and any(
        edit.requirement is not None and edit.requirement.op in UNMEASURED for edit in plan.edits
    )
    if (
        enough
        or extreme
        or _answers_the_slate(plan, session)
        or session.asking_turns >= policies.asking_turns
        or plan.intent in ("more", "reject")
        or plan.feedback
    ):
        return ()
    taken = {row.field for row in ledger} | set(session.asked) | set(profile.facts)
    access = policies.availability
    unknown = access is not None and access.ask and not profile.facts.get(access.user)
    if access is not None and not unknown:
        taken.add(access.item)
    rows = np.array([one.row for one in ranked], dtype=np.int64)
    shown = [one.row for one in slate]
    reach = access.item if access is not None and unknown else None
    found = questions(services.snapshot, rows, shown, taken, plan.ask, reach)
    return tuple(name for name in found if reach == name or _makes_sense(name, rows, ledger, services.snapshot))


def _makes_sense(name: str, rows: NDArray[np.int64], ledger: Sequence[Requirement], snapshot: Snapshot) -> bool:
    """Return whether a field may be asked about: where the kind of item is open, one that nearly all items have."""
    kind = snapshot.schema.roles.get("kind")
    if kind is None or any(row.field == kind and row.op in ("==", "in") for row in ledger):
        return True
    looked = rows[:MOST_LOOKED_AT]
    known = sum(snapshot.value(int(row), name) not in (None, ()) for row in looked)
    return known >= COMMON * len(looked)


def is_telling(plan: TurnPlan, ranked: Sequence[Ranked], ledger: Sequence[Requirement], snapshot: Snapshot) -> bool:
    """Return whether the words of this turn single out items of a kind that is settled."""
    kind = snapshot.schema.roles.get("kind")
    settled = [row for row in ledger if row.field == kind and row.hard]
    kinds = {str(value) for row in settled for value in names(row)}
    return bool(settled and plan.query) and are_told_apart([one.row for one in ranked], plan.query, snapshot, kinds)
