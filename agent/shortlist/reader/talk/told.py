"""What a message wants, refuses or worries about in words that no field stands for: a hidden pocket, 对羊毛过敏."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shortlist.reader.goods import topics
from shortlist.reader.message import Context, Draft, Told
from shortlist.reader.stance import will_do
from shortlist.reader.vocabulary import general_words, is_chinese
from shortlist_tools.text import marks, words_with

from .intent import is_greeting
from .unheard import LEAD_ZH, TALK_ZH

_SORT = r"(?:[- ](?:ones?|styles?|types?|kinds?|models?|designs?|versions?|fit)\b)?"
_END = (
    _SORT + r"(?=\W*$|[,.;!?]|\s+(?:and|or|but|for|please|pl[sz]|with|in|on|at|if|under|because|either|so|too|as|that|"
    r"which)\b)"
)
_THING = r"(?P<x>[a-z][a-z'-]+(?: [a-z][a-z'-]+){0,3}?)" + _END
_ARTICLE = r"(?!(?:the|an?|this|that|my|your|some|any|what|which|same|other|more|are|is)\b)"
_FRAMES_EN = (
    (
        "concern",
        ("allerg", "intoler"),
        r"\b(?:allergic|intolerant|allergy|allergies|intolerance) to (?:the )?" + _THING,
    ),
    ("concern", ("allerg", "intoler"), r"\b(?P<x>[a-z]+) (?:allergy|allergies|intolerance|intolerant)\b"),
    ("refuses!", ("free",), r"\b(?P<x>[a-z]{3,})[- ]free\b"),
    (
        "refuses",
        ("no ", "without", "free ", "not ", "n't ", "avoid"),
        r"\b(?:no|without|free (?:of|from)|(?:not|\w+n't) (?:have|contain|include)|not containing|avoid)"
        r" (?:any |added |an? |the )*" + _THING,
    ),
    ("refuses", ("nothing ", "none "), r"\b(?:nothing|none) (?:with|having|that has) (?:any |an? )?" + _THING),
    ("refuses", ("not ",), r"(?:^|[,;.] |\b(?:but|and) )not (?:too |so |very |an? |any )*" + _THING),
    (
        "refuses",
        ("not ", "nothing ", "n't "),
        r"\b(?:nothing|(?:not|\w+n't)(?: be| get| taste| look)?(?= (?:too|so|very|overly|that) ))"
        r" (?:(?:too|so|very|overly|that) )?" + _THING,
    ),
    (
        "refuses",
        ("n't ", "not ", "hate", "dislike"),
        r"\b(?:(?:don't|doesn't|not|can't) (?:want|like|need|stand|wear)|hates?|dislikes?)"
        r" (?:any |an? |the |these |those )*" + _THING,
    ),
    (
        "refuses",
        ("n't ", "not "),
        r"\b(?:that|which|it) (?:doesn't|does not|won't|don't|mustn't|shouldn't) " + _THING,
    ),
    (
        "wants!",
        (" have ", " come with", " include", " be "),
        r"\b(?:must|should|needs? to|has to|have to|want it to|gotta) (?:have|come with|include|be able to|be)"
        r" (?:an? |some |the |its own |built-in )*" + _THING,
    ),
    (
        "wants",
        ("with ", "having ", "including ", "has "),
        r"\b(?:with|having|including|(?:that|which|it) has|comes? with) (?:an? |some |its own |built-in )*" + _THING,
    ),
    ("wants!", ("that ", "which "), r"\b(?:that|which) (?:can|could|will|would) " + _THING),
    ("wants", ("work",), r"\bworks? (?:on|with|in) (?:an? |the |my )*" + _THING),
    (
        "wants!",
        ("only ",),
        r"(?:^|[,;.!] ?|\b(?:want|wants|like|need|show me|see) )(?:but |and )?only (?:the |an? )?" + _THING,
    ),
    (
        "sort",
        ("ones", "style", "type", "design", "fit", "kind"),
        _ARTICLE + r"\b(?P<x>[a-z]+(?:[- ][a-z]+)?)(?=[- ](?:ones|style|type|design|fit|kind)\b)",
    ),
    ("wants", ("ing",), r"\bfor (?P<x>[a-z]+ing(?: (?:on|in|at|with|my|the|a|your|[a-z]+)){0,4})" + _END),
)
"""What each frame makes of a thing, letters without which it is not sought, and the frame itself."""
_GRADED_ZH = re.compile(r"(?P<x>[\u4e00-\u9fff]{2,6}?)(?:不要|别|不能|不可以)太?(?:重|大|浓|强|冲|多)")
_FRAMES_ZH = (
    ("concern", re.compile(r"对(?P<x>[^,。!?;对]{1,8}?)(?:也|都|有点|严重|特别)?(?:过敏|不耐受)")),
    ("concern", re.compile(r"(?:[不别]用?管)?(?P<x>(?![不别没管])[\u4e00-\u9fff]{2,4}?)(?<!什么)(?:过敏|不耐受)")),
    ("refuses", _GRADED_ZH),
    ("dulled", re.compile(r"(?:别|不要|不想要?|不能|不|没那么|不那么)太?(?P<x>[\u4e00-\u9fff]{1,2}?)(?:的|了|$)")),
    ("graded", re.compile(r"(?P<x>[^\W\d_点些]{1,2}?)一?点儿?的")),
    (
        "refuses!",
        re.compile(
            r"(?:不[含带加有]|不要|别要|不想要|不喜欢|讨厌|(?:不能|别)(?=[有带含加])|(?<!有)没)(?:有|带|含|加)?"
            r"(?P<x>[^,。!?;的]{2,8}?)(?:成分)?的?$"
        ),
    ),
    (
        "wants",
        re.compile(
            r"(?<![不没别无])(?:带有?|要有|得有|必须有|最好有|能有|自带|附带|含有?|配有?)(?P<x>[^,。!?;的吗]{2,8}?)"
            r"(?:功能)?(?:的?[吗么]?$|的(?=[^的]{1,5}$))"
        ),
    ),
    ("known", re.compile(r"(?:能|可以|会|支持|能够)(?P<x>[^,。!?;的吗]{2,8})的(?:[^的]{1,5})?$")),
    ("wants!", re.compile(r"^(?:我?想?要)(?P<x>[^,。!?;的吗]{2,6})的(?:[^的]{1,5})?$")),
    (
        "wants!",
        re.compile(
            r"(?<![不别])(?:想?要|得是|必须是|最好是?|只要|只看|换成)(?:[个款副台盏双件种]|那种|这种)?"
            r"(?P<x>[^,。!?;的吗]{2,6})的$"
        ),
    ),
    (
        "sort",
        re.compile(
            r"^(?:还是|那就?|就|改成?|换成?|我|想?要|来|推荐|找|看看?|给我|[个款副台盏双件种])*(?P<x>[^,。!?;的吗]{2,6})的(?:吧|呀|哦|啊|嘛|呢|了)?$"
        ),
    ),
    (
        "sort!",
        re.compile(
            r"(?P<x>(?![这那几哪一两二三四五六七八九十百同新老旧各多此每该色本全爆热荐来买找要换求])[\u4e00-\u9fff]款)"
        ),
    ),
)
_OF_LEXICON = {"known": "wants", "graded": "wants", "dulled": "refuses"}
"""Frames so wide that only words of the lexicon are read from them, and what they make of those."""
_BARE = frozenset({"sort", "sort!", "refuses!"})
"""Frames of a few characters, which the words of talk fit as well: 可以的, 不喜欢这个."""
_COMPOUND = re.compile(r"(?<![\w-])[a-z]{2,}-(?!free\b)[a-z]{2,}(?![\w-])", re.IGNORECASE)
_ABLE_ZH = re.compile(r"适合|能|可以|必须|一定|得$")
"""What leads a wish for something that an item is to be fit for or to do."""
_BEFORE_KIND_ZH = re.compile(r"(?P<x>[a-z\u4e00-\u9fff]{2,6})的[^的]{0,6}$")
_OWNED = re.compile(r"\b(?:have|has|had|own|owns|got|bought)\b|有了|买过|用过")
_CLAUSE_ZH = re.compile(r"[^,，。!！?？;；、~\s]+")
PERSONAL = frozenset({"=pregnant", "=nursing", "=vegan"})
"""Conditions of a person, by their keys in the lexicon of words that say the same: to tell one is to ask."""
_OF_PEOPLE = re.compile(
    r"^(?:my|our|his|her|their|me|us|him|them|you|it|this|that|one|ones)\b|^(?:problem|idea|worries|[我你您他她咱])"
)


def read_told(context: Context, drafts: list[Draft]) -> tuple[tuple[Told, ...], list[Draft]]:
    """Return what a message wants, refuses or worries about that no requirement was read from, and the drafts left.

    Of those go the degrees of what no field holds, and titles refused for a worry: who is allergic to nuts avoids no
    name.
    """
    drafts = _without_graded(context, drafts)
    told = _told(context, drafts)
    return told, _without_worries(context, drafts, told)


def _told(context: Context, drafts: list[Draft]) -> tuple[Told, ...]:
    text = context.scene.folded
    if context.feedback or context.titles or context.asides or is_greeting(text):
        return ()
    # A single Chinese character is part of a word that the catalog does not know: 袋, in 暗袋.
    taken = [(m.start, m.end) for m in context.scene.mentions if m.senses and m.end - m.start > 1]
    title = context.schema.roles.get("title")
    taken += [(d.start, d.end) for d in drafts if d.field != title] + [(q.start, q.end) for q in context.questions]
    found: list[Told] = []
    for start, end in _subjects(context, drafts):
        taken.append((start, end))
        found.append(Told(words=context.scene.text[start:end].strip(), stance="wants", firm=True))
    spans = [*_spans(text), *_beside_kinds(context)] if is_chinese(text) else [*_beside_kinds(context), *_spans(text)]
    for frame, start, end in spans:
        words = text[start:end].strip()
        known = any(s < end and start < e for s, e in taken) or _OF_PEOPLE.match(words) is not None
        if frame in _OF_LEXICON:  # 能看完的 says little unless the words are of the lexicon
            of_it = [mark.key.startswith("=") for mark in marks(words)]
            known = known or not (any(of_it) if frame == "known" else all(of_it))
        elif frame in _BARE and is_chinese(words):
            known = known or TALK_ZH.search(words) is not None
        stance = _stance(context, frame, start)
        known = known or will_do(text, start, end)
        if stance and not known and not _is_plain(words):
            taken.append((start, end))
            told = {"words": context.scene.text[start:end].strip(), "stance": stance, "firm": frame.endswith("!")}
            found.append(Told.model_validate(told))
    return tuple(found)


def _subjects(context: Context, drafts: list[Draft]) -> Iterator[tuple[int, int]]:
    """Yield what the thing sought is to be about, where no value of a field and no longer name of a kind says it."""
    kind = context.lexicon.kind
    read = [(m.start, m.end) for m in context.scene.live()]
    for start, end in topics(context):
        longer = [(d.start, d.end) for d in drafts if d.field != kind or d.end > end or d.start < start]
        if not any(s < end and start < e for s, e in (*read, *longer)):
            yield start, end


def _stance(context: Context, frame: str, start: int) -> str:
    """Return what a frame makes of the thing that begins at `start`; nothing where it is only told about.

    A sort is wanted by its mere name (over-ear ones, 头戴的), unless it is refused.
    """
    if frame.rstrip("!") != "sort":
        return _OF_LEXICON.get(frame, frame.rstrip("!"))
    scene = context.scene
    clause = scene.clauses[scene.clause_at(start)]
    if context.is_dead(start) or _OWNED.search(scene.folded, clause.start, start):
        return ""
    return "refuses" if scene.has("not", start=clause.start, end=start) else "wants"


def _beside_kinds(context: Context) -> Iterator[tuple[str, int, int]]:
    """Yield compounds (over-ear), and what stands before the name of a kind in Chinese: 暖光, of 暖光的台灯."""
    scene, kind = context.scene, context.lexicon.kind
    if not is_chinese(scene.folded):
        yield from (("sort", *match.span()) for match in _COMPOUND.finditer(scene.text))
        return
    for mention in scene.live():
        if any(sense.field == kind for sense in mention.having("value")):
            clause = scene.clauses[scene.clause_at(mention.start)]
            if found := _BEFORE_KIND_ZH.search(scene.folded[clause.start : mention.start]):
                lead = LEAD_ZH.match(found["x"])
                start = clause.start + found.start("x") + (lead.end() if lead else 0)
                yield (
                    ("sort!" if lead and _ABLE_ZH.search(lead.group()) else "sort"),
                    start,
                    clause.start + found.end("x"),
                )


def _without_graded(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without a degree of what no field holds: 味道不要太重 speaks of no weight."""
    if not drafts or not is_chinese(context.scene.folded):
        return drafts
    graded = [found.span() for found in _GRADED_ZH.finditer(context.scene.folded) if marks(found["x"])[0].key[0] == "="]
    return [one for one in drafts if not any(start <= one.start and one.end <= end for start, end in graded)]


def _without_worries(context: Context, drafts: list[Draft], told: tuple[Told, ...]) -> list[Draft]:
    worries = [one.words for one in told if one.stance == "concern"]
    title = context.schema.roles.get("title")
    return [
        one
        for one in drafts
        if one.field != title or not any(context.scene.text[one.start : one.end] in words for words in worries)
    ]


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    if not is_chinese(text):
        for stance, needles, frame in _FRAMES_EN:
            if any(needle in text for needle in needles):
                yield from ((stance, *match.span("x")) for match in re.finditer(frame, text))
    else:
        for clause in _CLAUSE_ZH.finditer(text):
            for stance, pattern in _FRAMES_ZH:
                if found := pattern.search(clause.group()):
                    yield stance, clause.start() + found.start("x"), clause.start() + found.end("x")
    yield from (("concern", *match.span()) for match in _personal().finditer(text))


@cache
def _personal() -> re.Pattern[str]:
    words = [word for key in PERSONAL for word in words_with(key)]
    return re.compile("|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in words))


def _is_plain(words: str) -> bool:
    if any(mark.key.startswith("=") for mark in marks(words)):
        return False
    general = general_words()
    known = general.words() | general.no_goods | general.talk
    return words in known or (words.isascii() and all(word in known for word in words.split()))
