"""Postal addresses in English and Chinese: a street with its number, a house with its door."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortlist_tools.masking.spans import Personal

_WORD = r"(?:[A-Z][A-Za-z'’.-]*|\d{1,3}(?:st|nd|rd|th))"
_STREETS = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Close|"
    r"Crescent|Cres|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Gardens|Row|Mews|Hill|Grove|Quay|Alley|Trail|Walk|Broadway|"
    r"Parade|Gate)"
)
_DOOR = (
    r"(?:(?:Apt|Apartment|Suite|Ste|Unit|Flat|Room|Rm|Floor|Fl|House|Building|Bldg|#)\.?"
    r"\s?#?\s?[A-Za-z]?\d{0,5}[A-Za-z]?)"
)
_POSTCODE = r"(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d)"
_PLACE = r"[A-Z][A-Za-z.'-]+(?:\s[A-Z][A-Za-z.'-]+){0,2}"
_TAIL = rf"(?:,?\s+{_DOOR})?(?:,\s*{_PLACE}){{0,3}}(?:,?\s+(?:[A-Z]{{2}}\s+)?{_POSTCODE})?"
_ENGLISH = re.compile(
    rf"(?<![A-Za-z0-9$£€.])(?:{_DOOR},?\s+)?\d{{1,5}}[A-Za-z]?,?\s+(?:(?:N|S|E|W|North|South|East|West)\.?\s+)?"
    rf"(?:{_WORD}\s+){{0,3}}{_STREETS}\b\.?{_TAIL}"
    rf"|(?<![A-Za-z])P\.?\s?O\.?\s?Box\s+\d+{_TAIL}"
)
_LOOSE = re.compile(
    rf"(?<![A-Za-z0-9$£€.])\d{{1,5}}[a-z]?\s+(?:[a-z]+\s+){{1,3}}{_STREETS}\b\.?"
    rf"(?:,?\s+{_DOOR})?(?:,\s*[a-z]+){{0,2}}(?:,?\s+{_POSTCODE})?",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:address(?: is)?|(?:live|living|lives|based|staying) (?:at|on)|my place (?:is )?(?:at|on)"
    r"|(?:ship|deliver|send|mail) (?:it |this |them )?to|drop it (?:off )?at)\s*[:：]?\s*(?:the )?$",
    re.IGNORECASE,
)
_CODE = re.compile(
    rf"\b(?:zip(?: ?code)?|post ?code|postal code)(?:\s+is)?\s*[:：]?\s*(?P<it>{_POSTCODE})"
    r"|(?:邮编|邮政编码)(?:是|为)?[:：\s]*(?P<code>\d{6})",
    re.IGNORECASE,
)
_HAN = r"[\u4e00-\u9fff]"
_N = r"(?:[0-9０-９A-Za-z]{1,6}|[一二三四五六七八九十百零〇]{1,5}|[甲乙丙丁])"
_AREA = (
    rf"(?:{_HAN}{{2,8}}?(?:省|自治区|特别行政区))?(?:{_HAN}{{2,7}}?(?:市|自治州|地区|盟))?"
    rf"(?:{_HAN}{{1,7}}?(?:区|县|旗|新区|开发区))?(?:{_HAN}{{1,7}}?(?:街道|镇|乡|村))?"
)
_ROAD = rf"{_HAN}{{1,8}}?(?:大街|大道|胡同|公路|路|街|道|巷|弄|里|条)(?:[东南西北中]段|[一二三四五六七八九十]+段)?"
_NUMBER = rf"{_N}(?:[\-－之]{_N})?(?:号院?|弄|巷)"
_HOUSE = rf"(?:{_N}(?:[\-－]{_N})?(?:号楼|栋|幢|座|楼|单元|室|层|号房|房|户|号))"
_ESTATE = rf"{_HAN}{{2,12}}?(?:小区|花园|公寓|大厦|广场|家园|苑|城|宿舍|新村|社区|中心|山庄|学院|大学|名苑|府|里|湾|庭)"
_CHINESE = re.compile(
    rf"{_AREA}{_ROAD}\s?{_NUMBER}(?:院)?(?:\s?{_ESTATE})?"
    rf"(?:\s?[A-Za-z0-9一二三四五六七八九十]*{_HOUSE})*(?:\s?\d{{3,4}}(?![\d元块]))?"
    rf"|{_AREA}{_ESTATE}(?:\s?{_HAN}?区)?\s?{_HOUSE}(?:\s?{_HOUSE})*(?:\s?\d{{3,4}}(?![\d元块]))?"
    rf"|{_N}(?:号楼|栋|幢){_N}单元\s?{_N}(?:室|号)?"
)
_LEAD = re.compile(
    r"^(?:(?:请|麻烦|帮我?|把|都|就|也|要|想|可以|能|能不能|东西|货|快递|包裹|它|这个|我们?|他们?|她|家|现在|目前|以后|今天|明天|爸妈|父母|"
    r"公司|单位|学校|新|老|旧|的|地址|收货|收件|住址|送货|邮寄|寄送|配送|联系|家庭|详细|办公|门牌|是|为|在|住|搬|到|去|往|至|给|寄|送|发|位于|坐落|改成|改|换成|换|成|了|"
    r"邮|写|填|[:：，,。\s]))+"
)


def find_addresses(text: str) -> Iterator[Personal]:
    """Yield the postal addresses in `text`, and postcodes that are named as such.

    An English one has a house number and a kind of street, or stands after words such as "ship to"; a Chinese one has a
    road with a number, or an estate with a house. A city or a district alone is no address: many live there.
    """
    for match in _ENGLISH.finditer(text):
        yield Personal(match.start(), match.end(), "address")
    for match in _LOOSE.finditer(text):
        if _LIVES.search(text[: match.start()]):
            yield Personal(match.start(), match.end(), "address")
    for match in _CODE.finditer(text):
        name = "it" if match["it"] else "code"
        yield Personal(match.start(name), match.end(name), "address")
    for match in _CHINESE.finditer(text):
        lead = _LEAD.match(match.group())
        start = match.start() + (lead.end() if lead else 0)
        if start < match.end():
            yield Personal(start, match.end(), "address")
