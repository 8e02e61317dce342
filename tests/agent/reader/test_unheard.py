"""Words of a wish that no field, value or name of the catalog stands in; talk, people and occasions are none."""

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Requirement

SHOES = Requirement(id="a", field="category", op="==", value="running_shoes", quote="shoes")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("running shoes for flat feet, size 10", "flat feet; size 10"),
        ("is there a repair service for my bike?", "bike"),
        ("something drier, under 30 dollars", "drier"),
        ("I want to learn spanish or maybe photography", "spanish"),
        ("a course in photography or welding", "welding"),
        ("脚宽 想买双跑鞋 平时就在小区慢跑", "脚宽"),
        ("修手表的服务有吗", "修手表"),
        ("我想买双跑鞋，扁平足", "扁平足"),
        ("跑鞋 42码 500块", "42码"),
        ("想要台灯，不要USB供电", "USB供电"),
    ],
)
def test_what_nothing_reads_is_named(message: str, words: str, reader: Reader) -> None:
    assert reader.read(message).unheard == words


@pytest.mark.parametrize(
    "message",
    [
        "no wine actually, doctor told him to stop drinking",
        "shoes for my gran, friday",
        "backpack, still too expensive",
        "headphones and that is enough",
        "我想要个礼物送妈妈，不要酒",
        "红酒，两瓶，送老板",
        "台灯，晚上用",
        "耳机，三百左右吧",
    ],
)
def test_talk_people_times_and_numbers_are_no_wishes(message: str, reader: Reader) -> None:
    assert reader.read(message).unheard == ""


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        ("有没有RGB灯的", []),
        ("有没有带灯的", []),
        ("any with lights?", []),
        ("有没有灯", ["lamps"]),
        ("show me lamps", ["lamps"]),
    ],
)
def test_a_part_of_what_is_sought_is_no_kind_of_its_own(
    message: str, kinds: list[str], reader: Reader, said: Callable[..., list[str]]
) -> None:
    rows = reader.read(message, ledger=[SHOES]).requirements
    assert [row.value for row in rows if row.field == "category" and row.value != "running_shoes"] == kinds
