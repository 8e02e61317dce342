"""From named values and flags to requirements: what is wanted, what is excluded, and which of several will do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from shortlist.reader.message import Context, Draft, Mention
from shortlist.reader.vocabulary import Sense, fold, general_words
from shortlist_tools.catalog import Role

_LIST_GAP = re.compile(
    r"^(?:[\s,、/&+]|\b(?:or|and|a|an|the|some|any|in|either|maybe|even|if not|possibly|also|both|is|are|be|would|"
    r"will|do|does|could|can|work|works|fine|ok|okay|alright|good|acceptable|too|as well)\b|'d\b|"
    r"或者|或是|或|和|跟|与|以及|还是|也行|也可以|也好|都行|可以|行|的话|也|要么|色|的)*$"
)
_FINE_TOO = re.compile(
    r"\s*(?:(?:is|are|would be|'s|'d be) (?:fine|ok|okay|alright|good|acceptable)|works|will do|would do|would work)\b|"
    r"(?:的)?(?:也)?(?:行|可以|凑合|能接受|没问题)"
)
_AFTER_SUBJECT = re.compile(
    r"(?:i|you|we|they|it|he|she|that|which|will|would|do|does|did|doesn't|don't|can|could|must|should)"
)
_CONTRAST = frozenset({"不是", "并非", "not", "isn't", "isnt", "is not", "aren't", "instead of", "rather than"})
_INSTEAD_OF = frozenset({"不是", "并非", "instead of", "rather than"})
_NEAR = 14
_COMMON, _RARE = 0.3, 0.05


def value_sense(context: Context, mention: Mention) -> Sense | None:
    """Return what a mention names: the reading that the words around it or the question asked support."""
    senses = mention.having("value", "flag")
    if not senses:
        return None
    if len(senses) == 1:
        return senses[0]
    cued = _cued(context, mention, senses)
    if cued is not None:
        return cued
    senses = _of_neighbour(context, mention, senses)
    for sense in senses:
        if sense.field in context.asked:
            return sense
    roles: tuple[Role, Role] = ("kind", "brand")
    for role in roles:
        name = context.schema.roles.get(role)
        for sense in senses:
            if sense.field == name:
                return sense
    return min(senses, key=lambda s: (not s.declared, -context.coverage.whole(s.field)))


def _is_compound(context: Context, mention: Mention, sense: Sense) -> bool:
    """Say whether a word only makes up the name of a kind ("reading lamp"): no item of the kind has such a field."""
    kind, text = context.lexicon.kind, context.scene.folded
    if sense.part != "value" or sense.field == kind or mention.negated:
        return False
    for other in context.scene.live():
        if other.start >= mention.end and not text[mention.end : other.start].strip():
            kinds = [s.value for s in other.senses if s.field == kind and s.part == "value" and s.value]
            if kinds:
                return context.coverage.of(sense.field, kinds) == 0.0
    return False


def _sure(context: Context, mention: Mention, sense: Sense) -> bool:
    """Say whether the words surely mean this field, so that the requirement may filter.

    A word that was only seen in the data of a field that few items have may as well mean something else.
    """
    if sense.part == "value" and not mention.negated and context.coverage.of(sense.field, context.named_kinds()) == 0.0:
        return False  # none of the kind tells it, so that nothing could be found by it: a wish
    if (
        sense.declared
        or sense.part == "flag"
        or sense.field in context.asked
        or sense.field in context.schema.roles.values()
    ):
        return True
    if _cued(context, mention, (sense,)) is not None:
        return True
    share = context.coverage.whole(sense.field)
    if context.lexicon.kind is not None:
        return share >= _RARE
    rivals = {s.field for s in mention.having("value") if s.field != sense.field}
    return share >= _COMMON and not any(2 * context.coverage.whole(name) > share for name in rivals)


def _of_neighbour(context: Context, mention: Mention, senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """Return the senses whose field is named in part by the word after or before, as in "Intel processor"."""
    text = context.scene.folded
    near = {*re.findall(r"^\W?(\w+)", text[mention.end :]), *re.findall(r"(\w+)\W?$", text[: mention.start])}
    named = tuple(s for s in senses if not near.isdisjoint(fold(s.field).split()))
    return named or senses


def _cued(context: Context, mention: Mention, senses: tuple[Sense, ...]) -> Sense | None:
    best: tuple[int, Sense] | None = None
    for other in context.field_mentions():
        distance = max(other.start - mention.end, mention.start - other.end)
        for sense in senses:
            if (
                0 <= distance <= _NEAR
                and any(s.field == sense.field for s in other.having("field"))
                and (best is None or distance < best[0])
            ):
                best = (distance, sense)
    return best[1] if best else None


def read_values(context: Context) -> list[Draft]:
    """Return the requirements that named values and flags make."""
    picked = [(m, s) for m in context.scene.live() if (s := value_sense(context, m)) and not _is_verb(context, m, s)]
    picked = [(m, s) for m, s in picked if not _is_compound(context, m, s)]
    for mention, sense in picked:
        mention.soft = mention.soft or not _sure(context, mention, sense)
    flags = [_flag(m, s) for m, s in picked if s.part == "flag"]
    ways = {(d.field, d.value) for d in flags if d.group is None}
    drafts = [d for d in flags if (d.field, not d.value) not in ways]  # "wired or wireless" asks for neither
    places: dict[tuple[str, str | None, str | None], list[tuple[Mention, Sense]]] = {}
    for mention, sense in picked:
        if sense.part == "value":
            places.setdefault((sense.field, mention.scope, mention.group), []).append((mention, sense))
    for (name, scope, group), found in places.items():
        drafts += [replace(draft, scope=scope, group=group) for draft in _field_drafts(context, name, found)]
    return _unique(drafts)


def _is_verb(context: Context, mention: Mention, sense: Sense) -> bool:
    """Say whether an English word of several uses stands as a verb ("does it work")."""
    text = context.scene.folded
    if sense.field == context.lexicon.kind or text[mention.start : mention.end] not in general_words().verbs:
        return False
    before = text[: mention.start].split()
    return bool(before) and _AFTER_SUBJECT.fullmatch(before[-1]) is not None


def _flag(mention: Mention, sense: Sense) -> Draft:
    return Draft(
        sense.field,
        "==",
        mention.negated == (sense.value is not None),
        mention.start,
        mention.end,
        hard=not mention.soft,
        scope=mention.scope,
        group=mention.group,
    )


def _field_drafts(context: Context, name: str, found: list[tuple[Mention, Sense]]) -> list[Draft]:
    multi = context.field(name).kind == "multi_category"
    wanted = [(m, s) for m, s in found if not m.negated]
    unwanted = [(m, s) for m, s in found if m.negated]
    set_off = multi and _sets_off(context, name, unwanted)
    if any(not m.soft for m, _ in wanted):
        unwanted = [
            (m, s) for m, s in unwanted if not _corrected(context, m, wanted, multi=multi) and not _replaced(context, s)
        ]
    values = {s.value for m, s in wanted if not m.soft}
    unwanted = [(m, s) for m, s in unwanted if s.value not in values]
    drafts: list[Draft] = []
    if not multi and (both := _accepted_too(context, name, wanted)):
        drafts.append(both)
        wanted = [(m, s) for m, s in wanted if m.soft]
    for soft in (False, True):
        group = [(m, s) for m, s in wanted if m.soft == soft]
        drafts += _wanted_multi(context, name, group) if multi else _wanted_one(name, group)
    for soft in (False, True):
        drafts += _unwanted(name, [(m, s) for m, s in unwanted if m.soft == soft], multi=multi)
    for draft in drafts if set_off else ():
        draft.replaces = draft.replaces or draft.op == "contains"
    return drafts


def _sets_off(context: Context, name: str, unwanted: list[tuple[Mention, Sense]]) -> bool:
    """Say whether what is set off from the value meant is all that the ledger wants of a field: "blue, not red"."""
    held = {row.value for row in context.ledger if row.field == name and row.op == "contains" and row.scope is None}
    return bool(held) and held <= {s.value for _, s in unwanted}


def _accepted_too(context: Context, name: str, wanted: list[tuple[Mention, Sense]]) -> Draft | None:
    """Return what will do where a second choice is let in beside the first: "I'd prefer Bose but Sony is fine too"."""
    hard = [(m, s) for m, s in wanted if not m.soft]
    if not hard or len(hard) == len(wanted) or not all(_FINE_TOO.match(context.scene.folded[m.end :]) for m, _ in hard):
        return None
    return Draft(name, "in", _distinct(wanted), *_texts(wanted))


def _corrected(context: Context, mention: Mention, wanted: list[tuple[Mention, Sense]], *, multi: bool) -> bool:
    """Say whether an excluded value only sets off the one that is meant: 不是索尼，是博士; "Bose, not Sony"."""
    scene = context.scene
    marker = None
    for one in scene.marked("not", end=mention.start):
        marker = one
    if marker is None or scene.between(marker.start, marker.end) not in (_INSTEAD_OF if multi else _CONTRAST):
        return False
    for other, _ in wanted:
        if (
            other.soft
            or scene.clauses[scene.clause_at(other.start)].sentence
            != scene.clauses[scene.clause_at(mention.start)].sentence
        ):
            continue
        gap = (
            scene.folded[mention.end : other.start]
            if other.start > mention.end
            else scene.folded[other.end : marker.start]
        )
        if len(gap) <= 12:
            return True
    return False


def _replaced(context: Context, sense: Sense) -> bool:
    """Say whether an excluded value is what the ledger wants: another one is named to take its place."""
    return any(row.field == sense.field and row.op == "==" and row.value == sense.value for row in context.ledger)


def _texts(found: Iterable[tuple[Mention, Sense]]) -> tuple[int, int]:
    spans = [(m.start, m.end) for m, _ in found]
    return min(s for s, _ in spans), max(e for _, e in spans)


def _distinct(found: list[tuple[Mention, Sense]]) -> list[str]:
    return list(dict.fromkeys(s.value for _, s in found if s.value is not None))


def _wanted_one(name: str, found: list[tuple[Mention, Sense]]) -> list[Draft]:
    values = _distinct(found)
    if not values:
        return []
    start, end = _texts(found)
    hard = not found[0][0].soft
    if len(values) == 1:
        return [Draft(name, "==", values[0], found[0][0].start, found[0][0].end, hard=hard)]
    return [Draft(name, "in", values, start, end, hard=hard)]


def _wanted_multi(context: Context, name: str, found: list[tuple[Mention, Sense]]) -> list[Draft]:
    chains: list[list[tuple[Mention, Sense]]] = []
    for one in found:
        if chains and _LIST_GAP.match(context.scene.folded[chains[-1][-1][0].end : one[0].start]):
            chains[-1].append(one)
        else:
            chains.append([one])
    drafts: list[Draft] = []
    for chain in chains:
        values = _distinct(chain)
        start, end = _texts(chain)
        hard = not chain[0][0].soft
        if len(values) > 1 and _any_will_do(context, name, start, end):
            drafts.append(Draft(name, "contains_any", values, start, end, hard=hard))
        else:
            drafts += [Draft(name, "contains", s.value, m.start, m.end, hard=hard) for m, s in chain]
    return drafts


def _any_will_do(context: Context, name: str, start: int, end: int) -> bool:
    scene = context.scene
    inside = scene.folded[start:end]
    if scene.has("or", start=start, end=end) or "/" in inside:
        return True
    if (
        "、" in inside
        and context.coverage.has_few_values(name)
        and not scene.has("and", "all", start=start, end=min(len(scene.folded), end + 6))
    ):
        return True
    clause = scene.clauses[scene.clause_at(max(start, end - 1))]
    return scene.has("any", start=end, end=min(clause.end, end + 12))


def _unwanted(name: str, found: list[tuple[Mention, Sense]], *, multi: bool) -> list[Draft]:
    if not found:
        return []
    hard = not found[0][0].soft
    if multi:
        return [Draft(name, "not_contains", s.value, m.start, m.end, hard=hard) for m, s in found]
    values = _distinct(found)
    start, end = _texts(found)
    if len(values) == 1:
        return [Draft(name, "!=", values[0], start, end, hard=hard)]
    return [Draft(name, "not_in", values, start, end, hard=hard)]


def _unique(drafts: list[Draft]) -> list[Draft]:
    """Return `drafts` without repetitions, a hard one standing for a soft one of the same meaning."""
    kept: dict[str, Draft] = {}
    for draft in drafts:
        key = repr((draft.field, draft.op, draft.value, draft.scope, draft.group))
        if key not in kept or (draft.hard and not kept[key].hard):
            kept[key] = draft
    return list(kept.values())
