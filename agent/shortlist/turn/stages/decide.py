"""Stage 4, decide: rank what was gathered, apply the policies, and choose to recommend, ask, confirm or abstain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist.decision import Decision
from shortlist.offline import small_talk
from shortlist.reader import gives_up
from shortlist.turn.answers import accepted, answered, inquired, rated, reminded
from shortlist.turn.choice import (
    Eligible,
    are_told_apart,
    arranged,
    choose,
    eligible,
    fields_to_ask,
    gives_way,
    leaves_it_to_us,
    left_without,
    must_confirm,
    nothing_known,
    of_the_kind,
    one_product,
    others_without,
    outside_signals,
    owed_after,
    person_of,
    products,
    wants_restricted,
    weights_of,
    worth_naming,
)
from shortlist.turn.state import Services, Session, active, names
from shortlist.turn.texts import said_of, verdicts, without_spoken, worrying
from shortlist.turn.wishes import (
    FOREIGN,
    as_wished,
    beyond,
    grown_up_first,
    kinds_without,
    lacking,
    liked,
    strictly,
    to_rank,
    untold,
    utmost,
    utmost_of,
    worth_giving,
)
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement, Snapshot, nearest
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import Ranked, rank
from shortlist_tools.text import detect_language

RANKED = 48
"""How many of the best are looked at for the slate and for a question."""
LEAST_SIMILAR = 0.25
"""Below this similarity to every item a reply hedges; it cannot tell that nothing fits (docs/decisions.md)."""


def decide(
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    gathered: dict[str, Any],
    services: Services,
    message: str = "",
) -> Decision:
    """Return what this turn answers."""
    if plan.inquiry:
        return inquired(plan, active(ledger), session, profile, services)
    if plan.intent in ("about", "compare") and (plan.about or session.slate):
        return answered(plan, active(ledger), session, profile, services, message)
    if plan.recall and plan.intent == "profile":
        return reminded(plan, session, profile, services)
    if plan.intent == "profile":
        return Decision(kind="answer", topic="profile", profile=profile.model_dump(mode="json"))
    if plan.intent == "reset" and len(plan.edits) == 1:
        return Decision(kind="chat", topic="fresh")
    if plan.intent == "accept":
        return accepted(plan, session, profile, services)
    if plan.intent == "chat" and plan.ratings:
        return rated(plan, session, profile, services)
    if plan.intent in ("chat", "off_topic"):
        talk = "given_up" if gives_up(message) else small_talk(message)
        return Decision(kind="chat", topic=plan.intent if plan.intent != "chat" else talk)
    foreign = plan.foreign[1] if plan.foreign else ""
    may_ask = session.asking_turns < services.policies.asking_turns
    if plan.foreign and may_ask and plan.foreign[0] not in session.asked:
        return Decision(kind="ask", topic="currency", ask=(plan.foreign[0],), currency=plan.foreign[1])
    decision = _recommend(plan, ledger, session, profile, gathered, services, message)
    if plan.good and not decision.sold_out:
        decision = lacking(decision, plan, ledger, session, services)
    return decision.model_copy(update={"currency": foreign}) if foreign else decision


def _recommend(
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    gathered: dict[str, Any],
    services: Services,
    message: str,
) -> Decision:
    spoken, ledger = ledger, without_spoken(ledger, services.schema)
    field = eligible(plan, active(ledger), session, profile, services, message)
    decision = _chosen(field, plan, ledger, session, profile, gathered, services, message, spoken)
    said = {edit.requirement.field for edit in plan.edits if edit.requirement is not None}
    told = field.sold_out if said and decision.kind in ("recommend", "abstain") else ()
    ids = tuple(services.snapshot.ids[row] for row in told if row not in field.hidden)
    if field.exact is not None:
        # The ledger says nothing of the narrower name, so that no count of what meets it is told.
        none = decision.matching == 0 and not services.snapshot.mask(field.hard).any()
        decision = decision.model_copy(update={"matching": 0 if none else None, "excluded_by": {}})
    asks = decision.kind in ("recommend", "ask", "abstain") and not decision.unheard
    if asks and (words := untold(plan, active(ledger), session, services)):
        decision = decision.model_copy(update={"unheard": words, "unsure": decision.unsure or not active(ledger)})
    return decision.model_copy(update={"sold_out": ids, "constrained": False}) if ids else decision


def _chosen(
    field: Eligible,
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    gathered: dict[str, Any],
    services: Services,
    message: str,
    spoken: Sequence[Requirement],
) -> Decision:
    snapshot, policies, in_force = services.snapshot, services.policies, active(ledger)
    gate, denied = policies.age_gate, False
    if field.age is False:
        # What a minor may not have asks for nothing; the rest of the wish goes on.
        closed = wants_restricted(in_force, field.restricted, snapshot)
        in_force = [row for row in in_force if row not in closed]
        denied = bool(closed) or field.wanted or gives_way(ledger, message, session, gate, field.restricted, snapshot)
        if denied and not any(row.hard for row in in_force):
            return Decision(kind="abstain", topic="restricted", matching=None)
        if closed:
            field, gathered = eligible(plan, in_force, session, profile, services, message), {}
    worthy = worth_giving(field.allowed, session, in_force, message, snapshot)
    candidates, relevance, similar = _candidates(worthy, gathered)
    if len(candidates) == 0:
        candidates, relevance, similar = _candidates(field.allowed, gathered)
    if len(candidates) == 0:
        return _abstain(field, snapshot, plan, policies.slate_size, session)
    if (
        gate
        and field.age is None
        and must_confirm(field.allowed, field.restricted, field.soft, field.wanted, session, snapshot)
    ):
        return Decision(kind="confirm", confirm=gate.fact, matching=field.matching, assumptions=field.assumptions)
    open_rows = ~field.restricted
    told = verdicts(spoken, candidates, detect_language(message), services)
    if told is not None:
        if worry := worrying(told, candidates):
            return Decision(kind="abstain", matching=None, warned=worry, assumptions=field.assumptions)
        kept = told.among(candidates)
        candidates, relevance = candidates[kept], relevance[kept]
    worth = to_rank(candidates, relevance * bool(plan.query), in_force, snapshot, open_rows, RANKED)
    candidates, relevance = candidates[worth], relevance[worth]
    ranked = rank(
        snapshot, candidates, relevance, field.soft, profile, weights_of(services), top=RANKED,
        hard=field.hard, given=outside_signals(services, profile.user, candidates),
        person=person_of(services, session, profile, plan), measured=True,
    )  # fmt: skip
    open_now = [one for one in ranked if not field.restricted[one.row]]
    size = min(plan.count or policies.slate_size, policies.slate_size)
    best = as_wished(open_now, in_force, snapshot)
    asked = utmost(in_force)
    placed = (
        strictly(best, in_force, snapshot)
        if asked
        else grown_up_first(
            arranged(services, best, size, profile, session, in_force, message), session, in_force, message, snapshot
        )
    )
    let_go = beyond(ledger, session.turns + 1)
    slate = choose(placed, size, [*in_force, *map(utmost_of, let_go)], snapshot, plan.query, field.stays)
    lacking = kinds_without(slate, in_force, snapshot)
    if not slate:
        return _abstain(field, snapshot, plan, policies.slate_size, session)
    fresh = tuple(row.field for row in asked if row.turn > session.turns)
    if fresh and tuple(one.id for one in slate) == session.slate:
        return Decision(kind="answer", items=tuple(slate), fields=fresh, matching=field.matching)
    among = list(best)
    settled = fresh or one_product(among, snapshot) or _is_telling(plan, ranked, in_force, snapshot)
    ask = (
        ()
        if settled
        or lacking
        or (plan.unheard and not plan.edits)
        or field.sold_out
        or leaves_it_to_us(message, in_force, session)
        else fields_to_ask(plan, among, slate, in_force, session, profile, services)
    )
    unsure = similar < LEAST_SIMILAR and not any(row.hard for row in in_force) and not liked(in_force)
    alone = nothing_known(in_force, session, profile) or (plan.good and not in_force)
    # A single pick is wrong as soon as one guess is: where one alone is shown, the question goes first.
    if ask and ((alone and (not plan.query or similar < FOREIGN)) or policies.slate_size == 1):
        return Decision(kind="ask", ask=ask, matching=field.matching, assumptions=field.assumptions)
    closed = wants_restricted(in_force, field.restricted, snapshot) if field.age is None else []
    return Decision(
        **(said_of(told, slate, session) if told is not None else {}),
        kind="recommend",
        topic=plan.intent,
        items=tuple(slate),
        matching=field.matching,
        products=products(field.met, snapshot) if field.fitting == field.matching <= RANKED else None,
        ask=ask[:1],
        beyond=let_go,
        closed="refused" if denied else "waiting" if closed else "",
        assumptions=field.assumptions,
        unsure=unsure,
        constrained=any(row.hard for row in in_force),
        owed=owed_after(services, slate, session),
        without=lacking,
    )


def _is_telling(plan: TurnPlan, ranked: Sequence[Ranked], ledger: Sequence[Requirement], snapshot: Snapshot) -> bool:
    """Return whether the words of this turn single out items of a kind that is settled."""
    kind = snapshot.schema.roles.get("kind")
    settled = [row for row in ledger if row.field == kind and row.hard]
    kinds = {str(value) for row in settled for value in names(row)}
    return bool(settled and plan.query) and are_told_apart([one.row for one in ranked], plan.query, snapshot, kinds)


def _candidates(
    allowed: NDArray[np.bool_], gathered: dict[str, Any]
) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
    """Return candidate rows with their relevance, and how near the nearest is to what the words mean.

    With words to search by, the candidates are what the search found; without, everything that is allowed. Where
    meaning was not searched by, nothing is said to be far.
    """
    hits = gathered.get("search")
    if not hits:
        rows = np.flatnonzero(allowed)
        return rows, np.zeros(len(rows)), math.inf
    kept = [hit for hit in hits if allowed[hit["row"]]]
    rows = np.array([hit["row"] for hit in kept], dtype=np.int64)
    relevance = np.array([hit["score"] for hit in kept], dtype=np.float64)
    similar = [hit["vector"] for hit in kept]
    return rows, relevance, max(similar, default=0.0) or math.inf


def _abstain(field: Eligible, snapshot: Snapshot, plan: TurnPlan, size: int, session: Session) -> Decision:
    """Nothing can be shown: everything was, or age forbids it, or nothing fits; then name the items that miss least."""
    if field.fitting:
        closed = bool((field.allowed & field.restricted).any())
        topic = "restricted" if closed else plan.intent
        others = {} if closed else others_without(field.hard, field.hidden, snapshot)
        return Decision(
            kind="abstain", topic=topic, matching=field.matching, repeated=not closed, excluded_by=others,
            assumptions=field.assumptions,
        )  # fmt: skip
    close = nearest(snapshot, field.hard, n=30 + len(field.hidden) if field.exact is None else len(snapshot))
    among = [near for near in close.items if field.exact is None or field.exact[near.row]] or close.items
    named = of_the_kind([near for near in among if near.row not in field.hidden], among, snapshot, field.soft)
    kept = worth_naming(named, snapshot, size)
    again = bool(kept) and tuple(near.id for near in kept) == session.slate and not plan.edits
    return Decision(
        kind="abstain",
        items=tuple(Ranked(id=near.id, row=near.row, score=0.0, terms=()) for near in kept),
        broken={near.id: tuple(row.id for row in near.broken) for near in kept},
        matching=None if field.shut else 0,
        again=again,
        excluded_by=left_without(field, snapshot, close.excludes),
        closed="waiting" if field.shut else "",
        assumptions=field.assumptions,
    )
