"""Requirements the user takes back: "forget the budget", 颜色随便."""

from __future__ import annotations

import re

from shortlist.reader.message import Context, Draft, Marker, Mention

from .relaxed import either_way, is_asked_for, one_of_several

_STRONG = frozenset(
    {
        "scratch",
        "give up on",
        "give up",
        "gave up on",
        "sacrifice",
        "ditch",
        "compromise on",
        "放弃",
        "can live without",
        "could live without",
        "can do without",
        "could do without",
        "can go without",
        "could go without",
        "couldn't care less about",
        "no longer has to be",
        "no longer needs to be",
        "needn't be",
        "no need to be",
        "forget about",
        "forget",
        "never mind",
        "nevermind",
        "never mind about",
        "drop",
        "remove",
        "scrap",
        "cancel",
        "don't need",
        "dont need",
        "do not need",
        "no longer need",
        "no need for",
        "doesn't have to be",
        "does not have to be",
        "doesn't need to be",
        "need not be",
        "don't care about",
        "dont care about",
        "lose",
        "lift",
        "undo",
        "take away",
        "leave out",
        "不需要",
        "不用",
        "不必",
        "不一定要",
        "不一定非要",
        "不一定",
        "取消",
        "去掉",
        "撤销",
        "忘了",
        "忘掉",
        "忘记",
        "别记",
        "别再记",
        "不要记",
        "不再要求",
        "不要求",
        "删掉",
        "去除",
        "移除",
        "不在乎",
        "不介意",
        "不限",
        "不是非要",
        "不是非得",
        "不是一定要",
        "不是必须",
        "不非要",
        "not necessarily",
        "not just for",
        "not only for",
        "不管",
        "不用管",
        "别管",
    }
)
_FORGETS = frozenset(
    {
        "forget",
        "forget about",
        "drop",
        "ditch",
        "scrap",
        "never mind",
        "never mind about",
        "leave out",
        "lose",
        "remove",
        "scratch",
        "ignore",
        "忘了",
        "忘掉",
        "去掉",
        "别管",
        "不用管",
        "不管",
        "不考虑",
        "删掉",
        "移除",
    }
)
_BEFORE_GAP = re.compile(
    r"^(?:[\s'\"]|\b(?:the|about|my|our|that|for|on|with|regards?|to|of|whole|said|told|you|i|i've|"
    r"asked|mentioned|it|is|it's|entirely|any|specific|particular|preferred|a|be|being|whatever|what|"
    r"which|in|all|really|so|much|particularly|exactly|"
    r"like|love|enjoy|prefer|hate|dislike|liking|loving|me|my|taste)\b|我|不?喜欢|讨厌|爱|的|掉|一下|了|要|是|专门|特别|特意|非得?|一定|必须|只|就|给|为|适合|于|什么|有|它|这个|那个|关于)*$"
)
_AFTER_GAP = re.compile(
    r"^(?:[\s']|\b(?:is|are|really|also|totally|completely|just|and|any|at|all|it|doesn't|thing|part|"
    r"one|honestly|for|me|that|actually|now)\b|的|也|都|我|就|这|方面|什么|倒|这个|了|上|可以|,|其实|"
    r"完全|真的|现在|并|没有|一定|必须|,|嘛|呢|那|啥|倒是|对我来说|对我而言|对我|刚才说的|之前说的|说的|我都|的?要求|"
    r"[这那][个项条块点边]|条件|有没有|有无|是不是|话|限制)*$"
)
_BUT = re.compile(r"^\s*(?:but|except|other than|besides|apart from)\b|^除了|^,?\s*除")
_AMOUNT = re.compile(r"\d")


def read_withdrawals(context: Context) -> tuple[list[tuple[str, int, int]], list[Draft]]:
    """Return the fields taken back, with the spans that say so, and single values of those of which others stay.

    The words concerned are ruled out.
    """
    found = either_way(context)
    lifted: list[Draft] = []
    for marker in context.scene.marked("withdraw_before", "withdraw_after"):
        if any(start <= marker.start < end for start, end in context.dead_spans):
            continue
        mention = _concerned(context, marker)
        if mention is None:
            continue
        if _dismisses(context, mention, marker):
            mention.negated = True
            continue
        fields = [s.field for s in mention.senses if s.part not in {"more", "less"}]
        name = next((f for f in fields if any(r.field == f for r in context.ledger)), fields[0])
        _rule_out(context, mention, marker)
        start, end = min(marker.start, mention.start), max(marker.end, mention.end)
        if one := one_of_several(context, mention):
            lifted.append(Draft(one.field, one.op, one.value, start, end, scope=one.scope))
        elif _names_field(mention) or any(row.field == name for row in context.ledger):
            found.append((name, start, end))
    found += _given_up(context)
    return list({name: (name, start, end) for name, start, end in reversed(found)}.values())[::-1], lifted


def _dismisses(context: Context, mention: Mention, marker: Marker) -> bool:
    """Say whether what is to be forgotten is a name that nobody asked for: "forget about Acme, show other brands"."""
    word = context.scene.folded[marker.start : marker.end]
    brand = context.schema.roles.get("brand")
    values = [s.value for s in mention.having("value") if s.field == brand]
    if word not in _FORGETS or not values or _names_field(mention):
        return False
    held = [row for row in context.ledger if row.field == brand]
    return not any(
        value == row.value or (isinstance(row.value, list) and value in row.value) for row in held for value in values
    )


def _given_up(context: Context) -> list[tuple[str, int, int]]:
    """Return the features that were asked for until now and no longer are: 不要防水了 asks for nothing instead."""
    asked_for = {row.field for row in context.ledger if row.op == "==" and row.value is True}
    found = []
    for mention in context.scene.live():
        flags = [sense.field for sense in mention.having("flag") if sense.field in asked_for]
        if flags and mention.negated and context.scene.folded[mention.end :].startswith("了"):
            mention.dead = True
            found.append((flags[0], mention.start, mention.end))
    return found


def _concerned(context: Context, marker: Marker) -> Mention | None:
    """Return the mention that a word of withdrawal is about, or None."""
    scene = context.scene
    text = scene.folded
    word = text[marker.start : marker.end]
    clause = scene.clauses[scene.clause_at(marker.start)]
    live = [m for m in scene.live() if m.having("field", "flag", "value")]
    if "withdraw_before" in marker.classes:
        for mention in live:
            if (
                mention.start < marker.end
                or mention.start >= clause.end
                or not _BEFORE_GAP.match(text[marker.end : mention.start])
            ):
                continue
            if _BUT.match(text[mention.end :]):
                continue
            if word in (
                "drop",
                "weight",
                "any",
                "no",
                "什么",
                "任何",
                "哪个",
                "哪种",
                "啥",
                "任意",
            ) and not mention.having("field"):
                continue
            if word in ("什么", "哪个", "哪种", "啥") and not scene.has(
                "any", "withdraw_after", start=mention.end, end=clause.end
            ):
                continue
            if word == "no" and not _unlimited(text, mention):
                continue
            if _names_field(mention) or word in _STRONG:
                return mention
    if "withdraw_after" in marker.classes:
        for mention in reversed(live):
            if mention.end > marker.start or mention.end <= clause.start - 2:
                continue
            if not mention.having("field", "flag") and not is_asked_for(context, mention):
                continue
            if _AMOUNT.search(text[mention.end : marker.start]) or not _AFTER_GAP.match(
                text[mention.end : marker.start]
            ):
                continue
            if _requires_more(text, marker) or any(
                f.start >= marker.end and f.start < clause.end
                for f in context.figures
                if word in ("要求", "限制", "requirement")
            ):
                continue
            return mention
    return None


def _names_field(mention: Mention) -> bool:
    """Say whether the words name a field and nothing else ("colour", not "waterproof")."""
    return bool(mention.having("field")) and not mention.wanted


def _unlimited(text: str, mention: Mention) -> bool:
    """Say whether "no" before a field means no bound on it ("no budget", "no price limit"), not its absence."""
    return bool(
        re.match(
            r"\s*(?:limit|preference|restriction|constraint|requirement|cap|ceiling|in mind|$|[,.!])",
            text[mention.end :],
        )
    )


def _requires_more(text: str, marker: Marker) -> bool:
    """Say whether 要求 or "requirement" is no withdrawal by itself: it needs a "no" before or "drop" elsewhere."""
    word = text[marker.start : marker.end]
    if word not in (
        "要求",
        "的要求",
        "限制",
        "的限制",
        "limit",
        "restriction",
        "requirement",
        "requirements",
        "constraint",
    ):
        return False
    before = text[max(0, marker.start - 24) : marker.start]
    return not re.search(
        r"\b(?:no|without|drop|remove|forget|lift|ignore|scrap|lose)\b|没|无|不|取消|去掉|放宽", before
    )


def _rule_out(context: Context, mention: Mention, marker: Marker) -> None:
    scene = context.scene
    mention.dead = True
    fields = {s.field for s in mention.having("field")}
    for other in scene.live():
        # 不一定非要适合情侣 names the field and the value of it.
        if fields and not scene.folded[mention.end : other.start].strip() and other.start >= mention.end:
            other.dead = any(s.field in fields for s in other.having("value"))
    clause = scene.clauses[scene.clause_at(mention.start)]
    start, end = min(marker.start, mention.start), max(marker.end, mention.end)
    for figure in context.figures:
        if (
            clause.start <= figure.start < clause.end
            and start - 2 <= figure.start <= end + 4
            and figure.quantity.op == "=="
        ):
            figure.dead = True
