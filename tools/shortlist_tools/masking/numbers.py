"""Numbers that stand for a person: phones, identity papers, cards, accounts, and addresses of mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources

import yaml

from shortlist_tools.masking.spans import Kind, Personal

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]*\s?[@＠]\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
    r"|(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\(at\)|\[at\]| at )\s*[A-Za-z0-9-]+\s*"
    r"(?:\(dot\)|\[dot\]| dot )\s*[A-Za-z]{2,}(?:\s*(?:\(dot\)|\[dot\]| dot )\s*[A-Za-z]{2,})?(?![A-Za-z])",
    re.IGNORECASE | re.ASCII,
)
_GAP = r"[ \-.·–]?"
_PHONES = (
    # Mobile numbers of mainland China, grouped or not, with or without the country's code.
    rf"(?:(?:\+|00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}",
    rf"(?:(?:\+|00)?86{_GAP})?1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}",
    # Lines of mainland China: area code, then seven or eight digits.
    r"(?:\(0\d{2,3}\)\s?|（0\d{2,3}）\s?|0\d{2,3}[ \-–])[2-9]\d{2,3}[ \-–]?\d{4}(?:[ \-–]\d{1,4}(?!\d))?",
    r"[48]00[ \-]\d{3,4}[ \-]\d{3,4}",
    # North America.
    r"(?:\+?1[ \-.]?)?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[ \-.])[2-9]\d{2}[ \-.]\d{4}(?:\s?(?:x|ext\.?)\s?\d{1,5})?",
    # Britain, and any number with a country's code.
    r"0(?:7\d{3}|1\d{2,4}|2\d)[ \-]\d{3,4}[ \-]?\d{3,4}|07\d{9}",
    r"(?:\+|00)[1-9]\d{0,2}(?:[ \-.]?\(0\))?(?:[ \-.]?\d{2,4}){2,5}",
)
_PHONE = re.compile("|".join(f"(?:{one})" for one in _PHONES))
_SPELT = re.compile(r"[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}")
_SEPARATOR = r"[\s:：=,，\"'“「#]*"
_CHINESE_ID = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}[ \-]?(?:18|19|20)\d{2}[ \-]?\d{4}[ \-]?\d{3}[\dXxＸｘ](?![0-9A-Za-z])"
)
_OTHER_IDS = re.compile(
    r"(?<![0-9A-Za-z-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![0-9-])"  # social security number
    r"|(?<![0-9A-Za-z])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d{2}){3} ?[A-D](?![0-9A-Za-z])"  # national insurance
    r"|(?<![0-9A-Za-z])[A-Z]{1,2}\d{6}[(（][0-9A][)）]"  # Hong Kong
    r"|(?<![0-9A-Za-z])[A-Z][12]\d{8}(?![0-9A-Za-z])"  # Taiwan
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?"  # plates
    r"[A-HJ-NP-Z0-9]{5,6}(?![0-9A-Za-z])"
)
_CARD = re.compile(
    r"(?<![0-9A-Za-z.])\d{4}(?:[ \-]?\d{4}){2}[ \-]?\d{1,7}(?![0-9A-Za-z])"
    r"|(?<!\d)3[47]\d{2}[ \-]?\d{6}[ \-]?\d{5}(?!\d)"
)
_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![0-9A-Za-z])")
_NO_PHONE_BEFORE = re.compile(
    r"(?:订单号?|单号|快递|运单|型号|编号|条码|货号|优惠码|order|model|sku|item|tracking|isbn|serial|part|ref(?:erence)?|code)"
    r"\s*(?:number|no\.?|id|is|号|是|为|:|：|#)*\s*$",
    re.IGNORECASE,
)
_EDGES = re.compile(r"[0-9A-Za-z]")


def find_numbers_of_people(text: str) -> Iterator[Personal]:
    """Yield e-mail addresses, phones, identity numbers, cards and accounts in `text`, some of them overlapping.

    A form that is narrow enough stands alone (an e-mail address, a mobile number, a number with a valid check digit);
    any other number counts only after words that say what it is. Nothing relies on spaces around it: Chinese has none.
    """
    for match in _EMAIL.finditer(text):
        yield Personal(match.start(), match.end(), "email")
    for match in [*_PHONE.finditer(text), *_SPELT.finditer(text)]:
        if _stands_alone(text, match.start(), match.end()) and not _NO_PHONE_BEFORE.search(text[: match.start()]):
            yield Personal(match.start(), match.end(), "phone")
    for match in _CHINESE_ID.finditer(text):
        if _born(re.sub(r"[ \-]", "", match.group())):
            yield Personal(match.start(), match.end(), "identity")
    for match in _OTHER_IDS.finditer(text):
        yield Personal(match.start(), match.end(), "identity")
    for match in _CARD.finditer(text):
        if _luhn(match.group()) and not _NO_PHONE_BEFORE.search(text[: match.start()]):
            yield Personal(match.start(), match.end(), "card")
    for match in _IBAN.finditer(text):
        if _iban(match.group().replace(" ", "")):
            yield Personal(match.start(), match.end(), "account")
    for kind, pattern in _cued():
        for match in pattern.finditer(text):
            start, end = match.span("it")
            if any(character.isdigit() for character in match["it"]) or kind == "account":
                yield Personal(start, end, kind)


@cache
def _cued() -> list[tuple[Kind, re.Pattern[str]]]:
    """Return, for numbers of no narrow form, what kind the words before make of them."""
    text = resources.files("shortlist_tools.masking").joinpath("numbers.yaml").read_text("utf-8")
    found = []
    for cue in yaml.safe_load(text):
        before = "|".join(f"(?<![A-Za-z])(?:{words})" if words[0].isascii() else words for words in cue["before"])
        between = "|".join([*(rf"\s*{words}\b" for words in cue.get("between_en", ())), *cue.get("between_zh", ())])
        pattern = rf"(?:{before})(?:{between})*{_SEPARATOR}(?P<it>{cue['number']})"
        found.append((cue["kind"], re.compile(pattern, re.IGNORECASE)))
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether no letter, digit or decimal runs into the number: part of a model number is none."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_EDGES.match(before) or before in "-.$¥￥€£") and not _EDGES.match(after)


def _born(number: str) -> bool:
    """Return whether an identity number of mainland China holds a day in the past hundred and fifty years."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return 1875 <= born.year <= 2100


def _luhn(number: str) -> bool:
    """Return whether the digits pass the check of payment cards (ISO/IEC 7812)."""
    digits = [int(character) for character in number if character.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) < 3:
        return False
    total = sum(
        digit if place % 2 == 0 else (2 * digit - 9 if digit > 4 else 2 * digit)
        for place, digit in enumerate(reversed(digits))
    )
    return total % 10 == 0


def _iban(number: str) -> bool:
    """Return whether the number passes the check of international bank accounts (ISO 13616)."""
    if not 15 <= len(number) <= 34:
        return False
    moved = number[4:] + number[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1
