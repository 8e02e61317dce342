"""Variety, exploration and fairness move items as they are asked to, say so, and do nothing where nothing is set."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from shortlist import Recommender
from shortlist.turn.choice.arranging import arranged, name_of, owed_after, with_variety
from shortlist.turn.choice.slate import choose, first_of_each_group
from shortlist.turn.stages import load_session
from shortlist.turn.state import PolicyError, Session, Variety, check_policies, read_policies
from shortlist.turn_plan import TurnPlan
from shortlist.variety import read_variety
from shortlist_tools.catalog import Requirement
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import Ranked, rank
from shortlist_tools.ranking.fairness import Target

NOBODY = ProfileSummary()


@pytest.fixture(scope="module")
def ranked(demo_snapshot: Any) -> list[Ranked]:
    rows = np.arange(len(demo_snapshot))
    return first_of_each_group(rank(demo_snapshot, rows, np.zeros(len(rows)), top=48, measured=True), demo_snapshot)


def set_to(services: Any, **values: Any) -> Any:
    return dataclasses.replace(services, settings=services.settings.model_copy(update=values))


def test_nothing_set_moves_nothing(services: Any, ranked: list[Ranked]) -> None:
    assert arranged(services, ranked, 3, NOBODY, Session(id="s")) == ranked
    assert owed_after(services, ranked[:3], Session(id="s")) == {}


def test_a_slate_keeps_the_order_that_variety_gave_it(services: Any, ranked: list[Ranked], demo_snapshot: Any) -> None:
    session = Session(id="s", variety=Variety(level=0.0, like=(ranked[30].id,)))
    found = arranged(services, ranked, 3, NOBODY, session)
    slate = choose(found, 3, [], demo_snapshot)
    assert [one.id for one in slate] == [one.id for one in found[:3]]
    assert slate[0].id == ranked[30].id
    assert slate[0].moved[0].by == "likeness"
    assert slate[0].score < slate[-1].score


def test_what_is_said_of_variety_lasts_until_it_is_taken_back(talk: Any, recommender: Recommender) -> None:
    def kept(message: str) -> Variety | None:
        reply = talk(message)
        return load_session(recommender._runtime.services(), reply.session_id, None)[0].variety

    assert talk("headphones under $300").items
    varied = talk("surprise me")
    assert varied.kind == "recommend"
    assert any(one.moved for one in varied.items)
    assert kept("over 20 dollars") == Variety(level=1.0)
    assert kept("no surprises please") is None
    assert not any(one.moved for one in talk("under 200 dollars").items)


def test_a_wish_for_variety_asks_for_items_and_is_not_searched_for() -> None:
    wish = read_variety("来点不一样的")
    assert wish is not None
    plan, session = with_variety(TurnPlan(intent="chat", query="一样"), Session(id="s", slate=("a", "b")), wish)
    assert (plan.intent, plan.query) == ("more", "")
    assert session.variety == Variety(level=0.75)
    wish = read_variety("more like the second one")
    assert wish is not None
    plan, session = with_variety(TurnPlan(intent="more", about=("b",)), session, wish)
    assert session.variety == Variety(level=0.0, like=("b",))
    wish = read_variety("no surprises")
    assert wish is not None
    assert with_variety(plan, session, wish)[1].variety is None


def test_exploration_takes_the_last_place_of_some_slates_and_is_the_same_when_run_again(
    services: Any, ranked: list[Ranked]
) -> None:
    open_to = set_to(services, explore=1.0)
    slates = [arranged(open_to, ranked, 3, NOBODY, Session(id=f"s{at}")) for at in range(12)]
    assert slates[0] == arranged(open_to, ranked, 3, NOBODY, Session(id="s0"))
    assert all(found[:2] == ranked[:2] for found in slates)
    explored = [found for found in slates if found[2].id != ranked[2].id]
    assert explored
    assert {move.by for found in explored for move in found[2].moved} == {"exploration"}


def test_a_declared_group_gets_its_share_and_what_is_owed_is_carried_on(services: Any, ranked: list[Ranked]) -> None:
    snapshot = services.snapshot
    field = snapshot.schema.roles["kind"]
    last = str(snapshot.value(ranked[-1].row, field))
    target = Target(field=field, values=(last,), share=0.4)
    fair = dataclasses.replace(services, policies=services.policies.model_copy(update={"fairness": (target,)}))
    found = arranged(fair, ranked, 3, NOBODY, Session(id="s"))
    assert any(str(snapshot.value(one.row, field)) == last for one in found[:3])
    without = [one for one in ranked if str(snapshot.value(one.row, field)) != last][:3]
    assert owed_after(fair, without, Session(id="s", owed={name_of(target): 0.2})) == {name_of(target): 0.6}


def test_a_declared_group_of_a_field_that_is_not_there_is_refused(demo_snapshot: Any) -> None:
    policies = read_policies({"fairness": [{"field": "seller", "values": ["Small"], "share": 0.2}]})
    with pytest.raises(PolicyError, match=r"fairness\[0\].field"):
        check_policies(policies, demo_snapshot.schema)


def test_the_mix_of_kinds_stands_aside_where_a_kind_was_asked_for(services: Any, ranked: list[Ranked]) -> None:
    mixing, kind = set_to(services, mix_kinds=True), services.schema.roles["kind"]
    mixed = arranged(mixing, ranked, 3, NOBODY, Session(id="s"), (), "something nice")
    assert "calibration" in {move.by for one in mixed[:3] for move in one.moved}
    asked = Requirement(id="r1", field=kind, op="==", value="lamps")
    assert arranged(mixing, ranked, 3, NOBODY, Session(id="s"), (asked,), "a lamp") == ranked
