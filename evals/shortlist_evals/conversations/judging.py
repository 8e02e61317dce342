"""What is wrong with a reply: what its script expected, and the promises that hold of every reply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shortlist.reply import Reply
from shortlist_evals.contribution import plain_value
from shortlist_evals.conversations.script import Expectation, Row, Saying, Script
from shortlist_evals.conversations.stage import Stage
from shortlist_evals.invariants.checks import violations
from shortlist_evals.invariants.moment import Moment
from shortlist_evals.invariants.talker import Said
from shortlist_tools.catalog import Item, Requirement, RequirementError, Schema, check_requirement

Exchange = tuple[Saying, Reply]


def problems(script: Script, exchanges: Sequence[Exchange], stage: Stage) -> list[str]:
    """Return what is wrong with the last reply: failed expectations and broken promises."""
    saying, reply = exchanges[-1]
    return [*failed(saying.expect, reply, stage), *_broken(script, exchanges, stage)]


def failed(expected: Expectation, reply: Reply, stage: Stage) -> Iterator[str]:
    """Yield each expectation that `reply` does not meet."""
    if expected.kind and reply.kind not in expected.kind:
        yield f"expected a reply that is {' or '.join(expected.kind)}, got {reply.kind}"
    if expected.language and reply.language != expected.language:
        yield f"expected a reply in {expected.language}, got {reply.language}"
    if expected.matching is not None and reply.matching != expected.matching:
        yield f"expected {expected.matching} matching items, got {reply.matching}"
    yield from _ledger(expected, reply, stage.world.schema)
    shown = {one.id: one for one in reply.items}
    for one in expected.shows:
        if one not in shown:
            yield f"expected {one} among the items, got {', '.join(shown) or 'none'}"
    for one in expected.hides:
        if one in shown:
            yield f"shows {one}"
    for one in expected.disclosed:
        if one not in shown or not shown[one].disclosures:
            yield f"{one} is not shown with its disclosure"
    for field, values in expected.only.items():
        for one in shown:
            if not set(values) & _values(stage.world.by_id[one], field):
                yield f"{one} has {field} {sorted(_values(stage.world.by_id[one], field))}, not {'|'.join(values)}"
    for text in expected.unsaid:
        if text.lower() in reply.message.lower():
            yield f"says {text!r}"


def _ledger(expected: Expectation, reply: Reply, schema: Schema) -> Iterator[str]:
    active = [row for row in reply.ledger if row.status == "active"]
    for row in expected.ledger:
        if not any(same(row, have, schema) for have in active):
            have = "; ".join(f"{one.field} {one.op} {one.value} {one.unit or ''}".strip() for one in active)
            yield f"expected {row.field} {row.op} {row.value} in the ledger, which has: {have or 'nothing'}"
    for field in expected.gone:
        for one in active:
            if one.field == field:
                yield f"expected nothing about {field} in the ledger, which has {one.op} {one.value}"


def same(row: Row, have: Requirement, schema: Schema) -> bool:
    """Return whether `have` is the row of the ledger that `row` labels."""
    wanted = canonical(row, schema)
    return (
        (wanted.field, wanted.op) == (have.field, have.op)
        and plain_value(wanted.value) == plain_value(have.value)
        and (row.unit is None or row.unit == have.unit)
        and (row.hard is None or row.hard == have.hard)
        and (row.scope is None or row.scope == have.scope)
    )


def canonical(row: Row, schema: Schema) -> Requirement:
    """Return `row` as the ledger would hold it; as it is where the schema has no such field or value."""
    asked = Requirement(field=row.field, op=row.op, value=row.value, unit=row.unit, origin="host")
    try:
        checked = check_requirement(asked, schema)
    except RequirementError:
        return asked
    return checked if row.unit is None else asked


def _values(item: Item, field: str) -> set[str]:
    value = item.values.get(field)
    return set(map(str, value)) if isinstance(value, list | tuple) else {str(value)}


def _broken(script: Script, exchanges: Sequence[Exchange], stage: Stage) -> list[str]:
    shopper = stage.shopper(script.user)
    said = [(Said(one.say, "scripted", None, one.confirms), reply) for one, reply in exchanges]
    moment = Moment(
        world=stage.world,
        policies=stage.policies,
        facts=shopper["facts"],
        events=shopper["events"],
        before=said[:-1],
        said=said[-1][0],
        reply=said[-1][1],
    )
    return [f"promise {name}: {what}" for name, what in violations(moment)]
