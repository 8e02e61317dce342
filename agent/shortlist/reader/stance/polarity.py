"""What is excluded and what is only wished for: negation and wish words, and how far each reaches."""

from __future__ import annotations

import itertools
import re
from typing import Any

from shortlist.reader.message import Clause, Context, Figure, Marker, Mention, Moment
from shortlist.reader.vocabulary import Found, general_words, longest

from .refusals import are_side_by_side, close_described, complains

_LIST_GAP = re.compile(
    r"^(?:[\s,、/]|\b(?:or|nor|and|any|a|an|the|from|of|in|is|are|no|not|with|for|anything|things|"
    r"stuff|ones|one)\b|或者|或是|或|和|跟|与|以及|及|还有|也|不要|别|的|也不要|颜色|色)*$"
)
_PAUSE = re.compile(r"^(?!.*(?:\b(?:or|nor|and|no|not|without)\b|或|和|跟|与|、|不|别)).*,")
_JOINS = re.compile(r"(?:\b(?:and|but|or|so|plus)|、)[\s,]*$")
_OPENS = re.compile(r"\s*(?:it|they|that|one|something|with|without|in|from|under|below|over|at|for|made)\b")
_ASKS_FOR_MORE = re.compile(
    r"\s*(?:(?:you )?(?:have|got|sell|there) )?(?:any(?:thing|one)? (?:a (?:bit|little) )?)?(?:\w{2,}er|more \w+|"
    r"less \w+)\b[^.,!]*\?|(?<=[没有])(?:比[^,。]{1,8})?[更再稍]"
)
"""After "nothing" or 没有, a comparative in a question asks for what it names: "is there nothing cheaper?"."""
_TOO_MUCH = re.compile(
    r"\s*(?:(?:太|那么|这么|过于|特别)[\u4e00-\u9fff]{1,2}的?$|(?:too|so|that|overly|terribly) \w+ (?:a |an )?$)"
)
"""Denied degrees before a thing: 度数别太高的酒 refuses no wine."""
_SPACED = re.compile(r"[\u4e00-\u9fff] ")
"""A space among Chinese characters is typed for a comma: 啥都不缺 一千以内."""
_POLITE = re.compile(r"\b(?:great|good|lovely|perfect|awesome|appreciated|cool)$|太好了|就好了|完美")
_LONGEST_LIST = 20
_WISH_OF_ITS_OWN = 4
"""A Chinese wish word that so many characters follow in its clause says nothing of the clause before."""
_ENGLISH_REACH = 6
_CHINESE_REACH = 9
REFUSED_GAP = re.compile(r"\s*(?:[要是想需]|那种|那些|a|any|the)?\s*")
"""What may stand between a negation and "free"."""
_MISSING = re.compile(
    r"(?:(?:so|and|but|you have|there's|there is|你们?|这里|就|那|难道)\s*)*"
    r"(?:no|nothing(?: in| from| by| with)?|没有?)"
)
_ASKED = re.compile(r"[吗嘛么][?\s]*$|\?\s*$")
_BACK_GAP = re.compile(r"^(?:的|色|色的|款|也|就|都|我|之类的?|产品|类|牌子?|品牌|这种|那种|什么的|等|吧|,|\s)*$")
_THING_AFTER = re.compile(r"[^\W的了]{2,}的\W*$")
"""What is refused follows: 台灯不要USB供电的 refuses no lamp."""
_CLOSING = " 的了吧啊哦呀哈,.!。!,"
_INCLUSIVE = re.compile(r"还要|还得|还想|还能|还有|还需|也要|也得|外还|之外还|还可以")
_OPPOSITE_FLOW = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}

Target = Mention | Figure | Moment


def targets_of(context: Context) -> list[Target]:
    """Return what a negation or a wish may concern, in the order of the words."""
    found: list[Target] = [m for m in context.scene.live() if m.having("value", "flag", "more", "less")]
    found += [figure for figure in context.figures if not figure.dead]
    found += [moment for moment in context.moments if not moment.dead]
    return sorted(found, key=lambda t: t.start)


def mark_negations(context: Context) -> None:
    """Mark what the message excludes."""
    targets = targets_of(context)
    for marker in context.scene.marked("not", "not_after"):
        if "absorb" in marker.classes or _within(marker, targets):
            continue
        clause = context.scene.clauses[context.scene.clause_at(marker.start)]
        if (
            _refuses_free(context, marker)
            or _asks_whether(context, marker, clause)
            or _inclusive(context, marker)
            or _ASKS_FOR_MORE.match(context.scene.folded, marker.end)
        ):
            continue
        if "not" in marker.classes and _negate_forward(context, marker, clause, targets):
            continue
        _negate_backward(context, marker, clause, targets)


def _within(marker: Marker, targets: list[Target]) -> bool:
    """Say whether the marker is part of a name or of a figure's own comparison (no more than, 不超过)."""
    return any(t.start <= marker.start and marker.end <= t.end for t in targets)


def _inclusive(context: Context, marker: Marker) -> bool:
    """Say whether 除了 means "besides": something more is wanted afterwards."""
    text = context.scene.folded
    return text[marker.start : marker.end].startswith("除") and bool(
        _INCLUSIVE.search(text, marker.end, marker.end + 30)
    )


def _refuses_free(context: Context, marker: Marker) -> bool:
    """Say whether a negation is used up by the price of nothing: 不免费的景点 refuses no sights."""
    scene = context.scene
    free = next(scene.marked("free", "paid", start=marker.end, end=marker.end + _LONGEST_LIST), None)
    return free is not None and REFUSED_GAP.fullmatch(scene.folded[marker.end : free.start]) is not None


def _asks_whether(context: Context, marker: Marker, clause: Clause) -> bool:
    """Say whether a negation only asks whether there is something: 没有红色的吗, "nothing in red?"."""
    text = context.scene.folded
    asks = _MISSING.fullmatch(text[clause.start : marker.end].strip())
    return bool(asks and _ASKED.search(text[marker.end : clause.end + 1]))


def _reach(text: str) -> bool:
    """Say whether the words between a negation and its target are few enough."""
    if text.startswith((",", ",")):
        return False
    chinese = sum(1 for char in text if "\u4e00" <= char <= "\u9fff")
    return chinese <= _CHINESE_REACH and len(re.findall(r"[a-z']+", text)) <= _ENGLISH_REACH


def _negate_forward(context: Context, marker: Marker, clause: Clause, targets: list[Target]) -> bool:
    scene = context.scene
    after = [t for t in targets if t.start >= marker.end and t.start < clause.end]
    if not after or not _reach(scene.between(marker.end, after[0].start)):
        return False
    if isinstance(after[0], Mention) and complains(context, clause.start, marker, after[0]):
        return True
    if isinstance(after[0], Figure) and _SPACED.search(scene.folded[marker.end : after[0].start]):
        return False
    if _TOO_MUCH.match(scene.folded[marker.end : after[0].start]) or _is_described_kind(context, marker, after[0]):
        return True
    if scene.has("instead", "wish_before", start=marker.end, end=after[0].start) and "不" not in scene.between(
        marker.start, marker.end
    ):
        return False
    chunk: list[Target] = [after[0]]
    rest = [t for t in targets if t.start >= after[0].end]
    if rest and isinstance(after[0], Mention) and isinstance(rest[0], Mention):
        close_described(context, after[0], rest[0])
    for target in rest:
        gap = scene.folded[chunk[-1].end : target.start]
        if (
            len(chunk) == _LONGEST_LIST
            or not _LIST_GAP.match(gap)
            or not _alike(chunk[-1], target)
            or not (gap.strip(" 的") or _same_flag(chunk[-1], target) or _side_by_side(context, chunk[-1], target))
        ):
            break
        if _PAUSE.search(gap) and not _list_goes_on(context, chunk[-1], target, rest):
            break
        chunk.append(target)
    chunk += [t for t in targets if isinstance(t, Moment) and t.start < chunk[0].end and chunk[0].start < t.end]
    for target in chunk:
        target.negated = True
    return True


def _is_described_kind(context: Context, marker: Marker, target: Target) -> bool:
    """Say whether unknown words describe an excluded kind: "not a vinyl backpack" is no refusal of backpacks."""
    kind = context.lexicon.kind
    if not isinstance(target, Mention) or not any(s.field == kind and s.part == "value" for s in target.senses):
        return False
    gap = context.scene.folded[marker.end : target.start]
    general = general_words()
    spans: list[Found[Any]] = [*general.stop_zh.scan(gap), *general.markers.scan(gap)]
    for found in longest(spans):
        gap = gap[: found.start] + " " * (found.end - found.start) + gap[found.end :]
    if any(word not in general.stop_en for word in re.findall(r"[a-z']+", gap)):
        return True
    return re.search(r"[\u4e00-\u9fff]的?\s*$", gap) is not None


def _list_goes_on(context: Context, last: Target, target: Target, rest: list[Target]) -> bool:
    """Say whether a comma continues an excluded list: another item joined by "or" follows."""
    following = [t for t in rest if t.start >= target.end]
    return bool(following) and bool(
        re.fullmatch(
            r"[\s,]*(?:or|nor|and|或|或者|和)[\s\w]{0,3}", context.scene.folded[target.end : following[0].start]
        )
    )


def _same_flag(one: Target, other: Target) -> bool:
    """Say whether two words say the same twice: 赞助广告."""
    if not (isinstance(one, Mention) and isinstance(other, Mention)):
        return False
    return bool({s.field for s in one.having("flag")} & {s.field for s in other.having("flag")})


def _side_by_side(context: Context, one: Target, other: Target) -> bool:
    return isinstance(one, Mention) and isinstance(other, Mention) and are_side_by_side(context, one, other)


def _alike(one: Target, other: Target) -> bool:
    if not (isinstance(one, Mention) and isinstance(other, Mention)):
        return False
    fields = {s.field for s in one.senses if s.part != "field"}
    flags = any(s.part == "flag" for s in one.senses) and any(s.part == "flag" for s in other.senses)
    return flags or any(s.field in fields for s in other.senses if s.part != "field")


def _negate_backward(context: Context, marker: Marker, clause: Clause, targets: list[Target]) -> None:
    """Exclude what stands before a negation that nothing follows: 索尼不要, "Sony is out"."""
    scene = context.scene
    if "not_after" not in marker.classes:
        return
    before = [t for t in targets if t.end <= marker.start and t.end > clause.start and not isinstance(t, Moment)]
    if not before or not _BACK_GAP.match(scene.folded[before[-1].end : marker.start]):
        return
    if _THING_AFTER.match(scene.folded[marker.end : clause.end]):
        return
    if isinstance(before[-1], Figure):
        # A refused bound leaves what lies beyond it (低于6分的不要); a refused figure alone is a correction's matter.
        if before[-1].quantity.op != "==" and not scene.folded[marker.end : clause.end].strip(_CLOSING):
            before[-1].negated = True
        return
    before = [t for t in before if isinstance(t, Mention)]
    before[-1].negated = True
    for left, right in zip(before[-2::-1], before[:0:-1], strict=False):
        gap = scene.folded[left.end : right.start]
        listed = gap.strip() and _LIST_GAP.match(gap) and _alike(left, right)
        if not (listed or _side_by_side(context, left, right)):
            break
        left.negated = True


def flipped(op: str) -> str:
    """Return the comparison that holds exactly where `op` does not."""
    return _OPPOSITE_FLOW.get(op, op)


_ASKS_FOR = re.compile(r"(?:你们?|您)?(?:能|可以)?再?(?:[帮给替](?:我们?|忙))?(?:找|推荐|介绍|预[定订])(?!到|的)")


def mark_wishes(context: Context) -> None:
    """Mark what the message would like but does not insist on."""
    scene, targets = context.scene, targets_of(context)
    for marker in scene.marked("wish_before", "wish_after"):
        number = scene.clause_at(marker.start)
        clause = scene.clauses[number]
        after = [t for t in targets if t.start >= marker.end and t.start < clause.end]
        before = [t for t in targets if t.end <= marker.start and t.end > clause.start]
        if "wish_before" in marker.classes and after:
            covered = _until_pause(context, after)
        elif "wish_after" in marker.classes and before:
            covered = before
        else:
            covered = _neighbour(context, marker, number, targets)
        for target in _softened(context, marker, covered):
            target.soft = True


def _softened(context: Context, marker: Marker, covered: list[Target]) -> list[Target]:
    """Return what a wish makes soft: nothing where the request itself is put politely.

    "A lamp would be great", 希望找个台灯.
    """
    if _ASKS_FOR.match(context.scene.folded[marker.end :]):
        return []
    kind = context.lexicon.kind
    kinds = [t for t in covered if isinstance(t, Mention) and any(s.field == kind for s in t.having("value"))]
    if "wish_before" in marker.classes or not kinds:
        return covered
    if _POLITE.search(context.scene.folded[marker.start : marker.end]):
        return []
    return [t for t in covered if t not in kinds]


def _until_pause(context: Context, targets: list[Target]) -> list[Target]:
    """Return the first of `targets` up to a pause mark that leads on to something else: 最好带降噪、200以内."""
    covered = targets[:1]
    for last, target in itertools.pairwise(targets):
        if "、" in context.scene.folded[last.end : target.start] and not _alike(last, target):
            break
        covered.append(target)
    return covered


def _leads_on(context: Context, marker: Marker, number: int) -> bool:
    """Say whether a wish word between commas belongs to what follows: "a bag and, ideally, it'd be green"."""
    scene = context.scene
    after = scene.folded[scene.clauses[number + 1].start :] if number + 1 < len(scene.clauses) else ""
    return bool(
        _JOINS.search(scene.folded[: marker.start]) or _OPENS.match(after) or not scene.folded[marker.start].isascii()
    )


def _neighbour(context: Context, marker: Marker, number: int, targets: list[Target]) -> list[Target]:
    """Return what a wish word standing alone between commas belongs to."""
    scene = context.scene
    ahead = "wish_before" in marker.classes and (number == 0 or _leads_on(context, marker, number))
    order: tuple[int, ...] = (number + 1, number - 1) if ahead else (number - 1, number + 1)
    rest = scene.between(marker.end, scene.clauses[number].end)
    if "wish_before" in marker.classes and len(rest) >= _WISH_OF_ITS_OWN and not rest.isascii():
        order = (number + 1,) if ahead and number + 1 < len(scene.clauses) else ()
    for other in order:
        if 0 <= other < len(scene.clauses) and scene.clauses[other].sentence == scene.clauses[number].sentence:
            clause = scene.clauses[other]
            found = [t for t in targets if clause.start <= t.start < clause.end]
            if found:
                return found
    return []
