"""Records conversations one after the other: tells how far it is and how long it still takes, and survives a kill."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from shortlist_evals.conversations.holding import Held, cassette_of, hold, recorded
from shortlist_evals.conversations.script import Script, ScriptError, scripts
from shortlist_evals.conversations.stage import Stage
from shortlist_evals.places import project_root
from shortlist_evals.recorder import CassetteError

A_TURN = 25.0
"""Seconds a turn takes with a small local model, where nothing recorded tells."""


class Session(BaseModel):
    """How far a run of `record` is; kept in a file, so that another process can look, and a later one go on.

    Attributes:
        model: `provider:name`.
        fresh: Whether everything is asked, also what still matches.
        left: Conversations not recorded yet, the one in progress first.
        done: Conversations recorded.
        failed: Conversations that did not meet their script, with what was wrong.
        expected: Seconds that each of those left is expected to take.
        seconds_left: Seconds left in all.
        stopped: Why it ended early; empty otherwise.
    """

    model: str
    fresh: bool
    left: list[str]
    done: list[str] = []
    failed: dict[str, list[str]] = {}
    expected: dict[str, float]
    seconds_left: float
    stopped: str = ""

    @classmethod
    def of(cls, chosen: Sequence[Script], model: str, fresh: bool, folder: Path | None) -> Session:
        """Return the beginning of a run over the `chosen` ones."""
        turn = typical(folder)
        expected = {one.name: sum(_seconds(one, folder)) or turn * len(one.turns) for one in chosen}
        names = [one.name for one in chosen]
        return cls(model=model, fresh=fresh, left=names, expected=expected, seconds_left=sum(expected.values()))


def state_path(aside: Path | None = None) -> Path:
    """Return where the state of the last run of `record` is kept: outside git, beside what was put aside."""
    return aside.parent / f"{aside.name}.state" if aside else project_root() / ".shortlist" / "evals" / "record.state"


def resumed(path: Path) -> Session:
    """Return the last run's state.

    Raises:
        ScriptError: If there is none.
    """
    try:
        return Session.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValidationError) as error:
        raise ScriptError(f"{path}: no run of `record` to go on with ({type(error).__name__})") from error


class Recorder:
    """Records conversations, each written as soon as it ends.

    Args:
        stage: Where they are held.
        session: What is to be done.
        state: Where to keep how far it is.
        options: What `hold` takes beside these: model, server, key, folders.
    """

    def __init__(self, stage: Stage, session: Session, state: Path, options: dict[str, Any]) -> None:
        self._stage, self._session, self._state, self._options = stage, session, state, options
        self._spent = self._planned = 0.0

    def run(self, chosen: Sequence[Script]) -> dict[str, list[str]]:
        """Record each and return what was wrong with those that did not meet their script.

        Raises:
            ProviderAbsentError: If the model's server went away; the state says what is left.
        """
        with _shown(sum(len(script.turns) for script in chosen)) as (line, advance):
            for place, script in enumerate(chosen, start=1):
                self._save()
                held = self._one(script, advance)
                line(f"{place}/{len(chosen)} {self._said(held)}")
        self._save()
        return self._session.failed

    def _one(self, script: Script, advance: Callable[[str], None]) -> Held:
        session, began = self._session, time.monotonic()
        try:
            held = hold(
                script, self._stage, record=True, fresh=session.fresh, told=lambda turn: advance(script.name),
                **self._options,
            )  # fmt: skip
        except BaseException as error:
            session.stopped = f"{script.name}: {error or type(error).__name__}"
            self._save()
            raise
        self._spent += time.monotonic() - began
        self._planned += session.expected.pop(script.name)
        session.left.remove(script.name)
        session.done.append(script.name)
        if held.problems:
            session.failed[script.name] = held.problems
        rate = self._spent / self._planned if self._planned else 1.0
        session.seconds_left = round(rate * sum(session.expected.values()), 1)
        return held

    def _said(self, held: Held) -> str:
        calls = f"{held.asked} calls asked" + (f", {held.reused} as before" if held.reused else "")
        kept = "" if not held.problems else "; FAILED, kept aside"
        name, left = held.script.name, self._session.left
        after = f"; {len(left)} left, about {minutes(self._session.seconds_left)}" if left else ""
        return f"{name}: {len(held.exchanges)} turns in {minutes(sum(held.seconds))}, {calls}{kept}{after}"

    def _save(self) -> None:
        self._state.parent.mkdir(parents=True, exist_ok=True)
        part = self._state.with_suffix(".part")
        part.write_text(json.dumps(self._session.model_dump(), ensure_ascii=False, indent=1) + "\n", "utf-8")
        part.replace(self._state)


@contextmanager
def _shown(turns: int) -> Iterator[tuple[Callable[[str], None], Callable[[str], None]]]:
    """Yield how to print a line and how to move the bar; without a terminal, lines with the time of day and no bar."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=turns)

        def line(text: str) -> None:
            if console.is_terminal:
                bar.console.print(text, markup=False)
            else:
                sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
                sys.stderr.flush()

        yield line, lambda name: bar.update(task, advance=1, description=name)


def typical(folder: Path | None) -> float:
    """Return the seconds that a turn took on average in what is recorded."""
    seconds = [second for script in scripts() for second in _seconds(script, folder)]
    return sum(seconds) / len(seconds) if seconds else A_TURN


def minutes(seconds: float) -> str:
    """Return `seconds` as people say it."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _seconds(script: Script, folder: Path | None) -> tuple[float, ...]:
    try:
        return recorded(cassette_of(script.name, folder)).seconds
    except CassetteError:
        return ()
