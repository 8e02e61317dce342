"""Sets of several kinds: one more ("plus a lamp"), one less, another kind or item in the place of one (换个台灯)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from shortlist.reader.message import Context, Draft, Feedback, Mention
from shortlist.reader.stance import persons, targets_of
from shortlist.reader.vocabulary import fold
from shortlist_tools.catalog import Requirement

from .exact import Exact
from .kinds import is_kind, kind_mentions, kind_of
from .narrower import Narrower
from .parts import parts_of
from .short_names import further_name, parts_named

_BESIDE = re.compile(
    r"^\W*(?:(?:ok|okay|great|good|nice|perfect|then|now|yes|oh|later|好|好的|行|那|嗯)\W+)*"
    r"(?:and also|plus|also|in addition|on top of (?:that|it))\b|\badd\b(?! up)"
    r"|再(?:给我|帮我)?[加配搭]|外加|配(?:着|套)用?|加上|(?<!再)加[一两个只件台盏瓶双款副条](?!起)"
    r"|\b(?:too|as well|in addition|on top|to go with (?:it|them|that))\W*(?:please|then)?\W*(?:$|(?<=[,.;!?] ))"
    r"|^\W*也(?:要|想要|来)|也(?:要|来)一"
)
"""What is added to. "And a bottle of wine", 还要找个餐馆: that may be the next errand, with the last one done."""
_ONE_MORE = re.compile(
    r"再(?:给我|帮我)?(?:来|要|买|选|挑|拿)(?=[一1]?[个款双副台件盏把只支瓶本条套])"
    r"|(?:还|另外|顺便)(?:再|想|需)?(?:要|来|买|配|加|选|挑)(?=[一1个款双副台件盏把只支瓶本条套])"
    r"|^\W*and an? \w+(?: \w+)?\W*$"
)
"""What adds another thing of the kind, or one more to a set; a new kind is the next errand."""
_SWAP = re.compile(r"\b(?:another|(?:a )?different|swap|change|replace|not that|other)\b|换|别的|另一")
_INSTEAD = re.compile(r"\binstead\b|\brather\b|换成|换个|改成|不要了")
_FOR_ANOTHER = re.compile(
    r"\b(?:swap|change|replace|exchange|trade)\b[^.!?]*\b(?:for|with|by|to|into)\b|\binstead of\b|\brather than\b"
    r"|换成|改成|改为|换作"
)
_INTO = re.compile(r"(?:换成|改成|改为|换作|换|要)([\u3400-\u9fff]{1,2})的")
_LESS = re.compile(
    r"\b(?:remove|drop|skip|scrap|scratch|cancel|lose|delete|leave out|take out|take away|take off|cut|"
    r"forget(?: about)?|never mind|without|no (?:more|longer)|(?:don't|do not|dont|needn't) (?:need|want|require))\b"
    r"[\s\w']{0,16}$"
    r"|(?:不要|不用|不需要|不买|去掉|取消|删掉|删除|拿掉|减掉|先不要|别要|别买|撤掉|算了)(?:那个|这个|那双|那款|那盏|那瓶|这款|了)?$"
)
_LESS_AFTER = re.compile(
    r"\s*(?:给我|就|先|都|也|可以)*(?:(?:不(?:要|用|需要|买)|算|免)了|[去拿删减撤]掉|[删移]除|取消)"
    r"|\s*(?:can (?:go|come out)|(?:back )?out(?: of (?:it|this|that|the set))?)\W*(?:please|then|again|and\b|$)"
)
_LEAVES = re.compile(
    r"\b(?:show|find|look|looking|see|list|recommend|suggest|what|which|have you|do you|only|now)\b"
    r"|看看|有哪些|有什么|有没有|推荐|找|介绍|想看|只要"
)
"""What asks for one kind alone again, in the place of the set."""
_WANTING = frozenset({"==", "in", "contains", "contains_any"})


def held_kinds(context: Context) -> list[str]:
    """Return the kinds of the set that is sought, in the order they were said; none where one kind or any is."""
    kind = context.lexicon.kind
    rows = [row for row in context.ledger if row.field == kind and row.op == "in" and row.hard and row.group is None]
    return [str(value) for value in rows[0].value] if len(rows) == 1 else []


def read_further(context: Context, less: Sequence[Draft] = ()) -> list[Draft]:
    """Return the kinds that are wanted together from now on, where the message adds one, and takes out those of `less`.

    What the message says beside goes with the new kind alone; what was said before stays with the earlier one.
    """
    kind, text = context.lexicon.kind, context.scene.folded
    rows = [row for row in context.ledger if row.field == kind and row.hard and row.op in ("==", "in")]
    one_more = _ONE_MORE.search(text) and not (_BESIDE.search(text) or context.feedback)
    if len(rows) != 1 or rows[0].group or _INSTEAD.search(text) or not (one_more or _BESIDE.search(text)):
        return []
    gone = {value for draft in less for value in draft.value}
    held = [str(one) for one in (rows[0].value if rows[0].op == "in" else [rows[0].value]) if one not in gone]
    mentions = kind_mentions(context)
    if not mentions and (short := further_name(context)) is not None:
        new = [] if short.value in held or one_more else [replace(short, op="in", value=[*held, short.value])]
        return [short] if held == [short.value] else new
    named = {kind_of(context, mention) for mention in mentions}
    if len(named) == 1 and named == set(held) and _is_another_name(context, rows[0], mentions):
        return [Draft(kind or "", "==", held[0], mentions[0].start, mentions[0].end, beside=True)]
    if len(named) != 1 or named <= set(held) or (one_more and len(held) == 1):
        return []
    value = named.pop()
    for mention in mentions:
        mention.dead = True
    for target in targets_of(context):
        if not is_kind(context, target):
            target.scope = f"kind:{value}"
    return [Draft(kind or "", "in", [*held, value], mentions[0].start, mentions[0].end, beside=True)]


def _is_another_name(context: Context, row: Requirement, mentions: list[Mention]) -> bool:
    """Say whether a further name of the kind that is sought is wanted: "need a grinder too", after coffee machines."""
    said, quote = context.scene.folded[mentions[0].start : mentions[0].end], fold(row.quote)
    for mention in mentions:
        mention.dead = row.op == "==" and said not in quote
    return row.op == "==" and said not in quote


def read_less(context: Context) -> list[Draft]:
    """Return the kinds that are taken out of the set: "remove the shoes", 鞋子不要了."""
    held, text = held_kinds(context), context.scene.folded
    named = [m for m in _of_kinds(context) if kind_of(context, m) in held]
    if not held or _FOR_ANOTHER.search(text):
        return []
    gone = [m for m in named if _LESS.search(text[: m.start]) or _LESS_AFTER.match(text, m.end)]
    if not gone or len({kind_of(context, m) for m in gone}) >= len(held):
        return []
    for mention in gone:
        mention.dead = True
    return [Draft(context.lexicon.kind or "", "in", [kind_of(context, m)], m.start, m.end) for m in gone]


def read_exchange(context: Context) -> list[Draft]:
    """Return the set with another kind in the place of one: "swap the lamp for a backpack", 第二个换成桌游."""
    held, kind = held_kinds(context), context.lexicon.kind
    if not held or not _FOR_ANOTHER.search(context.scene.folded):
        return []
    mentions = _of_kinds(context)
    named = [kind_of(context, m) for m in mentions]
    new = [value for value in dict.fromkeys(named) if value not in held]
    old = [value for value in dict.fromkeys(named) if value in held] or _pointed_at(context, held)
    if len(new) != 1 or len(old) != 1:
        return []
    for mention in mentions:
        mention.dead = True
    first = next(m for m in mentions if kind_of(context, m) == new[0])
    kept = [new[0] if value == old[0] else value for value in held]
    for target in targets_of(context):
        if not is_kind(context, target):
            target.scope = f"kind:{new[0]}"
    return [Draft(kind or "", "in", kept, first.start, first.end, beside=True)]


def _pointed_at(context: Context, held: list[str]) -> list[str]:
    """Return the kind of the one item of the set that the message points at, or that was said to be for somebody."""
    kind = context.lexicon.kind or ""
    pointed = {name for _, _, name in context.references}
    kinds = {str(item.values.get(kind)) for item in context.shown if item.id in pointed} or _for_whom(context)
    return sorted(kinds & set(held)) if len(kinds) == 1 else []


def _for_whom(context: Context) -> set[str]:
    """Return the kind that was asked for the person whom the message names, by the words between the kinds.

    Chinese names the person before the kind (给爸一个耳机), English after it: of the first and the last that stands
    outside the words for the kinds.
    """
    who = set(persons(context.scene.folded))
    rows = [row for row in context.ledger if row.field == context.lexicon.kind and row.op == "in"]
    if not who or not rows:
        return set()
    quote, kinds = fold(rows[0].quote), {str(value) for value in rows[0].value}
    places: list[tuple[int, int, set[str]]] = []
    for found in context.lexicon.phrases.scan(quote):
        values = {str(s.value) for s in found.payload if s.field == context.lexicon.kind and s.part == "value"} & kinds
        if values and (not places or found.start >= places[-1][1]):
            places.append((found.start, found.end, values))
    before = not context.scene.folded.isascii()
    for (_, end, values), (start, _, others) in itertools.pairwise(places):
        if who & set(persons(quote[end:start])):
            return others if before else values
    return places[0 if before else -1][2] if places else set()


def swap_in_set(context: Context) -> None:
    """Turn down the item of the set in whose place the message wants another of its kind; the set itself goes on."""
    kind, held = context.lexicon.kind, set(held_kinds(context))
    mentions = kind_mentions(context)
    named = {kind_of(context, mention) for mention in mentions}
    shown = [item for item in context.shown if str(item.values.get(kind or "")) in named]
    others = [item for item in context.shown if str(item.values.get(kind or "")) in held - named]
    if len(named) != 1 or not named < held or not shown or not others or not _SWAP.search(context.scene.folded):
        return
    for mention in mentions:
        mention.dead = True
    for target in targets_of(context):
        if not is_kind(context, target):
            target.scope = f"kind:{min(named)}"
    if any(one.having("more", "less") for one in context.scene.live()):
        return  # "a cheaper one" leaves it out where there is such a one, and keeps it where there is none
    quote = context.scene.text[mentions[0].start : mentions[0].end]
    known = {one.item_id for one in context.feedback}
    gone = [item.id for item in shown if item.id not in known]
    context.feedback += [Feedback(kind="dismissed", item_id=one, quote=quote) for one in gone]


def read_part(context: Context, exact: Exact, row_of: Mapping[str, int]) -> None:
    """Find the part of a set within one kind that the message speaks of: the sunscreen, of cream and sunscreen."""
    kind, text = context.lexicon.kind, context.scene.folded
    rows = [row for row in context.ledger if row.field == kind and row.op == "==" and row.hard]
    parts = dict(parts_of(rows[0].quote, str(rows[0].value), exact)) if len(rows) == 1 else {}
    named = parts_named(text, list(parts), context.schema) if parts else set()
    if len(named) != 1 or _BESIDE.search(text) or _ONE_MORE.search(text):
        return
    mask = parts[named.pop()]
    context.part = [item for item in context.shown if mask[row_of[item.id]]]
    if context.part and _SWAP.search(text) and not any(one.having("more", "less") for one in context.scene.live()):
        quote = context.scene.text
        context.feedback += [Feedback(kind="dismissed", item_id=item.id, quote=quote) for item in context.part]


def of_the_part(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return `drafts` as wishes where they are said of one part of a set within one kind; the set itself goes on."""
    if not context.part:
        return drafts
    others = [one for one in drafts if one.field != context.lexicon.kind]
    return [replace(one, hard=one.op in ("!=", "not_in", "not_contains")) for one in others]


def name_closer(context: Context, narrower: Narrower) -> list[Draft]:
    """Return what a closer name of one kind of the set says of that kind ("white wine"); the set itself goes on."""
    held, found = held_kinds(context), []
    mentions = kind_mentions(context)
    named = {kind_of(context, mention) for mention in mentions}
    parts = sorted(parts_named(context.scene.folded, held, context.schema)) if held else []
    if len(parts) == 1 and (into := _turned_into(context, parts[0])):
        return [into]
    if len(parts) == 1 and not mentions:
        _keep_to(context, parts[0])
    if not held or len(named) != 1 or not named < set(held) or context.scene.has("only", end=mentions[0].start):
        return []
    for mention in mentions:
        inner = narrower.value(context.scene.folded[mention.start : mention.end], kind_of(context, mention))
        if inner is None:
            if not _LEAVES.search(context.scene.folded) and len(context.scene.folded) > mention.end - mention.start + 2:
                mention.dead = True
                _keep_to(context, kind_of(context, mention))
            continue
        field, value = inner
        scope = f"kind:{kind_of(context, mention)}"
        found.append(Draft(field.name, field.has, value, mention.start, mention.end, scope=scope, replaces=True))
        mention.dead = True
    return found


def _turned_into(context: Context, kind: str) -> Draft | None:
    """Return what a part of a set is to be from now on, where it is told by less than the value's name: 换成白的."""
    for match in _INTO.finditer(context.scene.folded):
        for field in context.schema.fields:
            value = next((v for w in (match[1], match[1] + "色") if (v := field.canonical(w)) in field.values), None)
            if field.name == context.lexicon.kind or value is None:
                continue
            if kind in context.coverage.kinds_with(field.name, value):
                return Draft(field.name, field.has, value, *match.span(1), scope=f"kind:{kind}", replaces=True)
    return None


def _keep_to(context: Context, kind: str) -> None:
    """Let what the message says be said of one kind of the set."""
    said = (one for one in targets_of(context) if not is_kind(context, one))
    for target in (*said, *context.field_mentions()):
        target.scope = target.scope or f"kind:{kind}"


def spread(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return `drafts` with what only some kinds of the set can have asked of those alone: no cream is a waterproof one.

    A figure for a kind that never has such a field was meant for something else, and goes.
    """
    sought = [d for d in drafts if d.field == context.lexicon.kind and d.op == "in" and d.group is None]
    held = [str(value) for value in sought[-1].value] if sought else held_kinds(context)
    if any(d.field == context.lexicon.kind and d not in sought for d in drafts) or len(held) <= 1:
        return drafts
    found: list[Draft] = []
    for draft in drafts:
        scoped = (draft.scope or "").removeprefix("kind:")
        figure = scoped in held and context.field(draft.field).kind == "number"
        if figure and context.coverage.of(draft.field, [scoped]) == 0.0:
            continue
        having = [one for one in held if _can_have(context, draft, one)]
        if draft.scope is None and draft.group is None and having and len(having) < len(held):
            found += [replace(draft, scope=f"kind:{one}") for one in having]
        else:
            found.append(draft)
    return found


def _can_have(context: Context, draft: Draft, kind: str) -> bool:
    """Say whether some item of a kind has the field of a requirement, and the value that is wanted of it."""
    if (context.coverage.of(draft.field, [kind]) or 0.0) == 0.0:
        return False
    if draft.op not in _WANTING or context.field(draft.field).kind not in ("category", "multi_category"):
        return True
    values = draft.value if isinstance(draft.value, list) else [draft.value]
    return any(kind in context.coverage.kinds_with(draft.field, value) for value in values)


def _of_kinds(context: Context) -> list[Mention]:
    """Return where the message names kinds, negated ones too."""
    kind = context.lexicon.kind
    live = [m for m in context.scene.live() if m.having("value")]
    return [m for m in live if any(s.field == kind and s.part == "value" for s in m.senses)]
