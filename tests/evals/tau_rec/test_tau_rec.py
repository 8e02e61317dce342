"""The tau_rec suite over a few films of our own: tasks, policies, rewards, the oracle, kept trials, and a whole run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from shortlist_evals.agents import Answer, Person
from shortlist_evals.places import VARIABLE, suites_dir
from shortlist_evals.tau_rec import render, run
from shortlist_evals.tau_rec.dialogue import Played, play
from shortlist_evals.tau_rec.kept import Kept, ModelGoneError
from shortlist_evals.tau_rec.references import Oracle, meaning
from shortlist_evals.tau_rec.rules import breaches
from shortlist_evals.tau_rec.tasks import Task, TaskError, read_films, read_tasks
from shortlist_evals.transcripts import read_transcripts
from shortlist_evals.users import Goal, Predicate, read_pools

POOLS = read_pools(suites_dir() / "tau_rec" / "phrases.yaml")
SHORT = {"constraint": {"field": "runtime", "op": "<=", "value": 100}, "reveal": "hidden"}
COMIC = {"constraint": {"field": "genres", "op": "contains", "value": "Comedy"}, "reveal": "volunteer"}
SCORED = {"constraint": {"field": "rating", "op": ">=", "value": 9.5}, "reveal": "volunteer"}


def film(place: int, **values: Any) -> dict[str, Any]:
    return {
        "id": f"f{place}", "title": f"Invented Tale Number {place}", "release_date": "2025-05-01", "runtime": 95,
        "genres": ["Comedy"], "overview": "People meet.", "cast": ["Ann Example"], "director": "Bo Sample",
        "rating": 7.0, "vote_count": 10 + place, "streaming_services": ["Netflix"], "sponsored": False,
        "content_rating": "PG", **values,
    }  # fmt: skip


FILMS = [
    film(1, runtime=130, rating=8.9, vote_count=900),
    film(2, rating=8.0),
    film(3, genres=["Horror"], content_rating="R"),
    film(4, sponsored=True, rating=6.0),
    film(5, streaming_services=["Hulu"]),
    film(6, genres=["Drama"], content_rating="NR"),
]
BY_ID = {row["id"]: row for row in FILMS}


def task(*constraints: dict[str, Any], **more: Any) -> dict[str, Any]:
    watched = more.pop("watched", [])
    return {
        "id": "t1", "constraints": list(constraints), "policy_flags": ["availability"], "complexity": "simple",
        "no_valid_recommendation": False, "reveal_difficulty": "mixed", "user_id": "u", "user_services": ["Netflix"],
        "user_history": {"u": {"watched": watched, "ratings": {}}}, **more,
    }  # fmt: skip


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Put tasks beside the invented films where the suite looks for its data."""

    def put(*tasks: dict[str, Any]) -> Path:
        folder = tmp_path / "data" / "tau-rec" / "tasks"
        folder.mkdir(parents=True, exist_ok=True)
        (folder.parent / "catalog.json").write_text(json.dumps(FILMS), "utf-8")
        for place, one in enumerate(tasks):
            (folder / f"task_{place}.json").write_text(json.dumps(one), "utf-8")
        monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
        return folder

    return put


def read(data: Callable[..., Path], *tasks: dict[str, Any]) -> list[Task]:
    data(*tasks)
    return read_tasks()


@dataclass
class Scripted:
    """An agent that answers what it was told to, in order."""

    answers: list[Answer]
    name: str = "scripted"
    heard: list[str] = field(default_factory=list)

    def begin(self, person: Person, session: str, language: str) -> Scripted:
        return self

    def say(self, message: str) -> Answer:
        self.heard.append(message)
        return self.answers[len(self.heard) - 1]


def shows(*ids: str, **more: Any) -> Answer:
    return Answer("", ids, "recommend", **more)


def played(one: Task, *answers: Answer) -> Played:
    return play(one, Scripted(list(answers)), BY_ID, POOLS, "en")


def test_a_task_is_read_whole(data: Callable[..., Path]) -> None:
    (one,) = read(data, task(COMIC, SHORT, watched=["f2"]))
    assert one.goals == (
        Goal(Predicate("genres", "contains", "Comedy")),
        Goal(Predicate("runtime", "<=", 100), "hidden"),
    )
    assert (one.services, one.watched, one.stratum) == (("Netflix",), ("f2",), "simple-mixed")


def test_broken_tasks_are_named(data: Callable[..., Path]) -> None:
    folder = data({"id": "t"})
    with pytest.raises(TaskError, match=r"task_0\.json: no task: KeyError: 'constraints'"):
        read_tasks()
    data(task({**COMIC, "reveal": "never"}))
    with pytest.raises(TaskError, match=r"task_0\.json: no task: .*reveal 'never'; there are: volunteer"):
        read_tasks()
    (folder / "task_0.json").write_text("{", "utf-8")
    with pytest.raises(TaskError, match=r"task_0\.json: cannot be read"):
        read_tasks()
    (folder / "task_0.json").unlink()
    with pytest.raises(TaskError, match="no task in it"):
        read_tasks()
    with pytest.raises(TaskError, match="splits are: all, en, zh"):
        run(split="fr")


@pytest.mark.parametrize(
    ("answer", "adult", "expected"),
    [
        (shows("f2"), False, []),
        (shows("f2", "f1"), False, ["single_recommendation", "watch_history: f1"]),
        (shows("f3"), False, ["age_restricted: f3"]),
        (shows("f3"), True, []),
        (shows("f4"), False, ["sponsored: f4"]),
        (shows("f4", disclosed=("f4",)), False, []),
        (shows("f5"), False, ["availability: f5"]),
        (shows("f9"), False, ["unknown_item: f9"]),
    ],
)
def test_policies(data: Callable[..., Path], answer: Answer, adult: bool, expected: list[str]) -> None:
    (one,) = read(data, task(COMIC, watched=["f1"]))
    assert breaches(one, answer, BY_ID, adult, []) == expected


def test_a_pick_is_taken_when_it_meets_everything(data: Callable[..., Path]) -> None:
    (one,) = read(data, task(COMIC, SHORT))
    first, second = played(one, shows("f2")), played(one, shows("f1"), shows("f2"))
    assert (first.row.values["reward"], first.row.values["first_right"], first.row.values["picks"]) == (1, 1, 1)
    assert (second.row.values["reward"], second.row.values["first_right"], second.row.values["picks"]) == (1, 0, 2)
    assert second.transcript.faults == ("pick 1, 'Invented Tale Number 1', misses runtime",)


def test_a_broken_policy_costs_the_reward_though_the_goals_are_met(data: Callable[..., Path]) -> None:
    (one,) = read(data, task(COMIC))
    values = played(one, shows("f4")).row.values
    assert (values["satisfied"], values["policies"], values["reward"], values["first_right"]) == (1, 0, 0, 0)


def test_three_rejections_or_too_many_words_end_it(data: Callable[..., Path]) -> None:
    (one,) = read(data, task(COMIC, SHORT))
    left = played(one, *[shows("f1")] * 9)
    assert (left.row.values["reward"], left.row.values["picks"], left.row.values["turns"]) == (0, 3, 3)
    assert left.transcript.faults[-1] == "left after 3 rejections"
    talk = played(one, *[Answer("", (), "chat")] * 20)
    assert talk.transcript.faults == ("nothing taken in 14 turns",)


def test_abstaining_is_right_only_where_nothing_fits(data: Callable[..., Path]) -> None:
    possible, impossible = read(data, task(COMIC), task(COMIC, SCORED, no_valid_recommendation=True))
    none = Answer("", (), "abstain")
    assert played(possible, none).row.values["reward"] == 0
    assert played(impossible, none).row.values["first_right"] == 1
    forced = played(impossible, shows("f2"), none)
    assert (forced.row.values["reward"], forced.transcript.faults[0]) == (0, "transparency: f2")


def test_questions_and_confirmations_are_answered(data: Callable[..., Path]) -> None:
    (one,) = read(data, task(COMIC, {**SHORT, "reveal": "on_ask"}))
    agent = Scripted([Answer("", (), "ask", asked=("runtime",)), Answer("", (), "confirm"), shows("f2")])
    values = play(one, agent, BY_ID, POOLS, "en").row.values
    assert values["questions"] == 2
    assert any(figure in agent.heard[1] for figure in ("100", "40"))
    assert agent.heard[2].startswith(("Yes", "Of course", "Yep", "Yeah", "Sure"))


@pytest.mark.parametrize(
    ("goal", "left"),
    [
        (Goal(Predicate("runtime", "<=", 100), "hidden"), Predicate("runtime", "<", 130)),
        (Goal(Predicate("runtime", ">=", 150), "hidden"), Predicate("runtime", ">", 130)),
        (Goal(Predicate("runtime", "between", [90, 100]), "hidden"), Predicate("runtime", "<", 130)),
        (Goal(Predicate("content_rating", "==", "R"), "hidden"), Predicate("content_rating", "not_in", ["PG"])),
    ],
)
def test_a_hint_means_a_direction_or_an_exclusion(goal: Goal, left: Predicate) -> None:
    assert meaning(goal, BY_ID["f1"]) == left


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_oracle_finds_what_is_hidden_by_its_second_pick(data: Callable[..., Path], language: str) -> None:
    (one,) = read(data, task(COMIC, SHORT))
    values = play(one, Oracle(BY_ID), read_films(), POOLS, language).row.values
    assert (values["reward"], values["picks"], values["questions"]) == (1, 2, 1)


def test_finished_trials_are_kept_and_a_line_cut_short_is_passed_over(
    data: Callable[..., Path], tmp_path: Path
) -> None:
    (one,) = read(data, task(COMIC))
    kept = Kept(("m", 0), tmp_path / "kept")
    assert kept.read() == {}
    done = played(one, shows("f2"))
    kept.add(done)
    with kept.path.open("a", encoding="utf-8") as file:
        file.write('{"row": {"case": "t1-')
    again = Kept(("m", 0), tmp_path / "kept")
    assert again.read() == {("t1-en", 0): done}
    again.add(play(one, Scripted([shows("f2")]), BY_ID, POOLS, "zh", trial=1))
    assert set(again.read()) == {("t1-en", 0), ("t1-zh", 1)}
    assert Kept(("other", 0), tmp_path / "kept").path != kept.path


@pytest.mark.parametrize(("outcomes", "keeps"), [(["unavailable"], False), (["unavailable", "ok"], True), ([], True)])
def test_a_trial_of_a_model_that_does_not_answer_is_not_kept(
    data: Callable[..., Path], tmp_path: Path, outcomes: list[str], keeps: bool
) -> None:
    (one,) = read(data, task(COMIC))
    done = played(one, shows("f2"))
    reply = {"usage": {"calls": [{"outcome": outcome} for outcome in outcomes]}}
    said = tuple(each.model_copy(update={"reply": reply}) for each in done.transcript.said)
    done = Played(done.row, done.transcript.model_copy(update={"said": said}))
    kept = Kept(("m", 0), tmp_path / "kept")
    if keeps:
        kept.add_answered(done, "openai:m")
    else:
        with pytest.raises(ModelGoneError, match=r"openai:m no longer answers \(turn 1 of t1-en: unavailable\)"):
            kept.add_answered(done, "openai:m")
    assert bool(kept.read()) is keeps


@pytest.mark.slow
def test_a_run_scores_every_agent_and_keeps_transcripts(
    data: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data(task(COMIC, SHORT), task(COMIC, SCORED, id="t2", no_valid_recommendation=True))
    monkeypatch.setattr("shortlist_evals.transcripts.project_root", lambda: tmp_path)
    told: list[tuple[int, int]] = []
    result = run(trials=2, progress=lambda done, total: told.append((done, total)))
    assert (result["n"], result["trials"], result["ours"]) == (4, 2, "offline")
    assert set(result["agents"]) == {"offline", "oracle", "never_asks", "popular", "words", "meaning"}
    assert set(result["languages"]["offline"]) == {"en", "zh"}
    assert result["agents"]["offline"]["reward"][0] == 1.0
    assert result["reliability"]["oracle"]["2"][0] == 1.0
    assert told[-1] == (48, 48)
    kept = list(read_transcripts("tau_rec", tmp_path / ".shortlist" / "evals"))
    assert len(kept) == 48
    console = Console(width=180, record=True)
    console.print(render(result))
    text = console.export_text()
    assert "do not compare with the published leaderboard" in " ".join(text.split())
    assert "simple-mixed" in text
