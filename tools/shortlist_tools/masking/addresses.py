"""Postal addresses in English and other Latin forms: a street with its number, and the door, place and postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortlist_tools.masking.spans import Personal

_WORD = r"(?:[A-ZÀ-Þ][A-Za-zÀ-ÿ'.-]*|\d{1,3}(?:st|nd|rd|th))"
_STREETS = (
    r"(?:Street|St|Avenue|Ave|Av|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Ter|"
    r"Close|Crescent|Cres|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Gardens|Row|Mews|Hill|Grove|Quay|Alley|Trail|Walk|"
    r"Parade|Gate|Path|Plaza|Loop|Pike|Turnpike|Wharf|Green|Rise|Vale|View|Park|Bend|Run|Yard)"
)
STREET = re.compile(rf"(?<![A-Za-z]){_STREETS}(?![A-Za-z])", re.IGNORECASE)
_RARE_STREETS = (
    r"(?:Mead|Meadows?|Mount|Parkside|Esplanade|Embankment|Causeway|Chase|Croft|Dale|Drove|Fields?|"
    r"Heights|Heath|Landing|Link|Orchard|Pass|Point|Ridge|Strand|Trace|Via|Villas|Walkway|Wynd|Boreen|"
    r"Circuit|Cct|Concourse|Corner|Cove|Crossing|Crossroad|Glen|Highlands|Hollow|Isle|Knoll|Key|"
    r"Lookout|Manor|Mill|Mill Lane|Overlook|Oval|Pathway|Pines|Promenade|Reach|Springs|Spur|Tce|Track|"
    r"Valley|Village|Vista|Ways|Woods|Cl|Gdns|Bvd|Pde|Hts|Xing|Aly|Trl|Tpke|Expy|Expressway|Freeway|"
    r"Fwy|Backroad|Side|End|Bank|Bypass)"
)
_DOOR = (
    r"(?:(?:Apt|Apartment|Suite|Ste|Unit|Flat|Room|Rm|Floor|Fl|House|Building|Bldg|Block|Blk|#)\.?"
    r"\s?#?\s?[A-Za-z]?-?\d{0,5}[A-Za-z]?|\d{1,3}(?:st|nd|rd|th)\s[Ff]loor|\d{1,2}[ºª°]\s?\w{0,4}|#\d{1,3}-\d{1,4})"
)
_BESIDE = r"(?:off|near|behind|opposite|opp\.?|beside|next to|above|corner of|cnr)"
_POSTCODE = r"(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|\d{4,6})(?![A-Za-z0-9])"
_PLACE = rf"(?!{_POSTCODE})[A-ZÀ-Þ][A-Za-zÀ-ÿ.'-]+(?:\s(?!{_POSTCODE})[A-ZÀ-Þ][A-Za-zÀ-ÿ.'-]+){{0,2}}"
_TAIL = (
    rf"(?:,?\s+{_DOOR}){{0,2}}(?:,?\s+{_BESIDE}\s{_PLACE})?(?:,\s*{_PLACE}){{0,3}}"
    rf"(?:,?\s+(?:[A-Z]{{2}},?\s+)?{_POSTCODE})?"
)
_BUILDINGS = (
    r"(?:Apartments?|Apts|Residency|Residences?|Towers?|Heights|Enclave|Nagar|Society|Complex|Mansions?|Court|Villas?|"
    r"Estate|Colony|Bhavan|Bhawan|Niwas|Kunj|Homes|Flats|Condo(?:minium)?s?|Lofts|Chambers|Terraces?)"
)
_FREE = r"(?<![A-Za-z0-9$£€.])"
_SIDE = r"(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?\s+)?"
_ENGLISH = re.compile(
    rf"{_FREE}(?:{_DOOR},?\s+(?:(?:Tower|Block|Phase|Building|Level|Floor)\s\w{{1,4}},?\s+)?(?:{_PLACE},\s+)?)?"
    rf"(?:No\.?\s?)?\d{{1,5}}(?:[A-WYZa-wyz])?(?:-\d{{1,5}})?,?\s+{_SIDE}"
    rf"(?:(?:{_WORD}\s+){{1,4}}{_STREETS}\b\.?(?:\s(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\b)?|"
    rf"(?:{_WORD}\s+){{1,4}}{_RARE_STREETS}\b(?=,\s*{_PLACE}\b|,?\s+{_POSTCODE}|,?\s+{_DOOR})|"
    rf"Broadway\b){_TAIL}"
    rf"|{_FREE}(?:(?:Flat|No|House|Plot|Door|Unit)\.?\s)?[A-Za-z]?-?\d{{1,5}}[A-Za-z]?,\s+(?:{_WORD}\s+){{1,3}}{_BUILDINGS}\b"
    rf"(?=,\s*{_PLACE}){_TAIL}"
    rf"|(?<![A-Za-z])P\.?\s?O\.?\s?Box\s+\d+{_TAIL}"
)
_OTHER_LATIN = re.compile(
    rf"{_FREE}\d{{1,5}}(?:\s?(?:bis|ter))?,?\s+(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]hemin|[Aa]llée|"
    rf"[Qq]uai|[Ii]mpasse)"
    rf"(?:\s(?:de|du|des|la|le|les|d'|l'|saint|Saint)){{0,2}}\s?{_WORD}(?:[\s-]{_WORD}){{0,3}}{_TAIL}"
    rf"|(?<![A-Za-z])(?:Calle|Avenida|Av\.|Paseo|Plaza|Rua|Via|Viale|Piazza|Corso|Ulica|ul\.)\s(?:(?:de|del|"
    rf"della|da|do|dos|la|el|los|las)\s){{0,2}}"
    rf"{_WORD}(?:\s(?:de|del|da)?\s?{_WORD}){{0,3}},?\s(?:n[º°.]?\s?)?\d{{1,4}}(?![\d%]){_TAIL}"
    rf"|(?<![A-Za-zÀ-ÿ])[A-ZÀ-Þ][A-Za-zÀ-ÿß-]{{1,30}}(?:straße|strasse|str\.|gasse|weg|platz|allee|laan|straat|"
    rf"gatan|gade|vej)\s\d{{1,4}}"
    rf"[a-z]?(?![\d%]){_TAIL}"
)
_LOOSE_STREETS = (
    r"(?:street|st|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|square|sq|"
    r"terrace|close|crescent|quay|"
    r"cres|highway|hwy|parkway|pkwy|circle|cir|mews|grove|alley|trail)"
)
_LOOSE = re.compile(
    rf"{_FREE}(?:(?:apt|flat|unit|suite|shop)\.?\s?#?[a-z]?\d{{1,4}}[a-z]?(?:,?\s+|\s?/\s?)|\d{{1,4}}/)?\d{{1,5}}[a-z]?\s+(?!(?:and|or|of|"
    rf"in|to|x)\b)"
    rf"(?:(?!(?:and|or|for|in|to|with)\b)[a-z0-9'.]+\s+){{1,3}}{_LOOSE_STREETS}\b\.?(?:\s(?:nw|ne|sw|se|n|s|e|w)\b)?"
    rf"(?:,?\s+{_DOOR}){{0,2}}(?:(?:,\s*[a-z]+(?:\s[a-z]+)?){{0,2}},?\s+(?:[a-z]{{2}}\s+)?{_POSTCODE})?",
    re.IGNORECASE,
)
_DOORED = re.compile(
    r"(?:apt|flat|unit|suite|no)\b|\d{1,5}[a-z]?\s+(?!(?:minutes?|mins?|hours?|miles?|km|way|lane|car|inch|day|"
    r"night|person|"
    r"man|woman|star|piece|pack)\b)(?:[a-z0-9'.]+\s+){1,3}(?:street|road|avenue|boulevard|terrace|crescent)\b",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"(?:\b(?:address|live|living|lives|based|stay|staying|staying at|located|reside|moved|move|place|house|"
    r"home|flat|"
    r"i'?m at|leave|left|door|porch|gate|neighbou?r|collect|"
    r"apartment|office|ship|shipped|deliver|delivered|delivery|send|sent|mail|drop|come|pick up|pickup|parcel|"
    r"package|courier)\b"
    r"|[\u4e00-\u9fff])[^.!?;\n]{0,30}$",
    re.IGNORECASE,
)
_CODE = re.compile(
    rf"\b(?:zip(?: ?code)?|post ?code|postal code|eircode)(?:\s+is|'s)?\s*:?\s*(?P<it>{_POSTCODE})", re.IGNORECASE
)
_NAMED = re.compile(
    rf"\b(?:address|addr|ship to|deliver to|send (?:it |this |them |everything )?to|live (?:at|in))\s*(?:is|"
    rf":)?\s*(?:the )?"
    rf"(?P<it>{_DOOR}(?:,\s*[\w' .-]{{2,30}}){{1,4}})",
    re.IGNORECASE,
)
_WINDOW = 60


_TOWN = re.compile(rf"\s{_PLACE}")
_ON = re.compile(
    rf"(?:,?\s*{_DOOR}|,\s?\d{{1,3}}\s?[A-Za-zº]{{0,4}})?,?\s+(?:[A-Z]{{1,2}}-)?(?:\d{{2}}-\d{{3}}|\d{{3}}\s\d{{2}}|\d{{4}}\s?[A-Z]{{2}}|"
    rf"\d{{4,6}}),?\s+{_PLACE}"
)


def continued(text: str, at: int) -> int:
    """Return where an address that ends at `at` really ends: a postcode and its town may follow."""
    match = _ON.match(text, at)
    place = match or (_TOWN.match(text, at) if re.search(r"\d{4,5}$", text[max(0, at - 5) : at]) else None)
    return place.end() if place else at


def find_addresses(text: str) -> Iterator[Personal]:
    """Yield the postal addresses in `text` written in Latin letters, and postcodes that are named as such.

    An address has a house number and a kind of street with a name of its own, or stands in small letters after words
    such as "ship to". A city or a district alone is no address: many live there.
    """
    for pattern in (_ENGLISH, _OTHER_LATIN):
        for match in pattern.finditer(text):
            yield Personal(match.start(), continued(text, match.end()), "address")
    for match in _LOOSE.finditer(text):
        if _DOORED.match(match.group()) or _LIVES.search(text[max(0, match.start() - _WINDOW) : match.start()]):
            yield Personal(match.start(), match.end(), "address")
    for pattern in (_CODE, _NAMED):
        for match in pattern.finditer(text):
            if any(character.isdigit() for character in match["it"]):
                yield Personal(*match.span("it"), "address")
