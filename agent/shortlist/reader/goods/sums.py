"""Which sum of a message is for everything together: "all together under $200", "I have $200 for a lamp and a bag"."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist.reader.message import Context, Draft

from .exact import Exact
from .kinds import kind_mentions, kind_of
from .parts import parts_of
from .structure import BOTH, OR

_NEAR = 40
_PAIR = 2
_IN_COMPANY = re.compile(r"[和跟与同][^,。!?;和跟与同]{1,8}一起$")
"""Who goes along, no sum: 和朋友一起."""
_HELD = re.compile(
    r"\b(?:have|got|budget of|with|spend)\W*(?:about |around |up to |only |just )?\W*$|(?:有|预算|拿|用|花)\W*$"
)
_SPENT = re.compile(r"\b(?:for|on|to (?:buy|get|spend|set up|furnish|cover))\b|买|配|凑|想要|给")
_FOR_IT = re.compile(r"\s*(?:for|on|towards?)\s+(?:(?:an?|the|some|my|new)\s+)*(?:[a-z]+\s+){0,2}")
_BUDGET = re.compile(r"\s*(?:dollars?|bucks|euros?|pounds?|quid)?\s*budget\b|的?预算")
_TOGETHER = re.compile(r"\b(?:together|combined|the two of them)\b(?! with)")
"""A sum to spend, what it is spent on, and that it is for all of it."""
_ADDED_UP = re.compile(
    r"\s*(?:dollars?|bucks|euros?|pounds?|quid)?\s*(?:all )?(?:together|combined|altogether)\b(?! with)"
)


def mark_sums(context: Context) -> None:
    """Let a budget for everything together concern the whole slate: "all together under $200", 一套不超过1000元."""
    scene = context.scene
    _mark_shares(context)
    _mark_purse(context)
    _mark_standing(context)
    for figure in context.figures:
        if _ADDED_UP.match(scene.folded, figure.end) and figure.quantity.dimension in (None, "money"):
            figure.scope, figure.group = "slate", None
    for marker in scene.marked("slate"):
        if _IN_COMPANY.search(scene.folded[max(0, marker.end - 12) : marker.end]):
            continue
        number = scene.clause_at(marker.start)
        for at in (number, number + 1, number - 1):
            if not 0 <= at < len(scene.clauses) or (
                at != number and scene.clauses[at].sentence != scene.clauses[number].sentence
            ):
                continue
            clause = scene.clauses[at]
            money = [
                f
                for f in context.figures
                if clause.start <= f.start < clause.end and f.quantity.dimension in (None, "money")
            ]
            if money:
                nearest = min(money, key=lambda f: abs(f.start - marker.start))
                nearest.scope, nearest.group = "slate", None
                break


def _mark_shares(context: Context) -> None:
    """Let each of several amounts bound the kind that it is said to be for: "100 for headphones, 50 for a lamp"."""
    kinds, price = kind_mentions(context), context.schema.role("price")
    money = [f for f in context.figures if not f.dead and f.quantity.dimension in (None, "money")]
    text = context.scene.folded
    shares = [(f, m) for m in kinds for f in money if _FOR_IT.fullmatch(text[f.end : m.start]) and f.start < m.start]
    if price is None or len({kind_of(context, mention) for _, mention in shares}) < _PAIR:
        return
    unit = next((f.quantity.unit for f, _ in shares if f.quantity.unit), price.unit)
    for figure, mention in shares:
        if figure.quantity.dimension is None:
            figure.quantity = replace(figure.quantity, unit=unit, dimension="money")
        figure.scope, figure.group = f"kind:{kind_of(context, mention)}", None


def for_all_parts(context: Context, drafts: list[Draft], exact: Exact) -> list[Draft]:
    """Return `drafts` with the one budget for several names of a kind as the set's: $500 for grinder and kettle."""
    kind, text = context.lexicon.kind, context.scene.folded
    price = [d for d in drafts if d.field == context.schema.roles.get("price") and d.op in ("<", "<=") and not d.scope]
    if len(price) != 1 or BOTH.search(text):
        return drafts
    before = text[max(0, price[0].start - _NEAR) : price[0].start]
    named = [d for d in drafts if d.field == kind and d.op == "==" and parts_of(text[d.start : d.end], d.value, exact)]
    if not named or not (_HELD.search(before) or _BUDGET.match(text, price[0].end)):
        return drafts
    return [replace(draft, scope="slate") if draft is price[0] else draft for draft in drafts]


def _mark_purse(context: Context) -> None:
    """Let the one sum that is there to spend on several kinds concern them all: "I have $200 for a lamp and a bag"."""
    kinds = [m for m in kind_mentions(context) if m.having("value")]
    money = [f for f in context.figures if not f.dead and f.quantity.dimension in (None, "money")]
    if len({kind_of(context, m) for m in kinds}) < _PAIR or len(money) != 1:
        return
    purse, text = money[0], context.scene.folded
    starts = [purse.start, *(kind.start for kind in kinds)]
    sentences = {context.scene.clauses[context.scene.clause_at(start)].sentence for start in starts}
    alternatives = OR.search(text, kinds[0].end, kinds[-1].start)
    before, after = text[max(0, purse.start - _NEAR) : purse.start], text[purse.end : kinds[0].start]
    own = context.scene.clauses[context.scene.clause_at(purse.start)]
    apart = own.end <= kinds[0].start
    alone = apart and not (text[own.start : purse.start] + text[purse.end : own.end]).strip()
    told = alone or _HELD.search(before) or _BUDGET.match(text, purse.end)
    held = purse.end <= kinds[0].start and told and (apart or _SPENT.search(after))
    if len(sentences) == 1 and not alternatives and (held or _TOGETHER.search(text)):
        purse.scope, purse.group = "slate", None


def _mark_standing(context: Context) -> None:
    """Let a new sum change the budget that stands for the whole set: 能不能压到600以内."""
    standing = any(row.scope == "slate" and row.hard for row in context.ledger)
    money = [f for f in context.figures if not f.dead and f.scope is None and f.quantity.dimension in (None, "money")]
    if not standing or kind_mentions(context):
        return
    if len(money) == 1 and money[0].quantity.op not in (">", ">=") and not BOTH.search(context.scene.folded):
        money[0].scope, money[0].group = "slate", None
    fields = {row.field for row in context.ledger if row.scope == "slate" and row.hard}
    for mention in context.scene.live() if not context.references else ():
        if mention.scope is None and any(sense.field in fields for sense in mention.having("more", "less")):
            mention.scope = "slate"  # "cheaper" asks it of the whole set, which has one sum
