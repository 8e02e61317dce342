"""Words that ask for nothing: statements about the speaker or the past, and questions about an item."""

from __future__ import annotations

import re

from shortlist.reader.figures import PEOPLE, is_told
from shortlist.reader.message import Clause, Context, Figure, Mention
from shortlist.reader.stance import mark_asides, value_sense
from shortlist.reader.vocabulary import general_words, is_called

from .questions import find_questions

_REQUEST = re.compile(
    r"^(?:'d|would|want|wanna|need|wanted|needed|wish|hope|hoped|like|liked|love|prefer|can|could|'ll|will|may|"
    r"might|must|should|shall|do|don't|dont|don|"
    r"hate|dislike|mean|meant|think|guess|really|only|just|also|still|definitely|absolutely|rather|"
    r"care|said|say|asked|require|seek|look|search|"
    r"choose|feel like|fancy|crave|go|take|spend|pay|set|budget|change|changed|see|get|gotta|won't|wouldn't|can't|"
    r"cannot|"
    r"couldn't|shouldn't|never|no longer|"
    r"'m (?:looking|after|searching|shopping|hoping|thinking|trying|interested|planning|going|gonna|"
    r"in the market|in the mood|in need|up for|craving|dying|on a|open|ok|okay|fine|flexible|"
    r"willing|happy|not|leaning|considering|wondering|keen|hunting|seeking|aiming|allergic|buying|"
    r"getting|only|really|also|just|choosing|picky)|"
    r"(?:am|are|was|were|'re) (?:looking|after|searching|shopping|hoping|thinking|trying|interested|"
    r"planning|going|in the market|in the mood|in need|up for|craving|dying|on a|open|flexible|"
    r"willing|happy|not|leaning|considering|wondering|keen|hunting|seeking|aiming|allergic|buying|"
    r"getting|only|really|also|just|choosing)|"
    r"(?:have|'ve got|'ve|got|had) (?:a (?:max |maximum |total |tight |small |limited |"
    r"strict )?(?:budget|limit|preference)|to|about|around|up to|only|at most|roughly|"
    r"(?:[\w.]+ ){1,6}?(?:at most|max(?:imum)?|tops|to spare|to kill)|"
    r"(?:[$€£¥]?\d[\d,.]*|(?:[a-z]+[ -]){1,4}?)\s*(?:dollars|bucks|usd|euros?|pounds|quid|yuan|rmb|[$€£¥]|"
    r"to (?:spend|play with|work with|burn|blow))|"
    r"[$€£¥]\s?\d[\d,.]*|an? (?:hundred|thousand|grand)(?: (?:dollars|bucks|quid|pounds|euros))?)|"
    r"'ve been (?:looking|searching|thinking)|have been (?:looking|searching|thinking))\b"
)
_SUBJECT = re.compile(
    r"^\W*(?:(?:and|well|oh|hi|hey|hello|ok|okay|so|because|since|as|actually|but|sorry|also|please|"
    r"yes|no|for context|fyi|honestly|personally|now|today|although|though|when|while)\W+)*(?:i|"
    r"we)\b\s*(?P<rest>.*)",
    re.DOTALL,
)
_MY = re.compile(
    r"^\W*(?:(?:and|well|because|since|as|but|so|also|now)\s+)*(?:my|our|his|her|their)\s+(?P<rest>.*)", re.DOTALL
)
_OTHERS = re.compile(
    r"^\W*(?:(?:and|well|because|since|as|but|so)\s+)*(?:you(?= (?:said|told|mentioned|showed|wrote|claimed|"
    r"suggested)\b)|he|she|they|everyone|everybody|people|"
    r"someone|somebody|(?:a|the) friend\w*)(?:'s|'re|'ve)?\s+(?!should|must|need|could|can|will|would|wants?\b|"
    r"prefers?\b|'d|"
    r"(?:is |are )?(?:looking|after|searching|allergic|hoping|asking)\b|has to|have to|sleeps?\b)"
)
_REFUSES = re.compile(
    r"^\W*(?:(?:and|well|because|since|as|but|so|now)\s+)*(?:he|she|they|(?:my|our) \w+)(?:'s|'re)? "
    r"(?:also |really |still )?"
    r"(?:(?:says?|said)(?: that)? (?:no|not|nothing|without|never)\b|"
    r"(?:doesn't|don't|does not|do not|won't|wouldn't)(?: really)? (?:want|like|wear|need)\b|"
    r"(?:hates?|dislikes?|refuses?|can't stand)\b(?! (?:his|her|their|it|that|how|when)\b))"
    r"|^(?:而且|但是?|不过|因为)*(?:我们?的?|咱)?(?:他们?|她们?|孩子|老[公婆]|[男女]朋友|[爸妈]妈?爸?|儿子|女儿)(?:说|讲|表示)?(?:也|又|还|很|最)?"
    r"(?:不要|不想要|不喜欢|不爱|讨厌|受不了|别)"
)
"""What somebody else refuses, who is to have the thing: "he says no canvas", 她不喜欢红色."""
_PAST = re.compile(
    r"\b(?:was|were|had|broke|lost|died|bought|stole|ate|used to)\b|坏了|丢了|摔|去年|以前|买过|买了|用过"
)
_PAST = re.compile(
    r"^\W*(?:(?:and|well|because|since|as|but|so)\s+)*(?:it|that|this|they|there|mine|ours|(?:the|my|our) (?:trip|"
    r"flight|"
    r"journey|drive|(?:last|old|previous|current) (?:one|pair|set)))\s+(?:took|was|were|cost|lasted|broke|had|"
    r"used to|died|got|did|fell)\b"
)
_BROKE = re.compile(
    r"^\W*(?:(?:and|well|because|since|as|but|so)\s+)*(?:the|our|my|some|a) (?:\w+ )?\w+ "
    r"(?:broke|lost|stole|ate|died|bought|wore out|gave up|fell apart|stopped working)\b"
)
_AUDIENCE_EN = re.compile(r"\b(?:i'm|i am|we're|we are|im|i have|i've got|she has|he has|my skin is)\b")
_LEAD_ZH = (
    r"^(?:因为|由于|其实|而且|但是|但|不过|对了|话说|那个|嗯|啊|哦|唉|诶|你好|您好|"
    r"周[一二三四五六日末]|平时|今天|最近|现在|有时候?|一般)*"
)
_SPEAKER_ZH = re.compile(
    _LEAD_ZH + r"(?:我|我们|咱|咱们|俺)(?:家里?)?(?:上一?[个款副双台件]|"
    r"(?<=家)(?:很|挺|比较|太|不大|不小)|(?<=家里)(?:很|挺|比较|太)|"
    r"有(?!(?:一个)?预算|(?:大概|大约|差不多|最多|只)?[\d一二三四五六七八九十百千两]+(?:块|元|百|千|刀|美元))|"
    r"是(?!说|想|要|在找|指)|在(?!找|想|考虑|看|挑|选|乎)|住|买过|买了|去年|昨天|前天|上次|上周|"
    r"上个月|之前|以前|今年|刚|已经|曾|用过|用了|"
    r"用的是|现在用|养|叫|姓|来自|从|毕业|结婚|属|体重|身高|花了|每天|每周|平时|经常|一般|通常|总是|带|开|当|做)"
    r"|^(?:现在?|目前)?(?:家?住在?|人在|坐标)[^的,。!?;]{2,4}$"
)
_OTHERS_ZH = re.compile(
    _LEAD_ZH + r"(?:(?:我|我们)?的?(?:朋友|同事|老公|老婆|爸爸?|妈妈?|儿子|女儿|弟弟?|妹妹?|哥哥?|姐姐?|同学|"
    r"室友|邻居|男朋友|女朋友|"
    r"男友|女友|爷爷|奶奶|领导|老板|家人|孩子|小孩)(?!想要|要|需要|用的|戴的|穿的|玩的|喝的)"
    r"(?:(?!想|要|找|求|需).){0,8}?(?:买了|买的|有|用?的?是|说(?!了?[,，]?(?:想|要|希望|找))|喜欢|推荐|在用|也用|今年|岁|送了)"
    r"|(?:上次|上回|昨天|前天|刚才|上周|上个月|前几天|前阵子|以前|之前|去年)(?:我|我们)?(?:买|用|送|"
    r"在|去|的那|花|吃|玩|喝|看)"
    r"|.*(?:花了|用了|坐了|等了|开了|走了)(?:整整)?[\d一二三四五六七八九十百千两半个多]+(?:小时|分钟|"
    r"天|个小时|块|元|个月|年)"
    r"|(?:他|她|他们|她们|人家|别人|大家)(?!要|想|需要).*(?:有|是|买了|喜欢|爱(?!吃|喝)|用|说|岁|兴趣)"
    r"|.{0,6}?(?:去年|前年|上次|上回|上个月|上周|之前|以前|当时|那时候?)(?:就|才|刚|新)?(?:买|用|入手|花)(?!得起)"
    r"|(?:听说|据说|听人说|网上(?:都)?说|评测说)"
    r"|(?:每天|每周|每晚|天天|每次)(?!.*(?:想|要|买|找|推荐)).*[\d一二三四五六七八九十百千两半]"
    r")"
)
_BROKEN_ZH = re.compile(
    r"^(?:我|我们|咱)?(?:家里?|公司|宿舍|办公室|单位)?(?:的|原来|以前|之前|现在|那|这|旧|老|"
    r"一?[个款双副台件种盏瓶本条辆只]|用的)*"
    r"[^,。!?;要想]{0,8}?(?:坏|丢|(?<![删拿去撤减])掉|旧|破|碎|断|没电|漏水|报废|老化|不行|用不了|不能用)了?$"
)
_PAST_ZH = re.compile(r"买过|买了|用过|用了|已经有|坏了")
_LIVES = re.compile(
    r"\b(?:lives?|living|based|stays?|staying|moved|moving|i'm|im|am|we're|they're|he's|she's|are|is)"
    r"(?: \w+)? (?:in|to)\b|"
    r"住|[人就]?在(?!线)"
)
_NEAR_BY = re.compile(
    r"\b(?:near ?by|near (?:me|here|us)|around here|local(?:ly)?|in person|events?|activit(?:y|ies)|make friends|to do|"
    r"meet (?:people|others|up)|go out|weekends?)\b"
    r"|附近|周边|同城|本地|当地|线下|活动|去处|认识[些点]?新?(?:朋友|人)|一起玩"
)
_ASKS_ZH = re.compile(r"[\u4e00-\u9fff].*(?:[?吗]|几岁|多大)|(?:几岁|多大)[^,。!?;]*(?:能|可以)")
_PURPOSE_ZH = re.compile(r"(?:用|戴|穿|的)$|[去看吃喝住玩](?:一[个家款处场部]|个)|想|要|找|推荐|需要|求|买(?!了|过|的)")
_AUDIENCE_ZH = re.compile(r"(?:我|她|他|[爸妈婆公友儿女])(?:们)?(?:家)?(?:的)?(?:皮肤)?(?:是|属于)")


_TASK = re.compile(
    r"^\W*(?:(?:please|can you|could you|would you|will you|i need you to|i want you to|help me(?: to)?|now|and|hey|"
    r"hi|ok)\W+)*"
    r"(?:translate|compose|debug|calculate|solve|rewrite|paraphrase|proofread|write(?: me| us)? (?:an?|some|the|my|"
    r"code|python|java)\b)"
    r"|^(?:请|帮我|帮忙|麻烦|你?能不能|你?能|可以|给我|我想让你|[，, ])*"
    r"(?:写[一个段篇首封份两些点]*[^,。!?]{0,6}(?:代码|程序|函数|脚本|作文|诗|邮件|论文|文章|故事|作业)|翻译|算一下|"
    r"计算|解方程|润色)"
)


def is_task(clause: str) -> bool:
    """Say whether a folded clause gives a task that has nothing to do with choosing from a catalog."""
    return bool(_TASK.match(clause))


_TASTE = re.compile(
    r"^(?:(?:really|also|just|do|actually|absolutely|still) )*(?:love|like|enjoy|hate|dislike|adore|prefer|"
    r"(?:don't|dont|do not|never|no longer|can't|cannot)(?: really| ever)? (?:like|love|enjoy|eat|drink|wear|use|play|"
    r"own|smoke|stand|have|tolerate)|(?:'m|am) (?:allergic|picky)|only (?:eat|drink|wear|use|play|buy))\b"
    r"(?! (?:the|it|this|that|these|those|them|your|to|any|one|ones|either|both|my)\b)"
)
_TASTE_ZH = re.compile(
    r"^(?:而且|其实|对了|因为|但是?|不过)*(?:我们?|咱们?|俺)(?:平时|一般|经常|常常|总|每[天周晚月年]|周末|一直|从来|从不|现在|已经|最近|其实|"
    r"也|都|很|特别|最|比较|挺|超)*(?:(?:不|不太|不怎么|不能|再也不)?(?:爱|喜欢|热爱|吃|喝|穿|戴|抽|玩|用|碰)|讨厌|怕|戒|对[^,。!?;]{1,6}过敏|[是有养住]"
    r"|(?<=平时|经常|常常|一直|从来|从不|周末)|(?<=每[天周晚月年]))"
    r"(?!不?(?:这|那|第|它|要|上面|你|预算|没有|什么|啥))"
)
_ASKS = re.compile(r"[?吗呢么]|什么|哪|多少|\b(?:what|which|how|where|why|who)\b")


def tells_of_oneself(clause: str) -> bool:
    """Say whether a folded clause tells what the speaker is, does or likes, and asks for nothing."""
    if _ASKS.search(clause):
        return False
    if match := _SUBJECT.match(clause):
        rest = match["rest"].lstrip()
        return bool(rest) and bool(_TASTE.match(rest) or not _REQUEST.match(rest))
    return bool(_TASTE_ZH.match(clause)) and not re.search(r"想|要|找|推荐|需要|预算", clause)


def mark_gates(context: Context) -> None:
    """Rule out what stands in statements about the speaker or the past, and in questions about an item."""
    scene = context.scene
    mark_asides(context)
    for clause in scene.clauses:
        text = scene.folded[clause.start : clause.end]
        other = clause.reports or is_task(text)
        if other or (not context.asked and _is_fact(context, clause, text)):
            context.situations += [] if other else [(clause.start, clause.end)]
            _kill(context, clause, keep_audience=bool(_AUDIENCE_EN.search(text) or _AUDIENCE_ZH.search(text)))
    context.questions = find_questions(context)
    for question in context.questions:
        for clause in scene.clauses:
            if question.start <= clause.start < question.end:
                _kill(context, clause, keep_audience=False, keep_fields=True)


def _is_fact(context: Context, clause: Clause, text: str) -> bool:
    """Say whether a clause tells something about the speaker, other people or the past."""
    if _ASKS_ZH.search(context.scene.folded[clause.start : clause.end + 1]):
        return False
    if match := _SUBJECT.match(text):
        rest = match["rest"].lstrip()
        return bool(rest) and not _REQUEST.match(rest)
    if _REFUSES.match(text) and not _PAST.search(text):
        return False
    if match := _MY.match(text):
        words = match["rest"].split()[:4]
        head = " ".join(words)
        offset = clause.start + match.start("rest")
        named = any(offset <= m.start < offset + len(head) for m in context.field_mentions())
        wish = re.search(
            r"\b(?:budget|max|maximum|limit|preference|priority|favou?rite|ideal|wants?|needs?|would)\b", text
        )
        return not named and not wish
    if _OTHERS.match(text):
        return True
    if _BROKE.match(text):
        return True
    if _PAST.match(text):
        return not (context.shown and context.scene.has("too", start=clause.start, end=clause.end))
    text = text.strip()
    return bool(_OTHERS_ZH.match(text) or _BROKEN_ZH.match(text)) or bool(
        _SPEAKER_ZH.match(text) and (_PAST_ZH.search(text) or not _PURPOSE_ZH.search(text[1:]))
    )


def _kill(context: Context, clause: Clause, *, keep_audience: bool, keep_fields: bool = False) -> None:
    text = context.scene.folded[clause.start : clause.end]
    inside = [f for f in context.figures if clause.start <= f.start < clause.end]
    inside = [f for f in inside if keep_fields or not (is_told(context, f, text) or _limits_a_gift(context, clause, f))]
    inside = [f for f in inside if keep_fields or not _counts_anew(context, f)]
    for mention in context.scene.mentions:
        if not clause.start <= mention.start < clause.end:
            continue
        if keep_fields and not mention.having("value", "flag"):
            if mention.having("more", "less"):
                mention.dead = True
            continue
        if keep_audience and not inside and _is_called(context, mention, general_words().audience):
            continue
        if _LIVES.search(text) and _is_place_that_matters(context, mention):
            continue
        if any(start <= mention.start < end for start, end in context.tastes) or (mention.soft and mention.negated):
            continue
        mention.dead = True
    for figure in inside:
        figure.dead = True
    for moment in context.moments:
        if clause.start <= moment.start < clause.end:
            moment.dead = True
    context.dead_spans.append((clause.start, clause.end))


def _limits_a_gift(context: Context, clause: Clause, figure: Figure) -> bool:
    """Say whether a limit on money stands beside what somebody likes: "he's into chess and 50 dollars max"."""
    likes = any(clause.start <= start < clause.end for start, _ in context.tastes)
    return likes and figure.quantity.dimension == "money" and figure.quantity.op != "=="


def _counts_anew(context: Context, figure: Figure) -> bool:
    """Say whether a number of people takes the place of the one in force: "we are actually 5 people", for four."""
    unit = figure.quantity.unit
    return unit in PEOPLE and any(context.field(row.field).unit in PEOPLE for row in context.ledger)


def _is_called(context: Context, mention: Mention, labels: frozenset[str]) -> bool:
    """Say whether a value is one of a field that has one of the given labels."""
    sense = value_sense(context, mention)
    if sense is None or sense.part != "value":
        return False
    return is_called(context.field(sense.field), labels)


def _is_place_that_matters(context: Context, mention: Mention) -> bool:
    """Say whether it matters where somebody is: such items are found in places, or something near by is sought."""
    if not _is_called(context, mention, general_words().places):
        return False
    sense = value_sense(context, mention)
    held = sense is not None and any(row.field == sense.field for row in context.ledger)
    near = held or (not context.kinds() and _NEAR_BY.search(context.scene.folded) is not None)
    return sense is not None and (near or bool(context.coverage.of(sense.field, context.kinds())))
