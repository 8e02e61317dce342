"""What was done with a slate changes the next one, if that is allowed, and leaves nothing behind of its own."""

from __future__ import annotations

import uuid
from typing import Any

from shortlist import Recommender
from shortlist.turn.choice import arranged, person_of
from shortlist.turn.state import Session
from shortlist.turn_plan import TurnPlan
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import Person, rank

PLAN = TurnPlan(intent="refine", source="built-in")


def shown(recommender: Recommender, user: str) -> tuple[Session, list[str]]:
    session = uuid.uuid4().hex
    reply = recommender.reply("board games under $60", user_id=user, session_id=session)
    assert all(item.signals for item in reply.items)
    return Session(id=session, user=user), [item.id for item in reply.items]


def test_a_liking_within_a_slate_is_learned_from_and_goes_with_the_user(recommender: Recommender) -> None:
    user = uuid.uuid4().hex
    session, items = shown(recommender, user)
    services = recommender._runtime.services()
    assert person_of(services, session, services.profiles.summary(user), PLAN) == Person()
    recommender.feedback(user, items[-1], "liked")
    found = person_of(services, session, services.profiles.summary(user), PLAN)
    assert found.rests_on == len(items) - 1
    assert found.shifts or found.tastes
    recommender.forget(user, session.id)
    assert person_of(services, session, services.profiles.summary(user), PLAN) == Person()


def test_what_was_never_shown_changes_nothing(recommender: Recommender) -> None:
    user = uuid.uuid4().hex
    session, items = shown(recommender, user)
    services = recommender._runtime.services()
    other = next(item for item in services.snapshot.ids if item not in items)
    recommender.feedback(user, other, "liked")
    assert person_of(services, session, services.profiles.summary(user), PLAN) == Person()


def test_learning_and_surprise_are_the_hosts_to_set(services: Any, demo_snapshot: Any) -> None:
    import dataclasses

    import numpy as np

    def set_to(**values: Any) -> Any:
        return dataclasses.replace(services, settings=services.settings.model_copy(update=values))

    session = Session(id="s", turned_down=("hp-01",))
    assert person_of(set_to(learning=False), session, ProfileSummary(), PLAN) == Person()
    ranked = rank(demo_snapshot, np.arange(len(demo_snapshot)), np.zeros(len(demo_snapshot)), top=48)
    assert arranged(set_to(surprise=None), ranked, 3, ProfileSummary(), session) == ranked
    near = session.model_copy(update={"focus": ranked[20].id})
    alike = arranged(set_to(surprise=0.0), ranked, 3, ProfileSummary(), near)
    assert {one.id for one in alike} <= {one.id for one in ranked}
    assert "likeness" in {move.by for one in alike[:3] for move in one.moved}
    group = demo_snapshot.schema.roles["variant_group"]
    meant = demo_snapshot.value(ranked[20].row, group)
    assert [demo_snapshot.value(one.row, group) for one in alike].count(meant) == 1
    assert meant in {demo_snapshot.value(one.row, group) for one in alike[:3]}
