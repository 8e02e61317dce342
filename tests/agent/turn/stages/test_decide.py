"""What a turn answers: a slate, a question, a confirmation, or an honest no; and never what policy forbids."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest

from shortlist import Recommender
from shortlist.decision import Decision
from shortlist.turn.stages import decide
from shortlist.turn.state import Services, Session
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.profile import ProfileSummary

GUEST = ProfileSummary()


def need(field: str, op: str, value: Any = None, **more: Any) -> Requirement:
    name = f"r-{field}{op}"
    return Requirement(id=name, field=field, op=op, value=value, **{"hard": op not in ("lowest", "highest"), **more})  # type: ignore[arg-type]


PHONES = need("category", "==", "headphones")
CHEAP = need("price", "<", 150)
NOT_SONY = need("brand", "!=", "Sony")
QUIET = need("noise_cancelling", "==", True)
WINE = need("category", "==", "wine")


def run(services: Services, *ledger: Requirement, plan: TurnPlan | None = None, **more: Any) -> Decision:
    session = more.pop("session", Session(id="s"))
    profile = more.pop("profile", GUEST)
    hits = [{"id": name, "row": services.snapshot.row_of[name], **rest} for name, rest in more.pop("hits", {}).items()]
    gathered = {"search": hits} if hits else {}
    return decide(plan or TurnPlan(), ledger, session, profile, gathered, services)


def ids(decision: Decision) -> list[str]:
    return [one.id for one in decision.items]


def test_enough_is_known_so_it_recommends_what_fits(services: Services) -> None:
    decision = run(services, PHONES, CHEAP, NOT_SONY, QUIET)
    assert decision.kind == "recommend"
    assert decision.matching == 5
    assert set(ids(decision)) <= {"hp-06", "hp-07", "hp-08", "hp-09", "hp-15"}
    assert len(ids(decision)) == 3
    # One of the two colours of the same model.
    assert not {"hp-06", "hp-07"} <= set(ids(decision))


def test_little_is_known_so_it_asks_what_matters_and_not_twice(services: Services) -> None:
    first = run(services, PHONES)
    assert first.kind == "recommend"
    assert first.matching
    assert first.items
    assert len(first.ask) == 1
    assert "category" not in first.ask
    again = run(services, PHONES, session=Session(id="s", asked=first.ask, asking_turns=1))
    assert not set(again.ask) & set(first.ask)
    assert not run(services, PHONES, session=Session(id="s", asking_turns=2)).ask
    assert not run(services, PHONES, plan=TurnPlan(intent="more")).ask


def test_where_nothing_is_known_it_asks_and_shows_nothing_once(services: Services) -> None:
    assert run(services).kind == "ask"
    assert run(services, session=Session(id="s", asking_turns=1)).kind == "recommend"


def test_wishes_order_and_do_not_filter(services: Services) -> None:
    cheapest = run(services, PHONES, CHEAP, QUIET, need("price", "lowest"))
    assert ids(cheapest)[0] == "hp-08"
    nowhere = run(services, PHONES, CHEAP, QUIET, need("brand", "==", "Bose", hard=False))
    assert nowhere.kind == "recommend"


def test_nothing_fits_so_it_names_the_nearest_and_what_each_breaks(services: Services) -> None:
    decision = run(services, PHONES, need("brand", "==", "Bose"), need("price", "<", 100))
    assert decision.kind == "abstain"
    assert decision.matching == 0
    assert decision.items
    for one in decision.items:
        broken = set(decision.broken[one.id])
        really = {
            row.id
            for row in (PHONES, need("brand", "==", "Bose"), need("price", "<", 100))
            if not services.snapshot.satisfies(one.row, row)
        }
        assert broken == really != set()
        assert services.snapshot.value(one.row, "in_stock") is True
    assert decision.excluded_by["r-price<"] == 2


def test_everything_that_fits_was_shown(services: Services) -> None:
    session = Session(id="s", slate=("hp-11", "hp-13"), offered=("hp-11", "hp-13"))
    decision = run(services, PHONES, need("price", "<", 40), plan=TurnPlan(intent="more"), session=session)
    assert (decision.kind, decision.repeated, decision.items) == ("abstain", True, ())


def test_what_was_bought_or_turned_down_is_not_shown_again(services: Services) -> None:
    profile = ProfileSummary(user="u", seen={"bought": ("hp-08",), "viewed": ("hp-06",)})
    session = Session(id="s", turned_down=("hp-15",))
    shown = ids(run(services, PHONES, CHEAP, NOT_SONY, QUIET, profile=profile, session=session))
    assert not {"hp-08", "hp-15"} & set(shown)
    assert {"hp-06", "hp-07"} & set(shown)


def test_restricted_items_wait_for_a_confirmation(services: Services) -> None:
    rows = (WINE, need("price", "<", 40), need("rating", ">=", 3), need("alcohol", ">", 5))
    asked = run(services, *rows)
    assert (asked.kind, asked.confirm, asked.items) == ("confirm", "age_confirmed", ())
    grown = run(services, *rows, profile=ProfileSummary(user="u", facts={"age_confirmed": True}))
    assert grown.kind == "recommend"
    assert all(name.startswith("wn-") for name in ids(grown))
    said = run(services, *rows, session=Session(id="s", facts={"age_confirmed": True}))
    assert ids(said) == ids(grown)
    minor = run(services, *rows, session=Session(id="s", facts={"age_confirmed": False}))
    assert not [name for name in ids(minor) if name.startswith("wn-")]


def test_what_the_session_says_of_age_outweighs_the_profile(services: Services) -> None:
    rows = (WINE, need("price", "<", 40), need("rating", ">=", 3), need("alcohol", ">", 5))
    profile = ProfileSummary(user="u", facts={"age_confirmed": True})
    minor = run(services, *rows, profile=profile, session=Session(id="s", facts={"age_confirmed": False}))
    assert not [name for name in ids(minor) if name.startswith("wn-")]


def test_out_of_stock_items_are_never_shown(services: Services) -> None:
    rows = (PHONES, need("brand", "in", ["Sony", "Northpeak"]), need("weight", "exists", True), need("price", ">", 100))
    decision = run(services, *rows)
    assert not {"hp-02", "hp-14"} & set(ids(decision))


def test_search_hits_are_the_candidates(services: Services) -> None:
    scores = {"score": 2.0, "lexical": 1.0, "vector": 0.6}
    hits = {"hp-08": scores, "hp-10": {**scores, "score": 1.0}, "wn-01": scores}
    decision = run(services, PHONES, CHEAP, NOT_SONY, hits=hits)
    assert ids(decision) == ["hp-08", "hp-10"]


@pytest.mark.parametrize(
    ("plan", "kind", "topic"),
    [
        (TurnPlan(intent="chat"), "chat", ""),
        (TurnPlan(intent="accept"), "chat", "accept"),
        (TurnPlan(intent="off_topic"), "chat", "off_topic"),
        (TurnPlan(intent="profile"), "answer", "profile"),
        (TurnPlan(intent="about", about=("hp-01", "gone")), "answer", "about"),
        (TurnPlan(intent="compare", about=("hp-01", "hp-02")), "answer", "compare"),
    ],
)
def test_other_intents_search_nothing(services: Services, plan: TurnPlan, kind: str, topic: str) -> None:
    decision = run(services, PHONES, plan=plan)
    assert decision.kind == kind
    assert topic in decision.topic
    assert set(ids(decision)) == set(plan.about) - {"gone"}


def test_a_question_of_degree_is_answered_best_first_and_unknown_last(services: Services) -> None:
    plan = TurnPlan(intent="compare", fields=("battery_life",), degree="highest")
    decision = run(services, plan=plan, session=Session(id="s", slate=("hp-12", "hp-08", "hp-09")))
    assert ids(decision) == ["hp-09", "hp-08", "hp-12"]
    assert decision.best == ("battery_life", "highest")
    assert decision.fields == ("battery_life",)


def test_a_slate_is_no_longer_than_policy_allows_and_than_was_asked(services: Services) -> None:
    rows = (PHONES, CHEAP, NOT_SONY, QUIET)
    assert len(ids(run(services, *rows, plan=TurnPlan(count=1)))) == 1
    assert len(ids(run(services, *rows, plan=TurnPlan(count=9)))) == 3
    wide = replace(services, policies=services.policies.model_copy(update={"slate_size": 5}))
    assert len(ids(run(wide, *rows, plan=TurnPlan(count=9)))) == 4


def test_assumptions_are_named(services: Services) -> None:
    guess = need("price", "<", 100, hard=False, origin="inferred", quote="not too dear")
    decision = run(services, PHONES, NOT_SONY, QUIET, need("battery_life", ">", 5), guess)
    assert decision.assumptions == (guess,)


def test_a_single_pick_is_asked_about_though_several_items_would_be_shown(services: Services) -> None:
    several = run(services, PHONES, CHEAP)
    assert not several.ask
    single = replace(services, policies=services.policies.model_copy(update={"slate_size": 1}))
    assert run(single, PHONES, CHEAP).ask


@pytest.mark.parametrize(
    ("wish", "question"),
    [
        ("noise cancelling headphones under $70", "which one has the longest battery?"),
        ("70美元以内的降噪耳机", "哪个续航最长？"),
    ],
)
def test_the_utmost_of_the_one_that_is_left_is_an_answer_about_it(
    recommender: Recommender, wish: str, question: str
) -> None:
    session = uuid.uuid4().hex
    only = recommender.reply(wish, session_id=session)
    assert len(only.items) == 1
    told = recommender.reply(question, session_id=session)
    assert told.kind == "answer"
    assert [item.id for item in told.items] == [item.id for item in only.items]
    assert "22" in told.message
