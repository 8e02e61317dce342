"""Text as people send it made safe to read: widths, control characters and white space."""

from __future__ import annotations

import re
import unicodedata

from shortlist_tools.text.scripts import simplified

DEFAULT_LIMIT = 20_000
"""Characters of a message that are read; what comes after is dropped."""

# Chinese sentences keep their own punctuation: only what stands in figures, words and signs is narrowed.
_KEPT_WIDE = set("，。！？；：（）“”‘’、")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
_NARROW |= {0x3000: 0x20, 0xFFE5: 0xA5, 0xFFE1: 0xA3, 0xFF0D: 0x2D}

# For matching only, the wide punctuation is narrowed too, and look-alikes are made one. Every entry is one to one, so
# that positions in the folded text are positions in the original.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {
    0x3000: 0x20,
    0xA0: 0x20,
    0x2009: 0x20,
    0x202F: 0x20,
    0xFFE5: 0xA5,
    0xFFE1: 0xA3,
    0x9: 0x20,
    0xA: 0x20,
    0xD: 0x20,
}
_FOLD |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), 0x2D)
_FOLD |= dict.fromkeys((0x301C, 0x223C, 0x2053), 0x7E)
_FOLD |= dict.fromkeys((0x2018, 0x2019), 0x27)
_FOLD |= dict.fromkeys((0x201C, 0x201D), 0x22)

_DROPPED = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"\s+")


def clean(text: str, limit: int = DEFAULT_LIMIT) -> str:
    """Return `text` with narrow letters and figures, no control or invisible characters and single spaces.

    Chinese punctuation and emoji stay as they are. At most `limit` characters come back.
    """
    text = _DROPPED.sub("", text[: limit * 4])
    text = unicodedata.normalize("NFC", text).translate(_NARROW)
    return _SPACE.sub(" ", text).strip()[:limit].rstrip()


def fold(text: str) -> str:
    """Return `text` in lower case with one form of every width, dash, quote, space and Chinese character.

    Its length never changes.
    """
    folded = simplified(text).translate(_FOLD)
    lower = folded.lower()
    if len(lower) == len(folded):
        return lower
    return "".join(one if len(one := char.lower()) == 1 else char for char in folded)
