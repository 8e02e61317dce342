"""A turn does not bring back a user who is erased while it runs, and keeps only what may be kept."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from sqlalchemy import func, select

from shortlist import Recommender
from shortlist_tools.store import tables


def rows_of(recommender: Recommender, user: str) -> dict[str, int]:
    found = recommender.profiles.export(user)
    return {name: len(rows) for name, rows in found.items() if rows}


@pytest.mark.parametrize("earlier", [0, 1])
def test_an_erase_during_a_turn_leaves_nothing(recommender: Recommender, earlier: int) -> None:
    user, session = f"erased-{uuid.uuid4().hex}", uuid.uuid4().hex
    for _ in range(earlier):
        recommender.reply("a lamp under $40", user_id=user, session_id=session)

    async def talk() -> str:
        kinds = []
        async for happening in recommender.stream("a lamp under $60", user_id=user, session_id=session):
            if happening["data"] == "decide":
                recommender.profiles.erase(user)
            kinds.append(happening["type"])
        return kinds[-1]

    assert asyncio.run(talk()) == "reply"
    assert rows_of(recommender, user) == {}
    recommender.reply("a desk lamp", user_id=user, session_id=session)
    assert rows_of(recommender, user)["turns"] == 1
    recommender.profiles.erase(user)


def test_a_guests_conversation_that_is_forgotten_meanwhile_stays_forgotten(recommender: Recommender) -> None:
    session = uuid.uuid4().hex
    recommender.reply("a lamp under $40", session_id=session)

    async def talk() -> None:
        async for happening in recommender.stream("a lamp under $60", session_id=session):
            if happening["data"] == "decide":
                recommender.forget(None, session)

    asyncio.run(talk())
    with recommender._runtime.store.read() as connection:
        turns = tables.turns
        assert connection.scalar(select(func.count()).select_from(turns).where(turns.c.session_id == session)) == 0


def test_at_level_0_a_conversation_goes_on_and_no_message_is_kept(recommender: Recommender) -> None:
    user, session = f"level-{uuid.uuid4().hex}", uuid.uuid4().hex
    recommender.profiles.allow(user, 0)
    first = recommender.reply("a lamp", user_id=user, session_id=session)
    second = recommender.reply("under $40", user_id=user, session_id=session)
    assert (first.turn, second.turn) == (1, 2)
    assert "price" in {row.field for row in second.ledger}
    assert rows_of(recommender, user).keys() == {"consents", "sessions"}
    recommender.profiles.erase(user)


def test_at_level_1_nothing_said_becomes_an_event(recommender: Recommender) -> None:
    user, session = f"level-{uuid.uuid4().hex}", uuid.uuid4().hex
    recommender.profiles.allow(user, 1)
    recommender.reply("a lamp", user_id=user, session_id=session)
    assert "events" not in rows_of(recommender, user)
    assert recommender.profiles.level(user).effect == 1
    recommender.profiles.erase(user)
