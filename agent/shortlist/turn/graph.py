"""The stages of a turn and their graph: understand, plan, gather, decide, draft, verify, remember."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from types import MappingProxyType
from typing import Any

from langchain_core.runnables.config import ensure_config, get_async_callback_manager_for_config
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from shortlist.decision import Decision
from shortlist.inquiry import asked_language
from shortlist.offline import with_steps
from shortlist.reader import Reading
from shortlist.reply import Reply
from shortlist.rights import remarks
from shortlist.turn.answers import with_inquiry, with_question
from shortlist.turn.choice import with_variety, without_refused, without_restricted
from shortlist.turn.stages import (
    answered_confirmation,
    commit_turn,
    composed,
    decide,
    gather,
    make_plan,
    next_session,
    profile_of,
    read_message,
    replanned,
    without_foreign_money,
)
from shortlist.turn.state import Session, Turn, TurnState, active, house_requirements
from shortlist.turn.wishes import (
    next_ledger,
    next_query,
    with_good,
    with_present,
    with_talked_kind,
    with_unheard,
    without_asides,
)
from shortlist.turn_plan import TurnPlan
from shortlist.variety import read_variety
from shortlist_tools.catalog import Requirement
from shortlist_tools.text import simplified

Update = dict[str, Any]


def _said(state: TurnState) -> str:
    """Return the message that is answered: this one, or an earlier one whose answer is wanted in another language."""
    return state.get("repeats") or state["message"]


def _plainly(state: TurnState) -> str:
    """Return what is answered as words are looked for in it: in simplified characters, where it is in others."""
    return simplified(_said(state))


async def _understand(state: TurnState, runtime: Runtime[Turn]) -> Update:
    turn, forms = runtime.context, runtime.context.forms
    turn.stage("understand")
    session = forms.read(Session, state["session"])
    read = read_message(state["message"], session, turn.services)
    repeats = ""
    if session.told == "answer" and session.exchanges and asked_language(_plainly(state)):
        repeats = session.exchanges[-1].user
        read = read_message(repeats, session, turn.services).model_copy(update={"language": read.language})
    if state.get("language"):
        read = read.model_copy(update={"language": state["language"]})
    before = None
    if session.confirming is not None and session.exchanges:
        before = read_message(session.exchanges[-1].user, session, turn.services)
    session, reading = answered_confirmation(session, read, _plainly(state), turn.services.policies, before)
    session = session.noting(remarks(turn.book.without(state["message"])))
    return {"repeats": repeats, "session": forms.write(session), "reading": forms.write(reading)}


async def _plan(state: TurnState, runtime: Runtime[Turn]) -> Update:
    turn, forms = runtime.context, runtime.context.forms
    turn.stage("plan")
    plain = _plainly(state)
    session = forms.read(Session, state["session"])
    reading = forms.read(Reading, state["reading"])
    again = bool(state.get("replans"))
    if again:
        plan = replanned(forms.read(TurnPlan, state["plan"]), reading)
    else:
        plan = await make_plan(_said(state), session, reading, turn)
    plan = without_foreign_money(plan, turn.services.schema)
    plan = with_question(plan, plain, session, turn.services)
    if not plan.inquiry:
        plan = without_asides(plan, plain, session, turn.services)
    if not plan.inquiry:
        plan = with_inquiry(plan, plain, session, turn.services)
    plan = with_unheard(plan, _said(state), session, turn.services)
    plan = with_good(plan, plain, session, turn.services)
    plan = with_present(plan, plain, session, turn.services)
    plan = with_talked_kind(plan, plain, session, turn.services)
    if wish := read_variety(plain):
        plan, session = with_variety(plan, session, wish)
    query = turn.book.without(next_query(session, plan, turn.services.schema.roles.get("kind")))
    # The reads must know what policy demands, and policy may need the profile: both are cheap and local.
    house = house_requirements(
        turn.services.policies, turn.services.profiles.summary(state["user"]), turn.services.schema
    )
    ledger = next_ledger(session, plan, state["number"], turn.services.snapshot, house, plain)
    ledger = without_restricted(ledger, session, turn.services.policies, turn.services.snapshot, plain)
    in_force = [*active(ledger), *house]
    plan = with_steps(plan, in_force, query, session.slate, state["user"], turn.services.toolbox, plain)
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
    ledger = forms.read_all(Requirement, state["ledger"])
    decision = decide(
        forms.read(TurnPlan, state["plan"]),
        ledger,
        forms.read(Session, state["session"]),
        profile_of(state["gathered"], state["user"]),
        state["gathered"],
        turn.services,
        _plainly(state),
    )
    models = turn.services.models
    if models is not None and models.fault and models.fault not in turn.notes:
        turn.notes.append(models.fault)
    told: Update = {"decision": forms.write(decision), "replans": state.get("replans", 0) + 1}
    if decision.topic == "restricted":
        told["query"] = ""  # what may not be shown is searched for no more
    if decision.closed == "refused":
        left = without_refused(ledger, turn.services.policies, turn.services.snapshot)
        told |= {"ledger": forms.write_all(left), "query": ""}
    return told


async def _after_decide(state: TurnState) -> str:
    """Plan again, once, when a model's plan led to a read that could not use its arguments.

    Async only because LangGraph hands plain functions to a thread.
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
    snapshot = turn.services.snapshot
    after = next_session(before, plan, decision, ledger, state["query"], reply, _said(state), snapshot)
    commit_turn(turn.services, after, state["reply"], plan, state["message"], state.get("key"), before, turn.erasures)
    return {}


Stage = Callable[[TurnState, Runtime[Turn]], Awaitable[Update]]
STAGES: MappingProxyType[str, Stage] = MappingProxyType(
    {
        "understand": _understand,
        "plan": _plan,
        "gather": _gather,
        "decide": _decide,
        "draft": _draft,
        "remember": _remember,
    }
)
"""The stages in their order; only after `decide` may another than the next follow."""


@cache
def turn_graph() -> Any:
    """Return the stages as a compiled LangGraph; its context is a `Turn`, its state a `TurnState`."""
    graph = StateGraph(TurnState, context_schema=Turn)
    names = list(STAGES)
    for name, stage in STAGES.items():
        graph.add_node(name, stage)  # type: ignore[call-overload]  # it knows nodes by a protocol of its own
    for before, after in zip((START, *names), (*names, END), strict=True):
        if before != "decide":
            graph.add_edge(before, after)
    graph.add_conditional_edges("decide", _after_decide, {"plan": "plan", "draft": "draft"})
    return graph.compile()


async def run_stages(state: TurnState, turn: Turn) -> Any:
    """Run the stages from the first to the last and return the reply as JSON types.

    They run as a LangGraph where somebody listens: LangChain's tracing, or callbacks of the runnable we are called in.
    Otherwise they are called one after the other, which does the same: scheduling them costs a fifth of a turn.
    """
    if get_async_callback_manager_for_config(ensure_config()).handlers:
        # Named, because LangGraph would else hand out the whole state after every stage.
        return (await turn_graph().ainvoke(state, context=turn, output_keys=["reply"]))["reply"]
    runtime, order = Runtime(context=turn), list(STAGES)
    name = order[0]
    while True:
        state = TurnState({**state, **await STAGES[name](state, runtime)})  # type: ignore[typeddict-item]
        if name == order[-1]:
            return state["reply"]
        name = await _after_decide(state) if name == "decide" else order[order.index(name) + 1]
