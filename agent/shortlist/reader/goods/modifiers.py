"""What stands beside the name of a kind and tells some of its items apart: a yoga class, 头戴式耳机, 讲咖啡的文章."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist.reader.message import Context, Draft, Figure, Moment
from shortlist.reader.vocabulary import general_words, is_cjk, longest

from .exact import Exact
from .parts import listed

_WORD = re.compile(r"(?<![\w'])[a-z][a-z0-9'+#]+")
_GRAMMAR = frozenset({"a", "an", "the", "of", "for", "with", "and", "or", "to", "in", "my", "your", "some", "any"})
_MOST = 3
"""Words that are looked at before the name of a kind."""
_MOST_ZH = 6
_GAP = 7
"""Characters between two names of a kind that are named together."""
_ABOUT = re.compile(r"\s+(?:about|on|covering)\s+(?:how to |the |a |an )*([a-z]+(?: [a-z]+)?)")
_ABOUT_ZH = re.compile(
    r"(?:里面?)?(?:是|有)?(?:讲|关于|介绍|说|聊|教)(?:的是|怎么|如何)?([\u4e00-\u9fff]{2,6}?)(?=的|吗|么|嘛|呢|$|[,。!?;])"
)
_ABOUT_BEFORE_ZH = re.compile(r"(?:讲|关于|介绍|聊|教)(?:怎么|如何)?([\u4e00-\u9fff]{2,6}?)的$")
_WIDER = re.compile(
    r"\b(?:any|all|all the|all your|every|other|different|whatever|the other)(?: kinds? of| sorts? of| types? of)? $"
    r"|(?:别的|其他的?|其它的?|所有的?|全部的?|任何|随便什么|各种)$"
)
"""Words by which the plain name of a kind stands for the whole of it again."""


def with_modifiers(context: Context, drafts: list[Draft], exact: Exact) -> list[Draft]:
    """Return `drafts` with the words of a wanted kind as far as they tell which of its items are meant."""
    kind = context.lexicon.kind
    return [
        _whole(context, one, drafts, exact) if one.field == kind and one.op == "==" and one.hard else one
        for one in drafts
    ]


def _whole(context: Context, draft: Draft, drafts: list[Draft], exact: Exact) -> Draft:
    text, value = context.scene.folded, str(draft.value)
    if lead := _WIDER.search(text[: draft.start]):
        return replace(draft, start=lead.start())
    start = _before(context, draft, drafts, exact)
    about = _ABOUT.match(text, draft.end) or _ABOUT_ZH.match(text, draft.end)
    end = _last_of_several(context, draft)
    if about and exact.tells(text[about.start(1) : about.end(1)], value, topic=True):
        end = about.end(1)
    lead = _ABOUT_BEFORE_ZH.search(text[: draft.start])
    if lead and exact.tells(lead.group(1), value, topic=True):
        start = lead.start(1)
    start, end = listed(context, draft, start, end, exact)
    return replace(draft, start=start, end=end)


def _last_of_several(context: Context, draft: Draft) -> int:
    """Return where the last of several names of one kind ends: a mask or a cream, 面膜面霜之类."""
    end = draft.end
    for mention in context.scene.live():
        same = any(s.field == draft.field and s.value == draft.value for s in mention.having("value"))
        if same and not mention.negated and 0 <= mention.start - end <= _GAP:
            end = mention.end
    return end


def _before(context: Context, draft: Draft, drafts: list[Draft], exact: Exact) -> int:
    """Return where the words begin that stand right before a kind's name and tell some of its items apart."""
    text, value, at = context.scene.folded, str(draft.value), draft.start
    found = at
    for _ in range(_MOST):
        begin = _longest_before(context, at, value, exact)
        skipped = next((m for m in context.scene.mentions if m.start < at and _touches(text, m.end, at)), None)
        if any(one.start < at and _touches(text, one.end, at) for one in _figures(context)):
            break
        if skipped is not None and (begin == at or begin >= skipped.start):
            own = any(one.start <= skipped.start < one.end for one in drafts)
            if skipped.negated or not skipped.wanted:
                break
            if not own and exact.tells(text[skipped.start : skipped.end], value):
                found = skipped.start
            at = skipped.start
        elif begin < at:
            found = at = begin
        else:
            break
    return found


def _figures(context: Context) -> list[Figure | Moment]:
    return [*context.figures, *context.moments]


def _touches(text: str, end: int, at: int) -> bool:
    return end <= at and not text[end:at].strip(" -的")


def _longest_before(context: Context, at: int, kind: str, exact: Exact) -> int:
    """Return where the longest words before `at` begin that tell items of a kind apart; `at` where none do."""
    head = context.scene.folded[:at].rstrip(" 的")
    general = general_words()
    taken = [(one.start, one.end) for one in [*_figures(context), *context.scene.mentions]]
    least = max((end for start, end in taken if start < len(head)), default=0)
    if head and is_cjk(head[-1]):
        stops = [f for f in longest(general.stop_zh.scan(head)) if f.end - f.start > 1]
        for begin in range(max(least, len(head) - _MOST_ZH), len(head) - 1):
            part = head[begin:]
            if all(map(is_cjk, part)) and not any(f.end > begin for f in stops) and exact.tells(part, kind):
                return begin
        return at
    words = list(_WORD.finditer(head))[-_MOST:]
    for place, first in enumerate(words):
        said = head[first.start() :]
        plain = place == len(words) - 1 and (said in general.words() or said in general.no_goods)
        whole = first.start() >= least and not re.search(r"[^a-z0-9'+# ]", said)
        inner = context.scene.text[: first.start()].endswith("-")  # closed-back is no back
        if whole and not plain and not inner and first.group() not in _GRAMMAR and exact.tells(said, kind):
            return first.start()
    return at
