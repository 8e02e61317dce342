"""Claim support: how much of what is said the catalog bears out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from shortlist_evals.conversations.stage import BEGINNING
from shortlist_evals.invariants.figures import unquoted
from shortlist_evals.invariants.moment import Moment
from shortlist_evals.invariants.prose import figures, quotable
from shortlist_evals.scorers.heard import Heard
from shortlist_tools.drafting import build_sheet, check, describe
from shortlist_tools.text import sentences

TODAY = datetime.datetime.fromtimestamp(BEGINNING, datetime.UTC).date()


def claims(heard: Heard) -> dict[str, float]:
    """Return `claims_supported`: 1 - unsupported sentences / sentences, over the whole conversation.

    Figures are held against the items that their sentence names, the ledger and the counts by the check of the
    invariants, which shares no code with the product. Everything else (names, features, availability, comparisons,
    claims about the request, promises) is held by the claim check of the drafting tools against a sheet of the items
    of the answer, and where that does not bear it out, of all items shown so far. What an item is said to break is no
    claim about it, nor is a sentence of its own texts that is quoted word by word. Questions and opinions claim
    nothing. An agent that says nothing: no value.
    """
    total = wrong = 0
    for place, moment in enumerate(heard.moments):
        said = len(sentences(moment.reply.message))
        total += said
        wrong += min(said, len(list(unsupported(heard, place))))
    return {"claims_supported": 1 - wrong / total} if total else {}


def unsupported(heard: Heard, place: int) -> Iterator[str]:
    """Yield what the message of turn number `place`, from 0, claims and nothing bears out."""
    moment = heard.moments[place]
    yield from figures(moment)
    now = [one.id for one in moment.reply.items]
    shown = dict.fromkeys([*now, *(one.id for earlier in heard.moments[:place] for one in earlier.reply.items)])
    for sentence in sentences(_without_broken(moment)):
        problems = _problems(sentence, moment, now) and _problems(sentence, moment, list(shown))
        if problems:
            yield f"{sentence}: {problems[0]}"


def _without_broken(moment: Moment) -> str:
    """Return the message without true quotations, and without the requirements it says an item does not meet."""
    rows = {row.id: row for row in moment.in_force}
    message = unquoted(moment.reply.message, quotable(moment))
    for name in {name for one in moment.reply.items for name in one.broken if name in rows}:
        message = message.replace(describe(rows[name], moment.world.schema, moment.reply.language), "")
    return message


def _problems(sentence: str, moment: Moment, ids: Sequence[str]) -> list[str]:
    reply, world = moment.reply, moment.world
    sheet = build_sheet(
        [world.by_id[one] for one in ids if one in world.by_id],
        world.schema,
        moment.in_force,
        reply.language,
        disclosures={one.id: one.disclosures for one in reply.items},
    )
    others = [world.title(item.id, reply.language) for item in world.items if item.id not in ids]
    found = check(sentence, sheet, moment.in_force, reply.language, others=others, today=TODAY)
    return [f"{one.kind} {one.span!r}, {one.why}" for one in found if one.kind not in ("number", "currency")]
