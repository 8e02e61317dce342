"""Sentences of an item's description and reviews that answer what was asked, found by its words."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np

from shortlist.decision import Quote
from shortlist_tools.catalog import Item, Schema, Snapshot, localised
from shortlist_tools.search import Embedder, Passage, asked_of, known, passages, speaking, speaks_to_a_machine, told_by
from shortlist_tools.text import keys

from .telling import plain_keys, told_words, without_pointers

MOST = 2
"""Sentences quoted of one item."""
NEAR = {"en": 0.31, "zh": 0.45}
"""A sentence is quoted for its meaning from this similarity on, by language: Chinese ones agree by chance more."""
_AGAINST = re.compile(
    r"\b(?:complain\w*|complaints?|downsides?|drawbacks?|cons|disadvantages?|weakness\w*|weak points?|flaws?|problems?|"
    r"issues?|bad reviews?|negative reviews?|dislike|wrong with|criticis\w+|catch|unhappy|disappoint\w*|regret\w*)\b|"
    r"吐槽|缺点|差评|毛病|不足|槽点|抱怨|不好的地方|短板|翻车",
    re.IGNORECASE,
)
_AGAINST_SAID = re.compile(
    r"\b(?:(?:anyone|anybody|people|buyers|they|someone|reviews?) (?:\w+ )?(?:hates?|complain|dislikes?|bad|unhappy))\b"
    r"|\b(?:say|says|said|saying)\b[^.?!]{0,16}\b(?:bad|negative)\b"
    r"|\b(?:bad|worst|negative|critical) (?:reviews?|things?|points?|sides?|comments?|feedback)\b"
    r"|\bwhat(?:'s| is| are)? (?:bad|wrong|not (?:so )?good) (?:about|with)\b|"
    r"\bwhy .{0,30}(?:low|bad|poor)(?:ly)?\b.{0,12}(?:rat|star|scor|review)"
    r"|\bwhy .{0,30}(?:rat|star|scor|review)\w* (?:so |that |this )?(?:low|bad|poor)|\bso few stars\b"
    r"|说(?P<of>.{0,3})(?:不好|坏话|差)|不好的?(?:评价|评论|地方|吗)|(?:哪里|哪儿|哪些|什么)(?:地方)?(?:不好|差)|坏处|不满|评分.{0,6}(?:低|差)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:praise|pros|advantages?|strengths?|good reviews?|positive reviews?|"
    r"(?:people|buyers|customers|they) (?:like|love)|good about)\b|优点|好评|好在哪|夸",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:reviews?|reviewers?|(?:people|buyers|customers|owners|others|users) (?:say|think)|opinions?|feedback)\b|"
    r"评价(?!数|最多)|评论(?!数|最多)|口碑|大家.{0,4}(?:说|觉得)|买家",
    re.IGNORECASE,
)

_WHO = re.compile(
    r"\b(?:buyers?|customers?|owners?|users?|reviewers?|any(?:one|body|thing)|some(?:one|body|thing)|says?|said|negative)\b"
    r"|\byou(?:'ve| have)? (?:just )?\w+(?:ed|wn)\b|买家|顾客|用户|用过的|你们?(?:推荐|展示|介绍)的",
    re.IGNORECASE,
)
"""Who says it, and what was shown: neither is the matter that is spoken of."""
_COUNTED = re.compile(
    r"\b(?:how many|number of|amount of)\b[^.?!]{0,16}\breviews?\b|(?:多少|几)(?:个|条|人)?.{0,2}(?:评价|评论)"
    r"|(?:评价|评论)(?:数|有)?(?:多少|几)|(?:评价|评论)(?:一共|总共)?有?(?:多少|几)",
    re.IGNORECASE,
)
"""What asks how many opinions there are, and for none of them."""

_CLAUSE = re.compile(r"[^,;.!?，；。！？]+")


def quotes(
    item: Item, schema: Schema, wonder: str, message: str, language: str, snapshot: Snapshot | None = None
) -> tuple[Quote, ...]:
    """Return what the item's texts say of a question, the best first.

    Args:
        item: The item.
        schema: The catalog's schema; its roles tell which field describes the item.
        wonder: The words of the question that say what it is about.
        message: The whole message, which tells what kind of answer it wants, and whether it wants opinions of buyers.
        language: The language to quote in, where the item has it.
        snapshot: The catalog, which tells how much each word says; all say the same where it is not given.
    """
    if opinion := _opinion(message):
        return _opinions(item, schema, opinion, message, language, snapshot)
    wanted, asked = _wanted(wonder, message, snapshot), asked_of(message)
    found = speaking(item, schema, language, wanted, asked) if wanted or asked.kind else []
    return tuple(_quote(item, one) for one in found[:MOST])


def _wanted(wonder: str, message: str, snapshot: Snapshot | None) -> dict[str, float]:
    # A Chinese question is cut into words by the lexicon, and whole only in the message.
    words = told_words(wonder if wonder.isascii() else message) or told_words(message or wonder)
    return told_by(words, snapshot) if snapshot is not None else dict.fromkeys(words, 1.0)


def description(item: Item, schema: Schema, language: str) -> tuple[Quote, ...]:
    """Return the first sentences of what describes an item."""
    said = [one for one in passages(item, schema, language) if one.source == "description"]
    return tuple(_quote(item, one) for one in said[:MOST])


def quotes_by_meaning(
    item: Item, schema: Schema, message: str, wonder: str, language: str, embedder: Embedder
) -> tuple[Quote, ...]:
    """Return the sentence of the item's texts that is nearest in meaning to a question, where one is near enough.

    It is to be near to the whole of the question and to the words that say what it is about. Questions for a time or a
    figure are not answered so: a sentence without one is no answer, however near.
    """
    said = passages(item, schema, language)
    # Words of the lexicon would have been found by it: what is only near them in meaning is something else.
    if not said or asked_of(message).kind or any(key.startswith("=") for key in told_words(wonder)):
        return ()
    whole = without_pointers(message)
    asked = [whole, wonder] if wonder else [whole]
    vectors = np.asarray(embedder.embed([*asked, *(one.text for one in said)]), dtype=np.float64)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    near = (vectors[len(asked) :] @ vectors[: len(asked)].T).mean(axis=1)
    best = int(near.argmax())
    return (_quote(item, said[best]),) if near[best] >= NEAR[language] else ()


def asks_opinions(message: str) -> bool:
    """Return whether a message asks what people say of an item."""
    return _opinion(message) is not None


def counts_opinions(message: str) -> bool:
    """Return whether a message asks how many opinions there are of an item."""
    return _COUNTED.search(message) is not None


def _opinion(message: str) -> Literal["against", "for", "any"] | None:
    if counts_opinions(message):
        return None
    if _AGAINST.search(message) or _AGAINST_SAID.search(message):
        return "against"
    return "for" if _FOR.search(message) else "any" if _OPINION.search(message) else None


def _opinions(
    item: Item, schema: Schema, which: str, message: str, language: str, snapshot: Snapshot | None
) -> tuple[Quote, ...]:
    """Return reviews: the worst, the best, or one of each; of a matter that the message names, those that speak of it.

    A matter is what the reviews of the catalog have a word for: nobody's zip is everybody's glue.
    """
    reviews = [one for one in item.reviews if not any(map(speaks_to_a_machine, _texts(one.text)))]
    bare = next((part for part in _CLAUSE.findall(message) if _opinion(part)), message)
    for pattern in (_AGAINST_SAID, _AGAINST, _FOR, _OPINION, _WHO):
        bare = pattern.sub(lambda found: f" {found.groupdict().get('of') or ''} ", bare)
    matter = known(told_words(bare), snapshot) - plain_keys() if snapshot is not None else frozenset()
    if matter - keys(" ".join(_texts(item.values.get(schema.roles.get("title", ""), "")))):
        top = max((one.rating or 0.0 for one in reviews), default=0.0)
        told = [one for one in reviews if any(matter & keys(text) for text in _texts(one.text))]
        bad = [one for one in told if (one.rating or 0.0) < top]
        reviews = bad if which == "against" else told or reviews
    rated = sorted((one for one in reviews if one.rating is not None), key=lambda one: one.rating or 0.0)
    least = rated[0].rating if rated else None
    worst = [review for review in rated if review.rating == least] if rated and least != rated[-1].rating else []
    best = [review for review in reversed(rated) if review not in worst]
    chosen = {"against": worst or rated[:1], "for": best, "any": [*best[:1], *worst[:1]]}[which] or reviews
    return tuple(_quote(item, Passage("review", localised(review.text, language))) for review in chosen[:MOST])


def _quote(item: Item, said: Passage) -> Quote:
    return Quote(item=item.id, source=said.source, text=said.text)


def _texts(value: object) -> list[str]:
    return [str(text) for text in value.values()] if isinstance(value, dict) else [str(value)]
