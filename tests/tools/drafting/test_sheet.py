"""Fact sheets, rendering, and whether an item satisfies a requirement."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.catalog import Catalog, Field, Requirement, dump_schema
from shortlist_tools.drafting import FactSheet, build_sheet, render, render_value, satisfies
from shortlist_tools.store import Store


def test_a_sheet_says_what_each_item_fits_and_breaks(camp: SimpleNamespace) -> None:
    sheet = camp.sheet()
    assert [(one.ref, one.title) for one in sheet.items] == [
        (1, "Halden Glow 5 Lantern"),
        (2, "Orrin Trek Lantern"),
        (3, "Vesta Ember Lantern"),
    ]
    assert [one.fits for one in sheet.items] == [("r1", "r2", "r3", "r4"), ("r1", "r3", "r4"), ("r1", "r2", "r3")]
    assert [one.broken for one in sheet.items] == [(), ("r2",), ("r4",)]


def test_facts_that_were_asked_for_come_first_and_in_the_language(camp: SimpleNamespace) -> None:
    facts = camp.sheet("zh").items[0].facts
    assert [fact.field for fact in facts[:4]] == ["kind", "price", "brand", "battery_life"]
    assert [(fact.label, fact.text) for fact in facts[1:4]] == [
        ("价格", "89美元"),
        ("品牌", "哈尔登"),
        ("续航", "30小时"),
    ]
    assert "title" not in [fact.field for fact in facts]


def test_a_sheet_comes_back_from_json_without_its_schema(camp: SimpleNamespace) -> None:
    sheet = camp.sheet()
    again = FactSheet.model_validate_json(sheet.model_dump_json())
    assert again.items == sheet.items
    assert "schema" not in sheet.model_dump_json()


@pytest.mark.parametrize(
    ("text", "expected", "unknown"),
    [
        ("[1] is {1.price}.", "Halden Glow 5 Lantern is $89.", ()),
        ("Both [1, 2] glow.", "Both Halden Glow 5 Lantern, Orrin Trek Lantern glow.", ()),
        ("【3】 is [3.weight]", "Vesta Ember Lantern is 310 g", ()),
        ("[9] and {1.voltage}", "[9] and {1.voltage}", ("[9]", "{1.voltage}")),
        ("{3.waterproof}", "{3.waterproof}", ("{3.waterproof}",)),
        ("a [note] and {x}", "a [note] and {x}", ()),
    ],
)
def test_rendering(text: str, expected: str, unknown: tuple[str, ...], camp: SimpleNamespace) -> None:
    rendered = render(text, camp.sheet())
    assert (rendered.text, rendered.unknown) == (expected, unknown)


def test_titles_are_set_as_the_caller_wishes(camp: SimpleNamespace) -> None:
    assert render("[1]", camp.sheet("zh"), title="**{title}**").text == "**哈尔登 Glow 5 营灯**"


@pytest.mark.parametrize(
    ("field", "value", "english", "chinese"),
    [
        (Field(name="a", kind="number", unit="min"), 90, "1 h 30 min", "1小时30分钟"),
        (Field(name="a", kind="number", unit="min"), 120, "2 hours", "2小时"),
        (Field(name="a", kind="number", unit="min"), 45, "45 minutes", "45分钟"),
        (Field(name="a", kind="number", unit="g"), 1250, "1.25 kg", "1.25公斤"),
        (Field(name="a", kind="number", unit="g"), 1253, "1,253 g", "1,253克"),
        (Field(name="a", kind="number", unit="L"), 0.35, "350 ml", "350毫升"),
        (Field(name="a", kind="number", unit="year"), 1999, "1999", "1999"),
        (Field(name="a", kind="flag"), True, "yes", "是"),
        (Field(name="a", kind="date"), "2024-05-02", "May 2, 2024", "2024年5月2日"),
        (Field(name="a", kind="text"), {"en": "soft", "zh": "柔软"}, "soft", "柔软"),
    ],
)
def test_values_in_words(field: Field, value: object, english: str, chinese: str) -> None:
    assert (render_value(field, value, "en"), render_value(field, value, "zh")) == (english, chinese)


NUMBERS = st.sampled_from([12.0, 30.0, 31.5, 48.0, 64.0, 89.0, 100.0, 129.5])
DAYS = st.sampled_from(["2021-09-01", "2023-01-01"])


def rows(
    fields: list[str], ops: list[str], values: st.SearchStrategy[object], **more: object
) -> st.SearchStrategy[Requirement]:
    """Return requirements on any of `fields`, with any of `ops` and `values`."""
    given_more = {name: st.just(value) for name, value in more.items()}
    return st.builds(Requirement, field=st.sampled_from(fields), op=st.sampled_from(ops), value=values, **given_more)


ROWS = st.one_of(
    rows(["price", "battery_life", "brightness"], ["==", "!=", "<", "<=", ">", ">="], NUMBERS),
    rows(["price"], ["<", ">="], NUMBERS.map(lambda one: one * 7), unit="CNY"),
    rows(["price", "battery_life"], ["between"], st.tuples(NUMBERS, NUMBERS).map(sorted)),
    rows(["brand"], ["==", "!="], st.sampled_from(["Halden", "Orrin"])),
    rows(["brand"], ["in", "not_in"], st.just(["Halden", "Vesta"])),
    rows(["colour"], ["contains", "not_contains"], st.sampled_from(["black", "red"])),
    rows(["colour"], ["contains_any"], st.just(["green", "red"])),
    rows(["waterproof", "in_stock"], ["=="], st.booleans()),
    rows(["released"], ["<", "<=", ">", ">="], DAYS),
    rows(["waterproof", "brightness"], ["exists"], st.booleans()),
    rows(["price"], ["<"], NUMBERS, scope="kind:lantern"),
    rows(["price"], ["<"], NUMBERS, scope="kind:speaker"),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory, camp: SimpleNamespace) -> object:
    folder = tmp_path_factory.mktemp("shop")
    (folder / "schema.yaml").write_text(dump_schema(camp.schema), "utf-8")
    lines = "\n".join(json.dumps({"id": one.id, **one.values}) for one in camp.items)
    (folder / "items.jsonl").write_text(lines, "utf-8")
    catalog = Catalog(Store.open(folder / "shop.db"))
    catalog.ingest(folder / "items.jsonl", schema=folder / "schema.yaml")
    return catalog.snapshot()


@given(row=ROWS)
def test_an_item_satisfies_what_the_catalog_says_it_does(
    row: Requirement, snapshot: object, camp: SimpleNamespace
) -> None:
    told = [satisfies(one, row, camp.schema) for one in camp.items]
    assert told == [snapshot.satisfies(snapshot.row_of[one.id], row) for one in camp.items]  # type: ignore[attr-defined]


def test_an_empty_sheet_is_a_sheet(camp: SimpleNamespace) -> None:
    assert build_sheet([], camp.schema, [], "en").items == ()
