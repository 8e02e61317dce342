"""The learned tagger: what it finds beside the patterns, what it leaves, and masking without its weights."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import numpy as np
import pytest

from shortlist_tools.masking import find_personal
from shortlist_tools.masking import tagger as tagging
from shortlist_tools.masking.logs import MaskingFilter
from shortlist_tools.masking.scripts import folded
from shortlist_tools.masking.signs import Reading, read_signs
from shortlist_tools.masking.tagger import Weights, read_weights, tagger, write_weights


@pytest.fixture
def fresh() -> Iterator[None]:
    tagging._loaded.cache_clear()
    yield
    tagging._loaded.cache_clear()
    tagging._said.clear()


def _found(text: str) -> list[tuple[str, str]]:
    learned = tagger()
    assert learned is not None
    return [(one.kind, text[one.start : one.end]) for one in learned.find(folded(text))]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("a birthday present for my cousin Oyelaran, she likes lamps", "name", "Oyelaran"),
        ("my address is 48 Quillfeather Lane, Norwich, ring twice", "address", "48 Quillfeather Lane, Norwich"),
        ("收件人:蔺若彤,电话13800138000", "name", "蔺若彤"),
        ("退款退到我的账户 6217000012345678901 谢谢", "account", "6217000012345678901"),
        ("寄到苏州市姑苏区桐泾北路88号7幢302室", "address", "苏州市姑苏区桐泾北路88号7幢302室"),
    ],
)  # fmt: skip
def test_it_finds_what_it_never_saw(text: str, kind: str, words: str) -> None:
    assert (kind, words) in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "is the WH-1000XM5 quieter than the Bose one, under $300?",
        "order number 4029913377, where is it",
        "想买一双白色的高帮鞋,预算五百左右,不要耐克",
        "华为Mate 60和小米14哪个拍照好",
        "",
        "   ",
    ],
)
def test_talk_of_goods_is_left(text: str) -> None:
    assert _found(text) == []


def test_weights_are_read_as_they_were_written() -> None:
    size = len(tagging.LABELS)
    rows: list[dict[str | tuple[str, ...], int]] = [{} for _ in range(len(tagging.TEMPLATES) + 1)]
    rows[0]["ann"], rows[3]["my", "x"] = 1, 2
    table = np.zeros((3, size), np.float32)
    table[1, 1], table[2, 0] = 0.5, -1.25
    grams = np.array([0.5, 0.0, -0.5], np.float32)
    written = Weights(rows, table, np.eye(size, dtype=np.float32), grams, Reading(["王李", "佴"], frozenset("明华")))
    again = read_weights(write_weights(written))
    assert again.rows == rows
    assert again.table.tolist() == table.tolist()
    assert again.grams.tolist() == grams.tolist()
    assert again.reading == written.reading


@pytest.mark.parametrize("raw", [b"", b"no weights at all", b"PK\x03\x04broken"])
def test_broken_weights_leave_the_patterns_and_say_so(
    raw: bytes, fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / tagging.WEIGHTS).write_bytes(raw)
    monkeypatch.setattr(tagging.resources, "files", lambda package: tmp_path)
    with caplog.at_level(logging.ERROR, "shortlist_tools"):
        assert [one.kind for one in find_personal("call 13800138000")] == ["phone"]
    assert caplog.text.count("patterns alone") == 1
    assert tagging.WEIGHTS in caplog.text


def test_a_log_that_is_masked_itself_hears_of_broken_weights(
    fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tagging.resources, "files", lambda package: tmp_path)
    masking = MaskingFilter()
    tagging._log.addFilter(masking)
    try:
        assert tagger() is None
    finally:
        tagging._log.removeFilter(masking)
    assert "patterns alone" in caplog.text


def test_missing_weights_leave_the_patterns_and_say_so(
    fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tagging.resources, "files", lambda package: tmp_path)
    assert tagger() is None
    assert "patterns alone" in caplog.text


def test_every_character_keeps_its_place_in_the_signs() -> None:
    text = "I'm Dave-Lee, 电话 139 0000 1111!"
    signs = read_signs(text, lambda word: "0", Reading(["王"], frozenset("明")))
    assert [text[start:end] for start, end in signs.places] == [
        "I'm", "Dave-Lee", ",", "电", "话", "139", "0000", "1111", "!",
    ]  # fmt: skip
    assert {len(row) for row in signs.sequences.values()} == {len(signs.places) + 6}
    assert signs.sequences["digits"][8:11] == ["11"] * 3
