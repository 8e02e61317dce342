"""Cases are read strictly and named by line, answers are judged by what a case expects, and finished work is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from shortlist.reply import Question, Reply, ShownItem, Usage
from shortlist.turn_plan import TurnPlan
from shortlist_evals.agents import Answer, Person, answer_of
from shortlist_evals.conversations.stage import Clock, Stage
from shortlist_evals.finished import Finished
from shortlist_evals.invariants.worlds import World
from shortlist_evals.scored import Scored
from shortlist_evals.scorers import ScorerError
from shortlist_evals.shop import CLASSES, Case, CaseError, hold, read_cases, run
from shortlist_evals.shop.holding import person_of
from shortlist_evals.shop.judging import mistakes, stands
from shortlist_evals.shop.reading import read_file
from shortlist_evals.shop.suite import Task, scored, spread
from shortlist_evals.transcripts import Transcript
from shortlist_tools.catalog import Requirement, Snapshot

GOOD = """\
- name: one
  about: a budget
  turns:
    - say: headphones under $100
      adds:
        - {field: category, op: "==", value: headphones}
        - any_of: [{field: price, op: "<", value: 100}, {field: price, op: "<=", value: 100}]
      expect: {kind: recommend, any_of: [hp-06], says: [Lumora, [89, "90"]], good: [hp-06]}
    - thanks
"""


@pytest.fixture(scope="module")
def stage(demo_snapshot: Snapshot) -> Stage:
    items = tuple(demo_snapshot.item(row) for row in range(len(demo_snapshot.ids)))
    world = World("demo", demo_snapshot.schema, items, Path("unused"), ExitStack())
    return cast(Stage, SimpleNamespace(world=world, policies={"slate_size": 3}, shopper=Stage.shopper))


def _case(text: str, tmp_path: Path, name: str = "refine-en.yaml") -> Case:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_file(path)[0]


def test_a_case_is_of_the_class_and_language_of_its_file(tmp_path: Path) -> None:
    case = _case(GOOD, tmp_path)
    assert (case.id, case.kind, case.language) == ("refine-en-one", "refine", "en")
    assert case.turns[0].expect.says == (("Lumora",), ("89", "90"))
    assert case.turns[0].expect.good == {"hp-06": 1.0}
    assert [str(entry) for entry in case.entries()[1]] == ["category == headphones", "price < 100 or price <= 100"]


def test_entries_hold_until_they_are_dropped(tmp_path: Path) -> None:
    text = GOOD.replace(
        "    - thanks\n",
        """\
    - {say: "200 rather", drops: [price], adds: [{field: price, op: "<", value: 200}]}
    - {say: forget it all, drops: all}
    - {say: a lamp, adds: [{field: category, op: "==", value: lamps}]}
    - {say: back again, session: new}
""",
    )
    found = [[str(entry) for entry in entries] for entries in _case(text, tmp_path).entries()]
    assert found[1:] == [["category == headphones", "price < 200"], [], ["category == lamps"], []]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- name: [one\n", r"refine-en.yaml, line 2: no YAML: "),
        (GOOD.replace("about", "abot"), r"line 1: about: field required; line 2: abot: extra inputs"),
        (GOOD.replace("kind: recommend", "kind: buy"), r"line 8: turns\.0\.expect\.kind\.0: input should be"),
        (GOOD.replace('op: "<=", value: 100', 'op: "=<", value: 100'), r"line 7: turns\.0\.adds\.1\.1\.op: input"),
        (GOOD.replace("any_of: [hp-06]", "anyof: [hp-06]"), r"line 8: turns\.0\.expect\.anyof: extra inputs"),
        (GOOD.replace("  about: a budget\n", "  about: a budget\n  about: b\n"), r"line 3: 'about' stands twice"),
        (GOOD.replace("  about: a budget\n", "  about: a\n  scorers: [x]\n"), r"line 3: no scorer is called x"),
        (GOOD + GOOD, r"line 10: a second case is called 'one'"),
        (GOOD.replace("[89, ", "[[89], "), r"line 8: turns\.0\.expect\.says\.1\.0: input should be a valid string"),
        ("name: one\n", r"line 1: expected a list of cases"),
        ("", r"line 1: expected a list of cases"),
    ],
)  # fmt: skip
def test_a_slip_is_named_by_file_and_line(text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=problem):
        _case(text, tmp_path)


def test_a_file_of_no_class_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"wishful-en\.yaml: expected CLASS-LANG\.yaml with a class of cold-start"):
        _case(GOOD, tmp_path, "wishful-en.yaml")


def test_no_cases_are_an_error_that_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"no cases; expected files CLASS-LANG\.yaml"):
        read_cases(folder=tmp_path)
    _case(GOOD, tmp_path)
    with pytest.raises(CaseError, match="no case is of 'gift-zh'; there are 1 others"):
        read_cases("gift-zh", tmp_path)
    with pytest.raises(CaseError, match="no class and no language is called 'gifts'"):
        read_cases("gifts", tmp_path)
    assert [case.id for case in read_cases("en", tmp_path)] == ["refine-en-one"]


def test_an_unknown_scorer_stops_the_run_before_it_begins() -> None:
    with pytest.raises(ScorerError, match="no scorer is called nonsense"):
        run(scorer=["nonsense"])


def test_the_cases_of_the_project_are_of_every_class_and_half_chinese(stage: Stage) -> None:
    cases = read_cases()
    assert len(cases) >= 120
    assert {case.kind for case in cases} == set(CLASSES)
    assert 0.45 <= sum(case.language == "zh" for case in cases) / len(cases) <= 0.55
    assert list(mistakes(cases, stage)) == []


def test_labels_that_the_demo_does_not_know_are_named(stage: Stage, tmp_path: Path) -> None:
    text = (
        GOOD.replace("hp-06]", "hp-66]").replace("category", "categori").replace("  about", "  user: nobody\n  about")
    )
    assert list(mistakes([_case(text, tmp_path)], stage)) == [
        "refine-en-one: no demo shopper is called 'nobody'; a person of the case's own needs no `user`",
        "refine-en-one, turn 1: the demo has no item hp-66",
        "refine-en-one, turn 1: the demo has no field categori",
    ]


@dataclass
class Told:
    """An agent that answers what it was given, and remembers with whom it began."""

    answers: list[Answer]
    begun: list[tuple[Person, str]]
    name: str = "told"

    def begin(self, person: Person, session: str, language: str) -> Told:
        self.begun.append((person, session))
        return self

    def say(self, message: str) -> Answer:
        return self.answers.pop(0)


def _hold(case: Case, stage: Stage, *answers: Answer) -> tuple[Any, Told]:
    agent = Told(list(answers), [])
    return hold(case, agent, stage, Clock()), agent


def _reply(stage: Stage, message: str, *ids: str, **more: Any) -> Answer:
    shown = tuple(ShownItem(id=one, title=stage.world.title(one, "en")) for one in ids)
    given: dict[str, Any] = {"kind": "recommend", "language": "en", "session_id": "s", "turn": 1,
                             "plan": TurnPlan(intent="find"), "usage": Usage(), "trace_id": "t", **more}  # fmt: skip
    return answer_of(Reply(message=message, items=shown, **given))


def _row(name: str, field: str, op: Any, value: Any, quote: str) -> Requirement:
    return Requirement(id=name, field=field, op=op, value=value, quote=quote, turn=1)


CATEGORY = _row("r1", "category", "==", "headphones", "headphones")
PRICE = _row("r2", "price", "<", 100.0, "under $100")


def test_a_conversation_that_meets_everything_has_no_faults(stage: Stage, tmp_path: Path) -> None:
    ledger = (CATEGORY, PRICE)
    first = _reply(stage, "Lumora Hush Headphones, Midnight Black: $89.", "hp-06", ledger=ledger)
    second = _reply(stage, "You're welcome.", kind="chat", ledger=ledger, turn=2)
    held, agent = _hold(_case(GOOD, tmp_path), stage, first, second)
    assert held.faults == ()
    assert held.notes == ()
    assert agent.begun == [(Person(None, {}, ()), "refine-en-one")]
    row, transcript = scored(Task(_case(GOOD, tmp_path), "told", 0), held, ["hit", "ledger"])
    assert dict(row.values) == {
        "hit@1": 1.0,
        "hit@3": 1.0,
        "ledger_precision": 1.0,
        "ledger_recall": 1.0,
        "passed": 1.0,
    }
    assert transcript.about.splitlines()[:3] == [
        "a budget", "entries in force:", "turn 1: category == headphones; price < 100 or price <= 100",
    ]  # fmt: skip


def test_everything_that_is_wrong_is_said_with_its_turn(stage: Stage, tmp_path: Path) -> None:
    text = GOOD.replace(
        "    - thanks\n",
        """\
    - say: not a budget then
      drops: [price]
      expect: {shown: [1, 2], sum: {price: 100}, asks: [colour], unsaid: ["379"], only: {brand: [Bose]}}
    - {say: and now, expect: {asks: []}}
""",
    )
    extra = _row("r3", "brand", "==", "Sony", "headphones")
    first = _reply(stage, "Here it is.", "hp-01", ledger=(CATEGORY, extra))
    second = _reply(stage, "$379.", "hp-01", "hp-06", "hp-07", ledger=(CATEGORY, extra, PRICE), turn=2)
    third = _reply(stage, "Which?", kind="ask", ledger=(CATEGORY, extra, PRICE), turn=3,
                   question=Question(fields=("price",), text="Which?"))  # fmt: skip
    held, _ = _hold(_case(text, tmp_path), stage, first, second, third)
    said = [fault for fault in held.faults if "promise" not in fault]
    assert said == [
        "turn 1: expected one of hp-06 among the items, got hp-01",
        "turn 1: does not say 'Lumora': 'Here it is.'",
        "turn 1: does not say '89' or '90': 'Here it is.'",
        "turn 1: expected price < 100 or price <= 100 in the ledger, which has nothing about that",
        "turn 2: hp-01 has brand ['Sony'], not Bose",
        "turn 2: hp-06 has brand ['Lumora'], not Bose",
        "turn 2: hp-07 has brand ['Lumora'], not Bose",
        "turn 2: expected 1 to 2 items, got 3",
        "turn 2: the price of the items adds up to 552, over 100",
        "turn 2: says '379': '$379.'",
        "turn 2: expected a question about colour, got none",
        "turn 2: still holds price < 100.0, which was dropped",
        "turn 3: asks about price, where nothing is to be asked",
    ]
    assert "turn 2: promise satisfied: hp-01 breaks r2 price < 100.0, which is not named" in held.faults
    assert held.notes[0] == "turn 1: brand == Sony (hard, 'headphones') is in no label"


def test_an_agent_of_items_alone_is_held_to_its_items(stage: Stage, tmp_path: Path) -> None:
    held, _ = _hold(_case(GOOD, tmp_path), stage, Answer("", ("hp-06",), "recommend"), Answer("", ("hp-01",), "ask"))
    assert held.faults == ()
    row, _ = scored(Task(_case(GOOD, tmp_path), "told", 0), held)
    assert {"hit@1", "mrr", "satisfied", "passed"} <= set(row.values)
    assert not {"claims_supported", "tokens", "ledger_recall"} & set(row.values)
    held, _ = _hold(_case(GOOD, tmp_path), stage, Answer("", ("hp-01",), "recommend"), Answer("", (), "abstain"))
    assert held.faults == ("turn 1: expected one of hp-06 among the items, got hp-01",)


def test_an_agent_that_speaks_is_held_to_its_words_and_to_what_needs_no_ledger(stage: Stage, tmp_path: Path) -> None:
    told = Answer("The Sony Pocketline 40 Earbuds are $128.", ("hp-06", "hp-99"), "recommend")
    held, _ = _hold(_case(GOOD, tmp_path), stage, told, Answer("Bye.", (), "chat"))
    assert held.faults == (
        "turn 1: does not say 'Lumora': 'The Sony Pocketline 40 Earbuds are $128.'",
        "turn 1: does not say '89' or '90': 'The Sony Pocketline 40 Earbuds are $128.'",
        "turn 1: promise exists: shows 'hp-99', which the catalog does not have",
        "turn 1: promise names: names 'Sony Pocketline 40 Earbuds', which it does not show",
    )


def test_events_and_sessions_reach_the_agent(stage: Stage, tmp_path: Path) -> None:
    text = GOOD.replace(
        "    - thanks\n",
        """\
    - {say: that one was bad, events: [{kind: dismissed, item_id: hp-06}]}
    - {say: hello again, session: new}
""",
    )
    case = _case(text, tmp_path)
    _, agent = _hold(case, stage, *[Answer("", (), "abstain")] * 3)
    assert [(person.id, session, len(person.events)) for person, session in agent.begun] == [
        ("someone-of-refine-en-one", "refine-en-one", 0),
        ("someone-of-refine-en-one", "refine-en-one-s1", 1),
        ("someone-of-refine-en-one", "refine-en-one-s2", 0),
    ]
    assert person_of(_case(GOOD, tmp_path)).id is None


def test_figures_stand_as_a_whole() -> None:
    assert stands("55", "It lasts 55 hours.")
    assert stands("55", "55小时")
    assert not stands("55", "It is $155, 55.5 g or 5,550.")
    assert stands("hush", "Lumora Hush")


def test_a_part_of_the_cases_is_of_all_classes_and_both_languages() -> None:
    part = spread(read_cases(), 17)
    assert sorted(case.kind for case in part) == sorted(CLASSES)
    assert {case.language for case in part} == {"en", "zh"}
    assert spread(part, None) == part


def test_finished_cases_outlive_a_kill(tmp_path: Path) -> None:
    row = Scored("c1", "refine", "en", {"passed": 1.0}, 1)
    transcript = Transcript(suite="shop", case="c1", agent="m", kind="refine", language="en", trial=1)
    finished = Finished("shop", ("m",), (), tmp_path)
    assert finished.read() == {}
    with_other_model = Finished("shop", ("n",), (), tmp_path)
    finished.add((row, transcript))
    finished.path.write_text(finished.path.read_text("utf-8") + '{"row": {"case": "c2", "ki', "utf-8")
    finished.add((Scored("c3", "refine", "en", {}), transcript))
    assert sorted(finished.read()) == [("c1", 1), ("c3", 0)]
    assert finished.read()["c1", 1] == (row, transcript)
    assert with_other_model.read() == {}


@pytest.mark.slow
def test_a_few_cases_are_held_with_all_agents() -> None:
    result = run(n=2, scorer=["requirement_satisfaction"])
    assert set(result["agents"]) == {"offline", "popular", "words", "meaning"}
    assert result["n"] == 2
    assert set(result["agents"]["offline"]) <= {"passed", "satisfied"}


def test_a_run_with_a_model_goes_on_where_it_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[tuple[str, str, int]] = []

    @contextmanager
    def opened(ours: str, base_url: str | None, names: Any, finished: Finished | None, cases: Any) -> Iterator[Any]:
        def work(task: Task) -> Any:
            held.append((task.agent, task.case.id, task.trial))
            if len(held) == 3:
                raise KeyboardInterrupt
            row = Scored(task.case.id, task.case.kind, task.case.language, {"passed": 1.0}, task.trial)
            talk = Transcript(suite="shop", case=row.case, agent=task.agent, kind=row.kind, language=row.language)
            if finished is not None and task.agent == ours:
                finished.add((row, talk))
            return row, talk

        yield work

    monkeypatch.setattr("shortlist_evals.shop.suite._opened", opened)
    monkeypatch.setattr("shortlist_evals.shop.suite.write_transcripts", lambda suite, transcripts: list(transcripts))
    monkeypatch.setattr("shortlist_evals.finished.project_root", lambda: tmp_path)
    with pytest.raises(KeyboardInterrupt):
        run(model="openai:m", n=2, trials=2)
    done = held[:2]
    held.clear()
    held.extend([("", "", 0)] * 3)
    result = run(model="openai:m", n=2, trials=2)
    assert len(held) - 3 == 2 + 3 * 2
    assert not set(done) & set(held[3:])
    assert result["agents"]["openai:m"] == {"passed": [1.0, 1.0, 1.0]}
    assert result["reliability"]["openai:m"] == {"1": [1.0, 1.0, 1.0], "2": [1.0, 1.0, 1.0]}
