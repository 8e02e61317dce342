"""Every recorded conversation replays as it was recorded, with the network blocked, and keeps what was promised."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from shortlist.demo import shoppers
from shortlist_evals.conversations import Stage, cassette_of, cassettes_dir, hold, scripts
from shortlist_evals.prompts import calls_dir, paths, read_call, unlike, versions
from shortlist_evals.recorder import check_no_orphans, flaws
from shortlist_prompts import Prompts

SCRIPTS = {script.name: script for script in scripts()}
RECORDED = sorted(name for name in SCRIPTS if cassette_of(name).exists())
CALLS = [path for version in versions() for path in paths(version)]
PEOPLE = {shopper["id"] for shopper in shoppers()}
PERSON = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}|(?<![\d.])\+?\d{10,13}(?![\d.])", re.IGNORECASE)
"""Addresses of electronic mail, and what is long enough for a telephone number."""


@pytest.mark.block_network(allowed_hosts=["no host at all"])
@pytest.mark.parametrize("name", RECORDED)
def test_recorded_conversation_replays_and_keeps_its_promises(name: str, stage: Stage) -> None:
    held = hold(SCRIPTS[name], stage)
    assert held.problems == []
    assert len(held.exchanges) == len(held.seconds) == len(SCRIPTS[name].turns)


def test_every_recording_has_a_script() -> None:
    check_no_orphans(cassettes_dir(), [cassette_of(name) for name in SCRIPTS])


def test_every_script_has_its_recording() -> None:
    missing = sorted(set(SCRIPTS) - set(RECORDED))
    assert missing == [], "run `make record` beside a model's server"


def test_every_recording_says_where_it_comes_from() -> None:
    """Model, server, day, prompts, tools and catalog are said and agree; what an edit by hand changes shows."""
    prompts = Prompts.load()
    found = {path.name: flaws(path, prompts) for path in [*map(cassette_of, RECORDED), *CALLS]}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}, "run `make record` beside a model's server"


def test_nobody_outside_the_demo_is_recorded() -> None:
    assert {SCRIPTS[name].user for name in RECORDED} - {None} <= PEOPLE
    for path in [*map(cassette_of, RECORDED), *CALLS]:
        asked = [one["request"]["body"]["messages"] for one in json.loads(path.read_text("utf-8"))["exchanges"]]
        assert PERSON.findall(json.dumps(asked)) == [], path.name


def test_half_of_what_is_said_is_chinese() -> None:
    chinese = [len(one.turns) for one in SCRIPTS.values() if one.language == "zh"]
    assert 44 <= sum(len(one.turns) for one in SCRIPTS.values()) <= 2.2 * sum(chinese)


@pytest.mark.parametrize("path", CALLS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_recorded_call_is_one_of_its_version(path: Path) -> None:
    recorded = read_call(path)
    assert unlike(recorded, Prompts.load()) is None
    assert recorded.call.id == path.stem
    assert recorded.call.prompt == recorded.version.partition("@")[0]
    assert recorded.schema_file.exists()


def test_no_call_is_orphaned() -> None:
    check_no_orphans(calls_dir(), CALLS)
