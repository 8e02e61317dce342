"""What the person's reactions to earlier slates change in the ranking of this turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from shortlist.turn.context import Services
from shortlist.turn.session import Session, rejected
from shortlist.turn_plan import TurnPlan
from shortlist_tools.profile import Event, ProfileSummary
from shortlist_tools.ranking import Person, Ranked
from shortlist_tools.ranking.diversity import interests_of, mix_of, rerank
from shortlist_tools.ranking.feedback import Shown, Slate, join, learn
from shortlist_tools.store import tables

REACTIONS = ("liked", "added", "bought", "shared", "watched", "dismissed", "returned")
MOST_SLATES = 30
"""Slates that are looked back at, the newest."""


def person_of(services: Services, session: Session, profile: ProfileSummary, plan: TurnPlan) -> Person:
    """Return how the person's weights differ, from what they did with what they were shown; nobody's where nothing is.

    Only reactions that the summary of the profile holds are used, so that consent and erasure reach what is learned:
    nothing of it is kept. What this turn turns down counts already.
    """
    if not services.settings.learning:
        return Person()
    now = services.clock()
    told = [(kind, item) for kind in REACTIONS for item in profile.seen.get(kind, ())]
    told += [("dismissed", item) for item in (*session.turned_down, *rejected(plan, session))]
    told += [(kind, item) for kind, item in plan.feedback]
    if not told:
        return Person()
    events = [Event(kind=kind, item_id=item, time=now) for kind, item in dict.fromkeys(told)]
    slates = _slates(services, session, {item for _, item in told})
    return learn(services.snapshot, join(slates, events).answered, services.weights)


def as_varied_as_wished(
    services: Services, ranked: list[Ranked], profile: ProfileSummary, session: Session
) -> list[Ranked]:
    """Return `ranked` with a slate between "more like this" and "surprise me", as set; as it is where nothing is."""
    if services.settings.surprise is None:
        return ranked
    like = [session.focus] if session.focus else profile.seen.get("liked", ())[-1:]
    mix, interests = mix_of(services.settings.surprise), interests_of(services.snapshot, profile)
    return rerank(
        services.snapshot, ranked, services.policies.slate_size, mix, profile, interests, like, session.offered
    )


def _slates(services: Services, session: Session, items: set[str]) -> list[Slate]:
    """Return the slates of this person that showed any of `items`, as they were measured."""
    table = tables.turns
    mine = table.c.session_id == session.id
    whose = mine if session.user is None else or_(mine, table.c.user_id == session.user)
    wanted = select(table.c.reply, table.c.created).where(whose).order_by(table.c.created.desc()).limit(MOST_SLATES)
    with services.store.read() as connection:
        rows = [(reply, float(created)) for reply, created in connection.execute(wanted)]
    found = []
    for reply, created in rows:
        shown = _measured(reply["items"] if reply else ())
        if any(one.id in items for one in shown):
            found.append(Slate(shown, created))
    return found


def _measured(items: Sequence[Mapping[str, Any]]) -> tuple[Shown, ...]:
    return tuple(Shown(one["id"], one["signals"]) for one in items if one.get("signals"))
