"""The masking suite: its scorer on planted answers, its cases, and the masker's own score on the development cases."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shortlist.turn.state.masking import known_names
from shortlist_evals.masking import Case, Tally, load_cases, render, run, score
from shortlist_evals.masking.cases import CasesError
from shortlist_evals.places import suites_dir
from shortlist_evals.reader import cases as reader
from shortlist_prompts.word_files import load_words
from shortlist_tools.catalog import Snapshot
from shortlist_tools.masking import Personal, find_personal


def _case(text: str, *spans: list[str]) -> Case:
    return Case.model_validate({"id": "x", "language": "en", "class": "several", "text": text, "spans": list(spans)})


def test_a_span_counts_when_its_secret_is_masked_whole() -> None:
    case = _case("ask Mr. Hart on 555-0134", ["name", "Mr. Hart", "Hart"], ["phone", "555-0134"])
    whole = [Personal(8, 12, "name"), Personal(16, 24, "phone")]
    assert score(case.text, whole, case.spans) == Tally(2, 2, 2, 2, 2)
    part = [Personal(8, 11, "name"), Personal(16, 24, "account")]
    assert score(case.text, part, case.spans) == Tally(2, 1, 0, 2, 2)


def test_a_stretch_that_is_mostly_not_personal_is_wrong() -> None:
    case = _case("order 5550134 of Ann", ["name", "Ann"])
    assert score(case.text, [Personal(0, 20, "name")], case.spans) == Tally(1, 1, 1, 1, 0)
    assert Tally(1, 1, 1, 1, 0).precision == 0.0


def test_the_same_words_are_labelled_in_their_order() -> None:
    case = _case("Ann and Ann", ["name", "Ann"], ["name", "Ann"])
    assert [(one.start, one.end) for one in case.spans] == [(0, 3), (8, 11)]


def test_nothing_wanted_and_nothing_masked_is_right() -> None:
    assert (Tally().recall, Tally().precision, Tally().kinds) == (1.0, 1.0, 1.0)


def test_the_development_cases_are_in_both_languages_and_tempt_often() -> None:
    cases = load_cases("dev")
    assert len(cases) >= 220
    assert len({case.id for case in cases}) == len(cases)
    assert sum(case.language == "zh" for case in cases) >= len(cases) / 2
    assert sum(not case.spans for case in cases) >= 0.4 * len(cases)


def test_a_broken_case_is_named_by_file_and_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr("shortlist_evals.masking.cases.suites_dir", lambda: tmp_path)
    with pytest.raises(CasesError, match="no cases"):
        load_cases("dev")
    (tmp_path / "masking").mkdir()
    line = {"id": "x", "language": "en", "class": "name", "text": "hi", "spans": [["name", "Ann"]]}
    (tmp_path / "masking" / "dev.jsonl").write_text("\n" + json.dumps(line), "utf-8")
    with pytest.raises(CasesError, match=r"(?s)line 2: no case.*'Ann'"):
        load_cases("dev")


@pytest.mark.parametrize("split", ["dev", "spent"])
def test_the_masker_keeps_its_score_on_the_cases_it_was_mended_by(split: Any) -> None:
    result = run(split)
    assert result["recall"] >= 0.98
    assert result["precision"] >= 0.95
    assert result["agents"]["masker"]["restored"][0] == 1.0
    assert {"en", "zh"} == set(result["languages"]["masker"])
    assert render(result).row_count == len(result["kinds_of_data"]) + 1


def _shoppers() -> list[str]:
    """What people say in the recorded conversations, the shop suite, the reader's cases and the wishes: no names."""
    said = []
    for folder in ("conversations", "shop"):
        for path in sorted((suites_dir() / folder).glob("*.yaml")):
            held: Any = load_words(path.read_text("utf-8"))
            for told in [held] if isinstance(held, dict) else held:
                said += [turn if isinstance(turn, str) else turn["say"] for turn in told["turns"]]
    wishes = (suites_dir() / "wishes" / "cases.jsonl").read_text("utf-8").splitlines()
    said += [json.loads(line)["text"] for line in wishes if line]
    return said + [case.text for split in ("dev", "spent", "blind") for case in reader.load_cases(split)]


def test_talk_of_goods_is_left_alone(demo_snapshot: Snapshot) -> None:
    known = known_names(demo_snapshot)
    said = _shoppers()
    assert len(said) > 1000
    assert {text: found for text in said if (found := find_personal(text, known))} == {}
