"""Turns what asks something of the items shown into a question about them, in place of another search."""

from __future__ import annotations

import re

from shortlist.inquiry import asks_of_shown, counted, read_inquiry, says
from shortlist.offline import OFF_TOPIC
from shortlist.reader import Exact, none_pleases
from shortlist.turn.state import Services, Session
from shortlist.turn.texts import asks_opinions, counts_opinions, named_fields, wondered
from shortlist.turn.wishes import without_asides
from shortlist.turn_plan import TurnPlan

from .comparing import against_another, best_of_all, of_those_compared, two_held_together, utmost_shown
from .inquiring import of_stock, opinions_of_shown
from .plans import ASIDE, OPEN, SHORT, asked_fields, fields_of, is_soft, only_repeats, questions_in, the_one
from .pointing import named_in
from .pricing import priced, without_promoted
from .taking import between, gone_back, others_wanted, remarked, taken
from .variants import values_named, with_variant, with_variants

_FEW = re.compile(r"\b(?:first|last) (?:two|three|2|3)\b|\bboth of them\b|前[两二三23][个款]|这两[个款]")
_EITHER = re.compile(
    r"^\W*(?:(?:so|and|is it|are they|is that|are those)\s+)*[\w-]+(?: [\w-]+)? or [\w-]+(?: [\w-]+)?\s*\?\W*$"
    r"|^\W*(?:它们?|[这那][个款些]|第.[个款])?(?:是)?(?!还是)[^,，。?？\s]{1,8}还是[^,，。?？\s]{1,8}[?？。\s]*$"
)
"""What asks which of two things items are, and says nothing else."""
_ASKS_WHETHER = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|hmm|also|then)\W+)*(?:is|are|does|do|can|could|will|would|what|which|how)\b"
    r"|[吗么嘛]\W*$|(.)[不没]\1|还是"
)
_CAN_ZH = re.compile(
    r"(?:能|可以|会|适合|行)[^,，。有找推]{0,6}[吗么嘛]\W*$|(?:能不能|可不可以|适不适合|行不行)[^有找推]*$"
)
"""What asks whether items can be so, with no word of their own for them: 干皮能用吗."""


def with_question(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan:
    """Return `plan`, to answer a question about what was shown where `message` asks one; else as it is."""
    if plan.intent in ("profile", "reset") or plan.recall or session.confirming or plan.inquiry:
        return plan
    kind = read_inquiry(message)
    if kind not in (None, "opinions", "pick", "total") or (
        plan.intent == "reject" and none_pleases(message.casefold())
    ):
        return plan
    if found := without_promoted(plan, message, session, services.schema):
        return found
    if found := of_stock(plan, message, session, services):
        return found
    if found := opinions_of_shown(plan, message, session):
        return found
    if found := gone_back(plan, message, session, services):
        return found
    if found := _out_of_sight(plan, message, session):
        return found
    if not session.slate and not plan.about:
        if says("general", message) and plan.intent in ("find", "about", "compare") and not session.pending:
            return plan.model_copy(update={"intent": "chat", "inquiry": "general", "query": "", "unheard": ""})
        return best_of_all(plan, message, services)
    if session.told == "abstain" and says("nearest", message):
        # What misses least was told; it is told again.
        return plan.model_copy(update={**ASIDE, "intent": "refine", "fields": (), "degree": None, "unheard": ""})
    for step in _STEPS:
        found = step(plan, message, session, services)
        if found is not None:
            return found
    return plan


def _out_of_sight(plan: TurnPlan, message: str, session: Session) -> TurnPlan | None:
    """Return a plan to say what was shown, where the message speaks of items that were not."""
    places = counted(message)
    missing = [place for place in places if place > len(session.slate)]
    if session.slate and missing:
        told = {"intent": "about", "inquiry": "beyond", "about": session.slate}
        return plan.model_copy(update={**ASIDE, **told, "fields": (), "degree": None})
    idle = not session.offered and not plan.about
    counts = idle and bool(places) and is_soft(plan)
    few = idle and is_soft(plan) and len(message) <= SHORT and _FEW.search(message.casefold())
    idle = idle and not plan.edits
    if few or counts or (idle and says("named", message)):
        return plan.model_copy(update={**ASIDE, "intent": "chat", "inquiry": "shown", "fields": (), "degree": None})
    if idle and says("points", message) and asks_of_shown(message):
        return plan.model_copy(update={**ASIDE, "intent": "chat", "inquiry": "shown", "fields": (), "degree": None})
    return None


def _named(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that tells the name of an item, where that is asked for."""
    if not says("named", message):
        return None
    about = plan.about or named_in(message, session.offered, services) or the_one(plan, session) or session.slate
    told = {"intent": "about", "inquiry": "named", "about": tuple(about), "fields": (), "degree": None}
    return plan.model_copy(update={**ASIDE, **told})


def _counted_opinions(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that tells how many reviews there are, where that is asked for."""
    field = services.schema.role("popularity")
    if field is None or plan.edits or not counts_opinions(message):
        return None
    about = plan.about or the_one(plan, session) or session.slate
    return plan.model_copy(update={**ASIDE, "intent": "about", "about": about, "fields": (field.name,), "degree": None})


def _either(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that answers which of two things items are: "wired or wireless?", 充电的还是插电的."""
    kind = services.schema.roles.get("kind")
    if session.pending or len(message) > SHORT or any(edit.field == kind for edit in plan.edits):
        return None
    if plan.intent not in OPEN or not _EITHER.search(message.casefold()):
        return None
    about = plan.about or the_one(plan, session) or session.slate
    values = [name for name, _ in values_named(message, services.schema)]
    fields = tuple(dict.fromkeys((*values, *named_fields(message, services.schema))))
    told = {"intent": "about", "about": about, "fields": fields, "wonder": wondered(message) or message}
    return plan.model_copy(update={**ASIDE, **told, "degree": None})


def _several(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that answers each of several questions asked at once of the items shown."""
    parts = questions_in(message)
    kind = services.schema.roles.get("kind")
    if not parts or plan.degree or plan.pointing or any(edit.field == kind for edit in plan.edits):
        return None
    of_them = plan.intent == "about" or plan.about or the_one(plan, session) or says("points", message)
    if not of_them or not (not plan.edits or (plan.intent != "more" and _only_asks(plan, message, services))):
        return None
    answers = [fields_of(part, session, services) for part in parts]
    if not any(answers) or any(read_inquiry(part) not in (None, "opinions") for part in parts):
        return None
    about = plan.about or the_one(plan, session) or session.slate
    fields = tuple(dict.fromkeys(name for found in answers for name in found))
    about = with_variants(about, fields, services) if says("variants", message) else about
    told = {"intent": "about", "about": about, "fields": fields, "unheard": ""}
    return plan.model_copy(update={**ASIDE, **told, "wonder": wondered(message) or message, "degree": None})


def _asked(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan | None:
    """Return a plan that answers a question about what was shown, where `plan` would search again or tell all."""
    fields = asked_fields(plan) if plan.intent == "about" or is_soft(plan) else ()
    if says("how_to", message) and plan.intent in ("about", *OPEN) and is_soft(plan):
        about = plan.about or the_one(plan, session) or session.slate
        told = {"intent": "about", "about": about, "fields": (), "wonder": wondered(message) or message}
        return plan.model_copy(update={**ASIDE, **told})
    if plan.pointing:
        return plan
    if plan.intent == "about" and not plan.fields and not plan.wonder:
        return plan.model_copy(update={"wonder": wondered(message)}) if plan.about else None
    if plan.intent in OPEN and is_soft(plan) and asks_opinions(message) and asks_of_shown(message):
        about = plan.about or the_one(plan, session) or session.slate
        return plan.model_copy(update={**ASIDE, "intent": "about", "about": about, "fields": (), "degree": None})
    whole = says("whole", message) and (len(plan.about) == 1 or bool(the_one(plan, session)))
    only_asks = _only_asks(plan, message, services)
    if only_asks:
        fields = tuple(dict.fromkeys((*fields, *(edit.field for edit in plan.edits if edit.field))))
    if (
        plan.intent not in OPEN
        or not (
            only_asks or is_soft(plan) or (only_repeats(plan, session) and not _names_others(plan, session, services))
        )
        or not (whole or asks_of_shown(message))
    ):
        return None
    fields = fields or named_fields(message, services.schema)
    if plan.intent == "off_topic" and OFF_TOPIC.search(message) and not says("points", message):
        return None  # the weather is no matter of the item under discussion
    pointed = bool(plan.about or says("points", message) or whole)
    if not (pointed or (len(message) <= SHORT and (fields or plan.intent not in ("chat", "off_topic")))):
        return None
    if not (plan.about or fields) and without_asides(plan, message, session, services) is not plan:
        return None  # whether it is cold outside asks nothing of the shoes
    about = plan.about or the_one(plan, session) or session.slate
    told = {"intent": "about", "about": about, "fields": fields, "wonder": wondered(message) or message}
    return plan.model_copy(update={**ASIDE, **told, "degree": None})


def _names_others(plan: TurnPlan, session: Session, services: Services) -> bool:
    """Return whether a message names the kind by a name that others of it go by, and none that is shown: 精华有吗."""
    kind, snapshot = services.schema.roles.get("kind"), services.snapshot
    shown = [snapshot.row_of[one] for one in session.slate if one in snapshot.row_of]
    rows = [edit.requirement for edit in plan.edits if edit.requirement is not None and edit.requirement.op == "=="]
    exact, said = Exact.of(snapshot), [(row.quote, str(row.value)) for row in rows if row.field == kind]
    named = (exact.named(*one) for one in said)
    return any(mask is not None and not mask[shown].any() for mask in named) or any(exact.unborne(*one) for one in said)


def _only_asks(plan: TurnPlan, message: str, services: Services) -> bool:
    """Return whether values that a message names are only what it asks of items: 干皮能用吗, "is it waterproof?"."""
    schema, kind = services.schema, services.schema.roles.get("kind")
    asked = [edit.requirement for edit in plan.edits if edit.action == "add" and edit.requirement is not None]
    values = [row for row in asked if row.op in ("==", "contains") and row.field != kind]
    values = [row for row in values if schema.by_name[row.field].kind in ("category", "multi_category", "flag")]
    of_them = plan.about or says("points", message)
    form = _ASKS_WHETHER if of_them else _CAN_ZH
    return bool(asked) and len(values) == len(plan.edits) and form.search(message.casefold()) is not None


_STEPS = (
    between,
    _several,
    with_variant,
    priced,
    taken,
    others_wanted,
    _named,
    two_held_together,
    against_another,
    utmost_shown,
    of_those_compared,
    _counted_opinions,
    _either,
    remarked,
    _asked,
)
"""What a message may ask of items, what is told most surely first."""
