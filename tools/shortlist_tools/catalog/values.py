"""Turning raw values of files into the values that the schema stores, or saying why one cannot be."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from shortlist_tools.catalog.errors import ValueRefusedError
from shortlist_tools.catalog.schema import Field, Schema

MISSING_WORDS = frozenset(
    {"", "-", "--", "—", "n/a", "na", "nan", "null", "none", "nil", "暂无", "未知", "(no genres listed)"}
)
TRUE_WORDS = frozenset({"true", "yes", "y", "t", "1", "是", "有", "真", "✓", "√"})
FALSE_WORDS = frozenset({"false", "no", "n", "f", "0", "否", "无", "没有", "假", "✗", "×"})
LANGUAGES = frozenset(
    "ar cs da de el en es fi fr he hi hu it ja ko ms nl pl pt ro ru sv th tr uk vi zh".split()  # noqa: SIM905
)
LONGEST_TEXT = 50_000
LONGEST_NAME = 300

_HOLDING = (list, dict, tuple)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_PLAIN = {
    code: code - 0xFEE0
    for low, high in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(low, high + 1)
}
_PLAIN |= dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0xAD))  # type: ignore[arg-type]
_NUMBER = re.compile(r"^([-+−]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+(?:[eE][-+]?\d+)?|\d+\.)\s*(.*)$")
_CURRENCY_FIRST = re.compile(r"^(US\$|HK\$|NT\$|[A-Z]{3}|RMB|[$€£¥￥₹₩])\s*(?=[\d.])")
_CURRENCIES = {
    "USD": ("$", "US$", "DOLLARS", "DOLLAR", "美元"),
    "CNY": ("¥", "￥", "RMB", "YUAN", "元", "块", "人民币"),
    "EUR": ("€", "EUROS", "EURO", "欧元"),
    "GBP": ("£", "POUNDS", "英镑"),
    "JPY": ("円", "YEN", "日元"),
    "HKD": ("HK$", "港币", "港元"),
    "TWD": ("NT$",),
    "INR": ("₹",),
    "KRW": ("₩",),
}
_CURRENCY_OF = {word: code for code, words in _CURRENCIES.items() for word in words}
_DATE = re.compile(r"^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?)?年?(?:[T ].*)?$")


def is_missing(value: object) -> bool:
    """Whether a raw value says nothing: None, NaN, blank, or a word for "none"."""
    if isinstance(value, str):
        return len(value) < 24 and value.strip().lower() in MISSING_WORDS
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or (isinstance(value, _HOLDING) and not value)


def is_localised(value: object) -> bool:
    """Whether a raw value is one text in several languages: a mapping whose keys are all language codes."""
    return (
        isinstance(value, dict)
        and bool(value)
        and all(
            isinstance(key, str) and key[:2].lower() in LANGUAGES and re.fullmatch(r"[A-Za-z]{2}([-_]\w{2,4})?", key)
            for key in value
        )
    )


def tidy(text: str) -> str:
    """Return `text` on one line, without control characters, full-width digits and letters made plain."""
    if not text.isascii():
        text = text.translate(_PLAIN)
    elif text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_CONTROL.sub(" ", text).split())


def currency_in(text: str) -> str | None:
    """Return the ISO code of the currency that an amount such as `$1,299` or `59元` is written in, or None."""
    first = _CURRENCY_FIRST.match(text)
    if first is not None:
        return _CURRENCY_OF.get(first[1], first[1] if first[1] in _CURRENCIES else None)
    found = _NUMBER.match(text)
    word = found[3].strip().upper() if found else ""
    return _CURRENCY_OF.get(word, word if word in _CURRENCIES else None)


def coerce(field: Field, raw: Any, schema: Schema) -> Any:
    """Return raw value `raw` as `field` stores it, or None where it is missing.

    Raises:
        ValueRefusedError: If it does not fit the field's kind; says why.
    """
    if is_missing(raw):
        return None
    return _COERCE[field.kind](field, raw, schema)


def _number(field: Field, raw: Any, schema: Schema) -> float:
    if isinstance(raw, bool):
        raise ValueRefusedError(field.name, "expected a number", raw)
    if isinstance(raw, int | float):
        return _finite(field, float(raw) * field.scale if field.scale != 1.0 else float(raw), raw)
    if isinstance(raw, list) and len(raw) == 1:
        return _number(field, raw[0], schema)
    if not isinstance(raw, str):
        raise ValueRefusedError(field.name, "expected a number", raw)
    text = tidy(raw)
    currency = _CURRENCY_FIRST.match(text) if field.kind == "money" else None
    found = _NUMBER.match(text[currency.end() :] if currency else text)
    if found is None:
        raise ValueRefusedError(field.name, "expected a number", raw)
    number = float(found[2].replace(",", "")) * (-1.0 if found[1] in ("-", "−") else 1.0)
    unit = (currency[1] if currency else "") or found[3].strip()
    if not unit:
        return _finite(field, number * field.scale, raw)
    return _finite(field, _converted(field, number, unit, schema, raw), raw)


def _converted(field: Field, number: float, unit: str, schema: Schema, raw: Any) -> float:
    if unit == field.unit:
        return number
    if field.kind == "money":
        own = _CURRENCY_OF.get(unit.upper(), unit.upper())
        if own == field.unit:
            return number
        rates = schema.rates | {field.unit or "": 1.0}
        if own not in rates:
            raise ValueRefusedError(
                field.name, f"expected an amount in {field.unit}; no rate is declared for {own}", raw
            )
        return number * rates[own]
    from shortlist_tools.text import convert

    called = unit_called(unit)
    converted = convert(number, called, field.unit) if called is not None and field.unit is not None else None
    if converted is None and called != field.unit:
        raise ValueRefusedError(field.name, f"expected a number in {field.unit or 'no unit'}", raw)
    return number if converted is None else float(converted)


@lru_cache(maxsize=1024)
def unit_called(word: str) -> str | None:
    """Return the canonical unit that `word` writes, or None."""
    from shortlist_tools.text import find_quantities

    return next((str(each.unit) for each in find_quantities(f"3 {word}") if each.unit), None)


def _finite(field: Field, number: float, raw: Any) -> float:
    if not math.isfinite(number):
        raise ValueRefusedError(field.name, "expected a finite number", raw)
    return number if isinstance(raw, int | float) and field.scale == 1.0 else round(number, 9)


def _category(field: Field, raw: Any, _schema: Schema) -> str:
    if isinstance(raw, list) and len(raw) == 1:
        raw = raw[0]
    if is_localised(raw):
        named = [field.canonical(tidy(str(word))) for word in raw.values()]
        raw = next((name for name in named if name is not None), None) or raw.get("en") or next(iter(raw.values()))
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int | float):
        return f"{raw:g}"
    if not isinstance(raw, str):
        raise ValueRefusedError(field.name, "expected one word or phrase", raw)
    text = tidy(raw)
    if len(text) > LONGEST_NAME:
        raise ValueRefusedError(field.name, f"longer than {LONGEST_NAME} characters", raw)
    return field.canonical(text) or text


def _multi(field: Field, raw: Any, schema: Schema) -> list[str]:
    if isinstance(raw, str):
        raw = raw.split(field.separator) if field.separator else [raw]
    if is_localised(raw):
        raw = [raw]
    if not isinstance(raw, list | tuple):
        raw = [raw]
    values = [_category(field, each, schema) for each in raw if not is_missing(each)]
    return list(dict.fromkeys(values))


def _text(field: Field, raw: Any, _schema: Schema) -> str | dict[str, str]:
    if is_localised(raw):
        texts = {str(code)[:2].lower(): tidy(str(text)) for code, text in raw.items() if not is_missing(text)}
        return {code: _short_enough(field, text) for code, text in texts.items()}
    if isinstance(raw, list | tuple):
        raw = ", ".join(str(each) for each in raw if not is_missing(each))
    if isinstance(raw, Mapping):
        raise ValueRefusedError(field.name, "expected text, or text by language code", raw)
    return _short_enough(field, tidy(raw if isinstance(raw, str) else str(raw)))


def _short_enough(field: Field, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueRefusedError(field.name, f"longer than {LONGEST_TEXT} characters", text)
    return text


def _date(field: Field, raw: Any, _schema: Schema) -> str:
    if isinstance(raw, datetime | date):
        return raw.isoformat()[:10]
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _day_of_number(field, raw)
    found = _DATE.match(tidy(raw)) if isinstance(raw, str) else None
    if found is None:
        raise ValueRefusedError(field.name, "expected a date such as 2024-05-31", raw)
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)).isoformat()
    except ValueError as error:
        raise ValueRefusedError(field.name, f"expected a date such as 2024-05-31 ({error})", raw) from error


def _day_of_number(field: Field, raw: float) -> str:
    if 1000 <= raw <= 2999 and raw == int(raw):
        return date(int(raw), 1, 1).isoformat()
    seconds = raw / 1000 if raw > 1e11 else raw
    if 1e8 < seconds < 1e11:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    raise ValueRefusedError(field.name, "expected a date, a year or Unix seconds", raw)


def _flag(field: Field, raw: Any, _schema: Schema) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(int(raw)) if isinstance(raw, float) and raw in (0.0, 1.0) else str(raw).strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueRefusedError(field.name, "expected true or false", raw)


_COERCE = {
    "number": _number,
    "money": _number,
    "category": _category,
    "multi_category": _multi,
    "text": _text,
    "date": _date,
    "flag": _flag,
}
