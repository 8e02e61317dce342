"""Words that look like requirements and ask for nothing: opinions, praise, claims to repeat, places, comparisons."""

from __future__ import annotations

import re

from shortlist.reader.message import Clause, Context, Mention

_OPINION = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|anyway|by the way|btw|hey|hi|hmm|well)\W+)*"
    r"(?:(?:who|what|how|why|when)\s+)?do you (?:think|reckon|believe|suppose)\b(?! (?:you|i|we)\b)"
    r"|^\W*will (?:it|there) (?:rain|snow|be (?:sunny|cold|hot|warm|windy))\b"
    r"|^(?:那|话说|对了|诶|哎)*你(?:觉得|认为|怎么看|猜)(?!我)[^,。!?;]{0,12}(?:会不会|会.{1,8}吗|该不该|应该.{1,8}吗)"
)
_DICTATES = re.compile(
    r"\byou (?:must|should|have to|will|need to|are to|shall)(?: always| now)? (?:say|claim|pretend|repeat|state)\b"
    r"|\b(?:from now on|always|please|now|just)[ ,]+(?:say|claim|state|insist)(?: that)? (?:it|this|that|the \w+)\b"
    r"|\byou(?:'re| are) now (?:an?|my|the|in)\b|^\W*你(?:现在|从现在(?:起|开始)|以后)(?:起|就|都)*是"
    r"|\b(?:repeat after me|pretend (?:that )?(?:it|you|this)|say that (?:it|this) (?:is|has|costs))\b"
    r"|你(?:都|就)?(?:要|必须|得|应该|只能|只许|只准)(?:都|就|一直)?(?:说|回答|声称|宣称|告诉)|(?:假装|跟着我说|照着说|复述)"
)
_HAGGLES = re.compile(
    r"\b(?:sell|give|let)(?: me| us)? (?:have )?(?:it|that|this|them|everything|"
    r"all(?: of (?:it|them|this))?|(?:the|an?|your) [\w -]{1,30}?) "
    r"(?:at|for) (?:just |only |about )?(?:[$€£¥]?\d|half|free|nothing)"
    r"|\b(?:ignore|override|disregard|bypass) (?:all |the |your |any )*(?:pric\w+ )?(?:rule|polic)"
    r"|把[^,。!?;]{1,16}(?:按|以|算|用)[^,。!?;]{1,10}(?:卖|给|算|便宜)(?:给)?我"
    r"|(?:全部|所有|一切|统统|通通|都|全|什么)[^,。!?;]{0,8}?(?:免费|白|不要钱|不收钱)(?:地|的)?(?:送|给)(?:给)?(?:我|咱)|(?:免费|白)送(?:给)?我"
    r"|(?:忽略|无视|绕过|跳过)[^,。!?;]{0,6}(?:规则|规定|政策)"
)
"""A price that the shop is told to make, or a rule that it is told to break."""
_ORDERS = re.compile(
    r"\b(?:set|change|make|reduce|lower|drop|cut|update|edit|modify|put|override)\s+"
    r"(?:(?:all|every|each|your|their|its)\b[^.!?]{0,30}?\bprices?\b|the price(?:s| tags?)? (?:of|for|on)\b)"
    r"|\b(?:set|change|make|mark|price|put)\s+(?:all|every|each)\b[^.!?]{0,30}?"
    r"\b(?:to|at|cost|for)\s+(?:just |only )?[$€£¥]?\d"
    r"|(?:把|将|给)(?!我|最|预算|价格|上限)[^,。!?;]{1,12}?(?:价格|售价|定价|标价|价钱)(?!上限|范围|区间|限制|要求|条件)"
    r"[^,。!?;]{0,4}(?:改|设|调|降|定|变|换)"
    r"|(?:修改|更改|篡改)(?:一下)?(?:所有|全部|商品|数据库)"
)
"""A price that the shop is told to write on its goods; a bound is never told so."""
_PRAISES = re.compile(r"\s*(?:from|by) (?:me|us|my)\b|\s*好评")
_GIVES = re.compile(
    r"\b(?:i|we)(?:'d|'ll| would| will)? (?:give|gave|rate|rated) (?:it|that|this|them|the \w+)\s*(?:an?|the|full)?\s*$"
    r"|(?:我|我们)(?:要|想|会)?(?:给|打)(?:它|他|她|这[个款]|那[个款])?(?:打|个)?\s*$"
)
_PLACES = re.compile(
    r"\b(?:onto|on to|into|on top of|next to|beside|behind|inside|attach(?:ed|es)? to|clips? (?:on)?to|against)\s+"
    r"(?:an?|the|my|your|our|his|her|their)\s+$"
)
_THAN = re.compile(
    r"(?<!other )(?<!rather )\bthan\s+(?:the|my|our|that|those|this|these)\s+(?:[\w-]+\s+)?$"
    r"|(?<![对和])比(?!较|例|如)那?[款个]?$"
)
_FINE_OTHERWISE = re.compile(r"[^,。!?;]{0,4}?不[完了到成掉][^,。!?;]{0,2}?也(?:行|可以|没事|没关系|无所谓|不要紧|ok)")


def mark_asides(context: Context) -> None:
    """Rule out what stands in such words; whole sentences where somebody's opinion is sought or a claim dictated."""
    scene = context.scene
    for number in sorted({clause.sentence for clause in scene.clauses}):
        inside = [clause for clause in scene.clauses if clause.sentence == number]
        start, end = inside[0].start, inside[-1].end
        text = scene.folded[start:end]
        if _OPINION.match(text) or _DICTATES.search(text):
            _rule_out(context, start, end)
        for clause in inside:
            words = scene.folded[clause.start : clause.end]
            if _HAGGLES.search(words) or (_ORDERS.search(words) and not _bounds(context, clause)):
                _rule_out(context, clause.start, clause.end)
    for figure in context.figures:
        before, after = scene.folded[: figure.start], scene.folded[figure.end :]
        praises = figure.quantity.dimension == "rating" and (_PRAISES.match(after) or _GIVES.search(before))
        figure.dead = figure.dead or bool(praises or _FINE_OTHERWISE.match(after))
    for mention in scene.live():
        mention.dead = _is_beside(context, mention)


def _bounds(context: Context, clause: Clause) -> bool:
    """Say whether a clause holds a bound: "change the price of the lamp to under $50" is a requirement."""
    return any(clause.start <= f.start < clause.end and f.quantity.op != "==" for f in context.figures)


def _is_beside(context: Context, mention: Mention) -> bool:
    """Say whether a value only says where something goes ("clip onto a book") or what is outdone ("than the Bose")."""
    before = context.scene.folded[: mention.start]
    if not mention.wanted or mention.having("more", "less", "flag"):
        return False
    return bool(_PLACES.search(before) or (context.shown and _THAN.search(before)))


def _rule_out(context: Context, start: int, end: int) -> None:
    for mention in context.scene.mentions:
        mention.dead = mention.dead or start <= mention.start < end
    for figure in context.figures:
        figure.dead = figure.dead or start <= figure.start < end
    for moment in context.moments:
        moment.dead = moment.dead or start <= moment.start < end
    context.dead_spans.append((start, end))
    context.asides.append((start, end))
