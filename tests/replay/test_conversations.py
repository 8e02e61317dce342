"""Every recorded conversation replays as it was recorded, with the network blocked, and keeps what was promised."""

from __future__ import annotations

import pytest

from shortlist_evals.conversations import Stage, cassette_of, cassettes_dir, hold, scripts
from shortlist_evals.recorder import check_no_orphans

SCRIPTS = {script.name: script for script in scripts()}
RECORDED = sorted(name for name in SCRIPTS if cassette_of(name).exists())


@pytest.mark.block_network(allowed_hosts=["no host at all"])
@pytest.mark.parametrize("name", RECORDED)
def test_recorded_conversation_replays_and_keeps_its_promises(name: str, stage: Stage) -> None:
    held = hold(SCRIPTS[name], stage)
    assert held.problems == []
    assert len(held.exchanges) == len(held.seconds) == len(SCRIPTS[name].turns)


def test_every_recording_has_a_script() -> None:
    check_no_orphans(cassettes_dir(), [cassette_of(name) for name in SCRIPTS])


def test_at_least_forty_turns_are_recorded_and_no_script_is_without_its_recording() -> None:
    turns = sum(len(SCRIPTS[name].turns) for name in RECORDED)
    missing = sorted(set(SCRIPTS) - set(RECORDED))
    assert (turns >= 40, missing) == (True, []), (
        f"{turns} turns are recorded; run `make record` beside a model's server"
    )


def test_half_of_what_is_said_is_chinese() -> None:
    chinese = [len(one.turns) for one in SCRIPTS.values() if one.language == "zh"]
    assert 44 <= sum(len(one.turns) for one in SCRIPTS.values()) <= 2.2 * sum(chinese)
