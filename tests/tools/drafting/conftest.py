"""A small made-up catalog with fields of every kind, for the tests of drafting."""

from types import SimpleNamespace

import pytest

from shortlist_tools.catalog import Field, Item, Requirement, Schema
from shortlist_tools.drafting import FactSheet, build_sheet

SCHEMA = Schema(
    name="camp",
    languages=("en", "zh"),
    rates={"CNY": 0.14, "EUR": 1.1},
    roles={
        "title": "title",
        "price": "price",
        "rating": "rating",
        "availability": "in_stock",
        "brand": "brand",
        "kind": "kind",
        "released": "released",
    },
    fields=(
        Field(name="title", kind="text", label={"en": "title", "zh": "名称"}),
        Field(
            name="kind",
            kind="category",
            label={"en": "kind", "zh": "种类"},
            values={
                "lantern": {"en": ["lanterns", "lantern"], "zh": ["营灯"]},
                "speaker": {"en": ["speakers", "speaker"], "zh": ["音箱"]},
            },
        ),
        Field(
            name="brand",
            kind="category",
            label={"en": "brand", "zh": "品牌"},
            values={
                "Halden": {"en": ["Halden"], "zh": ["哈尔登"]},
                "Orrin": {"en": ["Orrin"], "zh": ["奥林"]},
                "Vesta": {"en": ["Vesta"], "zh": ["维斯塔"]},
                "Zephyr": {"en": ["Zephyr"], "zh": ["西风"]},
            },
        ),
        Field(
            name="price",
            kind="money",
            unit="USD",
            label={"en": "price", "zh": "价格"},
            aliases={"en": ["cost", "budget"], "zh": ["售价", "预算"]},
            less={"en": ["cheaper", "cheap"], "zh": ["更便宜", "便宜"]},
            more={"en": ["more expensive"], "zh": ["更贵"]},
            better="lower",
        ),
        Field(
            name="rating",
            kind="number",
            unit="star",
            label={"en": "rating", "zh": "评分"},
            aliases={"en": ["stars"], "zh": ["星级"]},
            better="higher",
        ),
        Field(
            name="in_stock",
            kind="flag",
            label={"en": "in stock", "zh": "有货"},
            flag_words={"en": ["in stock"], "zh": ["有货"]},
        ),
        Field(
            name="waterproof",
            kind="flag",
            label={"en": "waterproof", "zh": "防水"},
            flag_words={"en": ["waterproof", "rainproof"], "zh": ["防水", "防雨"]},
        ),
        Field(
            name="wireless",
            kind="flag",
            label={"en": "wireless", "zh": "无线"},
            flag_words={"en": ["wireless", "cordless"], "zh": ["无线"]},
        ),
        Field(
            name="battery_life",
            kind="number",
            unit="h",
            label={"en": "battery life", "zh": "续航"},
            aliases={"en": ["battery", "runtime"], "zh": ["续航时间", "电池"]},
            more={"en": ["longer battery", "longer lasting"], "zh": ["续航更长"]},
            better="higher",
        ),
        Field(
            name="weight",
            kind="number",
            unit="g",
            label={"en": "weight", "zh": "重量"},
            aliases={"en": ["weighs", "weigh"]},
            less={"en": ["lighter", "light"], "zh": ["更轻", "轻便"]},
            more={"en": ["heavier"], "zh": ["更重"]},
            better="lower",
        ),
        Field(
            name="brightness",
            kind="number",
            unit="lm",
            label={"en": "brightness", "zh": "亮度"},
            more={"en": ["brighter"], "zh": ["更亮"]},
        ),
        Field(
            name="colour",
            kind="multi_category",
            label={"en": "colour", "zh": "颜色"},
            values={
                "black": {"en": ["black"], "zh": ["黑色"]},
                "red": {"en": ["red"], "zh": ["红色"]},
                "green": {"en": ["green"], "zh": ["绿色"]},
            },
        ),
        Field(
            name="level",
            kind="category",
            label={"en": "level", "zh": "难度"},
            values={
                "beginner": {"en": ["beginners", "beginner"], "zh": ["新手"]},
                "expert": {"en": ["experts", "expert"], "zh": ["专家"]},
            },
        ),
        Field(
            name="released",
            kind="date",
            label={"en": "released", "zh": "上市时间"},
            more={"en": ["newer", "newest"], "zh": ["更新", "最新"]},
            less={"en": ["older"]},
        ),
        Field(name="note", kind="text", label={"en": "note", "zh": "备注"}),
    ),
)


def item(id: str, title: tuple[str, str], **values: object) -> Item:
    return Item(id=id, values={"title": {"en": title[0], "zh": title[1]}, **values})


ITEMS = [
    item(
        "glow",
        ("Halden Glow 5 Lantern", "哈尔登 Glow 5 营灯"),
        kind="lantern",
        brand="Halden",
        price=89.0,
        rating=4.6,
        in_stock=True,
        waterproof=True,
        wireless=True,
        battery_life=30.0,
        weight=420.0,
        brightness=600.0,
        colour=["black", "green"],
        level="beginner",
        released="2023-05-10",
        note="folds flat, USB 3.0",
    ),
    item(
        "trek",
        ("Orrin Trek Lantern", "奥林远行营灯"),
        kind="lantern",
        brand="Orrin",
        price=129.5,
        rating=4.8,
        in_stock=False,
        waterproof=False,
        wireless=True,
        battery_life=48.0,
        weight=760.0,
        brightness=1000.0,
        colour=["red"],
        level="expert",
        released="2021-09-01",
    ),
    item(
        "ember",
        ("Vesta Ember Lantern", "维斯塔余烬营灯"),
        kind="lantern",
        brand="Vesta",
        price=64.0,
        rating=4.1,
        in_stock=True,
        battery_life=12.0,
        weight=310.0,
        colour=["black"],
        released="2024-02-20",
    ),
]

ASKED = [
    Requirement(id="r1", field="kind", op="==", value="lantern", quote="a lantern"),
    Requirement(id="r2", field="price", op="<=", value=100, quote="at most $100"),
    Requirement(id="r3", field="brand", op="!=", value="Zephyr", quote="not Zephyr"),
    Requirement(id="r4", field="battery_life", op=">=", value=24, quote="at least a day", hard=True),
]


def sheet(language: str = "en", counts: tuple[int, ...] = (7,)) -> FactSheet:
    return build_sheet(ITEMS, SCHEMA, ASKED, language, broken={"trek": ["r2"], "ember": ["r4"]}, counts=counts)


@pytest.fixture(scope="session")
def camp() -> SimpleNamespace:
    """The made-up catalog: `schema`, `items`, what was `asked`, and `sheet(language)`."""
    return SimpleNamespace(schema=SCHEMA, items=ITEMS, asked=ASKED, sheet=sheet)
