"""Numbers, money, dates and lists as each language writes them."""

from __future__ import annotations

from collections.abc import Sequence

_SYMBOLS = {
    "USD": "$",
    "CNY": "¥",
    "EUR": "€",
    "GBP": "£",
    "JPY": "JP¥",
    "HKD": "HK$",
    "TWD": "NT$",
    "KRW": "₩",
    "INR": "₹",
    "AUD": "A$",
    "CAD": "CA$",
    "SGD": "S$",
}
_ZH_NAMES = {
    "USD": "美元",
    "CNY": "元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "HKD": "港元",
    "TWD": "新台币",
    "KRW": "韩元",
    "INR": "卢比",
    "AUD": "澳元",
    "CAD": "加元",
    "SGD": "新元",
    "CHF": "瑞郎",
}
_WHOLE = frozenset({"JPY", "KRW"})
_EN_UNITS = {
    "h": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "s": ("second", "seconds"),
    "day": ("day", "days"),
    "week": ("week", "weeks"),
    "month": ("month", "months"),
    "year": ("year", "years"),
    "star": ("star", "stars"),
    "year_old": ("year", "years"),
    "player": ("player", "players"),
    "person": ("person", "people"),
    "review": ("review", "reviews"),
    "piece": ("piece", "pieces"),
    "page": ("page", "pages"),
    "episode": ("episode", "episodes"),
    "lesson": ("lesson", "lessons"),
    "in": ("inch", "inches"),
    "degree": ("degree", "degrees"),
    "time": ("time", "times"),
    "book": ("book", "books"),
}
_ZH_UNITS = {
    "h": "小时",
    "min": "分钟",
    "s": "秒",
    "ms": "毫秒",
    "day": "天",
    "week": "周",
    "month": "个月",
    "year": "年",
    "g": "克",
    "kg": "公斤",
    "mg": "毫克",
    "lb": "磅",
    "oz": "盎司",
    "jin": "斤",
    "liang": "两",
    "cm": "厘米",
    "mm": "毫米",
    "m": "米",
    "km": "公里",
    "in": "英寸",
    "ft": "英尺",
    "mi": "英里",
    "L": "升",
    "ml": "毫升",
    "star": "星",
    "year_old": "岁",
    "player": "人",
    "person": "人",
    "review": "条评价",
    "piece": "个",
    "page": "页",
    "episode": "集",
    "lesson": "节",
    "lm": "流明",
    "W": "瓦",
    "%": "%",
    "degree": "度",
    "time": "次",
    "book": "本",
    "m2": "平方米",
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def format_number(value: float, unit: str | None, language: str) -> str:
    """Return a figure with its unit as `language` writes it, such as "1,299 reviews" or "30小时"."""
    figure = _figure(value)
    if not unit:
        return figure
    if language == "zh":
        word = _ZH_UNITS.get(unit, unit.replace("_", " "))
        return f"{figure}{word}" if not word[0].isascii() or word == "%" else f"{figure} {word}"
    if unit == "%":
        return f"{figure}%"
    if unit in _EN_UNITS:
        return f"{figure} {_EN_UNITS[unit][0 if value == 1 else 1]}"
    return f"{figure} {unit.replace('_', ' ')}"


def format_money(value: float, currency: str | None, language: str) -> str:
    """Return an amount as `language` writes it: "$1,299", "$12.50", "1,299美元", "12.50元"."""
    code = currency or ""
    whole = code in _WHOLE or float(value).is_integer()
    figure = f"{value:,.0f}" if whole else f"{value:,.2f}"
    if language == "zh" and code in _ZH_NAMES:
        return f"{figure}{_ZH_NAMES[code]}"
    if code in _SYMBOLS:
        return f"-{_SYMBOLS[code]}{figure[1:]}" if figure.startswith("-") else f"{_SYMBOLS[code]}{figure}"
    return f"{figure} {code}".strip()


def format_date(iso: str, language: str) -> str:
    """Return an ISO day (or year, or year and month) as `language` writes it; anything else as it is."""
    parts = iso.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        return iso
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return iso
    if language == "zh":
        return "".join(f"{number}{mark}" for number, mark in zip(numbers, "年月日", strict=False))
    if len(numbers) == 1:
        return str(numbers[0])
    month = _MONTHS[numbers[1] - 1]
    return f"{month} {numbers[0]}" if len(numbers) == 2 else f"{month} {numbers[2]}, {numbers[0]}"


def join_words(words: Sequence[str], language: str, *, last: str = "and") -> str:
    """Return a list as prose: "a, b and c", "a、b和c"; `last` may be "or" (或)."""
    if not words:
        return ""
    joint = ({"and": "和", "or": "或"}[last]) if language == "zh" else f" {last} "
    comma = "、" if language == "zh" else ", "
    return words[0] if len(words) == 1 else f"{comma.join(words[:-1])}{joint}{words[-1]}"


def _figure(value: float) -> str:
    """Return a figure with two decimals at most, or with four digits that count where it is below one."""
    rounded = round(float(value), 2) if abs(value) >= 1 else float(f"{value:.4g}")
    if rounded.is_integer():
        return f"{rounded:,.0f}"
    return f"{rounded:,.2f}".rstrip("0") if abs(rounded) >= 1 else f"{rounded:.6f}".rstrip("0").rstrip(".") or "0"
