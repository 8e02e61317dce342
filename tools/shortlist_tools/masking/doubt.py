"""What the patterns know better than the tagger: numbers of things, and words, brands and works that are no names."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist_tools.masking import slots
from shortlist_tools.masking.addresses import STREET
from shortlist_tools.masking.chinese_names import (
    AGE,
    NAMING,
    TOLD,
    begins_no_name,
    begins_with_kin,
    of_a_business,
    surname,
    told,
)
from shortlist_tools.masking.cues import impersonal, near_a_network
from shortlist_tools.masking.latin import famous
from shortlist_tools.masking.likeness import ordinary, plainly_first
from shortlist_tools.masking.numbers import of_a_brand
from shortlist_tools.masking.spans import Personal
from shortlist_tools.masking.tagger import TORN, Tagged

_LONGEST_SMALL = 3
_NUMBER = re.compile(r"\d")
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百零〇两]")
_NO_ADDRESS = re.compile(r"[$€£¥{}\[\]`…*=~<>|\"]|(?:19|20)\d\d年|^\d+\s?(?:小时|分钟|天|[a-z]{1,2}$)")
"""Signs, dates and measures that stand in no address."""
_SHORTENED = re.compile(r"['’](?:s|m|d|ve|ll|re)$")
_SHORTEST_CARD = 5
_NO_NOUNS = ("v", "d", "t", "m", "r", "p", "c", "u", "y", "i", "l")
"""Kinds of words that nobody is named by, even where a name could stand: 陪妈妈走走."""
_ARTICLES = frozenset(("a", "an", "the"))
_LONGEST_NAME = 3
_NEAR = 12
_NO_NAME = 4.0
"""From how much the tagger's weights against a name that patterns found it is none."""
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
        bare_word = one.kind == "account" and said[0] != "@" and not _NUMBER.search(said)
        if bare_word and not nick and not near_a_network(text, one.start, one.end):
            return None
        bare = one.kind == "card" and len(said) < _SHORTEST_CARD and not _CARD.search(text)
        return None if theirs or bare else one
    if one.kind == "address":
        told = _NUMERAL.search(said) or STREET.search(said)
        return one if told and not _NO_ADDRESS.search(said) and not slots.YEAR.search(said) else None
    if one.kind != "name":
        return one
    if "\u4e00" <= said[0] <= "\u9fff":
        common = begins_no_name(text, one.start, one.end) and slots.before(text, one.start) < slots.SURE
        return None if common else one
    words = said.split()
    if words[0].lower() in _ARTICLES:
        return None
    while len(words) > 1 and words[-1].islower() and len(words[-1]) <= _LONGEST_SMALL and ordinary(words[-1]):
        said = said[: said.rindex(words.pop())].rstrip()
    plain = [_SHORTENED.sub("", word.strip(".,'\"")) for word in said.lower().split()]
    common = all(ordinary(word) and not plainly_first(word) for word in plain)
    if famous(plain) or (common and slots.before(text, one.start) < slots.SURE):
        return None
    return replace(one, end=one.start + len(said))


def denied(text: str, one: Personal, read: Tagged) -> bool:
    """Return whether a name, of whoever found it, is none: no cue or age tells it, and the dictionary or a shop does.

    Args:
        text: The text.
        one: The name.
        read: What the tagger says of the text.
    """
    announced, aged = slots.before(text, one.start), AGE.match(text, one.end) is not None
    chinese = "\u4e00" <= text[one.start] <= "\u9fff"
    kind, before = (read.kind(one), told(text, one.start)) if chinese else ("", 0.0)
    plain = kind.startswith(_NO_NOUNS) or (kind not in ("", TORN) and one.end - one.start > _LONGEST_NAME)
    plain = plain or (chinese and begins_with_kin(text, one.start))
    if plain and announced <= slots.SURE and before < NAMING and not aged:
        return True
    if announced >= slots.SURE or aged:
        return text[one.start - 1 : one.start] == "叫" and of_a_business(text, one.start, one.end)
    beside = all(other.end <= one.start or one.end <= other.start for other in read.personal)
    if beside and read.against(one) > _NO_NAME:
        return True
    if not chinese or before >= TOLD or surname(text[one.start : one.end]) == one.end - one.start:
        return False
    return kind == TORN or (kind != "" and before < 1) or of_a_business(text, one.start, one.end)
