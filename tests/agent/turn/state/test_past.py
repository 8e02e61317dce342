"""What the last replies showed a person is held in memory, and gone with what it came from."""

from __future__ import annotations

import uuid

from shortlist import Recommender
from shortlist.turn.state import Session
from shortlist.turn.state.past import MOST_SLATES, Past


def test_what_is_held_is_what_the_store_tells(recommender: Recommender) -> None:
    user, session = uuid.uuid4().hex, uuid.uuid4().hex
    replies = [
        recommender.reply(text, user_id=user, session_id=session) for text in ("board games under $60", "cheaper", "hi")
    ]
    services = recommender._runtime.services()
    mine = Session(id=session, user=user)
    held, read = services.past.showings(mine), Past(services.store).showings(mine)
    assert held == read
    assert [[one["id"] for one in showing.items] for showing in held] == [
        [item.id for item in reply.items] for reply in reversed(replies)
    ]


def test_a_guest_is_known_by_the_session_alone(recommender: Recommender) -> None:
    one, other = uuid.uuid4().hex, uuid.uuid4().hex
    recommender.reply("board games under $60", session_id=one)
    past = recommender._runtime.services().past
    assert len(past.showings(Session(id=one))) == 1
    assert past.showings(Session(id=other)) == []


def test_only_the_newest_are_looked_back_at(recommender: Recommender) -> None:
    user = uuid.uuid4().hex
    for number in range(MOST_SLATES + 2):
        recommender.reply("board games", user_id=user, session_id=f"{user}-{number}")
    showings = recommender._runtime.services().past.showings(Session(id=f"{user}-0", user=user))
    assert len(showings) == MOST_SLATES
    assert [one.created for one in showings] == sorted((one.created for one in showings), reverse=True)


def test_an_erased_person_has_no_past(recommender: Recommender) -> None:
    user = uuid.uuid4().hex
    recommender.reply("board games", user_id=user, session_id=user)
    services = recommender._runtime.services()
    assert services.past.showings(Session(id=user, user=user))
    services.profiles.erase(user)
    assert services.past.showings(Session(id=user, user=user)) == []
    assert not services.past._kept
