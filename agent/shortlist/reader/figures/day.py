"""Times of somebody's day, which are no lengths of items: 通勤一个半小时, 一天到晚."""

from __future__ import annotations

import re

from shortlist.reader.message import Context, Figure

_A_LENGTH = re.compile(
    r"(?:\b(?:for|of|in|takes?|lasts?|about|exactly)(?: an?)?|正好|有没有|有|要|来个?|玩|做|看|听|学)\s*$"
)
_OF_LENGTH = re.compile(r"^\s*(?:的|长|就|能|可以|long\b|or (?:so|less)\b|tops\b|max\b|session|version)")


def is_of_the_day(context: Context, figure: Figure) -> bool:
    """Say whether a bare time, with no kind of item spoken of, is one of somebody's day: 通勤一个半小时, 一天到晚.

    One that stands alone, or where a length is told ("for an hour", "takes 20 minutes", 半小时的), is asked for.
    """
    quantity, scene = figure.quantity, context.scene
    if quantity.dimension != "duration" or quantity.op != "==" or quantity.approximate or context.kinds():
        return False
    if not context.lexicon.kind:
        return False
    clause = scene.clauses[scene.clause_at(figure.start)]
    before, after = scene.folded[clause.start : figure.start], scene.folded[figure.end : clause.end]
    alone = not (before + after).strip(" .!?，。")
    return not (alone or _A_LENGTH.search(before) or _OF_LENGTH.match(after))
