"""What the model wrote is told where it holds, item by item; all else is said by code, in its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist import Recommender, Reply
from shortlist.testing import ScriptedModel
from shortlist_tools.model import Model

Open = Callable[[Model], Recommender]
PLAN = {"i": "find"}
ASKED = "headphones under $150"


def _last(with_model: Open, messages: list[str], drafts: list[str]) -> Reply:
    """The last reply, where the model plans nothing of its own and writes `drafts`."""
    with ScriptedModel({"plan": [PLAN] * len(messages), "draft": drafts}) as model:
        opened = with_model(model)
        for message in messages:
            reply = opened.reply(message, session_id="s")
    return reply


def test_how_many_fit_is_said_before_what_the_model_wrote(with_model: Open) -> None:
    reply = _last(with_model, [ASKED], ["[1] costs {1.price}. It is rated {1.rating}."])
    first = reply.message.splitlines()[0]
    assert str(reply.matching) in first or "fit" in first
    assert f"{reply.items[0].title} costs {reply.items[0].facts['price']}." in reply.message
    assert f"It is rated {reply.items[0].facts['rating']}." in reply.message
    assert reply.usage.sentences_kept == 2


@pytest.mark.parametrize(
    "written",
    [
        "The weather is sunny today.",  # about nothing that is shown
        "[1] is a bed for $0.",
        "[1] will cure a headache.",
        "[1].",
        "[1], in stock: yes, price: {1.price}.",
        "[1] is the cheapest of all.",
    ],
)
def test_what_nothing_bears_out_is_not_said(written: str, with_model: Open) -> None:
    reply = _last(with_model, [ASKED], [written] * 2)
    assert reply.usage.sentences_kept == 0
    assert written not in reply.message
    assert all(item.title in reply.message for item in reply.items)


def test_an_item_is_told_once_whoever_tells_it(with_model: Open) -> None:
    reply = _last(with_model, [ASKED], ["[1] is a bed. [1] costs {1.price}. [2] costs {2.price}. [2] is a bed."])
    lines = reply.message.splitlines()
    assert [sum(item.title in line for line in lines) for item in reply.items] == [1] * len(reply.items)


def test_an_answer_has_the_figure_that_was_asked_for(with_model: Open) -> None:
    drafts = ["[1] is nice.", "[1] is the lightest.", "[1] is the lightest."]
    reply = _last(with_model, [ASKED, "which of these is the lightest?"], drafts)
    assert len(reply.items) == 3
    weights = [item.facts["weight"] for item in reply.items]
    assert weights
    assert all(weight in reply.message for weight in weights)


@pytest.mark.parametrize("message", ["thanks, bye", "hello", "what's the weather today?", "order it for me", "你好"])
def test_small_talk_is_no_matter_of_the_model(message: str, with_model: Open) -> None:
    with ScriptedModel({"plan": [{"i": "chat"}]}) as model:
        reply = with_model(model).reply(message)
    assert reply.kind == "chat"
    assert reply.message
