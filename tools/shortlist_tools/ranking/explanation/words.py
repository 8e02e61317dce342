"""Why an item stands where it does, as one sentence: what speaks for it most, and what moved it besides its score."""

from __future__ import annotations

from collections.abc import Sequence

from shortlist_tools.catalog import Schema
from shortlist_tools.ranking.explanation.names import phrase
from shortlist_tools.ranking.rank import Moved, Term
from shortlist_tools.text import join_words

MOST_NAMED = 3
LEAST_SHARE = 0.05
"""A term that is less than this share of what speaks for the item is not worth a word."""
MOVED = {
    "diversity": ("so that the list is not all of a kind", "为了让推荐不重样"),
    "likeness": ("because it is like what you pointed at", "因为它和您指的那件相似"),
    "calibration": ("so that the list reflects all your interests", "为了照顾您的各种兴趣"),
    "serendipity": ("because you want to be surprised", "因为您想要一些惊喜"),
    "exploration": ("to learn what you like", "为了了解您的口味"),
    "fairness": ("so that others get their share of attention too", "为了让其他商品也有展示机会"),
}


def leading(terms: Sequence[Term], most: int = MOST_NAMED) -> list[Term]:
    """Return the terms that speak most for an item, signals once each; none that is not positive."""
    positive = [term for term in terms if term.contribution > 0]
    total = sum(term.contribution for term in positive)
    found: dict[str, Term] = {}
    for term in sorted(positive, key=lambda one: (-one.contribution, one.signal)):
        if term.contribution >= LEAST_SHARE * total:
            found.setdefault(term.signal, term)
    return list(found.values())[:most]


def sentence(terms: Sequence[Term], moved: Sequence[Moved], schema: Schema, language: str) -> str:
    """Return why an item is where it is, in `language`; empty where nothing speaks for it and nothing moved it."""
    said = [phrase(term, schema, language) for term in leading(terms)]
    why = ""
    if said:
        why = f"理由：{'，'.join(said)}。" if language == "zh" else f"Here because {join_words(said, 'en')}."
    return (why + ("" if language == "zh" else " ") + moves(moved, language)).strip()


def moves(moved: Sequence[Moved], language: str) -> str:
    """Return what moved an item from the place its score gives it, one sentence each."""
    chinese = language == "zh"
    lines = []
    for one in moved:
        reason = MOVED[one.by][chinese]
        up = one.after < one.before
        if chinese:
            lines.append(f"{reason}，从第{one.before + 1}位{'提前' if up else '后移'}到第{one.after + 1}位。")
        else:
            lines.append(f"Moved {'up' if up else 'down'} from {one.before + 1} to {one.after + 1} {reason}.")
    return ("" if chinese else " ").join(lines)
