"""The phrase pools are whole: both languages, the same placeholders, and every occasion that the code speaks of."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

import shortlist
from shortlist.offline import say, small_talk

POOLS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    files("shortlist.offline").joinpath("phrases.yaml").read_text("utf-8")
)
SOURCES = sorted(Path(shortlist.__path__[0]).rglob("*.py"))


def placeholders(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None}


def calls() -> Iterator[tuple[str, set[str], str]]:
    """Every `say(occasion, …)` of the package: the occasion, the values it is given, and where."""
    for source in SOURCES:
        for function in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from calls_in(function, source.name)


def calls_in(function: ast.AST, source: str) -> Iterator[tuple[str, set[str], str]]:
    assigned: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            assigned.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            given = {keyword.arg for keyword in node.keywords if keyword.arg}
            for occasion in occasions(node.args[0], assigned):
                yield occasion, given, f"{source}:{node.lineno}"


def occasions(node: ast.expr, assigned: dict[str, list[ast.expr]]) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from occasions(node.body, assigned)
        yield from occasions(node.orelse, assigned)
    elif isinstance(node, ast.Name):
        for value in assigned.get(node.id, []):
            if isinstance(value, ast.Constant | ast.IfExp):
                yield from occasions(value, assigned)
    elif isinstance(node, ast.JoinedStr):
        prefix = str(node.values[0].value) if isinstance(node.values[0], ast.Constant) else ""
        yield from (name for name in POOLS if prefix and name.startswith(prefix))


CALLS = list(calls())
SAID_BY_TOPIC = {"accepted", "off_topic", "fresh", "given_up", "hello", "thanks", "bye", "empty", "chat"}


@pytest.mark.parametrize("occasion", POOLS)
def test_a_pool_has_both_languages_with_the_same_placeholders(occasion: str) -> None:
    pool = POOLS[occasion]
    assert set(pool) == {"en", "zh"}
    shapes = {frozenset(placeholders(phrase)) for phrases in pool.values() for phrase in phrases}
    assert len(shapes) == 1, shapes
    for phrases in pool.values():
        assert phrases
        assert len(set(phrases)) == len(phrases)
        assert all(phrase == phrase.strip() != "" for phrase in phrases)


def test_the_scan_finds_the_calls() -> None:
    assert len(CALLS) > 30
    assert {"near", "near_next", "item_first", "degree_lowest"} <= {occasion for occasion, _, _ in CALLS}


@pytest.mark.parametrize(("occasion", "given", "where"), CALLS, ids=[f"{one}@{where}" for one, _, where in CALLS])
def test_every_occasion_in_the_code_has_a_pool_and_all_its_values(occasion: str, given: set[str], where: str) -> None:
    assert occasion in POOLS, where
    assert placeholders(POOLS[occasion]["en"][0]) <= given


def test_every_pool_is_used() -> None:
    assert set(POOLS) - {occasion for occasion, _, _ in CALLS} - SAID_BY_TOPIC == set()


@pytest.mark.parametrize("topic", sorted(SAID_BY_TOPIC))
def test_small_talk_needs_no_values(topic: str) -> None:
    assert say(topic, "en", "s") in POOLS[topic]["en"]
    assert say(topic, "zh", "s") in POOLS[topic]["zh"]


def test_the_same_seed_says_the_same_and_others_vary() -> None:
    assert {say("hint", "en", "s1:3") for _ in range(20)} == {say("hint", "en", "s1:3")}
    assert len({say("hint", "en", f"s1:{turn}") for turn in range(30)}) == len(POOLS["hint"]["en"])


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("hi", "hello"),
        ("Hello there!", "hello"),
        ("你好", "hello"),
        ("thanks a lot", "thanks"),
        ("谢谢啦", "thanks"),
        ("给你添麻烦了", "thanks"),
        ("麻烦您了", "thanks"),
        ("a thank-you for my neighbour", "chat"),
        ("a thank you present", "chat"),
        ("想谢谢帮我搬家的同事", "chat"),
        ("bye", "bye"),
        ("再见", "bye"),
        ("", "empty"),
        ("🙂🙂 ...", "empty"),
        ("how are you", "chat"),
        ("this is nice", "chat"),
        ("等一下", "chat"),
    ],
)
def test_small_talk_is_told_apart(message: str, topic: str) -> None:
    assert small_talk(message) == topic
