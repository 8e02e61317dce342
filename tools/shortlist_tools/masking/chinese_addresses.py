"""Chinese postal addresses: a road with its number, an estate with its house, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortlist_tools.masking.spans import Personal

_HAN = r"[\u4e00-\u9fff]"
_ZH_NUMBER = "一二三四五六七八九十百零〇两"
_N = rf"(?:[甲乙丙丁附]?[A-Za-z]?\d{{1,5}}[A-Za-z]?(?:[\-之]\d{{1,4}})?|[{_ZH_NUMBER}]{{1,5}}|[甲乙丙丁])"
_NO_ROAD = (
    "知道|味道|频道|渠道|报道|通道|赛道|轨道|跑道|隧道|人道|厚道|地道|线路|思路|套路|网路|走路|迷路|"
    "电路|一路|半路|上路|逛街|公里|这里|那里|哪里|家里|心里|手里|夜里|里里|城里|店里|屋里|群里|车里"
)
_ROAD = re.compile(
    rf"(?<!{')(?<!'.join(_NO_ROAD.split('|'))})(?:(?<=[路街道巷弄里村屯组队胡同坊埔径湾桥段])|"
    rf"(?<=[路街道][东西南北中]))"
    rf"(?:[东南西北中]?[{_ZH_NUMBER}\d]{{0,2}}段)?\s?"
    rf"{_N}\s?(?:号院?|弄|巷|支弄)(?![线色码机字球男女店铺月日选]|{_HAN}?(?:地铁|线))"
)
_UNIT = (
    rf"(?:[东西南北中](?:单元|户)|(?:{_N}|[A-Za-z](?=[座栋幢区楼]))\s?-?(?:号楼|号馆|号厅|号宿舍楼?|宿舍|"
    rf"号舍|舍|斋|号公寓|号铺|号店|铺|"
    rf"F(?![a-z])|楼层|号院|栋|幢|座|单元|室|层|号房|号门|门|房|户|号|楼|#))"
)
_HOUSE = re.compile(rf"{_N}\s?(?:号楼|栋|幢|单元|#楼)")
_ESTATES = (
    "小区|花园|公寓|大厦|广场|家园|苑|城|宿舍|新村|社区|中心|山庄|学院|大学|中学|小学|医院|园|府|湾|庭|名邸|"
    "公馆|别墅|大楼|里|居|轩|阁|"
    "科技园|工业园|软件园|产业园|创业园|写字楼|商务楼|商城|国际|天地|御景|豪庭|村"
)
_ESTATE = re.compile(
    rf"(?<={_HAN})(?:小区|花园|公寓|大厦|广场|家园|苑|宿舍|新村|社区|山庄|别墅|大楼|豪庭|名邸|公馆|科技园|邨|"
    rf"(?:邨|苑|城|花园|村){_HAN}{{1,4}}[楼樓阁阁座]|屋苑|阁|轩|居|里|台|墅|御景|名都|华庭|雅苑|嘉园|公社|大院|"
    rf"家属院|宿舍区|安置房|商铺|市场|"
    rf"工业园|软件园|产业园|中心|城|府|湾|庭|园|村)"
    rf"(?:{_HAN}区|[一二三四五六七八九十]期|\d期)?\s?"
    rf"(?:{_UNIT}|[A-Za-z]\d{{0,2}}[\- ]?\d{{3,4}}(?!\d)|\d{{1,3}}-\d{{1,3}}(?:-\d{{1,4}})?(?![\d元块])|"
    rf"\d{{3,4}}(?=$|[,。;，、\s]))"
)
_TAIL = re.compile(
    rf"(?:[\s,]?(?:{_HAN}{{0,12}}?(?:{_ESTATES})\s?)?(?:[\(（]?{_UNIT}[\)）]?|[A-Za-z]\d?[座栋幢区]))"
    rf"|之[{_ZH_NUMBER}\d]{{1,3}}"
    rf"|[\s,]?(?:[A-Za-z]|地下|负[{_ZH_NUMBER}\d]|顶)(?:室|座|铺|层|楼|户)"
    rf"|[\s\-]?[A-Za-z]?\d{{3,4}}(?:室|号)?(?![\d元块年月]|[ \-]?\d|个|件|人)"
    rf"|\d{{1,3}}-[A-Z\d]{{1,4}}(?![A-Za-z\d])|-\d{{1,4}}(?!\d)|-[A-Z]\d{{0,4}}(?![A-Za-z\d])"
    rf"|[\s,]?{_HAN}{{2,10}}?(?:大厦|广场|中心|花园|公寓|家园|小区|大楼|写字楼|学院|大学|宿舍|酒店|商城|山庄|科技园|"
    rf"软件园|工业园|产业园|院)(?!附近|旁|对面|里面)"
)
_VILLAGE = re.compile(
    rf"(?<={_HAN})(?:乡|镇|村|屯|庄|寨|湾|岭|坝|塘|旗|苏木|嘎查|农场|林场){_HAN}{{0,6}}?{_N}\s?(?:组|社|队|"
    rf"号(?![线色码机字球]))(?:\s?{_N}\s?号)?"
)
_PLAIN_ROAD = re.compile(
    rf"(?<={_HAN})(?:大道|大街|路|街|巷|"
    rf"弄)(?:[东南西北中]?[{_ZH_NUMBER}\d]{{0,2}}段)?\s?\d{{1,4}}(?=[\s,，]?{_HAN}{{2,8}}(?:大厦|"
    rf"广场|中心|花园|公寓|"
    rf"家园|小区|大楼|写字楼|酒店|商城|科技园|软件园|产业园|苑|府|城))"
)
_DORM = re.compile(
    rf"(?<={_HAN})(?:大学|学院|中学|校区|师大|理工|公司|厂|医院|宿舍|公寓|寝室)(?:{_HAN}{{0,4}}?)?\s?(?:{_UNIT})"
)
_POSTCODE = re.compile(r"(?:邮编|邮政编码|邮遍)(?:号码)?(?:是|为|:|填的?是?|写的?是?|改成?|用)?\s?(?P<it>\d{6})(?!\d)")
_DOORS = re.compile(r"(?:\d{1,4}(?:室|房|栋|幢|号楼|单元|层|楼)[\s,，、]*){1,4}$")
_PARTS = re.compile(rf"(?<={_HAN})[\s,，]?\d{{1,3}}-\d{{1,2}}-\d{{3,4}}(?![\d-])")
_LEAD = re.compile(
    "住在|住的是|住址|住|搬到|搬去|搬|在|送去|送到|送|寄到|寄去|寄|发到|发往|快递到|到|往|去|给|是|地址|收货|"
    "位于|坐落于|改成|改到|改为|"
    "换成|换|填|写|我家|他家|她家|家里|老家|新家|家住|公司|单位|办公室|门店|我的|的|了|把|就|请|麻烦|帮我?|我|"
    "你|他|她|爸妈|爸爸|妈妈|父母|"
    "朋友|同事|投递|取件|上门|派送|配送|邮寄|叫"
)
_REACH = 36
_PIECES = 8


def find_chinese_addresses(text: str) -> Iterator[Personal]:
    """Yield the Chinese addresses in `text`, and postcodes that are named as such.

    A road or village with a number, an estate with a house, or a house with its unit; to the left the province, city,
    district and name that lead to it, to the right building, floor and door. A place alone is no address: many live
    there.
    """
    for match in _POSTCODE.finditer(text):
        yield Personal(*match.span("it"), "address")
    for pattern in (_VILLAGE, _PLAIN_ROAD, _DORM, _PARTS):
        for match in pattern.finditer(text):
            start = _start(text, match.start())
            if start < match.start():
                yield Personal(start, _end(text, match.end()), "address")
    for pattern in (_ROAD, _ESTATE, _HOUSE):
        for match in pattern.finditer(text):
            start = _doors(text, _start(text, match.start()))
            end = _end(text, match.end())
            named = start < match.start()
            whole = pattern is not _HOUSE or end > match.end() or (match[0][0].isdigit() and "号楼" in match[0])
            if whole and (named or pattern is _HOUSE):
                yield Personal(start, end, "address")


def _start(text: str, at: int) -> int:
    """Return where the names before the number at `at` begin: after the last word that leads to an address."""
    first = at
    while first > max(0, at - _REACH) and ("\u4e00" <= text[first - 1] <= "\u9fff" or text[first - 1] in "·"):
        first -= 1
    before = text[first:at]
    start = 0
    for match in _LEAD.finditer(before):
        if match.end() < len(before):
            start = match.end()
    return first + start


def _doors(text: str, at: int) -> int:
    """Return where the doors that stand before the names at `at` begin: 502室,阳光公寓3号楼."""
    match = _DOORS.search(text[max(0, at - 16) : at])
    return at - len(match.group()) if match else at


def _end(text: str, at: int) -> int:
    """Return where building, floor and door after `at` end."""
    for _ in range(_PIECES):
        match = _TAIL.match(text, at)
        if match is None or match.end() == at:
            return at
        at = match.end()
    return at
