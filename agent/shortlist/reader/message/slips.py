"""The catalog's words behind slips of the pen: of one letter, of a blank within a word, of one Chinese character."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shortlist.reader.vocabulary import Found, Lexicon, Sense

_TWO_WORDS = re.compile(r"(?<![a-z])[a-z]{3,}(?= ([a-z]{3,})(?![a-z]))")

Known = Found[tuple[Sense, ...]]


def behind_slips(folded: str, lexicon: Lexicon, known: Sequence[tuple[int, int]]) -> list[Known]:
    """Return the phrases that slips hide in a folded text; `known` are the stretches that are right as they stand."""
    heard = lexicon.sounds.found(folded, known)
    said = [Found(start, end, lexicon.phrases.get(phrase) or ()) for start, end, phrase in heard]
    return [*said, *_split(folded, lexicon), *_misspelt(folded, lexicon)]


def _split(folded: str, lexicon: Lexicon) -> list[Known]:
    """Return the phrases that are written as two words ("head phones")."""
    return [
        Found(match.start(), match.end(1), payload)
        for match in _TWO_WORDS.finditer(folded)
        if (payload := lexicon.phrases.get(folded[match.start() : match.end(1)].replace(" ", ""))) is not None
    ]


def _misspelt(folded: str, lexicon: Lexicon) -> list[Known]:
    """Return the phrases that slips of one letter hide."""
    mended = lexicon.spelling.corrected(folded)
    if mended is None:
        return []
    text, places = mended
    found = [(f, places[f.start], places[f.end - 1] + 1) for f in lexicon.phrases.scan(text)]
    return [Found(start, end, f.payload) for f, start, end in found if folded[start:end] != text[f.start : f.end]]
