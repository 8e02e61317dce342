"""The wishes suite: cases that can be used, scores that count right, and a run over the real demo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from shortlist import Recommender
from shortlist.demo import FOLDER, catalog_files
from shortlist.testing import ScriptedModel
from shortlist_evals.transcripts import read_transcripts
from shortlist_evals.wishes import render, run
from shortlist_evals.wishes.cases import CaseError, Wish, read_wishes
from shortlist_evals.wishes.suite import answer, score

WISH = Wish(id="w", language="en", text="something", good=("a", "b"), bad=("z",))


def test_the_suite_has_fifty_wishes_in_both_languages_over_items_that_exist() -> None:
    wishes = read_wishes()
    assert len(wishes) == 50
    assert sum(wish.language == "zh" for wish in wishes) == 25
    assert len({wish.id for wish in wishes}) == 50
    ids = {json.loads(line)["id"] for file in catalog_files() for line in file.read_text("utf-8").splitlines()}
    assert {item for wish in wishes for item in (*wish.good, *wish.bad)} <= ids
    assert not any(set(wish.good) & set(wish.bad) for wish in wishes)


@pytest.mark.parametrize(
    ("ids", "hit", "bad", "good"),
    [(["x", "b"], 1.0, 0.0, 0.5), (["z", "a", "b"], 1.0, 1.0, 2 / 3), (["x"], 0.0, 0.0, 0.0), ([], 0.0, 0.0, 0.0)],
)
def test_scores_count_hits_and_bad_ones(ids: list[str], hit: float, bad: float, good: float) -> None:
    assert score(WISH, ids) == {"hit": hit, "bad": bad, "good": pytest.approx(good)}


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(f"{WISH.model_dump_json()}\n{{broken\n", "utf-8")
    with pytest.raises(CaseError, match=r"cases\.jsonl, line 2: no JSON"):
        read_wishes(path)
    path.write_text('{"id": "w", "language": "fr", "text": "x", "good": []}\n', "utf-8")
    with pytest.raises(CaseError, match="line 1: language"):
        read_wishes(path)
    with pytest.raises(CaseError, match="cannot be read"):
        read_wishes(tmp_path / "none.jsonl")


def test_a_split_without_wishes_is_refused() -> None:
    with pytest.raises(CaseError, match="splits are en and zh"):
        run(split="fr")


def test_a_run_scores_every_wish_prints_a_table_and_keeps_what_was_said() -> None:
    done: list[int] = []
    result = run(n=4, progress=lambda now, total: done.append(now))
    assert result["n"] == 4
    assert done == [1, 2, 3, 4]
    assert set(result["agents"]) == {"offline"}
    mean, low, high = result["agents"]["offline"]["hit@3"]
    assert 0 <= low <= mean <= high <= 1
    assert mean == sum(case["hit@3"] for case in result["cases"]["offline"].values()) / 4
    kept = {one.case: one for one in read_transcripts("wishes")}
    assert {name: one.values["hit@3"] for name, one in kept.items()} == {
        name: case["hit@3"] for name, case in result["cases"]["offline"].items()
    }
    assert all(one.faults for one in kept.values() if not one.values["hit@3"])
    console = Console(width=120, record=True, file=None, force_terminal=False)
    console.print(render(result))
    assert "hit@3" in console.export_text()


def test_a_model_is_compared_pair_by_pair() -> None:
    result = {
        "n": 2,
        "agents": {},
        "difference": {"hit": [0.5, 0.1, 0.9], "bad": [0.0, -0.5, 0.5]},
    }
    console = Console(width=120, record=True)
    console.print(render(result))
    text = console.export_text()
    assert "hit@3, model minus built-in: +0.500 [+0.100, +0.900]: a real difference" in text
    assert "no difference that these cases can tell" in text


def test_a_question_gets_a_neutral_answer_and_a_model_is_asked(tmp_path: Path) -> None:
    plan = {"i": "find", "q": "night light for a child", "r": [], "x": [], "a": [], "ask": ""}
    model = ScriptedModel({"plan": lambda inputs: plan, "draft": lambda inputs: "I would take [1]."})
    with Recommender.open(tmp_path / "demo.db", model=model) as recommender:
        recommender.catalog.ingest(*catalog_files(), schema=FOLDER / "schema.yaml")
        exchanges = answer(recommender, Wish(id="w1", language="zh", text="随便推荐点什么", good=()))
    said = [str(call.inputs["message"]) for call in model.calls if call.prompt == "plan"]
    assert said == [text for text, _ in exchanges] == ["随便推荐点什么", "都行"][: len(exchanges)]
    assert [(reply.turn, reply.language) for _, reply in exchanges] == [
        (turn, "zh") for turn in range(1, len(said) + 1)
    ]
