"""What the patterns know better than the tagger: numbers of things, and words, brands and works that are no names."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist_tools.masking import slots
from shortlist_tools.masking.chinese_names import begins_no_name
from shortlist_tools.masking.cues import impersonal
from shortlist_tools.masking.latin import famous
from shortlist_tools.masking.likeness import ordinary, plainly_first
from shortlist_tools.masking.numbers import of_a_brand
from shortlist_tools.masking.spans import Personal

_LONGEST_SMALL = 3
_SHORTENED = re.compile(r"['’](?:s|m|d|ve|ll|re)$")
_SHORTEST_CARD = 5
_NEAR = 12
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NETWORK = re.compile(
    r"[号搜@]|昵称|微信|微博|小红书|抖音|快手|豆瓣|贴吧|b站|qq|v信|id|wx|vx|关注|私信|艾特", re.IGNORECASE
)
"""Words without which Chinese words are no name that somebody has at a network."""
_CARD = re.compile(r"card|cv[vc]|code|visa|amex|ending|digits|back|卡|尾号|安全码|末四位|后三位|背面", re.IGNORECASE)
"""Words without which a few digits are no part of a card."""


def checked(text: str, one: Personal) -> Personal | None:
    """Return what the tagger found, less small words at its end, or None where the patterns know that it is nobody's.

    That is a number of a thing, the handle of a shop, the title of a film with its year, and for a name a known work or
    words that are none, unless the words before announce a name.
    """
    said = text[one.start : one.end]
    if one.kind in ("account", "phone", "identity", "card"):
        theirs = impersonal(text, one.start) or (said[0] == "@" and of_a_brand(text, one.start))
        nick = one.kind == "account" and _HAN.search(said) and said[0] != "@"
        if nick and not _NETWORK.search(text[max(0, one.start - _NEAR) : one.start]):
            return None
        bare = one.kind == "card" and len(said) < _SHORTEST_CARD and not _CARD.search(text)
        return None if theirs or bare else one
    if one.kind != "name":
        return None if one.kind == "address" and slots.YEAR.search(said) else one
    if "\u4e00" <= said[0] <= "\u9fff":
        common = begins_no_name(text, one.start, one.end) and slots.before(text, one.start) < slots.SURE
        return None if common else one
    words = said.split()
    while len(words) > 1 and words[-1].islower() and len(words[-1]) <= _LONGEST_SMALL and ordinary(words[-1]):
        said = said[: said.rindex(words.pop())].rstrip()
    plain = [_SHORTENED.sub("", word.strip(".,'\"")) for word in said.lower().split()]
    common = all(ordinary(word) and not plainly_first(word) for word in plain)
    if famous(plain) or (common and slots.before(text, one.start) < slots.SURE):
        return None
    return replace(one, end=one.start + len(said))
