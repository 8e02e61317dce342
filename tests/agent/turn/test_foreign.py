"""Replies that somebody else gave: a conversation goes on from what the user saw, not from what we would have said."""

from __future__ import annotations

import uuid

import pytest

from shortlist import Recommender
from shortlist.turn.foreign import instead
from shortlist.turn.run import MessageError
from shortlist.turn.state.session import Exchange, Seen, Session


def _ids(recommender: Recommender, message: str) -> list[str]:
    return [item.id for item in recommender.reply(message, session_id=uuid.uuid4().hex).items]


def test_a_reference_points_into_what_somebody_else_showed(recommender: Recommender) -> None:
    session = uuid.uuid4().hex
    ours = [item.id for item in recommender.reply("headphones under $150, two please", session_id=session).items]
    theirs = [item for item in _ids(recommender, "waterproof backpacks for hiking") if item not in ours]
    recommender.note_reply("Have a look at these.", theirs, session_id=session)
    reply = recommender.reply("how heavy is the second one?", session_id=session)
    assert reply.kind == "answer"
    assert [item.id for item in reply.items] == [theirs[1]]
    assert [row.field for row in reply.ledger if row.status == "active"][:1] == ["category"]


def test_what_we_showed_and_nobody_saw_may_be_shown(recommender: Recommender) -> None:
    session = uuid.uuid4().hex
    ours = [item.id for item in recommender.reply("running shoes under $120", session_id=session).items]
    recommender.note_reply("One moment, please.", session_id=session)
    again = recommender.reply("show me more", session_id=session)
    assert [item.id for item in again.items] == ours


def test_a_conversation_may_begin_with_what_somebody_else_said(recommender: Recommender) -> None:
    session = uuid.uuid4().hex
    shown = _ids(recommender, "running shoes under $120")
    recommender.note_reply("Welcome! These are new.", shown, session_id=session, user_id="u-foreign")
    reply = recommender.reply("what does the first one cost?", session_id=session, user_id="u-foreign")
    assert (reply.turn, [item.id for item in reply.items]) == (1, shown[:1])
    with pytest.raises(MessageError, match="belongs to another user"):
        recommender.reply("hello", session_id=session, user_id="u-other")
    with pytest.raises(MessageError, match="belongs to another user"):
        recommender.note_reply("hello", session_id=session)


def test_only_what_the_catalog_has_can_have_been_shown_or_asked(recommender: Recommender) -> None:
    with pytest.raises(MessageError, match="items: no item of the catalog has the id 'nothing'"):
        recommender.note_reply("Look.", ["nothing"])
    with pytest.raises(MessageError, match="asked: no field of the catalog is called 'mood'"):
        recommender.note_reply("Which mood?", asked=["mood"])


def test_our_own_reply_leaves_no_trace_and_a_second_one_takes_the_place_of_the_first() -> None:
    before = Seen(slate=("a", "b"), focus="a", offered=("a", "b"), asked=("brand",), asking_turns=1)
    ours = Session(
        id="s", turns=2, slate=("c",), focus="c", offered=("a", "b", "c"), asked=("brand", "price"),
        pending=("price",), asking_turns=2, confirming="adult", exchanges=(Exchange(user="hm", reply="ours"),),
        before=before,
    )  # fmt: skip
    silent = instead(ours, "theirs", [], [])
    assert silent.seen() == before
    assert (silent.pending, silent.confirming, silent.exchanges[-1].reply) == ((), None, "theirs")
    asked = instead(silent, "which size?", ["d"], ["size"])
    assert asked.seen() == Seen(
        slate=("d",), focus="d", offered=("a", "b", "d"), asked=("brand", "size"), asking_turns=2
    )
    assert asked.pending == ("size",)
    assert instead(asked, "theirs", [], []) == silent
