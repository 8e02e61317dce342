"""Text as the lexical index sees it: words, model numbers and pairs of Chinese characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002ffff"
# Hyphens stay inside model numbers (wh-1000xm5, qc-35) and nowhere else; commas and points stay inside figures.
_TOKEN = re.compile(
    rf"""[a-z]{{1,4}}-\d+[a-z0-9]*(?:-[a-z0-9]+)*(?![a-z0-9])
    |[a-z]*\d+[a-z]+[a-z0-9]*(?:-[a-z0-9]*\d[a-z0-9]*)*
    |\d+(?:[.,]\d+)*
    |[a-z]+[0-9]+[a-z0-9]*(?:-[a-z0-9]*\d[a-z0-9]*)*
    |[a-z]+
    |[{_CJK}]+
    |[^\W\d_a-z{_CJK}]+[^\W_{_CJK}]*
    """,
    re.VERBOSE,
)
_APOSTROPHE = re.compile(r"['’](?:s|t|re|ve|ll|d|m)?\b")
_ACCENTS = {
    code: base
    for code in range(0xC0, 0x250)
    if len(base := unicodedata.normalize("NFKD", chr(code))[0]) == 1 and base.isascii() and base.isalpha()
}
_INVARIANT = frozenset(
    "series species lens bus gas plus bonus canvas chaos less news atlas iris jeans yes was has does this".split()
)


def tokens(text: str) -> list[str]:
    """Return the tokens of `text` for a lexical index, in order.

    Lower case; model numbers and figures whole ("wh-1000xm5", "1,299" as "1299"); English plurals folded; Chinese,
    Japanese and Korean runs as overlapping pairs, a lone character as itself.
    """
    if text.isascii():
        return [
            _folded(token)
            for token in _TOKEN.findall(_APOSTROPHE.sub("", text.lower()) if "'" in text else text.lower())
        ]
    text = unicodedata.normalize("NFKC", text).lower().translate(_ACCENTS)
    found: list[str] = []
    for token in _TOKEN.findall(_APOSTROPHE.sub("", text)):
        if token[0] < "\u3040" or not _is_cjk(token[0]):
            found.append(_folded(token))
        elif len(token) == 1:
            found.append(token)
        else:
            found.extend([token[at : at + 2] for at in range(len(token) - 1)])
    return found


_CJK_CHAR = re.compile(f"[{_CJK}]")


def _is_cjk(char: str) -> bool:
    return _CJK_CHAR.match(char) is not None


@lru_cache(maxsize=65_536)
def _folded(token: str) -> str:
    """Return an English plural as its singular, a figure without thousands marks, anything else as it is."""
    if token[0].isdigit():
        return token.replace(",", "") if "," in token else token
    if not token.endswith("s") or len(token) < 4 or token in _INVARIANT or not token.isalpha():
        return token
    if token.endswith(("ss", "us", "is")):
        return token
    if token.endswith("ies"):
        return token[:-3] + "y" if len(token) > 4 else token[:-1]
    if token.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return token[:-2]
    return token[:-1]
