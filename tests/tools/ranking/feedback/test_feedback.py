"""Feedback becomes weights: joined to what was shown, compared within it, bounded, none from what was not shown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pydantic import ValidationError

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Event
from shortlist_tools.ranking import Person, Weights, rank
from shortlist_tools.ranking.feedback import Answered, Belief, Shown, Slate, comparisons, join, learn

Make = Callable[..., Snapshot]
ITEMS = tuple(Shown(f"i0{place}", {"quality": 0.9 - place / 10, "freshness": place / 10}) for place in range(4))
SLATE = Slate(ITEMS, 10.0, "s1")


def did(kind: str, item: str, time: float = 11.0, session: str | None = "s1", value: float | None = None) -> Event:
    return Event(kind=kind, item_id=item, time=time, session=session, value=value)


@pytest.fixture(scope="module")
def shop(make: Make) -> Snapshot:
    return make({"brand": "A"}, {"brand": "A"}, {"brand": "B"}, {"brand": "B"})


def test_reactions_belong_to_the_slate_that_showed_the_item(shop: Snapshot) -> None:
    later = Slate(ITEMS[2:], 20.0, "s1")
    found = join([later, SLATE], [did("liked", "i02", 12), did("dismissed", "i02", 21), did("bought", "i00", 22)])
    assert [one.worth for one in found.answered] == [{"i02": 1.0, "i00": 1.0}, {"i02": -0.75}]
    assert found.apart == ()


@pytest.mark.parametrize(
    "event",
    [did("liked", "i09"), did("liked", "i00", time=9.0), did("liked", "i00", session="s2"), did("bought", "gone")],
)
def test_what_was_not_shown_is_kept_apart_and_teaches_nothing(shop: Snapshot, event: Event) -> None:
    found = join([SLATE], [event])
    assert found.apart == (event,)
    assert found.answered == (Answered(SLATE, {}),)
    assert learn(shop, found.answered) == Person()


def test_dwell_and_ratings_count_by_what_they_say() -> None:
    def worth(*events: Event) -> float:
        return join([SLATE], events).answered[0].worth["i00"]

    short, long = worth(did("viewed", "i00", value=2)), worth(did("viewed", "i00", value=90))
    assert 0 < short < long < worth(did("added", "i00")) < worth(did("bought", "i00")) == 1.0
    assert worth(did("rated", "i00", value=1)) < 0 < worth(did("rated", "i00", value=5))
    assert worth(did("bought", "i00"), did("liked", "i00", 12)) == 1.0


def test_comparisons_trust_what_was_passed_over_more_than_what_stood_below() -> None:
    found = {(a.id, b.id): weight for a, b, weight in comparisons([Answered(SLATE, {"i01": 1.0})])}
    assert found == {("i01", "i00"): 1.0, ("i01", "i02"): 0.5, ("i01", "i03"): 0.5}
    found = {(a.id, b.id): weight for a, b, weight in comparisons([Answered(SLATE, {"i03": -1.0})])}
    assert found == {("i00", "i03"): 1.0, ("i01", "i03"): 1.0, ("i02", "i03"): 1.0}
    assert list(comparisons([Answered(SLATE, {})])) == []


def test_one_reaction_moves_the_next_ranking_at_once(shop: Snapshot) -> None:
    person = learn(shop, [Answered(SLATE, {"i03": 1.0})], signals=("quality", "freshness"))
    assert person.shifts["freshness"] > 0 > person.shifts["quality"]
    assert person.tastes["brand=B"] > 0 > person.tastes["brand=A"]
    assert person.rests_on == 3
    before = [one.id for one in rank(shop, np.arange(4), np.zeros(4))]
    after = rank(shop, np.arange(4), np.zeros(4), person=person)
    assert before[:2] == ["i00", "i01"]
    assert [one.id for one in after][:2] == ["i02", "i03"]
    assert ("taste", ("brand=B",)) in {(term.signal, term.evidence) for term in after[0].terms}


def test_however_often_it_is_said_a_weight_stays_bounded_and_not_below_nought(shop: Snapshot) -> None:
    person = learn(shop, [Answered(SLATE, {"i03": 1.0})] * 200, signals=("quality", "freshness"))
    assert all(abs(value) <= 0.5 for value in [*person.shifts.values(), *person.tastes.values()])
    assert Weights().shifted(person).quality == 0.0


def test_items_that_left_the_catalog_and_broken_features_teach_nothing(shop: Snapshot) -> None:
    gone = Slate((Shown("gone", {"quality": 1.0}), ITEMS[0]), 1.0)
    assert learn(shop, [Answered(gone, {"gone": 1.0})]) == Person()
    broken = Slate((Shown("i00", {"quality": float("nan")}), ITEMS[1]), 1.0)
    assert learn(shop, [Answered(broken, {"i00": 1.0})], signals=("quality",)).shifts == {}


def test_a_person_of_unknown_signals_is_refused() -> None:
    with pytest.raises(ValidationError, match="no signals: colour"):
        Person(shifts={"colour": 0.1})


def test_a_belief_finds_weights_and_grows_surer() -> None:
    chance = np.random.default_rng(0)
    truth = np.array([1.0, -0.5])
    by_value, by_choice = Belief.prior(["a", "b"]), Belief.prior(["a", "b"], deviation=3.0)
    for _ in range(1_500):
        x = chance.normal(size=2)
        by_value = by_value.after_value(x, float(x @ truth + chance.normal(0, 0.1)), noise=0.1)
        by_choice = by_choice.after_choice(x, bool(chance.random() < 1 / (1 + np.exp(-x @ truth))))
    assert by_value.mean == pytest.approx(truth, abs=0.01)
    assert by_choice.mean == pytest.approx(truth, abs=0.25)
    assert np.trace(by_value.covariance) < 0.01
    assert by_value.draw(chance) == pytest.approx(truth, abs=0.05)
    assert by_value.after_value(np.array([np.nan, 1.0]), 1.0) is by_value
