"""Checking requirements: what becomes canonical, and what is refused with which hint."""

import pytest

from shortlist_tools.catalog import OPS, Field, Requirement, RequirementError, Schema, check_requirement

SCHEMA = Schema(
    fields=(
        Field(name="price", kind="money", unit="USD", label={"zh": "价格"}, aliases={"en": ["cost"]}),
        Field(name="duration", kind="number", unit="min"),
        Field(
            name="brand",
            kind="category",
            values={"Sony": {"en": ["Sony"], "zh": ["索尼"]}, "Bose": {"en": ["Bose"], "zh": ["博士"]}},
        ),
        Field(name="maker", kind="category", values={"Acme": {}}, open=True),
        Field(
            name="genres",
            kind="multi_category",
            values={"Sci-Fi": {"en": ["Sci-Fi", "science fiction"], "zh": ["科幻"]}},
        ),
        Field(name="released", kind="date"),
        Field(name="new", kind="flag"),
        Field(name="title", kind="text"),
    ),
    roles={"price": "price"},
    rates={"CNY": 0.14},
)


def check(field, op, value=None, **more):
    return check_requirement(Requirement(field=field, op=op, value=value, **more), SCHEMA)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("价格", "<", 100), ("price", "<", 100.0)),
        (("Cost", "<", "1,200"), ("price", "<", 1200.0)),
        (("price", "between", [300, 200]), ("price", "between", [200.0, 300.0])),
        (("brand", "==", "索尼"), ("brand", "==", "Sony")),
        (("brand", "contains", "SONY"), ("brand", "==", "Sony")),
        (("brand", "contains_any", ["sony", "博士"]), ("brand", "in", ["Sony", "Bose"])),
        (("brand", "!=", ["sony"]), ("brand", "!=", "Sony")),
        (("brand", "!=", ["sony", "bose"]), ("brand", "not_in", ["Sony", "Bose"])),
        (("brand", "not_in", "sony"), ("brand", "not_in", ["Sony"])),
        (("maker", "==", "Nobody Known"), ("maker", "==", "Nobody Known")),
        (("genres", "==", "科幻"), ("genres", "contains", "Sci-Fi")),
        (("genres", "!=", "Science Fiction"), ("genres", "not_contains", "Sci-Fi")),
        (("genres", "in", ["sci-fi"]), ("genres", "contains_any", ["Sci-Fi"])),
        (("released", ">=", 2015), ("released", ">=", "2015-01-01")),
        (("released", "<=", "2015"), ("released", "<=", "2015-12-31")),
        (("released", ">", "2015-02"), ("released", ">", "2015-02-28")),
        (("released", "==", "2016"), ("released", "between", ["2016-01-01", "2016-12-31"])),
        (("released", "between", ["1990", "1999"]), ("released", "between", ["1990-01-01", "1999-12-31"])),
        (("new", "==", "是"), ("new", "==", True)),
        (("new", "exists", None), ("new", "exists", True)),
        (("title", "contains", " lamp "), ("title", "contains", "lamp")),
        (("price", "lowest", 5), ("price", "lowest", None)),
    ],
)
def test_what_people_and_models_write_becomes_canonical(given, expected):
    checked = check(*given)
    assert (checked.field, checked.op, checked.value) == expected
    assert check_requirement(checked, SCHEMA) == checked


def test_units_are_converted_but_money_keeps_its_currency():
    hours = check("duration", "<=", 2, unit="h")
    assert (hours.value, hours.unit) == (120.0, None)
    yuan = check("price", "<", 500, unit="cny")
    assert (yuan.value, yuan.unit) == (500.0, "CNY")
    assert check("price", "<", 5, unit="USD").unit is None


def test_a_wish_is_never_hard_and_the_rest_is_kept():
    wish = check("price", "lowest", quote="cheapest", group="g1:a", turn=3)
    assert (wish.hard, wish.quote, wish.group, wish.turn) == (False, "cheapest", "g1:a", 3)
    assert check("price", "<", 3).hard


@pytest.mark.parametrize(
    ("given", "said", "allowed"),
    [
        (("prise", "<", 3), "did you mean price", ("price",)),
        (("banana", "<", 3), "fields are: price, duration", tuple(SCHEMA.by_name)),
        (("brand", "<", "Sony"), "brand is a category: '<' is not possible", OPS["category"]),
        (("brand", "==", "Soni"), "did you mean Sony", ("Sony",)),
        (("brand", "==", "Zeiss"), "values are: Sony, Bose", ("Sony", "Bose")),
        (("price", "<", "cheap"), "expected a number, got 'cheap'", ()),
        (("price", "<", True), "expected a number", ()),
        (("price", "<", float("nan")), "expected a number", ()),
        (("price", "between", [1]), "a list of two values", ()),
        (("price", "<", [1, 2]), "a single value", ()),
        (("brand", "in", []), "at least one value", ()),
        (("released", "<", "soon"), "expected a date", ()),
        (("released", "<", "2015-13"), "expected a date", ()),
        (("new", "==", "perhaps"), "expected true or false", ()),
        (("title", "contains", "  "), "expected some words", ()),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_could(given, said, allowed):
    with pytest.raises(RequirementError, match=said) as caught:
        check(*given)
    assert caught.value.allowed == allowed


def test_a_currency_without_a_rate_is_refused_with_those_that_have_one():
    with pytest.raises(RequirementError, match="ask in USD or CNY") as caught:
        check("price", "<", 5, unit="JPY")
    assert caught.value.allowed == ("USD", "CNY")
