"""What is wrong with the answers of a conversation: expectations not met, entries forgotten, promises broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shortlist_evals.conversations.judging import failed
from shortlist_evals.conversations.stage import Stage
from shortlist_evals.invariants.checks import discloses, exists, keeps_policies, violations
from shortlist_evals.invariants.moment import Moment
from shortlist_evals.invariants.prose import names
from shortlist_evals.scorers import Heard, Turn
from shortlist_evals.shop.cases import Case, CaseTurn, Expected
from shortlist_tools.catalog import SLATE

_OF_ITEMS = ("shows", "hides", "only")
_OF_WORDS = (*_OF_ITEMS, "disclosed")


def faults(case: Case, heard: Heard, stage: Stage) -> Iterator[str]:
    """Yield everything that is wrong, each with its turn.

    An agent that answers with items alone is held to the expectations of items; one that speaks, but is not Shortlist,
    to those of the message too, and to the promises that need no ledger.
    """
    before: Turn | None = None
    for number, (said, turn, moment) in enumerate(zip(case.turns, heard.turns, heard.moments, strict=True), start=1):
        found = [*_expected(said.expect, turn, moment, stage), *_of_slate(said.expect, moment)]
        if turn.answer.message:
            found += _of_message(said.expect, turn)
        if turn.answer.reply is not None:
            found += _of_ledger(said, turn, before, heard)
            found += [f"promise {name}: {what}" for name, what in violations(moment)]
        elif turn.answer.message:
            checks = (exists, keeps_policies, discloses, names)
            found += [f"promise {check.__name__}: {what}" for check in checks for what in check(moment)]
        yield from (f"turn {number}: {what}" for what in found)
        before = turn


def unlabelled(heard: Heard) -> Iterator[str]:
    """Yield each entry that the ledger took from the user's words and that nobody labelled, with its turn."""
    for number, turn in enumerate(heard.turns, start=1):
        for row in turn.answer.reply.ledger if turn.answer.reply and turn.labels.entries is not None else ():
            taken = row.status == "active" and row.origin == "stated"
            if taken and not any(entry.stands_as(row, heard.world.schema) for entry in turn.labels.entries or ()):
                firmly = "hard" if row.hard else "soft"
                yield f"turn {number}: {row.field} {row.op} {row.value} ({firmly}, {row.quote!r}) is in no label"


def _expected(expected: Expected, turn: Turn, moment: Moment, stage: Stage) -> list[str]:
    """Return the expectations that conversations know too; of agents that keep no ledger only some."""
    expected = expected.model_copy(update={"unsaid": ()})
    if turn.answer.reply is None:
        kept = _OF_WORDS if turn.answer.message else _OF_ITEMS
        expected = Expected.model_validate({name: getattr(expected, name) for name in kept})
    return list(failed(expected, moment.reply, stage))


def _of_slate(expected: Expected, moment: Moment) -> Iterator[str]:
    shown = [one.id for one in moment.reply.items]
    if expected.any_of and not set(expected.any_of) & set(shown):
        yield f"expected one of {', '.join(expected.any_of)} among the items, got {', '.join(shown) or 'none'}"
    if expected.shown is not None and not expected.shown[0] <= len(shown) <= expected.shown[1]:
        yield f"expected {expected.shown[0]} to {expected.shown[1]} items, got {len(shown)}"
    for field, bound in expected.sum.items():
        total = sum(float(item.values.get(field, 0.0)) for item in moment.items)
        if total > bound + 1e-6:
            yield f"the {field} of the items adds up to {total:g}, over {bound:g}"


def _of_message(expected: Expected, turn: Turn) -> Iterator[str]:
    asked = turn.answer.asked
    for text in expected.unsaid:
        if stands(text, turn.answer.message):
            yield f"says {text!r}: {turn.answer.message!r}"
    for texts in expected.says:
        if not any(stands(text, turn.answer.message) for text in texts):
            yield f"does not say {' or '.join(map(repr, texts))}: {turn.answer.message!r}"
    if expected.asks is not None and not expected.asks and (asked or turn.answer.kind == "ask"):
        yield f"asks about {', '.join(asked) or 'something'}, where nothing is to be asked"
    if expected.asks and not set(expected.asks) & set(asked):
        yield f"expected a question about {' or '.join(expected.asks)}, got {', '.join(asked) or 'none'}"


def stands(text: str, message: str) -> bool:
    """Return whether `text` stands in `message`, in whatever case; a figure only as a whole one: no 55 in 155."""
    edges = (r"(?<![\d.,])" if text[:1].isdigit() else "", r"(?![\d]|[.,]\d)" if text[-1:].isdigit() else "")
    return re.search(edges[0] + re.escape(text) + edges[1], message, re.IGNORECASE) is not None


def _of_ledger(said: CaseTurn, turn: Turn, before: Turn | None, heard: Heard) -> Iterator[str]:
    """Yield labelled entries that do not stand, and entries of dropped fields that still do."""
    reply, schema = turn.answer.reply, heard.world.schema
    entries = turn.labels.entries or ()
    active = [row for row in reply.ledger if row.status == "active"] if reply else []
    for entry in entries:
        if entry.hard and not any(entry.stands_as(row, schema) for row in active):
            have = "; ".join(f"{row.field} {row.op} {row.value}" for row in active if row.field in entry.fields)
            yield f"expected {entry} in the ledger, which has {have or 'nothing'} about that"
    for row in active:
        dropped = said.drops == "all" or row.field in said.drops
        if reply and dropped and row.turn < reply.turn and not any(one.stands_as(row, schema) for one in entries):
            yield f"still holds {row.field} {row.op} {row.value}, which was dropped"


def mistakes(cases: Sequence[Case], stage: Stage) -> Iterator[str]:
    """Yield each label that speaks of an item, a field, a value's scope or a shopper that the demo does not have."""
    schema, items = stage.world.schema, stage.world.by_id
    for case in cases:
        if case.user and not stage.shopper(case.user)["events"] and not stage.shopper(case.user)["facts"]:
            yield f"{case.id}: no demo shopper is called {case.user!r}; a person of the case's own needs no `user`"
        for number, turn in enumerate(case.turns, start=1):
            fields = {name for entry in turn.adds for name in entry.fields} | {*turn.expect.only, *turn.expect.sum}
            fields |= {*turn.expect.gone, *(turn.expect.asks or ()), *(row.field for row in turn.expect.ledger)}
            fields |= set() if turn.drops == "all" else set(turn.drops)
            scopes = {row.scope for entry in turn.adds for row in entry.any_of if row.scope} - {SLATE}
            unknown = [f"item {one}" for one in sorted(turn.expect.ids - set(items))]
            unknown += [f"field {one}" for one in sorted(fields - set(schema.by_name))]
            unknown += [f"scope {one}" for one in sorted(scopes) if not one.startswith("kind:")]
            yield from (f"{case.id}, turn {number}: the demo has no {one}" for one in unknown)
