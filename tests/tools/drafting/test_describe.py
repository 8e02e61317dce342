"""Requirements in words."""

from types import SimpleNamespace

import pytest

from shortlist_tools.catalog import Requirement
from shortlist_tools.drafting import describe


def row(field: str, op: str, value: object = None, **more: object) -> Requirement:
    return Requirement.model_validate({"field": field, "op": op, "value": value, **more})


@pytest.mark.parametrize(
    ("requirement", "english", "chinese"),
    [
        (row("price", "<", 150), "under $150", "低于150美元"),
        (row("price", "<=", 150), "at most $150", "150美元以内"),
        (row("price", "<=", 500, unit="CNY"), "at most ¥500", "500元以内"),
        (row("price", ">", 50), "over $50", "超过50美元"),
        (row("price", ">=", 50), "at least $50", "至少50美元"),
        (row("price", "==", 50), "exactly $50", "正好50美元"),
        (row("price", "between", [100, 150]), "between $100 and $150", "100到150美元"),
        (row("price", "lowest"), "lowest price", "价格尽量低"),
        (row("battery_life", ">=", 30), "battery life at least 30 hours", "续航至少30小时"),
        (row("battery_life", "highest"), "highest battery life", "续航尽量高"),
        (row("battery_life", "<", 90, unit="min"), "battery life under 90 minutes", "续航低于90分钟"),
        (row("weight", "between", [300, 500]), "weight between 300 g and 500 g", "重量300到500克"),
        (row("rating", ">=", 4), "rating at least 4 stars", "评分至少4星"),
        (row("brightness", "!=", 600), "brightness not 600 lm", "亮度不是600流明"),
        (row("brightness", "in", [600, 800]), "brightness 600 lm or 800 lm", "亮度600流明或800流明"),
        (row("brand", "==", "Halden"), "Halden", "哈尔登"),
        (row("brand", "!=", "Halden"), "not Halden", "不要哈尔登"),
        (row("brand", "in", ["Halden", "Orrin"]), "Halden or Orrin", "哈尔登或奥林"),
        (row("brand", "not_in", ["Halden", "Orrin"]), "not Halden or Orrin", "不要哈尔登或奥林"),
        (row("kind", "==", "lantern"), "lanterns", "营灯"),
        (row("level", "==", "beginner"), "level beginners", "难度新手"),
        (row("colour", "contains", "black"), "colour black", "黑色"),
        (row("colour", "contains_any", ["black", "red"]), "colour black or red", "黑色或红色"),
        (row("colour", "not_contains", "black"), "not black", "不要黑色"),
        (row("waterproof", "==", True), "waterproof", "防水"),
        (row("waterproof", "==", False), "not waterproof", "不要防水"),
        (row("waterproof", "!=", True), "not waterproof", "不要防水"),
        (row("note", "contains", "USB"), "note with “USB”", "备注里要有“USB”"),
        (row("note", "not_contains", "USB"), "note without “USB”", "备注里不要有“USB”"),
        (row("brightness", "exists", True), "with a stated brightness", "标明亮度"),
        (row("brightness", "exists", False), "without a stated brightness", "没有标亮度"),
        (row("released", ">", "2023-12-31"), "released after 2023", "上市时间2023年之后"),
        (row("released", ">=", "2024-01-01"), "released from 2024 on", "上市时间2024年起"),
        (row("released", "<", "2020-01-01"), "released before 2020", "上市时间2020年以前"),
        (row("released", "<=", "2020-06-30"), "released up to June 30, 2020", "上市时间2020年6月30日及以前"),
        (row("released", "between", ["2022-01-01", "2022-12-31"]), "released in 2022", "上市时间2022年"),
        (
            row("released", "between", ["1990-01-01", "1999-12-31"]),
            "released between 1990 and 1999",
            "上市时间1990到1999年",
        ),
        (row("released", "highest"), "latest released", "上市时间尽量晚"),
        (row("price", "<=", 200, scope="slate"), "at most $200 in total", "一共200美元以内"),
        (row("price", "<", 30, scope="kind:lantern"), "lanterns under $30", "营灯低于30美元"),
    ],
)
def test_every_operation_reads_naturally(
    requirement: Requirement, english: str, chinese: str, camp: SimpleNamespace
) -> None:
    assert (describe(requirement, camp.schema, "en"), describe(requirement, camp.schema, "zh")) == (english, chinese)
