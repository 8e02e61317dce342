"""Text as the lexical index sees it: words, model numbers and pairs of Chinese characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain, pairwise

from shortlist_tools.text.scripts import simplified

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002ffff"
_ASCII_CHUNK = r"[a-z0-9]+(?:[-.,'][a-z0-9]+)*"
_CHUNK_ASCII = re.compile(_ASCII_CHUNK)
_CHUNK = re.compile(rf"{_ASCII_CHUNK}|[{_CJK}]+|[^\W_a-z0-9{_CJK}]+")
# Hyphens stay inside model numbers (wh-1000xm5, qc-35) and nowhere else; commas and points stay inside figures.
_PIECE = re.compile(
    r"""[a-z]{1,3}-\d+[a-z0-9]*(?:-[a-z0-9]*\d[a-z0-9]*)*(?![a-z0-9])
    |[a-z]+\d+(?:\.\d+)*[a-z0-9]*(?:-[a-z0-9]*\d[a-z0-9]*)*
    |\d+(?:[.,]\d+)*(?:[a-z]+[a-z0-9]*(?:-[a-z0-9]*\d[a-z0-9]*)*)?
    |[a-z]+""",
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"'(?:s|re|ve|ll|d|m)$")
_ACCENTS = {
    code: base
    for code in range(0xC0, 0x250)
    if (base := unicodedata.normalize("NFKD", chr(code))[0]).isascii() and base.isalpha()
} | {0x2018: "'", 0x2019: "'", 0x2010: "-", 0x2011: "-", 0x2013: "-"}
_ACCENTED = re.compile(f"[{''.join(map(chr, _ACCENTS))}]")
_SINGULAR = frozenset(
    {"series", "species", "lens", "bus", "gas", "plus", "bonus", "canvas", "chaos", "less", "news", "atlas", "iris"}
    | {"jeans", "yes", "was", "has", "does", "this", "always", "perhaps", "whereas"}
)


def tokens(text: str) -> list[str]:
    """Return the tokens of `text` for a lexical index, in order.

    Lower case; model numbers and figures whole ("wh-1000xm5"; "1,299" as "1299"); other hyphenated words in parts;
    English plurals as singulars; Chinese, Japanese and Korean runs as overlapping pairs, a lone character as itself.
    """
    if text.isascii():
        return list(chain.from_iterable(map(_pieces, _CHUNK_ASCII.findall(text.lower()))))
    found: list[str] = []
    lowered = simplified(unicodedata.normalize("NFKC", text).lower())
    for chunk in _CHUNK.findall(_ACCENTED.sub(lambda found: _ACCENTS[ord(found[0])], lowered)):
        if chunk.isascii():
            found += _pieces(chunk)
        elif chunk[0] < "\u3040" or len(chunk) == 1:
            found.append(chunk)
        else:
            found += map("".join, pairwise(chunk))
    return found


@lru_cache(maxsize=65_536)
def _pieces(chunk: str) -> tuple[str, ...]:
    """Return the tokens of one run of Latin letters and figures; a catalog repeats itself, so most are remembered."""
    if chunk.isalpha():
        return (_singular(chunk),)
    chunk = _POSSESSIVE.sub("", chunk).replace("'", "")
    return tuple(piece.replace(",", "") if piece[0].isdigit() else _singular(piece) for piece in _PIECE.findall(chunk))


def _singular(word: str) -> str:
    """Return an English plural as its singular and any other word as it is."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "sui" or word in _SINGULAR or not word.isalpha():
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word[:-1]
