"""`record calls`: takes calls from recorded conversations, or asks a model the recorded inputs with another version."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from shortlist.llm import ChatModel, ProviderAnswerError
from shortlist.settings import Settings
from shortlist_evals.conversations import cassette_of, scripts, staged
from shortlist_evals.conversations.recording import minutes
from shortlist_evals.conversations.stage import BASE_URL, MODEL, PATIENCE, settings
from shortlist_evals.prompts.calls import calls_dir, paths, read_call, versions
from shortlist_evals.prompts.harvesting import extra_of, harvest
from shortlist_evals.prompts.suite import NoCallsError
from shortlist_evals.recorder import CassetteError, CassetteFile, cassette, flaws
from shortlist_prompts import SCHEMAS, Prompt, Prompts
from shortlist_tools.model import Budget

Names = Annotated[list[str] | None, typer.Argument(help="Conversations; all by default.", show_default=False)]
Kept = Annotated[Path | None, typer.Option("--calls", help="Keep calls here instead of in evals/cassettes/calls.")]


def record(arguments: Sequence[str]) -> int:
    """Run `record calls` with command-line arguments and return its exit code."""
    app = typer.Typer(add_completion=False)
    app.command("calls")(_record)
    click = typer.main.get_command(app)
    code: int | None = click.main(list(arguments), "python -m shortlist_evals record calls", standalone_mode=False)
    return code or 0


def _record(
    names: Names = None,
    *,
    prompt: Annotated[str | None, typer.Option(help="id@version to ask the recorded inputs with.")] = None,
    source: Annotated[str | None, typer.Option("--from", help="Whose inputs; the oldest version by default.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Ask what is recorded already as well.")] = False,
    seconds: Annotated[float | None, typer.Option(help="Stop after this many seconds; run again to go on.")] = None,
    model: Annotated[str, typer.Option(envvar="SHORTLIST_MODEL", help="provider:name to ask.")] = MODEL,
    base_url: Annotated[str, typer.Option(envvar="SHORTLIST_BASE_URL", help="Its server.")] = BASE_URL,
    folder: Annotated[Path | None, typer.Option(help="Conversations recorded here instead.")] = None,
    calls: Kept = None,
) -> int:
    """Take the calls of recorded conversations (no model), or with --prompt ask a model their inputs with a version."""
    if prompt is None:
        return _harvest(names or (), folder, calls)
    wanted = Prompts.load(locked=False).get(prompt)
    version = f"{wanted.id}@{wanted.version}"
    chosen = [path for path in _sources(wanted, source, calls) if not names or path.stem.rpartition("-t")[0] in names]
    left = [path for path in chosen if all_ or not _holds((calls or calls_dir()) / version / path.name, wanted)]
    typer.echo(f"{version}: {len(chosen) - len(left)} of {len(chosen)} calls stand, asking {len(left)} of {model}")
    asked = ChatModel(model, Settings(**settings(model=model, base_url=base_url, api_key=_key() or "none")))
    began = time.monotonic()
    for done, path in enumerate(left, start=1):
        _ask(asked, wanted, path, (calls or calls_dir()) / version / path.name)
        spent = time.monotonic() - began
        if done < len(left) and seconds is not None and spent > seconds:
            typer.echo(f"stopped after {minutes(spent)}; {len(left) - done} calls are left")
            return 1
        typer.echo(f"{done}/{len(left)} {path.stem}; about {minutes(spent / done * (len(left) - done))} left")
    return 0


def _harvest(names: Sequence[str], folder: Path | None, calls: Path | None) -> int:
    refused = 0
    with staged() as stage:
        for script in scripts(names):
            if not cassette_of(script.name, folder).exists():
                continue
            try:
                found = harvest(script, stage, folder, calls)
            except CassetteError as error:
                refused += 1
                typer.secho(f"refused   {script.name}: {error.problem.splitlines()[0]}", fg="red")
                continue
            typer.echo(f"{script.name}: {len(found)} calls")
    return int(bool(refused))


def _sources(prompt: Prompt, source: str | None, calls: Path | None) -> list[Path]:
    others = [one for one in versions(calls) if one.partition("@")[0] == prompt.id]
    chosen = source or next((one for one in others if one != f"{prompt.id}@{prompt.version}"), None)
    found = paths(chosen, calls) if chosen else []
    if not found:
        there = ", ".join(others) or "none"
        raise NoCallsError(f"no call of another version of {prompt.id} is recorded (there is: {there}); `record calls`")
    return found


def _holds(path: Path, prompt: Prompt) -> bool:
    """Return whether there is a whole recording at `path`, made with `prompt` as it is."""
    if not path.exists() or flaws(path, Prompts.load(locked=False)):
        return False
    file = CassetteFile(path)
    file.raw()
    return prompt.ref in file.about.prompts


def _ask(model: ChatModel, prompt: Prompt, source: Path, path: Path) -> None:
    """Ask the inputs recorded at `source` with `prompt` and keep the exchange at `path`, a bad answer as well.

    Raises:
        ProviderError: If the server did not answer; nothing is written then.
    """
    file = CassetteFile(source)
    file.raw()
    call = read_call(source).call
    extra = extra_of(call, path.parent.name, file.about)
    name = f"{prompt.id}@{prompt.version}"

    async def once() -> None:
        budget = Budget(seconds=PATIENCE)
        try:
            if prompt.output == "text":
                async for _ in model.stream(name, call.inputs, budget):
                    pass
            else:
                await model.ask(name, call.inputs, SCHEMAS[prompt.output], budget)
        except ProviderAnswerError:
            return

    with cassette(path, record=True, match="messages", extra=extra):
        asyncio.run(once())


def _key() -> str | None:
    from shortlist.settings import load_settings

    key = load_settings(model="offline").api_key
    return key.get_secret_value() if key else None
