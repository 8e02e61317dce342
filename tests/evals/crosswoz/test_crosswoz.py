"""The CrossWOZ suite on a dialogue of our own: what is wanted, what is left out, and how slates are scored."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from shortlist_evals.agents import Answer
from shortlist_evals.crosswoz import Turn, annotated, figures, read_dialogue, said
from shortlist_evals.crosswoz.entities import Names, entity_snapshot
from shortlist_evals.crosswoz.holding import OURS, REFERENCE, Held
from shortlist_evals.crosswoz.scoring import fitting, heard, pointed_at, reference_recall, satisfied
from shortlist_evals.crosswoz.suite import micro, render
from shortlist_evals.reader import Tally
from shortlist_tools.catalog import Requirement, Snapshot

_HOTELS = [("甲酒店", 300, 4.8), ("乙酒店", 500, 4.2), ("丙酒店", 350, 4.6)]


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    from shortlist_evals.crosswoz import entities

    (tmp_path / "crosswoz" / "database").mkdir(parents=True)
    hotels = [
        [name, {"名称": name, "价格": price, "评分": stars, "周边景点": ["塔"]}] for name, price, stars in _HOTELS
    ]
    sights = [["塔", {"名称": "塔", "门票": 0, "评分": 4.9, "游玩时间": "1小时 - 2小时", "周边酒店": ["甲酒店"]}]]
    foods = [["面馆", {"名称": "面馆", "人均消费": 40, "评分": None, "推荐菜": ["拉面"]}]]
    for name, rows in (("hotel", hotels), ("attraction", sights), ("restaurant", foods)):
        (tmp_path / "crosswoz" / "database" / f"{name}_db.json").write_text(json.dumps(rows), "utf-8")
    monkeypatch.setenv("SHORTLIST_EVAL_DATA", str(tmp_path))
    entities.entities_by_kind.cache_clear()
    found = entity_snapshot(tmp_path)
    entities.entities_by_kind.cache_clear()
    return found


def _user(text: str, acts: list[list[str]], state: list[list[Any]]) -> dict[str, Any]:
    return {"role": "usr", "content": text, "dialog_act": acts, "user_state": state}


def _wizard(text: str, acts: list[list[str]]) -> dict[str, Any]:
    return {"role": "sys", "content": text, "dialog_act": acts}


def _state(name: str, *mentioned: bool) -> list[list[Any]]:
    return [
        [1, "酒店", "评分", "4.5分以上", mentioned[0]],
        [1, "酒店", "名称", name, mentioned[0]],
        [1, "酒店", "价格", "300-400元", mentioned[1]],
        [1, "酒店", "电话", "", mentioned[2]],
    ]


DIALOGUE = {
    "type": "单领域",
    "messages": [
        _user("住4.5分以上的酒店。", [["Inform", "酒店", "评分", "4.5分以上"], ["Request", "酒店", "名称", ""]],
              _state("", True, False, False)),
        _wizard("太多了。", [["NoOffer", "酒店", "none", "none"]]),
        _user("那要300到400元的。", [["Inform", "酒店", "价格", "300-400元"]], _state("", True, True, False)),
        _wizard("丙酒店，旁边有塔。", [["Recommend", "酒店", "名称", "丙酒店"], ["Inform", "酒店", "周边景点", "塔"]]),
        _user("电话呢？", [["Request", "酒店", "电话", ""]], _state("丙酒店", True, True, True)),
        _wizard("没有。", [["Inform", "酒店", "电话", "无"]]),
        _user("打车去。", [["Inform", "出租", "目的地", "丙酒店"]], _state("丙酒店", True, True, True)),
        _wizard("好。", []),
        _user("谢谢！", [["General", "thank", "none", "none"]], _state("丙酒店", True, True, True)),
    ],
}  # fmt: skip


def test_a_dialogue_tells_what_is_wanted_so_far_and_what_is_left_out() -> None:
    first, second, question, taxi, thanks = read_dialogue("d", DIALOGUE).turns
    assert [said(one) for one in first.wanted] == [("评分", ">=", "4.5")]
    assert [said(one) for one in second.so_far] == [("评分", ">=", "4.5"), ("价格", "between", '["300", "400"]')]
    assert (first.chosen, second.chosen, second.shown) == (None, "丙酒店", (("酒店", "丙酒店"), ("景点", "塔")))
    assert [turn.left for turn in (first, second, question, taxi, thanks)] == [None, None, "about", "traffic", None]
    assert (thanks.kind, thanks.wanted, thanks.reply) == ("", (), "")


@pytest.mark.parametrize(
    ("text", "named", "of_shown"),
    [
        ("这两家哪个在400元以内？", [], True),
        ("这家在400元以内吗", ["甲酒店"], True),
        ("哪个在400元以内？", ["甲酒店", "丙酒店"], False),
        ("推荐一个400元以内的好吗？", ["甲酒店"], False),
        ("400元以内。", [], False),
    ],
)
def test_a_question_about_what_was_shown_is_no_slate(text: str, named: list[str], of_shown: bool) -> None:
    limit = [["Inform", "酒店", "价格", "400元以下"]]
    state = [[1, "酒店", "价格", "400元以下", True], [1, "酒店", "名称", "", True]]
    messages = [
        _user("住酒店。", [["Request", "酒店", "名称", ""]], state),
        _wizard("甲或乙。", [["Recommend", "酒店", "名称", name] for name in ("甲酒店", "乙酒店")]),
        _user(text, limit, state),
        _wizard("好。", [["Inform", "酒店", "名称", name] for name in named]),
    ]
    first, second = read_dialogue("d", {"messages": messages}).turns
    assert (first.of_shown, second.kind, second.of_shown) == (False, "酒店", of_shown)


@pytest.mark.parametrize(
    ("slot", "value", "wanted"),
    [
        ("酒店设施-暖气", "是", [("酒店设施", "contains", "暖气")]),
        ("酒店设施-暖气", "否", []),
        ("推荐菜", "拉面 饺子", [("推荐菜", "contains", "拉面"), ("推荐菜", "contains", "饺子")]),
        ("门票", "不免费", [("门票", ">=", "0")]),
        ("门票", "免费", [("门票", "==", "0")]),
        ("人均消费", "50元", [("人均消费", "<=", "50")]),
        ("游玩时间", "1小时 - 2小时", [("游玩时间", "between", '["120", "60"]')]),
        ("评分", "5分", [("评分", "==", "5")]),
        ("酒店类型", "经济型", [("酒店类型", "==", "经济型")]),
    ],
)
def test_slots_stand_for_requirements(slot: str, value: str, wanted: list[tuple[str, str, str]]) -> None:
    assert [said(one) for one in annotated(slot, value)] == wanted


def test_about_an_hour_is_an_hour_but_a_range_is_a_range() -> None:
    about = Requirement(field="游玩时间", op="between", value=[48.0, 72.0], quote="1小时左右")
    assert said(about) == ("游玩时间", "==", "60")
    assert said(about.model_copy(update={"quote": "48到72分钟"}))[1] == "between"


def _row(number: int, turn: int, field: str, op: str, value: Any, status: str = "active") -> Requirement:
    return Requirement(id=f"r{number}", turn=turn, field=field, op=op, value=value, status=status)  # type: ignore[arg-type]


def test_what_the_turn_added_or_repeats_counts_and_being_near_does_not() -> None:
    stars, price = Requirement(field="评分", op=">=", value=4.5), Requirement(field="价格", op="<=", value=9)
    stars, price = Requirement(field="评分", op=">=", value=4.5), Requirement(field="价格", op="<=", value=9)
    turn = Turn("塔附近4.5分以上", wanted=(stars,), kind="酒店", so_far=(stars, price))
    ledger = (
        _row(1, 1, "评分", ">=", 4.5),
        _row(2, 2, "周边景点", "contains", "塔"),
        _row(3, 2, "领域", "==", "酒店"),
        _row(4, 2, "酒店设施", "contains", "暖气"),
        _row(5, 1, "价格", "<=", 9, "replaced"),
    )
    found = heard(turn, SimpleNamespace(ledger=ledger, turn=2))  # type: ignore[arg-type]
    assert found.tally == Tally(1, 2, 1)
    assert found.extra == (("酒店设施", "contains", "暖气"),)
    assert (found.kept.right, found.kept.wanted) == (1, 2)


def test_a_slate_fits_by_kind_and_requirements_and_the_reference_is_exact(snapshot: Snapshot) -> None:
    names = Names(snapshot)
    turn = Turn("", kind="酒店", so_far=tuple(annotated("评分", "4.5分以上")))
    fits = fitting(turn, snapshot)
    ids = {name: names.get("酒店", name) or "" for name, *_ in _HOTELS}
    assert [snapshot.row_of[ids[name]] for name in ("甲酒店", "丙酒店")] == sorted(fits.nonzero()[0].tolist())
    shown = Answer("", (ids["甲酒店"], ids["乙酒店"], names.get("景点", "塔") or "", ids["丙酒店"]), "recommend")
    assert satisfied(shown, fits, snapshot) == 0.5
    assert satisfied(Answer("", (), "ask"), fits, snapshot) == 0.0
    assert reference_recall(fits, snapshot.row_of[ids["丙酒店"]]) == 1.0
    assert reference_recall(fits, snapshot.row_of[ids["乙酒店"]]) == 0.0
    many = fits | True
    many = many.repeat(5)
    assert reference_recall(many, 0) == pytest.approx(10 / 25)


def test_naming_counts_what_the_plan_is_about(snapshot: Snapshot) -> None:
    names = Names(snapshot)
    reply = SimpleNamespace(plan=SimpleNamespace(about=(names.get("酒店", "甲酒店"),)))
    answer = Answer("", (), "answer", reply=reply)  # type: ignore[arg-type]
    turn = Turn("", names=(("酒店", "甲酒店"), ("景点", "塔"), ("景点", "没有")))
    assert pointed_at(turn, answer, names) == Tally(1, 1, 2)


def test_figures_are_over_entries_and_turns_and_say_who_is_better() -> None:
    ours = [
        Held(f"d{n}", "单领域", OURS, tallies=[Tally(n % 2, 1, 1)], kept=[Tally(1, 1, 1)], kinds=["酒店"],
             satisfied=[1.0, 0.5], answered=[1.0], recall=[1.0], silent=[1.0])
        for n in range(4)
    ]  # fmt: skip
    reference = [Held(f"d{n}", "单领域", REFERENCE, satisfied=[1.0, 1.0], recall=[0.25]) for n in range(4)]
    found = figures([*ours, *reference])
    assert found["requirements"]["precision"][0] == 0.5
    assert found["slates"][OURS]["satisfied"] == {"turns": 8, "mean": [0.75, 0.75, 0.75]}
    assert found["slates"][OURS]["answered"] == {"turns": 4, "mean": [1.0, 1.0, 1.0]}
    assert found["slates"][OURS]["declined"] == {"turns": 0}
    assert found["differences"] == {f"{OURS} - {REFERENCE}": [0.75, 0.75, 0.75]}
    assert len(render(found).renderables) == 2
    assert micro([])["f1"] == [1.0, 1.0, 1.0]
