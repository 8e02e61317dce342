"""What a message wishes for in words that no field, value or name of the catalog stands in: size 42, foldable, 男款."""

from __future__ import annotations

import re

from shortlist.reader.message import Context, Draft
from shortlist.reader.vocabulary import general_words, is_chinese, longest, singular

from .intent import is_greeting

_WORD = re.compile(r"[a-z][a-z'’]*[a-z]")
_BETWEEN = re.compile(r"(?:[ -]|\b(?:of|the|a|an)\b)+")
_FIGURE = re.compile(r" ?\d+(?:\.\d+)?\b")
_MOST_WORDS = 4
_MOST_SAID = 8
"""Words of a message that may be a bare wish; a longer one tells a story."""
_LED = re.compile(r"\b(?:for|with|in|only|a|an|some|any|,)\s*$|^\W*$", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:something|anything) (?:with|for|in|against)\b")
_LEAST = 3
_MOST_ZH = 6
_CLAUSE_ZH = re.compile(r"[^,。!?;、~…\s]+")
LEAD_ZH = re.compile(
    r"^(?:最好|希望|请问?|麻烦|给|要|想要?|有没有|有|来|推荐|适合|能|可以|是|那|就|也|都|别太?|不要太?|太|很|更加?|比较|稍微?|再|"
    r"一定|必须|得|带|那种|这种|关于|对)+"
)
_TAIL_ZH = re.compile(
    r"(?:的话|一点儿?|一些|点儿?|些|的|吧|呢|吗|呀|啊|嘛|呗|么|哦|了|之类|那种|这种|款式)+$|(?<=[\u3400-\u9fff]{2})用$"
)
TALK_ZH = re.compile(
    r"[我你他她它您谁咱想说看听问懂道考虑明觉等算行谢对嗯哦啊哈呵哎哇喔嘿呀吧吗呢不没怎什么哪几这那还就才又再让被把们会过去来着试"
    r"错棒牛赞慢忙累烦]|随便|无聊|其他|其它|别的|一样|所有|全部|东西|好"
)


def unheard(context: Context, drafts: list[Draft]) -> str:
    """Return the words of a wish in a running search that say nothing to this catalog, as they were said; else nothing.

    They are sought where a search is on, or the message names what it wants: a kind of thing, or something with it.
    """
    kind = context.lexicon.kind
    running = bool(context.ledger or context.shown) or any(draft.field == kind for draft in drafts)
    running = running or bool(_OPEN.search(context.scene.folded))
    if not running or context.references or context.feedback or context.questions or context.titles:
        return ""
    if is_greeting(context.scene.folded) or context.asides:
        return ""
    if is_chinese(context.scene.folded):
        return "" if drafts or not (context.ledger or context.shown) else _chinese(context, drafts)
    found = _english(context, drafts)
    return "" if found and drafts and not _LED.search(context.scene.text.partition(found)[0]) else found


def _taken(context: Context, drafts: list[Draft]) -> list[tuple[int, int]]:
    scene = context.scene
    spans = [(m.start, m.end) for m in scene.mentions] + [(m.start, m.end) for m in scene.markers]
    spans += [(d.start, d.end) for d in drafts]
    return [*spans, *context.tastes, *context.dead_spans]


def _english(context: Context, drafts: list[Draft]) -> str:
    text, general = context.scene.folded, general_words()
    taken = _taken(context, drafts)
    plain = general.words() | general.no_goods | general.talk
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        known = {word, singular(word) or word, word.removesuffix("'s"), word.replace("'", "")} & plain
        if len(word) < _LEAST or known or any(s < match.end() and match.start() < e for s, e in taken):
            continue
        if found and not _BETWEEN.fullmatch(text, found[-1].end(), match.start()):
            break
        found.append(match)
    if not found or len(found) > _MOST_WORDS or (not drafts and len(text.split()) > _MOST_SAID):
        return ""
    figure = _FIGURE.match(text, found[-1].end())
    return context.scene.text[found[0].start() : figure.end() if figure else found[-1].end()]


def _chinese(context: Context, drafts: list[Draft]) -> str:
    text, taken = context.scene.folded, _taken(context, drafts)
    clauses = list(_CLAUSE_ZH.finditer(text))
    for clause in clauses if len(clauses) == 1 else ():  # several tell a story
        start, end = clause.span()
        lead, tail = LEAD_ZH.match(clause.group()), _TAIL_ZH.search(clause.group())
        start, end = start + (lead.end() if lead else 0), start + (tail.start() if tail else len(clause.group()))
        words = text[start:end]
        known = [(s, e) for s, e in taken if s < end and start < e and e - s > 1]
        people = bool(tail and tail.group() != "呢")  # 男生用, 男士的
        if not words or len(words) > _MOST_ZH or known or TALK_ZH.search(words):
            continue
        if words in general_words().no_goods and not people:
            continue
        stops = longest(general_words().stop_zh.scan(words))
        if any(one.end - one.start > 1 for one in stops) or len(words) == sum(one.end - one.start for one in stops):
            continue
        if any(char.isalpha() for char in words):
            return context.scene.text[start:end]
    return ""
