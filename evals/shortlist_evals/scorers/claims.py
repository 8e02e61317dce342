"""Claim support: how much of what is said the catalog bears out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from shortlist_evals.conversations.stage import BEGINNING
from shortlist_evals.invariants.moment import Moment
from shortlist_evals.scorers.heard import Heard
from shortlist_tools.drafting import build_sheet, check
from shortlist_tools.text import sentences

TODAY = datetime.datetime.fromtimestamp(BEGINNING, datetime.UTC).date()


def claims(heard: Heard) -> dict[str, float]:
    """Return `claims_supported`: sentences without an unsupported claim / sentences, over the whole conversation.

    A sentence is held against a sheet of the items shown up to then by the claim check of the drafting tools: figures,
    dates, names, features, availability, comparisons, claims about the request. Counts that it may name are those of
    the items that match, with and without each requirement. Questions and opinions claim nothing. An agent that says
    nothing: no value.
    """
    total = sum(len(sentences(moment.reply.message)) for moment in heard.moments)
    wrong = sum(1 for _ in unsupported(heard))
    return {"claims_supported": 1 - wrong / total} if total else {}


def unsupported(heard: Heard) -> Iterator[str]:
    """Yield each sentence that claims what nothing bears out, with the reason."""
    shown: dict[str, None] = {}
    for moment in heard.moments:
        now = [one.id for one in moment.reply.items if one.id in heard.world.by_id]
        shown = {**dict.fromkeys(now), **shown}
        for sentence in sentences(moment.reply.message):
            problems = _problems(sentence, moment, heard, list(shown))
            if problems:
                yield f"{sentence}: {problems[0]}"


def _problems(sentence: str, moment: Moment, heard: Heard, shown: list[str]) -> list[str]:
    reply, world = moment.reply, heard.world
    sheet = build_sheet(
        [world.by_id[one] for one in shown],
        world.schema,
        moment.in_force,
        reply.language,
        disclosures={one.id: one.disclosures for one in reply.items},
        broken={one.id: one.broken for one in reply.items},
        counts=sorted({int(count) for count in moment.counts} | {len(reply.items)}),
    )
    others = [world.title(item.id, reply.language) for item in world.items if item.id not in shown]
    requirements = [row for row in (*reply.ledger, *moment.house) if row.status == "active"]
    found = check(sentence, sheet, requirements, reply.language, others=others, today=TODAY)
    return [f"{problem.kind} {problem.span!r}, {problem.why}" for problem in found]
