"""A session that comes back to one thing gets more of what is bought, and less of it when it looks around again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from shortlist_tools.catalog import Field, Schema, Snapshot
from shortlist_tools.profile import Event
from shortlist_tools.ranking.kinds import bought_kinds, buying, kind_mix

Make = Callable[..., Snapshot]
SCHEMA = Schema(
    name="shop",
    fields=(
        Field(
            name="kind",
            kind="category",
            values={
                "lamps": {"en": ["lamp", "desk lamp"], "zh": ["灯"]},
                "shoes": {"en": ["shoes"], "zh": ["鞋"]},
                "guides": {"en": ["guide"], "zh": ["指南"]},
            },
        ),
        Field(name="price", kind="money", unit="USD"),
    ),
    roles={"kind": "kind", "price": "price"},
)


def searches(*texts: str) -> list[Event]:
    return [Event(kind="searched", text=text, time=float(place)) for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    "again",
    [
        ("desk lamp", "a good lamp", "cheap lamp"),
        ("台灯", "便宜的灯", "好看的灯"),
        ("red kite", "kite red", "red kite"),
    ],
)
def test_searching_for_one_thing_again_leads_to_buying_and_looking_around_leads_back(again: tuple[str, ...]) -> None:
    around = ("shoes", "guide", "garden hose")
    scores = [buying(searches(*around, *again[:turn]), SCHEMA) for turn in range(4)]
    assert scores[0] == pytest.approx(0.15)
    assert scores[3] > scores[2] > scores[1]
    assert scores[3] > 0.5
    back = buying(searches(*around, *again, "tents", "paint brush", "wool socks"), SCHEMA)
    assert back < scores[2]


def test_one_shared_word_does_not_make_two_searches_one() -> None:
    assert buying(searches("cheap lamp", "cheap shoes", "cheap guide"), SCHEMA) == pytest.approx(0.15)


def test_buying_decides_and_an_empty_session_is_a_look_around() -> None:
    assert buying([], SCHEMA) == 0.15
    assert buying([Event(kind="bought", item_id="i", time=0.0)], SCHEMA) == 1.0


def test_the_mix_follows_and_names_no_kind_of_its_own(make: Make) -> None:
    shop = make(
        {"kind": "lamps", "price": 10},
        {"kind": "shoes", "price": 20},
        {"kind": "guides", "price": 0},
        {"kind": "guides"},
    )
    assert bought_kinds(shop) == {"lamps", "shoes"}
    looking, decided = (kind_mix(shop, np.arange(4), score) for score in (0.15, 1.0))
    assert looking == pytest.approx({"lamps": 0.15, "shoes": 0.15, "guides": 0.7})
    assert decided == pytest.approx({"lamps": 0.475, "shoes": 0.475, "guides": 0.05})
    assert kind_mix(shop, np.array([0, 1]), 1.0) == {}
    assert kind_mix(shop, np.array([], dtype=np.int64), 1.0) == {}
