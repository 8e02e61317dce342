"""A model's sentence names no item of the catalog beside those it was given and those the user named."""

from __future__ import annotations

import pytest

from shortlist import Recommender
from shortlist.turn.stages import known_texts, verified
from shortlist_tools.drafting import FactSheet, ItemFacts

SHEET = FactSheet(items=(ItemFacts(ref=1, id="lp-01", title="Lumora Halo Desk Lamp", facts=()),), language="en")


@pytest.mark.parametrize(
    ("text", "message", "named"),
    [
        ("Folded Light is even better.", "a lamp", True),
        ("[1] is good, but Horizon Bar is better.", "a lamp", True),
        ("[1] is no Horizon Bar.", "something like the Horizon Bar", False),
        ("I would take [1].", "a lamp", False),
    ],
)
def test_titles_that_were_not_shown_are_named_as_problems(
    text: str, message: str, named: bool, recommender: Recommender
) -> None:
    sentence = verified(text, SHEET, (), "en", recommender._runtime.services(), message=message)
    assert any("this item is not on the sheet" in problem for problem in sentence.problems) == named


def test_an_item_goes_by_its_title_in_the_language_of_the_message(recommender: Recommender) -> None:
    services = recommender._runtime.services()
    own = services.title("lp-01", "zh")
    sheet = FactSheet(
        items=(SHEET.items[0].model_copy(update={"title": own, "names": (SHEET.items[0].title, own)}),), language="zh"
    )
    foreign = verified("Lumora Halo Desk Lamp很合适。", sheet, (), "zh", services)
    assert any(problem.startswith("language: ") for problem in foreign.problems)
    assert not verified(f"{own}很合适。", sheet, (), "zh", services).problems


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[1] is a lamp with dragons.", "unsupported"),  # asked for, and nothing says so
        ("[1] has a candle on it.", "unsupported"),  # of another item's text, not of this one's
        ("[2] has a candle on it.", ""),
        ("[1] A good lamp for you.", "runs_on"),
        ("[1] [2] is good for you.", "runs_on"),
        ("[1] Lumora Halo is good for you.", "runs_on"),
        ("[1] is a good lamp for you.", ""),
    ],
)
def test_a_word_is_borne_out_by_the_item_it_is_said_of_and_not_by_the_wish(
    text: str, problem: str, recommender: Recommender
) -> None:
    own = {"ref": 2, "id": "x", "title": "Wick", "reasons": ("has a candle",)}
    two = SHEET.items[0].model_copy(update=own)
    sheet = FactSheet(items=(*SHEET.items, two), language="en")
    known = known_texts(sheet, ())
    services = recommender._runtime.services()
    sentence = verified(text, sheet, (), "en", services, message="a lamp with dragons", known=known)
    assert [one.split(":")[0] for one in sentence.problems][:1] == ([problem] if problem else [])


def test_a_name_that_stands_twice_running_is_said_once(recommender: Recommender) -> None:
    text = "[1]: Lumora Halo Desk Lamp Lumora HaloDesk Lamp is good for you."
    assert (
        verified(text, SHEET, (), "en", recommender._runtime.services()).text
        == "Lumora Halo Desk Lamp is good for you."
    )
