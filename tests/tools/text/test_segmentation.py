"""Sentences, whole and streamed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist_tools.text import SentenceStream, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It weighs 4.5 kg. Really? Yes!", ["It weighs 4.5 kg.", "Really?", "Yes!"]),
        ("Small lamps, e.g. the first, are fine.", ["Small lamps, e.g. the first, are fine."]),
        ("Ask Dr. Lee, i.e. the expert. She knows.", ["Ask Dr. Lee, i.e. the expert.", "She knows."]),
        ("很好。真的吗？是的！", ["很好。", "真的吗？", "是的！"]),
        ("他说：“可以。”然后走了。", ["他说：“可以。”", "然后走了。"]),
        ("重4.5公斤。便宜", ["重4.5公斤。", "便宜"]),
        ("1. First\n2. Second", ["1. First", "2. Second"]),
        ("Wait... what? ok", ["Wait... what?", "ok"]),
        ("[1] is light. [2] is not.", ["[1] is light.", "[2] is not."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_sentence_comes_as_soon_as_it_has_ended() -> None:
    stream = SentenceStream()
    assert stream.feed("It costs $4") == []
    assert stream.feed(".50. Nice") == ["It costs $4.50."]
    assert stream.feed("！很好。再") == ["Nice！", "很好。"]
    assert stream.close() == ["再"]


@given(st.text(alphabet=st.sampled_from("ab .。!？\n1”[]e.g")), st.integers(1, 5))
def test_a_stream_gives_the_same_sentences_as_the_whole(text: str, size: int) -> None:
    stream = SentenceStream()
    streamed = [one for at in range(0, len(text), size) for one in stream.feed(text[at : at + size])]
    assert [*streamed, *stream.close()] == sentences(text)


@given(st.text())
def test_nothing_but_white_space_is_lost(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_text_that_never_ends_is_cut() -> None:
    assert max(len(one) for one in sentences("word " * 5_000)) <= 1_000
