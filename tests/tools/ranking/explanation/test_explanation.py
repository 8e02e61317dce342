"""Explanations are the terms: they add up, name only what speaks for an item, and say what would change the order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.profile import Affinity, ProfileSummary
from shortlist_tools.ranking import Moved, Person, Ranked, Term, Weights, rank
from shortlist_tools.ranking.explanation import (
    NAMES_OF_SIGNALS,
    bar_lines,
    changes,
    draw_bars,
    leading,
    phrase,
    sentence,
    told,
    weights_behind,
)
from shortlist_tools.ranking.signals import SIGNALS

Make = Callable[..., Snapshot]
WEIGHTS = Weights(slack=0.1, price_fit=0.3, freshness=0.2, novelty=0.1)
FAN = ProfileSummary(
    user="u",
    seen={"bought": ("i00",), "viewed": ("i01", "gone")},
    affinities=(
        Affinity(field="brand", value="A", weight=0.6),
        Affinity(field="tags", value="x", weight=-0.5),
        Affinity(field="gone", value="x", weight=0.5),
    ),
)
PERSON = Person(shifts={"quality": 0.2, "popularity": -0.04}, tastes={"brand=B": -0.3, "tags=y": 0.25, "no=1": 0.5})


def random_ranking(make: Make, size: int) -> tuple[Snapshot, list[Ranked]]:
    """Rank items of random values, many of them missing, with every signal there is and NaN in what is given."""
    draws = np.random.default_rng(11)
    rows = []
    for _ in range(size):
        full = {
            "kind": str(draws.choice(["k", "l"])),
            "brand": str(draws.choice(["A", "B", "C"])),
            "tags": [str(tag) for tag in np.unique(draws.choice(["x", "y", "z"], 2))],
            "price": float(draws.integers(1, 300)),
            "rating": float(draws.random() * 5),
            "count": float(draws.integers(0, 999)),
        }
        rows.append({name: value for name, value in full.items() if draws.random() < 0.8})
    shop = make(*rows)
    given = np.where(draws.random(size) < 0.3, np.nan, draws.normal(size=size))
    relevance = np.where(draws.random(size) < 0.2, np.nan, draws.random(size))
    soft = [
        Requirement(field="price", op="lowest", hard=False),
        Requirement(field="brand", op="==", value="B", hard=False),
    ]
    hard = [Requirement(field="price", op="<=", value=250.0)]
    return shop, rank(
        shop, np.arange(size), relevance, soft, FAN, WEIGHTS,
        hard=hard, given={"collaborative": given, "offer": -given}, person=PERSON, measured=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def ranking(make: Make) -> tuple[Snapshot, list[Ranked]]:
    return random_ranking(make, 10_000)


def test_contributions_sum_to_the_score_of_ten_thousand_items_and_nothing_is_nan(
    ranking: tuple[Snapshot, list[Ranked]],
) -> None:
    _, ranked = ranking
    assert len(ranked) == 10_000
    assert max(abs(one.score - sum(term.contribution for term in one.terms)) for one in ranked) <= 1e-9
    scores = np.array([one.score for one in ranked])
    assert np.isfinite(scores).all()
    assert (np.diff(scores) <= 0).all()
    assert {term.signal for one in ranked for term in one.terms} == {*SIGNALS, "taste"} - {"freshness"}
    values = np.array([list(one.signals.values()) for one in ranked])
    assert np.isfinite(values).all()
    assert values.min() >= -1
    assert values.max() <= 1


def test_a_sentence_never_names_what_does_not_speak_for_an_item(ranking: tuple[Snapshot, list[Ranked]]) -> None:
    shop, ranked = ranking
    against = 0
    for one in ranked:
        positive = {term.signal for term in one.terms if term.contribution > 0}
        assert {term.signal for term in leading(one.terms)} <= positive
        for language in ("en", "zh"):
            said = sentence(one.terms, (), shop.schema, language)
            for term in one.terms:
                if term.contribution <= 0 and term.signal not in positive:
                    against += 1
                    assert phrase(term, shop.schema, language) not in said
    assert against > 1_000


def test_every_signal_has_a_name_in_both_languages() -> None:
    assert set(NAMES_OF_SIGNALS) == {*SIGNALS, "taste"}


def test_a_change_is_just_enough_and_no_more(make: Make) -> None:
    _, ranked = random_ranking(make, 60)
    weights = WEIGHTS.shifted(PERSON)
    seen = set()
    for other in ranked[1:20]:
        for change in changes(ranked[0], other, weights):
            seen.add(change.kind)
            gap = ranked[0].score - other.score
            if change.kind == "signal":
                gained = weights.of(change.signal) * (change.after - change.before)
            else:
                ahead = other.signals[change.signal] - ranked[0].signals[change.signal]
                gained = (change.after - change.before) * ahead
            assert gap < gained <= gap + 2e-6
    assert seen == {"signal", "weight"}
    assert changes(ranked[1], ranked[0], weights) == []


def test_what_would_change_is_said_in_both_languages(make: Make) -> None:
    shop = make({"rating": 5.0, "count": 100}, {"rating": 4.0, "count": 100})
    first, second = rank(shop, np.arange(2), np.array([0.5, 1.0]), weights=Weights(request=0.3), measured=True)[:2]
    found = changes(first, second, Weights(request=0.3))
    titles = {"i00": "Lamp", "i01": "Torch"}
    assert told(found, titles, first.id, second.id, "en").startswith(f"{titles[second.id]} would come before ")
    assert "权重" in told(found, titles, first.id, second.id, "zh")
    assert told([], titles, "i00", "i01", "en") == "No single change would put Torch above Lamp."
    with pytest.raises(ValueError, match="measured=True"):
        changes(first.model_copy(update={"signals": {}}), second, Weights())


def test_what_moved_an_item_is_said_beside_its_terms(make: Make) -> None:
    terms = (Term("quality", 0.2), Term("affinity", -0.1, ("brand=A",)))
    moved = (Moved(by="diversity", before=4, after=1),)
    schema = make({}).schema
    assert sentence(terms, moved, schema, "en") == (
        "Here because it is well rated. Moved up from 5 to 2 so that the list is not all of a kind."
    )
    assert sentence(terms, moved, schema, "zh") == "理由：评分较好。为了让推荐不重样，从第5位提前到第2位。"
    assert sentence((), (), schema, "en") == ""


def test_bars_are_as_long_as_the_contributions() -> None:
    lines = bar_lines((Term("quality", 0.5), Term("popularity", 0.25), Term("taste", -0.125)), "en", width=8)
    assert [line.count("█") for line in lines] == [8, 4, 0]
    assert lines[2].count("░") == 2
    assert lines[0].endswith("+0.500")
    assert bar_lines((), "zh") == []


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_a_picture_is_drawn(tmp_path: Path, suffix: str) -> None:
    path = draw_bars({"Lamp": (Term("quality", 0.5), Term("taste", -0.1))}, tmp_path / f"why{suffix}", "en")
    start = path.read_bytes()[:8]
    assert start.startswith(b"<?xml") if suffix == ".svg" else start == b"\x89PNG\r\n\x1a\n"


def test_the_weights_behind_a_slate_are_read_off_its_terms(make: Make) -> None:
    _, ranked = random_ranking(make, 30)
    behind, used = weights_behind(ranked), WEIGHTS.shifted(PERSON)
    assert {name: behind.of(name) for name in SIGNALS if name != "freshness"} == pytest.approx(
        {name: used.of(name) for name in SIGNALS if name != "freshness"}, abs=1e-3
    )
    assert behind.freshness == 0.0
