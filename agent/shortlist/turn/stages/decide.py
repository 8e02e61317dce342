"""Stage 4, decide: rank what was gathered, apply the policies, and choose to recommend, ask, confirm or abstain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shortlist.decision import Decision
from shortlist.offline import small_talk
from shortlist.reader import gives_up
from shortlist.turn.answers import accepted, answered, inquired, rated, reminded
from shortlist.turn.state import Services, Session, active
from shortlist.turn.wishes import lacking
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.profile import ProfileSummary

from .recommending import recommend


def decide(
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    gathered: dict[str, Any],
    services: Services,
    message: str = "",
) -> Decision:
    """Return what this turn answers; a question about nothing shown, after that for an age, gets the latter again."""
    decision = _decided(plan, ledger, session, profile, gathered, services, message)
    gate = services.policies.age_gate
    idle = decision.kind == "answer" and not (decision.items or decision.topic or session.slate)
    if gate and idle and session.told == "confirm" and gate.fact not in session.facts:
        return Decision(kind="confirm", confirm=gate.fact, again=True)
    return decision


def _decided(
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    gathered: dict[str, Any],
    services: Services,
    message: str,
) -> Decision:
    if plan.inquiry:
        return inquired(plan, active(ledger), session, profile, services, message)
    if plan.intent in ("about", "compare") and (plan.about or session.slate):
        return answered(plan, active(ledger), session, profile, services, message)
    if plan.recall and plan.intent == "profile":
        return reminded(plan, session, profile, services)
    if plan.intent == "profile":
        return Decision(kind="answer", topic="profile", profile=profile.model_dump(mode="json"))
    if plan.intent == "reset" and len(plan.edits) == 1:
        return Decision(kind="chat", topic="fresh")
    if plan.intent == "accept":
        return accepted(plan, active(ledger), session, profile, services)
    if plan.intent == "chat" and plan.ratings:
        return rated(plan, session, profile, services)
    if plan.intent in ("chat", "off_topic"):
        talk = "given_up" if gives_up(message) else small_talk(message)
        return Decision(kind="chat", topic=plan.intent if plan.intent != "chat" else talk)
    foreign = plan.foreign[1] if plan.foreign else ""
    may_ask = session.asking_turns < services.policies.asking_turns
    if plan.foreign and may_ask and plan.foreign[0] not in session.asked:
        return Decision(kind="ask", topic="currency", ask=(plan.foreign[0],), currency=plan.foreign[1])
    decision = recommend(plan, ledger, session, profile, gathered, services, message)
    if plan.good and not decision.sold_out:
        decision = lacking(decision, plan, ledger, session, services)
    return decision.model_copy(update={"currency": foreign}) if foreign else decision
