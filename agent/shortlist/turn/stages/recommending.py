"""A recommendation: the slate of this turn out of what may be shown, whether to ask first, and what to own up to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist.decision import Decision
from shortlist.turn.choice import (
    Eligible,
    arranged,
    choose,
    closed_parts,
    eligible,
    fields_to_ask,
    gives_way,
    is_telling,
    leaves_it_to_us,
    left_without,
    must_confirm,
    names_more,
    nothing_known,
    of_the_kind,
    offered_rows,
    one_product,
    others_without,
    outside_signals,
    owed_after,
    person_of,
    products,
    spent_name,
    uncounted,
    wants_restricted,
    weights_of,
    worth_naming,
)
from shortlist.turn.state import Services, Session, active
from shortlist.turn.texts import Verdicts, said_of, verdicts, without_spoken, worrying
from shortlist.turn.wishes import (
    FOREIGN,
    as_wished,
    beyond,
    given_way,
    grown_up_first,
    in_each_part,
    kinds_without,
    liked,
    measured,
    strictly,
    takes_out,
    to_rank,
    unborne,
    untold,
    utmost,
    utmost_of,
    wished_mask,
    worth_giving,
)
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement, Snapshot, nearest
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import Ranked, rank

RANKED = 48
"""How many of the best are looked at for the slate and for a question."""
LEAST_SIMILAR = 0.25
"""Below this similarity to every item a reply hedges; it cannot tell that nothing fits (docs/decisions.md)."""


@dataclass(frozen=True)
class Occasion:
    """What a recommendation is made for: the plan and all that the conversation has come to.

    `ledger` holds the rows that fields can meet, `spoken` those that only texts tell as well, `in_force` the active
    rows of `ledger`.
    """

    plan: TurnPlan
    ledger: Sequence[Requirement]
    spoken: Sequence[Requirement]
    in_force: Sequence[Requirement]
    session: Session
    profile: ProfileSummary
    gathered: dict[str, Any]
    services: Services
    message: str

    @property
    def snapshot(self) -> Snapshot:
        """The catalog's columns."""
        return self.services.snapshot

    @property
    def size(self) -> int:
        """How many items are shown at most."""
        most = self.services.policies.slate_size
        return min(self.plan.count or most, most)

    def eligible(self) -> Eligible:
        """Return what may be chosen from."""
        return eligible(self.plan, self.in_force, self.session, self.profile, self.services, self.message)


@dataclass(frozen=True)
class Candidates:
    """Rows with their relevance, how near the nearest is to what the words mean, and what their texts tell."""

    rows: NDArray[np.int64]
    relevance: NDArray[np.float64]
    similar: float
    told: Verdicts | None = None

    def of(self, kept: NDArray[Any]) -> Candidates:
        """Return those of them that `kept` marks or counts."""
        return replace(self, rows=self.rows[kept], relevance=self.relevance[kept])


def recommend(
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    gathered: dict[str, Any],
    services: Services,
    message: str,
) -> Decision:
    """Return the slate of this turn, the question that comes before it, or why there is none."""
    rows = without_spoken(ledger, services.schema)
    at = Occasion(plan, rows, ledger, active(rows), session, profile, gathered, services, message)
    decision = _recommended(field := at.eligible(), at)
    said = {edit.requirement.field for edit in plan.edits if edit.requirement is not None}
    sold = field.sold_out if said and decision.kind in ("recommend", "abstain") else ()
    ids = tuple(services.snapshot.ids[row] for row in sold if row not in field.hidden)
    if field.exact is not None or (decision.matching and unborne(at.in_force, services)):
        decision = decision.model_copy(update=uncounted(decision, field, services))
    if field.spent and decision.kind == "recommend":
        decision = decision.model_copy(update=spent_name(at.in_force, at.snapshot))
    if words := untold(plan, at.in_force, session, services, decision):
        decision = decision.model_copy(update={"unheard": words, "unsure": decision.unsure or not at.in_force})
    return decision.model_copy(update={"sold_out": ids, "constrained": False}) if ids else decision


def _recommended(field: Eligible, at: Occasion) -> Decision:
    gate, snapshot, session, denied = at.services.policies.age_gate, at.snapshot, at.session, False
    if field.age is False:
        # What a minor may not have asks for nothing; the rest of the wish goes on.
        closed = wants_restricted(at.in_force, field.restricted, snapshot)
        gives = gives_way(at.ledger, at.message, session, gate, field.restricted, snapshot)
        at = replace(at, in_force=[row for row in at.in_force if row not in closed])
        denied = bool(closed) or field.wanted or gives or session.told == "confirm"
        if denied and not names_more(at.in_force, snapshot):
            return Decision(kind="abstain", topic="restricted", matching=None)
        if closed:
            field = (at := replace(at, gathered={})).eligible()
    if gate and field.age is None:
        hits, again = at.gathered.get("search") or (), session.confirmations > 0
        if must_confirm(field.allowed, field.restricted, at.in_force, field.wanted, hits, session, snapshot):
            return Decision(kind="confirm", confirm=gate.fact, again=again, assumptions=field.assumptions)
    found = _candidates(worth_giving(field.allowed, session, at.in_force, at.message, snapshot), at, field.stays)
    found = found if len(found.rows) else _candidates(field.allowed, at, field.stays)
    if not len(found.rows):
        return _abstain(field, at, denied)
    told, narrowed = verdicts(at.spoken, found.rows, at.services), False
    if told is not None:
        if worry := worrying(told, found.rows):
            return Decision(kind="abstain", matching=None, warned=worry, assumptions=field.assumptions)
        among = in_each_part(told.among, found.rows, at.in_force, at.snapshot)
        found, narrowed = replace(found.of(among), told=told), not among.all()
    decision = _slate(_best(found, field, at), found, field, at, denied)
    # What fields allow is no count of what texts leave.
    return decision.model_copy(update={"matching": None, "products": None}) if narrowed else decision


def _best(found: Candidates, field: Eligible, at: Occasion) -> list[Ranked]:
    """Return the best of the candidates in the order of their scores."""
    kept = to_rank(
        found.rows, found.relevance * bool(at.plan.query), at.in_force, at.snapshot, ~field.restricted, RANKED
    )
    found = found.of(kept | np.isin(found.rows, [at.snapshot.row_of[one] for one in field.stays]))
    return rank(
        at.snapshot, found.rows, found.relevance, field.soft, at.profile, weights_of(at.services), top=RANKED,
        hard=field.hard, given=outside_signals(at.services, at.profile.user, found.rows),
        person=person_of(at.services, at.session, at.profile, at.plan), measured=True,
    )  # fmt: skip


def _in_order(best: Sequence[Ranked], at: Occasion) -> Sequence[Ranked]:
    """Return the best in the order of the slate: that of a superlative, or of variety and of who it is for."""
    if utmost(at.in_force):
        return strictly(best, at.in_force, at.snapshot)
    varied = arranged(at.services, best, at.size, at.profile, at.session, at.in_force, at.message)
    return grown_up_first(varied, at.session, at.in_force, at.message, at.snapshot)


def _slate(ranked: list[Ranked], found: Candidates, field: Eligible, at: Occasion, denied: bool) -> Decision:
    """Return the slate out of `ranked`, or the question that is worth more; `denied`: an age forbids what was asked."""
    snapshot, session, in_force, plan = at.snapshot, at.session, at.in_force, at.plan
    best = as_wished([one for one in ranked if not field.restricted[one.row]], in_force, snapshot, field.stays)
    wishes = [*in_force, *map(utmost_of, let_go := beyond(at.ledger, session.turns + 1))]
    staying = [one for one in best if takes_out(plan, snapshot.schema) and one.id in field.stays]
    slate = choose(_in_order(staying or best, at), at.size, wishes, snapshot, plan.query, field.stays)
    if not slate:
        return _abstain(field, at, denied)
    fresh = tuple(row.field for row in utmost(in_force) if row.turn > session.turns)
    if fresh and session.slate == tuple(one.id for one in slate):
        return Decision(kind="answer", items=tuple(slate), fields=fresh, matching=field.matching)
    parts = closed_parts(in_force, field.restricted, snapshot)
    shut = [row.value for row in parts]
    none_of = tuple(name for name in kinds_without(slate, in_force, snapshot) if name not in shut)
    waits = bool(parts) and field.age is None
    denied = denied or (bool(parts) and not waits)
    settled = fresh or none_of or field.stays or one_product(best, snapshot)
    ask = () if settled or is_telling(plan, ranked, in_force, snapshot) else _question(best, slate, field, at)
    alone = nothing_known(in_force, session, at.profile) or (plan.good and not in_force)
    # A single pick is wrong as soon as one guess is: where one alone is shown, the question goes first.
    if ask and ((alone and (not plan.query or found.similar < FOREIGN)) or at.services.policies.slate_size == 1):
        return Decision(kind="ask", ask=ask, matching=field.matching, assumptions=field.assumptions)
    gate = at.services.policies.age_gate
    unsure = found.similar < LEAST_SIMILAR and not any(row.hard for row in in_force) and not liked(in_force)
    return Decision(
        **(said_of(found.told, slate, session) if found.told is not None else {}),
        kind="recommend",
        topic=plan.intent,
        items=tuple(slate),
        # How many meet what texts tell, nobody counts; nor what an age forbids and is taken back now.
        matching=field.matching if found.told is None and not denied else None,
        products=products(field.met, snapshot) if field.fitting == field.matching <= RANKED else None,
        more=(plan.count or 0) > len(slate) == at.size,
        ask=() if waits else ask[:1],
        confirm=gate.fact if gate and waits else None,
        beyond=(*let_go, *given_way(slate, in_force, session, snapshot)),
        closed="refused" if denied else "waiting" if waits else "",
        assumptions=field.assumptions,
        unsure=unsure,
        constrained=any(row.hard for row in in_force),
        owed=owed_after(at.services, slate, session),
        without=none_of,
    )


def _question(best: Sequence[Ranked], slate: list[Ranked], field: Eligible, at: Occasion) -> tuple[str, ...]:
    """Return the fields to ask about, if the answer would help."""
    unread = at.plan.unheard and not at.plan.edits
    if unread or field.sold_out or leaves_it_to_us(at.message, at.in_force, at.session):
        return ()
    return fields_to_ask(at.plan, best, slate, at.in_force, at.session, at.profile, at.services)


def _candidates(allowed: NDArray[np.bool_], at: Occasion, stays: frozenset[str]) -> Candidates:
    """Return the candidates out of what is allowed.

    With words to search by, these are what the search found, what of a set `stays`, and what keeps the wishes where
    nothing found does; without, all that is allowed. Where meaning was not searched by, nothing is said to be far.
    """
    if not (hits := at.gathered.get("search")):
        rows = np.flatnonzero(allowed)
        return Candidates(rows, np.zeros(len(rows)), math.inf)
    kept = [hit for hit in hits if allowed[hit["row"]]]
    rows = np.array([hit["row"] for hit in kept], dtype=np.int64)
    relevance = np.array([hit["score"] for hit in kept], dtype=np.float64)
    more = np.array([at.snapshot.row_of[one] for one in stays], dtype=np.int64)
    if measured(at.in_force) and not (wished := wished_mask(at.in_force, at.snapshot, allowed))[rows].any():
        more = np.union1d(more, np.flatnonzero(wished))
    more = np.setdiff1d(more[allowed[more]], rows)
    rows, relevance = np.concatenate([rows, more]), np.concatenate([relevance, np.zeros(len(more))])
    return Candidates(rows, relevance, max((hit["vector"] for hit in kept), default=0.0) or math.inf)


def _abstain(field: Eligible, at: Occasion, denied: bool) -> Decision:
    """Nothing can be shown: everything was, or age forbids it, or nothing fits; then name the items that miss least."""
    snapshot, plan, gate = at.snapshot, at.plan, at.services.policies.age_gate
    if field.fitting:
        closed = bool((field.allowed & field.restricted).any())
        told = field.hidden | frozenset(offered_rows(at.session, snapshot))
        others = {} if closed else others_without(field.hard, told, snapshot)
        return Decision(
            kind="abstain", topic="restricted" if closed else plan.intent, matching=field.matching,
            repeated=not closed, excluded_by=others, assumptions=field.assumptions,
        )  # fmt: skip
    close = nearest(snapshot, field.hard, n=30 + len(field.hidden), among=field.exact)
    among = [near for near in close.items if field.exact is None or field.exact[near.row]] or close.items
    named = of_the_kind([near for near in among if near.row not in field.hidden], among, snapshot, field.soft)
    kept = worth_naming(named, snapshot, at.services.policies.slate_size)
    again = bool(kept) and tuple(near.id for near in kept) == at.session.slate and not plan.edits
    return Decision(
        kind="abstain",
        items=tuple(
            strictly([Ranked(id=near.id, row=near.row, score=0.0, terms=()) for near in kept], at.in_force, snapshot)
        ),
        broken={near.id: tuple(row.id for row in near.broken) for near in kept},
        matching=None if denied or field.met.any() else 0,
        again=again,
        excluded_by={} if denied else left_without(field, snapshot, close.excludes),
        closed="refused" if denied else "waiting" if field.shut else "",
        confirm=gate.fact if gate and field.shut and not denied else None,
        assumptions=field.assumptions,
    )
