"""Scorers against conversations worked out by hand, their edges, and properties over any order of the turns."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.reply import Call, Question, Reply, ShownItem, Usage
from shortlist.turn_plan import TurnPlan
from shortlist_evals.agents import Answer, answer_of
from shortlist_evals.invariants.worlds import World
from shortlist_evals.scorers import SCORERS, Entry, Heard, Labels, Price, ScorerError, Turn, scorers, scores, versions
from shortlist_evals.suites import SUITES
from shortlist_tools.catalog import Requirement, Snapshot


@pytest.fixture(scope="module")
def world(demo_snapshot: Snapshot) -> World:
    items = tuple(demo_snapshot.item(row) for row in range(len(demo_snapshot.ids)))
    return World("demo", demo_snapshot.schema, items, Path("unused"), ExitStack())


def _entry(field: str, op: str, value: Any, **more: Any) -> Entry:
    return Entry.model_validate({"field": field, "op": op, "value": value, **more})


def _row(name: str, field: str, op: Any, value: Any, **more: Any) -> Requirement:
    return Requirement(id=name, field=field, op=op, value=value, quote="q", turn=1, **more)


def _reply(message: str = "Here.", items: tuple[ShownItem, ...] = (), **more: Any) -> Answer:
    given: dict[str, Any] = {"kind": "recommend", "language": "en", "session_id": "s", "turn": 1,
                             "plan": TurnPlan(intent="find"), "usage": Usage(), "trace_id": "t", **more}  # fmt: skip
    return answer_of(Reply(message=message, items=items, **given))


def _items(*ids: str, kind: str = "recommend") -> Answer:
    return Answer("", ids, kind)


def _one(name: str, heard: Heard) -> dict[str, float]:
    return dict(scores(heard, [name]))


CHEAP_HEADPHONES = (_entry("category", "==", "headphones"), _entry("price", "<", 100))


def test_satisfaction_is_the_share_of_items_and_entries_that_fit(world: World) -> None:
    # hp-06 costs 89 and fits both; hp-01 costs 379 and is headphones at least; lp-01 costs 59 and is a lamp.
    turns = (
        Turn("a", _items("hp-06", "hp-01", "lp-01"), Labels(CHEAP_HEADPHONES)),
        Turn("b", _items("hp-06"), Labels(CHEAP_HEADPHONES)),
        Turn("c", _items(), Labels(CHEAP_HEADPHONES)),
        Turn("d", _items("hp-01"), Labels()),
        Turn("e", _items("no-such"), Labels(CHEAP_HEADPHONES)),
    )
    assert _one("requirement_satisfaction", Heard(world, turns)) == {"satisfied": pytest.approx((4 / 6 + 1) / 2)}
    assert _one("requirement_satisfaction", Heard(world, turns[2:])) == {}


def test_any_reading_satisfies_an_entry_taste_does_not_count_and_a_budget_of_a_set_is_one(world: World) -> None:
    either = Entry.model_validate({"any_of": [{"field": "brand", "op": "==", "value": "Bose"},
                                              {"field": "price", "op": "<", "value": 100}]})  # fmt: skip
    taste = _entry("brand", "==", "Bose", hard=False)
    budget = _entry("price", "<=", 150, scope="slate")
    turn = Turn("a", _items("hp-06", "lp-01"), Labels((either, taste, budget)))
    assert _one("requirement_satisfaction", Heard(world, (turn,))) == {"satisfied": 1.0}
    dearer = Turn("a", _items("hp-06", "lp-01", "hp-08"), Labels((budget,)))
    assert _one("requirement_satisfaction", Heard(world, (dearer,))) == {"satisfied": 0.0}


def test_amounts_in_another_currency_are_converted(world: World) -> None:
    yuan = (_entry("price", "<=", 640, unit="CNY"),)
    turn = Turn("a", _items("hp-06", "hp-03"), Labels(yuan))
    assert _one("requirement_satisfaction", Heard(world, (turn,))) == {"satisfied": 0.5}


def test_the_ledger_is_compared_row_by_row(world: World) -> None:
    ledger = (
        _row("r1", "category", "==", "headphones"),
        _row("r2", "price", "<", 100.0),
        _row("r3", "brand", "!=", "Sony"),
        _row("r4", "colour", "contains", "black", status="replaced"),
        _row("r5", "rating", ">=", 4.0, origin="inferred", hard=False),
    )
    labels = Labels((*CHEAP_HEADPHONES, _entry("wireless", "==", True)))
    turn = Turn("a", _reply(ledger=ledger), labels)
    found = _one("ledger", Heard(world, (turn, Turn("b", _reply(ledger=ledger)), Turn("c", _items(), labels))))
    assert found == {"ledger_precision": pytest.approx(2 / 3), "ledger_recall": pytest.approx(2 / 3)}
    assert _one("ledger", Heard(world, (Turn("a", _reply(), labels),))) == {"ledger_recall": 0.0}
    assert _one("ledger", Heard(world, (Turn("a", _reply(ledger=ledger), Labels(())),))) == {"ledger_precision": 0.0}


def test_claims_are_held_against_the_items_shown_now_and_before(world: World) -> None:
    shown = (ShownItem(id="hp-06", title=world.title("hp-06", "en")),)
    title = shown[0].title
    good = Turn("a", _reply(f"{title} costs $89. Shall I go on?", shown))
    bad = Turn("b", _reply(f"{title} costs $79. It is waterproof. {title} was $89."))
    assert _one("claim_support", Heard(world, (good,))) == {"claims_supported": 1.0}
    assert _one("claim_support", Heard(world, (good, bad))) == {"claims_supported": pytest.approx(1 - 2 / 5)}
    assert _one("claim_support", Heard(world, (Turn("a", _items("hp-06")),))) == {}


def test_items_that_do_not_exist_or_were_not_shown_are_unknown(world: World) -> None:
    named = Answer(f"What about {world.title('hp-01', 'en')}?", (), "answer")
    turns = (Turn("a", _items("hp-06")), Turn("b", _items("hp-99")), Turn("c", named), Turn("d", _items()))
    assert _one("unknown_items", Heard(world, turns)) == {"items_known": 0.5}
    assert _one("unknown_items", Heard(world, ())) == {}


def test_policies_hold_for_what_any_agent_shows(world: World) -> None:
    policies = {"slate_size": 2, "exclude_seen": ["bought"], "disclose_sponsored": True,
                "age_gate": {"field": "min_age", "minimum": 18, "fact": "age_confirmed"}}  # fmt: skip
    bought = {"kind": "bought", "item_id": "hp-06"}
    turns = (
        Turn("a", _items("hp-07", "hp-08")),
        Turn("b", _items("hp-07", "hp-08", "lp-01")),
        Turn("c", _items("wn-01")),
        Turn("d", _items("hp-06")),
        Turn("e", _items("hp-06"), events=[bought]),
        Turn("f", _items("hp-15")),
        Turn("g", Answer("Sponsored.", ("hp-15",), "recommend", disclosed=("hp-15",))),
        Turn("h", _items(kind="confirm")),
        Turn("i", _items("wn-01"), Labels(confirms=True)),
        Turn("j", _items("wn-01"), session=2),
    )
    assert _one("policy_violations", Heard(world, turns, policies)) == {"policies_kept": pytest.approx(6 / 10)}


def test_a_question_counts_only_where_too_little_was_said() -> None:
    world: Any = None
    asking = Answer("Which?", (), "ask", asked=("price",))
    turns = (Turn("a", asking, Labels(unclear=True)), Turn("b", _items("x"), Labels(unclear=True)), Turn("c", asking))
    assert _one("asked_before_guess", Heard(world, turns)) == {"asked_first": 0.5}
    assert _one("asked_before_guess", Heard(world, turns[2:])) == {}


def test_a_question_is_worth_the_candidates_that_its_answer_removes(world: World) -> None:
    wanted = _row("r1", "category", "==", "headphones")
    ask: dict[str, Any] = {"kind": "ask", "question": Question(fields=("price",), text="How much?")}
    asked = Turn("a", _reply("How much?", ledger=(wanted,), **ask))
    answered = Turn("b", _reply(ledger=(wanted, _row("r2", "price", "<", 100.0), _row("r3", "wireless", "==", True))))
    prices = [item.values["price"] for item in world.items if item.values["category"] == "headphones"]
    left = sum(price < 100 for price in prices) / len(prices)
    found = _one("question_usefulness", Heard(world, (asked, answered)))
    assert found == {"questions": 1.0, "question_usefulness": pytest.approx(1 - left)}
    assert _one("question_usefulness", Heard(world, (asked, asked))) == {"questions": 2.0}


def test_language_and_length(world: World) -> None:
    zh, en = Labels(language="zh"), Labels(language="en")
    turns = (Turn("a", Answer("这款不错。", (), "answer"), zh), Turn("b", Answer("这款不错。", (), "answer"), en),
             Turn("c", Answer("It costs $1,299.50, noise-cancelling.", (), "answer"), en),
             Turn("d", _items(), en))  # fmt: skip
    assert _one("language_match", Heard(world, turns)) == {"language_match": pytest.approx(2 / 3)}
    assert _one("reply_length", Heard(world, turns)) == {"reply_words": pytest.approx((4 + 4 + 4) / 3)}
    assert _one("reply_length", Heard(world, turns[3:])) == {}


def test_ranked_scorers_read_the_grades_of_each_turn() -> None:
    world: Any = None
    good = Labels(good={"a": 2.0, "b": 1.0}, bad=("x",))
    turns = (Turn("1", _items("x", "b"), good), Turn("2", _items("a"), good), Turn("3", _items("x")))
    heard = Heard(world, turns)
    assert _one("hit", heard) == {"hit@1": 0.5, "hit@3": 1.0}
    assert _one("mrr", heard) == {"mrr": 0.75}
    assert _one("regret", heard) == {"regret": 0.25, "bad_shown": pytest.approx(1 / 3)}
    best = 2 + 0.6309297535714575
    assert _one("ndcg", heard) == {"ndcg@3": pytest.approx((0.6309297535714575 + 2) / best / 2)}
    assert scores(Heard(world, turns[2:]), ["hit", "mrr", "ndcg", "regret"]) == {}


def test_what_a_conversation_costs() -> None:
    world: Any = None
    first = Answer("", (), "chat", calls=2, prompt_tokens=900, completion_tokens=100, seconds=2.0, first_sentence=1.0)
    turns = (Turn("a", first), Turn("b", Answer("", (), "chat", seconds=1.0)))
    found = scores(Heard(world, turns, price=Price(2.0, 10.0)), ["calls", "tokens", "latency", "cost"])
    assert found == {
        "calls": 1.0, "tokens": 500.0, "tokens_written": 50.0, "seconds": 1.5, "first_sentence": 1.0,
        "cost": pytest.approx((900 * 2 + 100 * 10) / 1e6 / 2),
    }  # fmt: skip
    assert "cost" not in scores(Heard(world, turns), ["cost"])


def test_the_models_contribution_is_that_of_the_contribution_suite(world: World) -> None:
    call = Call(
        prompt="plan@1.0.0", model="m", prompt_tokens=1, completion_tokens=1, cached_tokens=0, seconds=1.0, outcome="ok"
    )
    usage = Usage(calls=(call,), plan_source="model", plan_as_written=True, entries_from_model=2, sentences_kept=3,
                  sentences_replaced=1)  # fmt: skip
    heard = Heard(world, (Turn("a", _reply(usage=usage)), Turn("b", _reply())))
    assert _one("contribution", heard) == {"plans_as_written": 1.0, "sentences_kept": 0.75, "entries_only_model": 2.0}
    assert _one("contribution", Heard(world, (Turn("a", _reply()), Turn("b", _items())))) == {}


def test_an_unknown_scorer_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(ScorerError, match="no scorer is called nonsense; there are: asked_before_guess, calls, "):
        scorers(["mrr", "nonsense"])
    assert [one.name for one in scorers(["mrr", "cost"])] == ["cost", "mrr"]
    assert list(SCORERS) == sorted(SCORERS)


def test_the_list_of_suites_names_the_versions_there_are() -> None:
    assert SUITES["shop"].scorers == versions()


ids = st.lists(st.sampled_from(["hp-01", "hp-06", "lp-01", "wn-01", "no-such"]), max_size=3, unique=True)
labels = st.builds(
    Labels,
    entries=st.sampled_from([None, (), CHEAP_HEADPHONES]),
    good=st.dictionaries(st.sampled_from(["hp-01", "hp-06", "lp-01"]), st.sampled_from([1.0, 2.0, 3.0]), max_size=2),
    bad=st.sampled_from([(), ("wn-01",)]),
    unclear=st.booleans(),
)
conversations = st.lists(st.builds(lambda shown, label: Turn("m", _items(*shown), label), ids, labels), max_size=4)
SHARES = ("satisfied", "items_known", "hit@1", "hit@3", "mrr", "ndcg@3", "regret", "bad_shown", "asked_first")


RANKED = ["requirement_satisfaction", "unknown_items", "hit", "mrr", "ndcg", "regret", "asked_before_guess"]


@settings(max_examples=30, deadline=None)
@given(turns=conversations, order=st.randoms())
def test_shares_lie_between_zero_and_one_and_the_order_of_turns_does_not_matter(
    world: World, turns: list[Turn], order: Any
) -> None:
    found = scores(Heard(world, tuple(turns)), RANKED)
    shuffled = list(turns)
    order.shuffle(shuffled)
    again = scores(Heard(world, tuple(shuffled)), RANKED)
    for metric in SHARES:
        assert 0.0 <= found.get(metric, 0.0) <= 1.0
        assert found.get(metric) == pytest.approx(again.get(metric)) if metric in found else metric not in again


@settings(max_examples=50, deadline=None)
@given(turns=conversations.filter(bool))
def test_leaving_out_what_breaks_an_entry_never_lowers_satisfaction(world: World, turns: list[Turn]) -> None:
    before = scores(Heard(world, tuple(turns)), ["requirement_satisfaction"]).get("satisfied", 0.0)
    fits = {"hp-06"}
    kept = [
        Turn(one.message, _items(*[item for item in one.answer.items if item in fits]), one.labels) for one in turns
    ]
    after = scores(Heard(world, tuple(kept)), ["requirement_satisfaction"]).get("satisfied")
    assert after is None or after >= before - 1e-12
