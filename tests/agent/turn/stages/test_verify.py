"""A model's sentence names no item of the catalog beside those it was given and those the user named."""

from __future__ import annotations

import pytest

from shortlist import Recommender
from shortlist.turn.stages import verified
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
    sheet = FactSheet(items=(SHEET.items[0].model_copy(update={"title": own}),), language="zh")
    foreign = verified("Lumora Halo Desk Lamp很合适。", sheet, (), "zh", services)
    assert any(problem.startswith("language: ") for problem in foreign.problems)
    assert not verified(f"{own}很合适。", sheet, (), "zh", services).problems
