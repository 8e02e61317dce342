"""What a message tells of items beside requirements: bought, had, turned down; and what it wants to be reminded of."""

from __future__ import annotations

import re

from shortlist.reader.message import Context, Draft, Feedback, FeedbackKind
from shortlist_tools.text.units import WORDS, convert, dimension

_QUESTION = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|also|hmm|well|oh)\W+)*(?:why|do|does|did|have you|has|is|are|was|can|could|would|"
    r"should|what|which|how|who|where|when)\b|吗|为什么|怎么|多少|哪|\?"
)
_BOUGHT = re.compile(
    r"\b(?:i|we)(?:'ve|'d)? (?:have |had )?(?:\w+ )?(?:bought|ordered|purchased|own|picked up)\b|"
    r"\b(?:i|we)(?:'ve|'d)? (?:have |had |'ve )?(?:already|just) (?:got|have|own|bought|ordered|purchased|took)\b|"
    r"\b(?:just|already) (?:bought|ordered|purchased|picked up|got)\b|\b(?:i|we)(?:'ve| have) (?:already )?got\b|"
    r"买过|买了|已经有|早就有|家里有|入手了|下单了|订了|有了"
)
_HAD = re.compile(
    r"\b(?:i|we|they|he|she|everyone)(?:'ve|'d)? (?:have |had )?(?:\w+ )?(?:played|read|watched|seen|finished|"
    r"been to|been through)\b|玩过|看过|读过|喝过|去过|上过|听过"
)
_DOWN = re.compile(
    r"(?:\bnot|\bno|\bnor|\bhat(?:e|ed)|\bdislik(?:e|ed)|n't (?:really )?(?:like|want|love|enjoy|need|fancy|show me|"
    r"into)|\bnot (?:into|keen on|a fan of|interested in)|\bskip|\bexcept|\banything but|\bother than|\bdrop|\bremove|"
    r"\bwithout|\binstead of|\brather than|\bapart from|不要|不想要|不喜欢|不太喜欢|别推|别给我|别再推|除了|排除|讨厌|"
    r"去掉|不是|不考虑|别)\W*(?:the |that |this |your |those |one |[这那]?[款个]?)?$"
)
_DOWN_AFTER = re.compile(
    r"^\W*(?:one |pair )?(?:isn't|is not|wasn't|was not|ain't) (?:for me|my thing|what|right|it)\b|"
    r"^\W*(?:one )?(?:is |was )?(?:out|no good|a no)\b|^\W*[这那]?[款个]?(?:就|我)?"
    r"(?:不要|不行|不喜欢|不感兴趣|没(?:什么|啥)?兴趣|没感觉|算了|不考虑|不想要|"
    r"除外|太丑|不好看|不合适|就算了|pass)"
)
_AS_DRAFT = re.compile(
    r"\b(?:as|than|(?<!n't )(?<!n't really )(?<!n't much )(?<!do not )(?<!did not )like)\W*(?:the )?$|像|比$"
)
_ALIKE = re.compile(
    r"\b(?:similar|something like|anything like|like (?:it|that|this)|another|along (?:the|those) lines|comparable)\b|"
    r"类似|差不多的|同类|这一类|那样的|这样的"
)
_THIS_BRAND = re.compile(
    r"(?P<not>不要|不想|不喜欢|讨厌|烦|受不了|别|拒绝|\bno\b|\bnot\b|\bnever\b|n't\b|\bnothing\b|\bavoid\b|\bskip\b|"
    r"\bexclude\b|\bhate\b|\bdislike\b|\bdetest\b|\bsick of\b)"
    r"[^,。!?;,.]{0,24}?(?:[这那]个?(?:牌子|品牌|家的?)|\b(?:this|that) (?:brand|make|maker|company)\b|(?:它|他)们?家)"
    r"|[这那]个?(?:牌子|品牌)的?(?:东西)?(?:我|就|都)*(?:不[要想喜行考]|讨厌|算了|除外|排除)"
)
_POINTER = re.compile(r"(?:(?:this|that|the) ?(?:one)?|it|[这那]一?[个款双副台件种盏瓶]|它)")
_GIVES = re.compile(
    r"\b(?:i|we)(?:'d| would| will|'ll)? (?:give|gave|rate|rated) [^.!?;]{0,40}$"
    r"|^\W*(?:please )?(?:rate|give) (?!me\b|us\b)[^.!?;]{0,40}$"
    r"|\b(?:deserves?|gets?|earns?|is worth) (?:an? |full )?$|(?:打|给(?!我))[^,。!?;]{0,16}$"
)
_FROM_ME = re.compile(r"^\s*(?:from (?:me|us)\b|给[它第这那]|(?:for|to) (?:it|this|that|the|number)\b)")
_RECALL = re.compile(
    r"\bwhat (?:else )?(?:did|have|had|was it) (?:i|we)(?:'ve)? (?:\w+ ){0,2}?"
    r"(?P<en>buy|bought|order|ordered|get|got|purchase|purchased|look|looked|view|viewed|seen|see|browsed?|like|liked|"
    r"rate|rated|watch|watched)\b|"
    r"\bmy (?:last|previous|past|earlier|recent) (?P<noun>orders?|purchases?|views?|likes?)\b|"
    r"\bmy (?P<history>(?:order|purchase|buying|shopping|viewing|browsing) history)\b|"
    r"\bwhich (?:\w+ ){1,3}?(?:did|have) i (?:\w+ )?(?P<which>buy|bought|ordered?|looked?|viewed?|seen)\b|"
    r"(?:我|咱|俺)?(?:之前|以前|上次|上回|都|曾经|过去|最近|上一次){1,3}我?都?(?P<zh>买|下单|订|看|浏览|逛|收藏|喜欢)"
    r"(?:过|了)?的?(?:是|都是)?(?:什么|哪些|啥|哪[款个几])|我都?(?P<zh2>买|下单|看|浏览)(?:过|了)(?:什么|哪些|啥)|"
    r"我的(?P<zh3>购买|订单|浏览)记录"
)
_KINDS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"look|view|see|brows|看|浏览|逛"), ("viewed",)),
    (re.compile(r"watch"), ("watched", "viewed")),
    (re.compile(r"lik|rate|收藏|喜欢"), ("liked", "rated", "added")),
    (re.compile(""), ("bought",)),
)


def read_feedback(context: Context) -> list[Feedback]:
    """Return what the message tells of the items it points at, each once."""
    scene = context.scene
    found: dict[str, Feedback] = {}
    for start, end, name in context.references:
        clause = scene.clauses[scene.clause_at(start)]
        sentence = [c for c in scene.clauses if c.sentence == clause.sentence]
        said = scene.folded[sentence[0].start : sentence[-1].end + 1]
        if _is_another(context, start, end, name):
            continue
        before, after = scene.folded[clause.start : start], scene.folded[end : clause.end + 1]
        kind: FeedbackKind | None = None
        if _DOWN.search(before) or _DOWN_AFTER.match(after):
            kind = "dismissed"
        elif not _QUESTION.search(said):
            own = scene.folded[clause.start : clause.end]
            kind = "bought" if _BOUGHT.search(own) else "watched" if _HAD.search(own) else None
        if kind == "dismissed" and (_QUESTION.match(said) or _AS_DRAFT.search(before)):
            kind = None
        if kind is not None:
            found.setdefault(name, Feedback(kind=kind, item_id=name, quote=scene.text[start:end]))
    return list(found.values())


def _is_another(context: Context, start: int, end: int, name: str) -> bool:
    """Say whether "that one" stands for a value named before, which the item under discussion does not have."""
    item = context.known.get(name)
    if item is None or not _POINTER.fullmatch(context.scene.folded[start:end]):
        return False
    said = [s for m in context.scene.mentions if m.end <= start for s in m.senses if s.part == "value"]
    return any(s.value not in _listed(item.values.get(s.field)) for s in said)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def mark_own_ratings(context: Context) -> tuple[tuple[str, float], ...]:
    """Rule out the stars that the user gives, which ask for nothing ("5 stars from me"); return them with the item."""
    text = context.scene.folded
    talked = context.talked() or (context.shown[0] if len(context.shown) == 1 else None)
    found: dict[str, float] = {}
    for figure in context.figures:
        if figure.quantity.dimension != "rating" or figure.quantity.op != "==":
            continue
        clause = context.scene.clauses[context.scene.clause_at(figure.start)]
        if _GIVES.search(text[clause.start : figure.start]) or _FROM_ME.match(text[figure.end :]):
            figure.dead = True
            stars = figure.quantity.value
            if talked is not None and isinstance(stars, int | float):
                found[talked.id] = float(stars)
    return tuple(found.items())


def wants_alike(context: Context) -> bool:
    """Say whether the message wants items like one that it names."""
    return bool(_ALIKE.search(context.scene.folded))


def refuse_brand(context: Context) -> list[Draft]:
    """Mark a brand that the message names and then refuses ("never show me this brand"), or return that of the item."""
    brand = context.schema.role("brand")
    match = _THIS_BRAND.search(context.scene.folded) if brand else None
    if match is None or brand is None:
        return []
    named = [m for m in context.scene.mentions if any(s.field == brand.name and s.part == "value" for s in m.senses)]
    if earlier := [m for m in named if m.end <= match.end()]:
        earlier[-1].negated, earlier[-1].dead, earlier[-1].soft = True, False, False
        return []
    talked = context.talked() or next(iter(context.shown), None)
    value = talked.values.get(brand.name) if talked else None
    return [Draft(brand.name, "!=", value, match.start(), match.end())] if value else []


def recalled(folded: str) -> tuple[str, ...]:
    """Return the kinds of event that a message asks to be reminded of ("what did I buy last time?")."""
    match = _RECALL.search(folded)
    if match is None:
        return ()
    word = next(value for value in match.groupdict().values() if value)
    return next(kinds for pattern, kinds in _KINDS if pattern.search(word))


_IN_ANOTHER = re.compile(
    r"\W*(?:(?:and|so|ok|okay|then|but|hmm)\W+)*(?:(?:how|what) (?:about|is|would|'s)"
    r"(?: that| it| this| they| those)?(?: be)? )?"
    r"(?:in|into|to) (?P<word>[a-z]{3,7})(?: please| then| instead| terms|\W)*"
    r"|[那么请能可以帮我都要]*(?:换算?成?|折合?成?|折算成?|算成|改成|转成?|按|用|以|是)(?P<zh>[\u4e00-\u9fff]{2,4}?)"
    r"(?:计?算|价|计价|结算|显示|是|合|要|约|大概|多少钱?|呢|吧|吗|的话|怎么样|来|\W)*"
)
"""Nothing but the currency that a price is to be told in: "how about in yuan?", 换成人民币呢."""


def asked_currency(context: Context) -> str:
    """Return the currency that a price is asked for in ("how much is that in euros?"), or an empty string."""
    scene, price = context.scene, context.schema.role("price")
    alone = _IN_ANOTHER.fullmatch(scene.folded)
    if price is None or not (context.questions or context.references or alone):
        return ""
    if alone and dimension(unit := WORDS.get(alone["word"] or alone["zh"], "")) == "money":
        return unit
    if _weighed(context):
        return ""
    for word, unit in WORDS.items():
        if dimension(unit) != "money" or len(word) < 2:
            continue
        lead = r"\b(?:in|into|to) (?:us )?" if unit == price.unit else r"(?<![a-z0-9])"
        found = re.search(rf"{lead}{re.escape(word)}(?![a-z])", scene.folded)
        if found and not any(f.start <= found.start() < f.end for f in context.figures):
            return unit
    if re.search(r"\b(?:in|to|into) pounds\b", scene.folded):
        return "GBP"
    return ""


def _weighed(context: Context) -> bool:
    """Say whether "in pounds" is asked of something that is weighed: "how much does it weigh in pounds?"."""
    asked = [context.field(name) for question in context.questions for name in question.fields]
    return any(field.kind == "number" and field.unit and convert(1.0, "lb", field.unit) is not None for field in asked)
