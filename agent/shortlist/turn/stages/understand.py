"""Stage 1, understand: read the message with the deterministic reader, in the light of what was shown and asked."""

from __future__ import annotations

import re

from shortlist.inquiry import asked_language
from shortlist.offline import INDIFFERENT
from shortlist.reader import Reading, gives_up, goes_on, is_unmoved
from shortlist.turn.state import Policies, Services, Session, active, own_age, said_age, told_late, yes_or_no
from shortlist_tools.catalog import Item
from shortlist_tools.text import find_numbers, simplified

AGREEABLE = frozenset(
    ["fine", "ok", "okay", "good", "great", "works", "work", "all", "them", "both", "好", "可以", "行", "吧"]
)
_ABBREVIATION = re.compile(r"[\W\d]*[A-Za-z]{0,4}[\W\d]*")
"""A figure or a few letters ("ok", "500"), which are written alike in either language."""
_MODEL = re.compile(r"\W*(?=\S*[A-Za-z])(?:[A-Za-z]+[A-Z]\w*|[A-Za-z]*\d\w*)(?: \w+){0,2}\W*")
"""A name of a model ("iPhone 16", "Sony WH"), which is no change of language either."""
SHORT = 30
"""Characters of a message that says nothing but that anything will do."""


def read_message(message: str, session: Session, services: Services) -> Reading:
    """Return what `message` says, with references and critiques resolved against the last slate."""
    shown: list[Item] = [
        services.snapshot.item(services.snapshot.row_of[item])
        for item in session.slate
        if item in services.snapshot.row_of
    ]
    alike = _ABBREVIATION.fullmatch(message) or _MODEL.fullmatch(message)
    reading = services.reader.read(
        message,
        shown=shown,
        ledger=active(session.ledger),
        asked=session.pending,
        focus=session.focus,
        today=services.today(),
        language="zh" if session.language == "zh" and session.turns and alike else None,
    )
    plain = simplified(message)
    if spoken := asked_language(plain):
        reading = reading.model_copy(update={"language": spoken, "edits": (), "good": "", "unheard": ""})
    if reading.ratings and not reading.edits:
        return reading.model_copy(update={"intent": "chat", "query": "", "unheard": ""})
    if gives_up(plain) and (session.turns or not reading.edits):
        kept = {"language": reading.language, "intent": "chat"}
        return Reading.model_validate(kept)
    open_ended = not reading.edits and reading.intent in ("find", "refine", "chat")
    if session.slate and open_ended and is_unmoved(plain):
        # Who is not pleased by what was shown wants to see others, of the same kind.
        return reading.model_copy(update={"intent": "more", "query": "", "about": (), "references": (), "feedback": ()})
    follows = session.ledger if reading.intent == "find" else session.slate if reading.intent == "chat" else ()
    if follows and goes_on(plain):
        reading = reading.model_copy(update={"intent": "refine"})
    if session.pending and not reading.edits and reading.intent == "chat" and INDIFFERENT.search(plain):
        # An answer without a requirement ("anything is fine") settles the question: the wish goes on.
        return reading.model_copy(update={"intent": "refine"})
    idle = not reading.edits and not reading.references and reading.intent in ("find", "refine", "chat")
    if (
        session.slate
        and not session.pending
        and idle
        and len(message) <= SHORT
        and INDIFFERENT.search(plain)
        and not goes_on(plain)
        and not _speaks_of_a_thing(reading.query)
    ):
        # "Either is fine" leaves the choice to us: one of what was shown is named; where that was done, others are.
        if len(session.slate) == 1:
            return reading.model_copy(update={"intent": "more", "query": ""})
        return reading.model_copy(update={"intent": "refine", "query": "", "count": 1})
    return reading


def _speaks_of_a_thing(query: str) -> bool:
    """Return whether words of indifference are about something: "time doesn't matter" chooses no item."""
    return bool(set(INDIFFERENT.sub(" ", query.lower()).split()) - AGREEABLE)


def answered_confirmation(
    session: Session, reading: Reading, message: str, policies: Policies, before: Reading | None = None
) -> tuple[Session, Reading]:
    """Return the session with the fact that `message` confirms or denies, and the reading that goes on from there.

    `before` is the reading of the message that the confirmation was asked for: a question in it is answered now.
    """
    if session.confirming is None:
        return _told_unasked(session, reading, message, policies)
    gate = policies.age_gate
    answer = yes_or_no(message, gate.minimum if gate and gate.fact == session.confirming else None)
    if answer is None:
        return _told_unasked(session.model_copy(update={"confirming": None}), reading, message, policies)
    facts = {**session.facts, session.confirming: answer}
    told = said_age(message)
    kept = tuple(
        edit
        for edit in reading.edits
        if not (gate and edit.requirement and (edit.requirement.field == gate.field or _is_age(edit.quote, told)))
    )
    if kept and len(message) > SHORT:
        # An age told on the way ("I'm 34, something dry for fish") goes with a request of its own.
        settled = session.model_copy(update={"facts": facts, "confirming": None})
        return settled, reading.model_copy(update={"edits": kept})
    resumed = _resumed(reading.model_copy(update={"edits": kept}))
    if answer and before is not None and before.intent in ("about", "compare") and before.references and not kept:
        resumed = before.model_copy(update={"language": reading.language, "edits": ()})
    return session.model_copy(update={"facts": facts, "confirming": None}), resumed


def _told_unasked(session: Session, reading: Reading, message: str, policies: Policies) -> tuple[Session, Reading]:
    """Return the session with the age that a message tells beside what it asks for, and the reading without it.

    Where it was asked for before and nothing else is said, what was asked for then goes on.
    """
    gate, late = policies.age_gate, session.confirmations > 0
    told = (told_late if late else own_age)(message, gate.minimum or 0) if gate else None
    if gate is None or told is None:
        return session, reading
    said = (0.0, told[1])
    kept = tuple(
        edit
        for edit in reading.edits
        if not (edit.requirement and (late or edit.requirement.field == gate.field) and _is_age(edit.quote, said))
    )
    facts = {**session.facts, gate.fact: told[0]}
    reading = reading.model_copy(update={"edits": kept})
    return session.model_copy(update={"facts": facts}), _resumed(reading) if late and not kept else reading


def _resumed(reading: Reading) -> Reading:
    """Return the reading of an answer, after which what was sought goes on."""
    nothing = {"query": "", "about": (), "references": (), "count": None, "unheard": "", "good": "", "told": ()}
    return reading.model_copy(update={"intent": "refine", **nothing})


def _is_age(quote: str, told: tuple[float, str] | None) -> bool:
    """Return whether a requirement was read from the figure that says the user's age."""
    numbers = find_numbers(quote)
    return told is not None and bool(numbers) and all(one.text in told[1] for one in numbers)
