"""Personal data in a conversation: no model and no log line sees it, the user reads it, and nothing else changes."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from shortlist import Model, Recommender
from shortlist.testing import Fault, ScriptedModel
from shortlist.turn.state.masking import known_names
from shortlist_tools.catalog import Snapshot

Open = Callable[[Model], Recommender]

SECRETS = ("Wilhelmina", "13812345678", "w.hart@example.com", "17 Rosewood Lane", "赵晓燕")
MESSAGE = (
    "I'm Wilhelmina Hart, 13812345678, w.hart@example.com, 17 Rosewood Lane. "
    "Headphones under $150 please, for 同事赵晓燕"
)
PLAN = {"i": "find", "q": "headphones", "r": [], "x": [], "a": [], "ask": ""}


def seen(model: ScriptedModel) -> str:
    """Everything that reached the model."""
    return json.dumps(
        [[call.inputs, [str(message) for message in call.rendered.messages]] for call in model.calls],
        ensure_ascii=False,
    )


def name_mark(inputs: Any) -> str:
    """The mark that stands for the person who writes, as the model sees it."""
    return str(inputs["message"]).split("I'm ")[1].split(",")[0]


def test_the_model_sees_marks_and_the_user_reads_names(with_model: Open, caplog: pytest.LogCaptureFixture) -> None:
    def draft(inputs: Any) -> str:
        return f"[1] suits you well, {name_mark(inputs)}."

    with caplog.at_level(logging.DEBUG), ScriptedModel({"plan": [PLAN], "draft": draft}) as model:
        reply = with_model(model).reply(MESSAGE, session_id=uuid.uuid4().hex, user_id="hostid-4711")
    received = seen(model)
    assert not [secret for secret in (*SECRETS, "hostid-4711") if secret in received]
    assert "under $150" in received
    assert "Wilhelmina Hart" in reply.message
    assert "[NAME" not in reply.message
    told = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("shortlist"))
    assert not [secret for secret in SECRETS if secret in told]


def test_marks_hold_through_a_session_and_its_history_is_masked(with_model: Open) -> None:
    marks: list[str] = []

    def draft(inputs: Any) -> str:
        if "I'm " in inputs["message"]:
            marks.append(name_mark(inputs))
        return f"[1] is what {marks[0]} wants."

    session = uuid.uuid4().hex
    with ScriptedModel({"plan": lambda inputs: PLAN, "draft": draft}) as model:
        rec = with_model(model)
        first = rec.reply(MESSAGE, session_id=session)
        second = rec.reply("cheaper, and do greet Wilhelmina Hart from 赵晓燕", session_id=session)
    received = seen(model)
    assert not [secret for secret in SECRETS if secret in received]
    plans = [call.inputs for call in model.calls if call.prompt == "plan"]
    assert marks[0] in plans[1]["message"]
    assert any(marks[0] in line for line in plans[1]["exchanges"])
    assert "Wilhelmina Hart" in first.message
    assert "Wilhelmina Hart" in second.message or second.kind == "abstain"


def test_quotes_of_the_model_are_held_against_the_words_of_the_user(with_model: Open) -> None:
    def plan(inputs: Any) -> dict[str, Any]:
        quote = f"black one for {str(inputs['message']).rsplit(' ', 1)[1]}"
        return {**PLAN, "r": [f'colour contains black "{quote}"', 'colour contains red "for Wilhelmina"']}

    with ScriptedModel({"plan": plan, "draft": lambda inputs: "[1] is good."}) as model:
        reply = with_model(model).reply("headphones, a black one for Wilhelmina@example.com")
    assert "Wilhelmina" not in seen(model)
    assert [row.value for row in reply.ledger if row.field == "colour" and row.hard] == ["black"]
    assert [one.startswith("colour contains red") for one in reply.plan.dropped] == [True]


def test_what_a_repair_is_told_is_masked(with_model: Open) -> None:
    with ScriptedModel({"plan": [Fault.NOT_JSON], "repair": [PLAN], "draft": ["[1] is good."]}) as model:
        with_model(model).reply(MESSAGE)
    assert [call.prompt for call in model.calls] == ["plan", "repair", "draft"]
    assert not [secret for secret in SECRETS if secret in seen(model)]


def test_a_number_cut_by_the_limit_of_a_prompt_is_masked_whole(with_model: Open) -> None:
    padding = "warm and simple " * 40
    with ScriptedModel({"plan": lambda inputs: PLAN, "draft": lambda inputs: "[1] is good."}) as model:
        rec = with_model(model)
        limit = rec._runtime.settings.plan_message_chars
        text = ("headphones " + padding * 9)[: limit - 7].rstrip().ljust(limit - 7, ".") + " 13812345678"
        rec.reply(text)
    assert "13812" not in seen(model)


def test_messages_without_personal_data_reach_the_model_as_they_are(with_model: Open) -> None:
    message = "noise cancelling headphones under $150, not Sony, for my sister"
    with ScriptedModel({"plan": [PLAN], "draft": ["[1] is good."]}) as model:
        with_model(model).reply(message)
    assert [call.inputs["message"] for call in model.calls] == [message, message]


def test_names_of_the_catalog_are_known_and_single_words_of_titles_are_not(make: Callable[..., Snapshot]) -> None:
    known = known_names(make({"title": "Marie Curie in Paris", "brand": "Bose", "tags": ["Anna Sui"]}))
    assert known("Bose")
    assert known("anna sui")
    assert known("Marie Curie")
    assert not known("Marie")
    assert not known("Curie Marie")
