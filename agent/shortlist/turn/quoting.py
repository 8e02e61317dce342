"""Sentences of an item's description and reviews that answer what was asked, found by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import numpy as np

from shortlist.decision import Quote
from shortlist.turn.telling import telling_words, without_pointers
from shortlist_tools.catalog import Item, Review, Schema, localised
from shortlist_tools.search import Embedder
from shortlist_tools.text import sentences, tokens

MOST = 2
"""Sentences quoted of one item."""
NEAR = {"en": 0.25, "zh": 0.3}
"""A sentence is quoted for its meaning from this similarity on, by language: few Chinese words agree by chance."""
LEAST_SHARED = 0.5
"""Of what the words of a question tell, rare ones more than common ones, a sentence that answers it has this share."""
LONGEST = 240
_AGAINST = re.compile(
    r"\b(?:complain\w*|complaints?|downsides?|drawbacks?|cons|disadvantages?|weakness\w*|weak points?|flaws?|problems?|"
    r"issues?|bad reviews?|negative reviews?|dislike|wrong with|criticis\w+|catch)\b|"
    r"吐槽|缺点|差评|毛病|不足|槽点|抱怨|不好的地方|短板|翻车",
    re.IGNORECASE,
)
_AGAINST_SAID = re.compile(
    r"\b(?:(?:anyone|anybody|people|buyers|they|someone|reviews?) (?:\w+ )?(?:hates?|complain|dislikes?|bad|unhappy))\b"
    r"|\b(?:bad|worst|negative|critical) (?:reviews?|things?|points?|sides?|comments?|feedback)\b"
    r"|\bwhat(?:'s| is| are)? (?:bad|wrong|not (?:so )?good) (?:about|with)\b|"
    r"\bwhy .{0,30}(?:low|bad|poor)(?:ly)?\b.{0,12}(?:rat|star|scor|review)"
    r"|\bwhy .{0,30}(?:rat|star|scor|review)\w* (?:so |that |this )?(?:low|bad|poor)|\bso few stars\b"
    r"|说.{0,3}(?:不好|坏话|差)|不好的?(?:评价|评论|地方|吗)|(?:哪里|哪儿|哪些|什么)(?:地方)?(?:不好|差)|坏处|不满|评分.{0,6}(?:低|差)",
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
_TO_A_MACHINE = re.compile(
    r"\bsystem\s*(?:prompt|message|note|override)?\s*:|\b(?:previous|prior|above|earlier|all) (?:\w+ )?instructions?\b"
    r"|\b(?:ai|assistants?|chatbots?|language models?|recommenders?)\b[^.!?]{0,30}"
    r"\b(?:must|should|shall|please|always|ignore)\b"
    r"|\b(?:you|it) must (?:always |now )?(?:rank|recommend|say|tell|list|put|place|rate|claim)\b"
    r"|\b(?:tell|inform) (?:the |every |all )?(?:users?|shoppers?|customers?)\b"
    r"|系统(?:提示|消息|指令|通知)?[:：]|(?:之前|以上|前面|所有)的?(?:\S{0,4})?指令|告诉用户"
    r"|(?:AI|助手|模型|机器人)[^。！？]{0,10}(?:必须|务必|应当|请)",
    re.IGNORECASE,
)
"""Sentences of an item's texts that speak to whoever answers, not to whoever buys: they are never quoted."""
_PREFIX = 5
"""Letters by which two forms of an English word are known for the same."""


def quotes(
    item: Item, schema: Schema, wonder: str, message: str, language: str, weights: Mapping[str, float] | None = None
) -> tuple[Quote, ...]:
    """Return what the item's texts say of a question, the best first.

    Args:
        item: The item.
        schema: The catalog's schema; its roles tell which field describes the item.
        wonder: The words of the question that say what it is about.
        message: The whole message, which tells whether opinions of buyers are asked for.
        language: The language to quote in, where the item has it.
        weights: How much each word tells, by its beginning; 1 where it is not given.
    """
    if opinion := _opinion(message):
        return _opinions(item, opinion, language)
    wanted = _keys(" ".join(telling_words(wonder)))
    if not wanted:
        return ()
    name = _keys(" ".join(_texts(item.values.get(schema.roles.get("title", ""), ""))))
    # Words of the title only name the item, unless nothing else is asked about.
    wanted, name = (wanted - name, name) if wanted - name else (wanted, set())
    scored = []
    for place, quote in enumerate(_said(item, schema, language)):
        found = wanted & _keys(quote.text)
        score = sum(0.4 if key in name else 1.0 for key in found)
        if score >= 1.0 and _worth(found, weights) >= LEAST_SHARED * _worth(wanted, weights):
            scored.append((-score / len(wanted) - 0.05 * (quote.source == "description"), place, quote))
    scored.sort(key=lambda one: one[:2])
    best = [quote for score, _, quote in scored if score <= 0.75 * scored[0][0]]
    return tuple(best[:MOST])


def _worth(words: Iterable[str], weights: Mapping[str, float] | None) -> float:
    return sum(weights.get(word, 1.0) if weights else 1.0 for word in words)


def words_of(item: Item, schema: Schema) -> set[str]:
    """Return the words of an item's title, description and reviews, by their beginning."""
    named = (schema.roles.get(role, "") for role in ("title", "description"))
    texts = [text for name in named for text in _texts(item.values.get(name, ""))]
    texts += [text for review in item.reviews for text in _texts(review.text)]
    return {word for text in texts for word in _keys(text)}


def question_words(wonder: str) -> set[str]:
    """Return the words that say what a question is about, by their beginning."""
    return _keys(" ".join(telling_words(wonder)))


def description(item: Item, schema: Schema, language: str) -> tuple[Quote, ...]:
    """Return the first sentences of what describes an item."""
    said = [one for one in _said(item, schema, language) if one.source == "description"]
    return tuple(said[:MOST])


def quotes_by_meaning(
    item: Item, schema: Schema, message: str, wonder: str, language: str, embedder: Embedder
) -> tuple[Quote, ...]:
    """Return the sentence of the item's texts that is nearest in meaning to a question, where one is near enough.

    It is to be near to the whole of the question and to the words that say what it is about.
    """
    said = list(_said(item, schema, language))
    if not said:
        return ()
    whole = without_pointers(message)
    asked = [whole, wonder] if wonder else [whole]
    vectors = np.asarray(embedder.embed([*asked, *(quote.text for quote in said)]), dtype=np.float64)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    near = (vectors[len(asked) :] @ vectors[: len(asked)].T).mean(axis=1)
    best = int(near.argmax())
    return (said[best],) if near[best] >= NEAR[language] else ()


def asks_opinions(message: str) -> bool:
    """Return whether a message asks what people say of an item."""
    return _opinion(message) is not None


def _opinion(message: str) -> Literal["against", "for", "any"] | None:
    if _AGAINST.search(message) or _AGAINST_SAID.search(message):
        return "against"
    return "for" if _FOR.search(message) else "any" if _OPINION.search(message) else None


def _opinions(item: Item, which: str, language: str) -> tuple[Quote, ...]:
    """Return reviews: the worst, the best, or one of each."""
    reviews = _plain_reviews(item)
    rated = sorted((one for one in reviews if one.rating is not None), key=lambda one: one.rating or 0.0)
    least = rated[0].rating if rated else None
    worst = [review for review in rated if review.rating == least] if rated and least != rated[-1].rating else []
    best = [review for review in reversed(rated) if review not in worst]
    chosen = {"against": worst or rated[:1], "for": best, "any": [*best[:1], *worst[:1]]}[which] or reviews
    return tuple(_quote(item, "review", localised(review.text, language)) for review in chosen[:MOST])


def _said(item: Item, schema: Schema, language: str) -> Iterator[Quote]:
    described = schema.roles.get("description", "")
    for text in sentences(item.text(described, language)):
        if not _TO_A_MACHINE.search(text):
            yield _quote(item, "description", text)
    for review in _plain_reviews(item):
        yield _quote(item, "review", localised(review.text, language))


def _plain_reviews(item: Item) -> list[Review]:
    return [one for one in item.reviews if not any(_TO_A_MACHINE.search(text) for text in _texts(one.text))]


def _quote(item: Item, source: Literal["description", "review"], text: str) -> Quote:
    text = " ".join(text.split())
    return Quote(item=item.id, source=source, text=text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def _keys(text: str) -> set[str]:
    """Return the words of a text by their beginning, and pairs of Chinese characters."""
    return {word[:_PREFIX] if word.isascii() and word.isalpha() else word for word in tokens(text) if len(word) > 1}


def _texts(value: object) -> list[str]:
    return [str(text) for text in value.values()] if isinstance(value, dict) else [str(value)]
