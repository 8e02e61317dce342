"""Questions about items on the table: where they stand, which fields they ask for, and which end of one."""

from __future__ import annotations

import re
from typing import NamedTuple

from shortlist.reader.figures import is_about_neighbours, of_all_there_is, read_degrees
from shortlist.reader.message import Context, Figure, Question

from .asked import asked_fields

_QUESTION_EN = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|also|hmm|well|oh|sorry|cool|nice|great|thanks|wait)\W+)*(?:"
    r"(?:does|do|is|are|was|can|could|will|has|have|would|did|should|isn't|doesn't|don't)\s+(?:it|"
    r"this|that|they|these|those|both|either|any of (?:these|them|those)|the (?:first|second|third|fourth|fifth|last|"
    r"other)|"
    r"(?:number|no\.?|#|option|item)\s?\d|#\d)\b|"
    r"how\s+(?:heavy|long|big|much|many|bright|loud|large|old|good|well|light|expensive|small|far|does|do|is|are)\b|"
    r"(?:what's|what is|what are|whats|what)\s+(?:the|its|their|about (?:the|its|their))\s|"
    r"(?:what's|what is|what are)\s+(?:it|this|that|they|these|those|this one|that one)\b|"
    r"what (?:colou?rs?|sizes?|materials?|brand|\w+) (?:does|do|is|are|did)\b|"
    r"tell me (?:more )?about\b|(?:what )?does [\w -]{1,30} mean\b|"
    r"(?:do you|can you) (?:ship|deliver|accept|charge|guarantee|refund)\b|"
    r"(?:is|are) (?:the|your) (?:shop|store|warehouse|team)\b|who (?:makes|made|sells|designed)\b|why\b|when (?:was|"
    r"were|did|is)\b|where (?:is|was|"
    r"are|does)\b)"
)
_ASKS_EN = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|also|hmm|well|oh|sorry|cool|nice|great|thanks|wait)\W+)*(?:"
    r"would|will|does|do|did|is|are|was|can|could|has|have|how|what|when|where|who|why|which|"
    r"(?:from|at|in|for|to|up to|on|with) (?:what|which|how)|difference)\b"
    r"(?! (?:you|i (?:have|see|get|know)|we (?:have|get|go|see|do|try|make)|"
    r"there|about|else|other|if)\b)"
)
_WHICH_OF = re.compile(r"\bwhich (?:one |of )?|哪")
_MORE_EN = re.compile(r"\b(?:more|else|other|others|another|any|anything|something|alternatives?)\b")
_BARE_EN = re.compile(r"^\W*(?:(?:and|but|so|ok|okay|also)\W+)*(?:[\w'-]+\W+){0,3}[\w'-]+\W*$")
_VERB_ZH = re.compile(
    r"(?:能|可以|会|适合|需要|要不要|用不用|支持|带|含|算)[^,。!?;]{1,12}[吗么嘛]|几[个小岁天年分杯人]|什么|哪|啥"
)
_ALIKE = re.compile(r"\b(?:similar|something like|anything like)\b|类似|同类|差不多的")
_THE = re.compile(r"\b(?:the|these|those)\s+$")
_FEW_WORDS = 3
_SHORT = 8
_MORE_ZH = re.compile(r"别的|其他|其它|还有|更多|换|再(?:来|看|推)|有什么|有哪|给我|看看")
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
    r"will you|can i|could i|do you sell|do you know|got any|any(?! of (?:these|them|those)))\b"
    r"|^\W*(?:\w+\W+){0,2}?what(?:'s| is|s| are) (?:the|your) [^,.!?]{0,40}?(?:you have|you've got|you sell|"
    r"you stock|in the shop|on offer)\b"
)
_ASKING_ZH = re.compile(
    r"是否|吗|(?<![那这])么(?!都)|嘛|呢|多少|多钱|几钱|要不要|收不收|多重|多长|多久|多大|多高|多贵|多亮|多沉|怎么样|怎样|如何|好不好|"
    r"是不是|有没有|能不能|会不会|可不可以|几[个小岁天年]|什么时候|什么颜色|啥颜色|哪[些里国]|哪个?(?:家|品?牌|地方)|"
    r"什么(?:材质|牌子|品牌)(?!都|也)|\?"
)
_HOW_ZH = re.compile(r"多(?:重|长|久|高|大|宽|厚|深|沉|亮|贵|响|吵)(?!的)")
_POINTING_ZH = re.compile(
    r"^(?:[^,。!?;]{0,4}?)(?:(?:它|[他她]|人)家|它|[这那该][款个双副台件种盏瓶本家所座处间部首场门道份片条张位]|该|"
    r"第[一二三四五六七八九\d]+[款个双副台件种盏瓶本家所座处间部首场门道份片条张位]?|前者|后者|刚才)"
)
_EXPLAIN_ZH = re.compile(r"是怎么|怎么实现|什么是|是什么(?:意思)?(?=$|[?。,])|为什么|什么意思|怎么用(?!的)")
_PLURAL_ZH = re.compile(r"它们|[这那](?:些|几|两|三)|其中|里面|上面")
_SOLICIT_ZH = re.compile(r"推荐|想要|想买|希望|合适的|找|预[定订]一|来[个款双副台件]|有没有.{0,12}[的]?(?=$)|给我")
_INTENDS_ZH = re.compile(r"[想要](?:再)?(?:找|去|订|选|买|吃|住|看)一?[个家间款处份]")
_OF_SORT_ZH = re.compile(r"有[^,。!?;]{1,10}的[吗么]?\W*$")
_SEEKS_ZH = re.compile(r"推荐|给我[找来]|帮我找")
_SLIGHTLY = re.compile(r"(?:更|再|稍微?)[\u4e00-\u9fff]|[\u4e00-\u9fff]一?[点些](?:的|$|[吗么])")
_STATES = re.compile(
    r"^\W*(?:(?:so|but|and|wait|hmm|oh|ok)\W+)*(?:the|that|this)(?: [\w-]+){1,3}? (?:is|has|costs|weighs|comes|only|"
    r"says)\b"
)
_WHATS_THE = re.compile(r"^\W*(?:(?:and|so|ok|but)\W+)*what(?:'s| is|s| are) the (?:\w+est|most|least)\b")
_THE_MOST_ZH = re.compile(r"谁.{0,4}最|最.{1,6}的?是(?:哪|谁)")


_SUITS_AGE_ZH = re.compile(r"(?:能|可以|适合|会)[^,。!?;]{0,8}[吗么嘛不]")


def find_questions(context: Context) -> list[Question]:
    """Return the questions about items on the table; what only tells something of the speaker is not looked at."""
    scene = context.scene
    found = []
    for number in sorted({clause.sentence for clause in scene.clauses}):
        live = [c for c in scene.clauses if c.sentence == number and not context.is_dead(c.start)]
        if not live:
            continue
        begin, end = live[0].start, live[-1].end
        if _is_question(context, begin, end) or _asks_last(context, begin, end):
            question = _question(context, begin, end)
            # The best of one item is a wish for the best of all.
            if question.degree is None or len({one.id for one in context.shown}) != 1 or context.referred:
                found.append(question)
    return found


def _asks_last(context: Context, start: int, end: int) -> bool:
    """Say whether a sentence points at an item first and then asks about it: "the lightest one, is it waterproof?"."""
    last = context.scene.clauses[context.scene.clause_at(end - 1)]
    pointed = {name for _, at, name in context.references if at <= last.start}
    asks = last.start > start and _QUESTION_EN.match(context.scene.folded[last.start : end])
    return bool(asks) and len(pointed) == 1


def _asks_which(context: Context, start: int, end: int) -> bool:
    """Say whether a sentence asks which of the things of a kind, where others are shown too: "which lamp", 哪个耳机."""
    pointed = [context.scene.folded[at:to] for at, to, _ in context.references if start <= at < end]
    return any(words.startswith(("which", "哪")) for words in pointed)


def _question(context: Context, start: int, end: int) -> Question:
    wishes = [draft for draft in read_degrees(context) if start <= draft.start < end]
    text = context.scene.folded[start : end + 1]
    several = _asks_which(context, start, end) or (len(set(context.referred)) > 1 and _WHICH_OF.search(text))
    if wishes and (several or _WHICH.search(text) or _THE_MOST_ZH.search(text) or _WHATS_THE.match(text)):
        return Question(start, end, (wishes[0].field,), "lowest" if wishes[0].op in ("lowest", "<") else "highest")
    return Question(start, end, asked_fields(context, start, end), None)


def _is_question(context: Context, start: int, end: int) -> bool:
    """Say whether a sentence asks about an item that is being talked about."""
    scene = context.scene
    text = scene.folded[start:end]
    if _REQUEST_QUESTION.match(text) or (of_all_there_is(text) and not context.referred):
        return False
    bounded = any(start <= f.start < end and not f.dead and _measures(context, f) for f in context.figures)
    if _ALIKE.search(text):
        return False
    if (context.shown or context.referred) and is_about_neighbours(scene.folded[start : end + 1]):
        return not bounded
    shown = {str(item.values.get(context.lexicon.kind or "")) for item in context.shown}
    kinds = any(
        s.field == context.lexicon.kind and not ({s.value} == shown and _THE.search(scene.folded[: m.start]))
        for m in scene.live()
        if start <= m.start < end
        for s in m.senses
        if s.part == "value"
    )
    compares = any(start <= m.start < end and m.having("more", "less") for m in scene.live())
    if context.shown and _OF_SHOWN.match(text):
        return True
    if _asks_which(context, start, end) or (len(set(context.referred)) > 1 and _WHICH_OF.search(text)):
        return True
    if match := _QUESTION_EN.match(text):
        said = match.group()
        if re.search(r"\belse\b", said):
            return False
        general = re.search(r"\b(?:what|how about)\b", said) and kinds and not context.referred
        return not general and not re.match(r"^\W*(?:how about|what about (?!the|its|their))", text)
    if context.referred and scene.folded[end : end + 1] == "?" and _STATES.match(text) and not compares:
        return True
    wanted = any(start <= m.start < end and m.wanted for m in scene.live())
    asked_of = context.referred or context.focus or context.shown
    if (
        scene.language == "en"
        and asked_of
        and not (kinds or compares or bounded)
        and scene.folded[end : end + 1] != "!"
    ):
        marked = scene.folded[end : end + 1] == "?"
        if _ASKS_EN.match(text) and (context.referred or not wanted or marked):
            return True
        named = any(start <= m.start < end and m.having("field") and not m.wanted for m in scene.live())
        focused = bool(context.focus or len(context.shown) == 1 or len(text.split()) <= _FEW_WORDS)
        if marked and _BARE_EN.match(text) and not wanted and (named or focused) and not _MORE_EN.search(text):
            return True
    if (context.shown or context.referred) and not kinds and (_WHICH.search(text) or _THE_MOST_ZH.search(text)):
        return not _SEEKS_ZH.search(text)
    if scene.language != "zh" or not _ASKING_ZH.search(scene.folded[start : end + 1]):
        return (
            bool(context.referred)
            and scene.folded[end : end + 1] == "?"
            and bool(re.match(r"^\W*(?:is|does|do|are|can|has|how)\b", text))
        )
    return _is_chinese_question(context, start, end, _Names(kinds, compares, wanted, bounded))


class _Names(NamedTuple):
    """What a sentence names besides asking: kinds of item, degrees, values, and bounds."""

    kinds: bool
    compares: bool
    wanted: bool
    bounded: bool


_ONES_ZH = re.compile(r"的有(?:吗|么|嘛|没有)|有(?:没有)?[^,。!?]{1,8}的(?:吗|么|嘛)")
"""防水的有吗 asks for what is waterproof, whatever was shown; 防水吗 asks about that."""


def _is_chinese_question(context: Context, start: int, end: int, names: _Names) -> bool:
    """Say whether a Chinese sentence that asks something asks about an item that is being talked about."""
    scene = context.scene
    text = scene.folded[start:end]
    kinds, compares, wanted, bounded = names
    if (compares or _SLIGHTLY.search(text)) and re.search(r"有没有|有.*[吗么]|能.*[吗么]", text):
        return False
    if _PLURAL_ZH.search(text):
        return bool(context.shown) and not _SOLICIT_ZH.search(text)
    if _EXPLAIN_ZH.search(text) and not _SOLICIT_ZH.search(text):
        return True
    if (_points(context, start, end) or "是否" in text) and not _SOLICIT_ZH.search(text):
        return True
    if context.referred and not compares and not _SOLICIT_ZH.search(text):
        return True
    if kinds or ((wanted or bounded) and _ONES_ZH.search(text)):
        return False
    short = end - start <= _SHORT and any(start <= m.start < end and m.having("field") for m in scene.live())
    if (context.shown or context.focus) and short and not (bounded or wanted or compares):
        return True
    of_age = all(f.quantity.dimension == "age" for f in context.figures if start <= f.start < end)
    if context.shown and bounded and of_age and _SUITS_AGE_ZH.search(scene.folded[start : end + 1]):
        return not _SOLICIT_ZH.search(text) and not _MORE_ZH.search(text)
    if (
        (context.shown or context.focus)
        and _VERB_ZH.search(text)
        and not (wanted or compares or bounded or _SOLICIT_ZH.search(text) or _MORE_ZH.search(text))
    ):
        return True
    if context.shown and _HOW_ZH.search(text) and not (_SOLICIT_ZH.search(text) or _MORE_ZH.search(text)):
        return True
    asks_existence = re.search(r"有没有|有.*(?:吗|么)", text)
    if asks_existence:
        sort = _OF_SORT_ZH.search(text)
        if _INTENDS_ZH.search(text) or (sort and bounded and not of_age and re.search(r"\d", sort.group())):
            return False
        told = bool(context.shown and sort) and not (kinds or compares or wanted or bounded)
        return told or len(context.shown) == 1 or bool(context.referred)
    return (
        bool(context.shown or context.focus)
        and not bounded
        and bool(re.search(r"吗|么$|嘛|多少|多重|多长|多久|多大|怎么样|如何|会不会|是不是|容不容易", text))
        and not _SOLICIT_ZH.search(text)
        and not re.search(r"(?:可以|行|好)吗|能.*吗", text)
    )


def _points(context: Context, start: int, end: int) -> bool:
    """Say whether Chinese words point at an item (那台怎么样), and do not only begin what is named (那台灯)."""
    text = context.scene.folded[start:end]
    starts = {m.start for m in context.scene.live() if m.wanted}
    return any(start + match.end() - 1 not in starts for match in _POINTING_ZH.finditer(text))


def _measures(context: Context, figure: Figure) -> bool:
    """Say whether a figure may be one of a field's, rather than a measure that the catalog knows nothing of."""
    dimension = figure.quantity.dimension
    if figure.quantity.unit == "piece":
        return False
    if dimension in (None, "count", "money"):
        return True
    return any(context.lexicon.dimension_of(field) == dimension for field in context.schema.fields)
