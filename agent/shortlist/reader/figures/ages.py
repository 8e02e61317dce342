"""Which ages ask for something: a child's does, where such items tell from what age on they are fit."""

from __future__ import annotations

import re

from shortlist.reader.message import Context, Draft, Figure
from shortlist.reader.stance import is_present
from shortlist_tools.catalog import Field

_GROWN_UP = 18.0
_ABOUT_ME = re.compile(
    r"^\W*(?:(?:and|well|because|since|as|but|so)\s+)*(?:i|we)(?:'m|'re| am| are)\b|"
    r"^(?:我|我们|咱们?)(?:今年|现在|都|已经)"
)
_GROWN_UPS = re.compile(
    r"\b(?:adults|grown[- ]?ups|an adult|a grown[- ]?up)\b(?! (?:and|or|with|&) (?:\w+ )?(?:kids|children))|"
    r"\bno (?:kids|children|little ones|toddlers)\b(?! under)|"
    r"(?<!和)(?<!、)(?:大人|成年人|成人)(?!和|跟|小孩|孩子|带|陪)|(?:没有?|不带|(?<![这那都也些个款])不是给?)(?:小孩|孩子|小朋友)"
)
_FOR_A_CHILD = re.compile(
    r"\b(?:forget|ignore|never mind|scratch|leave out)"
    r"(?: (?:what|everything|all)(?: that)? (?:i|we) (?:said|told you|wrote|mentioned))?(?: about)?"
    r" (?:my|our|the|his|her) (?:[a-z]+ )?(?:nephew|niece|son|daughter|kids?|child|children|"
    r"grand\w+|toddler|boys?|girls?|baby|little one)\b|"
    r"(?:忘掉|忘了|不用管|别管|不管|先不管|不考虑)[^,，。]{0,6}?"
    r"(?:孩子|小孩|儿子|女儿|侄子|侄女|外甥女?|孙子|孙女|宝宝|小朋友)"
)
_IN_THE_PAST = re.compile(
    r"\b(?:was|were|had|broke|lost|died|bought|stole|ate|used to)\b|坏了|丢了|摔|去年|以前|买过|买了|用过"
)


def is_of_a_child(figure: Figure) -> bool:
    """Say whether a figure tells an age under which things may be unfit."""
    quantity = figure.quantity
    return quantity.dimension == "age" and (quantity.low or quantity.high or 0.0) < _GROWN_UP


def limits_age(context: Context, figure: Figure, field: Field) -> bool:
    """Say whether an age asks for something of a field that tells from what age items are fit."""
    if context.coverage.of(field.name, context.kinds()) == 0.0:
        return False
    return is_of_a_child(figure) or figure.quantity.op not in ("==", "between")


def is_told(context: Context, figure: Figure, clause: str) -> bool:
    """Say whether a statement tells the age of a child for whom something is looked for ("our youngest is 6")."""
    if not is_of_a_child(figure) or _ABOUT_ME.match(clause):
        return False
    return is_present(context) or bool(context.kinds() and not _IN_THE_PAST.search(clause))


def no_child_after_all(context: Context) -> list[tuple[str, int, int]]:
    """Return the child's age that is taken back: "it's for adults, no kids", "forget what I said about my nephew"."""
    field = context.schema.roles.get("age_rating")
    held = any(row.field == field and row.op in ("<", "<=") for row in context.ledger)
    if not held or any(is_of_a_child(figure) and not figure.dead for figure in context.figures):
        return []
    text = context.scene.folded
    match = _GROWN_UPS.search(text) or _FOR_A_CHILD.search(text)
    if match is None:
        return []
    context.dead_spans.append(match.span())
    return [(str(field), *match.span())]


def for_the_youngest(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return `drafts` with one age where several are told: what fits the youngest fits all ("they're 4 and 7")."""
    field = context.schema.roles.get("age_rating")
    ages = [draft for draft in drafts if draft.field == field and draft.op == "<="]
    if len(ages) < 2:
        return drafts
    youngest = min(ages, key=lambda draft: float(draft.value))
    return [draft for draft in drafts if draft not in ages or draft is youngest]
