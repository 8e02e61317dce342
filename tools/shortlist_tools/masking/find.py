"""Everything personal in a text, whatever its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from shortlist_tools.masking.addresses import find_addresses
from shortlist_tools.masking.chinese_addresses import find_chinese_addresses
from shortlist_tools.masking.doubt import checked, denied
from shortlist_tools.masking.names import Known, find_names
from shortlist_tools.masking.numbers import find_numbers_of_people
from shortlist_tools.masking.postcodes import find_coded_addresses
from shortlist_tools.masking.scripts import folded
from shortlist_tools.masking.spans import Kind, Personal, settle
from shortlist_tools.masking.tagger import Tagged, tagger

__all__ = ["Kind", "Personal", "find_personal"]

_SHORTEST_PART = 3
_WORD = re.compile(r"[^\W\d_]+")


def find_personal(text: str, known: Known = lambda word: False) -> list[Personal]:
    """Return the personal data in `text`, in order, without overlaps.

    Names, e-mail addresses, phones, postal addresses, identity papers, payment cards and accounts, in English and
    Chinese forms, also where nothing separates them from the Chinese text before: what patterns find, less the names
    that a tagger that was trained is sure are none, and what it finds beside them. It takes time in proportion to the
    length of the text.

    Args:
        text: What somebody wrote.
        known: Tells whether words name something of the catalog, which is not masked as a name.
    """
    plain = folded(text)
    sure = [
        *find_numbers_of_people(plain),
        *find_addresses(plain),
        *find_coded_addresses(plain),
        *find_chinese_addresses(plain),
    ]
    learned = tagger()
    read = learned.read(plain) if learned else None
    tagged = list(_tagged(plain, known, read)) if read else []
    names = [one for one in find_names(plain, sure, known) if not (read and denied(plain, one, read))]
    names += [one for one in tagged if one.kind == "name"]
    return settle(plain, [*sure, *tagged, *names, *_again(plain, names)])


def _tagged(text: str, known: Known, read: Tagged) -> Iterator[Personal]:
    """Yield what the tagger found, without the titles and brands of the catalog and what the patterns know better."""
    for one in read.personal:
        sound = checked(text, one)
        if sound and not (
            (sound.kind == "name" and denied(text, sound, read))
            or (sound.kind in ("name", "address", "account") and _of_catalog(text[sound.start : sound.end], known))
        ):
            yield from _apart(text, sound)


def _apart(text: str, one: Personal) -> Iterator[Personal]:
    """Yield `one`, or for names in a row, or a surname before its first name, each of them."""
    at = one.start
    for part in text[one.start : one.end].split(", ") if one.kind == "name" else (text[one.start : one.end],):
        yield Personal(at, at + len(part), one.kind)
        at += len(part) + len(", ")


def _of_catalog(said: str, known: Known) -> bool:
    """Return whether `said`, or two words of it that stand side by side, name something of the catalog."""
    return known(said) or any(known(f"{one} {other}") for one, other in pairwise(said.split()))


def _again(text: str, names: Sequence[Personal]) -> Iterator[Personal]:
    """Yield every further place where a name that was found stands, or a part of it that is long enough."""
    said: set[str] = set()
    for one in names:
        name = text[one.start : one.end]
        said.add(name)
        if name.isascii() and name[:1].isupper():
            said.update(part for part in name.split() if len(part) >= _SHORTEST_PART and part[0].isupper())
    latin = {name for name in said if _WORD.match(name) and not "\u4e00" <= name[0] <= "\u9fff"}
    if latin:
        pattern = "|".join(re.escape(name) for name in sorted(latin, key=len, reverse=True))
        for match in re.finditer(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])", text):
            yield Personal(match.start(), match.end(), "name")
    han = {name for name in said - latin if len(name) >= 2}
    if han:
        pattern = "|".join(re.escape(name) for name in sorted(han, key=len, reverse=True))
        for match in re.finditer(pattern, text):
            yield Personal(match.start(), match.end(), "name")
