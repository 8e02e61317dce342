"""How names of people are written in Latin letters, and which of them are known for their works."""

from __future__ import annotations

from shortlist_tools.masking.words import word_set

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈČĎĐĒĖĘĚĜĞĢĦĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŴŶŸŹŻŽƠƯẠ-Ỹ"
SMALL = "a-zß-öø-ÿĀ-žơưạ-ỹ"
CAPITAL = rf"(?:Mc|Mac|O'|D'|De|Le|La|Van|St\.\s)?[{UPPER}][{SMALL}]+(?:[-'](?!s\b)[{UPPER}{SMALL}]+)*"
PARTICLE = r"(?:van der|van den|van|de la|de|von|da|di|la|le|bin|ibn|al|del|dos|el|st)"
VAN = r"(?:(?:Van|Von|De|Der|La|Di|Da|El|Al)\s(?:(?:der|den|de|la|ter)\s)?|(?:van|von|de)\s(?:(?:der|den|de|la)\s)?)?"
FULL = rf"{VAN}{CAPITAL}(?:\s+(?:[A-Z]\.\s*)?(?:{PARTICLE}\s+)?{CAPITAL}){{0,3}}"
SEVERAL = rf"{CAPITAL}(?:\s+(?:[A-Z]\.\s*)?(?:{PARTICLE}\s+)?{CAPITAL}){{1,3}}"
LOWER = r"[a-zà-ÿ]+(?:[-'](?!s\b)[a-zà-ÿ]+)?"


def famous(words: list[str]) -> bool:
    """Return whether `words` hold a name that is known for its works, or a brand."""
    famous = word_set("names.yaml", "famous_en")
    places = range(len(words))
    return any(" ".join(words[first : last + 1]) in famous for first in places for last in places[first:])


def romanised(words: list[str]) -> bool:
    """Return whether Chinese, Korean or Vietnamese syllables make a name, with the surname first or last."""
    known = word_set("more.yaml", "syllables")
    return len(words) > 1 and all(len(word) <= 7 for word in words) and (words[0] in known or words[-1] in known)
