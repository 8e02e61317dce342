"""The standard tools over the demo catalog: exact answers, and faults that say what to try instead."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from shortlist_tools.catalog import Catalog, Snapshot
from shortlist_tools.profile import Profiles
from shortlist_tools.search import Searcher
from shortlist_tools.tool import Toolbox, ToolResult
from shortlist_tools.toolbox import DraftMessage, build_toolbox

HEADPHONES = {"field": "category", "op": "==", "value": "headphones"}


@pytest.fixture(scope="module")
def box(demo_catalog: Catalog, demo_searcher: Searcher, demo_profiles: Profiles) -> Toolbox:
    return build_toolbox(demo_catalog, demo_searcher, demo_profiles)


@pytest.fixture(scope="module")
def words_only(demo_catalog: Catalog, demo_profiles: Profiles, tmp_path_factory: pytest.TempPathFactory) -> Toolbox:
    """The tools before any index has been built."""
    searcher = Searcher(demo_catalog, demo_catalog.store, tmp_path_factory.mktemp("bare"), kind="exact")
    return build_toolbox(demo_catalog, searcher, demo_profiles)


def call(box: Toolbox, tool: str, **args: Any) -> ToolResult:
    return asyncio.run(box.call(tool, args))


def value(box: Toolbox, tool: str, **args: Any) -> Any:
    result = call(box, tool, **args)
    assert result.fault is None, result.fault
    json.dumps(result.value, allow_nan=False)
    return result.value


def ids(found: dict[str, Any], key: str = "items") -> list[str]:
    return [one["id"] for one in found[key]]


def wanted(field: str, op: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value, **more}


def test_the_tools_and_their_kinds(box: Toolbox) -> None:
    assert {tool.name: tool.kind for tool in box} == {
        "lookup_profile": "read",
        "search_catalog": "read",
        "filter_catalog": "read",
        "get_items": "read",
        "compare_items": "read",
        "draft_message": "compose",
        "record_feedback": "write",
    }


def test_filter_is_exact_sorted_and_counts_all(box: Toolbox) -> None:
    rows = [
        HEADPHONES,
        wanted("noise_cancelling", "==", True),
        wanted("price", "<", 150),
        wanted("brand", "!=", "Sony"),
    ]
    found = value(box, "filter_catalog", requirements=rows, sort_by="price", n=3)
    assert ids(found) == ["hp-08", "hp-07", "hp-06"]
    assert (found["matching"], found["nearest"], found["excluded_by"]) == (5, [], {})
    down = value(box, "filter_catalog", requirements=rows, sort_by="price", descending=True)
    assert ids(down) == ["hp-09", "hp-15", "hp-06", "hp-07", "hp-08"]


def test_filter_takes_words_units_and_currencies(box: Toolbox) -> None:
    by_word = value(box, "filter_catalog", requirements=[wanted("类别", "==", "耳机")], n=50)
    assert by_word["matching"] == 15
    in_minutes = [HEADPHONES, wanted("battery_life", ">=", 2400, unit="min")]
    assert set(ids(value(box, "filter_catalog", requirements=in_minutes))) == {"hp-06", "hp-07", "hp-09", "hp-14"}
    in_yuan = [HEADPHONES, wanted("price", "<=", 250, unit="CNY")]
    assert set(ids(value(box, "filter_catalog", requirements=in_yuan))) == {"hp-11", "hp-13"}


def test_alternatives_and_scopes_reach_the_filter(box: Toolbox) -> None:
    either = [
        wanted("brand", "==", "Sony", group="g:a"),
        wanted("price", "<", 200, group="g:a"),
        wanted("brand", "==", "Bose", group="g:b"),
        HEADPHONES,
    ]
    assert set(ids(value(box, "filter_catalog", requirements=either))) == {"hp-03", "hp-04", "hp-05"}
    scoped = [wanted("category", "in", ["headphones", "wine"]), wanted("price", "<", 20, scope="kind:headphones")]
    found = set(ids(value(box, "filter_catalog", requirements=scoped, n=50)))
    assert {"hp-11", "wn-08"} <= found
    assert "hp-13" not in found


def test_where_nothing_fits_the_nearest_are_named_and_who_keeps_out_how_many(
    box: Toolbox, demo_snapshot: Snapshot
) -> None:
    rows = [HEADPHONES, wanted("brand", "==", "Sony"), wanted("price", "<", 100)]
    found = value(box, "filter_catalog", requirements=rows)
    assert (found["items"], found["matching"]) == ([], 0)
    assert ids(found, "nearest")[0] == "hp-03"
    # Without the price there are three Sony headphones; without the brand, headphones under 100 of other brands.
    cheap = demo_snapshot.numbers("price") < 100
    codes, names = demo_snapshot.codes("category")
    others = int((cheap & (codes == names.index("headphones"))).sum())
    assert found["excluded_by"] == {"0": 0, "1": others, "2": 3}


def test_search_finds_by_words_and_meaning_inside_the_requirements(box: Toolbox) -> None:
    found = value(box, "search_catalog", query="降噪耳机 适合坐飞机", requirements=[wanted("price", "<", 150)], n=5)
    assert len(found["items"]) == 5
    assert all(one["id"].startswith("hp-") for one in found["items"])
    assert found["matching"] > 5
    scores = [one["score"] for one in found["items"]]
    assert scores == sorted(scores, reverse=True)
    assert found["items"][0]["vector"] > 0.3


def test_before_vectors_are_there_search_gives_zeros_and_not_nan(words_only: Toolbox) -> None:
    found = value(words_only, "search_catalog", query="noise cancelling headphones", n=3)
    assert {one["vector"] for one in found["items"]} <= {0.0}


def test_search_with_nothing_that_fits_names_the_nearest(box: Toolbox) -> None:
    rows = [HEADPHONES, wanted("price", "<", 16)]
    found = value(box, "search_catalog", query="headphones", requirements=rows)
    assert found["items"] == []
    assert ids(found, "nearest")[0] == "hp-11"


def test_get_gives_everything_in_the_order_asked(box: Toolbox) -> None:
    items = value(box, "get_items", ids=["wn-01", "hp-03"])["items"]
    assert [item["id"] for item in items] == ["wn-01", "hp-03"]
    assert items[1]["values"]["price"] == 128.0
    assert items[1]["values"]["brand"] == "Sony"


def test_compare_shows_what_differs_or_what_was_asked(box: Toolbox) -> None:
    table = value(box, "compare_items", ids=["hp-06", "hp-07", "hp-06"])
    assert table["items"] == ["hp-06", "hp-07"]
    assert table["fields"]["price"] == {"hp-06": 89.0, "hp-07": 84.0}
    assert table["fields"]["colour"] == {"hp-06": ["black"], "hp-07": ["white"]}
    assert "battery_life" not in table["fields"]
    asked = value(box, "compare_items", ids=["hp-06", "hp-07"], fields=["battery_life"])
    assert asked["fields"] == {"battery_life": {"hp-06": 40.0, "hp-07": 40.0}}


@pytest.mark.parametrize(
    ("tool", "args", "named"),
    [
        ("get_items", {"ids": ["hp-01", "nope"]}, "nope"),
        ("get_items", {"ids": []}, "ids"),
        ("compare_items", {"ids": ["hp-01"]}, "ids"),
        ("compare_items", {"ids": ["hp-01", "hp-02"], "fields": ["colr"]}, "'colr'"),
        ("filter_catalog", {"requirements": [wanted("prize", "<", 5)]}, "price"),
        ("filter_catalog", {"requirements": [wanted("brand", "==", "Sonny")]}, "Sony"),
        ("filter_catalog", {"requirements": [wanted("brand", "<", "Sony")]}, "brand"),
        ("filter_catalog", {"requirements": [wanted("price", "~", 5)]}, "requirements.0.op"),
        ("filter_catalog", {"requirements": [wanted("price", "<", 5, unit="XAU")]}, "XAU"),
        ("filter_catalog", {"sort_by": "prize"}, "prize"),
        ("filter_catalog", {"n": 0}, "n: "),
        ("search_catalog", {}, "query"),
        ("record_feedback", {"user_id": "u", "item_id": "hp-01", "kind": "ate"}, "kind"),
        ("record_feedback", {"user_id": "u", "item_id": "hp-01", "kind": "rated"}, "rating"),
        ("record_feedback", {"user_id": "", "item_id": "hp-01", "kind": "liked"}, "user"),
        ("draft_message", {"ids": ["nope"]}, "nope"),
        ("draft_message", {"ids": ["hp-01"], "language": "fr"}, "language"),
    ],
)
def test_arguments_that_cannot_be_used_are_named(box: Toolbox, tool: str, args: dict[str, Any], named: str) -> None:
    fault = call(box, tool, **args).fault
    assert fault is not None
    assert fault.kind == "arguments"
    assert named in fault.message


def test_feedback_is_recorded_and_looked_up(box: Toolbox, demo_profiles: Profiles) -> None:
    user = "toolbox-feedback"
    assert value(box, "lookup_profile", user_id=user)["events"] == 0
    told = value(box, "record_feedback", user_id=user, item_id="hp-03", kind="rated", value=5)
    assert told == {"recorded": 1, "duplicates": 0, "refused": 0, "unknown_items": []}
    assert value(box, "record_feedback", user_id=user, item_id="zz", kind="liked")["unknown_items"] == ["zz"]
    summary = value(box, "lookup_profile", user_id=user)
    assert summary["seen"] == {"rated": ["hp-03"], "liked": ["zz"]}
    liked = {(one["field"], one["value"]) for one in summary["affinities"] if one["weight"] > 0}
    assert {("brand", "Sony"), ("category", "headphones")} <= liked
    demo_profiles.erase(user)


@pytest.mark.parametrize(("language", "title", "price"), [("en", "Sony", "$128"), ("zh", "索尼", "128")])
def test_without_a_composer_a_message_is_the_facts(box: Toolbox, language: str, title: str, price: str) -> None:
    message = value(box, "draft_message", ids=["hp-03"], language=language)["message"]
    assert title in message
    assert price in message


def test_with_a_composer_it_writes(demo_catalog: Catalog, demo_searcher: Searcher, demo_profiles: Profiles) -> None:
    async def compose(args: DraftMessage) -> str:
        return f"{args.language}:{','.join(args.ids)}"

    composing = build_toolbox(demo_catalog, demo_searcher, demo_profiles, compose)
    assert value(composing, "draft_message", ids=["hp-03"], language="zh") == {"message": "zh:hp-03"}


def test_every_tool_works_for_a_langchain_agent(box: Toolbox) -> None:
    chain = {tool.name: tool for tool in box.as_langchain()}
    assert len(chain) == 7
    found = chain["filter_catalog"].invoke({"requirements": [HEADPHONES, wanted("price", "<", 40)]})
    assert {one["id"] for one in found["items"]} == {"hp-11", "hp-13"}
    assert "nope" in chain["get_items"].invoke({"ids": ["nope"]})["error"]
    assert "requirements.0.field" in chain["filter_catalog"].invoke({"requirements": [{"op": "<", "value": 1}]})
