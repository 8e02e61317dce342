"""What stored replies say of cost and contribution, on turns whose figures are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from shortlist.reply import Call, Reply, Usage
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_evals.contribution import StoredTurn, measure, read_turns
from shortlist_evals.contribution.turns import RepliesError
from shortlist_tools.catalog import Requirement
from shortlist_tools.store import Store, tables

STATED = Requirement(id="r1", field="price", op="<", value=50.0, quote="under $50", turn=1)


def call(prompt: str, tokens: int) -> Call:
    return Call(
        prompt=f"{prompt}@1.0.0#ab",
        model="m",
        prompt_tokens=tokens,
        completion_tokens=40,
        cached_tokens=0,
        seconds=1.0,
        outcome="ok",
    )


def turn(
    calls: tuple[Call, ...] = (),
    ledger: tuple[Requirement, ...] = (STATED,),
    message: str = "a lamp under $50",
    edits: tuple[PlannedEdit, ...] = (PlannedEdit(action="add", requirement=STATED),),
    stated: tuple[dict[str, Any], ...] | None = None,
    **usage: Any,
) -> StoredTurn:
    cost = Usage(
        calls=calls,
        prompt_tokens=sum(one.prompt_tokens for one in calls),
        completion_tokens=sum(one.completion_tokens for one in calls),
        **usage,
    )
    reply = Reply(
        kind="recommend",
        message="Here.",
        language="en",
        session_id="s",
        turn=1,
        ledger=ledger,
        plan=TurnPlan(edits=edits),
        usage=cost,
        trace_id="t",
    )
    return StoredTurn("c", message, reply, stated)


def test_costs_are_averaged_over_the_turns_that_called_a_model() -> None:
    turns = [
        turn((call("plan", 700), call("draft", 500)), plan_source="model", plan_as_written=True, sentences_kept=3),
        turn(
            (call("plan", 700), call("repair", 300), call("draft", 600)), plan_source="repaired", sentences_replaced=1
        ),
        turn(),
    ]
    result = measure(turns)
    assert (result["n"], result["with_model"]) == (3, 2)
    assert (result["calls_mean"], result["calls_most"]) == (2.5, 3)
    assert (result["prompt_tokens_mean"], result["completion_tokens_mean"]) == (1_400.0, 100.0)
    assert (result["plans_as_written"], result["plans_repaired"], result["plans_built_in"]) == (0.5, 0.5, 0.0)
    assert result["sentences_kept"] == 0.75
    assert not result["passed"]  # 2.5 calls are more than 2.2


def test_turns_without_a_model_have_no_shares() -> None:
    result = measure([turn()])
    assert result["calls_mean"] is None
    assert result["sentences_kept"] is None
    assert result["passed"]


@pytest.mark.parametrize(
    "row",
    [
        Requirement(id="r2", field="rating", op=">=", value=4.0, origin="inferred", quote="a lamp", turn=1),
        Requirement(id="r2", field="rating", op=">=", value=4.0, quote="at least 4 stars", turn=1),
        Requirement(id="r2", field="rating", op=">=", value=4.0, quote="", turn=1),
    ],
)
def test_an_invented_requirement_that_filters_fails(row: Requirement) -> None:
    result = measure([turn(ledger=(STATED, row))])
    assert result["invented_that_filter"] == 1
    assert "rating >= 4.0" in result["examples"][0]
    assert not result["passed"]


def test_soft_rows_and_those_of_the_host_are_not_invented() -> None:
    soft = Requirement(id="r2", field="rating", op=">=", value=4.0, hard=False, origin="inferred", turn=1)
    host = Requirement(id="r3", field="rating", op=">=", value=4.0, origin="host", turn=1)
    assert measure([turn(ledger=(STATED, soft, host))])["invented_that_filter"] == 0


def test_a_stated_requirement_must_reach_the_ledger() -> None:
    assert measure([turn(ledger=())])["stated_missing"] == 1
    labelled = turn(stated=({"field": "colour", "op": "contains", "value": "black"},))
    assert measure([labelled])["examples"] == ["'a lamp under $50': colour contains black is not in the ledger"]


def test_a_stated_figure_is_the_same_with_and_without_decimals() -> None:
    row = STATED.model_copy(update={"op": "<=", "value": 300.0, "unit": "CNY", "quote": "300"})
    told = ({"field": row.field, "op": "<=", "value": 300},)
    assert measure([turn(ledger=(row,), message="300", stated=told)])["stated_missing"] == 0
    assert measure([turn(ledger=(row,), message="301", stated=({**told[0], "value": 301},))])["stated_missing"] == 1


def test_turns_are_read_from_files_folders_and_databases(tmp_path: Path) -> None:
    row = {"message": "a lamp under $50", "reply": turn().reply.to_json()}
    (tmp_path / "one.json").write_text(json.dumps({"turns": [row, row]}), "utf-8")
    (tmp_path / "two.json").write_text(json.dumps({"about": {"extra": {"turns": [row]}}, "exchanges": []}), "utf-8")
    (tmp_path / "other.json").write_text("[]", "utf-8")
    assert len(read_turns(tmp_path / "one.json")) == 2
    assert [one.conversation for one in read_turns(tmp_path)] == ["one", "one", "two"]

    store = Store.open(tmp_path / "shop.db")
    stored_row = {"session_id": "s1", "number": 1, "key": "#1", "user_id": None, "trace": {}, "created": 1.0, **row}
    with store.write() as connection:
        connection.execute(insert(tables.turns), [stored_row])
    store.close()
    (stored,) = read_turns(tmp_path / "shop.db")
    assert (stored.conversation, stored.message) == ("s1", "a lamp under $50")
    assert stored.reply == turn().reply


def test_unusable_replies_are_named(tmp_path: Path) -> None:
    with pytest.raises(RepliesError, match="no stored replies"):
        read_turns(tmp_path)
    (tmp_path / "bad.json").write_text('{"turns": [{"message": "x", "reply": {"kind": "shout"}}]}', "utf-8")
    with pytest.raises(RepliesError, match=r"bad\.json, turn 1: not a stored turn"):
        read_turns(tmp_path / "bad.json")
    with pytest.raises(RepliesError, match="there is no such file"):
        read_turns(tmp_path / "none.db")
