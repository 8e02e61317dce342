"""The words of a message that are left for search by meaning."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from shortlist.reader.figures import of_the_shop
from shortlist.reader.message import Context, Draft
from shortlist.reader.stance import refused_spans
from shortlist.reader.vocabulary import general_words, is_cjk, longest
from shortlist_tools.text import simplified

_PIECE = re.compile(r"[\w'’.+-]+")


def wondered(context: Context) -> str:
    """Return the words of the questions that say what they are about, without those that mean nothing."""
    scene = context.scene
    kept = [" "] * len(scene.text)
    for question in context.questions:
        kept[question.start : question.end] = simplified(scene.text[question.start : question.end])
    for start, end, _ in context.references:
        if not (scene.text[start:end].isascii() and scene.text[start:end].islower()):
            kept[start:end] = " " * (end - start)
    for found in longest(general_words().stop_zh.scan(scene.folded)):
        kept[found.start : found.end] = " " * (found.end - found.start)
    stop = general_words().stop_en
    words = [match.group().strip(".-'’+") for match in _PIECE.finditer("".join(kept))]
    return " ".join(word for word in words if word and word.lower() not in stop)


def leftover_query(context: Context, drafts: Collection[Draft]) -> str:
    """Return the message without requirements and words that mean nothing, kinds of item kept.

    Whoever opens a conversation and only tells how things are ("my flat is so gloomy in the evenings") wants what
    helps: what is told is then searched for, as there is nothing else, or but a kind ("my zip broke, any repair?").
    """
    left = _left(context, drafts, context.dead_spans)
    kinds = " ".join(context.scene.folded[one.start : one.end] for one in drafts if one.field == context.lexicon.kind)
    situated = any(at <= one.start < end for one in drafts for at, end in context.situations)
    other = situated or any(one.field != context.lexicon.kind for one in drafts)
    if other or context.shown or context.ledger or any(word not in kinds for word in left.split()):
        return left
    return _left(context, drafts, [span for span in context.dead_spans if span not in context.situations])


def _left(context: Context, drafts: Collection[Draft], dead: Sequence[tuple[int, int]]) -> str:
    """Return the words outside requirements and the `dead` spans."""
    scene = context.scene
    kept = list(simplified(scene.text))
    kinds = [
        m
        for m in scene.live()
        if not m.negated and any(s.field == context.lexicon.kind and s.part == "value" for s in m.senses)
    ]
    protected = {i for m in kinds for i in range(m.start, m.end)}
    protected |= {i for start, end in context.tastes for i in range(start, end)}
    spans = [(d.start, d.end) for d in drafts if d.field != context.lexicon.kind]
    spans += [(f.start, f.end) for f in context.figures]
    spans += [(m.start, m.end) for m in scene.mentions if m.negated or (m.having("field") and not m.having("value"))]
    spans += [(m.start, m.end) for m in scene.markers]
    spans += [*dead, *refused_spans(context)]
    spans += [shop] if (shop := of_the_shop(scene.folded)) else []
    spans += [(start, end) for start, end, _ in context.references if (start, end) not in scene.quoted]
    general = general_words()
    fillers = (f for f in general.filler_zh.scan(scene.folded) if f.end - f.start > 1)
    spans += [(f.start, f.end) for f in longest([*general.stop_zh.scan(scene.folded), *fillers])]
    for start, end in spans:
        for i in range(start, min(end, len(kept))):
            if i not in protected:
                kept[i] = " "
    words = [match.group().strip(".-'’+") for match in _PIECE.finditer("".join(kept))]
    return " ".join(dict.fromkeys(word for word in words if word and not _says_nothing(word)))


def _says_nothing(word: str) -> bool:
    """Say whether a word that stands alone is only grammar: 好 and 一 are, unless they are a part of a longer word."""
    if len(word) == 1:
        return not is_cjk(word) or general_words().filler_zh.get(word) is not None
    return word.lower() in general_words().stop_en
