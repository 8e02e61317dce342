"""Names of people: after words that announce them, beside other personal data, or by a first name that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from shortlist_tools.masking.beside import find_beside
from shortlist_tools.masking.chinese_names import find_chinese_names
from shortlist_tools.masking.chinese_titles import find_called_names
from shortlist_tools.masking.forms import find_formal_names, firsts, never, surnames
from shortlist_tools.masking.latin import CAPITAL, FULL, LOWER, SEVERAL, famous, romanised
from shortlist_tools.masking.spans import Personal
from shortlist_tools.masking.words import word_set
from shortlist_tools.masking.works import WORKS, WORKS_AFTER

Known = Callable[[str], bool]
"""Tells whether words name something of the catalog (a brand, an actor, a title), which is nobody's secret."""

_FREE = r"(?<![A-Za-zÀ-ÿ])"
_STRONG = (
    r"(?:my|his|her|their|your|the|our|[a-z]+'s) (?:full |first |last |middle |maiden |real |legal |"
    r"nick)?name(?:'s| is| was)|"
    r"names? on (?:the |my |our )?(?:\w+ )?(?:is|are|was|should be|reads?|says)|"
    r"(?:full |first |last )?name ?:|name to (?:print|engrave|put)(?: on it)? is|"
    r"(?:i'm|i am|im|she's|he's|who's|she is|he is|is|was|are|dog|cat|boy|girl|guy|man|woman|kid|lady|friend|"
    r"baby|person|someone|"
    r"somebody|neighbou?r|son|daughter|sister|brother) (?:called|named)|go by|goes by|"
    r"(?:recipient|addressee|attn|attention|cardholder|card holder|account holder|contact person|contact|"
    r"passenger|guest|patient|customer|payee|"
    r"consignee|signed by|signed|signature|buyer|owner|sender|to the name of|in the name of|"
    r"under the name(?: of)?|in care of|c/o|"
    r"addressed to|made out to|registered to|belongs to|booked under|order under|under|love from|care of|"
    r"engraved? with|engraving|"
    r"monogram|initials and name)(?: is| are| will be| should be|'s)?(?: for)?"
)
_WEAK = (
    r"i'm|i am|im|is this|is that|speaking with|we are|we're|it's|it is|this is|here is|here's|that's|"
    r"call me|ask for|speaking to|yours truly"
)
_RELATIVE = (
    r"(?:ex-|late |half-)?(?:grand|step|god|great-)?"
    r"(?:wife|husband|partner|boyfriend|girlfriend|son|daughter|mother|father|mom|mum|"
    r"dad|brother|sister|friend|"
    r"bestie|bff|boss|colleague|coworker|co-worker|neighbou?r|roommate|flatmate|housemate|cousin|uncle|aunt|"
    r"auntie|niece|nephew|"
    r"fianc[eé]e?|teacher|tutor|coach|doctor|dentist|therapist|hairdresser|nanny|babysitter|manager|assistant|"
    r"secretary|kid|child|baby|toddler|"
    r"boy|girl|ma|pa|client|ex|landlord|landlady|twin|buddy|mate|pal|in-law|mother-in-law|father-in-law|"
    r"sister-in-law|brother-in-law|"
    r"bridesmaid|bride|groom|student|classmate|teammate|intern|trainer|dog|cat|puppy|kitten)"
)
_RELATION = (
    rf"(?:my|our|his|her|their|your) (?:[a-z]+(?:-[a-z]+)? ){{0,2}}{_RELATIVE}s?(?: is| are)?(?: called| named)?,?"
)
_VERBS = (
    r"(?:hi|hello|dear|hey),?|(?:contact|tell|text|call|phone|email|meet|ping|thank|thanks to|remind|invite|"
    r"message|reach|ask|asked|"
    r"aunt|auntie|uncle|grandma|grandpa|granny|nana|coach|cousin|baby|visit|surprise|help|love|miss|marry|"
    r"married|met|know|gave|give|owe)|"
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
_IN_A_TITLE = re.compile(r"(?:'s)?(?:\s[\w'&:-]{1,14}){0,6}\s?\((?:19|20)\d\d\)")
_YEAR = re.compile(r"\((?:19|20)\d\d\)")
_OF_A_LAND = ("ian", "ish", "ese", "ican", "ean", "an's")
_PERSON_BEFORE = re.compile(
    r"(?:同事|朋友|老公|老婆|闺蜜|室友|儿子|女儿|老板|客户|收件人|联系人|姓名|署名|落款|名字|哥|姐|弟|妹|对象|"
    r"男友|女友|孩子|宝宝|"
    r"同学|邻居|老师|教练|学生|外教|收货人|寄件人|领导|舍友|搭档|发小|网友)(?:叫|是|写|为)?[\s:\"]*$"
)
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
    for start, end in [
        *find_chinese_names(text),
        *find_called_names(text),
        *find_formal_names(text),
        *find_beside(text, sure),
    ]:
        if not known(text[start:end]):
            yield Personal(start, end, "name")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    honorifics = "|".join(word_set("names.yaml", "honorifics_en"))
    return {
        "strong": re.compile(rf"{_FREE}(?i:{_STRONG})\s*:?\s*[\"']?(?P<it>{FULL})"),
        "strong_lower": re.compile(
            rf"{_FREE}(?:my (?:full |first |last )?name(?:'s| is)|name ?:|i'm called|(?:is|dog|cat) (?:called|"
            rf"named))\s*(?P<it>{LOWER}(?:\s{LOWER})?)",
            re.IGNORECASE,
        ),
        "weak": re.compile(rf"{_FREE}(?i:{_WEAK})\s*:?\s*[\"']?(?P<it>{FULL})"),
        "weak_lower": re.compile(rf"{_FREE}(?:{_WEAK}|{_RELATION})\s+(?P<it>{LOWER})(?![A-Za-z])", re.IGNORECASE),
        "relation": re.compile(rf"{_FREE}(?i:{_RELATION})\s+(?P<it>{FULL})"),
        "verb": re.compile(rf"{_FREE}(?i:{_VERBS})\s+(?P<it>{FULL})"),
        "honorific": re.compile(rf"{_FREE}(?i:{honorifics})(?:\.\s?|\s+)(?P<it>{FULL})"),
        "self": re.compile(
            rf"{_FREE}(?:(?i:i'm|i am|im|call me|calls me|we are|we're|ask for|they call me|known as|"
            rf"known to friends as)\s+"
            rf"(?P<it>{CAPITAL})(?=\s*(?:$|[,.!?;:)(\n-]|(?:and|from|but|by the way|btw|or|in)\b))"
            rf"|(?i:this is|it's|here's)\s+(?P<called>{CAPITAL})(?=\s(?:from|speaking|calling|again|here)\b))"
        ),
        "reach": re.compile(
            rf"{_FREE}(?i:text|ring|remind|invite|message|ping|thank|tell|dear|surprise|with love from|"
            rf"lots of love from|"
            rf"married to|engaged to|surprise for|sitting for|babysit)\s+(?P<it>{CAPITAL})"
            rf"(?=\s*(?:$|[,.!?;:)\n]|(?i:that|when|if|about|at|on|to|and|i|she|he|before|after|please|it's|is)\b))"
        ),
        "asked": re.compile(
            rf"{_FREE}(?i:can|could|will|would|should|may|let|have|get)\s+(?P<it>{CAPITAL})\s+"
            r"(?=(?:please )?(?:pick|sign|collect|receive|come|fetch|grab it|take delivery|know that|borrow|"
            r"track|use my)\b)"
        ),
        "owned": re.compile(
            rf"{_FREE}(?P<it>{FULL})'s (?:(?:first|second|third|\d+(?:st|nd|rd|th)|new|home|work|mobile|cell|old) )?"
            r"(?:birthday|bday|wedding|phone|number|address|e-?mail|graduation|anniversary|"
            r"retirement|baby shower|passport|flat|apartment|husband|wife|mom|mum|dad|son|daughter|christening|"
            r"bar mitzvah|bat mitzvah|quincea\S+|housewarming|funeral|hen do|stag do|first communion|shoe size|dorm)\b"
        ),
        "here": re.compile(rf"(?:^|[,.!]\s)(?P<it>{FULL})(?=\shere(?![A-Za-z]))"),
        "signed": re.compile(
            rf"{_FREE}(?i:thanks|thank you|regards|cheers|best|love|yours|sincerely|xx?)[!.,]{{0,3}}\s{{0,3}}[-,]?\s?"
            rf"(?P<it>(?:[A-Z]\.\s?){{0,2}}{FULL})\s?[.!]?(?:\s{{0,3}}$|[\"'])"
        ),
        "does": re.compile(rf"{_FREE}(?P<it>{FULL})(?={_DOES})"),
        "bare": re.compile(rf"{_FREE}(?P<it>{SEVERAL})(?![A-Za-z])"),
        "in_chinese": re.compile(
            rf"(?:[给帮替和跟找是叫问请让为由]|同事|朋友|老公|老婆|闺蜜|室友|儿子|女儿|老板|客户|收件人|联系人|"
            rf"姓名|署名|落款|名字|刻上?|写上?|老师|昵称)(?:叫|是|写|为)?[\s:\"]*(?P<it>{FULL})"
        ),
        "does_in_chinese": re.compile(
            rf"(?<![A-Za-z])(?P<it>{FULL})(?=(?:说|推荐|让我|告诉我|想要|过?生日|签收|代收|来取|来拿|的电话|"
            rf"的生日|的手机|的地址|要的|帮我|送我|介绍|给我|收$))"
        ),
        "called_in_chinese": re.compile(
            r"(?:我叫|名叫|叫我|喊我|我是|名字是|名字叫|英文名(?:是|叫)?|(?:收件人|联系人|姓名|署名|落款|"
            r"昵称)[:是]?|刻上?|写上?|写着)[\s:\"]*(?P<it>[A-Za-z]{2,15}(?:\s[A-Z][a-z]+)?)"
        ),
    }


def _latin(text: str) -> Iterator[tuple[int, int]]:
    for way, pattern in _patterns().items():
        for match in pattern.finditer(text):
            start, end = match.span("it" if match["it"] else "called")
            stop = _end(text, start, end, way)
            if stop > start:
                yield start, stop


def _end(text: str, start: int, end: int, way: str) -> int:
    """Return where the name at `start` ends, or `start` where the words are none."""
    words = list(re.finditer(r"[^\s]+", text[start:end]))
    plain = [word.group().strip(".,'\"").lower() for word in words]
    kept = len(plain)
    for place, word in enumerate(plain):
        if word in word_set("names.yaml", "never_names") or (
            way.endswith("lower") and word in word_set("names.yaml", "after_lower")
        ):
            kept = place
            break
    if kept == 0 or not _allowed(text, start, end, way, plain[:kept], whole=kept == len(plain)):
        return start
    return start + words[kept - 1].end()


def _allowed(text: str, start: int, end: int, way: str, words: list[str], whole: bool) -> bool:
    """Return whether `words`, met in a certain way, are a person's name."""
    first = words[0] in firsts()
    plainly = first and words[0] not in word_set("names.yaml", "words_too")
    if way in ("strong", "strong_lower", "called_in_chinese"):
        return True
    if way == "weak_lower":
        return plainly
    if famous(words):
        return False
    if way == "honorific":
        if _IN_A_TITLE.match(text, end):
            return False
        return words[0] not in word_set("names.yaml", "famous_titled_en")
    if way in ("relation", "here", "signed"):
        return words[0] not in never() or first
    if way in ("self", "reach", "owned", "asked"):
        return (plainly or _unusual(words)) and not WORKS_AFTER.match(text, end)
    if WORKS_AFTER.match(text, end):
        return False
    if way == "weak":
        return plainly or (first and len(words) == 1) or (len(words) > 1 and whole and not {*words} & never())
    if way == "in_chinese":
        return (
            plainly
            or (first and len(words) > 1)
            or (_unusual(words) and _PERSON_BEFORE.search(text[:start][-8:]) is not None)
        )
    if way == "verb" and len(words) > 1 and whole and (words[-1] in surnames() or romanised(words)):
        return not {*words} & never() and _privately(text, start, end)
    if way in ("verb", "does", "does_in_chinese") and len(words) == 1:
        return plainly and not _as_a_thing(text, end)
    return first and whole and _privately(text, start, end)


def _unusual(words: list[str]) -> bool:
    """Return whether words with capitals may be a name that no list has: no ordinary word, no people of a land."""
    return not {*words} & never() and not words[0].endswith(_OF_A_LAND) and len(words[0]) > 2


def _as_a_thing(text: str, end: int) -> bool:
    """Return whether a noun follows, so that the name is of a thing: "for Jordan sneakers"."""
    after = re.match(r"\s([a-z]+)", text[end : end + 20])
    return (
        after is not None
        and after[1] not in word_set("names.yaml", "after_bare")
        and not re.match(_DOES, text[end : end + 30])
    )


def _privately(text: str, start: int, end: int) -> bool:
    """Return whether a name that nothing announces is used as a person's, not as a thing's or an author's."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _BEFORE_BARE.search(before) or _as_a_thing(text, end):
        return False
    clause = re.split(r"[.!?;\n]", before)[-1] + " " + re.split(r"[.!?;\n]", after)[0]
    return not (WORKS.search(clause) or _YEAR.search(before) or _YEAR.search(after))


def _coordinated(text: str, end: int, known: Known) -> Iterator[Personal]:
    """Yield the names that go on from one: "Sarah and Mike", "Anna, Ben & Tom"."""
    while match := re.compile(
        rf"(?:\s?\(\d{{1,2}}(?: years?| yrs?| months?)?\))?(?:,\s?|\s?(?:and|&|和|、|/)\s?|"
        rf",\s?and\s)(?P<it>{FULL})(?![A-Za-z])"
    ).match(text, end):
        start, end = match.span("it")
        titled = re.match(r"(?:Aunt|Auntie|Uncle|Grandma|Grandpa|Mrs|Mr|Ms|Dr)\.?\s", match["it"])
        start += titled.end() if titled else 0
        words = [word.lower() for word in text[start:end].split()]
        listed = words[0] in firsts() or re.search(r"and|&", match.group()[: match.start("it") - end])
        if not listed or set(words) & word_set("names.yaml", "never_names") or famous(words) or known(text[start:end]):
            return
        yield Personal(start, end, "name")
