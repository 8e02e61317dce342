"""The learned tagger: what it finds beside the patterns, what it leaves, and masking without its weights."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import pairwise, product

import numpy as np
import pytest

from shortlist_tools.masking import find_personal
from shortlist_tools.masking import tagger as tagging
from shortlist_tools.masking.logs import MaskingFilter
from shortlist_tools.masking.scripts import folded
from shortlist_tools.masking.signs import Reading, read_signs
from shortlist_tools.masking.spans import Personal
from shortlist_tools.masking.tagger import TORN, Tagged, Weights, read_weights, tagger, write_weights


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


def test_words_of_the_dictionary_are_told_of_each_chinese_character() -> None:
    signs = read_signs("给老公 买毛衣", lambda word: "0", Reading(["王"], frozenset("明")))
    assert [one[0] for one in signs.sequences["g"][3:-3]] == ["S", "B", "E", "S", "B", "E"]
    assert signs.sequences["p"][3:-3] == ["<>", "给", "给", "_", "买", "买"]
    assert signs.sequences["f"][3:-3] == ["老公", "_", "_", "毛衣", "<>", "<>"]


def test_a_text_has_only_the_signs_that_its_script_needs() -> None:
    reading = Reading(["王"], frozenset("明"))
    english = read_signs("a green lamp", lambda word: "0", reading).sequences
    chinese = read_signs("绿色的台灯", lambda word: "0", reading).sequences
    assert english.keys() - chinese.keys() == {"n", "head", "tail"}
    assert chinese.keys() - english.keys() == {"z", "g", "p", "f"}


def test_what_is_against_a_stretch_is_what_the_best_labels_outweigh_any_in_it_by() -> None:
    chance = np.random.default_rng(3)
    size = len(tagging.LABELS)
    scores = chance.normal(size=(3, size)).astype(np.float32)
    transitions = chance.normal(size=(size, size)).astype(np.float32)
    values, labels = tagging._best(scores, transitions)
    read = Tagged([(at, at + 1) for at in range(3)], [], [], scores, values, transitions)

    def weight(way: tuple[int, ...]) -> float:
        steps = sum(transitions[after, before] for before, after in pairwise((0, *way)))
        return float(sum(scores[place, label] for place, label in enumerate(way)) + steps)

    ways = {way: weight(way) for way in product(range(size), repeat=3)}
    assert tuple(labels) == max(ways, key=ways.__getitem__)
    marked = max(value for way, value in ways.items() if way[1] or way[2])
    assert read.against(Personal(1, 3, "name")) == pytest.approx(max(ways.values()) - marked, abs=1e-4)
    assert Tagged([], [], [], scores[:0], scores[:0], transitions).against(Personal(0, 3, "name")) == 0.0


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("陪妈妈走走", "走走", "v"),
        ("订个酒店住", "个酒", TORN),
        ("单程通勤", "程通勤", TORN),
        ("我是王晓明", "王晓明", ""),
        ("李医生推荐", "李", ""),
        ("a green lamp", "green", ""),
    ],
)
def test_the_dictionary_tells_a_word_and_a_part_of_one_from_a_name(text: str, words: str, kind: str) -> None:
    learned = tagger()
    assert learned is not None
    at = text.index(words)
    assert learned.read(text).kind(Personal(at, at + len(words), "name")) == kind
