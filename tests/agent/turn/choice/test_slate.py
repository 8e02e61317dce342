"""A slate shows one of each variant group, each wanted kind, and keeps the budget of a set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.turn.choice.slate import choose, offered_rows
from shortlist.turn.state import Session
from shortlist_tools.catalog import SLATE, Requirement, Snapshot
from shortlist_tools.ranking import Ranked

Make = Callable[..., Snapshot]


def ranked(snapshot: Snapshot) -> list[Ranked]:
    """Rank the items in the order of their rows."""
    return [Ranked(id=name, row=row, score=1 - row / 100, terms=()) for row, name in enumerate(snapshot.ids)]


def chosen(snapshot: Snapshot, size: int = 3, *ledger: Requirement) -> list[str]:
    return [one.id for one in choose(ranked(snapshot), size, ledger, snapshot)]


def kinds(*names: str) -> Requirement:
    return Requirement(field="kind", op="in", value=list(names))


def budget(value: Any, op: str = "<=", unit: str | None = None) -> Requirement:
    return Requirement(field="price", op=op, value=value, unit=unit, scope=SLATE)  # type: ignore[arg-type]


def test_the_best_come_first(make: Make) -> None:
    shop = make(*[{}] * 5)
    assert chosen(shop, 3) == ["i00", "i01", "i02"]
    assert chosen(shop, 9) == ["i00", "i01", "i02", "i03", "i04"]
    assert chosen(make(), 3) == []


def test_one_of_each_variant_group(make: Make) -> None:
    shop = make({"model": "m"}, {"model": "m"}, {}, {"model": "n"}, {"model": "n"}, {})
    assert chosen(shop, 4) == ["i00", "i02", "i03", "i05"]


def test_every_wanted_kind_is_there_and_the_order_is_by_score(make: Make) -> None:
    shop = make({"kind": "cup"}, {"kind": "cup"}, {"kind": "cup"}, {"kind": "lamp"}, {"kind": "desk"})
    assert chosen(shop, 3, kinds("lamp", "cup")) == ["i00", "i01", "i03"]
    assert chosen(shop, 1, kinds("lamp", "cup", "desk")) == ["i03"]
    assert chosen(shop, 2, kinds("lamp", "boat")) == ["i00", "i03"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (budget(60), ["i01", "i02", "i03"]),
        (budget(59), ["i01", "i02", "i03"]),
        (budget(60, "<"), ["i01", "i02", "i03"]),
        (budget([10, 60], "between"), ["i01", "i02", "i03"]),
        (budget(60 / 0.14, unit="CNY"), ["i01", "i02", "i03"]),
        (budget(50), ["i00"]),
        (budget(5), ["i03"]),
        (budget(4), []),
        (budget(1_000), ["i00", "i01", "i02"]),
        (budget(5, ">="), ["i00", "i01", "i02"]),
    ],
)
def test_the_budget_of_a_set_is_kept(make: Make, row: Requirement, expected: list[str]) -> None:
    shop = make({"price": 50}, {"price": 40}, {"price": 10}, {"price": 5})
    assert chosen(shop, 3, row) == expected


def test_an_unknown_price_never_fits_a_budget(make: Make) -> None:
    assert chosen(make({}, {"price": 10}), 3, budget(60)) == ["i01"]


def test_one_of_each_kind_fits_one_budget_where_it_can(make: Make) -> None:
    shop = make(
        {"kind": "cup", "price": 90},
        {"kind": "cup", "price": 40},
        {"kind": "lamp", "price": 80},
        {"kind": "lamp", "price": 55},
        {"kind": "cup", "price": 5},
    )
    # The best cup would leave no lamp: the best pair within the budget is the second cup with the second lamp.
    assert chosen(shop, 3, kinds("cup", "lamp"), budget(100)) == ["i01", "i03"]
    assert chosen(shop, 3, kinds("cup", "lamp"), budget(170)) == ["i00", "i02"]
    assert chosen(shop, 3, kinds("cup", "lamp"), budget(50)) == ["i01"]


def test_a_set_takes_no_two_of_a_group_that_spans_kinds(make: Make) -> None:
    shop = make(
        {"kind": "cup", "price": 10, "model": "m"},
        {"kind": "lamp", "price": 10, "model": "m"},
        {"kind": "lamp", "price": 10},
    )
    assert chosen(shop, 3, kinds("cup", "lamp"), budget(100)) == ["i00", "i02"]


@settings(max_examples=80)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"kind": st.sampled_from(["cup", "lamp", "desk"])},
            optional={"price": st.integers(1, 100), "model": st.sampled_from("mnop")},
        ),
        max_size=16,
    ),
    st.integers(1, 4),
    st.integers(1, 250),
    st.booleans(),
)
def test_whatever_is_chosen_keeps_the_rules(make: Make, rows: list[Any], size: int, limit: int, several: bool) -> None:
    shop = make(*rows)
    ledger = [budget(limit), *([kinds("cup", "lamp")] if several else [])]
    picked = [shop.row_of[name] for name in chosen(shop, size, *ledger)]
    models = [rows[row]["model"] for row in picked if "model" in rows[row]]
    assert len(models) == len(set(models))
    assert sum(rows[row]["price"] for row in picked) <= limit
    assert picked == sorted(picked)
    assert len(picked) <= max(size, 2)


def test_what_was_offered_takes_its_variants_along(make: Make) -> None:
    shop = make({"model": "m"}, {"model": "m"}, {}, {"model": "n"})
    rows = offered_rows(Session(id="s", offered=("i01", "i02", "gone")), shop)
    assert set(rows) == {0, 1, 2}
    assert offered_rows(Session(id="s"), shop) == []


def test_a_stated_wish_narrows_the_slate_while_some_item_meets_it(make: Make) -> None:
    shop = make({"brand": "x"}, {"brand": "y"}, {}, {"brand": "y"})
    wish = Requirement(field="brand", op="==", value="y", hard=False)
    assert chosen(shop, 3, wish) == ["i01", "i03"]
    assert chosen(shop, 3, wish.model_copy(update={"value": "z"})) == ["i00", "i01", "i02"]
    assert chosen(shop, 3, wish.model_copy(update={"origin": "inferred"})) == ["i00", "i01", "i02"]
    assert chosen(shop, 3, Requirement(field="price", op="lowest", hard=False)) == ["i00", "i01", "i02"]


def wish(field: str, op: Any, value: Any = None, **more: Any) -> Requirement:
    return Requirement(id=f"w{field}{value}", field=field, op=op, value=value, hard=False, **more)


def test_wishes_that_do_not_go_together_give_way_to_the_newest_and_to_the_kind(make: Make) -> None:
    shop = make({"kind": "cup", "tags": ["books"]}, {"kind": "lamp", "tags": ["parties"]}, {"kind": "cup"})
    books, lamp = wish("tags", "contains", "books", turn=1), wish("kind", "==", "lamp", turn=2)
    assert chosen(shop, 3, books) == ["i00"]
    assert chosen(shop, 3, books, lamp) == ["i01"]
    assert chosen(shop, 3, books, lamp.model_copy(update={"turn": 1})) == ["i01"]
    assert chosen(shop, 3, books, wish("kind", "==", "boat", turn=2)) == ["i00"]


def test_either_of_two_wishes_will_do(make: Make) -> None:
    shop = make({"brand": "a"}, {"brand": "b"}, {"brand": "c"})
    assert chosen(shop, 3, *(wish("brand", "==", name, group=f"g:{name}") for name in "bc")) == ["i01", "i02"]


def test_a_superlative_orders_strictly_and_an_adjective_does_not(make: Make) -> None:
    shop = make({"weight": 29}, {"weight": 500}, {}, {"weight": 14})
    assert chosen(shop, 3, wish("weight", "lowest", quote="the lightest")) == ["i03", "i00", "i01"]
    assert chosen(shop, 3, wish("weight", "lowest", quote="最轻")) == ["i03", "i00", "i01"]
    assert chosen(shop, 3, wish("weight", "lowest", quote="light")) == ["i00", "i01", "i02"]


def test_the_newest_superlative_counts(make: Make) -> None:
    shop = make({"weight": 29, "battery": 8}, {"weight": 500, "battery": 55}, {"weight": 14, "battery": 5})
    lightest = wish("weight", "lowest", quote="lightest", turn=1)
    assert chosen(shop, 1, lightest) == ["i02"]
    assert chosen(shop, 1, lightest, wish("battery", "highest", quote="longest battery", turn=2)) == ["i01"]
