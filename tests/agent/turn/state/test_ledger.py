"""The ledger does what users expect: the last word counts, what it does not touch goes on, nothing is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.demo import FOLDER
from shortlist.turn.state import active, apply_edits
from shortlist.turn.state.conflicts import compatible, left_of
from shortlist.turn_plan import PlannedEdit
from shortlist_tools.catalog import Requirement, load_schema

SCHEMA = load_schema(FOLDER / "schema.yaml")
Rows = tuple[Requirement, ...]


def want(field: str, op: str, value: Any = None, **more: Any) -> PlannedEdit:
    replaces = more.pop("replaces", False)
    more.setdefault("hard", op not in ("lowest", "highest"))
    more.setdefault("quote", f"{field}{op}{value}")
    row = Requirement(field=field, op=op, value=value, **more)  # type: ignore[arg-type]
    return PlannedEdit(action="add", requirement=row, replaces=replaces)


def wish(field: str, op: str, value: Any = None, **more: Any) -> PlannedEdit:
    return want(field, op, value, hard=False, **more)


def guess(field: str, op: str, value: Any = None) -> PlannedEdit:
    return want(field, op, value, hard=False, origin="inferred")


def forget(field: str | None = None) -> PlannedEdit:
    return PlannedEdit(action="withdraw", field=field)


def take_back(field: str, op: str, value: Any) -> PlannedEdit:
    return PlannedEdit(action="withdraw", field=field, requirement=want(field, op, value).requirement)


def talk(*turns: Sequence[PlannedEdit] | PlannedEdit, start: Rows = ()) -> Rows:
    ledger = start
    for number, edits in enumerate(turns, start=1):
        ledger = apply_edits(ledger, [edits] if isinstance(edits, PlannedEdit) else edits, number, SCHEMA)
    return ledger


def says(ledger: Rows) -> list[str]:
    """What holds, as short lines: `price<=100`, a wish with `~`, an alternative with its branch."""
    lines = []
    for row in active(ledger):
        branch = f"|{row.group.partition(':')[2]}" if row.group else ""
        value = "" if row.value is None else row.value
        lines.append(f"{'' if row.hard else '~'}{row.field}{row.op}{value}{branch}")
    return lines


SONY_UNDER_100_OR_BOSE = [
    want("brand", "==", "Sony", group="g1:a"),
    want("price", "<", 100, group="g1:a"),
    want("brand", "==", "Bose", group="g1:b"),
]
PHONES, LAMPS = want("category", "==", "headphones"), want("category", "==", "lamps")

TALKS: dict[str, tuple[list[Any], list[str]]] = {
    # bounds
    "a new upper bound": ([want("price", "<", 100), want("price", "<=", 150)], ["price<=150"]),
    "both bounds": ([want("price", "<", 100), want("price", ">", 50)], ["price<100", "price>50"]),
    "a range, then a new top": (
        [want("price", "between", [50, 100]), want("price", "<=", 80)],
        ["price>=50", "price<=80"],
    ),
    "a range, then a new bottom": (
        [want("price", "between", [50, 100]), want("price", ">", 70)],
        ["price<=100", "price>70"],
    ),
    "a range, then a top below it": ([want("price", "between", [50, 100]), want("price", "<", 50)], ["price<50"]),
    "a range, then another": (
        [want("price", "between", [50, 100]), want("price", "between", [5, 9])],
        ["pricebetween[5, 9]"],
    ),
    "a bottom, then a top below it": ([want("price", ">=", 100), want("price", "<", 60)], ["price<60"]),
    "a bottom, then a top at it": ([want("price", ">=", 100), want("price", "<=", 100)], ["price>=100", "price<=100"]),
    "an exact number, then a bound": ([want("players", "==", 4), want("players", ">=", 2)], ["players>=2"]),
    "a number that is not wanted after all": ([want("players", "==", 4), want("players", "!=", 4)], ["players!=4"]),
    "a number beside a bound": ([want("players", "!=", 3), want("players", ">=", 2)], ["players!=3", "players>=2"]),
    "currencies": (
        [want("price", ">=", 100), want("price", "<=", 500, unit="CNY")],
        ["price<=500"],
    ),
    "currencies that meet": (
        [want("price", ">=", 50), want("price", "<=", 500, unit="CNY")],
        ["price>=50", "price<=500"],
    ),
    "dates": (
        [want("released", ">=", "2020-01-01"), want("released", "<", "2019-01-01")],
        ["released<2019-01-01"],
    ),
    # categories
    "another brand": ([want("brand", "==", "Sony"), want("brand", "==", "Bose")], ["brand==Bose"]),
    "excluded, then wanted": ([want("brand", "!=", "Sony"), want("brand", "==", "Sony")], ["brand==Sony"]),
    "wanted, then excluded": ([want("brand", "==", "Sony"), want("brand", "!=", "Sony")], ["brand!=Sony"]),
    "two exclusions": ([want("brand", "!=", "Sony"), want("brand", "!=", "Bose")], ["brand!=Sony", "brand!=Bose"]),
    "one of two excluded ones": (
        [want("brand", "not_in", ["Sony", "Bose"]), want("brand", "==", "Sony")],
        ["brand!=Bose", "brand==Sony"],
    ),
    "one of two wanted ones": (
        [want("brand", "in", ["Sony", "Bose"]), want("brand", "!=", "Bose")],
        ["brand==Sony", "brand!=Bose"],
    ),
    "one after the other of two wanted ones": (
        [want("brand", "in", ["Sony", "Bose"]), want("brand", "!=", "Bose"), want("brand", "!=", "Sony")],
        ["brand!=Bose", "brand!=Sony"],
    ),
    "an exclusion, then a longer one": (
        [want("brand", "!=", "Sony"), want("brand", "not_in", ["Sony", "Bose"])],
        ["brandnot_in['Sony', 'Bose']"],
    ),
    # several values
    "two colours beside each other": (
        [want("colour", "contains", "black"), want("colour", "contains", "red")],
        ["colourcontainsblack", "colourcontainsred"],
    ),
    "a colour instead of another": (
        [want("colour", "contains", "black"), want("colour", "contains", "white", replaces=True)],
        ["colourcontainswhite"],
    ),
    "either colour, then not one of them": (
        [want("colour", "contains_any", ["black", "red"]), want("colour", "not_contains", "red")],
        ["colourcontainsblack", "colournot_containsred"],
    ),
    "either colour, then one of them": (
        [want("colour", "contains_any", ["black", "red"]), want("colour", "contains", "red")],
        ["colourcontainsred"],
    ),
    "either colour, then other two": (
        [want("colour", "contains_any", ["black", "red"]), want("colour", "contains_any", ["blue", "pink"])],
        ["colourcontains_any['blue', 'pink']"],
    ),
    "an excluded theme, wanted after all": (
        [want("theme", "not_contains", "horror"), want("theme", "contains", "horror")],
        ["themecontainshorror"],
    ),
    # flags and existence
    "a flag, then its opposite": ([want("wireless", "==", True), want("wireless", "==", False)], ["wireless==False"]),
    "without, then with": ([want("brand", "exists", False), want("brand", "==", "Bose")], ["brand==Bose"]),
    # firmness
    "a wish beside a bound": ([want("price", "<", 100), wish("price", "<", 80)], ["price<100", "~price<80"]),
    "the same as a wish": ([want("price", "<", 100), wish("price", "<", 100)], ["~price<100"]),
    "a wish made firm": (
        [wish("colour", "contains", "black"), want("colour", "contains", "black")],
        ["colourcontainsblack"],
    ),
    "a wish nothing could satisfy beside it": (
        [want("brand", "==", "Sony"), wish("brand", "==", "Bose")],
        ["~brand==Bose"],
    ),
    "cheapest, then dearest": ([wish("price", "lowest"), wish("price", "highest")], ["~pricehighest"]),
    "cheapest within a bound": ([wish("price", "lowest"), want("price", "<", 50)], ["~pricelowest", "price<50"]),
    # guesses
    "a guess where something was said": ([want("price", "<", 200), guess("price", "<", 100)], ["price<200"]),
    "a guess against what was said": ([want("brand", "==", "Sony"), guess("brand", "==", "Bose")], ["brand==Sony"]),
    "a guess on the other side": ([want("price", "<", 200), guess("price", ">", 100)], ["price<200", "~price>100"]),
    "what is said after a guess": ([guess("price", "<", 100), want("price", "<", 200)], ["price<200"]),
    "another guess": ([guess("price", "<", 100), guess("price", "<", 200)], ["~price<200"]),
    # scopes
    "other scopes": (
        [want("rating", ">=", 4, scope="kind:wine"), want("rating", ">=", 3), want("price", "<", 500, scope="slate")],
        ["rating>=4", "rating>=3", "price<500"],
    ),
    # withdrawals
    "forget the budget": ([[want("price", "<", 100), want("brand", "!=", "Sony")], forget("price")], ["brand!=Sony"]),
    "forget everything": ([[want("price", "<", 100), PHONES], forget()], []),
    "one of two exclusions taken back": (
        [want("brand", "not_in", ["Sony", "Bose"]), take_back("brand", "!=", "Sony")],
        ["brand!=Bose"],
    ),
    "one bound taken back": (
        [[want("price", "<", 100), want("price", ">", 50)], take_back("price", "<", 100)],
        ["price>50"],
    ),
    "forget and say anew in one message": (
        [want("price", "<", 100), [forget("price"), want("price", "<", 300)]],
        ["price<300"],
    ),
    # corrections
    "a corrected range keeps both its ends": (
        [want("price", "<", 20), [want("price", ">", 50, replaces=True), want("price", "<", 100, replaces=True)]],
        ["price>50", "price<100"],
    ),
    "a correction to what stands already": (
        [
            [want("colour", "contains", "black"), want("colour", "contains", "red")],
            want("colour", "contains", "red", replaces=True),
        ],
        ["colourcontainsred"],
    ),
    "a correction within a message": (
        [[want("price", "<", 100), want("price", "<", 150, replaces=True)]],
        ["price<150"],
    ),
    # alternatives
    "alternatives": ([SONY_UNDER_100_OR_BOSE], ["brand==Sony|a", "price<100|a", "brand==Bose|b"]),
    "alternatives, then one of them": ([SONY_UNDER_100_OR_BOSE, want("brand", "==", "Bose")], ["brand==Bose"]),
    "alternatives, then not one of them": (
        [SONY_UNDER_100_OR_BOSE, want("brand", "!=", "Bose")],
        ["brand==Sony|a", "price<100|a", "brand!=Bose"],
    ),
    "alternatives, then neither": (
        [SONY_UNDER_100_OR_BOSE, want("brand", "not_in", ["Bose", "Sony"])],
        ["brandnot_in['Bose', 'Sony']"],
    ),
    "alternatives, then a bound for all": (
        [SONY_UNDER_100_OR_BOSE, want("price", "<", 80)],
        ["brand==Sony|a", "brand==Bose|b", "price<80"],
    ),
    "alternatives, then another brand": ([SONY_UNDER_100_OR_BOSE, want("brand", "==", "Velto")], ["brand==Velto"]),
    "alternatives, then no brand": ([SONY_UNDER_100_OR_BOSE, forget("brand")], []),
    "alternatives, then no budget": ([SONY_UNDER_100_OR_BOSE, forget("price")], ["brand==Sony|a", "brand==Bose|b"]),
    "a brand, then alternatives": (
        [want("brand", "==", "Velto"), SONY_UNDER_100_OR_BOSE],
        ["brand==Sony|a", "price<100|a", "brand==Bose|b"],
    ),
    "a bound that only one alternative restates": (
        [want("price", "<", 150), SONY_UNDER_100_OR_BOSE],
        ["price<150|b", "brand==Sony|a", "price<100|a", "brand==Bose|b"],
    ),
    "other alternatives": (
        [
            SONY_UNDER_100_OR_BOSE,
            [want("brand", "==", "Velto", group="g1:a"), want("brand", "==", "Ostra", group="g1:b")],
        ],
        ["brand==Velto|a", "brand==Ostra|b"],
    ),
    "alternatives beside others on another field": (
        [
            SONY_UNDER_100_OR_BOSE,
            [want("wireless", "==", True, group="g1:a"), want("battery_life", ">", 20, group="g1:b")],
        ],
        ["brand==Sony|a", "price<100|a", "brand==Bose|b", "wireless==True|a", "battery_life>20|b"],
    ),
    # kinds
    "another kind takes its details along": (
        [[PHONES, want("noise_cancelling", "==", True), want("brand", "!=", "Sony")], LAMPS],
        ["brand!=Sony", "category==lamps"],
    ),
    "a first kind keeps what was said": (
        [want("wireless", "==", True), PHONES],
        ["wireless==True", "category==headphones"],
    ),
    "a first kind ends what only compared with items of no kind": (
        [want("price", "<", 21, quote="a bit expensive"), [want("weight", "<", 900, quote="under 900 g"), PHONES]],
        ["weight<900", "category==headphones"],
    ),
    "a first kind keeps a figure that was said": (
        [want("price", "<", 21, quote="less than 21"), PHONES],
        ["price<21", "category==headphones"],
    ),
    "the same kind again": (
        [[PHONES, want("wireless", "==", True)], PHONES],
        ["category==headphones", "wireless==True"],
    ),
    "narrowing two kinds to one": (
        [[want("category", "in", ["headphones", "lamps"]), want("price", "<", 90)], PHONES],
        ["price<90", "category==headphones"],
    ),
    "adding a kind": (
        [[PHONES, want("wireless", "==", True)], want("category", "in", ["headphones", "lamps"])],
        ["wireless==True", "categoryin['headphones', 'lamps']"],
    ),
    "another kind with details of its own": (
        [[PHONES, want("wireless", "==", True)], [want("price", "<", 40), LAMPS]],
        ["price<40", "category==lamps"],
    ),
    "the budget of a set stays": (
        [[PHONES, want("price", "<", 300, scope="slate")], LAMPS],
        ["price<300", "category==lamps"],
    ),
    "a wish for a kind changes nothing else": (
        [[PHONES, want("wireless", "==", True)], wish("theme", "contains", "music")],
        ["category==headphones", "wireless==True", "~themecontainsmusic"],
    ),
    "one kind or another": (
        [
            [PHONES, want("wireless", "==", True)],
            [want("category", "==", "headphones", group="g1:a"), want("category", "==", "lamps", group="g1:b")],
        ],
        ["wireless==True", "category==headphones|a", "category==lamps|b"],
    ),
}


@pytest.mark.parametrize("name", TALKS)
def test_what_holds_after(name: str) -> None:
    turns, expected = TALKS[name]
    assert says(talk(*turns)) == expected


def test_rows_carry_their_turn_their_words_and_what_became_of_them() -> None:
    ledger = talk(
        want("price", "between", [50, 100]), [want("price", "<=", 80), want("brand", "!=", "Sony")], forget("brand")
    )
    assert [(row.id, row.turn, row.status, row.op, row.value) for row in ledger] == [
        ("r1", 1, "replaced", "between", [50, 100]),
        ("r2", 1, "active", ">=", 50),
        ("r3", 2, "active", "<=", 80),
        ("r4", 2, "withdrawn", "!=", "Sony"),
    ]
    assert ledger[1].quote == ledger[0].quote


def test_what_the_house_demands_is_not_the_users_to_end() -> None:
    house = want("in_stock", "==", True, origin="policy")
    ledger = talk(house, want("in_stock", "==", False), forget("in_stock"), forget())
    assert says(ledger) == ["in_stock==True"]


def test_saying_the_same_again_leaves_the_ledger_as_it_is() -> None:
    first = talk([want("capacity", "<", 100), *SONY_UNDER_100_OR_BOSE, wish("rating", "highest")])
    for again in (
        want("capacity", "<", 100),
        SONY_UNDER_100_OR_BOSE,
        SONY_UNDER_100_OR_BOSE[::-1],
        wish("rating", "highest"),
    ):
        edits = [again] if isinstance(again, PlannedEdit) else again
        assert apply_edits(first, edits, 2, SCHEMA) == first


def test_groups_of_one_turn_never_share_a_name() -> None:
    edits = [
        *SONY_UNDER_100_OR_BOSE,
        want("wireless", "==", True, group="g2:a"),
        want("battery_life", ">", 20, group="g2:b"),
    ]
    once = apply_edits((), edits, 3, SCHEMA)
    more = [want("material", "contains", "wood", group="g1:a"), want("capacity", ">", 3, group="g1:b")]
    again = apply_edits(once, more, 3, SCHEMA)
    assert [row.group for row in active(again)] == [
        "g3.1:a",
        "g3.1:a",
        "g3.1:b",
        "g3.2:a",
        "g3.2:b",
        "g3.3:a",
        "g3.3:b",
    ]


BRANDS = st.sampled_from(["Sony", "Bose", "Velto"])
COLOURS = st.sampled_from(["black", "red", "blue"])
HOW = st.sampled_from([want, want, wish, guess])
EDITS = st.one_of(
    st.builds(
        lambda how, op, value: how("price", op, value),
        HOW,
        st.sampled_from(["<", "<=", ">", ">=", "=="]),
        st.integers(1, 9),
    ),
    st.builds(lambda how, a, b: how("price", "between", sorted([a, b])), HOW, st.integers(1, 9), st.integers(1, 9)),
    st.builds(lambda how, op, value: how("brand", op, value), HOW, st.sampled_from(["==", "!="]), BRANDS),
    st.builds(
        lambda how, op, values: how("brand", op, values),
        HOW,
        st.sampled_from(["in", "not_in"]),
        st.lists(BRANDS, min_size=2, max_size=2, unique=True),
    ),
    st.builds(
        lambda how, op, value: how("colour", op, value), HOW, st.sampled_from(["contains", "not_contains"]), COLOURS
    ),
    st.builds(lambda how, value: how("wireless", "==", value), HOW, st.booleans()),
    st.builds(lambda value: want("category", "==", value), st.sampled_from(["headphones", "lamps"])),
    st.builds(lambda value, branch: want("brand", "==", value, group=f"g1:{branch}"), BRANDS, st.sampled_from("ab")),
    st.builds(
        lambda value, branch: want("price", "<", value, group=f"g1:{branch}"), st.integers(1, 9), st.sampled_from("ab")
    ),
    st.sampled_from([forget("price"), forget("brand"), forget(), wish("price", "lowest"), wish("price", "highest")]),
)
CONVERSATIONS = st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=1, max_size=6)


@settings(max_examples=60)
@given(CONVERSATIONS)
def test_history_is_never_lost(conversation: list[list[PlannedEdit]]) -> None:
    ledger: Rows = ()
    for number, edits in enumerate(conversation, start=1):
        after = apply_edits(ledger, edits, number, SCHEMA)
        assert len({row.id for row in after}) == len(after)
        for old, new in zip(ledger, after, strict=False):
            assert new.model_copy(update={"status": old.status}) == old
            assert old.status in ("active", new.status)
        assert len(after) >= len(ledger)
        assert all(row.turn <= number for row in after)
        ledger = after


@settings(max_examples=60)
@given(CONVERSATIONS)
def test_no_two_firm_rows_contradict_each_other(conversation: list[list[PlannedEdit]]) -> None:
    ledger = talk(*conversation)
    firm = [row for row in active(ledger) if row.hard and row.group is None]
    for place, row in enumerate(firm):
        for later in firm[place + 1 :]:
            if (row.field, row.scope) == (later.field, later.scope):
                assert compatible(row, later, SCHEMA), (row, later)


@settings(max_examples=60)
@given(CONVERSATIONS, EDITS)
def test_the_last_word_holds(conversation: list[list[PlannedEdit]], last: PlannedEdit) -> None:
    after = talk(*conversation, last)
    said = last.requirement
    if last.action == "withdraw":
        assert not [row for row in active(after) if last.field in (None, row.field)]
    elif said is not None and said.origin == "stated":
        assert [
            row
            for row in active(after)
            if (row.field, row.op, row.value, row.hard) == (said.field, said.op, said.value, said.hard)
        ]


@settings(max_examples=60)
@given(
    CONVERSATIONS,
    HOW.flatmap(lambda _: EDITS).filter(lambda edit: edit.requirement and edit.requirement.origin == "inferred"),
)
def test_a_guess_ends_nothing_that_was_said(conversation: list[list[PlannedEdit]], last: PlannedEdit) -> None:
    before = talk(*conversation)
    after = apply_edits(before, [last], 99, SCHEMA)
    stated = [row for row in active(before) if row.origin == "stated"]
    assert [row for row in active(after) if row.origin == "stated"] == stated


@given(EDITS, EDITS)
def test_what_is_left_of_a_row_can_stand_beside_the_new_one(first: PlannedEdit, second: PlannedEdit) -> None:
    row, new = first.requirement, second.requirement
    if row is None or new is None or row.field != new.field:
        return
    left = left_of(row, new, SCHEMA)
    assert left is None or compatible(left, new, SCHEMA)
    # What was left once is left whole the next time.
    assert left is None or left_of(left, new, SCHEMA) == left
