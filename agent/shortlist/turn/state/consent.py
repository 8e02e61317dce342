"""Yes or no: the answer to a confirmation, an age included."""

from __future__ import annotations

import datetime
import re

from shortlist_tools.text import find_numbers, find_quantities

YES = re.compile(
    r"^\W*(yes|yeah|yep|yup|of course|absolutely|i am (of age|an adult|over)|i'm (over|of age|an adult)"
    r"|是的?(?!否)|当然|我?(已经|已)?成年了?|(已经)?满了)",
    re.IGNORECASE,
)
ASSENT = re.compile(r"^\W*(sure|right|correct|i am|对|没问题|嗯+)\W*(thanks?|please|谢谢)?\W*$", re.IGNORECASE)
"""Words that agree to a question only where nothing follows them: "sure, something cheaper then" answers nothing."""
WEAK = re.compile(r"^\W*(ok(ay)?|fine|好的?|可以)\W*(thanks?|please|谢谢)?\W*$", re.IGNORECASE)
"""Words that go on as much as they agree: enough for anything but somebody's age."""
NO = re.compile(
    r"^\W*(?:no|nope|nah|not|i'm not|i am not|不是|不行|不了|没有|还没有?|否|不)(?:\W*$|\s*[,.;!，。；！]"
    r"|\s+(?:i\b|i'm|yet|quite|really|thanks?|thank|sorry|under|of age|an adult|old enough|\d))"
    r"|没有?(?:成年|满|到)|不(?:到|足|满)(?=[\d一二十]*[岁八])|未成年|未满|还没(?:成年|到|满|有)|还?差.{1,4}(?:才|到|满)?十?1?[八8]"
    r"|\b(?:i'm|i am|we're|we are) (?:still )?(?:under ?age|a minor|minors|too young)\b",
    re.IGNORECASE,
)
"""A refusal stands alone, or before a pause: "not sweet" is a wish about what to drink."""
OWN = re.compile(
    r"(?:\b(?:i'm|im|i am|we're|we are)\b|(?:^|[,.;!，。；！、\s])(?:我们?(?:俩|两个)?|咱们?|本人))"
    r"(?:\s|already|well|both|all|now|legally|definitely|certainly|just|only|still|barely|turned|turning|over|past|above|"
    r"今年|现在|都|已经|已|早就|早|也|是|刚|满|快)*",
    re.IGNORECASE,
)
"""How a sentence begins that may tell the speaker's own age, wherever in a message it stands."""
GROWN = re.compile(r"(?:of (?:legal |drinking )?age\b|(?:an )?adults?\b|grown[- ]?ups?\b|成年人?(?!礼))", re.IGNORECASE)
AGED = re.compile(
    r"^[多好几]*\s*(?:岁|周岁|了|啦|但|不过|(?:years?|yrs?)\b|y/?o\b|(?:and|so|now|already|btw|but|though|although)\b|last\b|this\b|yesterday\b|today\b|$|[.;!?。；！？,，](?!\d))",
    re.IGNORECASE,
)
PRETENDED = re.compile(
    r"\b(?:pretend|assume|imagine|suppose|say|said|says|as if|as though|like|if|when)(?: that)?\s*$"
    r"|(?:假装|就当|当作|当成|假设|假如|如果|要是|说)$",
    re.IGNORECASE,
)
"""Words after which an age is claimed and not told."""
_CLAUSE = re.compile(r"[^,;.!?，；。！？]+")
YOUNGEST, OLDEST = 5, 120
_CENTURY = 100
_BORN = re.compile(
    r"(?:我|俺|本人)们?(?:都)?(?:是)?((?:19|20)?\d\d)年?(?:的|生|出生|后)|\b(?:born in|from) ((?:19|20)\d\d)\b"
)
AGE = re.compile(
    r"\b(i'm|i am|im|aged?|years?|(are|is|both|all) over|turn(ed|ing)?|we're|we are)\b|岁|满|今年", re.IGNORECASE
)
BELOW = re.compile(r"\b(?:under|below|younger than|less than|not yet)\s*$|(?:不到|不满|未满|小于|低于)$", re.IGNORECASE)
"""Words before a figure that an age stays under: it tells no age of its own."""
TOLD = re.compile(r"岁|成年|满[\d一二三四五六七八九十]|\byears? old\b|\bof age\b|\badults?\b", re.IGNORECASE)
"""Words with which an answer to the question for one's age stands by itself, also when it comes late."""
OWN_AGE = re.compile(
    r"^(?:[\W嗯哦啊好]|我们?(?:俩|两个)?|都|已经?|早就|快|刚|是|满|今年|虚岁|yes|yeah|yep|sure|well|just|about|over)*\s*$",
    re.IGNORECASE,
)
"""What may stand before a bare figure that is an age: "我二十九了", "yes, 34"."""
AFTER_AGE = re.compile(r"^[多好几]*\s*(?:岁|了|啦|呀|啊|的人|already|now|$|[.,!?，。！？、])", re.IGNORECASE)
OF_ANOTHER = re.compile(
    r"\b(?:she|he|they|my (?!friends? and i)[a-z]+)(?:'s|'re| is| are| was)?\b[^.!?,;]{0,16}$|"
    r"\bfor (?:an?|the|my|our|his|her|their)\b[^.!?,;]{0,16}$|"
    r"(?:[她他给送]|适合|朋友|孩子?|宝宝|[爸妈姐妹哥弟]|老[公婆]|儿子|女儿|同事)[^。，,！？!?]{0,6}$",
    re.IGNORECASE,
)
"""Whose age it is that stands right after: "my sister is 30", 我女朋友30岁."""
NEAR = 10
"""Characters beside a figure in which words of age make it one."""
DECADE = re.compile(
    r"\bin (?:my|our) (?:(?:early|mid|late)[- ])?(twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b", re.IGNORECASE
)
DECADES = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")


def yes_or_no(message: str, age: float | None = None) -> bool | None:
    """Return what `message` answers to a question of yes or no, or None where it answers something else.

    Args:
        message: The user's words.
        age: The least age in years, where that is what was asked: "I'm 16" is then a no.
    """
    if NO.search(message):
        return False
    if age is not None and (own := own_age(message, age)) is not None:
        return own[0]
    said = said_age(message) if age is not None else None
    if said is not None and age is not None:
        return said[0] >= age
    agreed = YES.match(message) or ASSENT.match(message) or (age is None and WEAK.match(message))
    return True if agreed else None


def own_age(message: str, least: float | None) -> tuple[bool, str] | None:
    """Return whether the speaker is old enough, where a message says so in any sentence, and the words for it.

    Args:
        message: The user's words.
        least: The least age in years, or None where nothing is said of years.
    """
    told: list[tuple[bool, str]] = []
    for match in OWN.finditer(message):
        rest = message[match.end() :]
        if PRETENDED.search(message[: match.start()]):
            continue
        if grown := GROWN.match(rest):
            told.append((True, match.group() + grown.group()))
            continue
        first = next(iter(find_numbers(rest)), None)
        if first and least and BELOW.fullmatch(rest[: first.start].strip()) and first.low <= least:
            told.append((False, first.text))
        if first is None or first.start > 0 or least is None or not YOUNGEST <= first.low <= OLDEST:
            continue
        if AGED.match(rest[first.end :]):
            told.append((first.low >= least, first.text))
    # Who tells a minor's age anywhere is one, whatever else is claimed.
    return min(told, key=lambda one: one[0], default=None)


def told_late(message: str, least: float) -> tuple[bool, str] | None:
    """Return what `own_age` does, or what a clause answers to the question for it beside others: 便宜点，成年了."""
    told = own_age(message, least)
    for clause in _CLAUSE.findall(message) if told is None else ():
        if TOLD.search(clause) or f"over {least:g}" in clause:
            answer, words = yes_or_no(clause, least), said_age(clause)
            told = told if answer is None else (answer, words[1] if words else "")
    return told


def said_age(message: str) -> tuple[float, str] | None:
    """Return the age that an answer to the question for it gives, at least, and its words; None where it gives none."""
    if decade := DECADE.search(message):
        return 20.0 + 10.0 * DECADES.index(decade.group(1).lower()), decade.group()
    if born := _BORN.search(message):
        year, now = int(born[1] or born[2]), datetime.datetime.now(datetime.UTC).year
        if year < _CENTURY:
            year += 2000 if year <= now - 2000 else 1900
        return float(now - 1 - year), born.group()
    measured = [one for one in find_quantities(message) if one.dimension not in (None, "age", "time")]
    numbers = [one for one in find_numbers(message) if not any(q.start <= one.start < q.end for q in measured)]
    if not numbers:
        return None
    first = numbers[0]
    bare = OWN_AGE.match(message[: first.start]) and AFTER_AGE.match(message[first.end :])
    near = message[max(0, first.start - NEAR) : first.end + NEAR]
    if OF_ANOTHER.search(message[: first.start]) or BELOW.search(message[: first.start]):
        return None
    return (first.low, first.text) if bare or AGE.search(near) else None
