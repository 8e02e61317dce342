"""What the person likes and is whom a present is for: wishes, never bounds ("for dad, he's into hiking")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shortlist.reader.message import Clause, Context, Draft, Mention
from shortlist.reader.vocabulary import Sense, fold

from .values import value_sense

_GIFT = re.compile(
    r"\b(?:gifts?|presents?|birthday|christmas|anniversary|surprise|stocking|wedding|farewell|housewarming|"
    r"for (?:him|her|them|my|our|his|a friend|a colleague|someone|somebody))\b|送|礼物|礼品|生日|纪念日|"
    r"给[他她我爸妈老男女朋同儿孩]|\b(?:turns|turning) \w+|\b(?:is |'s )?(?:retiring|graduating|getting married)\b"
    r"|退休|结婚|乔迁|搬新家|毕业"
)
_WHO = r"(?:he|she|they|who|(?:my|our|his|her|their|the) (?:[\w-]+ ){1,3}?)"
_LIKES = re.compile(
    rf"\b{_WHO}(?:'s |'re )?\s*(?:(?:is|are|really|also|absolutely|just|always|both|quite|very|totally|mostly) )*"
    r"(?:(?P<dislikes>hates?|dislikes?|can't stand|isn't into|isn't a fan of|(?:doesn't|don't|does not|"
    r"do not) (?:really )?(?:like|enjoy))"
    r"|likes?|loves?|enjoys?|adores?|into|fond of|keen on|crazy about|mad about|a (?:big |huge |real |massive )?fan of|"
    r"passionate about|obsessed with|interested in|prefers) "
)
PERSON_ZH = (
    r"(?:他们?|她们?|人家|对方|(?:我|我们|咱)?(?:老?[爸妈公婆]|爸爸|妈妈|爷爷|奶奶|外公|外婆|岳父|岳母|公公|婆婆|"
    r"儿子|女儿|[男女]?朋友|"
    r"闺蜜|哥们|同事|领导|老板|老师|弟弟?|妹妹?|哥哥?|姐姐?|侄子|侄女|外甥女?|孩子|室友|对象|舅舅|叔叔|阿姨|父亲|母亲))"
)
_PERSON = re.compile(
    PERSON_ZH + r"|\b(?:mum|mom|mummy|mommy|dad|daddy|father|mother|parents|brother|sister|wife|husband|son|daughter|"
    r"boyfriend|girlfriend|friend|grand(?:ma|pa|mother|father|parents|son|daughter)|colleague|co-?worker|boss|kid|child|"
    r"partner|uncle|aunt(?:ie)?|niece|nephew|cousin|neighbou?r|teacher|flatmate|room-?mate|(?:mother|father|brother|"
    r"sister)-in-law)(?:s|ren)?\b"
)
"""Whom a present may be for."""
_LIKES_ZH = re.compile(
    PERSON_ZH
    + r"[^,。!?;]{0,6}?(?:(?P<dislikes>不喜欢|不太喜欢|不爱|讨厌)|(?<!不)(?:喜欢|喜爱|爱好|热爱|酷爱|爱(?!人|心)|"
    r"迷上|着迷于|沉迷|痴迷|钟情于|对))"
)
_NEAR = 24
_TOLD = re.compile(rf"\b{_WHO}")
_LIKES_TOO = re.compile(
    r"(?:^\W*|\band )(?:(?:and|but|also|really|absolutely|just) )*(?:(?P<dislikes>hates|dislikes|can't stand)|"
    r"likes|loves|enjoys|adores|"
    r"(?:is |'s )?(?:into|fond of|keen on|crazy about|mad about|a (?:big |huge )?fan of|obsessed with)) "
)
"""What goes on telling of the person whom the clause before is about: "he is 25, likes running"."""
_DOES = re.compile(
    rf"\b{_WHO}(?:'s |'re |\s+)?(?:(?:often|always|usually|also|really|sometimes|never|\w+ly) )*"
    r"(?:(?P<verb>[a-z]{2,}s)\b|(?:is |are )?an? (?:\w+ ){0,2}?(?P<agent>[a-z]{2,}(?:er|or))s?\b)"
)
"""What somebody does: "my husband runs", "he's a keen hiker"."""
_IS = re.compile(rf"\b{_WHO}(?:'s|'re| is| are| has| have)(?: got)?(?: (?:a|an|very|really|quite))* ")
_IS_ZH = re.compile(PERSON_ZH + r"(?:的皮肤)?(?:是|有|属于|也是|家里?有)")


def mark_tastes(context: Context) -> None:
    """Turn the values in statements about a third person's taste or traits into wishes, where a present is meant."""
    if not is_present(context):
        return
    _name_no_kind(context)
    told = False
    for clause in context.scene.clauses:
        text = context.scene.folded[clause.start : clause.end]
        match = (
            _LIKES.search(text)
            or _LIKES_ZH.search(text)
            or (_LIKES_TOO.search(text) if told or _TOLD.search(text) else None)
        )
        told = told or bool(match or _TOLD.search(text))
        if match is None and (being := _IS.match(text.lstrip(" ,")) or _IS_ZH.match(text)):
            _soften(context, clause.start + text.find(being.group()) + len(being.group()), clause.end)
        if match is None or (match.group().endswith("对") and not re.search(r"兴趣|着迷|有研究", text)):
            continue
        _mark(context, clause, clause.start + match.end(), dislikes=bool(match["dislikes"]))


def _name_no_kind(context: Context) -> None:
    """Rule out the kinds of item that are read from what somebody is: "she's a runner" names no shoes."""
    who = [match.span("agent") for match in _DOES.finditer(context.scene.folded) if match["agent"]]
    for mention in context.scene.live() if who else ():
        if any(start <= mention.start <= end for start, end in who):
            mention.dead = any(s.field == context.lexicon.kind for s in mention.having("value"))


def read_pursuits(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """Return wishes for what the person does whom a present is for: "my husband runs" is good for running."""
    if not is_present(context):
        return []
    found: list[Draft] = []
    for match in _DOES.finditer(context.scene.folded):
        name = "verb" if match["verb"] else "agent"
        for form in _doing(match[name], agent=name == "agent"):
            senses = [s for s in context.lexicon.phrases.get(form) or () if s.part == "value" and s.declared]
            several = [s for s in senses if context.field(s.field).kind == "multi_category"]
            if several and not any(d.field == several[0].field and d.value == several[0].value for d in drafts):
                found.append(Draft(several[0].field, "contains", several[0].value, *match.span(name), hard=False))
                break
    return found


def _doing(word: str, *, agent: bool) -> list[str]:
    """Return how the doing is called of what is done or who does it: running for runs and runner."""
    stem = word[:-2] if agent else word.removesuffix("s")
    stems = [stem, stem.removesuffix("e"), stem + stem[-1]]
    return [one + "ing" for one in dict.fromkeys(stems)]


def persons(text: str) -> list[str]:
    """Return who is spoken of, each once: in the singular, or by the last character (我妈, 妈妈)."""
    said = (match.group() for match in _PERSON.finditer(fold(text)))
    return list(dict.fromkeys(one.removesuffix("s") if one.isascii() else one[-1] for one in said))


def present_words(text: str) -> str:
    """Return the words by which something for somebody is sought (送领导, "for my boss"); nothing where it is not."""
    folded = fold(text)
    gift = _GIFT.search(folded)
    person = gift and (_PERSON.search(folded, gift.start()) or _PERSON.search(folded))
    if not gift or not person:
        return ""
    return text[gift.start() : person.end()] if 0 < person.end() - gift.start() <= _NEAR else gift.group()


def says_present(text: str) -> bool:
    """Say whether words speak of something for somebody else, or of an occasion for it."""
    return bool(_GIFT.search(fold(text)))


def is_present(context: Context) -> bool:
    """Say whether the conversation is about something for somebody else."""
    said = [context.scene.folded, *(f"{row.quote} {row.value}".lower() for row in context.ledger)]
    return any(_GIFT.search(text) for text in said)


def _soften(context: Context, start: int, end: int) -> None:
    """Turn what somebody is told to be or to have into wishes: "she has dry skin" asks for nothing itself."""
    for mention in context.scene.live():
        sense = value_sense(context, mention) if start <= mention.start < end else None
        if sense is not None and sense.part == "value" and context.field(sense.field).kind == "multi_category":
            mention.soft = True
            context.tastes.append((mention.start, mention.end))


def _mark(context: Context, clause: Clause, start: int, *, dislikes: bool) -> None:
    elsewhere = _asks_for_a_kind(context, start, clause.end)
    for mention in context.scene.live():
        if not start <= mention.start < clause.end:
            continue
        sense = _narrowest(context, mention)
        if sense is not None and sense.part == "value" and _is_taste(context, sense.field, elsewhere):
            mention.soft, mention.negated, mention.senses = True, dislikes, (sense,)
        elif not mention.having("more", "less"):
            mention.dead = True
    if not dislikes:
        context.tastes.append((start, clause.end))


def _asks_for_a_kind(context: Context, start: int, end: int) -> bool:
    """Say whether a kind of item is asked for, in this conversation or in this message outside of the words given."""
    kind = context.lexicon.kind
    held = any(row.field == kind and row.hard and row.op in ("==", "in") for row in context.ledger)
    return held or any(
        not start <= m.start < end and not m.negated and any(s.field == kind for s in m.having("value"))
        for m in context.scene.live()
    )


def _narrowest(context: Context, mention: Mention) -> Sense | None:
    """Return what a liked thing is: of a use and a theme of one name the one that fewer items have."""
    several = [s for s in mention.having("value") if context.field(s.field).kind == "multi_category" and s.declared]
    if len(several) < 2:
        return value_sense(context, mention)
    return min(several, key=lambda s: context.coverage.whole(s.field))


def _is_taste(context: Context, name: str, elsewhere: bool) -> bool:
    """Say whether a liking for a value of this field steers the search: a use, a theme, else the kind of item."""
    kind = context.lexicon.kind
    return context.field(name).kind == "multi_category" or (name == kind and not elsewhere)
