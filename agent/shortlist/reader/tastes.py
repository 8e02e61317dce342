"""What the person likes and is whom a present is for: wishes, never bounds ("for dad, he's into hiking")."""

from __future__ import annotations

import re

from .clauses import Clause
from .context import Context
from .values import value_sense

_GIFT = re.compile(
    r"\b(?:gifts?|presents?|birthday|christmas|anniversary|surprise|stocking|wedding|farewell|housewarming|"
    r"for (?:him|her|them|my|our|his|a friend|a colleague|someone|somebody))\b|送|礼物|礼品|生日|纪念日|"
    r"给[他她我爸妈老男女朋同儿孩]"
)
_WHO = r"(?:he|she|they|who|(?:my|our|his|her|their|the) (?:[\w-]+ ){1,3}?)"
_LIKES = re.compile(
    rf"\b{_WHO}(?:'s |'re )?\s*(?:(?:is|are|really|also|absolutely|just|always|both|quite|very|totally|mostly) )*"
    r"(?:(?P<dislikes>hates?|dislikes?|can't stand|isn't into|isn't a fan of|(?:doesn't|don't|does not|"
    r"do not) (?:really )?(?:like|enjoy))"
    r"|likes?|loves?|enjoys?|adores?|into|fond of|keen on|crazy about|mad about|a (?:big |huge |real |massive )?fan of|"
    r"passionate about|obsessed with|interested in|prefers) "
)
_PERSON_ZH = (
    r"(?:他们?|她们?|人家|对方|(?:我|我们|咱)?(?:老?[爸妈公婆]|爸爸|妈妈|爷爷|奶奶|外公|外婆|岳父|岳母|公公|婆婆|"
    r"儿子|女儿|[男女]?朋友|"
    r"闺蜜|哥们|同事|领导|老板|老师|弟弟?|妹妹?|哥哥?|姐姐?|侄子|侄女|外甥女?|孩子|室友|对象|舅舅|叔叔|阿姨|父亲|母亲))"
)
_LIKES_ZH = re.compile(
    _PERSON_ZH
    + r"[^,。!?;]{0,6}?(?:(?P<dislikes>不喜欢|不太喜欢|不爱|讨厌)|(?<!不)(?:喜欢|喜爱|爱好|热爱|酷爱|爱(?!人|心)|"
    r"迷上|着迷于|沉迷|痴迷|钟情于|对))"
)
_IS = re.compile(rf"\b{_WHO}(?:'s|'re| is| are| has| have)(?: got)?(?: (?:a|an|very|really|quite))* ")
_IS_ZH = re.compile(_PERSON_ZH + r"(?:的皮肤)?(?:是|有|属于|也是|家里?有)")


def mark_tastes(context: Context) -> None:
    """Turn the values in statements about a third person's taste or traits into wishes, where a present is meant."""
    if not is_present(context):
        return
    for clause in context.scene.clauses:
        text = context.scene.folded[clause.start : clause.end]
        match = _LIKES.search(text) or _LIKES_ZH.search(text)
        if match is None and (told := _IS.match(text.lstrip(" ,")) or _IS_ZH.match(text)):
            _soften(context, clause.start + text.find(told.group()) + len(told.group()), clause.end)
        if match is None or (match.group().endswith("对") and not re.search(r"兴趣|着迷|有研究", text)):
            continue
        _mark(context, clause, clause.start + match.end(), dislikes=bool(match["dislikes"]))


def is_present(context: Context) -> bool:
    """Say whether the conversation is about something for somebody else."""
    said = [context.scene.folded, *(f"{row.quote} {row.value}".lower() for row in context.ledger)]
    return any(_GIFT.search(text) for text in said)


def _soften(context: Context, start: int, end: int) -> None:
    """Turn what somebody is told to be or to have into wishes: "she has dry skin" asks for nothing itself."""
    for mention in context.scene.live():
        sense = value_sense(context, mention) if start <= mention.start < end else None
        if sense is not None and sense.part == "value" and context.field(sense.field).kind == "multi_category":
            mention.soft = True
            context.tastes.append((mention.start, mention.end))


def _mark(context: Context, clause: Clause, start: int, *, dislikes: bool) -> None:
    for mention in context.scene.live():
        if not start <= mention.start < clause.end:
            continue
        sense = value_sense(context, mention)
        if sense is not None and sense.part == "value" and context.field(sense.field).kind == "multi_category":
            mention.soft, mention.negated = True, dislikes
        elif not mention.having("more", "less"):
            mention.dead = True
    if not dislikes:
        context.tastes.append((start, clause.end))
