"""The lexical index: scores against BM25 by hand, cover, both languages, and its files."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.search import LexicalIndex
from shortlist_tools.search.lexical import K1, REST, B

SHOP = [
    ("hp", "Sony WH-1000XM5 headphones 索尼降噪耳机", "Sony WH-1000XM5 headphones 索尼降噪耳机\nbattery 30 h"),
    ("cable", "cable", "cable\nfor headphones"),
    ("wine", "red wine 红酒", "red wine 红酒\nfrom France"),
]


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build(SHOP, "print")


def _scores(index: LexicalIndex, query: str) -> dict[str, float]:
    return dict(zip(index.ids, index.scores(query)[0].tolist(), strict=True))


def _cover(index: LexicalIndex, query: str) -> dict[str, float]:
    return dict(zip(index.ids, index.scores(query)[1].tolist(), strict=True))


def test_a_score_is_bm25(index: LexicalIndex) -> None:
    lengths = [8, 1, 3]  # tokens of the main texts: pairs of characters count one each
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    expected = idf * 1 / (1 + K1 * (1 - B + B * lengths[2] / (sum(lengths) / 3)))
    found = _scores(index, "wine")
    assert found["wine"] == pytest.approx(expected, rel=1e-4)
    assert found["hp"] == found["cable"] == 0.0


def test_what_an_item_is_weighs_more_than_what_it_mentions(index: LexicalIndex) -> None:
    found = _scores(index, "headphones")
    assert found["hp"] > found["cable"] > 0.0
    assert _cover(index, "headphones") == pytest.approx({"hp": 1.0, "cable": REST, "wine": 0.0})


@pytest.mark.parametrize("query", ["wh-1000xm5", "WH-1000XM5", "耳机", "降噪", "headphone", "SONY"])
def test_model_numbers_cases_plurals_and_pairs_of_characters_match(index: LexicalIndex, query: str) -> None:
    found = _scores(index, query)
    assert max(found, key=lambda name: found[name]) == "hp"
    assert found["hp"] > 0


def test_cover_weighs_words_by_rarity_and_forgets_unknown_ones(index: LexicalIndex) -> None:
    assert _cover(index, "red wine qwertz")["wine"] == pytest.approx(1.0)
    both = _cover(index, "headphones wine")  # two items have the one word, one has the other
    assert both["wine"] > both["hp"] > 0
    assert both["wine"] + both["hp"] == pytest.approx(1.0)


def test_a_repeated_word_counts_once(index: LexicalIndex) -> None:
    assert _scores(index, "wine wine wine") == _scores(index, "wine")


@pytest.mark.parametrize("query", ["", "   ", "qwertz", "？！", "\U0001f377"])
def test_nothing_known_scores_nothing(index: LexicalIndex, query: str) -> None:
    score, cover = index.scores(query)
    assert not score.any()
    assert not cover.any()


def test_it_comes_back_from_its_files(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert (loaded.ids, loaded.fingerprint) == (index.ids, "print")
    for query in ("headphones", "耳机 wine"):
        assert _scores(loaded, query) == _scores(index, query)
        assert _cover(loaded, query) == _cover(index, query)


@pytest.mark.parametrize(
    "texts", [[], [("a", "", "")], [("a", "", ""), ("b", "word", "word")], [("a", "", "rest only")]]
)
def test_empty_catalogs_and_empty_texts(texts: list[tuple[str, str, str]], tmp_path: Path) -> None:
    index = LexicalIndex.build(texts)
    assert len(index.scores("word rest")[0]) == len(texts)
    index.save(tmp_path)
    assert LexicalIndex.load(tmp_path).ids == index.ids


WORDS = ("red", "wine", "from", "france", "红酒")
WORDS = ("red", "wine", "from", "france", "红酒")
LINES = st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), max_size=4)


@given(st.lists(st.tuples(LINES, LINES), min_size=1, max_size=5))
def test_what_is_beyond_the_main_text_is_counted_word_by_word(texts: list[tuple[list[str], list[str]]]) -> None:
    by_line = [(str(number), "\n".join(main), "\n".join(whole)) for number, (main, whole) in enumerate(texts)]
    by_word = []
    for name, main, whole in by_line:
        rest = Counter(whole.split()) - Counter(main.split())
        by_word.append((name, " ".join(main.split()), " ".join([*main.split(), *rest.elements()])))
    index, plain = LexicalIndex.build(by_line), LexicalIndex.build(by_word)
    for word in WORDS:
        assert index.scores(word)[0].tolist() == pytest.approx(plain.scores(word)[0].tolist(), rel=1e-5)
        assert index.scores(word)[1].tolist() == plain.scores(word)[1].tolist()
