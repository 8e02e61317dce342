"""Scripts are read strictly, and expectations find what is wrong with a reply and nothing else."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from shortlist.reply import Reply, ShownItem, Usage
from shortlist.turn_plan import TurnPlan
from shortlist_evals.conversations import ScriptError, Stage, read_script, scripts
from shortlist_evals.conversations.judging import failed
from shortlist_evals.conversations.script import Expectation
from shortlist_evals.invariants.worlds import World
from shortlist_tools.catalog import Requirement, Snapshot


@pytest.fixture(scope="module")
def stage(demo_snapshot: Snapshot) -> Stage:
    items = tuple(demo_snapshot.item(row) for row in range(len(demo_snapshot.ids)))
    world = World("demo", demo_snapshot.schema, items, Path("unused"), ExitStack())
    return cast(Stage, SimpleNamespace(world=world))


def _row(field: str, op: Any, value: Any, **more: Any) -> Requirement:
    return Requirement(field=field, op=op, value=value, quote="as said", **more)


REPLY = Reply(
    kind="recommend", message="Folded Light is here.", language="en", session_id="s", turn=1, matching=2,
    items=(
        ShownItem(id="lp-13", title="Folded Light"),
        ShownItem(id="lp-09", title="Studio Flat 60", disclosures=("ad",)),
    ),
    ledger=(
        _row("category", "==", "lamps"),
        _row("price", "<", 200.0),
        _row("weight", "<=", 500.0, hard=False, status="withdrawn"),
        _row("colour", "contains_any", ["white", "silver"], hard=False),
    ),
    plan=TurnPlan(intent="find"), usage=Usage(), trace_id="t",
)  # fmt: skip


@pytest.mark.parametrize(
    "expected",
    [
        {"kind": "recommend", "language": "en", "matching": 2, "shows": ["lp-13"], "hides": ["lp-01"]},
        {"ledger": [{"field": "price", "op": "<", "value": 200}, {"field": "category", "op": "==", "value": "lamp"}]},
        {"ledger": [{"field": "colour", "op": "contains_any", "value": ["silver", "white"], "hard": False}]},
        {"gone": ["weight", "brand"], "disclosed": ["lp-09"], "only": {"colour": ["white", "silver"]}},
        {"unsaid": ["best"]},
        {},
    ],
)
def test_what_is_met_is_not_mentioned(expected: dict[str, Any], stage: Stage) -> None:
    assert list(failed(Expectation.model_validate(expected), REPLY, stage)) == []


@pytest.mark.parametrize(
    ("expected", "problem"),
    [
        ({"kind": ["ask", "chat"]}, "expected a reply that is ask or chat, got recommend"),
        ({"language": "zh"}, "expected a reply in zh, got en"),
        ({"matching": 0}, "expected 0 matching items, got 2"),
        ({"shows": ["lp-01"]}, "expected lp-01 among the items, got lp-13, lp-09"),
        ({"hides": ["lp-13"]}, "shows lp-13"),
        ({"only": {"colour": ["white"]}}, "lp-09 has colour ['silver'], not white"),
        ({"disclosed": ["lp-13"]}, "lp-13 is not shown with its disclosure"),
        ({"unsaid": ["folded light"]}, "says 'folded light'"),
        ({"gone": ["price"]}, "expected nothing about price in the ledger, which has < 200.0"),
        (
            {"ledger": [{"field": "price", "op": "<", "value": 200, "hard": False}]},
            "expected price < 200 in the ledger, which has: category == lamps; price < 200.0; "
            "colour contains_any ['white', 'silver']",
        ),
        (
            {"ledger": [{"field": "weight", "op": "<=", "value": 500}]},
            "expected weight <= 500 in the ledger, which has: category == lamps; price < 200.0; "
            "colour contains_any ['white', 'silver']",
        ),
    ],
)
def test_what_is_not_met_is_named(expected: dict[str, Any], problem: str, stage: Stage) -> None:
    assert list(failed(Expectation.model_validate(expected), REPLY, stage)) == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: other\nlanguage: en\nabout: x\nturns: [hello]", "must be that of the file"),
        ("name: mine\nlanguage: en\nabout: x\nturns: []", "turns"),
        ("name: mine\nlanguage: en\nabout: x\nturns: [{say: hi, expect: {knd: ask}}]", "knd"),
        ("name: mine\nlanguage: en\nabout: x\nturns: [{say: hi, expect: {kind: buy}}]", "kind"),
        ("name: [", "mine.yaml"),
    ],
)
def test_a_script_with_a_slip_is_refused_and_the_slip_named(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ScriptError, match=problem):
        read_script(path)


def test_scripts_are_found_by_name_and_an_unknown_name_is_answered_with_the_known_ones() -> None:
    assert [one.name for one in scripts(["yuan-zh", "maya-en"])] == ["maya-en", "yuan-zh"]
    with pytest.raises(ScriptError, match="no conversation is called yuan-en; there are: backpack-en, "):
        scripts(["yuan-en"])
