"""The reader suite: its scorer on planted answers, its cases, and the reader's own score on the development cases."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shortlist_evals.places import suites_dir
from shortlist_evals.reader import Tally, load_cases, render, run, score
from shortlist_evals.reader.cases import CasesError, Entry, Split
from shortlist_evals.reader.scoring import interval


def _entry(field: str, op: str, value: Any, **more: Any) -> Entry:
    return Entry(field=field, op=op, value=value, **more)  # type: ignore[arg-type]


def test_an_entry_must_be_right_in_everything() -> None:
    wanted = [_entry("price", "<", 100), _entry("brand", "==", "Sony")]
    wrong = [_entry("price", "<=", 100), _entry("brand", "==", "Sony", hard=False)]
    assert score(wanted, wanted) == Tally(2, 2, 2)
    assert score(wrong, wanted) == Tally(0, 2, 2)


def test_order_of_lists_rounding_and_days_do_not_matter() -> None:
    assert score([_entry("brand", "in", ["b", "a"])], [_entry("brand", "in", ["a", "b"])]).right == 1
    assert score([_entry("weight", "<", 100.00000001)], [_entry("weight", "<", 100)]).right == 1
    after, from_next = _entry("released", ">", "2023-12-31"), _entry("released", ">=", "2024-01-01")
    assert score([after], [from_next]).right == 1


def test_groups_count_up_to_renaming_only() -> None:
    wanted = [_entry("brand", "==", "Sony", group="g1:a"), _entry("brand", "==", "Bose", group="g1:b")]
    renamed = [_entry("brand", "==", "Sony", group="g2:y"), _entry("brand", "==", "Bose", group="g2:x")]
    merged = [_entry("brand", "==", "Sony", group="g1:a"), _entry("brand", "==", "Bose", group="g1:a")]
    assert score(renamed, wanted).right == 2
    assert score(merged, wanted).right == 1


def test_f1_is_the_harmonic_mean_and_one_for_nothing() -> None:
    assert Tally(2, 4, 2).f1 == pytest.approx(2 * 0.5 * 1.0 / 1.5)
    assert Tally().f1 == 1.0


def test_the_interval_holds_the_score_and_narrows_to_it_when_all_are_alike() -> None:
    low, high = interval([Tally(1, 1, 1), Tally(0, 1, 1)] * 20)
    assert low < 0.5 < high
    assert interval([Tally(1, 2, 2)] * 20) == (0.5, 0.5)


def test_the_development_cases_are_half_chinese_and_of_every_class() -> None:
    cases = load_cases("dev")
    assert [sum(c.language == code for c in cases) for code in ("en", "zh")] == [80, 80]
    assert len({c.kind for c in cases}) == 21
    assert len({c.id for c in cases}) == len(cases)


def test_a_broken_case_is_named_by_file_and_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "reader").mkdir()
    good = (suites_dir() / "reader" / "dev.jsonl").read_text("utf-8").splitlines()[0]
    (tmp_path / "reader" / "dev.jsonl").write_text(good + '\n{"id": 1}\n', "utf-8")
    monkeypatch.setattr("shortlist_evals.reader.cases.suites_dir", lambda: tmp_path)
    with pytest.raises(CasesError, match=r"dev\.jsonl, line 2"):
        load_cases("dev")


@pytest.mark.parametrize("split", ["dev", "spent"])
def test_the_reader_keeps_its_score_on_the_cases_it_was_tuned_on(split: Split) -> None:
    result = run(split)
    json.dumps(result)
    assert result["f1"] >= 0.98
    assert min(figures["f1"] for figures in (result["parts"]["en"], result["parts"]["zh"])) >= 0.97
    assert result["agents"]["reader"]["right"][0] == pytest.approx(1 - len(result["wrong"]) / result["n"], abs=1e-4)
    assert render(result).row_count > 20
