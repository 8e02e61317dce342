"""What a slate of this turn may be chosen from: what meets the requirements, the policies and the age gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shortlist.decision import Decision
from shortlist.reader import goes_on, wants_others
from shortlist.turn.state import Services, Session, excluded_rows, house_requirements, rejected, restricted_mask
from shortlist.turn.wishes import exact_rows, sold_out, staying, wished_mask, without_each
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import ProfileSummary

from .gating import names_restricted, refuses_restricted, wants_restricted
from .slate import offered_rows, variants_of

EXCLUDING = ("!=", "not_in", "not_contains")


@dataclass(frozen=True)
class Eligible:
    """What the slate of this turn is chosen from.

    `hard` are the requirements of user and house, `met` marks the items that meet them, `fitting` counts those of
    them that the age gate leaves, `allowed` marks those that may be shown now, `hidden` the rows that must not be named
    at all, `age` is the answer to the age gate, `wanted` tells whether what it closes was asked for, `shut` whether it
    closes all that fits, `exact` marks what goes by the very name that was asked for (a grinder, of coffee gear),
    `sold_out` are the rows that would do if they were in stock, where none is, `stays` are the items of a set that
    this turn says nothing about, and `spent` tells whether all that goes by that name was shown before, so that others
    of its kind are allowed.
    """

    hard: list[Requirement]
    soft: list[Requirement]
    met: NDArray[np.bool_]
    allowed: NDArray[np.bool_]
    restricted: NDArray[np.bool_]
    hidden: frozenset[int]
    age: object
    exact: NDArray[np.bool_] | None = None
    sold_out: tuple[int, ...] = ()
    fitting: int = 0
    wanted: bool = False
    shut: bool = False
    stays: frozenset[str] = frozenset()
    spent: bool = False

    @property
    def matching(self) -> int:
        """How many items meet the requirements."""
        return int(self.met.sum())

    @property
    def assumptions(self) -> tuple[Requirement, ...]:
        """What a model inferred, to be named."""
        return tuple(row for row in self.soft if row.origin == "inferred")


def eligible(
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
    message: str,
) -> Eligible:
    """Return what this turn may choose from."""
    snapshot, policies = services.snapshot, services.policies
    hard = [row for row in ledger if row.hard] + house_requirements(policies, profile, services.schema)
    exact = exact_rows(ledger, snapshot)
    allowed = snapshot.mask(hard)
    gone_rows = sold_out(hard, exact, snapshot)
    # Where all that was asked for is sold out, others of the name are nearest, then the rest of the kind.
    if gone_rows:
        exact = exact_rows(ledger, snapshot, loosely=True)
        exact = exact if exact is not None and (allowed & exact).any() else None
    allowed = allowed if exact is None else allowed & exact
    met, matching = allowed.copy(), int(allowed.sum())
    down = [*session.turned_down, *rejected(plan, session)]
    gone = [*excluded_rows(policies, profile, snapshot, down), *variants_of(down, hard, snapshot)]
    allowed[gone] = False
    gate = policies.age_gate
    age = session.facts.get(gate.fact, profile.facts.get(gate.fact)) if gate else True
    restricted = restricted_mask(policies, snapshot) if age is not True else np.zeros(len(snapshot), dtype=bool)
    words = " ".join([plan.query, *(str(step.args.get("query", "")) for step in plan.steps)])
    wanted = bool(wants_restricted(ledger, restricted, snapshot)) or names_restricted(words, restricted, snapshot)
    refused = age is False or refuses_restricted(ledger, restricted, snapshot)
    shut, fitting = False, matching
    if restricted.any() and (refused or not (wanted or restricted.all())):
        # What nobody asked for, or may have, is left out without a word.
        shut = bool(matching) and not refused
        allowed = allowed & ~restricted
        fitting = int((met & ~restricted).sum())
    stays = staying(plan, session, ledger, snapshot, message)
    turned = not stays and (plan.intent == "more" or (plan.intent == "reject" and not plan.feedback))
    others = not stays and _asks_for_others(plan, message)
    offered = offered_rows(session, snapshot) if turned or others else []
    left = allowed.copy()
    left[offered] = False
    # Others than those shown must be as near to the wishes as they are; who asks outright gets whatever is left.
    near = left if wants_others(message) else left & wished_mask(ledger, snapshot, allowed)
    spent = (
        exact is not None
        and not left.any()
        and ((bool(offered) and not plan.edits) or (not matching and _refuses_all(hard, exact, snapshot)))
    )
    if spent:
        # All that goes by the name was shown or refused: the rest of its kind comes next.
        left = snapshot.mask(hard) & ~restricted
        left[[*gone, *offered]] = False
    shifts = turned or near.any() or not matching or (others and not plan.edits and wants_others(message))
    if shifts:
        allowed = left
    return Eligible(
        hard=hard,
        soft=[row for row in ledger if not row.hard],
        met=met,
        allowed=allowed,
        restricted=restricted,
        hidden=frozenset([*gone, *offered]) | frozenset(np.flatnonzero(restricted).tolist()),
        age=age,
        exact=exact,
        sold_out=gone_rows,
        wanted=wanted,
        fitting=fitting,
        shut=shut and not fitting,
        stays=stays,
        spent=spent and bool(shifts) and bool(left.any()),
    )


def _asks_for_others(plan: TurnPlan, message: str) -> bool:
    """Return whether other items are wanted than those shown, where the message does not itself say what to leave."""
    leaves = any(edit.requirement and edit.requirement.op in EXCLUDING for edit in plan.edits)
    return (not leaves and wants_others(message)) or (not plan.edits and goes_on(message))


def _refuses_all(hard: Sequence[Requirement], exact: NDArray[np.bool_], snapshot: Snapshot) -> bool:
    """Return whether what the user refused is all that keeps out what goes by the name that was asked for."""
    rest = [row for row in hard if row.op not in EXCLUDING or row.origin == "policy"]
    return len(rest) < len(hard) and bool((snapshot.mask(rest) & exact).any())


def uncounted(decision: Decision, field: Eligible, services: Services) -> dict[str, object]:
    """Return what a decision is to say where the ledger says nothing of the narrower name: no count of what meets it.

    Where nothing is shown it says whether others of the kind would fit than go by that name.
    """
    if field.exact is None:
        return {"matching": None}
    meets = services.snapshot.mask(field.hard)
    more = meets & ~field.restricted & ~field.exact
    more[list(field.hidden)] = False
    kind = services.schema.roles.get("kind")
    wider = tuple(row.id for row in field.hard if row.field == kind and row.op == "==" and more.any())
    none = 0 if decision.matching == 0 and not meets.any() else None
    return {"matching": none, "excluded_by": {}, "wider": wider if decision.kind == "abstain" else ()}


def left_without(field: Eligible, snapshot: Snapshot, excludes: Mapping[str, int]) -> dict[str, int]:
    """Return how many items may be shown when one requirement alone is dropped, by its id."""
    if field.exact is not None:
        return without_each(field.hard, field.exact & ~field.restricted, snapshot)
    if not field.restricted.any():
        return dict(excludes)
    left = dict(excludes)
    for row in field.hard:
        if row.id in left and row.group is None:
            rest = snapshot.mask([one for one in field.hard if one is not row])
            left[row.id] = int((rest & ~field.restricted).sum())
    return left
