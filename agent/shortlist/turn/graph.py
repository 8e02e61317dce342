"""The turn as one LangGraph: understand, plan, gather, decide, draft, verify, remember; at most one re-plan."""

from __future__ import annotations

from functools import cache
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from shortlist.decision import Decision
from shortlist.offline import with_steps
from shortlist.reader import Reading
from shortlist.reply import Reply
from shortlist.turn.arranging import with_variety
from shortlist.turn.asides import without_asides
from shortlist.turn.compose import composed
from shortlist.turn.context import Turn, TurnState
from shortlist.turn.decide import decide
from shortlist.turn.gather import gather, profile_of
from shortlist.turn.gating import without_restricted
from shortlist.turn.inquiring import with_inquiry
from shortlist.turn.ledger import active
from shortlist.turn.plan import make_plan, replanned, without_foreign_money
from shortlist.turn.policy import house_requirements
from shortlist.turn.remember import commit_turn, next_session
from shortlist.turn.session import Session
from shortlist.turn.understand import answered_confirmation, read_message
from shortlist.turn.unheard import with_unheard
from shortlist.turn.wish import next_ledger, next_query
from shortlist.turn.wondering import with_question
from shortlist.turn_plan import TurnPlan
from shortlist.variety import read_variety
from shortlist_tools.catalog import Requirement
from shortlist_tools.text import simplified

Update = dict[str, Any]


def _plainly(state: TurnState) -> str:
    """Return the message as words are looked for in it: in simplified characters, where it is written in others."""
    return simplified(state["message"])


async def _understand(state: TurnState, runtime: Runtime[Turn]) -> Update:
    turn, forms = runtime.context, runtime.context.forms
    turn.stage("understand")
    session = forms.read(Session, state["session"])
    read = read_message(state["message"], session, turn.services)
    if state.get("language"):
        read = read.model_copy(update={"language": state["language"]})
    before = None
    if session.confirming is not None and session.exchanges:
        before = read_message(session.exchanges[-1].user, session, turn.services)
    session, reading = answered_confirmation(session, read, _plainly(state), turn.services.policies, before)
    return {"session": forms.write(session), "reading": forms.write(reading)}


async def _plan(state: TurnState, runtime: Runtime[Turn]) -> Update:
    turn, forms = runtime.context, runtime.context.forms
    turn.stage("plan")
    session = forms.read(Session, state["session"])
    reading = forms.read(Reading, state["reading"])
    again = bool(state.get("replans"))
    if again:
        plan = replanned(forms.read(TurnPlan, state["plan"]), reading)
    else:
        plan = await make_plan(state["message"], session, reading, turn)
    plan = without_foreign_money(plan, turn.services.schema)
    plan = with_question(plan, _plainly(state), session, turn.services)
    if not plan.inquiry:
        plan = without_asides(plan, _plainly(state), session, turn.services)
        plan = with_inquiry(plan, _plainly(state), session, turn.services)
    plan = with_unheard(plan, state["message"], session)
    if wish := read_variety(_plainly(state)):
        plan, session = with_variety(plan, session, wish)
    query = turn.book.without(next_query(session, plan, turn.services.schema.roles.get("kind")))
    # The reads must know what policy demands, and policy may need the profile: both are cheap and local.
    house = house_requirements(
        turn.services.policies, turn.services.profiles.summary(state["user"]), turn.services.schema
    )
    ledger = next_ledger(session, plan, state["number"], turn.services.snapshot, house, _plainly(state))
    ledger = without_restricted(ledger, session, turn.services.policies, turn.services.snapshot, _plainly(state))
    in_force = [*active(ledger), *house]
    plan = with_steps(plan, in_force, query, session.slate, state["user"], turn.services.toolbox, _plainly(state))
    planned = forms.write(plan)
    turn.emit({"type": "plan", "data": planned})
    return {
        "plan": planned,
        "session": forms.write(session),
        "ledger": forms.write_all(ledger),
        "query": query,
    }


async def _gather(state: TurnState, runtime: Runtime[Turn]) -> Update:
    turn = runtime.context
    turn.stage("gather")
    return {"gathered": await gather(turn.forms.read(TurnPlan, state["plan"]), turn)}


async def _decide(state: TurnState, runtime: Runtime[Turn]) -> Update:
    turn, forms = runtime.context, runtime.context.forms
    turn.stage("decide")
    decision = decide(
        forms.read(TurnPlan, state["plan"]),
        forms.read_all(Requirement, state["ledger"]),
        forms.read(Session, state["session"]),
        profile_of(state["gathered"], state["user"]),
        state["gathered"],
        turn.services,
        _plainly(state),
    )
    models = turn.services.models
    if models is not None and models.fault and models.fault not in turn.notes:
        turn.notes.append(models.fault)
    return {"decision": forms.write(decision), "replans": state.get("replans", 0) + 1}


async def _after_decide(state: TurnState) -> str:
    """Plan again, once, when a model's plan led to a read that could not use its arguments.

    Async only because LangGraph hands plain functions to a thread, which costs more than what this one does.
    """
    faults = state["gathered"].get("faults", {})
    wrong = any(fault["kind"] == "arguments" for fault in faults.values())
    return "plan" if wrong and state["plan"]["source"] != "built-in" and state["replans"] == 1 else "draft"


async def _draft(state: TurnState, runtime: Runtime[Turn]) -> Update:
    turn, forms = runtime.context, runtime.context.forms
    turn.stage("draft")
    reply = await composed(
        decision=forms.read(Decision, state["decision"]),
        plan=forms.read(TurnPlan, state["plan"]),
        ledger=forms.read_all(Requirement, state["ledger"]),
        session=forms.read(Session, state["session"]),
        state=state,
        turn=turn,
    )
    return {"reply": forms.write(reply)}


async def _remember(state: TurnState, runtime: Runtime[Turn]) -> Update:
    turn, forms = runtime.context, runtime.context.forms
    turn.stage("remember")
    reply = forms.read(Reply, state["reply"])
    plan = forms.read(TurnPlan, state["plan"])
    before = forms.read(Session, state["session"])
    ledger = forms.read_all(Requirement, state["ledger"])
    decision = forms.read(Decision, state["decision"])
    if plan.intent == "reset":
        before = before.model_copy(
            update={"asked": (), "pending": (), "asking_turns": 0, "slate": (), "offered": (), "variety": None}
        )
    after = next_session(before, plan, decision, ledger, state["query"], reply, state["message"])
    commit_turn(turn.services, after, state["reply"], plan, state["message"], state.get("key"), before, turn.erasures)
    return {}


@cache
def turn_graph() -> Any:
    """Return the compiled graph; its context is a `Turn`, its state a `TurnState`."""
    graph = StateGraph(TurnState, context_schema=Turn)
    for name, node in (
        ("understand", _understand),
        ("plan", _plan),
        ("gather", _gather),
        ("decide", _decide),
        ("draft", _draft),
        ("remember", _remember),
    ):
        graph.add_node(name, node)
    graph.add_edge(START, "understand")
    graph.add_edge("understand", "plan")
    graph.add_edge("plan", "gather")
    graph.add_edge("gather", "decide")
    graph.add_conditional_edges("decide", _after_decide, {"plan": "plan", "draft": "draft"})
    graph.add_edge("draft", "remember")
    graph.add_edge("remember", END)
    return graph.compile()
