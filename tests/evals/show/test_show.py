"""Showing a conversation: found by case, agent and trial, whole, and readable at 80 columns."""

from __future__ import annotations

import pytest
from rich.console import Console

from shortlist.reply import Call, Question, Reply, ShownItem, Usage
from shortlist.turn_plan import PlannedEdit, ToolCall, TurnPlan
from shortlist_evals.agents import answer_of
from shortlist_evals.show import CaseMissingError, find, render, view
from shortlist_evals.suites import SuiteError
from shortlist_evals.transcripts import Said, Transcript, said, write_transcripts
from shortlist_tools.catalog import Requirement
from shortlist_tools.ranking import Term

BUDGET = Requirement(id="r1", field="price", op="<=", value=150.0, unit="USD", quote="under $150", turn=1)
GONE = Requirement(id="r2", field="brand", op="in", value=["A", "B"], hard=False, origin="inferred", status="withdrawn")
CALL = Call(
    prompt="plan@1.0.0#ab",
    model="m",
    prompt_tokens=900,
    completion_tokens=50,
    cached_tokens=700,
    seconds=2,
    outcome="ok",
)
TERMS = (Term(signal="request", contribution=0.5), Term(signal="quality", contribution=0.25))
EDITS = (
    PlannedEdit(action="add", requirement=BUDGET, found_by="both"),
    PlannedEdit(action="withdraw", field="brand"),
)
REPLY = Reply(
    kind="recommend",
    message="I'd take the first [red]one[/red].",
    language="en",
    session_id="s",
    turn=1,
    items=(
        ShownItem(
            id="hp-1", title="Lumora Hush", facts={"price": "$84"}, score=0.75, reasons=("cheap",), broken=("r1",),
            disclosures=("Sponsored.",), terms=TERMS,
        ),
    ),
    question=Question(fields=("brand",), text="Which brand?"),
    ledger=(BUDGET, GONE),
    matching=5,
    plan=TurnPlan(
        intent="refine", query="headphones", source="model", dropped=("color: no such field",),
        edits=EDITS,
        steps=(ToolCall(tool="search_catalog", args={"query": "headphones", "requirements": [BUDGET.model_dump()]}),),
    ),
    usage=Usage(
        calls=(CALL,), prompt_tokens=900, completion_tokens=50, seconds=2.5, first_sentence=1.5,
        sentences_kept=2, sentences_replaced=1,
    ),
    trace_id="t",
    prompts=("plan@1.0.0#ab",),
    notes=("search by meaning is not ready",),
)  # fmt: skip


def _transcript(case: str = "gift-en", agent: str = "offline", trial: int = 0, suite: str = "shop") -> Transcript:
    return Transcript(
        suite=suite, case=case, agent=agent, kind="gift", language="en", trial=trial, about="a gift",
        said=(said("under $150", answer_of(REPLY)),), values={"satisfied": 0.5}, faults=("shows hp-1",),
    )  # fmt: skip


def test_a_turn_is_seen_with_its_plan_ledger_signals_claims_and_cost() -> None:
    seen = view(said("under $150", answer_of(REPLY)))
    assert seen.plan == "refine, by model; searched for: headphones"
    assert seen.edits == ("add price <= 150.0 USD (found by both)", "withdraw brand (found by reader)")
    assert seen.steps == ("search_catalog(query=headphones, requirements=[price <= 150.0 USD])",)
    assert [(row.strength, row.what, row.words, row.status) for row in seen.ledger] == [
        ("must", "price <= 150.0 USD", "“under $150”", "active"),
        ("wish", "brand in A | B", "inferred", "withdrawn"),
    ]
    assert seen.items[0].signals == (("request", 0.5), ("quality", 0.25))
    assert seen.items[0].broken
    assert seen.claims == "2 of the model's 3 sentences kept, 1 replaced"
    assert seen.cost == "1 model call, 900 tokens in, 50 out, 2.50 s, first sentence after 1.50 s"
    assert (seen.asked, seen.matching, seen.dropped) == (("brand",), 5, ("color: no such field",))


def test_an_agent_that_is_not_shortlist_shows_its_answer() -> None:
    answer = {"message": "", "kind": "recommend", "items": ["a"], "asked": [], "calls": 3, "seconds": 0.5}
    seen = view(Said(message="hi", answer=answer))
    assert (seen.items[0].id, seen.cost, seen.plan) == ("a", "3 model calls, 0.50 s", "")


def test_everything_is_printed_as_it_is_within_eighty_columns() -> None:
    console = Console(width=80, record=True)
    console.print(render(_transcript()))
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= 80
    parts = (
        "gift-en|✗ shows hp-1|satisfied 0.500|[red]one[/red]|“under $150”|signals request +0.500|plan refine|"
        "claims 2 of|cost 1 model call|dropped: color|withdrawn|note search by"
    )
    for part in parts.split("|"):
        assert part in text, part


def test_cases_are_found_by_suite_agent_and_trial() -> None:
    write_transcripts("shop", [_transcript(trial=1), _transcript(), _transcript(agent="words"), _transcript("other")])
    assert [(one.agent, one.trial) for one in find("gift-en")] == [("offline", 0), ("offline", 1), ("words", 0)]
    assert [one.trial for one in find("gift-en", ["shop"], "offline", 1)] == [1]


def test_what_is_not_kept_says_what_is() -> None:
    with pytest.raises(CaseMissingError, match="of any suite are kept here; `python -m shortlist_evals run wishes`"):
        find("gift-en")
    write_transcripts("shop", [_transcript()])
    with pytest.raises(CaseMissingError, match="no case 'gift-zh' in the last runs of shop; like it are: gift-en"):
        find("gift-zh")
    with pytest.raises(CaseMissingError, match=r"was run with offline, trials 0; not with words, trial any"):
        find("gift-en", agent="words")
    with pytest.raises(CaseMissingError, match="no conversations of wishes are kept here"):
        find("gift-en", ["wishes"])
    with pytest.raises(SuiteError, match="no suite is called 'nothing'"):
        find("gift-en", ["nothing"])
