"""Words that ask for nothing: statements about the speaker or the past, and questions about an item."""

from __future__ import annotations

import re

from .context import Context
from .scene import Clause, Mention
from .values import value_sense
from .words import general_words

_REQUEST = re.compile(
    r"^(?:'d|would|want|wanna|need|wish|hope|hoped|like|liked|love|prefer|can|could|'ll|will|may|"
    r"might|must|should|shall|do|don't|dont|don|"
    r"hate|dislike|mean|meant|think|guess|really|only|just|also|still|definitely|absolutely|rather|"
    r"care|said|say|asked|require|seek|look|search|"
    r"choose|go|take|spend|pay|set|budget|change|changed|see|get|gotta|won't|wouldn't|can't|cannot|"
    r"couldn't|shouldn't|never|no longer|"
    r"'m (?:looking|after|searching|shopping|hoping|thinking|trying|interested|planning|going|gonna|"
    r"in the market|in need|on a|open|ok|okay|fine|flexible|"
    r"willing|happy|not|leaning|considering|wondering|keen|hunting|seeking|aiming|allergic|buying|"
    r"getting|only|really|also|just|choosing|picky)|"
    r"(?:am|are|was|were|'re) (?:looking|after|searching|shopping|hoping|thinking|trying|interested|"
    r"planning|going|in the market|in need|on a|open|flexible|"
    r"willing|happy|not|leaning|considering|wondering|keen|hunting|seeking|aiming|allergic|buying|"
    r"getting|only|really|also|just|choosing)|"
    r"(?:have|'ve got|'ve|got|had) (?:a (?:max |maximum |total |tight |small |limited |"
    r"strict )?(?:budget|limit|preference)|to|about|around|up to|only|at most|roughly|"
    r"[$€£¥]?\d[\d,.]*\s*(?:dollars|bucks|usd|euros?|pounds|quid|yuan|rmb|[$€£¥]|to spend)|"
    r"[$€£¥]\s?\d)|"
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
    r"^\W*(?:(?:and|well|because|since|as|but|so)\s+)*(?:he|she|they|everyone|everybody|people|"
    r"someone|somebody|(?:a|the) friend\w*)\s+(?!should|must|need|could|can|will|would)"
)
_PAST = re.compile(
    r"^\W*(?:(?:and|well|because|since|as|but|so)\s+)*(?:it|that|this|they|there|the (?:trip|flight|"
    r"journey|drive|last one))\s+(?:took|was|were|cost|lasted|broke|had|used to|died|got|did|fell)\b"
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
)
_OTHERS_ZH = re.compile(
    _LEAD_ZH + r"(?:(?:我|我们)?的?(?:朋友|同事|老公|老婆|爸爸?|妈妈?|儿子|女儿|弟弟?|妹妹?|哥哥?|姐姐?|同学|"
    r"室友|邻居|男朋友|女朋友|"
    r"男友|女友|爷爷|奶奶|领导|老板|家人|孩子|小孩)(?!想要|要|需要|用的|戴的|穿的|玩的|喝的)"
    r"(?:(?!想|要|找|求|需).){0,8}?(?:买了|买的|有|用?的?是|说|喜欢|推荐|在用|也用|今年|岁|送了)"
    r"|(?:上次|上回|昨天|前天|刚才|上周|上个月|前几天|前阵子|以前|之前|去年)(?:我|我们)?(?:买|用|送|"
    r"在|去|的那|花|吃|玩|喝|看)"
    r"|.*(?:花了|用了|坐了|等了|开了|走了)(?:整整)?[\d一二三四五六七八九十百千两半个多]+(?:小时|分钟|"
    r"天|个小时|块|元|个月|年)"
    r"|(?:他|她|他们|她们|人家|别人|大家)(?!要|想|需要).*(?:有|是|买了|喜欢|用|说))"
)
_PURPOSE_ZH = re.compile(r"(?:用|戴|穿|的)$|想|要|找|推荐|需要|求|买(?!了|过|的)")
_AUDIENCE_ZH = re.compile(r"(?:我|她|他|[爸妈婆公友儿女])(?:们)?(?:家)?(?:的)?(?:皮肤)?(?:是|属于)")
_QUESTION_EN = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|also|hmm|well|oh|sorry|cool|nice|great|thanks|wait)\W+)*(?:"
    r"(?:does|do|is|are|was|can|could|will|has|have|would|did|should|isn't|doesn't|don't)\s+(?:it|"
    r"this|that|they|these|those|both|either|the (?:first|second|third|fourth|fifth|last|other)|"
    r"(?:number|no\.?|#|option|item)\s?\d|#\d)\b|"
    r"how\s+(?:heavy|long|big|much|many|bright|loud|large|old|good|well|light|expensive|small|far|does|do|is|are)\b|"
    r"(?:what's|what is|what are|whats|what)\s+(?:the|its|their|about (?:the|its|their))\s|"
    r"what (?:colou?rs?|sizes?|materials?|brand|\w+) (?:does|do|is|are|did)\b|"
    r"tell me (?:more )?about\b|why\b|when (?:was|were|did|is)\b|where (?:is|was|are|does)\b)"
)
_OF_SHOWN = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|also)\W+)*(?:does|is|has|was|will|isn't|doesn't)\s+the\b(?! budget|"
    r" price (?:ok|flexible))"
)
_WHICH = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|also|hmm|well)\W+)*(?:which|what) (?:one|of|is the|has the|are the|"
    r"have)\b|^\W*(?:and |so |ok )?which (?:is|has|are|have|do|does|would|should|lasts|weighs|"
    r"costs)\b|哪一?(?:个|款|双|副|台|件|种|本|瓶|盏|家)(?!的)|谁的?"
)
_REQUEST_QUESTION = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:can you|could you|do you have|have you got|is there|are there|would you|"
    r"will you|can i|could i|do you sell|do you know|got any|any)\b"
)
_ASKING_ZH = re.compile(
    r"是否|吗|么(?!都)|嘛|呢|多少|多重|多长|多久|多大|多高|多贵|多亮|多沉|怎么样|怎样|如何|好不好|"
    r"是不是|有没有|能不能|会不会|可不可以|几[个小岁天年]|什么时候|什么颜色|啥颜色|哪[些里]|"
    r"什么(?:材质|牌子|品牌)|\?"
)
_POINTING_ZH = re.compile(
    r"^(?:[^,。!?;]{0,4}?)(?:它|[这那该][款个双副台件种盏瓶本家所座处间部首场门道份片条张位]|该|"
    r"第[一二三四五六七八九\d]+[款个双副台件种盏瓶本家所座处间部首场门道份片条张位]?|前者|后者|刚才)"
)
_EXPLAIN_ZH = re.compile(r"是怎么|怎么实现|什么是|是什么(?:意思)?(?=$|[?。,])|为什么|什么意思|怎么用(?!的)")
_PLURAL_ZH = re.compile(r"它们|[这那](?:些|几|两|三)|其中|里面|上面")
_SOLICIT_ZH = re.compile(r"推荐|想要|想买|找|来[个款双副台件]|有没有.{0,12}[的]?(?=$)|给我")


def mark_gates(context: Context) -> None:
    """Rule out what stands in statements about the speaker or the past, and in questions about an item."""
    scene = context.scene
    for clause in scene.clauses:
        text = scene.folded[clause.start : clause.end]
        if not context.asked and _is_fact(context, clause, text):
            _kill(context, clause, keep_audience=bool(_AUDIENCE_EN.search(text) or _AUDIENCE_ZH.search(text)))
    for first, last in _sentences(context):
        clauses = scene.clauses[first:last]
        if is_question(context, clauses[0].start, clauses[-1].end):
            for clause in clauses:
                _kill(context, clause, keep_audience=False, keep_fields=True)


def _sentences(context: Context) -> list[tuple[int, int]]:
    clauses = context.scene.clauses
    found: list[tuple[int, int]] = []
    for number, clause in enumerate(clauses):
        if found and clauses[found[-1][0]].sentence == clause.sentence:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found


def _is_fact(context: Context, clause: Clause, text: str) -> bool:
    """Say whether a clause tells something about the speaker, other people or the past."""
    if match := _SUBJECT.match(text):
        rest = match["rest"].lstrip()
        return bool(rest) and not _REQUEST.match(rest)
    if match := _MY.match(text):
        words = match["rest"].split()[:4]
        head = " ".join(words)
        offset = clause.start + match.start("rest")
        named = any(offset <= m.start < offset + len(head) for m in context.field_mentions())
        wish = re.search(
            r"\b(?:budget|max|maximum|limit|preference|priority|favou?rite|ideal|wants?|needs?|would|loves?)\b", text
        )
        return not named and not wish
    if _OTHERS.match(text):
        return True
    if _PAST.match(text):
        return not (context.shown and context.scene.has("too", start=clause.start, end=clause.end))
    text = text.strip()
    return bool(_OTHERS_ZH.match(text)) or bool(_SPEAKER_ZH.match(text) and not _PURPOSE_ZH.search(text[1:]))


def is_question(context: Context, start: int, end: int) -> bool:
    """Say whether a sentence asks about an item that is being talked about."""
    scene = context.scene
    text = scene.folded[start:end]
    if _REQUEST_QUESTION.match(text):
        return False
    asks_zh = bool(_ASKING_ZH.search(scene.folded[start : end + 1]))
    kinds = any(
        s.field == context.lexicon.kind
        for m in scene.live()
        if start <= m.start < end
        for s in m.senses
        if s.part == "value"
    )
    if context.shown and _OF_SHOWN.match(text):
        return True
    if match := _QUESTION_EN.match(text):
        said = match.group()
        general = re.search(r"\b(?:what|how about)\b", said) and kinds and not context.referred
        return not general and not re.match(r"^\W*(?:how about|what about (?!the|its|their))", text)
    if _WHICH.search(text) and context.shown and not kinds:
        return True
    if scene.language != "zh" or not asks_zh:
        return (
            bool(context.referred)
            and scene.folded[end : end + 1] == "?"
            and bool(re.match(r"^\W*(?:is|does|do|are|can|has|how)\b", text))
        )
    compares = any(start <= m.start < end and m.having("more", "less") for m in scene.live())
    if compares and re.search(r"有没有|有.*[吗么]|能.*[吗么]", text):
        return False
    if _PLURAL_ZH.search(text):
        return bool(context.shown) and not _SOLICIT_ZH.search(text)
    if _EXPLAIN_ZH.search(text) and not _SOLICIT_ZH.search(text):
        return True
    if (_POINTING_ZH.search(text) or "是否" in text) and not _SOLICIT_ZH.search(text):
        return True
    if kinds:
        return False
    asks_existence = re.search(r"有没有|有.*(?:吗|么)", text)
    if asks_existence:
        return len(context.shown) == 1 or bool(context.referred)
    return (
        bool(context.shown)
        and bool(re.search(r"吗|么$|嘛|多少|多重|多长|多久|多大|怎么样|如何", text))
        and not _SOLICIT_ZH.search(text)
        and not re.search(r"(?:可以|行|好)吗|能.*吗", text)
    )


def _kill(context: Context, clause: Clause, *, keep_audience: bool, keep_fields: bool = False) -> None:
    inside = [f for f in context.figures if clause.start <= f.start < clause.end]
    for mention in context.scene.mentions:
        if not clause.start <= mention.start < clause.end:
            continue
        if keep_fields and not mention.having("value", "flag"):
            if mention.having("more", "less"):
                mention.dead = True
            continue
        if keep_audience and not inside and _is_audience(context, mention):
            continue
        mention.dead = True
    for figure in inside:
        figure.dead = True
    for moment in context.moments:
        if clause.start <= moment.start < clause.end:
            moment.dead = True
    context.dead_spans.append((clause.start, clause.end))


def _is_audience(context: Context, mention: Mention) -> bool:
    sense = value_sense(context, mention)
    if sense is None or sense.part != "value":
        return False
    field = context.field(sense.field)
    names = {field.name, *field.label.values(), *(w for words in field.aliases.values() for w in words)}
    return not names.isdisjoint(general_words().audience)
