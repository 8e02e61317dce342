"""How far a refusal goes on: over values side by side, into the next message, and over words that name nothing here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortlist.reader.message import Context, Marker, Mention
from shortlist_tools.catalog import Requirement

_UNWANTED = ("!=", "not_in", "not_contains")
_GOES_ON = re.compile(
    r"^\W*(?:(?:and|also|oh|ok|okay|hmm|plus)\W+)*(?:or|nor|neither|same (?:goes )?(?:for|with))\b"
    r"|^\W*(?:和|跟|与|或者?是?|以及|及|还有|连|同样)"
)
_LIKEWISE = re.compile(
    r"\b(?:either|neither|as well|likewise|same)\W*$|(?:也一样|也是|也算|同样|一样|同理)[的吧啊哦呀]*\W*$"
)
_ASKS = re.compile(r"[?吗呢么]|有没有")
_WELCOME = re.compile(
    r"\s*(?:的|色|色的)*(?:就|也|都|更|还|倒)?(?:可以|行|好|能|ok|没问题|没事|不错|优先|喜欢)"
    r"|\s+(?:is|are|ones? (?:is|are)|would be|will|works?|instead|preferred)\b(?! (?:out|not))"
)
_DENIED = re.compile(
    r"\W*(?:(?:an?|the|any|anything|something|for|of|in|with|about|to|on|from|that|is|are|be|too|very|so|really)\b\W*)*"
    r"(?:[a-z0-9'-]+|[^\W\d_a-z的]{1,9})"
)
_STOPS = re.compile(
    r"[,.;!?，。；！？、]|\b(?:but|just|only|because|since|so|if|when|while|though|and|for|to|that|which|with|in|on|under|"
    r"from|at|who|please)\b|而是|但|只要|因为|如果|就|的(?=[^\W\d_a-z]{2})"
)
_SHOWN = re.compile(
    r"^\W*(?:(?:but|no|hey|well|ugh|sorry|wait|and|so|you \w+)\W+)*"
    r"(?:(?:this|that|these|those|they|none of (?:these|those|them))(?:'?s|'?re| is| are| looks?| seems?)?"
    r"|it (?:looks?|seems?))(?: really| at all)?\s*$"
    r"|^\W*(?:但是?|可是?|不对)*[这那](?:[个款]|些|几[个款])?(?:都|也|明显|根本|看着|好像|并|可)*$"
)
_SUITS = re.compile(
    r"\s*(?:really |actually |exactly |suitable |suited |meant |made |good |right |appropriate |a |an |fit )*"
    r"(?:for (?:a |an |my |the |her |his |our |small |little |young )*)?|太?(?:是)?(?:给|适合|像)?"
)


def are_side_by_side(context: Context, one: Mention, other: Mention) -> bool:
    """Say whether two values of one field stand together without a word between them: 黑色白色, "red blue"."""
    text = context.scene.folded
    if text[one.end : other.start].strip(" 的") or _WELCOME.match(text, other.end):
        return False
    there = {(s.field, s.value) for s in other.having("value")}
    here = {(s.field, s.value) for s in one.having("value")}
    return {name for name, _ in here} & {name for name, _ in there} != set() and here != there


def mark_continued(context: Context) -> None:
    """Refuse what goes on with the refusal of the message before: "not from China", then "or Germany"."""
    text = context.scene.folded
    live = [m for m in context.scene.live() if m.having("value")]
    if not live or any(m.negated for m in live) or not (_GOES_ON.match(text) or _LIKEWISE.search(text)):
        return
    last = max((row.turn for row in context.ledger), default=0)
    said = [row for row in context.ledger if row.turn == last and row.origin == "stated"]
    refused = {row.field for row in said if row.op in _UNWANTED} - {
        row.field for row in said if row.op not in _UNWANTED
    }
    title = context.schema.roles.get("title")
    if title in refused and context.lexicon.kind:
        refused.add(context.lexicon.kind)
    if not refused or _ASKS.search(text):
        return
    for mention in live:
        if any(s.field in refused for s in mention.having("value")):
            mention.negated = True


def refused_spans(context: Context) -> Iterator[tuple[int, int]]:
    """Yield the words that a negation denies, up to the next pause: what is not wanted must not be searched for."""
    scene = context.scene
    for marker in scene.marked("not"):
        end = scene.clauses[scene.clause_at(marker.start)].end
        denied = _DENIED.match(scene.folded, marker.end, end)
        if denied is not None:
            stop = _STOPS.search(scene.folded, denied.end(), end)
            yield marker.start, stop.start() if stop else end


def complains(context: Context, start: int, marker: Marker, target: Mention) -> bool:
    """Say whether a negation tells what is amiss with what was shown: "that's not for kids" wants what is for them.

    It does where the value was asked for, or where nothing that was asked for would be left without it.
    """
    text = context.scene.folded
    named = [sense for sense in target.having("value") if context.field(sense.field).kind == "multi_category"]
    subject = _SHOWN.search(text[start : marker.start])
    if not (context.shown and named and subject and _SUITS.fullmatch(text[marker.end : target.start])):
        return False
    field, value = named[0].field, named[0].value
    refused = Requirement(field=field, op="not_contains", value=value)
    held = any(row.field == field and row.op == "contains" and row.value == value for row in context.ledger)
    return held or not context.coverage.leaves([*context.ledger, refused])


def close_described(context: Context, degree: Mention, thing: Mention) -> None:
    """Rule out what a refused degree describes: "hates long games" asks for no games, whatever else they are."""
    of_kind = any(sense.field == context.lexicon.kind for sense in thing.senses)
    if degree.having("more", "less") and not of_kind and not context.scene.between(degree.end, thing.start):
        thing.dead = True
