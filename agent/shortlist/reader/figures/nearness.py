"""What stands near something: kinds that only say where (餐馆附近的酒店), and questions about an item's neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shortlist.reader.message import Context, Mention
from shortlist.reader.vocabulary import Lexicon, fold

_NEAR = r"(?:附近|周边|周围|旁边|边上|近旁)"
_ANCHORS = re.compile(rf"^的?{_NEAR}")
_NEARBY = re.compile(_NEAR)
_SEEKS = re.compile(
    r"推荐|介绍|想要|想去|想找|想在|想吃|想住|找[个家一间处]|找到|给我|帮我(?!.{0,4}[查看问])|预订|预定"
)
_TELLS = re.compile(r"告诉我|说[一下说]*|查[一下查]*")
_ASKS = re.compile(r"有什么|有啥|有哪|有没有|有别的|都有|还有|有.{0,12}[吗么嘛]|吗|呢|哪些|什么|[??]")
_DONE = re.compile(
    r"(?:[去逛玩游吃住订定选看找挑](?:完|好|过|了|到了?)|安排[好完妥]当?|结束|离开)(?:这|那|该)?[个家座所间处]?$"
)
_REMARK = re.compile(
    r"(?:不少|挺多|真多|好多.*|这么多.*|安排[好完妥]了?|安排妥当了?|搞定了?|解决了?|妥了|有了|没问题了?)[啊呀呢哦吧了哈]*$"
)
_LEFT = re.compile(r"^(?:里面?)?(?:出来|回来|离开)(?:之?后|以后)")
_SHORT = 12
_LOOK_BACK = 12


class Neighbours:
    """Which fields tell what stands near an item: several values, most of them titles of other items.

    Args:
        values: Values that occur in the catalog, by field.
        titles: The titles of the catalog, folded.
    """

    def __init__(self, values: Mapping[str, Sequence[str]], titles: frozenset[str]) -> None:
        self.fields = frozenset(
            name
            for name, found in values.items()
            if found and 2 * sum(fold(value) in titles for value in found) >= len(found)
        )

    def names_an_item(self, text: str, start: int, end: int, lexicon: Lexicon) -> bool:
        """Say whether words that are a value of such a field name the item itself, not a place to be near to."""
        senses = lexicon.phrases.get(text[start:end])
        if not senses or any(sense.part != "value" or sense.field not in self.fields for sense in senses):
            return False
        near = _ANCHORS.match(text[end:])
        return near is None or is_about_neighbours(_sentence(text, start))


def is_about_neighbours(sentence: str) -> bool:
    """Say whether a sentence asks what there is near an item, and does not seek an item by it or by a figure."""
    near = _NEARBY.search(sentence)
    asks = near and (_ASKS.search(sentence, near.end()) or _TELLS.search(sentence, 0, near.start()))
    return bool(asks and not _SEEKS.search(sentence))


def mark_anchors(context: Context) -> None:
    """Rule out kinds that only say where or when: "餐馆附近" seeks no restaurant, "去完景点" no sight."""
    kinds = [m for m in context.scene.live() if _is_kind(context, m)]
    text = context.scene.folded
    for mention in kinds:
        clause = context.scene.clauses[context.scene.clause_at(mention.start)]
        words = text[clause.start : clause.end]
        said_done = _REMARK.search(words)
        done = _DONE.search(text[max(0, mention.start - _LOOK_BACK) : mention.start]) or said_done
        aside = is_about_neighbours(words) and _NEARBY.search(text, clause.start, mention.start)
        if (
            _ANCHORS.match(text[mention.end : mention.end + _LOOK_BACK])
            or (done and (mention is not kinds[-1] or (said_done and _SEEKS.search(text, clause.end))))
            or (_LEFT.match(text[mention.end : mention.end + _LOOK_BACK]) and mention is not kinds[-1])
            or (aside and not (clause.start <= kinds[0].start and kinds[-1].end <= clause.end))
        ):
            mention.dead = True


def left_behind(context: Context, sought: bool) -> list[str]:
    """Return the fields on which a requirement of being near something ends: another request says nothing of it."""
    held = {row.field for row in context.ledger} & context.neighbours
    return sorted(held) if sought and not _NEARBY.search(context.scene.folded) else []


def asked_neighbours(context: Context, start: int, end: int) -> list[str]:
    """Return the fields that tell the neighbours asked about: 周边 … 餐馆 is the field called 周边餐馆."""
    text = context.scene.folded
    found = []
    for near in _NEARBY.finditer(text, start, end):
        for mention in context.scene.mentions:
            if (
                near.end() <= mention.start <= near.end() + _SHORT
                and mention.start < end
                and _is_kind(context, mention)
            ):
                called = context.lexicon.phrases.get(near.group() + text[mention.start : mention.end])
                found += [sense.field for sense in called or () if sense.part == "field"]
    return found


def _is_kind(context: Context, mention: Mention) -> bool:
    return any(sense.field == context.lexicon.kind for sense in mention.having("value"))


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in "。!?;\n") + 1
    ends = [place for mark in "。!?;\n" if (place := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text)) + 1]
