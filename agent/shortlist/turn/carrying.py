"""Carries out what a person wishes done with his or her data, and says in plain words what was done."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from shortlist.rights import Right, among_remarks, explained, noted, quoted, read_right, said, unnoted
from shortlist.turn.stages import forget_session, read_message
from shortlist.turn.state import Services, Session, active
from shortlist.turn.texts import spoken_row
from shortlist.turn.wishes import taken_back
from shortlist.turn_plan import PlannedEdit
from shortlist_tools.catalog import Field, Op, Requirement
from shortlist_tools.profile import ErasureError
from shortlist_tools.profile.page import named
from shortlist_tools.profile.rights.consent import KINDS_OF
from shortlist_tools.profile.tastes import restated
from shortlist_tools.store import tables
from shortlist_tools.text import join_words, tokens

ERASE, KEEP_NOTHING = "erase_everything", "keep_nothing"
CONFIRMED = (ERASE, KEEP_NOTHING)
"""What is asked back before it is done."""
USES = ("personalise", "infer", "train")
MOST_TITLES = 3
REMARKS = "remarks"
"""The fact in which a person's remarks are kept."""
_NOTABLE = ("category", "multi_category", "money", "flag", "text")
"""Kinds of field in which a remark is read."""


class Done(BaseModel):
    """What a wish came to.

    Attributes:
        message: The words for the person.
        confirming: What is to be confirmed first, if anything is.
        edits: What it changes of the conversation's ledger.
        told: What is noted of the person's own words.
        dropped: What of these is noted no longer.
    """

    model_config = ConfigDict(frozen=True)

    message: str
    confirming: str | None = None
    edits: tuple[PlannedEdit, ...] = ()
    told: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def noted_down(message: str, right: Right, session: Session, services: Services, language: str) -> Done:
    """Note what a person tells of himself or herself: for this conversation, and beyond it for whom one is kept of.

    What the catalog knows of it is in force from now on; a figure alone ("size 42") is no bound of a field.
    """
    told = noted(message, right.words)
    reading = read_message(right.words, session, services)
    rows = [row for row in reading.requirements if (field := services.schema.get(row.field)) and field.kind in _NOTABLE]
    told_off = read_right(message)
    if told_off is not None and told_off.act == "dislike":
        rows += [_excluding(row) for row in _values(told_off, session, services)]
    spoken = (spoken_row(one, services.schema) for one in reading.told if one.stance == "concern")
    edits = tuple(_added(row) for row in (*rows, *filter(None, spoken)))
    if session.user is not None:
        _keep_remarks(session.user, (*_kept_remarks(session.user, services), *told), services)
    name = "noted" if session.user else "noted.guest"
    return Done(message=said(name, language, what=quoted(told, language)), edits=edits, told=told)


def dropped_again(message: str, session: Session, services: Services, language: str) -> Done | None:
    """Forget what `message` names of the person's remarks; None where it names none of them."""
    words = unnoted(message)
    kept = _kept_remarks(session.user, services) if session.user and words else ()
    gone = among_remarks(words, tuple(dict.fromkeys([*session.remarks, *kept])))
    if not gone:
        return None
    if session.user and set(gone) & set(kept):
        _keep_remarks(session.user, tuple(one for one in kept if one not in gone), services)
    text = " ".join(gone).casefold()
    rows = [row for row in active(session.ledger) if row.quote and row.quote.casefold() in text]
    edits = tuple(PlannedEdit(action="withdraw", requirement=row) for row in rows)
    return Done(message=said("unnoted", language, what=quoted(gone, language)), edits=edits, dropped=gone)


def _kept_remarks(user: str, services: Services) -> tuple[str, ...]:
    facts = services.profiles.get(user)["facts"]
    return tuple(next((fact["value"] for fact in facts if fact["field"] == REMARKS), ()))


def _keep_remarks(user: str, told: Sequence[str], services: Services) -> None:
    services.profiles.correct(user, REMARKS, list(dict.fromkeys(told)) or None)


def carry_out(right: Right, session: Session, services: Services, language: str) -> Done:
    """Do what `right` wishes for the user of `session`; what cannot be undone is asked back first."""
    user, rights = session.user, services.profiles.rights
    if right.act == "erase":
        return Done(message=said("ask.erase" if user else "ask.erase.guest", language), confirming=ERASE)
    if user is None:
        return Done(message=said("guest", language))
    if right.act == "level" and right.level == 0:
        return Done(message=said("ask.level.0", language), confirming=KEEP_NOTHING)
    if right.act == "level":
        rights.allow(user, right.level or 0)
        return Done(message=said(f"level.{right.level}", language))
    if right.act in ("refuse", "permit"):
        return Done(message=_answered(right, user, services, language))
    if right.act == "explain":
        lines = explained(right.words, services.profiles, user, services.snapshot, services.store, language)
        return Done(message=("" if language == "zh" else " ").join(lines) or said("explain.none", language))
    if right.act == "forget":
        return Done(message=_forgotten(right, user, session, services, language))
    return _put_right(right, user, session, services, language)


def confirmed(what: str, session: Session, services: Services, language: str) -> Done:
    """Do what the person was asked to confirm, `what` being one of `CONFIRMED`."""
    user, rights = session.user, services.profiles.rights
    if user is None:
        forget_session(services.store, session.id)
        return Done(message=said("erased.guest", language))
    if what == KEEP_NOTHING:
        counts = [rights.consent(user, purpose, "*", False) for purpose in ("record", "personalise", "infer")]
        return Done(message=said("level.0", language, count=sum(counts)))
    try:
        erased = rights.erase(user)
    except ErasureError:
        return Done(message=said("erasing", language))
    return Done(message=said("erased", language, count=sum(erased.rows.values())))


def _answered(right: Right, user: str, services: Services, language: str) -> str:
    source, granted = right.source or "", right.act == "permit"
    purposes = ("record",) if right.keeping else USES
    gone = sum(services.profiles.rights.consent(user, purpose, source, granted) for purpose in purposes)
    name = f"{'permitted' if granted else 'refused'}.{'keep' if right.keeping else 'use'}"
    yours, mine = said(f"yours.{source}", language), said(f"mine.{source}", language)
    return said(name, language, source=yours, mine=mine, count=gone)


def _forgotten(right: Right, user: str, session: Session, services: Services, language: str) -> str:
    source = right.source or ""
    rights = services.profiles.rights
    if source in ("chats", "facts") and not right.words:
        # These are no events: they go with the permission to keep them, which is given back at once.
        before = services.profiles.rights.consents(user).may("record", source)
        count = rights.consent(user, "record", source, False)
        if before:
            rights.consent(user, "record", source, True)
        return _counted(count, source, language)
    kinds = KINDS_OF[source] if source != "chats" else ()
    if not right.words:
        return _counted(rights.forget_events(user, kinds=kinds), source, language)
    meant = _meant(right.words, session, services) if kinds else None
    if meant is None:
        return said("forget.unclear", language, words=right.words, mine=said(f"mine.{source}", language))
    items = [item for item in _done_with(user, kinds, services) if item in meant]
    if not items:
        return said("forgotten.none", language)
    # What else was done with these items tells the same taste: it goes too.
    count = rights.forget_events(user, items=items)
    return said("forgotten.items", language, titles=_titles(items, services, language), count=count)


def _counted(count: int, source: str, language: str) -> str:
    if not count:
        return said("forgotten.none", language)
    return said("forgotten.source", language, source=said(f"yours.{source}", language), count=count)


def is_understood(right: Right, session: Session, services: Services) -> bool:
    """Return whether a wish is about a profile: a guest's likes, and words that name nothing here, are a request."""
    if right.act not in ("like", "dislike", "unsay"):
        return True
    if right.act == "unsay" and taken_back(f"forget {right.words}", session, services):
        return False
    if session.user is None:
        return right.act == "unsay" and not _values(right, session, services)
    return right.act == "unsay" or right.corrects or bool(_values(right, session, services))


def _put_right(right: Right, user: str, session: Session, services: Services, language: str) -> Done:
    found = _values(right, session, services)
    if not found:
        return Done(message=said("unclear", language, words=right.words))
    profiles, rights = services.profiles, services.profiles.rights
    told = []
    for row in found:
        for value in row.value if isinstance(row.value, list) else [row.value]:
            if right.act == "like":
                rights.permit(user, row.field, value)
            else:
                rights.forbid(user, row.field, value)
            facts = {fact["field"]: fact["value"] for fact in profiles.get(user)["facts"]}
            changed = restated(facts, row.field, str(value), None if right.act == "unsay" else right.act == "like")
            for name, values in changed.items():
                profiles.correct(user, name, values)
            told.append(named(services.schema, row.field, value, language))
    name = {"like": "liked", "unsay": "unsaid"}.get(right.act, "disliked" if right.corrects else "excluded")
    taken_back = [PlannedEdit(action="withdraw", requirement=row) for row in (*found, *map(_excluding, found))]
    edits = [_added(_excluding(row)) for row in found] if right.act == "dislike" else taken_back
    return Done(message=said(name, language, what=join_words(told, language)), edits=tuple(edits))


def _excluding(row: Requirement) -> Requirement:
    """Return what keeps out of the conversation at hand what `row` asks for."""
    ops: dict[Op, Op] = {"==": "!=", "in": "not_in", "contains": "not_contains"}
    return row.model_copy(update={"op": ops.get(row.op, row.op)})


def _added(row: Requirement) -> PlannedEdit:
    return PlannedEdit(action="add", requirement=row, field=row.field, quote=row.quote)


def _values(right: Right, session: Session, services: Services) -> list[Requirement]:
    """Return the values that a correction names, else those kept of the person that it has a word in common with."""
    refused = f"no {right.words}" if right.words.isascii() else f"不要{right.words}"
    # Some words name a kind only where they refuse it, as the drink does what it is made with.
    rows = _requirements(right.words, session, services) or (
        _requirements(refused, session, services) if right.act == "dislike" else []
    )
    found = [
        row for row in rows if isinstance(row.value, str | list) and row.field != services.schema.roles.get("title")
    ]
    if found or right.act != "unsay" or session.user is None:
        return found
    told = {one for one in tokens(right.words.split()[-1]) if len(one) > 1}
    kept = [(one["field"], one["value"]) for one in services.profiles.get(session.user)["affinities"]]
    return [
        Requirement(field=name, op="==", value=value, quote=right.words)
        for name, value in kept
        if (field := services.schema.get(name)) is not None and told & _named_by(field, value)
    ]


def _named_by(field: Field, value: object) -> set[str]:
    return {one for words in field.values.get(str(value), {}).values() for word in words for one in tokens(word)}


def _meant(words: str, session: Session, services: Services) -> frozenset[str] | None:
    """Return the items that `words` name, by what they have or by title; None where they name nothing."""
    rows = _requirements(words, session, services)
    if rows:
        mask = services.snapshot.mask(rows)
        return frozenset(services.snapshot.ids[row] for row in np.flatnonzero(mask))
    reading = read_message(words, session, services)
    told = {one.item_id for one in reading.references} | {one.item_id for one in reading.feedback}
    return frozenset(told) or _titled(words, services)


def _requirements(words: str, session: Session, services: Services) -> list[Requirement]:
    """Return the values of the catalog that `words` name, as what items must have."""
    reading = read_message(words, session, services)
    return [
        row.model_copy(update={"hard": True, "op": "==" if row.op == "!=" else row.op})
        for row in reading.requirements
        if row.op in ("==", "!=", "in", "contains") and row.field in services.schema.by_name
    ]


def _titled(words: str, services: Services) -> frozenset[str] | None:
    """Return the items in whose title all of `words` stand."""
    wanted = words.casefold().split()
    found = [
        item
        for item in services.snapshot.ids
        if any(
            all(word in services.title(item, language).casefold() for word in wanted)
            for language in services.schema.languages
        )
    ]
    return frozenset(found) or None


def _done_with(user: str, kinds: Sequence[str], services: Services) -> list[str]:
    """Return the items with which `user` did one of `kinds`."""
    events = tables.events
    query = select(events.c.item_id).where(events.c.user_id == user, events.c.kind.in_(kinds)).distinct()
    with services.store.read() as connection:
        return [item for item in connection.scalars(query.order_by(events.c.item_id)) if item]


def _titles(items: Sequence[str], services: Services, language: str) -> str:
    shown = [services.title(item, language) for item in items[:MOST_TITLES]]
    rest = len(items) - len(shown)
    if not rest:
        return join_words(shown, language)
    return ("、" if language == "zh" else ", ").join([*shown, ""]).rstrip("、") + said("more", language, count=rest)
