"""Turns what asks something of the items shown into a question about them, in place of another search."""

from __future__ import annotations

import re

from shortlist.inquiry import asks_of_shown, counted, read_inquiry, says, takes_one
from shortlist.turn.state import WISH, Services, Session, active, says_the_same
from shortlist.turn.texts import asks_opinions, named_fields, wondered
from shortlist.turn.wishes import utmost, without_asides
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Requirement, Schema

from .pointing import held_against, named_in
from .variants import with_variant

OPEN = frozenset({"find", "refine", "chat", "off_topic", "reject", "accept", "more"})
"""What a question that was not read as one is taken for."""
ASIDE = {"query": "", "edits": (), "good": "", "foreign": None}
"""A question changes nothing of what is searched for."""
_SHORT = 40
_REMOVES = re.compile(
    r"\b(?:remove|hide|drop|filter|take out|leave out|skip|block|exclude|get rid of|turn off|stop showing)\b"
    r"|去掉|去除|屏蔽|过滤|拿掉|删掉|关掉|移除|排除|剔除|不看|别放|少来"
)
_FEW = re.compile(r"\b(?:first|last) (?:two|three|2|3)\b|\bboth of them\b|前[两二三23][个款]|这两[个款]")
_BEST_SELLING = re.compile(
    r"\b(?:best[- ]?sell(?:er|ers|ing)|sells? (?:the )?(?:best|most)|"
    r"most (?:bought|sold|purchased|reviews|reviewed|popular))\b|"
    r"卖[得的]最[好多火]|销量(?:最[好高大]|第一)|最(?:畅销|热销|热门|火|受欢迎)|(?:评价|评论)(?:数|数量)?最多|(?:买|选)的人最多|最多人[买选]"
)
_WHICH = re.compile(r"\b(?:which|what|what's|whats|who)\b|哪|谁|多少|什么|啥|\?|？")
LONGEST = 70
_WHETHER = re.compile(
    r"^\W*(?:(?:and|so|but|ok)\W+)*(?:is|are|was|does|do|will|has)\b|[吗么嘛?？]\W*$|(.)不\1", re.IGNORECASE
)
_BARE_FREE = re.compile(r"^\W*(?:是|[这那][个些]?|它们?|都)*免费的?[吗么嘛]\W*$")
_BY_HOW_MUCH = re.compile(
    r"[贵宜轻重长短大小快慢亮高低多少](?:了)?多少(?!钱)|差(?:了)?多少|差价|差几"
    r"|\bhow much (?:more|less|cheaper|dearer|\w+er)\b|\b(?:price )?gap\b|\bdifference in \w+"
)
_SUPERLATIVE = re.compile(r"\b(?:\w{2,}est|most|least)\b|最")


def with_question(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan:
    """Return `plan`, to answer a question about what was shown where `message` asks one; else as it is."""
    if plan.intent in ("profile", "reset") or plan.recall or session.confirming or plan.inquiry:
        return plan
    kind = read_inquiry(message)
    if kind not in (None, "opinions", "pick", "total"):
        return plan
    if found := _without_promoted(plan, message, session, services.schema):
        return found
    if found := _out_of_sight(plan, message, session):
        return found
    if not session.slate and not plan.about:
        return _best_of_all(plan, message, services)
    for step in (with_variant, _priced, _taken, _others, _named, _held_against, _utmost, _of_two, _asked):
        found = step(plan, message, session, services)
        if found is not None:
            return found
    return plan


def _without_promoted(plan: TurnPlan, message: str, session: Session, schema: Schema) -> TurnPlan | None:
    """Return a plan that leaves out what is paid for, where the message wants that removed."""
    role, text = schema.role("sponsored"), message.casefold()
    if (
        role is None
        or any(edit.field != role.name for edit in plan.edits)
        or len(message) > _SHORT
        or not _REMOVES.search(text)
    ):
        return None
    words = [word for by in (*role.flag_words.values(), role.label.values()) for word in by]
    said = next((w for w in words if (re.search(rf"\b{re.escape(w)}s?\b", text) if w.isascii() else w in text)), None)
    if said is None:
        return None
    row = Requirement(field=role.name, op="==", value=False, quote=said)
    edits = (PlannedEdit(action="add", requirement=row, field=role.name, quote=said),)
    told = {"intent": "refine" if session.ledger else "find", "edits": edits, "query": "", "about": (), "good": ""}
    return plan.model_copy(update=told)


def _out_of_sight(plan: TurnPlan, message: str, session: Session) -> TurnPlan | None:
    """Return a plan to say what was shown, where the message speaks of items that were not."""
    places = counted(message)
    missing = [place for place in places if place > len(session.slate)]
    if session.slate and missing:
        told = {"intent": "about", "inquiry": "beyond", "about": session.slate}
        return plan.model_copy(update={**ASIDE, **told, "fields": (), "degree": None})
    idle = not session.offered and not plan.about
    counts = idle and bool(places) and _soft(plan)
    few = idle and _soft(plan) and len(message) <= _SHORT and _FEW.search(message.casefold())
    idle = idle and not plan.edits
    if few or counts or (idle and says("named", message)):
        return plan.model_copy(update={**ASIDE, "intent": "chat", "inquiry": "shown", "fields": (), "degree": None})
    if idle and says("points", message) and asks_of_shown(message):
        return plan.model_copy(update={**ASIDE, "intent": "chat", "inquiry": "shown", "fields": (), "degree": None})
    return None


def _best_of_all(plan: TurnPlan, message: str, services: Services) -> TurnPlan:
    """Return `plan` to show one item where a question asks for the utmost of all."""
    wish = _sold_best(message, services.schema)
    edits = plan.edits
    if wish is not None and not any(edit.requirement and edit.requirement.op in WISH for edit in edits):
        edits = (*edits, PlannedEdit(action="add", requirement=wish, field=wish.field, quote=wish.quote))
        return plan.model_copy(update={"intent": "find", "edits": edits, "count": 1, "query": ""})
    return plan.model_copy(update={"count": 1}) if _asks_for_utmost(plan, message) else plan


def _sold_best(message: str, schema: Schema) -> Requirement | None:
    role, said = schema.role("popularity"), _BEST_SELLING.search(message.casefold())
    if role is None or said is None:
        return None
    return Requirement(field=role.name, op="highest", hard=False, quote=said[0])


def _asks_for_utmost(plan: TurnPlan, message: str) -> bool:
    wished = [edit for edit in plan.edits if edit.requirement is not None and edit.requirement.op in WISH]
    return len(wished) == 1 and bool(_WHICH.search(message.casefold()) and _SUPERLATIVE.search(message.casefold()))


def _one(plan: TurnPlan, session: Session, *, lead: bool = False) -> tuple[str, ...]:
    """Return the one item that is talked about: named, under discussion, or shown alone; with `lead`, the first."""
    if plan.about:
        return plan.about if len(plan.about) == 1 else ()
    if session.focus is not None:
        return (session.focus,)
    if len(session.slate) == 1:
        return session.slate
    return (session.lead,) if lead and session.lead in session.slate and session.lead else ()


def _soft(plan: TurnPlan) -> bool:
    """Return whether the message states nothing that filters."""
    return all(edit.requirement is not None and edit.requirement.op in WISH for edit in plan.edits)


def _only_repeats(plan: TurnPlan, session: Session) -> bool:
    """Return whether the message states nothing but what is in force already: 几节课, of courses."""
    stated = [edit.requirement for edit in plan.edits if edit.requirement is not None]
    known = active(session.ledger)
    return len(stated) == len(plan.edits) and all(any(says_the_same(row, one) for row in known) for one in stated)


def _priced(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that looks for what is free, or that tells what an item costs, where the message asks for that."""
    price = services.schema.role("price")
    one = _one(plan, session)
    if price is not None and one and says("costs", message) and (_soft(plan) or _only_repeats(plan, session)):
        return plan.model_copy(update={**ASIDE, "intent": "about", "about": one, "fields": (price.name,)})
    if price is None or not says("free", message) or any(edit.field == price.name for edit in plan.edits):
        return None
    bare = session.slate if _BARE_FREE.match(message) else ()
    if (says("points", message) or bare) and (about := plan.about or _one(plan, session) or bare):
        return plan.model_copy(update={**ASIDE, "intent": "about", "about": about, "fields": (price.name,)})
    row = Requirement(field=price.name, op="<=", value=0.0, unit=price.unit, quote="free")
    row = row.model_copy(update={"quote": "免费"}) if not message.isascii() else row
    edits = (*plan.edits, PlannedEdit(action="add", requirement=row, field=price.name, quote=row.quote))
    told = {"intent": "refine", "edits": edits, "query": "", "fields": (), "wonder": "", "about": ()}
    return plan.model_copy(update=told)


def _taken(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that confirms which item was taken, where the message says no more than that."""
    if not takes_one(message):
        return None
    # The cheapest is the one that is meant after it was asked for.
    told = bool(utmost(active(session.ledger))) or session.compared[:1] == (session.lead,)
    one = _one(plan, session, lead=told and says("points", message))
    if not (_soft(plan) or (one and _is_meant(one[0], plan, services))) or not (one or says("points", message)):
        return None
    # Without a kind of inquiry it is asked which one is meant.
    return plan.model_copy(update={**ASIDE, "intent": "accept", "about": one, "inquiry": "cart" if one else ""})


def _is_meant(item: str, plan: TurnPlan, services: Services) -> bool:
    """Return whether what the message states only says which item it is: the black one."""
    row = services.snapshot.row_of.get(item)
    stated = [edit.requirement for edit in plan.edits if edit.requirement is not None]
    return row is not None and all(services.snapshot.satisfies(row, each) for each in stated if each.hard)


def _others(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that shows others, where a message wants what is like an item or asks whether there are more."""
    if not _soft(plan) or len(message) > _SHORT or not session.slate:
        return None
    if says("alike", message):
        about = _one(plan, session, lead=True)
        intent = "refine" if plan.feedback else "more"
        told = {"intent": intent, "about": about, "fields": (), "wonder": "", "query": "", "good": ""}
        return plan.model_copy(update=told)
    if says("more", message) and not says("others_too", message) and plan.intent in ("about", *OPEN):
        told = {"intent": "more", "about": (), "fields": (), "wonder": "", "query": ""}
        return plan.model_copy(update=told)
    return None


def _named(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that tells the name of an item, where that is asked for."""
    if not says("named", message):
        return None
    about = plan.about or named_in(message, session.offered, services) or _one(plan, session) or session.slate
    told = {"intent": "about", "inquiry": "named", "about": tuple(about), "fields": (), "degree": None}
    return plan.model_copy(update={**ASIDE, **told})


def _held_against(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that compares the item under discussion with another one that the message names."""
    if _BY_HOW_MUCH.search(message.casefold()) and len(session.slate) > 1 and plan.intent in ("about", "compare"):
        return _by_how_much(plan, session, services)
    if not says("holds_against", message) or len(plan.about) > 1 or not _soft(plan) or len(message) > LONGEST:
        return None
    pair = held_against(plan.about, message, session, services)
    if len(pair) < 2:
        return None
    fields = _asked_fields(plan) or named_fields(message, services.schema)
    way = _way(message, fields, services.schema) if plan.degree is None else ""
    told = {"intent": "compare", "about": pair, "count": None, "inquiry": way, "fields": fields[:1] if way else fields}
    return plan.model_copy(update={**ASIDE, **told})


def _by_how_much(plan: TurnPlan, session: Session, services: Services) -> TurnPlan:
    """Return a plan that holds one item's figure against those of the others shown: "how much more is the Sony?"."""
    about = plan.about if len(plan.about) > 1 else tuple(dict.fromkeys((*plan.about, *session.slate)))
    numbers = [name for name in _asked_fields(plan) if services.schema.by_name[name].kind in ("number", "money")]
    fields = tuple(numbers[:1]) or tuple(filter(None, [services.schema.roles.get("price")]))
    return plan.model_copy(update={**ASIDE, "intent": "compare", "about": about, "fields": fields, "degree": None})


def _way(message: str, fields: tuple[str, ...], schema: Schema) -> str:
    """Return which way a question asks whether one item differs from another: "lower", "higher", "" for neither."""
    field = schema.get(fields[0]) if fields else None
    if field is None or field.kind not in ("number", "money") or not _WHETHER.search(message) or "哪" in message:
        return ""
    text = message.casefold()
    for way, words in (("than_lower", field.less), ("than_higher", field.more)):
        for word in (word for by in words.values() for word in by):
            if re.search(rf"\b{re.escape(word.casefold())}\b", text) if word.isascii() else word.strip("更") in text:
                return way
    return ""


def _asked_fields(plan: TurnPlan) -> tuple[str, ...]:
    """Return the fields that a question asks for, those of its words of degree among them."""
    graded = [edit.requirement.field for edit in plan.edits if edit.requirement is not None]
    return tuple(dict.fromkeys([*plan.fields, *graded]))


def _utmost(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that tells the one of those shown that has the most or least of something, strictly."""
    if plan.about or plan.intent == "more" or not session.slate or len(message) > _SHORT:
        return None
    best = _sold_best(message, services.schema)
    if len(session.slate) < 2:
        asked = _best_of_all(plan, message, services)
        return asked if best is not None else None
    if best is None and (not _asks_for_utmost(plan, message) or len(plan.edits) != 1):
        return None
    if best is not None and plan.edits and not _soft(plan):
        return None
    row = best or plan.edits[0].requirement
    if row is None:
        return None
    told = {"intent": "compare", "about": session.slate, "fields": (row.field,), "degree": row.op, "count": None}
    return plan.model_copy(update={**ASIDE, **told})


def _of_two(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan about the items just compared, or about their prices in another currency, if that is left open."""
    price = services.schema.roles.get("price")
    if plan.currency and price and not plan.fields and _soft(plan) and plan.intent in ("about", *OPEN):
        about = plan.about or _one(plan, session) or session.slate
        return plan.model_copy(update={**ASIDE, "intent": "about", "about": about, "fields": (price,)})
    if plan.intent == "compare" and len(plan.about) > 1 and not plan.fields and not plan.edits:
        return plan.model_copy(update={"fields": named_fields(message, services.schema)})
    if plan.intent == "compare" and not plan.about and session.compared and plan.degree is None and _soft(plan):
        return plan.model_copy(update={"about": session.compared, "query": "", "edits": ()})
    return None


def _asked(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that answers a question about what was shown, where `plan` would search again or tell all."""
    fields = _asked_fields(plan) if plan.intent == "about" or _soft(plan) else ()
    if says("how_to", message) and plan.intent in ("about", *OPEN) and _soft(plan):
        about = plan.about or _one(plan, session) or session.slate
        told = {"intent": "about", "about": about, "fields": (), "wonder": wondered(message) or message}
        return plan.model_copy(update={**ASIDE, **told})
    if plan.intent == "about" and not plan.fields and not plan.wonder:
        return plan.model_copy(update={"wonder": wondered(message)}) if plan.about else None
    if plan.intent in OPEN and _soft(plan) and asks_opinions(message) and asks_of_shown(message):
        about = plan.about or _one(plan, session) or session.slate
        return plan.model_copy(update={**ASIDE, "intent": "about", "about": about, "fields": (), "degree": None})
    whole = says("whole", message) and (len(plan.about) == 1 or bool(_one(plan, session)))
    if (
        plan.intent not in OPEN
        or not (_soft(plan) or _only_repeats(plan, session))
        or not (whole or asks_of_shown(message))
    ):
        return None
    fields = fields or named_fields(message, services.schema)
    pointed = bool(plan.about or says("points", message) or whole)
    if not (pointed or (len(message) <= _SHORT and (fields or plan.intent not in ("chat", "off_topic")))):
        return None
    if not (plan.about or fields) and without_asides(plan, message, session, services) is not plan:
        return None  # whether it is cold outside asks nothing of the shoes
    about = plan.about or _one(plan, session) or session.slate
    told = {"intent": "about", "about": about, "fields": fields, "wonder": wondered(message) or message}
    return plan.model_copy(update={**ASIDE, **told, "degree": None})
