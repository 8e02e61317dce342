"""Shoppers are drawn without the product's ranking, say only what is true of their target, and are scored by turn."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shortlist_evals.personas
from shortlist_evals.agents import Answer
from shortlist_evals.personas.history import NOW, draw_history
from shortlist_evals.personas.phrases import PhraseError, Voice, bound, load_phrases
from shortlist_evals.personas.shopper import Shopper
from shortlist_evals.personas.suite import AGENTS, COMPARED, SHOWN, differences, render
from shortlist_evals.personas.talking import STATES, Stage, Task, score
from shortlist_evals.personas.tastes import EPSILON, TAKEN, Persona, Wish, draw_personas, utility
from shortlist_evals.scored import Scored, summary
from shortlist_tools.catalog import Item, Schema, Snapshot

SEED = 7


@pytest.fixture(scope="module")
def pools() -> dict[str, dict[str, object]]:
    return load_phrases()


@pytest.fixture(scope="module")
def items(demo_snapshot: Snapshot) -> list[Item]:
    return demo_snapshot.items(range(len(demo_snapshot)))


@pytest.fixture(scope="module")
def personas(items: list[Item], demo_schema: Schema, pools: dict[str, dict[str, object]]) -> list[Persona]:
    return draw_personas(items, demo_schema, tuple(pools["kinds"]), tuple(pools["fields"]), 96, SEED)


def shopper_of(persona: Persona, items: list[Item], schema: Schema, trial: int = 0) -> Shopper:
    voice = Voice(persona.language, load_phrases(), schema, Random(trial))
    return Shopper(persona, {item.id: item for item in items}, voice, "category", Random(trial))


def shows(*ids: str, kind: str = "recommend", asked: tuple[str, ...] = ()) -> Answer:
    return Answer(message="", items=ids, kind=kind, asked=asked)


def test_nothing_of_the_ranking_or_the_profile_decides_what_a_shopper_likes() -> None:
    folder = Path(shortlist_evals.personas.__file__).parent
    for name in ("tastes.py", "history.py", "shopper.py", "phrases.py"):
        tree = ast.parse((folder / name).read_text("utf-8"))
        modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not [
            one for one in modules if re.match(r"shortlist(_tools\.(ranking|profile|search|drafting))?(\.|$)", one)
        ]


def test_shoppers_are_the_same_each_time_and_cover_kinds_and_languages(
    personas: list[Persona], items: list[Item], demo_schema: Schema, pools: dict[str, dict[str, object]]
) -> None:
    again = draw_personas(items, demo_schema, tuple(pools["kinds"]), tuple(pools["fields"]), 10, SEED)
    assert again == personas[:10]
    assert {(one.kind, one.language) for one in personas} == {(k, c) for k in pools["kinds"] for c in ("en", "zh")}


def test_the_target_is_the_best_thing_in_stock_and_few_others_would_do(
    personas: list[Persona], items: list[Item]
) -> None:
    by_id = {item.id: item for item in items}
    for persona in personas:
        sold = [item for item in items if item.values["category"] == persona.kind and item.values["in_stock"]]
        assert set(persona.utilities) == {item.id for item in sold}
        best = utility(persona.taste, by_id[persona.target])
        assert best == max(utility(persona.taste, item) for item in sold)
        assert persona.target in persona.accepted
        assert len(persona.accepted) <= TAKEN
        assert sum(wish.weight for wish in persona.taste) == pytest.approx(1.0)


@given(st.floats(1, 1000), st.floats(1, 1000), st.sampled_from([1, -1]))
def test_more_of_what_is_wanted_is_never_worth_less(one: float, other: float, toward: int) -> None:
    wish = Wish("weight", 0.4, toward, (), 1.0, 1000.0)
    low, high = sorted((one, other))
    gain = wish.worth(high) - wish.worth(low)
    assert gain * toward >= -1e-12
    assert -1e-12 <= wish.worth(one) <= 0.4 + 1e-12


def test_a_missing_value_is_worth_nothing_and_any_wanted_value_all() -> None:
    wish = Wish("colour", 0.5, 0, ("red", "blue"))
    assert (wish.worth(None), wish.worth(["green", "blue"]), wish.worth("green")) == (0.0, 0.5, 0.0)


def test_regret_is_relative_to_the_range_of_the_kind() -> None:
    persona = Persona("p", "en", "lamps", (), "a", {"a": 0.9, "b": 0.89, "c": 0.4, "d": 0.1})
    assert persona.regret("a") == 0.0
    assert persona.regret("c") == pytest.approx(0.625)
    assert persona.regret("d") == persona.regret("of another kind") == persona.regret(None) == 1.0
    assert persona.accepted == {"a", "b"}
    assert persona.regret("b") <= EPSILON


def test_history_leaves_out_what_would_be_taken_now(
    personas: list[Persona], items: list[Item], demo_schema: Schema, pools: dict[str, dict[str, object]]
) -> None:
    kinds, fields = tuple(pools["kinds"]), tuple(pools["fields"])
    by_id = {item.id: item for item in items}
    for persona in personas[:24]:
        events = draw_history(persona, items, demo_schema, fields, kinds, SEED)
        assert events == draw_history(persona, items, demo_schema, fields, kinds, SEED)
        met = {event["item_id"] for event in events}
        assert not met & persona.accepted
        assert any(by_id[item].values["category"] == persona.kind for item in met)
        assert max(event["time"] for event in events) < NOW.isoformat()


def test_histories_tell_what_is_liked(
    personas: list[Persona], items: list[Item], demo_schema: Schema, pools: dict[str, dict[str, object]]
) -> None:
    by_id = {item.id: item for item in items}
    worth: dict[str, list[float]] = {"dismissed": [], "liked": []}
    for persona in personas:
        for event in draw_history(persona, items, demo_schema, tuple(pools["fields"]), tuple(pools["kinds"]), SEED):
            if event["kind"] in worth and by_id[event["item_id"]].values["category"] == persona.kind:
                worth[event["kind"]].append(utility(persona.taste, by_id[event["item_id"]]))
    assert sum(worth["liked"]) / len(worth["liked"]) > sum(worth["dismissed"]) / len(worth["dismissed"]) + 0.3


@given(st.floats(0.05, 5000), st.sampled_from([1, -1]))
def test_a_bound_that_is_named_holds_for_the_target(value: float, toward: int) -> None:
    said = float(bound(value, Wish("price", 1.0, toward)))
    assert said > value if toward < 0 else said <= value + 1e-6


def test_a_shopper_takes_only_what_they_would_take(
    personas: list[Persona], items: list[Item], demo_schema: Schema
) -> None:
    persona = personas[0]
    other = min(persona.utilities, key=lambda item: persona.utilities[item])
    shopper = shopper_of(persona, items, demo_schema)
    assert shopper.reply(shows(other)) is not None
    assert shopper.reply(shows(other, persona.target)) is None


@pytest.mark.parametrize("trial", range(4))
def test_a_comparison_goes_the_way_of_the_target(
    personas: list[Persona], items: list[Item], demo_schema: Schema, trial: int
) -> None:
    by_id = {item.id: item for item in items}
    compared = 0
    for persona in personas:
        shopper = shopper_of(persona, items, demo_schema, trial)
        slate = [item for item in sorted(persona.utilities) if item not in persona.accepted][trial : trial + 3]
        shopper.reply(shows(*slate))
        for wish in persona.taste:
            if wish.field in shopper.compared:
                compared += 1
                wanted = by_id[persona.target].values[wish.field]
                seen = [by_id[item].values.get(wish.field) for item in slate]
                assert any(value is not None and (wanted - value) * wish.toward > 0 for value in seen)
    assert compared > 20


def test_a_question_is_answered_from_the_target_or_with_indifference(
    personas: list[Persona], items: list[Item], demo_schema: Schema, pools: dict[str, dict[str, object]]
) -> None:
    indifferent = set(pools["en"]["indifferent"]) | set(pools["zh"]["indifferent"])  # type: ignore[call-overload]
    for persona in personas[:24]:
        shopper = shopper_of(persona, items, demo_schema)
        cared = {wish.field for wish in persona.taste}
        assert shopper.reply(shows(kind="ask", asked=("released",))) in indifferent
        said = shopper.reply(shows(kind="ask", asked=tuple(sorted(cared))))
        assert said not in indifferent
        assert shopper.stated <= cared


def test_grown_ups_say_so_and_what_is_of_another_kind_is_refused(
    personas: list[Persona], items: list[Item], demo_schema: Schema, pools: dict[str, dict[str, object]]
) -> None:
    persona = next(one for one in personas if one.kind == "wine" and one.language == "en")
    shopper = shopper_of(persona, items, demo_schema)
    english: dict[str, list[str]] = pools["en"]  # type: ignore[assignment]
    assert shopper.reply(shows(kind="confirm")) in english["adult"]
    said = str(shopper.reply(shows("hp-01")))
    assert any(name in said for name in pools["kinds"]["wine"]["en"])  # type: ignore[index]


def test_scores_count_turns() -> None:
    persona = Persona("p", "en", "lamps", (), "a", {"a": 1.0, "b": 0.5, "c": 0.0})
    late = score(persona, [shows(kind="ask"), shows("c"), shows("b", "a")])
    assert late == {
        "hit@1": 0.0, "hit@3": 1.0, "hit@5": 1.0, "success": 1.0, "turns": 3.0, "regret@1": 1.0, "regret": 0.0,
        "questions": 1.0,
    }  # fmt: skip
    never = score(persona, [shows("b"), shows("c")])
    assert (never["success"], never["turns"], never["regret@1"], never["regret"]) == (0.0, 6.0, 0.5, 0.5)


class Stubborn:
    """An agent that always shows the same thing."""

    name = "offline"

    def __init__(self, item: str) -> None:
        self.item = item

    def begin(self, person: object, session: str, language: str) -> Stubborn:
        return self

    def say(self, message: str) -> Answer:
        return shows(self.item)


@pytest.fixture
def stage(personas: list[Persona], items: list[Item], demo_schema: Schema) -> Stage:
    agents = {"offline": Stubborn("hp-01")}
    return Stage({item.id: item for item in items}, demo_schema, personas, {3: agents, 1: agents}, SEED)


def test_a_conversation_ends_after_five_answers_and_is_written_down(stage: Stage) -> None:
    row, transcript = stage.talk(Task(1, "offline", "cold"))
    assert (row.case, row.kind, row.values["success"]) == ("p001-cold", "cold", 0.0)
    assert len(transcript.said) == 5
    assert transcript.about.startswith("coffee: ")


def test_the_shelf_finds_everything_in_time(stage: Stage) -> None:
    rows = [stage.talk(Task(number, "shelf", "cold"))[0] for number in range(16)]
    assert {row.values["success"] for row in rows} == {1.0}
    alone = [stage.talk(Task(number, "shelf", "single"))[0] for number in range(16)]
    assert 0 < sum(row.values["success"] for row in alone) < 16


def test_differences_are_paired_by_shopper_and_said_in_words() -> None:
    metrics = dict.fromkeys({*COMPARED, *SHOWN}, 1.0)
    rows = {
        name: [
            Scored(f"p{number}-{state}", state, "en", metrics | {"success": float(name == "offline")})
            for state in STATES
            for number in range(4)
        ]
        for name in AGENTS
    }
    result = summary(rows, "success")
    found = differences(result["cases"])
    assert found["cold: offline - words"]["success"] == [1.0, 1.0, 1.0]
    assert found["offline: warm - cold"]["success"] == [0.0, 0.0, 0.0]
    said = "\n".join(str(one) for one in render({**result, "differences": found}).renderables[1:])
    assert "cold: offline - words: success +1.00 [+1.00, +1.00], a real difference" in said
    assert "cold: success within five turns is no multiple of that of words (1.00 and 0.00)" in said


def test_phrases_that_lack_something_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("en: [", "utf-8")
    with pytest.raises(PhraseError, match=r"broken\.yaml: cannot be read"):
        load_phrases(broken)
    short = tmp_path / "short.yaml"
    short.write_text("en: {open: [hello]}\nkinds: {lamps: {zh: [灯]}}\n", "utf-8")
    with pytest.raises(PhraseError, match=r"short\.yaml: en lacks join, .*kinds\.lamps"):
        load_phrases(short)


def test_there_are_words_for_every_kind_and_field_somebody_may_care_about(
    pools: dict[str, dict[str, object]], demo_schema: Schema
) -> None:
    kinds = {value.name if hasattr(value, "name") else value for value in demo_schema.by_name["category"].values}
    assert set(pools["kinds"]) <= kinds
    assert set(pools["fields"]) <= set(demo_schema.by_name)
