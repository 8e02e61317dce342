"""Which of the items on the table to choose, what speaks for them, and what nothing tells of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shortlist.decision import Decision, Quote
from shortlist.turn.choice import outside_signals, weights_of
from shortlist.turn.state import Services, Session
from shortlist.turn.texts import quotes, sought_words
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement
from shortlist_tools.profile import ProfileSummary
from shortlist_tools.ranking import Ranked, rank
from shortlist_tools.text import detect_language

from .items import broken_by, plain, tellable, withheld
from .totals import summed
from .variants import held, values_named


def of_items(
    plan: TurnPlan,
    in_force: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
    message: str,
) -> Decision:
    """Return a pick, reasons or a sum for the items named, else for those shown."""
    known = [one for one in dict.fromkeys((*session.slate, *plan.about)) if one in services.snapshot.row_of]
    ids, age = tellable(known, session, profile, services)
    if not ids:
        return withheld(age, services)
    named = [one for one in plan.about if one in ids]
    if plan.inquiry in ("total", "left"):
        shown = [one for one in ids if one in session.slate or one in named]
        return summed(plan, in_force, plain(shown or ids, services), services.schema)
    if plan.inquiry == "why":
        among = scored(ids, in_force, profile, services)
        told = [one for one in among if one.id in (named or ids)]
        told.sort(key=lambda one: ids.index(one.id))
        broken = broken_by(ids, in_force, profile, services)
        return Decision(kind="answer", inquiry="why", items=tuple(told), among=among, broken=broken)
    pool = [one for one in ids if len(named) < 2 or one in named]
    return picked(plan, pool, in_force, session, profile, services, message)


def picked(
    plan: TurnPlan,
    ids: Sequence[str],
    in_force: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
    message: str,
) -> Decision:
    """Return the one of `ids` to choose and the one behind it.

    Where it is to be the better in something that no figure measures, what is known to have that comes first; what is
    known of none of them, or of all alike, is said.
    """
    broken = broken_by(ids, in_force, profile, services)
    snapshot, schema, language = services.snapshot, services.schema, detect_language(message)
    items = {one: snapshot.item(snapshot.row_of[one]) for one in ids}
    wanted = _wanted(plan, message, services)
    having = {one: sum(value in held(items[one].values.get(name)) for name, value in wanted) for one in ids}
    known = any(having.values())
    words, said = _untitled(sought_words(plan.wonder), ids, services), dict[str, tuple[Quote, ...]]()
    if words and not known:
        said = {one: quotes(item, schema, plan.wonder, message, language, snapshot)[:1] for one, item in items.items()}
    pool = list(scored(ids, in_force, profile, services))
    # What was recommended first stays the pick: two orders of the same items would contradict each other.
    pool.sort(key=lambda one: (-having[one.id], len(broken.get(one.id, ())), one.id != session.lead))
    return Decision(
        kind="answer",
        inquiry="pick",
        items=tuple(pool[:2]),
        among=tuple(pool),
        broken=broken,
        fields=tuple(dict.fromkeys(name for name, _ in wanted)) if known else (),
        alike=known and len(ids) > 1 and len(set(having.values())) == 1,
        quotes=tuple(quote for one in pool[:2] for quote in said.get(one.id, ())),
        unheard=words if words and not (known or any(said.values())) else "",
    )


def _untitled(words: str, ids: Sequence[str], services: Services) -> str:
    """Return the words without those that only name one of the items."""
    titles = " ".join(services.title(one, language) for one in ids for language in services.schema.languages)
    return " ".join(word for word in words.split() if word.casefold() not in titles.casefold())


def _wanted(plan: TurnPlan, message: str, services: Services) -> list[tuple[str, object]]:
    """Return the values that an item is to have to be the better one, with their fields."""
    flags = [name for name in plan.fields if services.schema.by_name[name].kind == "flag"]
    return [*((name, True) for name in flags), *values_named(message, services.schema)]


def scored(
    ids: Sequence[str], in_force: Sequence[Requirement], profile: ProfileSummary, services: Services
) -> tuple[Ranked, ...]:
    """Return items in the order of their scores by what is in force."""
    rows = np.array([services.snapshot.row_of[one] for one in ids], dtype=np.int64)
    found = rank(
        services.snapshot, rows, np.zeros(len(rows)), [row for row in in_force if not row.hard], profile,
        weights_of(services), hard=[row for row in in_force if row.hard],
        given=outside_signals(services, profile.user, rows),
    )  # fmt: skip
    return tuple(found)
