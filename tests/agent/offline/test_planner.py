"""The built-in planner turns a reading into a plan, and a plan into the reads it needs."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from shortlist.offline import plan_from_reading, with_steps
from shortlist.reader import Edit, Reading, Reference
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.tool import Tool, Toolbox

CHEAP = Requirement(id="r1", field="price", op="<", value=100, quote="under 100")


class Where(BaseModel):
    message: str
    user_id: str | None = None


def box() -> Toolbox:
    def tool(name: str, kind: Any, **words: list[str]) -> Tool[Where]:
        return Tool(name, kind, name, Where, lambda args: {}, words)

    return Toolbox((tool("shops", "read", en=["near me"], zh=["附近"]), tool("order", "write", en=["near me"])))


def steps(intent: Any, query: str = "", ledger: tuple[Requirement, ...] = (), **more: Any) -> list[Any]:
    plan = TurnPlan(intent=intent, about=more.get("about", ()))
    done = with_steps(plan, ledger, query, more.get("slate", ()), more.get("user"), box(), more.get("message", "hello"))
    return [(step.tool, step.args) for step in done.steps]


def test_a_reading_becomes_a_plan() -> None:
    reading = Reading(
        language="en",
        edits=(
            Edit(action="add", requirement=CHEAP, quote="under 100", replaces=True),
            Edit(action="withdraw", field="brand"),
        ),
        references=tuple(Reference(item_id=item, quote="it") for item in "aba"),
        intent="refine",
        about=("price",),
        count=2,
        query="quiet",
    )
    plan = plan_from_reading(reading)
    assert (plan.intent, plan.query, plan.count) == ("refine", "quiet", 2)
    assert (plan.about, plan.fields) == (("a", "b"), ("price",))
    assert [(edit.action, edit.field, edit.replaces, edit.found_by) for edit in plan.edits] == [
        ("add", None, True, "reader"),
        ("withdraw", "brand", False, "reader"),
    ]
    assert plan.edits[0].requirement == CHEAP
    assert (plan.source, plan.steps) == ("built-in", ())


def test_words_are_searched_and_bare_requirements_filtered() -> None:
    rows = (
        CHEAP,
        Requirement(field="brand", op="==", value="X", hard=False),
        Requirement(field="brand", op="==", value="Y", status="withdrawn"),
        Requirement(field="rating", op="highest", hard=False),
    )
    wanted = [{"field": "price", "op": "<", "value": 100, "unit": None, "group": None, "scope": None}]
    assert steps("find", "quiet", rows) == [("search_catalog", {"query": "quiet", "requirements": wanted, "n": 100})]
    assert steps("refine", "", rows) == [("filter_catalog", {"requirements": wanted, "n": 1})]


def test_questions_read_the_items_asked_about_or_shown() -> None:
    assert steps("about", about=("a",), slate=("b", "c")) == [("get_items", {"ids": ["a"]})]
    assert steps("about", slate=("b", "c")) == [("get_items", {"ids": ["b", "c"]})]
    assert steps("compare", slate=("b", "c")) == [("compare_items", {"ids": ["b", "c"]})]
    assert steps("compare", slate=("b",)) == [("get_items", {"ids": ["b"]})]
    assert steps("compare") == []


def test_small_talk_reads_nothing_but_the_profile() -> None:
    assert steps("chat") == []
    assert steps("chat", user="u") == [("lookup_profile", {"user_id": "u"})]


def test_a_registered_read_tool_is_planned_by_its_words() -> None:
    assert steps("chat", message="any shop Near me?") == [("shops", {"message": "any shop Near me?"})]
    assert steps("chat", message="我附近有店吗", user="u")[1] == ("shops", {"message": "我附近有店吗", "user_id": "u"})


def test_a_greeting_before_a_request_is_no_small_talk() -> None:
    wish = Reading(language="en", intent="find", query="movie tonight")
    assert plan_from_reading(wish, "Hi, can you recommend a movie for tonight?").intent == "find"
    assert plan_from_reading(wish, "Hi there, how are you tonight?").intent == "chat"


@pytest.mark.parametrize(
    ("query", "quote", "tool"),
    [
        ("Sony", "Sony", "filter_catalog"),
        ("quiet Sony", "sony", "search_catalog"),
        ("景点", "景点", "filter_catalog"),
        ("景点 茶", "景点", "search_catalog"),
        ("Sony", "", "search_catalog"),
    ],
)
def test_words_that_only_repeat_what_is_required_filter_and_do_not_rank(query: str, quote: str, tool: str) -> None:
    row = Requirement(field="brand", op="==", value="Sony", quote=quote)
    assert [name for name, _ in steps("find", query, (row,))] == [tool]
    # What another wish took the place of is no word to search by either; a wish that filters nothing is.
    assert [name for name, _ in steps("find", query, (row.model_copy(update={"status": "replaced"}),))] == [tool]
    assert [name for name, _ in steps("find", query, (row.model_copy(update={"hard": False}),))] == ["search_catalog"]
