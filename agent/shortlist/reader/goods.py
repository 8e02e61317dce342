"""The thing a request names that is none of the catalog's words: the "watch" of "a running watch with gps"."""

from __future__ import annotations

import re

from .context import Context
from .forms import is_chinese, plural, singular
from .words import general_words

_LEAST_KINDS = 3
"""A catalog with fewer kinds that have names of their own says too little of what it has."""
_END = (
    r"(?=\W*$|\s*[,.;!?()]|\s(?:for|with|that|which|who|under|below|over|above|in|to|from|and|or|at|of|on|then|please|"
    r"than|around|up|by|my|as|is|are|i|you|it|instead|too|here|now|costing|made|so|because|but|not|no|without|less|"
    r"more|between|max|about|if|can|could|would|like|when|where|there|available|today|w|tho|though|plz|pls|thx)\b)"
)
_LEAD = r"(?:(?:an?|some|any|the|new|good|nice|great|cheap|decent|small|big|other|another|proper|really|pair of)\s+)*"
_NOUN = rf"(?P<lead>{_LEAD})(?P<noun>[a-z][a-z'-]*(?: [a-z][a-z'-]*){{0,3}}?)"
_ASKED = re.compile(
    r"\b(?P<verb>(?:look|search|shop)(?:ing)? for|interested in|(?:do|does) (?:you|the shop|this shop) (?:have|sell|"
    r"stock|carry|offer)|you (?:have|sell|stock)|have you got|want to (?:buy|get|order)|need to (?:buy|get)|"
    r"like to buy|buy|sell|want|need|get|find|recommend|suggest|show|give|got|what about|how about)\s+(?:me\s+|us\s+)?"
    rf"{_NOUN}{_END}"
)
_SURE = re.compile(r"look|search|shop|interest|have|sell|stock|carry|buy|order|about|want")
_ALONE = re.compile(
    rf"^\W*(?:(?:ok|okay|and|so|well|maybe|perhaps|hmm|yes|no|also)\W+)*{_NOUN}"
    r"(?P<tail>(?: (?:then|please|instead))*\W*)$"
)
_FIRST = re.compile(rf"^\W*{_NOUN}{_END}")
_ASKED_ZH = re.compile(
    r"(?P<verb>有没有|卖不卖|想买|想要|想找|有|卖|买|找|要|推荐|需要|看看)(?:一?[个块台辆把双副支只件本条张部顶款套]|一?[点些]儿?|几[个款])?"
    r"(?P<noun>(?![买要找看])[^,。!?;\s]{2,12}?)(?:有|卖)?(?:之类的?|这类的?|什么的|那种)?(?:吗|嘛|么|呢|吧|啊|呀|的?推荐)*(?=[,。!?;]|$)"
)
_ALONE_ZH = re.compile(
    r"^(?:那么?|再)?(?:一?[个块台辆把双副支只件本条张部顶款套])?(?P<noun>[^,。!?;\s的]{2,8}?)(?:呢|有吗|有没有|卖吗|吗)?[?。!]*$"
)
_UNCOUNTED = ("ware", "wear", "ery", "ing", "ss", "us")
_SURE_ZH = ("有没有", "卖不卖", "想买", "卖", "买")
_ASKS_ZH = ("吗", "嘛", "么", "卖")
_LONGEST_ZH = 7
_TALK_ZH = re.compile(
    r"[我你他她它您咱不没了过什么哪谁怎送给想要能会可是有在和跟到去来这那就也都还再很太更最点些便宜贵好一下吧吗呢的多少几两三人天岁块元"
    r"大小高低长短轻重快慢新旧美丑酷帅甜干湿轻松学玩喝吃穿戴用说看听问做当让\d]"
)


def named_good(context: Context) -> str:
    """Return what the message asks for by a noun that no word of the catalog stands in, as it was said; else nothing.

    Whether the catalog has such a thing under another name is for others to tell, who know its titles.
    """
    kind = context.schema.role("kind")
    if kind is None or sum(bool(names) for names in kind.values.values()) < _LEAST_KINDS or context.references:
        return ""
    return _chinese(context) if is_chinese(context.scene.folded) else _english(context)


def _english(context: Context) -> str:
    text = context.scene.folded
    first = _FIRST.match(text)
    if first and re.match(r"(?:an?|any|some)\b", first["lead"]) and (found := _head(context, first)):
        return found
    for match in _ASKED.finditer(text):
        several = match["noun"].endswith("s") and singular(match["noun"].split()[-1]) is not None
        if not (several or match["lead"].split() or _SURE.search(match["verb"])):
            continue
        if found := _head(context, match):
            return found
    alone = _ALONE.match(text)
    if alone is None:
        return ""
    words = alone["noun"].split()
    plain = alone["lead"].strip() or "?" in alone["tail"] or singular(words[-1]) or "then" in alone["tail"]
    return _head(context, alone) if plain or (len(words) > 1 and not context.asked) else ""


def _head(context: Context, match: re.Match[str]) -> str:
    """Return a phrase with the noun that it ends in in the plural, if the catalog does not know that noun."""
    general = general_words()
    words = match["noun"].split()
    head = words[-1].strip("'-")
    if head in general.talk or any(word in context.lexicon.last_words for word in words[:-1]):
        return ""  # what is asked for is named before ("gaming headset plz")
    if any(word in general.stop_en for word in words) or len(head) < 3 or _is_known(context, head):
        return ""
    at = match.start("noun") + match["noun"].rfind(words[-1])
    if any(m.start < at + len(head) and at < m.end for m in context.scene.mentions):
        return ""
    last = head if singular(head) or head.endswith(_UNCOUNTED) else plural(head)
    return " ".join([*words[:-1], last])


def _is_known(context: Context, head: str) -> bool:
    """Say whether a noun is a word of the catalog, ends one of its names, or is no thing that a shop has."""
    general = general_words()
    forms = {head, singular(head) or head, plural(head)}
    if forms & (general.no_goods | general.words()):
        return True
    return any(context.lexicon.phrases.get(form) for form in forms) or not forms.isdisjoint(context.lexicon.last_words)


def _chinese(context: Context) -> str:
    text = context.scene.folded
    found = [*_ASKED_ZH.finditer(text), *filter(None, [_ALONE_ZH.match(text)])]
    for match in found:
        start, end = match.start("noun") + match["noun"].rfind("的") + 1, match.end("noun")
        noun = text[start:end]
        sure = "verb" in match.groupdict() and (match["verb"] in _SURE_ZH or text[end : end + 1] in _ASKS_ZH)
        # 那电视呢, where nothing was found yet, goes on asking what there is.
        sure = sure or (not (context.shown or context.ledger) and text.startswith("那") and "呢" in text[end:])
        if any(m.start < end and start < m.end for m in context.scene.mentions) or not _may_be_goods(noun, sure=sure):
            continue
        return noun
    return ""


def _may_be_goods(noun: str, *, sure: bool) -> bool:
    """Say whether a Chinese word may be a thing: no word of talk in it, and where the frame leaves it open, its end."""
    general = general_words()
    if (
        not 2 <= len(noun) <= _LONGEST_ZH
        or _TALK_ZH.search(noun.replace("智能", ""))
        or any(noun.endswith(w) for w in general.no_goods)
    ):
        return False
    if general.stop_zh.scan(noun) and any(f.end - f.start > 1 for f in general.stop_zh.scan(noun)):
        return False
    return sure or noun[-1] in general.goods_end
