"""A present is what the person likes, costs something, and is for nobody else; a thing has a weight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortlist import Reply
from shortlist.turn.state import Exchange, Session
from shortlist.turn.wishes.presents import eased, worth_giving
from shortlist_tools.catalog import Requirement, Snapshot

Make = Callable[..., Snapshot]
Talk = Callable[..., Reply]
GIFT = Requirement(id="r1", field="tags", op="contains", value="gifts", quote="a gift", turn=1)
HIKING = Requirement(id="r2", field="tags", op="contains", value="hiking", quote="hiking", hard=False, turn=1)
ROWS: list[dict[str, Any]] = [
    {"title": "Night Light", "tags": ["gifts"], "price": 20, "weight": 100},
    {"title": "Hill Pack", "tags": ["hiking"], "price": 90, "weight": 900},
    {"title": "Women's Trail Shoes", "tags": ["hiking"], "price": 70, "weight": 300},
    {"title": "Map Course", "tags": ["hiking"], "price": 60},
    {"title": "Hill Walkers", "tags": ["hiking"], "price": 0},
]


def given(shop: Snapshot, message: str, *ledger: Requirement, before: str = "") -> list[str]:
    session = Session(id="s", exchanges=(Exchange(user=before, reply=""),) if before else ())
    kept = worth_giving(np.ones(len(shop), dtype=np.bool_), session, ledger, message, shop)
    return [shop.ids[row] for row in np.flatnonzero(kept)]


def test_a_present_gives_way_to_what_the_person_likes(make: Make) -> None:
    shop = make(*ROWS)
    assert [row.hard for row in eased([GIFT, HIKING], 1, shop, ())] == [False, False]
    assert [row.hard for row in eased([GIFT], 1, shop, ())] == [True]
    marked = make(*[{**row, "tags": ["gifts", "hiking"]} for row in ROWS])
    assert [row.hard for row in eased([GIFT, HIKING], 1, marked, ())] == [True, False]


def test_a_liking_told_later_leaves_the_earlier_row_as_history(make: Make) -> None:
    later = HIKING.model_copy(update={"turn": 2})
    rows = eased([GIFT, later], 2, make(*ROWS), ())
    assert [(row.id, row.status, row.hard) for row in rows] == [
        ("r1", "replaced", True),
        ("r2", "active", False),
        ("r3", "active", False),
    ]
    assert eased(rows, 3, make(*ROWS), ()) == rows


@pytest.mark.parametrize(
    ("message", "before", "expected"),
    [
        ("something for the hills", "", ["i00", "i01", "i02", "i03", "i04"]),
        ("a gift", "", ["i00", "i01", "i02", "i03"]),
        ("under 100", "a present for my wife", ["i00", "i01", "i02", "i03"]),
        ("a present for my husband", "", ["i00", "i01", "i03"]),
        ("送老公的礼物", "", ["i00", "i01", "i03"]),
        ("not a course, a thing", "", ["i00", "i01", "i02"]),
    ],
)
def test_what_goes_into_a_slate(message: str, before: str, expected: list[str], make: Make) -> None:
    assert given(make(*ROWS), message, before=before) == expected


def test_a_kind_that_was_named_is_shown_free_or_not(make: Make) -> None:
    shop = make(*ROWS)
    named = Requirement(id="r3", field="kind", op="==", value="groups")
    assert given(shop, "a gift", named) == list(shop.ids)


@pytest.mark.parametrize(
    ("first", "liking"),
    [("送领导，别超过800，别是酒", "他爱跑步"), ("something for my boss, nothing over 80", "she's a keen runner")],
)
def test_whom_a_thing_is_for_makes_it_a_present_in_later_turns(first: str, liking: str, talk: Talk) -> None:
    assert any(row.value == "gifts" and not row.hard for row in talk(first).ledger)
    reply = talk(liking)
    assert any(row.field == "suits" and row.value == "running" and not row.hard for row in reply.ledger)
    assert not any(row.field == "category" and row.op == "==" for row in reply.ledger)


def test_a_present_stays_something_that_costs(talk: Talk) -> None:
    for message in ("送领导，别超过800，别是酒", "他爱跑步", "不要鞋", "还有吗"):
        reply = talk(message)
    assert reply.items
    assert not any(item.facts.get("价格", "").startswith("0") for item in reply.items)


@pytest.mark.parametrize("message", ["presents for mom and dad, 100 in all", "给爸爸和妈妈各买一份礼物，一共700元"])
def test_each_of_several_persons_gets_a_present(message: str, talk: Talk) -> None:
    assert len(talk(message).items) == 2
