"""What a message wishes for in words that no field, value or name of the catalog stands in: size 42, foldable, 男款."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortlist.reader.message import Context, Draft
from shortlist.reader.vocabulary import general_words, is_chinese, longest, singular
from shortlist_tools.text import WORDS, marks

from .intent import is_greeting

_WORD = re.compile(r"[a-z][a-z'’]*[a-z]")
_BETWEEN = re.compile(r"(?:[ -]|\b(?:of|the|a|an)\b)+")
_FIGURE = re.compile(r" ?\d+(?:\.\d+)?\b")
_MOST_WORDS = 4
_MOST_SAID = 8
"""Words of a message that may be a bare wish; a longer one tells a story."""
_LED = re.compile(
    r"(?:\b(?:for|with|in|only|a|an|some|any|my|his|her|their|our|something|anything|learn|learning|into)|[,.;!?]|^)"
    r"(?: (?:and|or|but|really|more|less|too|very|super|so))*\W*$|\b(?:and|or|nor) (?:maybe |also |an? )?$"
)
_SUBJECT = re.compile(
    r"\W*(?:also |really |just )?(?:[a-z]+(?:ed|s)|told|said|gave|got|had|has|is|was|are|were|will|would|can|"
    r"could|made|went|came|took|thinks?|who|that|which) "
    r"(?:me|him|her|us|them|it|that|to|a|an|the|my|his|not|no|very|too|so)\b"
)
"""What follows somebody who does or says something, and is no wish: the doctor told him."""
_SIZE = re.compile(r"\bsize (?:uk |us |eu |eur )?(?:\d+(?:\.5)?|x*[sl]|small|medium|large)\b")
_MANY = re.compile(
    r"\bnot (?:too|so|very|that) (?:many|much|few) [a-z]{3,}"
    r"|(?:不想?要|不能|别|不)(?:有)?太[多少][\u4e00-\u9fff]{1,3}?(?=的|$|[,。!?;])"
)
_NOUN = re.compile(r"[ -]?(?:[a-z]{3,}(?<!ing)\b|[\u4e00-\u9fff]{2}(?=的|$|[,。!?;]))")
_OPEN = re.compile(r"\b(?:something|anything) (?:with|for|in|against)\b")
_LEAST = 3
_MOST_RUNS = 3
"""Stretches of unknown words beyond which a message tells a story."""
_MOST_NAMED = 2
BETWEEN = "; "
"""What stands between the words of several wishes."""
_MOST_ZH = 6
_MOST_BESIDE_ZH = 4
_BEFORE_ZH = re.compile(r"(?P<words>[\u3400-\u9fff]{2,6})的$")
_STORY_ZH = re.compile(r"[了啥缺换送]")
_COUNT_ZH = re.compile(r"[约快近加减第]*[\d一二两三四五六七八九十百千半]+(?![\d.]*[码号寸])")
_RUN = re.compile(r"[a-z0-9]+")
_CLAUSE_ZH = re.compile(r"[^,。!?;、~…\s]+")
LEAD_ZH = re.compile(
    r"^(?:我是?(?=[\u4e00-\u9fff]{2,4}(?:$|[,。!?;]))|最好|希望|请问?|麻烦|给|要|想要?|有没有|有|来|推荐|适合|能|可以|是|那|就|也|都|别太?|不要太?|太|很|更加?|比较|稍微?|再|"
    r"一定|必须|得|带|那种|这种|关于|对|[吃喝玩用穿戴买整弄](?:一?点儿?|一?些))+"
)
_TAIL_ZH = re.compile(
    r"(?:的话|一点儿?|一些|点儿?|些|的|吧|呢|吗|呀|啊|嘛|呗|么|哦|了|之类|那种|这种|款式|有|有卖|卖|不)+$|(?<=[\u3400-\u9fff]{2})用$"
)
TALK_ZH = re.compile(
    r"[我你他她它您谁咱想说看听问懂道考虑明觉等算行谢对嗯哦啊哈呵哎哇喔嘿呀吧吗呢不没怎什么哪几这那还就才又再让被把们会过去来着试"
    r"错棒牛赞慢忙累烦]|随便|无聊|其他|其它|别的|一样|所有|全部|东西|好"
)


def unheard(context: Context, drafts: list[Draft]) -> str:
    """Return the words of a wish in a running search that say nothing to this catalog, as they were said; else nothing.

    They are sought where a search is on, or the message names what it wants: a kind of thing, or something with it.
    """
    running = bool(context.ledger or context.shown or drafts) or bool(_OPEN.search(context.scene.folded))
    if not running or context.references or context.feedback or context.questions or context.titles:
        return ""
    if is_greeting(context.scene.folded) or context.asides:
        return ""
    found = [*_figures(context, drafts)]
    found += _chinese(context, drafts) if is_chinese(context.scene.folded) else _english(context, drafts)
    found = [one for one in found if not any(s <= one[0] and one[1] <= e for s, e in found if (s, e) != one)]
    return BETWEEN.join(dict.fromkeys(context.scene.text[start:end] for start, end in found[:_MOST_NAMED]))


def _figures(context: Context, drafts: list[Draft]) -> Iterator[tuple[int, int]]:
    """Yield where measures and amounts stand that no field takes: a 15 inch laptop, 不要太多人."""
    text = context.scene.folded
    spans = [
        (figure.start, figure.end)
        for figure in context.figures
        if not figure.dead and figure.quantity.dimension == "length" and figure.quantity.op == "=="
    ]
    for start, end in spans:
        noun = _NOUN.match(text, end)
        if not any(draft.start < end and start < draft.end for draft in drafts):
            yield start, noun.end() if noun and not _is_plain(noun.group().strip(" -")) else end
    for match in _MANY.finditer(text):
        if not any(draft.start < match.end() and match.start() < draft.end for draft in drafts):
            yield match.span()


def _taken(context: Context, drafts: list[Draft]) -> list[tuple[int, int]]:
    scene = context.scene
    spans = [(m.start, m.end) for m in scene.mentions] + [(m.start, m.end) for m in scene.markers]
    spans += [(d.start, d.end) for d in drafts]
    return [*spans, *context.tastes, *context.dead_spans]


def _english(context: Context, drafts: list[Draft]) -> list[tuple[int, int]]:
    """Return where runs of words stand that nothing reads; beside requirements only those that a wish leads up to."""
    text = context.scene.folded
    taken = [*_taken(context, drafts), *((figure.start, figure.end) for figure in context.figures)]
    found = [match.span() for match in _SIZE.finditer(text) if "size" not in context.lexicon.phrases]
    runs: list[list[re.Match[str]]] = []
    for match in _WORD.finditer(text):
        word, inside = match.group(), [*taken, *found]
        known = _is_plain(word) or word in context.lexicon.inner_words
        if len(word) < _LEAST or known or any(s < match.end() and match.start() < e for s, e in inside):
            continue
        if runs and _BETWEEN.fullmatch(text, runs[-1][-1].end(), match.start()):
            runs[-1].append(match)
        else:
            runs.append([match])
    if len(runs) > _MOST_RUNS or (not drafts and len(text.split()) > _MOST_SAID):
        return found
    for run in runs:
        start, end = run[0].start(), run[-1].end()
        led = not drafts or (_LED.search(text[:start]) and not _SUBJECT.match(text, end))
        if led and len(run) <= _MOST_WORDS and any(one.group() not in WORDS for one in run):
            figure = _FIGURE.match(text, end)
            found.append((start, figure.end() if figure else end))
    return sorted(found)


def _is_plain(word: str) -> bool:
    """Say whether an English word wishes for nothing: one of talk, of a unit, for people or occasions."""
    general = general_words()
    plain = general.words() | general.no_goods | general.talk
    forms = {word, singular(word) or word, re.sub(r"['’]\w+$", "", word), word.replace("'", "")}
    return not forms.isdisjoint(plain)


def _chinese(context: Context, drafts: list[Draft]) -> list[tuple[int, int]]:
    """Return where clauses stand that nothing reads, and words before a kind that tell none of its items apart."""
    text, taken = context.scene.folded, _taken(context, drafts)
    clauses = list(_CLAUSE_ZH.finditer(text))
    most = _MOST_ZH if len(clauses) == 1 and not drafts else _MOST_BESIDE_ZH
    found = []
    for clause in clauses:
        start, end = clause.span()
        lead, tail = LEAD_ZH.match(clause.group()), _TAIL_ZH.search(clause.group())
        start, end = start + (lead.end() if lead else 0), start + (tail.start() if tail else len(clause.group()))
        words = text[start:end]
        known = [(s, e) for s, e in taken if s < end and start < e and (e - s > 1 or e - s == end - start)]
        people = bool(tail and tail.group() != "呢")  # 男生用, 男士的
        beside = len(clauses) > 1 or bool(drafts)
        if words and len(_RUN.sub("x", words)) <= most and not known and _may_be_wished(words, people=people):
            found += [] if beside and _tells_a_story(words) else [(start, end)]
    return [*found, *_before_kinds(context, drafts, taken)]


def _before_kinds(context: Context, drafts: list[Draft], taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where words stand before the name of a kind that nothing reads: 修手表的服务."""
    text = context.scene.folded
    for draft in (one for one in drafts if one.field == context.lexicon.kind and one.op == "=="):
        match = _BEFORE_ZH.search(text[: draft.start])
        start, end = match.span("words") if match else (0, 0)
        lead = LEAD_ZH.match(text[start:end])
        start += lead.end() if lead else 0
        free = start < end and not any(s < end and start < e for s, e in taken)
        if free and _may_be_wished(text[start:end], people=False) and not _tells_a_story(text[start:end]):
            yield start, end


def _tells_a_story(words: str) -> bool:
    """Say whether Chinese words beside others tell of people or times, or are one character that may be anything."""
    tells = len(words) > 1 or any(mark.key.startswith("=") for mark in marks(words))
    return not tells or _STORY_ZH.search(words) is not None or any(one in words for one in general_words().no_goods)


def _may_be_wished(words: str, *, people: bool) -> bool:
    """Say whether Chinese words may wish for something: neither talk nor grammar, nor (unless `people`) no thing."""
    general = general_words()
    if TALK_ZH.search(words) or _COUNT_ZH.match(words) or (words in general.no_goods and not people):
        return False
    if words.isascii() and _is_plain(words):
        return False
    stops = longest(general.stop_zh.scan(words))
    if any(one.end - one.start > 1 for one in stops) or len(words) == sum(one.end - one.start for one in stops):
        return False
    return any(char.isalpha() for char in words)
