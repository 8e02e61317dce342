"""Requirements in traditional characters and Cantonese words, quoted as they were written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("降噪耳機，兩百美元以內", ["category == headphones", "noise_cancelling == True", "price <= 200"]),
        ("唔要黑色", ["colour not_contains black"]),
        ("想搵一盞檯燈，最平嘅", ["category == lamps", "~price lowest"]),
        ("防曬乳，不要太貴", ["category == skincare", "~price lowest"]),
        ("跑鞋，唔好紅色嘅", ["category == running_shoes", "colour not_contains red"]),
    ],
)
def test_other_scripts_are_read(message: str, expected: list[str], reader: Reader, said: Said) -> None:
    assert said(reader.read(message).requirements) == expected


def test_quotes_stay_as_written(reader: Reader) -> None:
    reading = reader.read("紅色的跑鞋")
    assert [one.quote for one in reading.requirements] == ["紅色", "跑鞋"]
    assert reading.query == "跑鞋"
