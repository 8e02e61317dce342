"""Units of both languages: what they are called, what they measure, and how they convert."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

# dimension -> canonical unit -> (worth in the dimension's first unit, words). A word may stand for two units: the first
# listed is the likelier one, `ALSO` names the other.
_TABLE: dict[str, dict[str, tuple[float, str]]] = {
    "duration": {
        "min": (1, "min mins minute minutes 分钟 分鐘"),
        "s": (1 / 60, "s sec secs second seconds 秒 秒钟"),
        "ms": (1 / 60_000, "ms millisecond milliseconds 毫秒"),
        "h": (60, "h hr hrs hour hours 小时 小時 钟头 个钟头 个小时 个钟 钟"),
        "day": (1440, "day days 天 日"),
        "week": (10_080, "week weeks wk wks 周 星期 个星期 礼拜 个礼拜"),
        "month": (43_800, "month months 个月"),
        "year": (525_600, "year years yr yrs 年"),
    },
    "mass": {
        "g": (1, "g gram grams gramme grammes 克"),
        "mg": (0.001, "mg milligram milligrams 毫克"),
        "kg": (1000, "kg kgs kilo kilos kilogram kilograms 公斤 千克"),
        "t": (1_000_000, "tonne tonnes 吨"),
        "lb": (453.59237, "lb lbs pound pounds 磅"),
        "oz": (28.349523125, "oz ounce ounces 盎司"),
        "jin": (500, "jin 斤"),
        "liang": (50, "liang 两"),
    },
    "length": {
        "cm": (1, "cm centimetre centimetres centimeter centimeters 厘米 公分"),
        "mm": (0.1, "mm millimetre millimetres millimeter millimeters 毫米"),
        "m": (100, "m metre metres meter meters 米"),
        "km": (100_000, "km kms kilometre kilometres kilometer kilometers 公里 千米"),
        "in": (2.54, "in inch inches 英寸 寸 吋"),
        "ft": (30.48, "ft foot feet 英尺 尺"),
        "yd": (91.44, "yd yard yards 码"),
        "mi": (160_934.4, "mi mile miles 英里"),
    },
    "volume": {
        "L": (1, "l litre litres liter liters 升 公升"),
        "ml": (0.001, "ml millilitre millilitres milliliter milliliters 毫升"),
        "cl": (0.01, "cl centilitre centilitres 厘升"),
        "gal": (3.785411784, "gal gallon gallons 加仑"),
    },
    "area": {"m2": (1, "m2 m² sqm 平方米 平米 平方 平"), "sqft": (0.09290304, "sqft")},
    "data": {
        "GB": (1, "gb gigabyte gigabytes"),
        "MB": (0.001, "mb megabyte megabytes"),
        "TB": (1000, "tb terabyte terabytes"),
    },
    "power": {"W": (1, "w watt watts 瓦"), "kW": (1000, "kw kilowatt kilowatts 千瓦")},
    "energy": {"Wh": (1, "wh"), "kWh": (1000, "kwh 度电")},
    "charge": {"mAh": (1, "mah 毫安 毫安时")},
    "voltage": {"V": (1, "v volt volts 伏")},
    "frequency": {"Hz": (1, "hz hertz 赫兹 赫"), "kHz": (1000, "khz"), "MHz": (10**6, "mhz"), "GHz": (10**9, "ghz")},
    "light": {"lm": (1, "lm lumen lumens 流明")},
    "loudness": {"dB": (1, "db decibel decibels 分贝")},
    "temperature": {"C": (1, "°c ℃ celsius 摄氏度")},
    "percent": {"%": (1, "% percent per\u00a0cent")},
    "degree": {"degree": (1, "degree degrees ° 度")},
    "pixels": {"MP": (1, "mp megapixel megapixels")},
    "rating": {"star": (1, "star stars 星 星级 颗星 分")},
    "age": {"year_old": (1, "yo 岁 周岁 歲"), "month_old": (1 / 12, "个月大")},
    "count": {
        "piece": (
            1,
            "piece pieces item items pcs pc 个 件 款 只 台 部 把 张 双 副 条 支 瓶 盒 箱 包 套 份 种 样 枚 盏 辆",
        ),
        "person": (1, "person persons people ppl adult adults guest guests 人 位 名 个人 口人"),
        "player": (1, "player players 玩家 个玩家 名玩家 位玩家"),
        "page": (1, "page pages 页"),
        "episode": (1, "episode episodes 集"),
        "review": (1, "review reviews 条评论 条评价 个评价 评价 条点评"),
        "time": (1, "times 次 遍"),
        "lesson": (1, "lesson lessons session sessions 节 节课 课时 课"),
        "book": (1, "本"),
    },
    "money": {
        "USD": (1, "usd us$ $ dollar dollars buck bucks 美元 美金 美刀 刀"),
        "CNY": (1, "cny rmb yuan kuai ¥ 元 块 块钱 元钱 人民币 元人民币 圆 塊"),
        "EUR": (1, "eur € euro euros 欧元 欧"),
        "GBP": (1, "gbp £ quid 英镑 镑"),
        "JPY": (1, "jpy yen jp¥ 日元 日圆 円"),
        "HKD": (1, "hkd hk$ 港币 港元 港纸"),
        "TWD": (1, "twd nt$ ntd 台币 新台币"),
        "KRW": (1, "krw ₩ 韩元 韩币"),
        "INR": (1, "inr ₹ rs rupee rupees 卢比"),
        "AUD": (1, "aud au$ a$ 澳元 澳币"),
        "CAD": (1, "cad ca$ c$ 加元 加币"),
        "SGD": (1, "sgd s$ 新元 新币"),
        "CHF": (1, "chf 瑞郎 瑞士法郎"),
    },
}

Words = Mapping[str, str]
"""Unit words of a caller and the units they stand for, such as `{"players": "player"}`."""

FACTORS: dict[str, tuple[str, float]] = {
    unit: (dimension, factor) for dimension, units in _TABLE.items() for unit, (factor, _) in units.items()
}
WORDS: dict[str, str] = {
    word.replace("\u00a0", " "): unit
    for units in _TABLE.values()
    for unit, (_, words) in units.items()
    for word in words.split(" ")
}
WORDS |= {"year old": "year_old", "years old": "year_old", "year olds": "year_old", "yr old": "year_old"}
WORDS |= {"year-old": "year_old", "year-olds": "year_old", "yrs old": "year_old", "years of age": "year_old"}
WORDS |= {"fl oz": "oz", "square metres": "m2", "square meters": "m2", "out of 5": "star", "out of five": "star"}
WORDS |= {"out of 10": "star", "/5": "star", "/10": "star", "个半小时": "h"}
ALSO: dict[str, tuple[str, ...]] = {
    "pound": ("GBP",),
    "pounds": ("GBP",),
    "磅": ("GBP",),
    "分": ("min",),
    "¥": ("JPY",),
    "yuan": (),
    "m": ("min",),
    "度": ("%", "C"),
    "日": (),
    "天": (),
    "个": ("player", "person"),
    "块": ("piece",),
    "个人": ("player",),
    "人": ("player",),
    "people": ("player",),
    "person": ("player",),
    "persons": ("player",),
    "包": (),
    "years": ("year_old",),
    "year": ("year_old",),
    "yr": ("year_old",),
    "yrs": ("year_old",),
    "欧": (),
    "码": ("piece",),
}
AMBIGUOUS = frozenset(("in", "a", "t", "s", "v", "w", "rs", "c", "m"))
"""Words that are units only right behind a figure, or after one that makes them likely."""
CURRENCIES = frozenset(_TABLE["money"])
PREFIXES = {
    word: unit
    for unit, (_, words) in _TABLE["money"].items()
    for word in words.split(" ")
    if not word.isalpha()
    or word.upper() == unit
    or word in ("rmb", "人民币", "美元", "美金", "欧元", "rs", "港币", "日元", "ntd", "台币", "新台币")
} | {"百分之": "%"}
"""Units that stand before their figure."""


def dimension(unit: str) -> str | None:
    """Return what `unit` measures (`duration`, `mass`, `money` …), or None for a unit that is not known."""
    known = FACTORS.get(unit)
    return known[0] if known else None


def convert(value: float, unit_from: str, unit_to: str) -> float | None:
    """Return `value` in another unit of the same dimension, or None where that needs a rate or makes no sense."""
    if unit_from == unit_to:
        return value
    source, target = FACTORS.get(unit_from), FACTORS.get(unit_to)
    if source is None or target is None or source[0] != target[0] or source[0] == "money":
        return None
    converted = value * source[1] / target[1]
    return round(converted, 9)


def unit_pattern(words: Words | None = None) -> re.Pattern[str]:
    """Return the pattern of a unit's word where a number has just ended; Latin words end at a letter's end."""
    return _pattern(frozenset(word.lower() for word in words or () if word))


@functools.lru_cache(maxsize=16)
def _pattern(extra: frozenset[str]) -> re.Pattern[str]:
    words = sorted({*WORDS, *extra}, key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in words if word[-1].isascii() and word[-1].isalnum())
    other = "|".join(re.escape(word) for word in words if not (word[-1].isascii() and word[-1].isalnum()))
    return re.compile(
        rf"(?:\ ?-?|-\ ?)(?:(?P<latin>{latin})(?![a-z0-9]|'[a-z])\.?(?!\d)|(?P<other>{other}))", re.VERBOSE
    )
