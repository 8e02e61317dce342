"""What gives an item another place than its score: variety, the mix of kinds, exploration, and fairness to groups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from sqlalchemy import select

from shortlist.turn.state import Services, Session, Variety
from shortlist.turn_plan import TurnPlan
from shortlist.variety import Wish
from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import Event, ProfileSummary
from shortlist_tools.ranking import SIGNALS, Ranked
from shortlist_tools.ranking.bandit import Budget, explore
from shortlist_tools.ranking.diversity import Mix, interests_of, mix_of, rerank
from shortlist_tools.ranking.fairness import Target, exposure, fairer, members
from shortlist_tools.ranking.feedback import Belief
from shortlist_tools.ranking.kinds import buying, kind_mix
from shortlist_tools.store import tables

from .learned import weights_of
from .slate import first_of_each_group

DEVIATION = 0.25
"""How unsure exploration is of everybody's weight of a signal."""
IDLE = ("find", "refine", "chat", "off_topic")
"""What a message that only says how varied it should be is taken for."""


def with_variety(plan: TurnPlan, session: Session, wish: Wish) -> tuple[TurnPlan, Session]:
    """Return the plan and the session of a turn that said how varied slates are to be.

    A message that says nothing else asks for items: others than those shown, where some were.
    """
    like = plan.about or ((session.focus,) if session.focus else session.slate)
    variety = None if wish.level is None else Variety(level=wish.level, like=like if wish.level < 0.5 else ())
    query = wish.without(plan.query)
    intent = plan.intent
    if not plan.edits and not plan.feedback and intent in IDLE:
        intent = "more" if session.slate and wish.level is not None else "refine"
    return plan.model_copy(update={"intent": intent, "query": query}), session.model_copy(update={"variety": variety})


def arranged(
    services: Services,
    ranked: Sequence[Ranked],
    size: int,
    profile: ProfileSummary,
    session: Session,
    ledger: Sequence[Requirement] = (),
    message: str = "",
) -> list[Ranked]:
    """Return `ranked` with its first `size` as the user and the settings want them; as it is where nothing is set.

    Args:
        services: The parts of the recommender.
        ranked: What may be shown, best first.
        size: Of the slate.
        profile: What is known of the user.
        session: What was said of variety, what was shown, and what groups of items are owed.
        ledger: Requirements in force: a kind that was asked for is not mixed with others.
        message: What the user said now.
    """
    settings, snapshot = services.settings, services.snapshot
    level = session.variety.level if session.variety else settings.surprise
    mixed = _kinds(services, ranked, session, ledger, message) if settings.mix_kinds else {}
    if level is None and not mixed and not settings.explore and not services.policies.fairness:
        return list(ranked)
    found = first_of_each_group(ranked, snapshot)
    if level is not None or mixed:
        mix = mix_of(level) if level is not None else Mix()
        mix = mix.model_copy(update={"calibration": 1.0}) if mixed else mix
        wanted = mixed or interests_of(snapshot, profile)
        found = rerank(snapshot, found, size, mix, profile, wanted, _like(session, profile), session.offered)
    if settings.explore:
        found = _explored(services, found, size, session)
    for target in services.policies.fairness:
        owed = session.owed.get(name_of(target), 0.0)
        found, _ = fairer(found, size, group_of(snapshot, target), target.share, owed)
    return found


def owed_after(services: Services, slate: Sequence[Ranked], session: Session) -> dict[str, float]:
    """Return what the declared groups of items are owed after `slate`, in slates' worth of attention, by name."""
    rows = [[one.row for one in slate]]
    return {
        name_of(target): round(
            session.owed.get(name_of(target), 0.0) + target.share - exposure(rows, group_of(services.snapshot, target)),
            6,
        )
        for target in services.policies.fairness
        if slate
    }


def name_of(target: Target) -> str:
    """Return the name of a declared group of items."""
    return f"{target.field}={'|'.join(target.values)}"


@lru_cache(maxsize=16)
def group_of(snapshot: Snapshot, target: Target) -> frozenset[int]:
    """Return the rows of a declared group of items."""
    return members(snapshot, target)


def _like(session: Session, profile: ProfileSummary) -> Sequence[str]:
    """Return what slates are to be near to: what the user meant, else looks at, else liked last."""
    if session.variety is not None and session.variety.like:
        return session.variety.like
    return [session.focus] if session.focus else profile.seen.get("liked", ())[-1:]


def _kinds(
    services: Services, ranked: Sequence[Ranked], session: Session, ledger: Sequence[Requirement], message: str
) -> dict[str, float]:
    """Return the wanted share of each kind, by how the session's searches go; empty where a kind was asked for."""
    kind = services.schema.roles.get("kind")
    if any(row.field == kind for row in ledger):
        return {}
    table = tables.turns
    query = select(table.c.message).where(table.c.session_id == session.id).order_by(table.c.number)
    with services.store.read() as connection:
        said = [*connection.scalars(query), message]
    events = [Event(kind="searched", text=text, time=float(at)) for at, text in enumerate(said) if text.strip()]
    return kind_mix(services.snapshot, np.array([one.row for one in ranked]), buying(events, services.schema))


def _explored(services: Services, ranked: list[Ranked], size: int, session: Session) -> list[Ranked]:
    """Return `ranked` with the last place of the slate left to chance, if the person's share of such slates allows it.

    The draw rests on person, session and turn alone, so that a turn that is run again is answered alike.
    """
    shown = [showing.items for showing in services.past.showings(session) if showing.items]
    spent = sum(any(move["by"] == "exploration" for one in items for move in one["moved"]) for items in shown)
    weights = weights_of(services)
    belief = Belief.prior(SIGNALS, np.array([weights.of(name) for name in SIGNALS]), DEVIATION)
    seed = int.from_bytes(blake2b(f"{session.user}\n{session.id}\n{session.turns}".encode(), digest_size=8).digest())
    budget = Budget(share=services.settings.explore)
    return explore(ranked, size, belief, budget, np.random.default_rng(seed), spent, len(shown))
