"""Kinds called by less than their name: 包 for 背包, 买啥灯好, 咖啡的吧."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shortlist.reader.message import Context, Draft
from shortlist.reader.vocabulary import fold, has_form, is_chinese, plural, singular
from shortlist_tools.catalog import Schema

from .narrower import Narrower

_LONG = 3
_LEAST_NAMES = 2
"""A character that so many names of one kind alone end in stands for the kind."""
_FRAME = re.compile(
    r"(?:买|要|找|换|看看|推荐|来|送|求|选|挑)(?:一|[个款双副台件盏把只支瓶本条顶]|点儿?|些|啥|什么|哪[个款种]?|别的)*"
    r"(?P<name>[\u3400-\u9fff])(?=$|[,。!?;~\s]|[的吧呢吗呀啊嘛好比才]|[上去给送用放能可出平日通旅背])"
)
_TURNED = re.compile(
    r"^\W*(?:那么?|还是|就|要|看看?|来点?|换成?|or |ok |maybe |then |rather |the )*"
    r"(?P<topic>[a-z ]+?|[\u3400-\u9fff]+?)"
    r"(?:的东西|的|类的?|方面的?| one| ones| stuff| things?| then| instead| please)+(?:吧|呢|吗|好了)?\W*$"
)
_EITHER = re.compile(r"\b(?:or|and)\b|或|和|还是|、")
_OR_AFTER = re.compile(
    r" (?:or|and) (?:an? |some |maybe )?(?P<en>[a-z]{3,})\b"
    r"|(?:或者?|和|还是|、)(?P<zh>[\u3400-\u9fff])(?=$|[,。!?;~\s的都])"
)
_OR_BEFORE = re.compile(
    r"(?:\b(?P<en>[a-z]{3,}) (?:or|and) (?:an? |some |maybe )?"
    r"|(?<![\u3400-\u9fff])(?P<zh>[\u3400-\u9fff])(?:或者?|和|还是|、))$"
)
_ADDED = re.compile(
    r"\b(?:an?|another|some|the)\s+(?P<en>[a-z]+(?: [a-z]+){0,2}?)(?=\s+(?:to|too|as|with|for|please|on)\b|\W*$)"
    r"|[一1]?[个款双副台件盏把只支瓶本条套](?P<zh>[\u3400-\u9fff]{1,4}?)(?=$|[,。!?;~\s]|[吧呢吗配搭来一])"
)
_OF_A_USE = re.compile(
    r"(?:\b(?:for|of|in|with|while|play(?:ing|s)?|video|computer|pc|online|mobile)|打|玩|电子|网络|电脑|手机)\W*$"
)
"""What stands before a word that names a use, or what something is used for."""
_BUYS = re.compile(r"买|入手|\b(?:buy|get|need|purchase)\b")


def short_kinds(context: Context, narrower: Narrower, drafts: list[Draft]) -> list[Draft]:
    """Return the kind that a message means by a part of its name, where it names none."""
    kind, text = context.lexicon.kind, context.scene.folded
    if kind is None or any(draft.field == kind for draft in drafts) or context.references or context.titles:
        return []
    if turned := _TURNED.match(text):
        topic = turned.group("topic").strip()
        if value := narrower.topics.get(topic):
            return [Draft(kind, "==", value, turned.start("topic"), turned.end("topic"))]
    for match in _FRAME.finditer(text):
        inside = any(m.start < match.end() <= m.end and m.end - m.start > 1 for m in context.scene.mentions)
        if not inside and (value := _by_ending(context, match.group("name"))):
            return [Draft(kind, "==", value, match.start("name"), match.end("name"))]
    held = any(row.field == kind for row in context.ledger)
    for topic, value in narrower.topics.items() if not held and _BUYS.search(text) else ():
        at = text.find(topic)
        if at >= 0 and (is_chinese(topic) or re.search(rf"\b{re.escape(topic)}\b", text)):
            return [Draft(kind, "==", value, at, at + len(topic))]
    return []


def kinds_by_ending(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return `drafts` with what several names of a kind end in as that kind, where it is no use: "games for kids".

    Whoever has named a kind, or plays the games that something is for, means the use.
    """
    kind, text = context.lexicon.kind, context.scene.folded
    if kind is None or any(r.field == kind for r in context.ledger) or any(d.field == kind for d in drafts):
        return drafts
    for draft in drafts:
        said = text[draft.start : draft.end]
        plain = draft.op == "contains" and draft.hard and not _OF_A_USE.search(text[: draft.start])
        if plain and context.field(draft.field).kind == "multi_category" and (value := _by_ending(context, said)):
            return [replace(draft, field=kind, op="==", value=value) if one is draft else one for one in drafts]
    return drafts


def with_short_kinds(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return `drafts` with the kinds that stand beside a named one by a part of their names: shoes or bags."""
    kind, text = context.lexicon.kind, context.scene.folded
    named = [one for one in drafts if one.field == kind and one.op == "==" and not (one.scope or one.group)]
    if kind is None or len(named) != 1 or not _EITHER.search(text):
        return drafts
    draft = named[0]
    after, before = _OR_AFTER.match(text, draft.end), _OR_BEFORE.search(text[: draft.start])
    for match in filter(None, (after, before)):
        name = "en" if match["en"] else "zh"
        value = _by_ending(context, match[name])
        if value is not None and value != draft.value:
            start, end = min(draft.start, match.start(name)), max(draft.end, match.end(name))
            both = replace(draft, op="in", value=[draft.value, value], start=start, end=end)
            return [both if one is draft else one for one in drafts]
    return drafts


def further_name(context: Context) -> Draft | None:
    """Return the kind of a thing that is wanted beside another, named by the end of several of its names: a kettle."""
    kind, text = context.lexicon.kind, context.scene.folded
    for match in _ADDED.finditer(text) if kind else ():
        name = "en" if match["en"] else "zh"
        start, end = match.span(name)
        value = None
        while value is None and start < end:
            value = _by_ending(context, text[start:end])
            start = start if value else start + 1 if name == "zh" else text.find(" ", start, end) + 1 or end
        if value is not None:
            return Draft(kind or "", "==", value, start, end, beside=True)
    return None


def _names(context: Context) -> Iterator[tuple[str, str]]:
    """Yield the names of kinds with their values."""
    for value, by in context.field(context.lexicon.kind or "").values.items():
        for word in {fold(word) for words in by.values() for word in words}:
            yield word, value


def _by_ending(context: Context, end: str) -> str | None:
    """Return the one kind of which a name is that character or word, or several names end in it."""
    end = singular(end) or end
    ending = [(name, value) for name, value in _names(context) if _ends(name, end)]
    values = {value for _, value in ending}
    told = len(ending) >= _LEAST_NAMES or any(name == end for name, _ in ending)
    return values.pop() if told and len(values) == 1 else None


def _ends(name: str, end: str) -> bool:
    return name.endswith(end) if is_chinese(end) else name.rpartition(" ")[2] in (end, plural(end))


def parts_named(message: str, parts: Sequence[str], schema: Schema) -> set[str]:
    """Return which of `parts` of a set, kinds or names within one, a message names, by less than the name too."""
    kind, text = schema.role("kind"), fold(message)
    called: dict[str, set[str]] = {}
    for part in parts:
        listed = kind.values.get(part, {}).values() if kind else ()
        called[part] = {fold(word) for words in listed for word in words} | {fold(part).replace("_", " ")}
        shorter = {name[:-1] for name in called[part] if is_chinese(name) and len(name) >= _LONG}
        called[part] |= shorter  # 防晒, of 防晒霜
    ends = Counter(end for names in called.values() for end in {_end(name) for name in names})
    found = set()
    for part, names in called.items():
        whole = any(has_form(text, name) for name in names)
        short = [end for end in {_end(name) for name in names} if ends[end] == 1]
        if whole or any(_is_named_so(text, end) for end in short):
            found.add(part)
    return found


def _end(name: str) -> str:
    return name[-1] if is_chinese(name) else name.rpartition(" ")[2]


def _is_named_so(text: str, end: str) -> bool:
    """Say whether a text has the last part of a name as a name: 灯再亮点, "a cheaper bag", "the light"."""
    if is_chinese(end):
        return end in text
    return re.search(rf"\b(?:the|an?|another|that|this|my|other)(?: [\w-]+)? {re.escape(end)}s?\b", text) is not None
