"""What people say of variety is read in both languages; questions of difference and plain wishes are not."""

from __future__ import annotations

import pytest

from shortlist.variety import read_variety


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("Surprise me!", 1.0),
        ("dunno, surprise me", 1.0),
        ("给我点惊喜", 1.0),
        ("show me something different", 0.75),
        ("something a bit different please", 0.75),
        ("来点不一样的", 0.75),
        ("换换口味", 0.75),
        ("more like this one", 0.0),
        ("more like the second one, please", 0.0),
        ("多来点这样的", 0.0),
        ("再来几个类似的", 0.0),
        ("no surprises please", None),
        ("don’t surprise me", None),
        ("不要惊喜了", None),
    ],
)
def test_variety_is_read(message: str, level: float | None) -> None:
    found = read_variety(message)
    assert found is not None
    assert found.level == level


@pytest.mark.parametrize(
    "message",
    [
        "show me something else",
        "what is different about these two?",
        "is there anything different between them?",
        "这两款有什么不一样",
        "headphones with more bass",
        "that's more like it",
        "I was surprised by the price",
        "换一个便宜的",
    ],
)
def test_other_messages_say_nothing_of_variety(message: str) -> None:
    assert read_variety(message) is None


def test_the_words_of_the_wish_are_not_searched_for() -> None:
    found = read_variety("Surprise me with wine")
    assert found is not None
    assert found.without("surprise wine") == "wine"
