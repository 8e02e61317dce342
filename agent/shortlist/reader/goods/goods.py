"""The thing a request names that is none of the catalog's words: the "watch" of "a running watch with gps"."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from shortlist.reader.message import Context, Draft, Mention
from shortlist.reader.vocabulary import fold, general_words, is_chinese, plural, singular
from shortlist_tools.catalog import Schema

from .kinds import kind_mentions

_LEAST_KINDS = 3
"""A catalog with fewer kinds that have names of their own says too little of what it has."""
_END = (
    r"(?=\W*$|\s*[,.;!?()]|\s\d|\s(?:for|with|that|which|who|under|below|over|above|in|to|from|and|or|at|of|on|then|"
    r"please|than|around|up|by|my|as|is|are|i|you|it|instead|too|here|now|costing|made|so|because|but|not|no|without|"
    r"less|more|between|max|about|if|can|could|would|like|when|where|there|available|today|do|w|tho|though|plz|pls|thx|"
    r"maybe)\b)"
)
_LEAD = (
    r"(?:(?:an?|some|any|the|new|good|nice|great|cheap|decent|small|big|other|another|proper|really|normal|ordinary|"
    r"regular|simple|plain|pair of)\s+)*"
)
_NOUN = rf"(?P<lead>{_LEAD})(?P<noun>(?!(?:no|some|any|every)thing\b)[a-z][a-z0-9'-]*(?: [a-z][a-z0-9'-]*){{0,3}}?)"
_ASKED = re.compile(
    r"\b(?P<verb>(?:look|search|shop|hunt)(?:p?ing)? for|interested in|"
    r"(?:do|does) (?:you|the shop|this shop) (?:have|sell|stock|carry|offer)|you (?:have|sell|stock)|"
    r"have you got|want to (?:buy|get|order)|need to (?:buy|get)|"
    r"(?:could|can) use|(?:i'm|i am|we're|we are) after|(?:of|about) (?:buy|gett)ing|"
    r"where (?:are|is) (?:the|your)|(?:is|are) there|what(?:'s| is)(?= an? )|(?:which|what)(?= [a-z -]+s do you )|"
    r"(?:\$|€|£|¥|\d|budget|spend)(?:(?! for )[^,.;!?]){0,24} for(?= (?:an?|some) )|"
    r"like to buy|buy|sell|want|need|get|find|recommend|suggest|show|give|got|what about|how about)\s+(?:me\s+|us\s+)?"
    rf"{_NOUN}{_END}"
)
_SURE = re.compile(r"look|there|search|shop|hunt|interest|have|sell|stock|carry|buy|order|about|want|use|after|wh|for$")
_BEFORE = (
    r"\W*(?:(?:ok|okay|right|and|so|well|maybe|perhaps|possibly|hmm|yes|no|also|then|hi|hello|hey|hiya|good "
    r"(?:morning|evening))\b\W+)*"
)
_SENTENCE = re.compile(r"[.!?;]\s+(?=\w)")
_ALONE = re.compile(rf"{_BEFORE}{_NOUN}(?P<tail>(?: (?:then|please|instead))*\W*)$")
_ONE = re.compile(rf"{_BEFORE}an? [a-z -]+\W*$")
_FIRST = re.compile(rf"{_BEFORE}{_NOUN}{_END}")
_GONE = (
    r"(?:is |has |have |just |got |was |were |been |suddenly )*"
    r"(?:broke(?:n)?|died|dead|lost|stolen|worn? out|gave (?:up|out)|fell apart|stopped working)\b"
)
_REPLACED = re.compile(rf"\b(?:my|our) (?:old |trusty )?{_NOUN} (?={_GONE}.*\b(?:need|want|looking|new|replace)\b)")
_MAYBE = re.compile(rf"[,.;!?] *(?:(?:so|and|or) )?(?:maybe|perhaps|possibly) {_NOUN}{_END}")
_HEADLINE = re.compile(r"\s*(?:(?:for|with|under|below|around|over|up to)\b|$)|\s*,.*\d")
"""What follows a bare noun that opens a search ("umbrella under 30")."""
_SAYS_HOW = re.compile(
    r"(?:able|ible|ful|less|ous|ive|ish|proof|free|ing|ed|ic|al|ant|ent|ly|est|tion|sion|ment|ness|ity|ism|[^r]y)$"
)
"""Endings of words that say how something is, or name no thing."""
_DONE = re.compile(r"[a-z]{4}[^e]ed$")
"""A participle at the end of several words tells what was done, and ends no thing's name: "a bit undecided"."""
_CLASS = "[个块台辆把双副支只件本条张部顶款套枚对架盆]"
_MEASURE = rf"(?P<measure>一?{_CLASS}|一?[点些]儿?|几[个款]|什么|啥|哪[些种]|)"
_CLOSE_ZH = r"(?:有|卖)?(?:之类的?|这类的?|什么的|那种)?(?:吗|嘛|么|呢|吧|啊|呀|的?推荐|怎么样|如何)*(?=[,。!?;\s]|$)"
_ASKED_ZH = re.compile(
    r"(?P<verb>有没有|卖不卖|有卖|来(?=[一个块台辆把双副支只件条顶款套])|想[买要找换]|想?入手|改[看买要找选]|有|卖|买|找|要|推荐|需要|看看|挑|选|是说|[说指]的是|送[^,。!?;\s]{0,4}?(?=一))"
    rf"{_MEASURE}(?P<noun>(?![买要找看])(?:[a-z][a-z0-9+]*(?: [a-z0-9+]+){{0,3}}|[^,。!?;\s]{{1,12}}?)){_CLOSE_ZH}"
)
_ALONE_ZH = re.compile(
    rf"^(?:那么?|再|哪[个款种]|求?推荐)?{_MEASURE}(?P<noun>[^,。!?;\s的]{{2,8}}?)"
    r"(?:呢|有吗|有没有|卖吗|吗|怎么样|求?推荐(?:一下)?|好)?[?。!]*$"
)
_TOPIC_ZH = re.compile(
    r"^(?:那么?|请问|[你您]们?|这里?|店里|家)*(?P<measure>)(?P<noun>(?!们|[全整]?个?店)[^,。!?;\s的里有]{2,7}?)"
    r"(?P<asks>(?:里面?|当?中|这[类种块])?(?:都|还|又|一般)?"
    r"(?:(?:有|是)(?:什么|啥|哪[些几种]|推荐|没有)|什么牌子|哪[个款种家些台]|(?<=里|中|面)(?:有|最|评|卖)|有(?:便宜|好|贵|大|小|新))"
    r"|卖不卖|卖[吗么])"
)
"""A thing that a question begins with: 手表有哪些, 相机里最贵的是哪个, 冰箱哪款好."""
_FIRST_ZH = re.compile(
    r"^(?:[^,。!?;\s]{1,12}的)?(?P<measure>)(?P<noun>[^,。!?;\s的]{2,5}?)(?:怎么样|求?推荐(?:一下)?)?(?=[\s,。!?;]|$)"
)
_REPLACED_ZH = re.compile(
    r"(?:我|家里?|公司)的?(?P<measure>)(?P<noun>[^,。!?;\s的]{2,6}?)(?:坏|丢|破|碎|摔)[了掉].*(?:想|要|买|换|推荐)"
)
_ABLE_ZH = re.compile(r"^(?:能够?|可以|会|专门|用来|适合)+")
_UNCOUNTED = ("ware", "wear", "ery", "ing", "ss", "us")
_SURE_ZH = frozenset(
    ["有没有", "卖不卖", "有卖", "想买", "想找", "想换", "想入手", "入手", "卖", "买", "是说", "说的是", "指的是"]
)
_THINGS_ZH = frozenset("台辆把双副支件本张部顶枚架")
"""Measure words of things alone."""
_ASKS_ZH = ("吗", "嘛", "么", "卖")
_LONGEST_ZH = 7
_TALK_ZH = re.compile(
    r"[我你他她它您咱不没了过什么哪谁怎送给想要会可是有在和跟到去来这那就也都还再很更最点些便宜贵一下吧吗呢的多少几两三人天岁块元\d]|能(?<!智能)|太(?!阳)|好"
)
_HOW_ZH = re.compile(r"[大小高低长短轻重快慢新旧美丑酷帅甜干湿松学玩喝吃穿戴用说看听问做当让]")
"""Characters of words that say how something is or what is done, unless what they stand in ends as things do."""


class Good(NamedTuple):
    """A thing that is asked for, in the plural where the language has one, and where it stands in the message."""

    name: str
    start: int
    end: int

    def holds(self, draft: Draft, schema: Schema) -> bool:
        """Say whether a requirement was misread: a kind from a part of the thing's name, a sum from 一块 before it."""
        counted = draft.field == schema.roles.get("price") and draft.end == self.start
        return counted or (draft.field == schema.roles.get("kind") and self.start < draft.end <= self.end)


def named_good(context: Context, topics: Collection[str] = ()) -> Good | None:
    """Return what the message asks for by a noun that no word of the catalog stands in, as it was said.

    Whether the catalog has such a thing under another name is for others to tell, who know its titles.

    Args:
        context: The message and the conversation it belongs to.
        topics: What kinds are about, and no thing of its own: coffee, of coffee gear.
    """
    kind = context.schema.role("kind")
    if kind is None or sum(bool(names) for names in kind.values.values()) < _LEAST_KINDS or context.references:
        return None
    found = _chinese(context) if is_chinese(context.scene.folded) else _english(context)
    return None if found and context.scene.folded[found.start : found.end] in topics else found


def asks_for_one(context: Context) -> bool:
    """Say whether a message only asks for one of something: "And a tent?"."""
    return _ONE.match(context.scene.folded) is not None


def opens(context: Context) -> bool:
    """Say whether nothing has been asked for or shown until now."""
    return not (context.shown or context.ledger or context.asked)


def _english(context: Context) -> Good | None:
    text = context.scene.folded
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    for first in filter(None, (_FIRST.match(text, at) for at in starts)):
        if re.match(r"(?:an?|any|some)\b", first["lead"]) and (found := _head(context, first)):
            return found
    for match in (*_ASKED.finditer(text), *_MAYBE.finditer(text), *_REPLACED.finditer(text)):
        several = match["noun"].endswith("s") and singular(match["noun"].split()[-1]) is not None
        verb = match.groupdict().get("verb", "want")  # what may be wanted, and what is to be replaced
        if not (several or match["lead"].split() or _SURE.search(verb)):
            continue
        if found := _head(context, match):
            return found
    return next(filter(None, (_bare(context, at) for at in starts)), None)


def _bare(context: Context, at: int) -> Good | None:
    """Return what a sentence that begins at `at` names without asking for it: "sunglasses?", "umbrella under 30"."""
    alone, first = (pattern.match(context.scene.folded, at) for pattern in (_ALONE, _FIRST))
    if alone is not None:
        words = alone["noun"].split()
        plain = alone["lead"].strip() or "?" in alone["tail"] or singular(words[-1]) or "then" in alone["tail"]
        if (plain or (len(words) > 1 and not context.asked)) and (found := _head(context, alone)):
            return found
    if first is None or not opens(context) or context.named_kinds():
        return None
    several = singular(first["noun"].split()[-1]) is not None
    if not (several or _HEADLINE.match(first.string, first.end("noun"))) or _SAYS_HOW.search(first["noun"]):
        return None
    return _head(context, first)


def _head(context: Context, match: re.Match[str]) -> Good | None:
    """Return a phrase with the noun that it ends in in the plural, if the catalog does not know that noun."""
    general = general_words()
    words = match["noun"].split()
    head = words[-1].strip("'-")
    if (
        _is_refused(context, match)
        or head in general.talk
        or any(word in general.stop_en for word in words)
        or len(head) < 3
        or (len(words) > 1 and _DONE.search(head))
        or (_is_known(context, head) and not _is_of_a_use(context, words))
    ):
        return None
    at = match.start("noun") + match["noun"].rfind(words[-1])
    if any(m.start < at + len(head) and at < m.end for m in context.scene.mentions):
        return None
    named = any(m.start < at and match.start("noun") < m.end for m in kind_mentions(context))
    if (named or any(word in context.lexicon.kind_heads for word in words[:-1])) and not _is_of_another(words, match):
        return None  # what is asked for is named before ("gaming headset plz")
    last = head if singular(head) or head.endswith(_UNCOUNTED) or any(map(str.isdigit, head)) else plural(head)
    return Good(" ".join([*words[:-1], last]), match.start("noun"), match.end("noun"))


def _is_refused(context: Context, match: re.Match[str]) -> bool:
    """Say whether a phrase stands right behind a negation: "no espresso" seeks none."""
    text, start, end = context.scene.folded, match.start("lead"), match.end("noun")
    return any(
        (one.start < end and start < one.end) or (one.end <= start and not text[one.end : start].strip())
        for one in context.scene.marked("not")
    )


def _is_of_a_use(context: Context, words: list[str]) -> bool:
    """Say whether the last word of a kind's names stands behind a use that the catalog does not know: sleeping bag."""
    head, use = singular(words[-1]) or words[-1], words[0]
    unknown = context.lexicon.phrases.get(use) is None and use not in general_words().words() | general_words().talk
    return len(words) == 2 and use.endswith("ing") and unknown and head in context.lexicon.kind_heads


def _is_of_another(words: list[str], match: re.Match[str]) -> bool:
    """Say whether a noun behind the name of a kind names another thing: coffee beans, a headphone stand."""
    several, head = singular(words[-1]) is not None, words[-1]
    counted = match["lead"].startswith(("a ", "an ")) and not _SAYS_HOW.search(head)
    return singular(words[-2]) is None and (several or counted)


def _is_known(context: Context, head: str) -> bool:
    """Say whether a noun is a word of the catalog, ends one of its names, or is no thing that a shop has."""
    general = general_words()
    forms = {head, singular(head) or head, plural(head)}
    if forms & (general.no_goods | general.words()):
        return True
    return any(context.lexicon.phrases.get(form) for form in forms) or not forms.isdisjoint(context.lexicon.last_words)


def _chinese(context: Context) -> Good | None:
    text = context.scene.folded
    whole = filter(None, [_TOPIC_ZH.match(text), _ALONE_ZH.match(text)])
    found = [*_ASKED_ZH.finditer(text), *_REPLACED_ZH.finditer(text), *whole]
    if opens(context) and not context.named_kinds():
        found += filter(None, [_FIRST_ZH.match(text)])
    for match in found:
        start, end = match.start("noun") + match["noun"].rfind("的") + 1, match.end("noun")
        verb = match.groupdict().get("verb", "")
        counted, asks = match["measure"].removeprefix("一"), match.groupdict().get("asks", "")
        sure = (
            verb in _SURE_ZH
            or bool(asks)
            or (bool(verb) and counted in _THINGS_ZH)
            or verb[:1] == "送"
            or (bool(verb) and text[end : end + 1] in _ASKS_ZH)
        )
        # 那电视呢, where nothing was found yet, goes on asking what there is.
        sure = sure or (not (context.shown or context.ledger) and text.startswith("那") and "呢" in text[end:])
        start = _behind(context, start, end)
        noun = text[start:end]
        over = (m for m in context.scene.mentions if m.start < end and start < m.end)
        if any(not _is_part(context, m, start, end) for m in over):
            continue
        # 有香味吗 asks of what is shown, unless the word ends as things do.
        about = asks or text[end : end + 1] in _ASKS_ZH
        if (context.shown or context.kinds()) and about and noun[-1:] not in general_words().goods_end:
            continue
        if len(noun) == 1 and match["measure"] and noun not in general_words().goods_end:
            start = _described(context, match.start("noun"), start)
            if start < end - 1:
                return Good(text[start:end], start, end)
        elif _may_be_goods(noun, sure=sure, least=1 if match["measure"] else 2):
            return Good(noun, start, end)
    return None


def _behind(context: Context, start: int, end: int) -> int:
    """Return where a noun begins behind words of the catalog that say how it is to be: 手表 in 防水手表."""
    for mention in context.scene.mentions:
        if mention.start <= start < mention.end < end and not _is_part(context, mention, start, end):
            start = mention.end
    return start


def _is_part(context: Context, mention: Mention, start: int, end: int) -> bool:
    """Say whether a word of the catalog only begins the name of another thing: 红酒杯, 跑步机."""
    said, rest = context.scene.folded[mention.start : mention.end], context.scene.folded[mention.end : end]
    ends = rest in general_words().goods_end
    by_chance = len(said) == 1 and not mention.having("value", "flag", "field") and not _HOW_ZH.search(said)  # 平板
    return mention.start == start and ends and (bool(mention.having("value")) or by_chance)


def _described(context: Context, start: int, end: int) -> int:
    """Return where the words begin that tell what the last character of some names of kinds is for (泡茶的壶)."""
    text, kind = context.scene.folded, context.lexicon.kind
    names = [fold(word) for by in context.field(kind or "").values.values() for word in by.get("zh", ())]
    able = _ABLE_ZH.match(text[start:end])
    start += able.end() if able else 0
    said = text[start : end - 1]
    plain = (
        len(said) < 2 or _TALK_ZH.search(said) or any(m.start < end and start < m.end for m in context.scene.mentions)
    )
    ends = any(name.endswith(text[end]) for name in names)
    return end if plain or not ends or any(said in name for name in names) else start


def _may_be_goods(noun: str, *, sure: bool, least: int) -> bool:
    """Say whether a Chinese word may be a thing: no word of talk in it, and where the frame leaves it open, its end."""
    general = general_words()
    if (
        not least <= len(noun) <= (_LONGEST_ZH if not noun.isascii() else 24)
        or (_TALK_ZH.search(noun) and not noun.isascii())
        or any(noun.endswith(w) for w in general.no_goods)
    ):
        return False
    if general.stop_zh.scan(noun) and any(f.end - f.start > 1 for f in general.stop_zh.scan(noun)):
        return False
    ends = noun[-1] in general.goods_end
    return ends and sure if _HOW_ZH.search(noun) else ends or (sure and len(noun) > 1)
