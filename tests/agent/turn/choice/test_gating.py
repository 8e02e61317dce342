"""Who is too young for what was asked for is told so, and the wish for it goes no further."""

from __future__ import annotations

import uuid

import pytest

from shortlist import Recommender


@pytest.mark.parametrize(
    "messages",
    [
        ("a party game", "I'm 15. A red wine under 18% alcohol, in glass, that suits a party"),
        ("台灯", "我15岁，想要红酒，玻璃瓶的，送礼"),
    ],
)
def test_what_an_age_forbids_is_taken_back_as_it_is_told(recommender: Recommender, messages: tuple[str, ...]) -> None:
    session = uuid.uuid4().hex
    reply = [recommender.reply(message, session_id=session) for message in messages][-1]
    wine = [row for row in reply.ledger if (row.field, row.value) == ("category", "wine")]
    assert not any(row.status == "active" for row in wine)
    assert not any("wine" in str(item.facts.get("category", "")) for item in reply.items)
    assert reply.matching != 0 or not reply.items
