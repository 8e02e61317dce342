"""Answers to what is asked of the conversation, the shop or its advice: a pick, reasons, a sum, what was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from shortlist.decision import Decision
from shortlist.inquiry import (
    SERVICES,
    asks_for_the_better,
    bare_extreme,
    counted,
    read_inquiry,
    says,
    speaks_of_shown,
    speaks_of_the_one,
)
from shortlist.turn.choice import each_dropped
from shortlist.turn.state import WISH, Services, Session, active, house_requirements, is_sponsored
from shortlist.turn.texts import asks_opinions, named_fields
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Requirement, Schema
from shortlist_tools.profile import ProfileSummary

from .items import broken_by, plain, tellable, with_broken, withheld
from .picking import of_items, scored
from .plans import ASIDE, taken_up
from .totals import with_sum

OF_ITEMS = frozenset({"pick", "why", "why_not", "total", "left"})
"""Inquiries about items that were shown or named."""
OF_NAMED = frozenset({"beyond", "named", "variant", "no_variant", "than_lower", "than_higher"})
"""Inquiries that tell of the items of the plan, as they are."""
MOST_KINDS = 12
MOST_SHOWN = 8
_HOW_MANY = re.compile(
    r"\bhow many (?:(?:different |other )?(?:kinds|types|sorts|models) of |different )?(?P<en>[^,.?!]+?)"
    r" (?:do (?:you|they)|does (?:the|this) (?:shop|store)|have you|are there|(?:are|is) (?:on|in) (?:your|offer))\b"
    r"|(?:有|卖)(?:多少|几)[款种个样双副台盏瓶本件]?(?P<zh>[^,，。?？吗呢]{2,12})"
    r"|(?P<of>[^,，。?？有卖]{1,12})(?:一共|总共|都)?(?:有|卖)(?:多少|几)[款种个样](?:可选|可以选)?[呢啊]?\W*$"
)
"""What asks how many the shop has of something, with the words for that."""
_WHAT = re.compile(r"\b(?:which|what|how many)\b|哪些|什么|哪几|[有卖]几|多少")
_OF_THE_SHOP = re.compile(
    r"\b(?:do|does) (?:you|they|the shop|the store)\b|\bare there\b|\bhave you\b|你们|店里|这里|(?:都|一共)有"
)
_POINTED = re.compile("[这那每]|第[一二三四五六]")
_ADVICE = re.compile(r"\brecommend|\bsuggest|\bbest\b|\bbetter\b|推荐|好(?!几)|值得|靠谱|适合")


def of_stock(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan to say how many of a kind the shop has, or what there is of a field among them, if asked that."""
    if (
        plan.about
        or plan.recall
        or _POINTED.search(message)
        or counted(message)
        or says("points", message)
        or asks_opinions(message)
    ):
        return None
    read = _stock_asked(message, services)
    if read is None or (read[1] and not read[0] and (session.slate or not _OF_THE_SHOP.search(message.casefold()))):
        return None
    kind = services.schema.roles.get("kind")
    known = any(row.field == kind for row in active(session.ledger))
    adds = () if known else tuple(_added(row) for row in read[0])
    told = {"intent": "chat", "inquiry": "stock", "edits": adds, "query": "", "fields": (), "degree": None}
    return plan.model_copy(update={**told, "good": "", "unheard": "", "foreign": None})


def _added(row: Requirement) -> PlannedEdit:
    return PlannedEdit(action="add", requirement=row, field=row.field, quote=row.quote)


def _stock_asked(message: str, services: Services) -> tuple[list[Requirement], str] | None:
    """Return the requirements on what is asked after, and the field whose values are, if it is not their number."""
    text, schema = message.casefold().strip(), services.schema
    found = _HOW_MANY.search(text)
    fields = named_fields(message, schema) if _WHAT.search(text) and not _ADVICE.search(text) else ()
    kinds = ("category", "multi_category")
    fields = tuple(name for name in fields if schema.by_name[name].kind in kinds and name != schema.roles.get("kind"))
    if found is None and len(fields) != 1:
        return None
    read = services.reader.read(message if fields or found is None else next(word for word in found.groups() if word))
    rows = [row for row in read.requirements if row.hard and row.scope is None and row.group is None]
    of_kind = [row for row in rows if row.field == schema.roles.get("kind") and row.op in ("==", "in")]
    if len(rows) != len(read.requirements) or (not of_kind and not (fields and not rows)):
        return None
    return rows, fields[0] if fields else ""


def with_inquiry(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan:
    """Return `plan`, to answer what `message` asks of the conversation, the shop or its advice, where it asks that.

    What the catalog has a field for is a question about items; a pick or a reason needs items to speak of.
    """
    plan = _of_what_was_shown(plan, message, session)
    kind = read_inquiry(message)
    if kind is None and plan.intent in ("compare", "about") and _is_open(plan, message, session, services.schema):
        kind = "pick"
    if kind in (None, "total") and (told := with_sum(plan, message, session, services)):
        return told
    if kind == "opinions" and (plan.about or session.slate) and plan.intent != "profile":
        of_them = {"intent": "about", "about": plan.about or taken_up(session)}
        return plan.model_copy(update={**of_them, "query": "", "edits": (), "fields": (), "degree": None})
    if kind == "privacy":
        plan = plan.model_copy(update={"intent": "chat"})
        kind = "privacy" if session.user else "privacy_guest"
    if kind in (None, "opinions") or plan.intent == "profile" or plan.recall:
        return plan
    if kind == "browsing" and session.pending:
        return plan
    if kind in ("english", "chinese") and (session.slate or active(session.ledger)):
        # What stands is said again, in the language asked for.
        again = session.told == "recommend" and bool(session.slate)
        return TurnPlan(intent="refine", **({"inquiry": "again", "about": session.slate} if again else {}))
    if kind in OF_ITEMS and not (plan.about or session.slate) and not (kind == "why" and session.pending):
        return plan
    if kind == "why_not":
        # The first choice against what was passed over: where they differ is the reason.
        others = [one for one in plan.about if one != session.lead]
        others = others or [one for one in (*session.slate, *session.compared) if one != session.lead][:1]
        return TurnPlan(intent="compare", about=tuple(one for one in (session.lead, *others) if one))
    if kind in SERVICES and _knows_of(services.schema, SERVICES[kind]):
        return plan
    about = plan.about or (session.compared if kind == "pick" else ())
    if kind in ("cart", "why") and not about:
        about = taken_up(session)
        if kind == "why" and not about and session.lead in session.slate and speaks_of_the_one(message):
            about = (session.lead,)
    intent = "about" if kind in OF_ITEMS else "accept" if kind == "cart" and about else "chat"
    kept = {"intent": intent, "about": about, "inquiry": kind, "fields": plan.fields if kind == "pick" else ()}
    return plan.model_copy(update={"query": "", "edits": (), "degree": None, "foreign": None, **kept})


def accepted(
    plan: TurnPlan, in_force: Sequence[Requirement], session: Session, profile: ProfileSummary, services: Services
) -> Decision:
    """Return what is said to somebody who takes up an item; which one, where that is not clear."""
    known = [one for one in plan.about or taken_up(session) or session.slate if one in services.snapshot.row_of]
    ids, _ = tellable(known, session, profile, services)
    unclear = len(ids) > 1 and not plan.about
    if not unclear and services.model is not None:
        # A model thanks in its own words, and needs no sheet for that.
        return Decision(kind="chat", topic="accept")
    said = Decision(kind="chat", topic="accept", inquiry="which" if unclear else "", items=plain(ids, services))
    return with_broken(said, in_force, session, profile, services)


def rated(plan: TurnPlan, session: Session, profile: ProfileSummary, services: Services) -> Decision:
    """Return the thanks for stars that the user gives."""
    stars = dict(plan.ratings)
    ids, _ = tellable([one for one in stars if one in services.snapshot.row_of], session, profile, services)
    return Decision(kind="chat", inquiry="rated", items=plain(ids, services), stars=stars)


def opinions_of_shown(plan: TurnPlan, message: str, session: Session) -> TurnPlan | None:
    """Return a plan to quote what buyers say of all that was shown until now, where that is asked for."""
    if plan.about or not session.offered or not (asks_opinions(message) and speaks_of_shown(message)):
        return None
    told = {**ASIDE, "intent": "about", "about": session.offered[-MOST_SHOWN:], "fields": (), "degree": None}
    return plan.model_copy(update={**told, "unheard": "", "count": None})


def _of_what_was_shown(plan: TurnPlan, message: str, session: Session) -> TurnPlan:
    """Return `plan`, to compare what was shown until now where the utmost of that is asked for.

    "What is the highest?" alone is about the figure that was asked for last.
    """
    wishes = [edit.requirement for edit in plan.edits if edit.requirement and edit.requirement.op in WISH]
    if plan.intent != "profile" and session.offered and speaks_of_shown(message):
        field = wishes[0].field if wishes else plan.fields[0] if plan.fields and plan.degree else None
        degree = plan.degree or (wishes[0].op if wishes else None)
        if field is not None and len(wishes) == len(plan.edits):
            told = {"intent": "compare", "about": session.offered, "fields": (field,), "degree": degree}
            return plan.model_copy(update={**told, "edits": (), "query": ""})
    asked = [row for row in active(session.ledger) if row.op in ("==", "<", "<=", ">", ">=")]
    asked = [row for row in asked if isinstance(row.value, int | float) and not isinstance(row.value, bool)]
    bare = bare_extreme(message)
    if bare is None or plan.edits or plan.fields or not asked or not session.slate:
        return plan
    return plan.model_copy(update={"intent": "compare", "fields": (asked[-1].field,), "degree": bare})


def _is_open(plan: TurnPlan, message: str, session: Session, schema: Schema) -> bool:
    """Return whether the better of several items is asked for, and no figure measures what it is to be better in."""
    figures = [name for name in plan.fields if schema.by_name[name].kind in ("number", "money", "date")]
    several = len(plan.about or session.slate) > 1
    return several and not (plan.edits or figures or plan.degree) and asks_for_the_better(message)


def _knows_of(schema: Schema, stems: Sequence[str]) -> bool:
    """Return whether a field of the catalog speaks of what begins with one of `stems`."""
    words = [
        word.casefold()
        for field in schema.fields
        for names in (field.label.values(), *field.aliases.values())
        for word in (field.name.replace("_", " "), *names)
    ]
    return any(
        part.startswith(stem) if stem.isascii() else stem in word
        for word in words
        for part in (word.split() if word.isascii() else [word])
        for stem in stems
    )


def inquired(
    plan: TurnPlan,
    in_force: Sequence[Requirement],
    session: Session,
    profile: ProfileSummary,
    services: Services,
    message: str,
) -> Decision:
    """Return the answer to the inquiry of `plan`."""
    kind = plan.inquiry
    if kind == "again":
        return _shown_again(plan, in_force, profile, session, services)
    if kind in OF_NAMED:
        return _of_named(plan, profile, session, services)
    if kind in ("paid", "promoted") or kind == "based":
        return _of_advice(plan, profile, session, services)
    if kind in OF_ITEMS and (plan.about or session.slate):
        return of_items(plan, in_force, session, profile, services, message)
    rows = services.snapshot.row_of
    if kind == "shown":
        ids, _ = tellable([one for one in session.offered if one in rows], session, profile, services)
        return Decision(kind="answer", inquiry=kind, items=plain(ids[-MOST_SHOWN:], services))
    if kind == "stock":
        return Decision(kind="answer", inquiry=kind, **_on_offer(profile, services, message))
    if kind == "drop":
        return Decision(kind="answer", inquiry=kind, **each_dropped(in_force, profile, session, services))
    if kind in ("cart", "pointed"):
        ids, _ = tellable([one for one in plan.about if one in rows], session, profile, services)
        said = Decision(kind="chat", inquiry=kind, items=plain(ids[:1], services))
        return with_broken(said, in_force, session, profile, services)
    if kind == "asked":
        return Decision(kind="answer", inquiry=kind, need=session.need)
    return Decision(kind="answer" if kind == "why" else "chat", inquiry=kind)


def _shown_again(
    plan: TurnPlan, in_force: Sequence[Requirement], profile: ProfileSummary, session: Session, services: Services
) -> Decision:
    """Return what was recommended before, in the order it stood, with what it breaks by now."""
    ids, age = tellable([one for one in plan.about if one in services.snapshot.row_of], session, profile, services)
    if not ids:
        return withheld(age, services)
    items = sorted(scored(ids, in_force, profile, services), key=lambda one: ids.index(one.id))
    broken = broken_by(ids, in_force, profile, services)
    return Decision(kind="recommend", topic="again", items=tuple(items), broken=broken)


def _of_named(plan: TurnPlan, profile: ProfileSummary, session: Session, services: Services) -> Decision:
    """Return the items of `plan` that may be spoken of, to be told by name, by figure or as variants."""
    known = [one for one in plan.about if one in services.snapshot.row_of]
    ids, age = tellable(known, session, profile, services)
    if known and not ids:
        return withheld(age, services)
    topic = "compare" if plan.intent == "compare" else "about"
    return Decision(
        kind="answer", topic=topic, inquiry=plan.inquiry, items=plain(ids[:MOST_SHOWN], services), fields=plan.fields
    )


def _of_advice(plan: TurnPlan, profile: ProfileSummary, session: Session, services: Services) -> Decision:
    """Return what the advice rests on: whether anything of it is paid for, and what is known of the user."""
    if plan.inquiry == "based":
        known = bool(profile.facts or profile.affinities)
        return Decision(kind="chat", inquiry="based" if known else "not_based")
    if plan.inquiry == "paid" or not session.slate:
        return Decision(kind="chat", inquiry="paid" if services.schema.role("sponsored") else "unpaid")
    rows = services.snapshot.row_of
    ids, _ = tellable([one for one in plan.about or session.slate if one in rows], session, profile, services)
    promoted = [one for one in ids if is_sponsored(services.snapshot, rows[one])]
    return Decision(kind="answer", inquiry="promoted" if promoted else "none_promoted", items=plain(promoted, services))


def _on_offer(profile: ProfileSummary, services: Services, message: str) -> dict[str, object]:
    """Return how many items the house offers of what is asked after, and of which kinds or values of a field."""
    snapshot = services.snapshot
    wanted, name = _stock_asked(message, services) or ([], "")
    house = house_requirements(services.policies, profile, services.schema)
    rows = np.flatnonzero(snapshot.mask([*wanted, *house]))
    kind = services.schema.get(name) if name else services.schema.role("kind")
    said = {"assumptions": tuple(wanted), "fields": (name,) if name else ()}
    if wanted and not name:
        return {"matching": len(rows), **said}
    if kind is None:
        return {"matching": len(rows)}
    values = (snapshot.value(int(row), kind.name) for row in rows)
    counts = Counter(str(one) for value in values for one in (value if isinstance(value, list | tuple) else [value]))
    counts.pop("None", None)
    return {"matching": len(rows), "kinds": tuple(counts.most_common(MOST_KINDS)), **said}
