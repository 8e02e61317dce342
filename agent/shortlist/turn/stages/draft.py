"""Stage 5, draft: model call 2 writes prose around the fact sheet; every sentence is checked as it ends."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

from pydantic import BaseModel, ConfigDict

from shortlist.decision import Decision
from shortlist.offline import Line, draft_lines, glimpse_of
from shortlist.turn.state import Turn
from shortlist_prompts.errors import ProviderError
from shortlist_tools.catalog import Requirement
from shortlist_tools.drafting import FactSheet, describe
from shortlist_tools.model import BudgetExhaustedError
from shortlist_tools.text import SentenceStream, clean

from .sheet import sheet_lines
from .verify import KnownTexts, Sentence, known_texts, verified

WRITTEN_BY_MODEL = frozenset({"recommend", "answer"})
"""Kinds whose prose the model writes: where there is a sheet to hold it to. Code says what must not be left out (a
question's fields, all that a near miss breaks) and what nothing could be held against (small talk)."""
MOST_SENTENCES = 7


class Brief(BaseModel):
    """What a message is to say: the decision, its facts, and to whom."""

    model_config = ConfigDict(frozen=True)

    decision: Decision
    sheet: FactSheet
    in_force: tuple[Requirement, ...]
    message: str
    language: str
    seed: str
    others: tuple[str, ...] = ()
    """Titles shown earlier that are not on the sheet."""


async def draft(brief: Brief, turn: Turn) -> list[Sentence]:
    """Return the sentences of the reply: the model's where they hold, the built-in drafter's everywhere else."""
    own = draft_lines(brief.decision, brief.sheet, brief.in_force, turn.services.snapshot, brief.language, brief.seed)
    if turn.services.model is None or brief.decision.kind not in WRITTEN_BY_MODEL or _verbatim(brief.decision):
        return _built_in(own, turn)
    # What is said of no item (how many fit, what they differ in, what they cost together) the model would leave out.
    places = [place for place, line in enumerate(own) if line.item is not None]
    lead, tail = (own[: places[0]], own[places[-1] + 1 :]) if places else (own, [])
    first = _built_in(lead, turn)
    sentences = await _written(brief, own, turn, problems=())
    if not turn.streaming and not _kept(sentences) and sentences and turn.budget.calls_left:
        problems = tuple(problem for sentence in sentences for problem in sentence.problems)
        sentences = await _written(brief, own, turn, problems) or sentences
    return [*first, *_completed(sentences, own[len(lead) : len(own) - len(tail)], turn), *_built_in(tail, turn)]


def _verbatim(decision: Decision) -> bool:
    """Return whether code says it word by word: quotes, comparisons, the user's past and profile, the shop."""
    if decision.topic == "compare" and not decision.fields and decision.best is None:
        return True  # all in which the items differ, of each of them
    told = decision.quotes or decision.unsaid or decision.recall or decision.inquiry or decision.topic == "profile"
    return bool(told) or not decision.items


def _kept(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence.source == "model"]


def _built_in(own: Sequence[Line], turn: Turn) -> list[Sentence]:
    for line in own:
        turn.say(line.text)
    return [Sentence(text=line.text, item=line.item, source="built-in") for line in own]


async def _written(brief: Brief, own: Sequence[Line], turn: Turn, problems: Sequence[str]) -> list[Sentence]:
    """Stream the model's message and return its sentences, each verified or replaced; empty where no text came."""
    model = turn.services.model
    assert model is not None
    stream = SentenceStream()
    known = known_texts(brief.sheet, brief.in_force, turn.services.snapshot)
    known = known._replace(said="\n".join([known.said, *turn.book.originals]))  # names are checked as their marks
    done: list[Sentence] = []
    try:
        # Closed before the trace is written, so that a message that is cut short is booked as well.
        async with aclosing(model.stream("draft", _inputs(brief, turn, problems), turn.budget)) as deltas:
            async for delta in deltas:
                for text in stream.feed(delta):
                    _take(text, brief, own, done, turn, known)
                if len(done) >= MOST_SENTENCES:
                    break
        for text in stream.close():
            _take(text, brief, own, done, turn, known)
    except (ProviderError, BudgetExhaustedError) as error:
        turn.notes.append(f"draft: {type(error).__name__}: {error}"[:300])
    return done


def _take(text: str, brief: Brief, own: Sequence[Line], done: list[Sentence], turn: Turn, known: KnownTexts) -> None:
    """Add one sentence of the model: as it is when it holds, else the built-in one about the same item."""
    if len(done) >= MOST_SENTENCES or not text.strip():
        return
    # A name that the user gave is no claim about an item: it is checked as its mark, and read as itself.
    hidden = turn.book.hide(text, "NAME")
    before = next((one.item for one in reversed(done) if one.item), None)
    sentence = verified(
        hidden, brief.sheet, brief.in_force, brief.language, turn.services, brief.others, brief.message, before, known
    )
    missed = _unanswered(sentence, brief)
    sentence = sentence.model_copy(
        update={"text": turn.book.unmask(sentence.text), "problems": (*sentence.problems, *missed)}
    )
    told = [one for one in done if one.text and one.item and one.item == sentence.item]
    if any(one.text == sentence.text for one in done) or any(one.source == "built-in" for one in told):
        return
    if sentence.problems:
        turn.sentences_replaced += 1
        line = None if told else next((line for line in own if line.item and line.item == sentence.item), None)
        done.append(sentence.model_copy(update={"text": line.text if line else "", "source": "built-in"}))
        if line is not None and turn.streaming:
            turn.say(line.text)
        return
    turn.sentences_kept += 1
    facts = brief.sheet.of(sentence.item)
    if facts is not None and not told:  # quoted word by word, behind the first that is said of it
        sentence = sentence.model_copy(update={"text": sentence.text + glimpse_of(facts, brief.language)})
    done.append(sentence)
    if turn.streaming:
        turn.say(sentence.text)
    elif turn.first_sentence is None:
        turn.first_sentence = time.monotonic() - turn.started


def _unanswered(sentence: Sentence, brief: Brief) -> list[str]:
    """Return a problem where a sentence tells of an item, and not the figure that was asked for."""
    asked = {*brief.decision.fields, *(brief.decision.best or ())[:1]}
    if brief.decision.kind != "answer" or not asked:
        return []
    about = brief.sheet.of(sentence.item)
    told = [fact.text for fact in about.facts if fact.field in asked] if about else []
    return [f"answer: it leaves out {told[0]}"] if told and not any(text in sentence.text for text in told) else []


def _completed(sentences: Sequence[Sentence], own: Sequence[Line], turn: Turn) -> list[Sentence]:
    """Return the sentences with a built-in one for every item that none of them names."""
    kept = [sentence for sentence in sentences if sentence.text]
    if not kept:
        return _built_in(own, turn)
    named = {sentence.item for sentence in kept} | {item for sentence in kept for item in sentence.names}
    added = [
        Sentence(text=line.text, item=line.item, source="built-in")
        for line in own
        if line.item is not None and line.item not in named
    ]
    for sentence in added if turn.streaming else [*kept, *added]:
        turn.say(sentence.text)
    return [*kept, *added]


def _inputs(brief: Brief, turn: Turn, problems: Sequence[str]) -> dict[str, Any]:
    services, decision = turn.services, brief.decision
    notes = [f"inferred, say so: {describe(row, services.schema, brief.language)}" for row in decision.assumptions[:2]]
    if decision.kind == "recommend" and decision.unsure:
        notes.append("nothing matches the words exactly; these are the closest")
    if decision.best is not None and brief.sheet.items:
        notes.append(f"the answer is [{brief.sheet.items[0].ref}]")
    if decision.kind == "abstain" and decision.repeated:
        notes.append("everything that fits was shown already")
    notes += [f"avoid: {problem}" for problem in problems[:3]]
    return {
        "sheet": sheet_lines(brief.sheet, decision, brief.in_force, services, brief.language),
        "ledger": [describe(row, services.schema, brief.language) for row in brief.in_force if row.origin != "policy"],
        "notes": notes,
        "kind": decision.kind,
        "language": brief.language,
        "message": clean(brief.message)[: services.settings.draft_message_chars],
    }
