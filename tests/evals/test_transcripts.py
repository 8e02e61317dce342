"""Tests of keeping transcripts."""

from pathlib import Path

from shortlist_evals.agents import Answer
from shortlist_evals.transcripts import Transcript, read_transcripts, said, write_transcripts


def test_transcripts_come_back_as_they_were(tmp_path: Path) -> None:
    answer = Answer("Take [1]。", ("a1",), "recommend", asked=("price",), calls=2, seconds=0.12345)
    one = Transcript(
        suite="shop", case="c1", agent="offline", kind="refine", language="zh", said=(said("你好", answer),)
    )
    write_transcripts("shop", [one], tmp_path)
    assert list(read_transcripts("shop", tmp_path)) == [one]
    assert one.said[0].answer["seconds"] == 0.123


def test_there_are_none_before_a_run(tmp_path: Path) -> None:
    assert list(read_transcripts("shop", tmp_path)) == []
