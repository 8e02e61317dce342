"""From a decision to the reply: the sheet, the checked sentences, and what code adds to them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence

from shortlist.decision import Decision
from shortlist.offline import assumption_lines, currency_text, draft_lines, question_text, say
from shortlist.reader import BETWEEN
from shortlist.reply import Question, Reply, ShownItem, Usage
from shortlist.rights import here_lines, known_lines
from shortlist.turn.answers import total_of
from shortlist.turn.choice import closed_parts
from shortlist.turn.state import Services, Session, Turn, TurnState, active, house_requirements, restricted_mask
from shortlist.turn.texts import glimpses
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.drafting import FactSheet, describe
from shortlist_tools.text import join_words

from .draft import Brief, draft
from .gather import profile_of
from .sheet import sheet_of
from .verify import Sentence

MOST_TRIED = 5
"""Ways to say a reply that are looked at for one that does not repeat the last."""


async def composed(
    *,
    decision: Decision,
    plan: TurnPlan,
    ledger: Sequence[Requirement],
    session: Session,
    state: TurnState,
    turn: Turn,
) -> Reply:
    """Return the reply that says `decision`: verified sentences, then disclosures, assumptions and the question."""
    services, language = turn.services, state["reading"]["language"]
    profile = profile_of(state["gathered"], state["user"])
    in_force = (*active(ledger), *house_requirements(services.policies, profile, services.schema))
    again = decision.again and language == session.language
    total = total_of(decision, in_force, services, state["message"])
    decision = decision.model_copy(update={"total": total, "again": again})
    if decision.topic == "profile":
        kept = known_lines(services.profiles, session.user, services.snapshot, language)
        told = here_lines(ledger, services.schema, kept, session.remarks, language)
        decision = decision.model_copy(update={"profile": {**decision.profile, "told": told}})
    seen = glimpses(decision, in_force, session, state["message"], services, language)
    sheet = sheet_of(decision, in_force, services, language, seen)
    items = shown_items(decision, sheet)
    if items:
        turn.emit({"type": "items", "data": [item.model_dump(mode="json") for item in items]})
    seed = f"{session.id}{state['number']}"
    if session.exchanges:
        seed = _fresh(seed, session.exchanges[-1].reply, decision, sheet, in_force, services, language)
    on_sheet = {one.id for one in sheet.items}
    earlier = [item for item in session.offered if item not in on_sheet and item in services.snapshot.row_of]
    brief = Brief(
        decision=decision,
        sheet=sheet,
        in_force=in_force,
        message=state["message"],
        language=language,
        seed=seed,
        others=tuple(services.title(item, language) for item in earlier),
    )
    sentences = [*_missing(brief, turn), *_ahead(brief, turn)]
    sentences += _disclosed(await draft(brief, turn), brief, turn)
    sentences += [*_assumed(brief, turn), *_asked(brief, turn)]
    question = None
    if decision.ask:
        snapshot = services.snapshot
        if decision.topic == "currency":
            text = currency_text(decision, snapshot, language, seed)
        else:
            text = question_text(decision.ask, in_force, snapshot, language, seed)
        question = Question(fields=decision.ask, text=text)
    return Reply(
        kind=decision.kind,
        message=joined(sentences, language),
        language=language,
        session_id=session.id,
        turn=state["number"],
        items=items,
        question=question,
        ledger=tuple(ledger),
        assumptions=tuple(describe(row, services.schema, language) for row in decision.assumptions),
        matching=None if decision.inquiry else decision.matching,
        plan=plan,
        usage=_usage(plan, turn),
        trace_id=uuid.uuid4().hex,
        prompts=tuple(dict.fromkeys(call.prompt for call in turn.budget.made)),
        notes=tuple(turn.notes),
    )


def _fresh(
    seed: str,
    before: str,
    decision: Decision,
    sheet: FactSheet,
    in_force: Sequence[Requirement],
    services: Services,
    language: str,
) -> str:
    """Return a seed with which no sentence but those about items is said as in the reply before, if there is one."""
    for tried in (seed, *(f"{seed}.{n}" for n in range(1, MOST_TRIED))):
        lines = draft_lines(decision, sheet, in_force, services.snapshot, language, tried)
        if not any(line.item is None and line.text in before for line in lines):
            return tried
    return seed


def joined(sentences: Sequence[Sentence], language: str) -> str:
    """Return the sentences as one text, each item's on a line of its own when there are several."""
    parts: list[str] = []
    several = len({sentence.item for sentence in sentences if sentence.item}) > 1
    previous: str | None = None
    for place, sentence in enumerate(one for one in sentences if one.text):
        new_line = several and sentence.item != previous and place > 0
        parts.append(("\n" if new_line else "" if language == "zh" or not parts else " ") + sentence.text)
        previous = sentence.item
    return "".join(parts).strip()


def _disclosed(sentences: Sequence[Sentence], brief: Brief, turn: Turn) -> list[Sentence]:
    """Return the sentences with what policy demands to be said of an item right after its last one."""
    told = list(sentences)
    for one in brief.sheet.items:
        places = [place for place, sentence in enumerate(told) if sentence.text and sentence.item == one.id]
        if not places and one.id in brief.decision.unsaid:
            continue
        at = places[-1] + 1 if places else len(told)
        for text in reversed(one.disclosures):
            turn.say(text)
            told.insert(at, Sentence(text=text, item=one.id, source="built-in"))
    return told


def _missing(brief: Brief, turn: Turn) -> list[Sentence]:
    """Return what is said before anything else: that the catalog has no such thing, or has it out of stock."""
    said, language, seed = [], brief.language, brief.seed
    if brief.decision.missing:
        said.append(_lacking(brief, turn))
    if brief.decision.unheard:
        of_these = brief.decision.inquiry == "pick"
        occasion = "unheard_of_these" if of_these else "unheard_here" if brief.decision.elsewhere else "unheard"
        words = brief.decision.unheard.replace(BETWEEN, "”、“" if language == "zh" else "” or “")
        said.append(say(occasion, language, seed, words=words))
    if brief.decision.warned:
        occasion = "warned_off" if brief.decision.shunned else "warned"
        said.append(say(occasion, language, seed, words=brief.decision.warned))
    if brief.decision.sold_out:
        titles = [turn.services.title(one, language) for one in brief.decision.sold_out]
        said.append(say("sold_out", language, seed, titles=join_words(titles, language)))
    for text in said:
        turn.say(text)
    return [Sentence(text=text, source="built-in") for text in said]


def _lacking(brief: Brief, turn: Turn) -> str:
    """Return the sentence that the catalog has none of what is sought, and what kind is nearly that."""
    decision, language = brief.decision, brief.language
    field = turn.services.schema.role("kind")
    if decision.topic != "missing" and decision.kinds and field is not None:
        kinds = join_words([field.value_named(value, language) for value, _ in decision.kinds], language)
        return say("missing_nearest", language, brief.seed, what=decision.missing, kinds=kinds)
    again = decision.again and decision.topic == "missing"
    return say("missing_still" if again else "missing", language, brief.seed, what=decision.missing)


def _ahead(brief: Brief, turn: Turn) -> list[Sentence]:
    """Return what is said before the items: that nothing is cheaper, and what waits for a confirmed age."""
    decision, schema, language, seed = brief.decision, turn.services.schema, brief.language, brief.seed
    said = []
    for row in decision.beyond[:1]:
        cheaper = row.field == schema.roles.get("price") and row.op == "<"
        occasion = "nothing_cheaper" if cheaper else "nothing_beyond"
        said.append(say(occasion, language, seed, what=describe(row, schema, language)))
    kind = schema.role("kind")
    if decision.spent and kind is not None:
        values = [kind.value_named(value, language) for value, _ in decision.kinds]
        said.append(say("name_spent", language, seed, words=decision.spent, kinds=join_words(values, language)))
    if decision.closed == "refused":
        said.append(say("closed_refused", language, seed))
    elif decision.closed and decision.kind == "recommend":
        restricted = restricted_mask(turn.services.policies, turn.services.snapshot)
        rows = closed_parts(brief.in_force, restricted, turn.services.snapshot)
        named = [schema.by_name[row.field].value_named(str(row.value), language) for row in rows]
        said.append(say("closed_waiting", language, seed, what=join_words(named, language)))
    for text in said:
        turn.say(text)
    return [Sentence(text=text, source="built-in") for text in said]


def _asked(brief: Brief, turn: Turn) -> list[Sentence]:
    """Return the question that goes with a slate, after it."""
    decision = brief.decision
    if decision.kind != "recommend" or not decision.ask:
        return []
    text = question_text(decision.ask, brief.in_force, turn.services.snapshot, brief.language, brief.seed)
    turn.say(text)
    return [Sentence(text=text, source="built-in", item="?")]


def _assumed(brief: Brief, turn: Turn) -> list[Sentence]:
    """Return a sentence for each requirement that was inferred, so that the user can object."""
    if brief.decision.kind not in ("recommend", "ask"):
        return []
    lines = assumption_lines(brief.decision, turn.services.snapshot, brief.language, brief.seed)
    for line in lines:
        turn.say(line.text)
    return [Sentence(text=line.text, source="built-in") for line in lines]


def shown_items(decision: Decision, sheet: FactSheet) -> tuple[ShownItem, ...]:
    """Return the decision's items as the reply shows them."""
    ranked = {one.id: one for one in decision.items}
    return tuple(
        ShownItem(
            id=one.id,
            title=one.title,
            facts={fact.label: fact.text for fact in one.facts},
            score=ranked[one.id].score,
            reasons=one.reasons,
            disclosures=one.disclosures,
            broken=one.broken,
            terms=ranked[one.id].terms,
            signals=ranked[one.id].signals,
            moved=ranked[one.id].moved,
        )
        for one in sheet.items
    )


def _usage(plan: TurnPlan, turn: Turn) -> Usage:
    return Usage(
        calls=turn.costs(),
        prompt_tokens=turn.budget.prompt_tokens,
        completion_tokens=turn.budget.completion_tokens,
        seconds=round(time.monotonic() - turn.started, 4),
        first_sentence=None if turn.first_sentence is None else round(turn.first_sentence, 4),
        plan_source=plan.source,
        plan_as_written=plan.source == "model" and not plan.dropped,
        entries_from_model=sum(edit.found_by == "model" for edit in plan.edits),
        sentences_kept=turn.sentences_kept,
        sentences_replaced=turn.sentences_replaced,
    )
