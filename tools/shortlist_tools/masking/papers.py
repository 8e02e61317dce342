"""Numbers of people's papers and plates whose form alone says what they are, and those that a word nearby makes one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from shortlist_tools.masking.cues import impersonal
from shortlist_tools.masking.spans import Personal

_FREE = r"(?<![0-9A-Za-z])"
_END = r"(?![0-9A-Za-z])"
_CHINESE_ID = re.compile(rf"{_FREE}[1-9]\d{{5}}[ \-]?(?:18|19|20)\d{{2}}[ \-]?\d{{4}}[ \-]?\d{{3}}[\dXx]{_END}")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_NARROW = re.compile(
    "|".join(
        (
            r"(?<![0-9A-Za-z-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![0-9-])",  # social security number
            rf"{_FREE}[A-Z]{{2}}(?: ?\d{{2}}){{3}} ?[A-D]{_END}",  # national insurance
            rf"{_FREE}[A-Z]{{1,2}}\d{{5,6}} ?\([0-9A]\)",  # Hong Kong
            rf"{_FREE}[157]\d{{6}}\([0-9]\)",  # Macau
            rf"{_FREE}[A-Z][1289]\d{{8}}{_END}",  # Taiwan
            rf"{_FREE}[STFGM]\d{{7}}[A-Z]{_END}",  # Singapore
            rf"{_FREE}\d{{6}}-[01]\d-\d{{4}}{_END}",  # Malaysia
            rf"{_FREE}\d{{2}}(?:0\d|1[0-2])(?:[0-2]\d|3[01])-[1-8]\d{{6}}{_END}",  # Korea
            rf"{_FREE}[A-Z]{{3}}[ABCFGHLJPT][A-Z]\d{{4}}[A-Z]{_END}",  # India, tax
            rf"{_FREE}[A-Z]{{6}}\d{{2}}[A-EHLMPRST]\d{{2}}[A-Z]\d{{3}}[A-Z]{_END}",  # Italy
            rf"{_FREE}(?:\d{{8}}|[XYZ]\d{{7}})-?[TRWAGMYFPDXBNJZSQVHLCKE]{_END}",  # Spain
            rf"{_FREE}\d{{3}}\.\d{{3}}\.\d{{3}}-\d{{2}}{_END}",  # Brazil
            rf"{_FREE}[12] ?\d{{2}} ?(?:0[1-9]|1[0-2]) ?(?:\d{{2}}|2[AB]) ?\d{{3}} ?\d{{3}} ?\d{{2}}{_END}",  # France
            rf"{_FREE}[A-Z9]{{5}}\d[0156]\d(?:[0-2]\d|"
            rf"3[01])\d[A-Z9]{{2}}[A-Z0-9]{{3}}{_END}",  # driving licence, Britain
            rf"[{_PROVINCES}][A-HJ-NP-Za-hj-np-z][·\s\-.]?(?=[A-Za-z0-9]*\d)[A-HJ-NP-Za-hj-np-z0-9]{{4,5}}"  # plates
            rf"[A-HJ-NP-Za-hj-np-z0-9学警港澳领使]{_END}",
            r"[粤][A-Za-z][·\s\-]?[A-Za-z0-9]{4}[港澳]",
        )
    )
)
_NEAR = 40
_BY_WORD = re.compile(
    "|".join(
        (
            rf"{_FREE}[A-Z]{{2}}\d{{2}} ?[A-Z]{{3}}{_END}",  # plates of Britain
            rf"{_FREE}\d{{1,3}}-?[A-Z]{{1,2}}-?\d{{2,6}}{_END}",  # plates of Ireland
            rf"{_FREE}[A-ZÄÖÜ]{{1,3}}[ \-][A-Z]{{1,2}} ?\d{{2,4}}[EH]?{_END}",  # plates of Germany
            rf"{_FREE}[A-Z]{{2,3}}[ \-]?\d{{3,4}}{_END}|{_FREE}\d{{3,4}}[ \-][A-Z]{{2,3}}{_END}",  # plates elsewhere
            rf"{_FREE}\d[A-Z]{{3}}\d{{3}}{_END}",  # plates of California
            rf"{_FREE}[A-Z]{{1,2}}\d{{6,9}}[A-Z]?{_END}",  # passports and permits
            rf"{_FREE}\d{{9}}{_END}",  # passports
        )
    )
)
_OLD_ID = re.compile(rf"{_FREE}[1-9]\d{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}{_END}")
_ID_CUE = re.compile(r"证|15位|十五位|身份")
_PLATE_CUE = re.compile(
    r"(?:plate|\breg\b|registration|licen[cs]e|passport|\bid\b|identity|\bvisa\b|permit|customs|\bcar\b|\bvan\b|truck|"
    r"护照|通行证|证件|证号|车牌|牌照|回乡证|台胞证|居住证|居留)[^.!?。!?;\n]{0,24}$",
    re.IGNORECASE,
)
_AFTER_CUE = re.compile(
    r"\s?(?:,|-|\(|is|as|on|是|,)?\s?(?:that's |is |are |的|为|是)?(?:my |the |our |his |her |我的?|我)?"
    r"(?:passport|plate|licen[cs]e plate|licen[cs]e|reg\b|registration|id number|"
    r"national id|护照|通行证|证件|车牌|身份证|回乡证|台胞证)",
    re.IGNORECASE,
)


def find_papers(text: str) -> Iterator[Personal]:
    """Yield identity numbers of many lands and number plates, by their form, or by form and a word beside them."""
    for match in _CHINESE_ID.finditer(text):
        if _born(re.sub(r"[ \-]", "", match.group())) and not impersonal(text, match.start()):
            yield Personal(match.start(), match.end(), "identity")
    for match in _NARROW.finditer(text):
        if not impersonal(text, match.start()):
            yield Personal(match.start(), match.end(), "identity")
    for match in _OLD_ID.finditer(text):
        around = text[max(0, match.start() - _NEAR) : match.end() + 12]
        if _ID_CUE.search(around) and not impersonal(text, match.start()):
            yield Personal(match.start(), match.end(), "identity")
    for match in _BY_WORD.finditer(text):
        told = _PLATE_CUE.search(text[max(0, match.start() - _NEAR) : match.start()]) or _AFTER_CUE.match(
            text, match.end()
        )
        if told and not impersonal(text, match.start()):
            yield Personal(match.start(), match.end(), "identity")


def _born(number: str) -> bool:
    """Return whether an identity number of mainland China holds a day in the past hundred and fifty years."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return 1875 <= born.year <= 2100
