"""One value of a field in words."""

from __future__ import annotations

from typing import Any

from shortlist_tools.catalog import Field, localised
from shortlist_tools.text import format_date, format_money, format_number, join_words

_SMALLER = {"L": "ml", "kg": "g"}
_YES = {"en": ("no", "yes"), "zh": ("否", "是")}


def render_value(field: Field, value: Any, language: str) -> str:
    """Return `value` as `language` writes it: "$129", "1 h 30 min", "索尼", "是", "May 2, 2024"."""
    if field.kind == "money":
        return format_money(float(value), field.unit, language)
    if field.kind == "number":
        return _number(float(value), field.unit, language)
    if field.kind == "flag":
        return _YES.get(language, _YES["en"])[bool(value)]
    if field.kind == "date":
        return format_date(str(value), language)
    if field.kind == "category":
        return field.value_named(value, language)
    if field.kind == "multi_category":
        values = value if isinstance(value, list | tuple | set) else [value]
        return join_words([field.value_named(one, language) for one in values], language)
    return localised(value, language) if isinstance(value, str | dict) else str(value)


def _number(value: float, unit: str | None, language: str) -> str:
    if unit == "year" and 1000 <= value <= 2200 and value.is_integer():
        return f"{value:.0f}"
    if unit == "min" and value > 60 and value.is_integer():
        hours, minutes = divmod(int(value), 60)
        if not minutes:
            return format_number(hours, "h", language)
        return f"{hours}小时{minutes}分钟" if language == "zh" else f"{hours} h {minutes} min"
    if unit in _SMALLER and 0 < value < 1:
        return format_number(round(value * 1000, 6), _SMALLER[unit], language)
    if unit == "g" and value >= 1000 and (value / 10).is_integer():
        return format_number(value / 1000, "kg", language)
    return format_number(value, unit, language)
