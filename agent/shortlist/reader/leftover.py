"""The words of a message that are left for search by meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .context import Context, Draft
from .phrases import is_cjk, longest
from .words import general_words

_PIECE = re.compile(r"[\w'’.+-]+")


def leftover_query(context: Context, drafts: Iterable[Draft]) -> str:
    """Return the message without requirements and words that mean nothing, kinds of item kept."""
    scene = context.scene
    kept = list(scene.text)
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
    spans += context.dead_spans
    spans += [(start, end) for start, end, _ in context.references if (start, end) not in scene.quoted]
    spans += [(f.start, f.end) for f in longest(general_words().stop_zh.scan(scene.folded))]
    for start, end in spans:
        for i in range(start, min(end, len(kept))):
            if i not in protected:
                kept[i] = " "
    stop = general_words().stop_en
    words = []
    for match in _PIECE.finditer("".join(kept)):
        word = match.group().strip(".-'’+")
        if word and word.lower() not in stop and not (len(word) == 1 and not is_cjk(word)):
            words.append(word)
    return " ".join(dict.fromkeys(words))
