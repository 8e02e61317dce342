"""What will do as well, what is refused no longer, and whom something is not for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from shortlist.offline.planner import plan_from_reading
from shortlist.reader import Reader
from shortlist.turn.state import active, apply_edits
from shortlist_tools.catalog import Requirement

Said = Callable[..., list[str]]


def after(reader: Reader, messages: Sequence[str]) -> list[Requirement]:
    """Return the requirements in force after some messages."""
    ledger: tuple[Requirement, ...] = ()
    for turn, message in enumerate(messages, 1):
        plan = plan_from_reading(reader.read(message, ledger=active(ledger)), message)
        ledger = apply_edits(ledger, plan.edits, turn, reader.schema)
    return active(ledger)


@pytest.mark.parametrize(
    "messages",
    [
        ("headphones, not black", "actually black is fine"),
        ("headphones, not black", "I don't mind black after all, so black is ok"),
        ("headphones, not from Northpeak", "Northpeak is fine after all"),
        ("headphones but no Sony", "ok you can include sony again"),
        ("headphones, nothing in white", "drop the no-white rule"),
        ("headphones, no white", "forget the no white thing"),
        ("耳机，不要白色", "忘掉不要白色"),
        ("耳机，不要索尼", "索尼也可以"),
        ("耳机，不要黑色", "黑色也行吧"),
        ("耳机，不要木质的", "木质的也没关系"),
        ("耳机，不要白色", "白色的限制取消吧"),
    ],
)
def test_what_is_fine_after_all_is_refused_no_longer_and_demanded_by_nobody(
    messages: tuple[str, ...], reader: Reader, said: Said
) -> None:
    assert said(after(reader, messages)) == ["category == headphones"]


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        (("white headphones", "black would be ok too"), "colour contains_any ['white', 'black']"),
        (("blue or white headphones", "green also works"), "colour contains_any ['blue', 'white', 'green']"),
        (("Sony headphones", "Bose is fine too"), "brand in ['Sony', 'Bose']"),
        (("粉色的耳机", "绿色也行"), "colour contains_any ['pink', 'green']"),
        (("耳机要蓝色的", "黑色也可以"), "colour contains_any ['blue', 'black']"),
        (("索尼的耳机", "博士也可以"), "brand in ['Sony', 'Bose']"),
    ],
)
def test_what_will_do_too_stands_beside_what_is_wanted(
    messages: tuple[str, ...], expected: str, reader: Reader, said: Said
) -> None:
    assert said(after(reader, messages)) == sorted([expected, "category == headphones"])


@pytest.mark.parametrize("message", ["is black available?", "黑色可以吗？", "black isn't ok"])
def test_a_question_or_a_refusal_lifts_nothing(message: str, reader: Reader) -> None:
    ledger = after(reader, ("headphones, not black",))
    assert all(edit.action == "add" for edit in reader.read(message, ledger=ledger).edits)


def test_not_ok_is_a_refusal(reader: Reader, said: Said) -> None:
    assert said(reader.read("headphones, but black is not ok").requirements) == [
        "category == headphones", "colour not_contains black"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("i'm shopping for my nephew, not me: headphones", "category == headphones"),
        ("not for me: a backpack for my sister", "category == backpacks"),
        ("it's for my dad, not my mum: a lamp", "category == lamps"),
        ("不是我用，给我爸买个台灯", "category == lamps"),
    ],
)
def test_whom_something_is_not_for_refuses_nothing(message: str, expected: str, reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == [expected]


@pytest.mark.parametrize(
    "messages",
    [
        ("a board game, my kids are 7 and 4", "actually it's for a party with adults"),
        ("a board game for my nephew, he is 5", "forget what i said about my nephew"),
        ("board game for a 6 year old", "sorry, it's for grown-ups"),
        ("桌游，孩子7岁和4岁", "其实是大人聚会"),
        ("桌游，我儿子6岁", "先不管我儿子了"),
        ("桌游，孩子6岁", "不带孩子了，只有大人"),
    ],
)
def test_grown_ups_take_back_the_age_of_a_child(messages: tuple[str, ...], reader: Reader) -> None:
    assert any(row.field == "min_age" for row in after(reader, messages[:1]))
    assert not any(row.field == "min_age" for row in after(reader, messages))


def test_the_youngest_of_a_list_of_ages_counts(reader: Reader, said: Said) -> None:
    expected = ["category == board_games", "min_age <= 4"]
    assert said(after(reader, ("board games", "my kids are 7 and 4"))) == expected
    assert said(after(reader, ("board games", "my kids are 9, 7 and 4"))) == expected


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        (("backpacks", "forget about mossrock, show other brands"), "brand != Mossrock"),
        (("backpacks", "忘掉北峰，看别的"), "brand != Northpeak"),
        (("Sony headphones", "forget about Bose"), "brand != Bose"),
    ],
)
def test_a_brand_that_nobody_asked_for_is_refused_by_forgetting_it(
    messages: tuple[str, ...], expected: str, reader: Reader, said: Said
) -> None:
    assert expected in said(after(reader, messages))


def test_a_brand_that_was_asked_for_is_withdrawn_by_forgetting_it(reader: Reader, said: Said) -> None:
    assert said(after(reader, ("Sony headphones", "forget about Sony"))) == ["category == headphones"]


@pytest.mark.parametrize(
    "message", ["in Chinese please", "in english, please", "can you switch to French?", "in German"]
)
def test_the_language_to_answer_in_is_no_country(message: str, reader: Reader) -> None:
    assert reader.read(message).requirements == ()


def test_cheaper_than_about_a_price_leaves_the_range(reader: Reader, items: Callable[..., list], said: Said) -> None:
    ledger = active(apply_edits((), plan_from_reading(reader.read("台灯，预算800左右")).edits, 1, reader.schema))
    shown = items("lp-01", "lp-02")
    plan = plan_from_reading(reader.read("再便宜点", shown=shown, ledger=ledger))
    left = [row for row in active(apply_edits(ledger, plan.edits, 2, reader.schema)) if row.field == "price"]
    assert [row.op for row in left] == ["<"]


def test_cheaper_will_do_asks_for_nothing(reader: Reader, said: Said) -> None:
    assert said(reader.read("便宜点也行").requirements) == []
