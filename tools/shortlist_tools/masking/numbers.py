"""Numbers that stand for a person: phones, identity papers, cards, accounts, and addresses of mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shortlist_tools.masking.cues import find_announced, impersonal
from shortlist_tools.masking.likeness import ordinary
from shortlist_tools.masking.papers import find_papers
from shortlist_tools.masking.spans import Personal

_AT = r"(?:\s*(?:\(at\)|\[at\]|\{at\}|<at>|\(a\)|\(@\)|艾特|圈a|小老鼠)\s*| at )"
_DOT = r"(?:\s*(?:\(dot\)|\[dot\]|\{dot\}|<dot>|\(\.\))\s*| dot |\s*点\s*)"
_IN_MAIL = rf"(?:{_DOT}| underscore | dash | hyphen | minus | plus |\s*(?:下划线|减号|横杠)\s*)"
_NO_LOCAL = r"(?!(?:me|us|him|her|them|it|is|am|was|in|on|out|look|back|and|or|up|one|home|stay|mail|email)\s+at\s)"
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}(?:@|"
    r"\s@\s)[A-Za-z0-9-]{1,63}(?:\s?\.\s?[A-Za-z0-9-]{1,63}){0,3}"
    r"\s?\.\s?[A-Za-z]{2,20}(?![A-Za-z_@])"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:,(?:com|cn|net|"
    r"org))?(?![A-Za-z0-9_@])"
    rf"|(?<![A-Za-z0-9]){_NO_LOCAL}[A-Za-z0-9][A-Za-z0-9._+-]{{0,63}}(?:{_IN_MAIL}[A-Za-z0-9_+-]{{1,30}}){{0,3}}{_AT}"
    rf"[A-Za-z0-9-]{{1,63}}(?:(?:{_DOT}|\.)[A-Za-z]{{2,20}}){{1,3}}(?![A-Za-z0-9@._-]*@)(?![A-Za-z])"
    rf"|(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._+-]{{0,63}}(?:@|"
    rf"\s@\s)[A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z]{{2,20}}){{1,3}}(?![A-Za-z])",
    re.IGNORECASE,
)
_GAP = r"[ \-.·]?"
_PHONES = (
    # Mobile numbers of mainland China, grouped or not, with or without the country's code.
    rf"(?:\(?(?:\+|00)?86\)?{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}",
    rf"(?:\(?(?:\+|00)?86\)?{_GAP})?1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}",
    rf"(?:\(?(?:\+|00)?86\)?{_GAP})?1[3-9]\d(?:[ \-]\d{{2}}){{4}}",
    # Lines of mainland China: area code, then seven or eight digits.
    r"(?:\(0\d{2,3}\)\s?|0\d{2,3}[ \-])[2-9]\d{2,3}[ \-]?\d{4}(?:[ \-]\d{1,4}(?!\d))?",
    # Hong Kong and Taiwan.
    r"09\d{2}[ \-]?\d{3}[ \-]?\d{3}",
    r"0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}",
    r"[48]00[ \-]\d{3,4}[ \-]\d{3,4}",
    # North America.
    r"(?:\+?1[ \-.]?)?(?:\([2-9]\d{2}\)[ \-]?|[2-9]\d{2}[ \-.])[2-9]\d{2}[ \-.]\d{4}|\+?1?[2-9]\d{2}[2-9]\d{6}(?!\d)",
    # Written as at home: a zero, then groups.
    r"0\d{1,4}[ \-]\d{3,4}[ \-]?\d{3,4}|07\d{9}|04\d{8}|\(0\d{1,4}\)[ \-]?\d{3,4}[ \-]?\d{3,4}|0[67]\d{8}",
    r"0\d(?:[ .\-]\d{2}){4}",
    r"[6-9]\d{4}[ \-]\d{5}",
    r"0\d{3,4}/\d{5,8}",
    # Any number with a country's code.
    r"(?:\+|00)\s?\(?[1-9]\d{0,2}\)?(?:[ \-.]{0,2}\(\d{1,4}\))?(?:[ \-.]?\d{1,5}){2,6}",
)
_EXTENSION = r"(?:[ ,]{0,2}(?:x|ext\.?|extension|转|分机号?|#)[ .:]?\d{1,6})?"
_PHONE = tuple(re.compile(f"(?:{one}){_EXTENSION}", re.IGNORECASE) for one in _PHONES)
_DIGIT_ZH = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两"
_SPELT = re.compile(
    rf"(?<![{_DIGIT_ZH}\d])[一幺壹1](?:[ ,，、\-.]?[{_DIGIT_ZH}\d]){{10}}(?![{_DIGIT_ZH}\d])"
    r"|(?<![A-Za-z])(?:(?:(?:double|triple) )?(?:zero|oh|o|one|two|three|four|five|six|seven|eight|"
    r"nine|\d{1,3})[ ,\-.]{1,3}){6,14}"
    r"(?:(?:double|triple) )?(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|\d{1,4})(?![A-Za-z\d])",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"(?<![\dA-Za-z.,$£€¥#:/-])\(?\d{2,5}\)?(?:[ -]\d{2,5}){1,3}(?![\dA-Za-z%/-])"
    r"|(?<![\dA-Za-z.$£€¥#-])\d{7,11}(?![\dA-Za-z.%元块])"
)
"""Digits that are a phone where another one is given: "try 6555 0182, that's the landline"."""
_OR = re.compile(
    r"(?:\b(?:or|try|and|else|on|call|text|ring|use|backup|landline|home|work|office|mobile|cell|then|him|her|at)|[/,;&(]|或者?|或是|还有|打|不通|备用|座机|家里|公司|也行|另一个|,|、)[^\d]{0,8}$",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![A-Za-z0-9_.@/])@(?=[A-Za-z0-9_.-]*[A-Za-z])[A-Za-z0-9_][A-Za-z0-9_.-]{1,29}[A-Za-z0-9_](?![A-Za-z0-9_@])"
)
_TAGGED = re.compile(
    r"(?<![A-Za-z0-9_.@/#])[A-Za-z][A-Za-z0-9_.]{1,29}#\d{4,5}(?!\d)"
    r"|(?<![A-Za-z0-9_.@/])(?=[A-Za-z._-]*[\d_.])[A-Za-z][A-Za-z0-9_.-]{2,29}(?=\s(?:on|over on|at)\s(?:discord|"
    r"telegram|insta|instagram|tiktok|twitter|snap|snapchat|steam|reddit|wechat|line|skype|kakao|xbox|psn|signal|ig)\b)"
    r"|(?<![A-Za-z0-9_.@/])(?:t\.me|wa\.me|instagram\.com|facebook\.com|twitter\.com|x\.com|weibo\.com|vk\.com|"
    r"linkedin\.com/in|github\.com)/[A-Za-z0-9_.-]{3,40}"
    r"|(?<![A-Za-z0-9])live:[A-Za-z0-9_.:-]{3,40}",
    re.IGNORECASE,
)
_OF_A_BRAND = re.compile(
    r"(?:\b(?:your|official|brand|store|shop|company|their)\b|官方|品牌|店铺|你们|贵店)[^,.;!?,。]{0,24}$",
    re.IGNORECASE,
)
_SPELT_DIGIT = re.compile(rf"[{_DIGIT_ZH}]|[a-z]{{2}}", re.IGNORECASE)
_CARD = re.compile(
    r"(?<![0-9.])[2-6]\d{3}(?:[ \-.]{0,3}\d{4}){2}[ \-.]{0,3}\d{1,7}(?!\d)"
    r"|(?<!\d)3[47]\d{2}[ \-]?\d{6}[ \-]?\d{5}(?!\d)|(?<!\d)\d{6}[ \-]\d{13}(?!\d)"
)
_GROUPED = re.compile(r"[3-6]\d{3}[ \-.]{1,3}\d{4}[ \-.]{1,3}\d{4}[ \-.]{1,3}\d{4}(?:[ \-.]{1,3}\d{3})?")
_IBAN = re.compile(
    r"(?<![0-9A-Za-z])[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{4}){2,7}(?:[ \-]?[A-Z0-9]{1,4})?(?![0-9A-Za-z])", re.IGNORECASE
)
_SORT_CODE = re.compile(r"(?i:sort ?code)(?:\s|is|:)*(?P<it>\d{2}[ \-]?\d{2}[ \-]?\d{2})(?!\d)")
_ENDING = re.compile(
    r"(?:尾号|尾数|末四位|末尾|后四位|结尾)(?:是|为)?\s?(?P<it>\d{4})(?=\s?(?:的|那张|这张)?[\u4e00-\u9fff]{0,4}卡)"
)
_ENDS_CARD = re.compile(r"(?<!\d)(?P<it>\d{4})\s?(?:结尾|尾号)(?=的?[\u4e00-\u9fff]{0,4}卡)")
_BACK = re.compile(
    r"(?:(?:three|3|four|4)(?: digits?| numbers?)? on the (?:back|front)|(?:后面|背面|背后|末)的?(?:三|3)位(?:数|"
    r"数字|码)?)"
    r"(?:\s|is|are|was|[:=,]|是|为)*(?P<it>\d{3,4})(?!\d)",
    re.IGNORECASE,
)
_LONG = re.compile(r"(?<![0-9A-Za-z.])\d{16,21}(?![0-9A-Za-z%])")
_BANK = re.compile(
    r"\b(?:bank|transfer|wire|deposit|payout|pay (?:it|me|him|her|them) (?:in)?to|refund (?:it )?to)\b"
    r"|转到|转账|转给|打到|打进|汇到|汇款|打款|退到|收款|户头|账户|帐户|开户|银行|存折|[工农中建交招浦中兴光民广平][商业行信发大生发安]行?的?(?:户|卡|账)",
    re.IGNORECASE,
)
"""A number too long for anything else, where money moves to or from a bank."""
_WALLET = re.compile(r"(?<![0-9A-Za-z])(?:0x[0-9a-fA-F]{40}|bc1[0-9a-z]{20,60})(?![0-9A-Za-z])")
_UNION = re.compile(r"(?<![0-9A-Za-z.\-])62\d{14}(?:\d{3})?(?![0-9A-Za-z])")
_EDGES = re.compile(r"[0-9A-Za-z]")


def find_numbers_of_people(text: str) -> Iterator[Personal]:
    """Yield e-mail addresses, phones, identity numbers, cards and accounts in `text`, some of them overlapping.

    A form that is narrow enough stands alone (an e-mail address, a mobile number, a number with a valid check digit);
    any other number counts only after words that say what it is, and none after words that say it is of a thing.
    Nothing relies on spaces around it: Chinese has none.
    """
    for match in _EMAIL.finditer(text):
        domain = re.split(r"@|\bat\b|艾特", match.group(), flags=re.IGNORECASE)[-1]
        if any(character.isalpha() for character in match.group()) and not domain.strip().replace(".", "").isdigit():
            yield Personal(match.start(), match.end(), "email")
    phones = (match for pattern in (*_PHONE, _SPELT) for match in pattern.finditer(text))
    phones_found = []
    for match in phones:
        told = match.re is not _SPELT or len(_SPELT_DIGIT.findall(match.group())) > 1 or _mobile(match.group())
        if told and _stands_alone(text, match.start(), match.end()) and not impersonal(text, match.start()):
            phones_found.append(Personal(match.start(), match.end(), "phone"))
    yield from phones_found
    yield from _further_phones(text, phones_found)
    for match in _HANDLE.finditer(text):
        if not of_a_brand(text, match.start()) and not ordinary(match.group()[1:].lower()):
            yield Personal(match.start(), match.end(), "account")
    for match in _TAGGED.finditer(text):
        if not impersonal(text, match.start()):
            yield Personal(match.start(), match.end(), "account")
    yield from find_papers(text)
    for match in _CARD.finditer(text):
        if (_luhn(match.group()) or _GROUPED.fullmatch(match.group())) and not impersonal(text, match.start()):
            yield Personal(match.start(), match.end(), "card")
    for match in _IBAN.finditer(text):
        if _iban(re.sub(r"[ \-]", "", match.group()).upper()):
            yield Personal(match.start(), match.end(), "account")
    for match in _SORT_CODE.finditer(text):
        yield Personal(*match.span("it"), "account")
    for pattern in (_ENDING, _ENDS_CARD, _BACK):
        for match in pattern.finditer(text):
            yield Personal(*match.span("it"), "card")
    for match in _LONG.finditer(text) if _BANK.search(text) else ():
        if not impersonal(text, match.start()):
            yield Personal(match.start(), match.end(), "account")
    for match in _WALLET.finditer(text):
        yield Personal(match.start(), match.end(), "account")
    for match in _UNION.finditer(text):
        if not impersonal(text, match.start()):
            yield Personal(match.start(), match.end(), "card")
    yield from find_announced(text)


def of_a_brand(text: str, start: int) -> bool:
    """Return whether the words right before `start` say that a handle is a shop's or a brand's."""
    return _OF_A_BRAND.search(text[max(0, start - 40) : start]) is not None


def _further_phones(text: str, phones: Sequence[Personal]) -> Iterator[Personal]:
    """Yield the numbers of seven digits and more that stand in a text with a phone, and are of no thing."""
    for match in _FURTHER.finditer(text) if phones else ():
        digits = sum(character.isdigit() for character in match.group())
        apart = all(match.end() <= one.start or one.end <= match.start() for one in phones)
        if (
            apart
            and 7 <= digits <= 11
            and not impersonal(text, match.start())
            and _OR.search(text[max(0, match.start() - 24) : match.start()])
        ):
            yield Personal(match.start(), match.end(), "phone")


def _mobile(said: str) -> bool:
    """Return whether digits that each stand for themselves make a mobile number of mainland China."""
    return re.fullmatch(r"1[3-9]\d{9}", re.sub(r"\D", "", said)) is not None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether no letter, digit or decimal runs into the number: part of a model number is none."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_EDGES.match(before) or before in "-.$¥€£") and not _EDGES.match(after)


def _luhn(number: str) -> bool:
    """Return whether the digits pass the check of payment cards (ISO/IEC 7812)."""
    digits = [int(character) for character in number if character.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) < 2:
        return False
    total = sum(
        digit if place % 2 == 0 else (2 * digit - 9 if digit > 4 else 2 * digit)
        for place, digit in enumerate(reversed(digits))
    )
    return total % 10 == 0


def _iban(number: str) -> bool:
    """Return whether the number passes the check of international bank accounts (ISO 13616)."""
    if not 15 <= len(number) <= 34 or not number.isascii():
        return False
    moved = number[4:] + number[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1
