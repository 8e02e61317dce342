"""The two commands: `record` asks the model again for what no longer matches, `replay` says what still does."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from shortlist_evals.conversations.holding import Held, cassette_of, cassettes_dir, hold, recorded
from shortlist_evals.conversations.script import Script, scripts
from shortlist_evals.conversations.stage import BASE_URL, MODEL, Stage, staged
from shortlist_evals.recorder import CassetteError, CassetteMissingError, orphans

A_TURN = 25.0
"""Seconds a turn takes with a small local model, where nothing recorded tells."""

Names = Annotated[list[str] | None, typer.Argument(help="Conversations; all of them by default.", show_default=False)]
Folder = Annotated[Path | None, typer.Option(help="Keep cassettes here instead of in evals/cassettes.")]


@dataclass(frozen=True)
class Verdict:
    """What a replay found: `ok`, `failed` (expectations or promises), `stale` or `missing`, and each finding."""

    script: Script
    state: str
    findings: tuple[str, ...] = ()
    held: Held | None = None


def record(arguments: Sequence[str]) -> int:
    """Run `record` with command-line arguments and return its exit code."""
    return _run(_record, "record", arguments)


def replay(arguments: Sequence[str]) -> int:
    """Run `replay` with command-line arguments and return its exit code."""
    return _run(_replay, "replay", arguments)


def _run(command: Callable[..., int], name: str, arguments: Sequence[str]) -> int:
    app = typer.Typer(add_completion=False)
    app.command(name)(command)
    click = typer.main.get_command(app)
    code: int | None = click.main(list(arguments), f"python -m shortlist_evals {name}", standalone_mode=False)
    return code or 0


def judge(script: Script, stage: Stage, folder: Path | None = None) -> Verdict:
    """Replay one conversation, offline, and return what was found."""
    try:
        held = hold(script, stage, folder=folder)
    except CassetteMissingError:
        return Verdict(script, "missing")
    except CassetteError as error:
        return Verdict(script, "stale", tuple(str(error).splitlines()))
    return Verdict(script, "failed" if held.problems else "ok", tuple(held.problems), held)


def _replay(names: Names = None, *, folder: Folder = None) -> int:
    """Replay conversations offline: each is ok, failed (an expectation or a promise), stale (with the nearest diff)."""
    with staged() as stage:
        verdicts = []
        for script in scripts(names or ()):
            verdicts.append(judge(script, stage, folder))
            _tell(verdicts[-1])
    left = orphans(folder or cassettes_dir(), [cassette_of(one.name, folder) for one in scripts()])
    for path in left:
        typer.secho(f"orphaned  {path.name}: no script replays it", fg="red")
    counts = {state: sum(one.state == state for one in verdicts) for state in ("ok", "failed", "stale", "missing")}
    typer.echo(", ".join(f"{count} {state}" for state, count in counts.items() if count))
    return int(bool(left) or counts["ok"] < len(verdicts))


def _tell(verdict: Verdict) -> None:
    colour = {"ok": "green", "missing": "yellow"}.get(verdict.state, "red")
    typer.echo(f"{typer.style(f'{verdict.state:9}', fg=colour)} {verdict.script.name}")
    for line in verdict.findings:
        typer.echo(f"          {line}")


def _record(
    names: Names = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Record what still matches as well.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Of those named, only the stale and missing ones.")] = False,
    model: Annotated[str, typer.Option(envvar="SHORTLIST_MODEL", help="provider:name to record.")] = MODEL,
    base_url: Annotated[str, typer.Option(envvar="SHORTLIST_BASE_URL", help="Its server.")] = BASE_URL,
    folder: Folder = None,
) -> int:
    """Record the conversations that are stale or missing; named ones, and all with --all, whether stale or not."""
    if ":" not in model:
        raise typer.BadParameter(f"expected provider:name, such as {MODEL}; got {model!r}", param_hint="--model")
    chosen = scripts(names or ())
    with staged() as stage:
        if not all_ and (stale or not names):
            chosen = _out_of_date(chosen, stage, folder)
        if not chosen:
            typer.echo("everything recorded still matches; --all records it all the same")
            return 0
        turns = sum(len(script.turns) for script in chosen)
        expected = _expected(chosen, folder)
        typer.echo(f"recording {len(chosen)} conversations, {turns} turns, with {model}: about {_minutes(expected)}")
        failed = _record_each(
            chosen, stage, {"model": model, "base_url": base_url, "api_key": _key(), "folder": folder}
        )
    return int(failed)


def _out_of_date(chosen: Sequence[Script], stage: Stage, folder: Path | None) -> list[Script]:
    found = []
    for script in chosen:
        verdict = judge(script, stage, folder)
        if verdict.state in ("stale", "missing"):
            found.append(script)
            why = next((line for line in verdict.findings if line.strip()), "never recorded")
            typer.echo(f"{verdict.state:9} {script.name}: {why.removeprefix(f'{script.name}.json: ')}")
    return found


def _record_each(chosen: Sequence[Script], stage: Stage, options: dict[str, Any]) -> bool:
    """Record one after the other, each written as soon as it ends; return whether any did not meet its script."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    failed = False
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=sum(len(script.turns) for script in chosen))
        for place, script in enumerate(chosen, start=1):
            bar.update(task, description=script.name)
            started = time.monotonic()
            held = hold(script, stage, record=True, told=lambda turn: bar.advance(task), **options)
            failed |= bool(held.problems)
            took = _minutes(time.monotonic() - started)
            bar.console.print(f"{place}/{len(chosen)} {script.name}: {len(held.exchanges)} turns in {took}")
            for problem in held.problems:
                bar.console.print(f"   {problem}", style="red", markup=False)
    return failed


def _expected(chosen: Sequence[Script], folder: Path | None) -> float:
    """Return the seconds that recording takes: as long as last time, or as others took a turn."""
    past = {script.name: _seconds(script, folder) for script in scripts()}
    turns = [second for seconds in past.values() for second in seconds]
    typical = sum(turns) / len(turns) if turns else A_TURN
    return sum(sum(past[one.name]) or typical * len(one.turns) for one in chosen)


def _seconds(script: Script, folder: Path | None) -> tuple[float, ...]:
    try:
        return recorded(cassette_of(script.name, folder)).seconds
    except CassetteError:
        return ()


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _key() -> str | None:
    """Return the key of the model's provider: from SHORTLIST_API_KEY or the settings file, if there is one."""
    from shortlist.settings import load_settings

    key = load_settings(model="offline").api_key
    return key.get_secret_value() if key else None
