"""Results: kept whole, named safely, and compared only when they are of the same cases, catalog and scorers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shortlist_evals.results import ResultError, comparable, envelope, hash_of, machine, read_result, write_result
from shortlist_evals.suites import SUITES, Suite, SuiteError, suite


def test_a_result_says_what_it_is_of(tmp_path: Path) -> None:
    made = envelope(SUITES["wishes"], {"n": 50, "passed": True}, {"n": None, "split": "en", "progress": print})
    assert (made["suite"], made["n"], made["options"]) == ("wishes", 50, {"split": "en"})
    assert all(len(made["hashes"][name]) == 16 for name in ("cases", "catalog", "scorers"))
    path = write_result("wishes-en", made, tmp_path)
    assert json.loads(path.read_text("utf-8")) == made
    assert read_result("wishes-en", tmp_path) == made
    assert not list(tmp_path.glob("*.part"))


def test_what_holds_no_further_containers_stands_on_one_line(tmp_path: Path) -> None:
    made = {"scores": {"cases": {"c2": {"b": 1.0, "a": None}, "c1": {}}, "pair": [[1, 2], ["超"]], "none": []}}
    text = write_result("one", made, tmp_path).read_text("utf-8")
    assert json.loads(text) == made
    assert '   "c2": {"a": null, "b": 1.0}' in text.splitlines()
    assert '   ["超"]' in text.splitlines()


def test_machine_tells_cores_and_python() -> None:
    assert machine()["cores"] >= 1
    assert machine()["python"].startswith("3.")


def test_hashes_follow_content_and_order(tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    one.write_text("a")
    two.write_text("b")
    assert hash_of([one, two]) != hash_of([two, one])
    before = hash_of([one])
    one.write_text("c")
    assert hash_of([one]) != before
    assert hash_of([]) == ""


def test_results_compare_only_over_the_same_things() -> None:
    hashes = {"cases": "a", "catalog": "b", "scorers": "c"}
    one = {"suite": "wishes", "hashes": hashes}
    assert comparable(one, one) == []
    other = {"suite": "reader", "hashes": {**hashes, "catalog": "x"}}
    assert comparable(one, other) == ["suites differ: wishes, reader", "catalog differ: b, x"]


def test_broken_results_are_named(tmp_path: Path) -> None:
    assert read_result("none", tmp_path) is None
    (tmp_path / "cut.json").write_text('{"suite": "wi', "utf-8")
    with pytest.raises(ResultError, match=r"cut\.json: no JSON"):
        read_result("cut", tmp_path)
    (tmp_path / "list.json").write_text("[]", "utf-8")
    with pytest.raises(ResultError, match="no result"):
        read_result("list", tmp_path)
    with pytest.raises(ResultError, match="cannot name a result"):
        write_result("../up", {}, tmp_path)


def test_an_unknown_suite_names_those_there_are() -> None:
    with pytest.raises(SuiteError, match=r"there are: chorus, contribution, .*wishes$"):
        suite("tau")


def test_an_option_that_a_suite_does_not_take_is_refused() -> None:
    with pytest.raises(SuiteError, match="'contribution' does not take --seed; it takes: --replies"):
        SUITES["contribution"].run({"seed": 3, "replies": None, "progress": None})


def test_a_suite_without_its_data_says_where_it_looked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHORTLIST_EVAL_DATA", str(tmp_path))
    missing = Suite("chorus", "search", "chorus").missing()
    assert missing is not None
    assert missing.startswith(f"no evaluation data at {tmp_path / 'chorus'}")
    assert "SHORTLIST_EVAL_DATA" in missing
