"""Stage 4, decide: rank what was gathered, apply the policies, and choose to recommend, ask, confirm or abstain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist.decision import Decision
from shortlist.offline import INDIFFERENT, small_talk
from shortlist.reader import wants_others
from shortlist.turn.answering import answered, reminded
from shortlist.turn.arranging import arranged, owed_after
from shortlist.turn.asking import are_told_apart, questions
from shortlist.turn.conflicts import names
from shortlist.turn.context import Services
from shortlist.turn.exactly import exact_rows, sold_out, without_each
from shortlist.turn.inquiring import accepted, inquired
from shortlist.turn.learned import outside_signals, person_of, weights_of
from shortlist.turn.ledger import active, compares
from shortlist.turn.missing import missing_good
from shortlist.turn.near import of_the_kind, worth_naming
from shortlist.turn.policy import excluded_rows, house_requirements, restricted_mask
from shortlist.turn.preferred import UNMEASURED, as_wished, strictly, to_rank, utmost, wished_mask
from shortlist.turn.presents import is_present, liked, worth_giving
from shortlist.turn.session import Session, rejected
from shortlist.turn.sets import kinds_without, staying
from shortlist.turn.slate import choose, offered_rows, one_product
from shortlist.turn_plan import TurnPlan
from shortlist.variety import read_variety
from shortlist_tools.catalog import Requirement, Snapshot, nearest
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import Ranked, rank

RANKED = 48
"""How many of the best are looked at for the slate and for a question."""
EXCLUDING = ("!=", "not_in", "not_contains")
MOST_CONFIRMING = 2
"""How often one conversation asks for the same confirmation."""
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
    if plan.intent in ("chat", "off_topic"):
        return Decision(kind="chat", topic=plan.intent if plan.intent != "chat" else small_talk(message))
    foreign = plan.foreign[1] if plan.foreign else ""
    may_ask = session.asking_turns < services.policies.asking_turns
    if plan.foreign and may_ask and plan.foreign[0] not in session.asked:
        return Decision(kind="ask", topic="currency", ask=(plan.foreign[0],), currency=plan.foreign[1])
    decision = _recommend(plan, ledger, session, profile, gathered, services, message)
    if not decision.sold_out and (missing := missing_good(plan.good, services)):
        decision = decision.model_copy(update={"missing": missing, "unsure": False})
    return decision.model_copy(update={"currency": foreign}) if foreign else decision


@dataclass(frozen=True)
class _Field:
    """What the slate of this turn is chosen from.

    `hard` are the requirements of user and house, `matching` counts the items that meet them, `allowed` marks those
    that may be shown now, `hidden` the rows that must not be named at all, `age` is the answer to the age gate, `exact`
    marks what goes by the very name that was asked for (a grinder, of coffee gear), and `sold_out` are the rows that
    would do if they were in stock, where none is.
    """

    hard: list[Requirement]
    soft: list[Requirement]
    matching: int
    allowed: NDArray[np.bool_]
    restricted: NDArray[np.bool_]
    hidden: frozenset[int]
    age: object
    exact: NDArray[np.bool_] | None = None
    sold_out: tuple[int, ...] = ()

    @property
    def assumptions(self) -> tuple[Requirement, ...]:
        return tuple(row for row in self.soft if row.origin == "inferred")


def _field_of(
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
    message: str,
) -> _Field:
    snapshot, policies = services.snapshot, services.policies
    hard = [row for row in ledger if row.hard] + house_requirements(policies, profile, services.schema)
    allowed = snapshot.mask(hard)
    exact = exact_rows(ledger, snapshot)
    gone_rows = sold_out(hard, exact, snapshot)
    # Where all that was asked for is sold out, others of the name are nearest, then the rest of the kind.
    if gone_rows:
        exact = exact_rows(ledger, snapshot, loosely=True)
        exact = exact if exact is not None and (allowed & exact).any() else None
    allowed = allowed if exact is None else allowed & exact
    matching = int(allowed.sum())
    gone = excluded_rows(policies, profile, snapshot, [*session.turned_down, *rejected(plan, session)])
    allowed[gone] = False
    stays = bool(staying(plan, session, ledger, snapshot))
    turned = not stays and (plan.intent == "more" or (plan.intent == "reject" and not plan.feedback))
    others = not stays and _asks_for_others(plan, message)
    offered = offered_rows(session, snapshot) if turned or others else []
    left = allowed.copy()
    left[offered] = False
    if turned or left.any() or not matching:
        allowed = left
    gate = policies.age_gate
    age = session.facts.get(gate.fact, profile.facts.get(gate.fact)) if gate else True
    restricted = restricted_mask(policies, snapshot) if age is not True else np.zeros(len(snapshot), dtype=bool)
    return _Field(
        hard=hard,
        soft=[row for row in ledger if not row.hard],
        matching=matching,
        allowed=allowed,
        restricted=restricted,
        hidden=frozenset([*gone, *offered]) | frozenset(np.flatnonzero(restricted).tolist()),
        age=age,
        exact=exact,
        sold_out=gone_rows,
    )


def _asks_for_others(plan: TurnPlan, message: str) -> bool:
    """Return whether other items are wanted than those shown, where the message does not itself say what to leave."""
    leaves = any(edit.requirement and edit.requirement.op in EXCLUDING for edit in plan.edits)
    return not leaves and wants_others(message)


def _recommend(
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    gathered: dict[str, Any],
    services: Services,
    message: str,
) -> Decision:
    field = _field_of(plan, active(ledger), session, profile, services, message)
    decision = _chosen(field, plan, ledger, session, profile, gathered, services, message)
    said = {edit.requirement.field for edit in plan.edits if edit.requirement is not None}
    told = field.sold_out if said and decision.kind in ("recommend", "abstain") else ()
    ids = tuple(services.snapshot.ids[row] for row in told if row not in field.hidden)
    return decision.model_copy(update={"sold_out": ids, "ask": ()}) if ids else decision


def _chosen(
    field: _Field,
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    gathered: dict[str, Any],
    services: Services,
    message: str,
) -> Decision:
    snapshot, policies, in_force = services.snapshot, services.policies, active(ledger)
    worthy = worth_giving(field.allowed, session, in_force, message, snapshot)
    candidates, relevance, matched = _candidates(worthy, gathered)
    if len(candidates) == 0:
        candidates, relevance, matched = _candidates(field.allowed, gathered)
    if len(candidates) == 0:
        return _abstain(field, snapshot, plan, policies.slate_size)
    if policies.age_gate and _must_confirm(field, session, snapshot):
        return Decision(
            kind="confirm", confirm=policies.age_gate.fact, matching=field.matching, assumptions=field.assumptions
        )
    waiting = field.age is None and session.confirmations < MOST_CONFIRMING
    open_rows = np.ones(len(snapshot), dtype=np.bool_) if waiting else ~field.restricted
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
        else arranged(services, best, size, profile, session, in_force, message)
    )
    kept = staying(plan, session, in_force, snapshot)
    slate = choose(placed, size, in_force, snapshot, plan.query, kept)
    lacking = kinds_without(slate, in_force, snapshot)
    if not slate:
        return _abstain(field, snapshot, plan, policies.slate_size)
    fresh = tuple(row.field for row in asked if row.turn > session.turns)
    if fresh and tuple(one.id for one in slate) == session.slate:
        return Decision(kind="answer", items=tuple(slate), fields=fresh, matching=field.matching)
    wish = read_variety(message)
    # Who wants a surprise, or has no preference, wants to be shown something and not to be asked.
    shrug = bool(session.pending and INDIFFERENT.search(message)) or bool(wish and wish.level)
    # Who says what the person likes whom a present is for has said what such a question would ask.
    shrug = shrug or bool(liked(in_force) and is_present(session, in_force, message))
    # An age that was not asked for yet may open the rest: an answer that leads there changes the slate too.
    among = list(as_wished(ranked if field.age is None else open_now, in_force, snapshot))
    ask = (
        ()
        if lacking
        or shrug
        or fresh
        or field.sold_out
        or one_product(among, snapshot)
        or _is_telling(plan, ranked, in_force, snapshot)
        else _ask(plan, among, slate, in_force, session, profile, services)
    )
    if ask:
        return Decision(kind="ask", ask=ask, matching=field.matching, assumptions=field.assumptions)
    unsure = not matched and not any(row.hard for row in in_force) and not liked(in_force)
    return Decision(
        kind="recommend",
        topic=plan.intent,
        items=tuple(slate),
        matching=field.matching,
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


def _must_confirm(field: _Field, session: Session, snapshot: Snapshot) -> bool:
    """Return whether most of what the user is after, wishes included, waits for a confirmation that may be asked for.

    What nobody answered is asked again once; then only items that need no confirmation are left to show.
    """
    closed = field.restricted[wished_mask(field.soft, snapshot, field.allowed)]
    return field.age is None and session.confirmations < MOST_CONFIRMING and 2 * int(closed.sum()) > len(closed)


def _candidates(
    allowed: NDArray[np.bool_], gathered: dict[str, Any]
) -> tuple[NDArray[np.int64], NDArray[np.float64], bool]:
    """Return candidate rows with their relevance, and whether any of them is near what the words mean.

    With words to search by, the candidates are what the search found; without, everything that is allowed.
    """
    hits = gathered.get("search")
    if not hits:
        rows = np.flatnonzero(allowed)
        return rows, np.zeros(len(rows)), True
    kept = [hit for hit in hits if allowed[hit["row"]]]
    rows = np.array([hit["row"] for hit in kept], dtype=np.int64)
    relevance = np.array([hit["score"] for hit in kept], dtype=np.float64)
    similar = [hit["vector"] for hit in kept]
    return rows, relevance, not any(similar) or max(similar) >= LEAST_SIMILAR


def _answers_the_slate(plan: TurnPlan, session: Session) -> bool:
    """Return whether the turn only sets itself off from what was shown: "cheaper" wants cheaper ones shown."""
    added = [edit.requirement for edit in plan.edits if edit.requirement is not None]
    return bool(session.slate and added) and all(compares(row) for row in added)


def _ask(
    plan: TurnPlan,
    ranked: list[Ranked],
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
    return tuple(questions(services.snapshot, rows, shown, taken, plan.ask, reach))


def _abstain(field: _Field, snapshot: Snapshot, plan: TurnPlan, size: int) -> Decision:
    """Nothing can be shown: everything was, or age forbids it, or nothing fits; then name the items that miss least."""
    if field.matching:
        closed = bool((field.allowed & field.restricted).any())
        topic = "restricted" if closed else plan.intent
        return Decision(
            kind="abstain", topic=topic, matching=field.matching, repeated=not closed, assumptions=field.assumptions
        )
    close = nearest(snapshot, field.hard, n=30 + len(field.hidden) if field.exact is None else len(snapshot))
    among = [near for near in close.items if field.exact is None or field.exact[near.row]] or close.items
    named = of_the_kind([near for near in among if near.row not in field.hidden], among, snapshot)
    kept = worth_naming(named, snapshot, size)
    return Decision(
        kind="abstain",
        items=tuple(Ranked(id=near.id, row=near.row, score=0.0, terms=()) for near in kept),
        broken={near.id: tuple(row.id for row in near.broken) for near in kept},
        matching=0,
        excluded_by=dict(close.excludes) if field.exact is None else without_each(field.hard, field.exact, snapshot),
        assumptions=field.assumptions,
    )
