"""The catalog has no such thing only where no title ends in its name and no kind means nearly that."""

import pytest

from shortlist.turn.context import Services
from shortlist.turn.missing import missing_good


@pytest.mark.parametrize(
    "good", ["watches", "mens watches", "laptops", "bikes", "phone cases", "手表", "自行车", "显示器"]
)
def test_what_the_demo_shop_does_not_have(good: str, services: Services) -> None:
    assert missing_good(good, services) == good


@pytest.mark.parametrize("good", ["", "kettles", "footwear", "beers", "torches", "racers", "啤酒", "饮料"])
def test_what_it_has_or_may_have(good: str, services: Services) -> None:
    assert missing_good(good, services) == ""
