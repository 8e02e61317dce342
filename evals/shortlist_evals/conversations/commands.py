"""The commands `replay`, `stale` and `record`: what still holds, what does not and why, and asking the model again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from shortlist_evals.conversations.holding import aside_of, cassette_of, cassettes_dir
from shortlist_evals.conversations.recording import Recorder, Session, minutes, resumed, state_path, typical
from shortlist_evals.conversations.replaying import RECORD_AGAIN, Verdict, judge, judge_all, speed
from shortlist_evals.conversations.script import Script, scripts
from shortlist_evals.conversations.stage import BASE_URL, MODEL, Stage, staged
from shortlist_evals.recorder import orphans
from shortlist_evals.results import machine
from shortlist_prompts import Prompts

Names = Annotated[list[str] | None, typer.Argument(help="Conversations; all of them by default.", show_default=False)]
Folder = Annotated[Path | None, typer.Option(help="Keep cassettes here instead of in evals/cassettes.")]
PromptsFolder = Annotated[Path | None, typer.Option("--prompts", help="Ask with the prompts of this folder.")]
Jobs = Annotated[int | None, typer.Option(min=1, help="How many processes; by default as many as cores, at most 4.")]
_WORTH_IT = 8
"""Conversations from which on processes side by side pay for opening the demo in each."""


def record(arguments: Sequence[str]) -> int:
    """Run `record` with command-line arguments and return its exit code."""
    return _run(_record, "record", arguments)


def replay(arguments: Sequence[str]) -> int:
    """Run `replay` with command-line arguments and return its exit code."""
    return _run(_replay, "replay", arguments)


def stale(arguments: Sequence[str]) -> int:
    """Run `stale` with command-line arguments and return its exit code."""
    return _run(_stale, "stale", arguments)


def _run(command: Callable[..., int], name: str, arguments: Sequence[str]) -> int:
    app = typer.Typer(add_completion=False)
    app.command(name)(command)
    click = typer.main.get_command(app)
    code: int | None = click.main(list(arguments), f"python -m shortlist_evals {name}", standalone_mode=False)
    return code or 0


def _replay(names: Names = None, *, folder: Folder = None, prompts: PromptsFolder = None, jobs: Jobs = None) -> int:
    """Replay conversations offline: each is ok, failed (an expectation or a promise), stale (with the nearest diff)."""
    chosen = scripts(names or ())
    verdicts = _judged(chosen, folder, prompts, jobs, _tell)
    left = _orphaned(folder)
    counts = {state: sum(one.state == state for one in verdicts) for state in ("ok", "failed", *RECORD_AGAIN)}
    said = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    typer.echo(f"{said or 'nothing to replay'}; {speed(verdicts)}")
    return int(bool(left) or counts["ok"] < len(verdicts))


def _stale(names: Names = None, *, folder: Folder = None, prompts: PromptsFolder = None, jobs: Jobs = None) -> int:
    """Say which recordings no longer hold, because of what, what differs first, and how long recording them takes."""
    chosen = scripts(names or ())
    verdicts = _judged(chosen, folder, prompts, jobs, lambda verdict: None)
    again = [one for one in verdicts if one.state in RECORD_AGAIN]
    turn = typical(folder)
    for one in again:
        _tell(one)
        typer.echo(f"          recording it again takes {minutes(one.again(turn))} at most")
    left = _orphaned(folder)
    if not again:
        typer.echo(f"{len(verdicts)} recordings, none stale")
        return int(bool(left))
    total = minutes(sum(one.again(turn) for one in again))
    typer.echo(f"{len(again)} of {len(verdicts)} recordings are to be made again: {total} at most, by `record`")
    return 1


def _judged(
    chosen: Sequence[Script],
    folder: Path | None,
    prompts: Path | None,
    jobs: int | None,
    told: Callable[[Verdict], None],
) -> list[Verdict]:
    jobs = jobs or (min(machine()["cores"], 4) if len(chosen) >= _WORTH_IT else 1)
    if jobs > 1:
        verdicts = judge_all(chosen, folder, prompts, jobs)
        for verdict in verdicts:
            told(verdict)
        return verdicts
    verdicts = []
    with staged(_loaded(prompts)) as stage:
        for script in chosen:
            verdicts.append(judge(script, stage, folder))
            told(verdicts[-1])
    return verdicts


def _loaded(folder: Path | None) -> Prompts | None:
    return None if folder is None else Prompts.load(folder, locked=False)


def _orphaned(folder: Path | None) -> list[Path]:
    left = orphans(folder or cassettes_dir(), [cassette_of(one.name, folder) for one in scripts()])
    for path in left:
        typer.secho(f"orphaned  {path.name}: no script replays it", fg="red")
    return left


def _tell(verdict: Verdict) -> None:
    colour = {"ok": "green", "missing": "yellow"}.get(verdict.state, "red")
    typer.echo(f"{typer.style(f'{verdict.state:9}', fg=colour)} {verdict.script.name}")
    for line in verdict.findings:
        typer.echo(f"          {line}")


def _record(
    names: Names = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Record what still matches as well, asking everything.")] = False,
    only_stale: Annotated[
        bool, typer.Option("--stale", help="Of those named, only those that no longer hold.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what the last run did not get to.")] = False,
    model: Annotated[str, typer.Option(envvar="SHORTLIST_MODEL", help="provider:name to record.")] = MODEL,
    base_url: Annotated[str, typer.Option(envvar="SHORTLIST_BASE_URL", help="Its server.")] = BASE_URL,
    folder: Folder = None,
    aside: Annotated[Path | None, typer.Option(help="Keep here what fails, instead of in .shortlist.")] = None,
    prompts: PromptsFolder = None,
) -> int:
    """Record what no longer holds or was never recorded; named ones, and all with --all, whether they hold or not.

    A recording that no longer holds is made again from its own exchanges as far as they still match: only what changed
    is asked. Named ones and --all ask everything. One that fails its script goes aside, and the one before stays.
    """
    if ":" not in model:
        raise typer.BadParameter(f"expected provider:name, such as {MODEL}; got {model!r}", param_hint="--model")
    where = state_path(aside)
    last = resumed(where) if resume else None
    chosen = scripts(last.left if last else names or ())
    fresh = last.fresh if last else all_ or (bool(names) and not only_stale)
    if last and not last.left:
        typer.echo("the last run got to everything")
        return 0
    with staged(_loaded(prompts)) as stage:
        if not fresh:
            chosen = _out_of_date(chosen, stage, folder)
        if not chosen:
            typer.echo("everything recorded still matches; --all records it all the same")
            return 0
        session = Session.of(chosen, model, fresh, folder)
        turns = sum(len(script.turns) for script in chosen)
        expected = minutes(session.seconds_left)
        typer.echo(f"recording {len(chosen)} conversations, {turns} turns, with {model}: about {expected}")
        options = {"model": model, "base_url": base_url, "api_key": _key(), "folder": folder, "aside": aside}
        failed = Recorder(stage, session, where, options).run(chosen)
    for name, problems in failed.items():
        typer.secho(f"failed    {name}: kept aside as {aside_of(name, aside)}; the recording before stays", fg="red")
        for problem in problems:
            typer.echo(f"          {problem}")
    return int(bool(failed))


def _out_of_date(chosen: Sequence[Script], stage: Stage, folder: Path | None) -> list[Script]:
    found = []
    for script in chosen:
        verdict = judge(script, stage, folder)
        if verdict.state in RECORD_AGAIN:
            found.append(script)
            why = next((line for line in verdict.findings if line.strip()), "never recorded")
            typer.echo(f"{verdict.state:9} {script.name}: {why}")
    return found


def _key() -> str | None:
    """Return the key of the model's provider: from SHORTLIST_API_KEY or the settings file, if there is one."""
    from shortlist.settings import load_settings

    key = load_settings(model="offline").api_key
    return key.get_secret_value() if key else None
