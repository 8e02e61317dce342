"""Questions that hold items against each other: the utmost of those shown, by how much, which way they differ."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Literal

from shortlist.inquiry import counted, says
from shortlist.reader import of_all_there_is
from shortlist.turn.state import WISH, Services, Session, active
from shortlist.turn.texts import named_fields
from shortlist.turn_plan import PlannedEdit, TurnPlan
from shortlist_tools.catalog import Requirement, Schema

from .items import Best, utmost_of_all
from .plans import ASIDE, OPEN, PAIR, SHORT, asked_fields, is_soft, says_two, the_one
from .pointing import held_against

_BEST_SELLING = re.compile(
    r"\b(?:best[- ]?sell(?:er|ers|ing)|sells? (?:the )?(?:best|most)|"
    r"most (?:bought|sold|purchased|reviews|reviewed|popular))\b|"
    r"卖[得的]最[好多火]|销量(?:最[好高大]|第一)|最(?:畅销|热销|热门|火|受欢迎)|(?:评价|评论)(?:数|数量)?最多|(?:买|选)的人最多|最多人[买选]"
)
_SPOKEN_OF = re.compile(
    r"\b(?P<low>worst|lowest|poorest|fewest)\b[- ](?:\w+ )?(?:reviews?|reviewed|feedback|opinions)\b"
    r"|\b(?:best|highest|top)[- ](?:\w+ )?(?:reviews?|reviewed|feedback|opinions)\b"
    r"|(?:评价|评论|口碑|反馈)(?:是)?最(?:(?P<bad>差|坏|低|烂|糟)|[好高棒佳])|最(?P<poor>差|坏|烂)的?(?:评价|口碑)"
)
_WHICH = re.compile(r"\b(?:which|what|what's|whats|who)\b|哪|谁|多少|什么|啥|呢|\?|？")
_WHICH_ONE = re.compile(r"\b(?:which|what|what's|whats|who)\b|哪|谁|什么|啥")
_WHETHER = re.compile(
    r"^\W*(?:(?:and|so|but|ok)\W+)*(?:is|are|was|does|do|will|has)\b|[吗么嘛?？]\W*$|(.)不\1", re.IGNORECASE
)
_BY_HOW_MUCH = re.compile(
    r"[贵宜轻重长短大小快慢亮高低多少](?:了)?多少(?!钱)|差(?:了)?多少|差价|差几"
    r"|\bhow much (?:more|less|cheaper|dearer|\w+er)\b|\b(?:price )?gap\b|\bdifference in \w+"
)
_SUPERLATIVE = re.compile(r"\b(?:\w{2,}est|best|most|least)\b|最")
_AND = re.compile(r"\b(?:and|with|to|vs|versus|against)\b|[和跟与同、]|还有")
_BESIDE = re.compile(
    r"\bcompar\w*\b|\bside by side\b|\bvs\b|\bversus\b|\bagainst\b|\bnext to\b|\bdifferences?\b|\bdiffer\b"
    r"|比|区别|差别|不同|并排|放(?:在)?一起"
)
"""What holds several things against each other."""
LONGEST = 70


def best_of_all(plan: TurnPlan, message: str, services: Services) -> TurnPlan:
    """Return `plan` to show one item where a question asks for the utmost of all."""
    wish = _sold_best(message, services.schema)
    edits = plan.edits
    if wish is not None and not any(edit.requirement and edit.requirement.op in WISH for edit in edits):
        edits = (*edits, PlannedEdit(action="add", requirement=wish, field=wish.field, quote=wish.quote))
        return plan.model_copy(update={"intent": "find", "edits": edits, "count": plan.count or 1, "query": ""})
    return plan.model_copy(update={"count": plan.count or 1}) if _asks_for_utmost(plan, message) else plan


def utmosts(message: str, session: Session, services: Services) -> list[Best]:
    """Return the fields that a message names the utmost of, each with its end: the cheapest and the best rated."""
    found: list[Best] = []
    for part in _AND.split(message) if len(_SUPERLATIVE.findall(message.casefold())) > 1 else [message]:
        read = services.reader.read(part, ledger=active(session.ledger))
        asked: list[Best] = [(name, read.degree) for name in read.about[:1] if read.degree]
        ends = [(row.field, row.op) for row in read.requirements]
        found += asked or [(name, op) for name, op in ends if op in ("lowest", "highest")]
    return list(dict.fromkeys(found))


def two_held_together(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that compares two items: those that have the utmost of two things, or the two just singled out."""
    text = message.casefold()
    if len(message) > LONGEST or not session.slate or not _BESIDE.search(text) or not is_soft(plan):
        return None
    ends = utmosts(message, session, services) if len(_SUPERLATIVE.findall(text)) > 1 else []
    pair: tuple[str, ...] = ()
    if len(ends) == PAIR:
        profile, in_force = services.profiles.summary(session.user), active(session.ledger)
        for best in ends:
            found, _ = utmost_of_all(best, plan, in_force, session, profile, services, message)
            found = found or _utmost_among(best, session.slate, services)
            pair += tuple(one for one in found[:1] if one not in pair)
    elif says_two(text) and not counted(message) and plan.about in ((), session.slate, session.compared):
        pair = next((one for one in (session.singled, session.compared, session.slate) if len(one) == PAIR), ())
        pair = pair or (session.slate if len(session.slate) > 1 else ())
    if not pair:
        return None
    told = {"intent": "compare", "about": pair, "fields": named_fields(message, services.schema) if not ends else ()}
    return plan.model_copy(update={**ASIDE, **told, "degree": None, "count": None, "inquiry": ""})


def _utmost_among(best: Best, ids: Sequence[str], services: Services) -> list[str]:
    """Return the items of `ids` whose value of a field is known, the utmost first."""
    figures = {one: float(services.snapshot.numbers(best[0])[services.snapshot.row_of[one]]) for one in ids}
    known = [one for one in ids if not math.isnan(figures[one])]
    return sorted(known, key=lambda one: figures[one] if best[1] == "lowest" else -figures[one])


def utmost_shown(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that tells the one of those shown that has the most or least of something, strictly."""
    if plan.intent == "more" or not session.slate or len(message) > SHORT:
        return None
    if plan.about:
        return _utmost_pointed_at(plan, message, session, services)
    best = _sold_best(message, services.schema)
    if len(session.slate) < 2:
        asked = best_of_all(plan, message, services)
        return asked if best is not None else None
    if of_all_there_is(message.casefold()):
        return best_of_all(plan, message, services) if _asks_for_utmost(plan, message) else None
    if best is None and (not _asks_for_utmost(plan, message) or len(plan.edits) != 1):
        return None
    if best is not None and plan.edits and not is_soft(plan):
        return None
    row = best or plan.edits[0].requirement
    if row is None:
        return None
    told = {"intent": "compare", "about": session.slate, "fields": (row.field,), "degree": row.op, "count": None}
    return plan.model_copy(update={**ASIDE, **told})


def _utmost_pointed_at(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that tells which has the utmost, where a question for it was taken for one of the item that has."""
    text = message.casefold()
    asks = len(plan.about) == 1 and len(session.slate) > 1 and not counted(message) and plan.intent == "about"
    few = plan.count is not None and plan.count > 1 and not plan.inquiry  # "the three cheapest ones"
    if not asks or plan.about[0] not in session.slate or not _SUPERLATIVE.search(text):
        return None
    ends = utmosts(message, session, services) if few or _WHICH_ONE.search(text) else []
    if few and len(ends) == 1:
        wish = Requirement(field=ends[0][0], op=ends[0][1], hard=False, quote=message.strip())
        edits = (PlannedEdit(action="add", requirement=wish, field=wish.field, quote=wish.quote),)
        return plan.model_copy(update={**ASIDE, "intent": "refine", "about": (), "edits": edits, "fields": ()})
    if len(ends) != 1 or plan.fields not in ((), (ends[0][0],)):
        return None
    told = {"intent": "compare", "about": session.slate, "fields": (ends[0][0],), "degree": ends[0][1], "count": None}
    return plan.model_copy(update={**ASIDE, **told})


def against_another(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that compares the item under discussion with another one that the message names."""
    if _BY_HOW_MUCH.search(message.casefold()) and len(session.slate) > 1 and plan.intent in ("about", "compare"):
        return _by_how_much(plan, session, services)
    if not says("holds_against", message) or len(plan.about) > 1 or not is_soft(plan) or len(message) > LONGEST:
        return None
    pair = held_against(plan.about, message, session, services)
    if len(pair) < 2:
        return None
    fields = asked_fields(plan) or named_fields(message, services.schema)
    way = _way(message, fields, services.schema) if plan.degree is None else ""
    told = {"intent": "compare", "about": pair, "count": None, "inquiry": way, "fields": fields[:1] if way else fields}
    return plan.model_copy(update={**ASIDE, **told})


def of_those_compared(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan about the items just compared, or about their prices in another currency, if that is left open."""
    price = services.schema.roles.get("price")
    if plan.currency and price and not plan.fields and is_soft(plan) and plan.intent in ("about", *OPEN):
        about = plan.about or the_one(plan, session) or session.slate
        return plan.model_copy(update={**ASIDE, "intent": "about", "about": about, "fields": (price,)})
    if plan.intent == "compare" and len(plan.about) > 1 and not plan.fields and not plan.edits:
        return plan.model_copy(update={"fields": named_fields(message, services.schema)})
    if plan.intent == "compare" and not plan.about and session.compared and plan.degree is None and is_soft(plan):
        return plan.model_copy(update={"about": session.compared, "query": "", "edits": ()})
    return None


def _by_how_much(plan: TurnPlan, session: Session, services: Services) -> TurnPlan:
    """Return a plan that holds one item's figure against those of the others shown: "how much more is the Sony?"."""
    about = plan.about if len(plan.about) > 1 else tuple(dict.fromkeys((*plan.about, *session.slate)))
    numbers = [name for name in asked_fields(plan) if services.schema.by_name[name].kind in ("number", "money")]
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


def _sold_best(message: str, schema: Schema) -> Requirement | None:
    """Return the wish for what sells best, or for what is spoken of best or worst."""
    role, said = schema.role("popularity"), _BEST_SELLING.search(message.casefold())
    op: Literal["lowest", "highest"] = "highest"
    if said is None:
        role, said = schema.role("rating"), _SPOKEN_OF.search(message.casefold())
        op = "lowest" if said and any(said.groups()) else op
    if role is None or said is None:
        return None
    return Requirement(field=role.name, op=op, hard=False, quote=said[0])


def _asks_for_utmost(plan: TurnPlan, message: str) -> bool:
    wished = [edit for edit in plan.edits if edit.requirement is not None and edit.requirement.op in WISH]
    return len(wished) == 1 and bool(_WHICH.search(message.casefold()) and _SUPERLATIVE.search(message.casefold()))
