"""What signals are called, and what has to be said of an item for which one speaks, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from shortlist_tools.catalog import Schema
from shortlist_tools.ranking.rank import Term
from shortlist_tools.text import join_words

NAMES: Mapping[str, tuple[str, str]] = {
    "request": ("your words", "您的描述"),
    "wishes": ("your wishes", "您的偏好条件"),
    "superlative": ("what you want most of", "您最看重的指标"),
    "slack": ("room within your limits", "在您的限制内的余地"),
    "affinity": ("your taste", "您的喜好"),
    "collaborative": ("people with a similar history", "相似用户的选择"),
    "price_fit": ("your usual prices", "您常选的价位"),
    "quality": ("ratings", "评分"),
    "freshness": ("how new it is", "上新时间"),
    "popularity": ("popularity", "热度"),
    "novelty": ("something new to you", "对您的新鲜感"),
    "offer": ("an offer", "优惠"),
    "taste": ("your reactions so far", "您之前的反馈"),
}
"""English and Chinese name of each signal."""
PHRASES: Mapping[str, tuple[str, str]] = {
    "request": ("it matches your words", "与您的描述相符"),
    "wishes": ("it has what you would like", "满足您的偏好"),
    "superlative": ("it is ahead in what you want most of", "在您最看重的方面领先"),
    "slack": ("it stays well within your limits", "离您的限制还有余地"),
    "affinity": ("it suits your taste", "符合您的喜好"),
    "collaborative": ("people with a similar history chose it", "相似的用户也选了它"),
    "price_fit": ("its price is what you usually pay", "价位和您平时的选择接近"),
    "quality": ("it is well rated", "评分较好"),
    "freshness": ("it is new", "上新不久"),
    "popularity": ("many people chose it", "很受欢迎"),
    "novelty": ("it is something new to you", "对您来说有新鲜感"),
    "offer": ("there is an offer on it", "有优惠"),
    "taste": ("you reacted well to such items", "您对类似的反应不错"),
}


def named(signal: str, language: str) -> str:
    """Return what to call `signal` in `language`."""
    english, chinese = NAMES.get(signal, (signal.replace("_", " "),) * 2)
    return chinese if language == "zh" else english


def phrase(term: Term, schema: Schema, language: str) -> str:
    """Return what the term says of its item, with the values it rests on where the schema has words for them."""
    english, chinese = PHRASES.get(term.signal, (f"{named(term.signal, 'en')} speaks for it",) * 2)
    words = [word for pair in term.evidence if (word := _word(pair, schema, language))]
    if not words:
        return chinese if language == "zh" else english
    return f"{chinese}（{join_words(words, 'zh')}）" if language == "zh" else f"{english} ({join_words(words, 'en')})"


def _word(pair: str, schema: Schema, language: str) -> str:
    name, _, value = pair.partition("=")
    field = schema.get(name)
    return field.value_named(value, language) if field is not None and field.shown else ""
