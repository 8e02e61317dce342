"""What stands near something is told from what is sought, and a field that one kind alone has tells the kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Field, Item, Requirement, Schema, Snapshot
from shortlist_tools.catalog.snapshot import build_columns

KINDS = {"餐馆": {"zh": ["餐馆"]}, "酒店": {"zh": ["酒店"]}, "景点": {"zh": ["景点"]}}
ROWS: list[dict[str, Any]] = [
    {"名称": "湖心塔", "领域": "景点", "门票": 30, "周边餐馆": ["老井饭庄", "双桥面馆"], "周边酒店": ["望云客栈"]},
    {"名称": "石桥公园", "领域": "景点", "门票": 10, "周边餐馆": ["双桥面馆"], "周边酒店": ["松间旅舍"]},
    {"名称": "老井饭庄", "领域": "餐馆", "评分": 4.5, "周边景点": ["湖心塔"], "周边餐馆": ["双桥面馆"]},
    {"名称": "双桥面馆", "领域": "餐馆", "评分": 4.0, "周边景点": ["石桥公园"]},
    {"名称": "望云客栈", "领域": "酒店", "评分": 4.0, "设施": ["暖气"], "周边景点": ["湖心塔"]},
    {"名称": "松间旅舍", "领域": "酒店", "评分": 5.0, "设施": ["暖气", "泳池"], "周边景点": ["石桥公园"]},
]


def _near(kind: str) -> Field:
    return Field(
        name=f"周边{kind}", kind="multi_category", label={"zh": f"周边{kind}"},
        aliases={"zh": [f"附近{kind}", f"周边的{kind}"]}, known=0.5, coverage=0.5,
    )  # fmt: skip


SCHEMA = Schema(
    fields=(
        Field(name="名称", kind="text"),
        Field(name="领域", kind="category", label={"zh": "领域"}, values=KINDS, known=1, coverage=1),
        Field(name="门票", kind="money", unit="CNY", label={"zh": "门票"}, known=0.3, coverage=0.3, low=10, high=30),
        Field(name="评分", kind="number", unit="star", label={"zh": "评分"}, known=0.7, coverage=0.7, low=4, high=5),
        Field(name="设施", kind="multi_category", label={"zh": "设施"}, known=0.3, coverage=0.3),
        *map(_near, KINDS),
    ),
    roles={"title": "名称", "kind": "领域", "rating": "评分"},
    languages=("zh",),
)


@pytest.fixture(scope="module")
def town() -> Snapshot:
    ids = [f"i{place}" for place in range(len(ROWS))]
    items = {name: Item(id=name, values=row) for name, row in zip(ids, ROWS, strict=True)}
    return Snapshot(
        version="town", schema=SCHEMA, ids=ids, columns=build_columns(SCHEMA, ROWS),
        load=lambda names: [items[name] for name in names],
        texts=lambda field: [items[name].values.get(field, "") for name in ids],
    )  # fmt: skip


@pytest.fixture(scope="module")
def guide(town: Snapshot) -> Reader:
    return Reader(SCHEMA, town)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("帮我找餐馆附近的酒店", ["领域 == 酒店"]),
        ("去完景点想找一家餐馆", ["领域 == 餐馆"]),
        ("从景点出来后，我想找一家酒店", ["领域 == 酒店"]),
        ("推荐一个景点，并告诉我它周边的酒店和餐馆", ["领域 == 景点"]),
        ("希望找个4分以上的餐馆", ["评分 >= 4", "领域 == 餐馆"]),
        ("附近没有，你在别处帮我找一家有泳池的酒店", ["设施 contains 泳池", "领域 == 酒店"]),
        ("我带朋友去一个门票20元以下的景点，推荐一下", ["门票 <= 20", "领域 == 景点"]),
    ],
)
def test_what_only_says_where_or_when_is_not_sought(
    message: str, expected: list[str], guide: Reader, said: Callable[..., list[str]]
) -> None:
    assert said(guide.read(message).requirements) == sorted(expected)


def test_a_question_about_neighbours_asks_for_their_field(guide: Reader, town: Snapshot) -> None:
    reading = guide.read("它周边有什么餐馆？", shown=[town.item(0)], focus="i0")
    assert (reading.intent, reading.about, reading.requirements) == ("about", ("周边餐馆",), ())


def test_a_name_that_is_a_neighbour_too_is_the_item_unless_something_near_it_is_sought(
    guide: Reader, said: Callable[..., list[str]]
) -> None:
    named = guide.read("双桥面馆怎么样？")
    assert ([one.item_id for one in named.references], named.requirements) == (["i3"], ())
    near = guide.read("找双桥面馆附近的景点")
    assert said(near.requirements) == ["周边餐馆 contains 双桥面馆", "领域 == 景点"]


def test_a_field_that_one_kind_alone_has_tells_the_kind(guide: Reader, said: Callable[..., list[str]]) -> None:
    held = (Requirement(id="r1", turn=1, field="领域", op="==", value="餐馆"),)
    assert said(guide.read("再找一个有泳池的", ledger=held).requirements) == ["设施 contains 泳池", "领域 == 酒店"]
    assert said(guide.read("再找一个4分以上的", ledger=held).requirements) == ["评分 >= 4"]


def test_a_figure_may_correct_a_range(reader: Reader, said: Callable[..., list[str]]) -> None:
    held = (Requirement(id="r1", turn=1, field="price", op="between", value=[100.0, 150.0]),)
    reading = reader.read("actually 200, not 150", ledger=held)
    assert [(one.field, one.value) for one in reading.requirements] == [("price", 200.0)]
    assert [edit.replaces for edit in reading.edits] == [True]
