"""Names of people: after words that announce them, beside other personal data, or by a first name that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from shortlist_tools.masking.chinese_names import find_chinese_names, is_chinese_name
from shortlist_tools.masking.spans import Personal
from shortlist_tools.masking.words import word_set

Known = Callable[[str], bool]
"""Tells whether words name something of the catalog (a brand, an actor, a title), which is nobody's secret."""

_FILE = "names.yaml"
_CAPITAL = r"(?:Mc|Mac|O'|D'|De|Le|La|Van|St\.\s)?[A-ZÀ-ÞŁŠŽČ][a-zà-ÿąćęłńóśźżčšžı]+(?:[-'](?!s\b)[A-Za-zÀ-ÿ]+)*"
_PARTICLE = r"(?:van der|van den|van|de la|de|von|da|di|la|le|bin|ibn|al|del|dos|el|st)"
_FULL = rf"{_CAPITAL}(?:\s+(?:[A-Z]\.\s*)?(?:{_PARTICLE}\s+)?{_CAPITAL}){{0,2}}"
_SEVERAL = rf"{_CAPITAL}(?:\s+(?:[A-Z]\.\s*)?(?:{_PARTICLE}\s+)?{_CAPITAL}){{1,2}}"
_LOWER = r"[a-zà-ÿ]+(?:[-'](?!s\b)[a-zà-ÿ]+)?"
_FREE = r"(?<![A-Za-zÀ-ÿ])"
_STRONG = (
    r"(?:my|his|her|their|your|the|our) (?:full |first |last |middle |maiden |real |legal |nick)?name(?:'s| is| was)|"
    r"(?:full |first |last )?name ?:|name to (?:print|engrave|put)(?: on it)? is|"
    r"(?:i'm|i am|im|she's|he's|she is|he is|is|was|dog|cat)? ?(?:called|named)|go by|goes by|"
    r"(?:recipient|addressee|attn|attention|cardholder|card holder|account holder|contact person|contact|"
    r"passenger|guest|patient|customer|payee|"
    r"consignee|signed by|signed|signature|buyer|owner|sender|to the name of|in the name of|"
    r"under the name(?: of)?|in care of|c/o|"
    r"addressed to|made out to|registered to|belongs to|booked under|order under|under|love from|care of|"
    r"engraved? with|engraving|"
    r"monogram|initials and name)(?: is| are| will be| should be|'s)?(?: for)?"
)
_WEAK = r"i'm|i am|im|it's|it is|this is|here is|here's|that's|call me|ask for|speaking to|yours truly"
_RELATIVE = (
    r"(?:grand|step|god|great-)?(?:wife|husband|partner|boyfriend|girlfriend|son|daughter|mother|father|mom|mum|"
    r"dad|brother|sister|friend|"
    r"bestie|bff|boss|colleague|coworker|co-worker|neighbou?r|roommate|flatmate|housemate|cousin|uncle|aunt|"
    r"auntie|niece|nephew|"
    r"fianc[eé]e?|teacher|tutor|coach|doctor|dentist|therapist|hairdresser|nanny|babysitter|manager|assistant|"
    r"secretary|kid|child|baby|toddler|"
    r"boy|girl|ma|pa|client|ex|landlord|landlady|twin|buddy|mate|pal|in-law|mother-in-law|father-in-law|"
    r"sister-in-law|brother-in-law|"
    r"bridesmaid|bride|groom|student|classmate|teammate|intern|trainer|dog|cat|puppy|kitten)"
)
_RELATION = rf"(?:my|our|his|her|their|your) (?:[a-z]+(?:-[a-z]+)? ){{0,2}}{_RELATIVE}s?(?: is)?(?: called| named)?,?"
_VERBS = (
    r"(?:hi|hello|dear|hey),?|(?:contact|tell|text|call|phone|email|meet|ping|thank|thanks to|remind|invite|"
    r"message|reach|ask|asked|"
    r"aunt|auntie|uncle|grandma|grandpa|granny|nana|coach|cousin|baby|visit|surprise|help|love|miss|marry|married|met|know|gave|give|owe)|"
    r"(?:to|for|from|with|and|says|as|ship to|deliver to|send to|gift for|present for|c/o|thanks|cheers|regards|"
    r"sincerely|best|xoxo|love),?"
)
_DOES = (
    r"(?:\s(?:said|says|told|recommended|recommends|suggested|wants|asked|bought|ordered|gave|loves|hates|needs|"
    r"lives|works|turns|"
    r"picks|picked|signs|signed|collects|sent|paid|(?:can|will|could|should|would) (?:pick|sign|collect|come|"
    r"get|receive|be|take|pay|love|like))\b"
    r"|'s (?:birthday|phone|number|address|email|house|place|wedding|order|account|card|name|gift|present|party|"
    r"graduation|size|"
    r"baby shower|anniversary|flat|apartment|room|office|passport|retirement|bday|mom|mum|dad|wife|husband|kid|"
    r"son|daughter)\b)"
)
_BEFORE_BARE = re.compile(
    r"(?:\b(?:a|an|the|any|some|new|newest|latest|old|vintage|your|this|that|these|those|like|by|than|vs|versus|"
    r"or|of|love|wear|"
    r"wearing|play|watch|watching|read|reading|listen(?:ing)? to|about|starring|featuring|feat|directed by|is|"
    r"are|does|more|other|"
    r"all|original|authentic|real|fake|cheaper|near|in|visit|at|around|called)|[A-Z][a-z]+)\s+$"
)
_WORKS = re.compile(
    r"\b(?:movies?|films?|books?|novels?|albums?|songs?|music|vinyls?|concerts?|tours?|posters?|jerseys?|shows?|"
    r"series|biograph\w+|"
    r"poems?|paintings?|perfumes?|colognes?|fragrances?|brands?|authors?|writers?|singers?|actors?|actress\w*|"
    r"directors?|players?|"
    r"starring|fans?|collections?|editions?|games?|characters?|merch|lego|sneakers|soundtracks?|autobiograph\w+|"
    r"memoirs?|podcasts?|"
    r"thrillers?|signed copy|designers?|museum|statue|hotel|restaurant|whisk(?:e)?y|bourbon|wines?|lipsticks?|"
    r"makeup|bags?|jeans|suits?|"
    r"shirts?|shoes|watch(?:es)?|guitar|cookbooks?|recipes?)\b",
    re.IGNORECASE,
)
_WORKS_AFTER = re.compile(
    r"(?:'s)? ?(?:movies?|films?|books?|novels?|albums?|songs?|music|wore|sang|wrote|starred|directed|designed|"
    r"painted|edition|collection)\b"
)
_SEPARATOR = re.compile(r"\s*(?:[,;:|/\n()、。]|-\s|\s-)+\s*")
_NEAR = 48


def find_names(text: str, sure: Sequence[Personal], known: Known = lambda word: False) -> Iterator[Personal]:
    """Yield the names of people in `text`.

    Args:
        text: Words in English, Chinese or both.
        sure: Other personal data in it; a name that stands alone beside it is a person's.
        known: Tells whether words name something of the catalog, which is nobody's secret.
    """
    for start, end in _latin(text):
        if not known(text[start:end]):
            yield Personal(start, end, "name")
            yield from _coordinated(text, end, known)
    for start, end in [*find_chinese_names(text), *_beside(text, sure)]:
        if not known(text[start:end]):
            yield Personal(start, end, "name")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    honorifics = "|".join(word_set(_FILE, "honorifics_en"))
    return {
        "strong": re.compile(rf"{_FREE}(?i:{_STRONG})\s*:?\s*[\"']?(?P<it>{_FULL})"),
        "strong_lower": re.compile(
            rf"{_FREE}(?:my (?:full |first |last )?name(?:'s| is)|name ?:|i'm called|(?:is|dog|cat) (?:called|"
            rf"named))\s*(?P<it>{_LOWER}(?:\s{_LOWER})?)",
            re.IGNORECASE,
        ),
        "weak": re.compile(rf"{_FREE}(?i:{_WEAK})\s*:?\s*[\"']?(?P<it>{_FULL})"),
        "weak_lower": re.compile(rf"{_FREE}(?:{_WEAK}|{_RELATION})\s+(?P<it>{_LOWER})(?![A-Za-z])", re.IGNORECASE),
        "relation": re.compile(rf"{_FREE}(?i:{_RELATION})\s+(?P<it>{_FULL})"),
        "verb": re.compile(rf"{_FREE}(?i:{_VERBS})\s+(?P<it>{_FULL})"),
        "honorific": re.compile(rf"{_FREE}(?i:{honorifics})(?:\.\s?|\s+)(?P<it>{_FULL})"),
        "here": re.compile(rf"(?:^|[,.!]\s)(?P<it>{_FULL})(?=\shere(?![A-Za-z]))"),
        "signed": re.compile(
            rf"{_FREE}(?i:thanks|thank you|regards|cheers|best|love|yours|sincerely|xx?)[!.,]{{0,3}}\s{{0,3}}[-,]?\s?"
            rf"(?P<it>{_FULL})\s?[.!]?\s{{0,3}}$"
        ),
        "does": re.compile(rf"{_FREE}(?P<it>{_FULL})(?={_DOES})"),
        "bare": re.compile(rf"{_FREE}(?P<it>{_SEVERAL})(?![A-Za-z])"),
        "in_chinese": re.compile(
            rf"(?:[给帮替和跟找是叫问请让为由]|同事|朋友|老公|老婆|闺蜜|室友|儿子|女儿|老板|客户|收件人|联系人|"
            rf"姓名|署名|落款|名字|刻上?|写上?|老师|昵称)(?:叫|是|写|为)?[\s:\"]*(?P<it>{_FULL})"
        ),
        "called_in_chinese": re.compile(
            r"(?:我叫|名叫|叫我|喊我|我是|名字是|名字叫|英文名(?:是|叫)?|(?:收件人|联系人|姓名|署名|落款|"
            r"昵称)[:是]?|刻上?|写上?|写着)[\s:\"]*(?P<it>[A-Za-z]{2,15}(?:\s[A-Z][a-z]+)?)"
        ),
    }


def _latin(text: str) -> Iterator[tuple[int, int]]:
    for way, pattern in _patterns().items():
        for match in pattern.finditer(text):
            start, end = match.span("it")
            stop = _end(text, start, end, way)
            if stop > start:
                yield start, stop


def _end(text: str, start: int, end: int, way: str) -> int:
    """Return where the name at `start` ends, or `start` where the words are none."""
    words = list(re.finditer(r"[^\s]+", text[start:end]))
    plain = [word.group().strip(".,'\"").lower() for word in words]
    kept = len(plain)
    for place, word in enumerate(plain):
        if word in word_set(_FILE, "never_names") or (way.endswith("lower") and word in word_set(_FILE, "after_lower")):
            kept = place
            break
    if kept == 0 or not _allowed(text, start, end, way, plain[:kept], whole=kept == len(plain)):
        return start
    return start + words[kept - 1].end()


def _allowed(text: str, start: int, end: int, way: str, words: list[str], whole: bool) -> bool:
    """Return whether `words`, met in a certain way, are a person's name."""
    first = words[0] in word_set(_FILE, "first_names")
    plainly = first and words[0] not in word_set(_FILE, "words_too")
    if way in ("strong", "strong_lower", "called_in_chinese"):
        return True
    if way == "weak_lower":
        return plainly
    if _famous(words):
        return False
    if way == "honorific":
        return words[0] not in word_set(_FILE, "famous_titled_en")
    if way in ("relation", "here", "signed"):
        return True
    if _WORKS_AFTER.match(text, end):
        return False
    if way == "weak":
        return plainly or (first and len(words) == 1) or (len(words) > 1 and whole)
    if way == "in_chinese":
        return plainly or (first and len(words) > 1)
    if way in ("verb", "does") and len(words) == 1:
        return plainly and not _as_a_thing(text, end)
    return first and whole and _privately(text, start, end)


def _as_a_thing(text: str, end: int) -> bool:
    """Return whether a noun follows, so that the name is of a thing: "for Jordan sneakers"."""
    after = re.match(r"\s([a-z]+)", text[end : end + 20])
    return (
        after is not None
        and after[1] not in word_set(_FILE, "after_bare")
        and not re.match(_DOES, text[end : end + 30])
    )


def _privately(text: str, start: int, end: int) -> bool:
    """Return whether a name that nothing announces is used as a person's, not as a thing's or an author's."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _BEFORE_BARE.search(before) or _as_a_thing(text, end):
        return False
    clause = re.split(r"[.!?;\n]", before)[-1] + " " + re.split(r"[.!?;\n]", after)[0]
    return not _WORKS.search(clause)


def _famous(words: list[str]) -> bool:
    famous = word_set(_FILE, "famous_en")
    return any(" ".join(words[: place + 1]) in famous for place in range(len(words)))


def _coordinated(text: str, end: int, known: Known) -> Iterator[Personal]:
    """Yield the names that go on from one: "Sarah and Mike", "Anna, Ben & Tom"."""
    while match := re.compile(rf"(?:,\s?|\s?(?:and|&|和|、)\s?|,\s?and\s)(?P<it>{_FULL})(?![A-Za-z])").match(text, end):
        start, end = match.span("it")
        words = [word.lower() for word in match["it"].split()]
        listed = words[0] in word_set(_FILE, "first_names") or match.group().lstrip()[:1] in "a&"
        if not listed or set(words) & word_set(_FILE, "never_names") or _famous(words) or known(match["it"]):
            return
        yield Personal(start, end, "name")


def _beside(text: str, sure: Sequence[Personal]) -> Iterator[tuple[int, int]]:
    """Yield the names that are all there is between two signs, next to other personal data."""
    full = re.compile(_FULL)
    for one in sure:
        for start, end in (_segment_before(text, one.start), _segment_after(text, one.end)):
            said = text[start:end]
            words = [word.lower() for word in said.split()]
            latin = full.fullmatch(said) and not set(words) & word_set(_FILE, "never_names") and not _famous(words)
            if latin or is_chinese_name(said, strict=False):
                yield start, end


def _segment_before(text: str, at: int) -> tuple[int, int]:
    """Return the stretch between two signs that ends just before `at`."""
    window = text[max(0, at - _NEAR) : at]
    ended = re.search(r"(?:\s*[,;:|/\n()、]\s*|\s+)$", window)
    if not ended:
        return at, at
    base, stop = at - len(window), at - len(window) + ended.start()
    cuts = [match.end() for match in _SEPARATOR.finditer(window[: ended.start()])]
    inner = window[cuts[-1] if cuts else 0 : ended.start()]
    if not cuts and len(window) == _NEAR:
        return at, at
    if ended.group().isspace() and " " in inner and not re.fullmatch(_FULL, inner):
        return at, at
    return base + (cuts[-1] if cuts else 0), stop


def _segment_after(text: str, at: int) -> tuple[int, int]:
    """Return the stretch between two signs that begins just after `at`."""
    begun = re.match(r"\s*[,;:|/\n()、的]\s*|\s+", text[at : at + 8])
    if not begun:
        return at, at
    start = at + begun.end()
    ended = _SEPARATOR.search(text, start, start + _NEAR)
    stop = ended.start() if ended else min(len(text), start + _NEAR)
    return start, start + len(text[start:stop].rstrip(" .!收"))
