"""What must hold of every reply, whatever was said and whatever the model did: one function a promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from shortlist.reply import Reply
from shortlist_evals.invariants.moment import Moment
from shortlist_evals.invariants.prose import PROSE
from shortlist_evals.invariants.satisfying import clauses, in_unit, unmet
from shortlist_tools.catalog import SLATE, Requirement
from shortlist_tools.text import clean

Check = Callable[[Moment], Iterator[str]]
MOST_CALLS = 4


def violations(moment: Moment) -> list[tuple[str, str]]:
    """Return the promises that a reply breaks: the name of the check, and how."""
    return [(check.__name__, found) for check in CHECKS for found in check(moment)]


def exists(moment: Moment) -> Iterator[str]:
    """Every shown item is in the catalog, under its own title, once."""
    reply = moment.reply
    for one in reply.items:
        if one.id not in moment.world.by_id:
            yield f"shows {one.id!r}, which the catalog does not have"
        elif one.title != moment.world.title(one.id, reply.language):
            yield f"calls {one.id} {one.title!r}, the catalog {moment.world.title(one.id, reply.language)!r}"
    if len({one.id for one in reply.items}) < len(reply.items):
        yield f"shows an item twice: {[one.id for one in reply.items]}"


def satisfied(moment: Moment) -> Iterator[str]:
    """Every active hard requirement is met by every shown item, or is named as broken in an abstaining reply."""
    reply, schema = moment.reply, moment.world.schema
    ledger = [row for row in reply.ledger if row.hard and row.status == "active"]
    rows = {row.id: row for row in (*ledger, *moment.house)}
    # What was shown before, with what it breaks, may be taken up: that recommends nothing.
    taken_up = {item.id for _, earlier in moment.before for item in earlier.items} if reply.kind == "chat" else set()
    for one in reply.items:
        item = moment.world.by_id.get(one.id)
        if item is None:
            continue
        for clause in unmet(item, clauses(ledger), schema):
            missed = [row for branch in clause for row in branch]
            if not {row.id for row in missed} & set(one.broken) and reply.kind != "answer" and one.id not in taken_up:
                yield f"{one.id} breaks {', '.join(map(_said, missed))}, which is not named"
        for name in one.broken:
            if name not in rows:
                yield f"{one.id} is said to break {name!r}, which is no requirement in force"
            elif rows[name].group is None and not moment.breaks(item, rows[name]):
                yield f"{one.id} is said to break {_said(rows[name])}, which it meets"
        if one.broken and reply.kind not in ("abstain", "answer"):
            yield f"{one.id} is shown by a {reply.kind} reply although it breaks {one.broken}"


def _said(row: Requirement) -> str:
    return f"{row.id} {row.field} {row.op} {row.value}"


def set_budget(moment: Moment) -> Iterator[str]:
    """A budget for the whole slate holds for the sum over the slate."""
    if moment.reply.kind != "recommend":
        return
    for row in moment.reply.ledger:
        if row.scope == SLATE and row.hard and row.status == "active" and row.op in ("<", "<=", "between"):
            field = moment.world.schema.by_name[row.field]
            bound = in_unit(float(row.value[-1] if row.op == "between" else row.value), row, field, moment.world.schema)
            total = float(np.sum([item.values.get(row.field, 0.0) for item in moment.items]))
            if total > bound + 1e-6:
                yield f"the slate sums to {total:g}, over {bound:g}"


def in_the_users_words(moment: Moment) -> Iterator[str]:
    """Every hard requirement quotes the user, in the turn that added it, or comes from policy or host."""
    for row in moment.reply.ledger:
        if row.origin == "inferred" and row.hard:
            yield f"{_said(row)} is inferred and hard"
        if not row.hard or row.origin in ("policy", "host"):
            continue
        if not 1 <= row.turn <= len(moment.words):
            yield f"{row.id} says it is of turn {row.turn}"
        elif not row.quote.strip() or _squeezed(row.quote) not in _squeezed(moment.words[row.turn - 1]):
            yield f"{_said(row)} quotes {row.quote!r}, which turn {row.turn} does not say"


def _squeezed(text: str) -> str:
    return "".join(clean(text).lower().split())


def keeps_history(moment: Moment) -> Iterator[str]:
    """Ledger rows are never lost or rewritten: only their status changes, and only away from active."""
    if not moment.before:
        return
    now = {row.id: row for row in moment.reply.ledger}
    if len(now) < len(moment.reply.ledger):
        yield "two rows of the ledger have one id"
    for row in moment.before[-1][1].ledger:
        kept = now.get(row.id)
        if kept is None:
            yield f"{_said(row)} is gone from the ledger"
        elif kept.model_copy(update={"status": row.status}) != row:
            yield f"{row.id} was rewritten: {row} -> {kept}"
        elif row.status != "active" and kept.status == "active":
            yield f"{row.id} came back to life"


def counted(moment: Moment) -> Iterator[str]:
    """The number of matching items is the number of items that meet everything in force."""
    stated = moment.reply.matching
    if stated is not None and stated != len(moment.fitting):
        yield f"says that {stated} items match; {len(moment.fitting)} do"


def one_a_group(moment: Moment) -> Iterator[str]:
    """A slate has one item of a variant group."""
    role = moment.world.schema.roles.get("variant_group")
    if role is None or moment.reply.kind not in ("recommend", "abstain"):
        return
    groups = [item.values[role] for item in moment.items if role in item.values]
    if len(set(groups)) < len(groups):
        yield f"shows variants of one thing in a {moment.reply.kind} reply: {[item.id for item in moment.items]}"


def keeps_policies(moment: Moment) -> Iterator[str]:
    """Nothing blocked, seen, refused by the house or above the user's age is shown, nor more than the slate holds."""
    policies, reply = moment.policies, moment.reply
    seen_by = set(policies.get("exclude_seen", ("bought", "watched")))
    seen = {event["item_id"] for event in moment.events if event["kind"] in seen_by}
    for item in moment.items:
        if item.id in policies.get("blocked", ()):
            yield f"{item.id} is blocked"
        if moment.restricted(item) and not moment.of_age:
            yield f"{item.id} needs a confirmed age"
        if reply.kind not in ("recommend", "abstain"):
            continue
        if item.id in seen:
            yield f"{item.id} was seen before"
        for row in moment.house:
            if moment.breaks(item, row):
                yield f"{item.id} breaks the house's {row.field} {row.op} {row.value}"
    if reply.kind == "recommend" and len(reply.items) > policies.get("slate_size", 3):
        yield f"shows {len(reply.items)} items, the slate holds {policies.get('slate_size', 3)}"


def discloses(moment: Moment) -> Iterator[str]:
    """A sponsored item is named as such in the message, where policy demands it.

    An answer that names no item, since none of them tells what was asked, recommends none either.
    """
    role = moment.world.schema.roles.get("sponsored")
    if role is None or not moment.policies.get("disclose_sponsored", True):
        return
    reply = moment.reply
    unnamed = reply.kind == "answer" and not any(one.title in reply.message for one in reply.items)
    for one in reply.items:
        item = moment.world.by_id.get(one.id)
        if item is not None and item.values.get(role) is True:
            if not one.disclosures:
                yield f"{one.id} is sponsored, which is not disclosed"
            elif not unnamed and not all(text in reply.message for text in one.disclosures):
                yield f"{one.id} is sponsored, which the message does not say"


def asks_well(moment: Moment) -> Iterator[str]:
    """At most three fields in a question, none asked about twice, and no more asking turns than policy allows.

    A conversation that the user began anew counts from there.
    """
    reply = moment.reply
    resets = [place for place, (_, earlier) in enumerate(moment.before) if earlier.plan.intent == "reset"]
    since = moment.before[resets[-1] :] if resets else moment.before
    asked = [earlier.question for _, earlier in since if earlier.question is not None]
    if reply.question is None:
        if reply.kind == "ask":
            yield "asks without a question"
        return
    fields = reply.question.fields
    if not 1 <= len(fields) <= 3 or len(set(fields)) < len(fields):
        yield f"asks about {fields}"
    again = {field for question in asked for field in question.fields} & set(fields)
    if again:
        yield f"asks again about {sorted(again)}"
    if len(asked) + 1 > moment.policies.get("asking_turns", 2):
        yield f"asks for the {len(asked) + 1}th time, policy allows {moment.policies.get('asking_turns', 2)}"
    if reply.question.text not in reply.message:
        yield f"the message does not ask {reply.question.text!r}"


def complete(moment: Moment) -> Iterator[str]:
    """A reply is complete, typed and within the budget: items where it recommends, words always, four calls at most."""
    reply = moment.reply
    if not reply.message.strip():
        yield "the message is empty"
    if reply.kind == "recommend" and not reply.items:
        yield "recommends nothing"
    if reply.turn != len(moment.before) + 1:
        yield f"is turn {reply.turn}, not {len(moment.before) + 1}"
    if len(reply.usage.calls) > MOST_CALLS:
        yield f"made {len(reply.usage.calls)} model calls"
    if Reply.model_validate(reply.to_json()) != reply:
        yield "does not survive JSON"
    if len(reply.message) > 4_000:
        yield f"has {len(reply.message)} characters"


def streamed_alike(moment: Moment) -> Iterator[str]:
    """What was streamed is what the reply says: its sentences, its items, and the reply last."""
    if moment.streamed is None:
        return
    sentences = [str(event["data"]).strip() for event in moment.streamed if event["type"] == "sentence"]
    for sentence in sentences:
        if sentence not in moment.reply.message:
            yield f"streamed {sentence!r}, which the message does not say"
    shown = [[item["id"] for item in event["data"]] for event in moment.streamed if event["type"] == "items"]
    if shown and shown[-1] != [one.id for one in moment.reply.items]:
        yield f"streamed the items {shown[-1]}, shows {[one.id for one in moment.reply.items]}"
    if sum(map(len, sentences)) < 0.9 * len("".join(moment.reply.message.split())):
        yield f"streamed {sum(map(len, sentences))} characters of {len(moment.reply.message)}"


CHECKS: tuple[Check, ...] = (
    exists, satisfied, set_budget, in_the_users_words, keeps_history, counted, one_a_group, keeps_policies, discloses,
    asks_well, complete, streamed_alike, *PROSE,
)  # fmt: skip
