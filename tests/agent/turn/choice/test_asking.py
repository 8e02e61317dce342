"""A question is asked only where its answer would change what is shown, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.turn.choice.asking import questions
from shortlist_tools.catalog import Field, Schema, Snapshot

Make = Callable[..., Snapshot]
SCHEMA = Schema(
    name="rentals",
    fields=(Field(name="title", kind="text"), Field(name="tags", kind="multi_category", known=0.9)),
    roles={"title": "title", "availability": "tags"},
)


def asked(
    snapshot: Snapshot, slate: list[int], taken: set[str] | None = None, suggested: str | None = None
) -> list[str]:
    return questions(snapshot, np.arange(len(snapshot)), slate, taken or set(), suggested)


def test_it_asks_what_splits_the_candidates(make: Make) -> None:
    shop = make(*[{"brand": "ABCDE"[n % 5], "wireless": True} for n in range(10)])
    assert asked(shop, [0, 1, 2]) == ["brand"]


def test_it_asks_nothing_when_all_are_the_same(make: Make) -> None:
    shop = make(*[{"brand": "A", "wireless": True, "price": 10, "tags": ["x"]} for _ in range(10)])
    assert asked(shop, [0, 1, 2]) == []


def test_it_asks_nothing_when_any_answer_leaves_the_slate(make: Make) -> None:
    # Each of the shown has every tag that anybody could name.
    shop = make(
        *[{"tags": ["x", "y"]} for _ in range(3)],
        *[{"tags": ["x"]} for _ in range(4)],
        *[{"tags": ["y"]} for _ in range(4)],
    )
    assert asked(shop, [0, 1, 2]) == []
    assert asked(shop, [3, 4, 5]) == ["tags"]


def test_it_asks_nothing_when_few_are_left_or_nothing_is_shown(make: Make) -> None:
    shop = make(*[{"brand": "ABCDEF"[n]} for n in range(6)])
    assert asked(shop, [0, 1, 2]) == []
    assert asked(shop, []) == []
    assert asked(shop, [0, 1]) == ["brand"]


def test_a_budget_is_asked_for_only_where_it_would_bite(make: Make) -> None:
    shop = make(*[{"price": 10.0 * (n + 1)} for n in range(10)])
    assert asked(shop, [7, 8, 9]) == ["price"]
    assert asked(shop, [0, 1, 2]) == []


def test_where_more_is_better_it_is_the_weak_ones_that_a_bound_excludes(make: Make) -> None:
    shop = make(*[{"battery": 10.0 * (n + 1)} for n in range(10)])
    assert asked(shop, [0, 1, 2]) == ["battery"]
    assert asked(shop, [7, 8, 9]) == []


def test_values_that_hardly_differ_are_not_worth_a_question(make: Make) -> None:
    shop = make(*[{"price": 100 + n / 10, "weight": 200 + n / 10} for n in range(10)])
    assert asked(shop, [7, 8, 9]) == []


def test_a_field_that_few_items_have_is_not_worth_a_question(make: Make) -> None:
    shop = make(*[{"brand": "ABCDEFGHIJ"[n]} if n < 2 else {} for n in range(10)])
    assert asked(shop, [0, 1, 2]) == []


def test_taken_hidden_unanswerable_and_internal_fields_are_never_asked(make: Make) -> None:
    rows = [dict.fromkeys(("brand", "kind", "secret", "model", "obscure"), "ABCDE"[n % 5]) for n in range(10)]
    assert asked(make(*rows), [0, 1, 2]) == ["brand", "kind"]
    assert asked(make(*rows), [0, 1, 2], {"brand"}) == ["kind"]
    assert asked(make(*rows), [0, 1, 2], {"brand", "kind"}, suggested="brand") == []


def test_a_suggested_field_wins_a_tie_and_nothing_more(make: Make) -> None:
    rows = [{"brand": "ABCDE"[n % 5], "kind": "ABCDE"[n % 5], "wireless": True} for n in range(10)]
    assert asked(make(*rows), [0, 1, 2], suggested="kind") == ["kind", "brand"]
    assert asked(make(*rows), [0, 1, 2], suggested="wireless") == ["brand", "kind"]


@settings(max_examples=60)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "brand": st.sampled_from("ABC"),
                "kind": st.sampled_from("XYZ"),
                "tags": st.lists(st.sampled_from("pqr"), min_size=1, unique=True),
                "price": st.integers(1, 500),
                "weight": st.integers(1, 500),
                "wireless": st.booleans(),
            },
        ),
        max_size=14,
    ),
    st.sets(st.sampled_from(["brand", "kind", "tags", "price", "weight", "wireless"])),
    st.integers(0, 3),
)
def test_at_most_three_untaken_fields_and_always_the_same(
    make: Make, rows: list[dict[str, Any]], taken: set[str], size: int
) -> None:
    shop = make(*rows)
    slate = list(range(min(size, len(rows))))
    found = asked(shop, slate, taken)
    assert len(found) <= 3
    assert len(set(found)) == len(found)
    assert not set(found) & taken
    assert found == asked(shop, slate, taken)


def test_a_companion_needs_less_than_the_field_that_opens_the_question(make: Make) -> None:
    # The shown item is the longest-lasting but one: a bound on the battery excludes it now and then, a brand mostly.
    rows = [{"brand": "ABCDE"[n % 5], "battery": 10.0 * (n + 1)} for n in range(10)]
    assert asked(make(*rows), [7]) == ["brand", "battery"]
    assert asked(make(*rows), [7], {"brand"}) == []


def test_where_to_get_it_is_asked_only_while_the_users_access_is_unknown(make: Make) -> None:
    shop = make(*[{"tags": ["pqrst"[n % 5]]} for n in range(10)], schema=SCHEMA)
    rows = np.arange(len(shop))
    assert questions(shop, rows, [0], set()) == []
    assert questions(shop, rows, [0], set(), open_access="tags") == ["tags"]
