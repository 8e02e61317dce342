"""A requirement in words, as one would say it back to the person who made it."""

from __future__ import annotations

from typing import Any

from shortlist_tools.catalog import SLATE, Field, Requirement, Schema
from shortlist_tools.drafting.values import render_value
from shortlist_tools.text import format_date, format_money, format_number, join_words

_BOUNDS = {
    "en": {
        "<": "under {}",
        "<=": "at most {}",
        ">": "over {}",
        ">=": "at least {}",
        "==": "exactly {}",
        "!=": "not {}",
    },
    "zh": {"<": "低于{}", "<=": "不超过{}", ">": "超过{}", ">=": "至少{}", "==": "正好{}", "!=": "不是{}"},
}
_DATES = {
    "en": {"<": "before {}", "<=": "up to {}", ">": "after {}", ">=": "from {} on", "==": "on {}", "!=": "not on {}"},
    "zh": {"<": "{}以前", "<=": "{}及以前", ">": "{}之后", ">=": "{}起", "==": "{}", "!=": "不是{}"},
}
_NEGATIVE = ("!=", "not_in", "not_contains")


def describe(requirement: Requirement, schema: Schema, language: str) -> str:
    """Return `requirement` in `language`: "under $150", "battery life at least 30 hours", "不要索尼", "150美元以内"."""
    code = "zh" if language == "zh" else "en"
    field = schema.get(requirement.field) or Field(name=requirement.field, kind="text")
    words = _words(requirement, field, schema, code)
    if requirement.scope == SLATE:
        return f"一共{words}" if code == "zh" else f"{words} in total"
    if requirement.scope and requirement.scope.startswith("kind:"):
        kind, value = schema.role("kind"), requirement.scope[5:]
        name = kind.value_named(value, code) if kind else value
        return f"{name}{words}" if code == "zh" else f"{name} {words}"
    return words


def _words(requirement: Requirement, field: Field, schema: Schema, language: str) -> str:
    label = field.named(language)
    if requirement.op in ("lowest", "highest"):
        return _wish(field, requirement.op, label, language)
    if requirement.op == "exists":
        known = requirement.value is not False
        if language == "zh":
            return f"标明{label}" if known else f"没有标{label}"
        return f"with a stated {label}" if known else f"without a stated {label}"
    if field.kind == "flag":
        wanted = bool(requirement.value) == (requirement.op != "!=")
        return label if wanted else (f"不要{label}" if language == "zh" else f"not {label}")
    if field.kind == "date":
        return _date(requirement, label, language)
    if field.kind in ("number", "money"):
        return _figure(requirement, field, schema, language)
    return _values(requirement, field, schema, language)


def _wish(field: Field, op: str, label: str, language: str) -> str:
    if field.kind == "date":
        if language == "zh":
            return f"{label}尽量{'晚' if op == 'highest' else '早'}"
        return f"{'latest' if op == 'highest' else 'earliest'} {label}"
    if language == "zh":
        return f"{label}尽量{'高' if op == 'highest' else '低'}"
    return f"{op} {label}"


def _figure(requirement: Requirement, field: Field, schema: Schema, language: str) -> str:
    op, value = requirement.op, requirement.value
    is_price = field.name == schema.roles.get("price")
    if op in ("between", "in", "not_in"):
        texts = [_amount(one, requirement, field, language) for one in value]
        if op == "between":
            words = _range(texts, language)
        else:
            words = join_words(texts, language, last="or")
            words = ("不是" if language == "zh" else "not ") + words if op == "not_in" else words
    else:
        amount = _amount(value, requirement, field, language)
        if is_price and op == "<=" and language == "zh":
            return f"{amount}以内"
        words = _BOUNDS[language].get(op, "{}").format(amount)
    if is_price or field.named(language).casefold() in words.casefold():
        return words
    return f"{field.named(language)}{words}" if language == "zh" else f"{field.named(language)} {words}"


def _range(texts: list[str], language: str) -> str:
    low, high = texts
    if language == "en":
        return f"between {low} and {high}"
    # 100到150美元, not 100美元到150美元
    unit = high.lstrip("0123456789.,")
    return f"{low.removesuffix(unit) if unit else low}到{high}"


def _amount(value: Any, requirement: Requirement, field: Field, language: str) -> str:
    if field.kind == "money":
        return format_money(float(value), requirement.unit or field.unit, language)
    if requirement.unit and requirement.unit != field.unit:
        return format_number(float(value), requirement.unit, language)
    return render_value(field, value, language)


def _date(requirement: Requirement, label: str, language: str) -> str:
    op, value = requirement.op, requirement.value
    if op == "between":
        low, high = (str(one) for one in value)
        if low.endswith("-01-01") and high.endswith("-12-31"):
            if low[:4] == high[:4]:
                words = f"{low[:4]}年" if language == "zh" else f"in {low[:4]}"
            else:
                words = f"{low[:4]}到{high[:4]}年" if language == "zh" else f"between {low[:4]} and {high[:4]}"
        else:
            first, last = format_date(low, language), format_date(high, language)
            words = f"{first}到{last}" if language == "zh" else f"between {first} and {last}"
    elif op in _DATES[language]:
        day = str(value)
        is_year = (op in ("<", ">=") and day.endswith("-01-01")) or (op in (">", "<=") and day.endswith("-12-31"))
        words = _DATES[language][op].format(format_date(day[:4] if is_year else day, language))
    else:
        words = join_words([format_date(str(one), language) for one in value], language, last="or")
    return named(label, words, language)


def _values(requirement: Requirement, field: Field, schema: Schema, language: str) -> str:
    values = requirement.value if isinstance(requirement.value, list | tuple) else [requirement.value]
    names = [field.value_named(one, language) for one in values]
    words = join_words(names, language, last="or")
    negative = requirement.op in _NEGATIVE
    if field.kind == "text":
        return _mention(words, field, schema, language, requirement.op)
    if negative:
        return f"不要{words}" if language == "zh" else f"not {words}"
    if field.name in (schema.roles.get("kind"), schema.roles.get("brand")):
        return words
    label = field.named(language)
    if language == "zh":
        return words if names[0][-1] == label[-1] else named(label, words, language)
    return named(label, words, language)


def named(label: str, words: str, language: str) -> str:
    """Return a field's label and what it is: Chinese needs no space between them, Latin letters and figures do."""
    close = language == "zh" and not (label[-1:].isascii() and words[:1].isascii())
    return f"{label}{words}" if close else f"{label} {words}"


def _mention(words: str, field: Field, schema: Schema, language: str, op: str) -> str:
    """Return a wish that only texts tell as it was said, a worry as one; of other texts, what they are to hold."""
    label, said = field.named(language), f"“{words}”"
    negative = op in _NEGATIVE
    if field.name in (schema.roles.get("description"), schema.roles.get("title")):
        if op == "!=":
            return f"顾及{said}" if language == "zh" else f"with {said} in mind"
        return (f"不要{said}" if language == "zh" else f"not {said}") if negative else said
    if language == "zh":
        return f"{label}里{'不要' if negative else '要'}有{said}"
    return f"{label} {'without' if negative else 'with'} {said}"
