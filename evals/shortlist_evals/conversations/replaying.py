"""Replays recordings, one after the other or side by side, and says of each whether it still holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from shortlist_evals.conversations.holding import Held, cassette_of, hold, recorded
from shortlist_evals.conversations.script import Script
from shortlist_evals.conversations.stage import Stage, staged
from shortlist_evals.jobs import run_tasks
from shortlist_evals.recorder import (
    CassetteError,
    CassetteMissError,
    CassetteMissingError,
    CassetteStaleError,
    CassetteUnplayedError,
    flaws,
)
from shortlist_prompts import Prompts

State = Literal["ok", "failed", "stale", "flawed", "broken", "missing"]
RECORD_AGAIN: tuple[State, ...] = ("stale", "flawed", "broken", "missing")


@dataclass(frozen=True)
class Verdict:
    """What a replay found.

    Attributes:
        script: The conversation.
        state: `ok`; `failed`: an expectation or a promise; `stale`: a request or something around it has changed;
            `flawed`: it does not say where it comes from, or a hand was in it; `broken`: no whole cassette; `missing`.
        findings: What was found, in lines.
        held: The conversation, where it was held to its end.
        span: When the replay began and ended, in seconds of the machine's clock.
        seconds: What each turn took when it was recorded.
    """

    script: Script
    state: State
    findings: tuple[str, ...] = ()
    held: Held | None = None
    span: tuple[float, float] = (0.0, 0.0)
    seconds: tuple[float, ...] = ()

    def again(self, turn: float) -> float:
        """Return the seconds that recording it again takes at most, `turn` seconds a turn where none are known."""
        return sum(self.seconds) or turn * len(self.script.turns)


def judge(script: Script, stage: Stage, folder: Path | None = None) -> Verdict:
    """Replay one conversation, offline, and return what was found."""
    began = time.monotonic()
    found = _judge(script, stage, folder)
    return replace(found, span=(began, time.monotonic()))


def _judge(script: Script, stage: Stage, folder: Path | None) -> Verdict:
    path = cassette_of(script.name, folder)
    try:
        seconds = recorded(path).seconds
        held = hold(script, stage, folder=folder)
    except CassetteMissingError:
        return Verdict(script, "missing")
    except (CassetteStaleError, CassetteMissError, CassetteUnplayedError) as error:
        return Verdict(script, "stale", tuple(error.problem.splitlines()), seconds=seconds)
    except CassetteError as error:
        return Verdict(script, "broken", tuple(error.problem.splitlines()))
    if held.problems:
        return Verdict(script, "failed", tuple(held.problems), held, seconds=seconds)
    wrong = tuple(flaws(path, stage.prompts))
    return Verdict(script, "flawed" if wrong else "ok", wrong, held, seconds=seconds)


def judge_all(chosen: Sequence[Script], folder: Path | None, prompts: Path | None, jobs: int) -> list[Verdict]:
    """Return what `judge` finds of each conversation, `jobs` processes side by side; what was held stays there."""
    return run_tasks(chosen, partial(_judging, folder, prompts), jobs)


@contextmanager
def _judging(folder: Path | None, prompts: Path | None) -> Iterator[Callable[[Script], Verdict]]:
    loaded = None if prompts is None else Prompts.load(prompts, locked=False)
    with staged(loaded) as stage:
        yield lambda script: replace(judge(script, stage, folder), held=None)


def speed(verdicts: Sequence[Verdict]) -> str:
    """Return how many turns were replayed, in how long, and how many a second; opening the demo is not counted."""
    played = [one for one in verdicts if one.state not in ("missing", "broken")]
    turns = sum(len(one.script.turns) for one in played)
    if not turns:
        return "no turn"
    took = max(one.span[1] for one in played) - min(one.span[0] for one in played)
    return f"{turns} turns in {took:.1f} s, {turns / took:.1f} turns a second"
