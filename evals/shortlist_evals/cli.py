"""The command line of the evals: `python -m shortlist_evals`, and `shortlist eval` where the evals are installed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from shortlist_prompts.errors import CallerError, ProviderError, ShortlistError

_HANDED_OVER = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
"""For commands whose arguments, `--help` among them, belong to another command line."""

app = typer.Typer(
    name="eval",
    help="Runs the suites, replays and records conversations, and measures speed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def run(
    suites: Annotated[list[str], typer.Argument(help="Suites to run; `list` shows them.")],
    *,
    split: Annotated[str | None, typer.Option(help="Only this part of the cases.")] = None,
    n: Annotated[int | None, typer.Option("--n", min=1, help="How many cases.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Where random cases begin.")] = None,
    model: Annotated[
        str | None, typer.Option(help="provider:name of a model to try beside the built-in planner.")
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="Any OpenAI-compatible server.")] = None,
    prompt: Annotated[str | None, typer.Option(help="A prompt version to try, such as plan@1.0.0.")] = None,
    trials: Annotated[int | None, typer.Option(min=1, help="How often each case is tried.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="How many processes work side by side.")] = None,
    patience: Annotated[int | None, typer.Option(min=1, help="How many items a scripted user rejects.")] = None,
    scorer: Annotated[list[str] | None, typer.Option(help="Only this scorer; may be given several times.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Print each case as it runs.")] = False,
    replies: Annotated[Path | None, typer.Option(help="Stored replies: a JSON file, a folder, or a database.")] = None,
    name: Annotated[str | None, typer.Option(help="Keep the result under this name.")] = None,
) -> None:
    """Run suites and print what they score; a run of a whole suite is kept in evals/results."""
    options = {"split": split, "n": n, "seed": seed, "model": model, "base_url": base_url, "show": show or None,
               "replies": replies, "prompt": prompt and _released(prompt), "trials": trials, "jobs": jobs,
               "scorer": scorer or None, "patience": patience}  # fmt: skip
    failed = [one for one in suites if not _run_one(one, options, name)]
    if failed:
        raise typer.Exit(1)


@app.command("list")
def list_suites() -> None:
    """Show the suites, what each needs, and when it was last run."""
    from rich.table import Table

    from shortlist_evals.results import read_result
    from shortlist_evals.suites import SUITES

    table = Table("suite", "measures", "here", "last result")
    for suite in SUITES.values():
        missing = suite.missing()
        last = read_result(suite.name)
        here = "yes" if missing is None else "its data is absent"
        table.add_row(suite.name, suite.measures, here, str(last["date"]) if last else "none yet")
    _console().print(table)


@app.command()
def bench(
    n: Annotated[int | None, typer.Option("--n", min=20, help="Turns and searches to time.")] = None,
    save: Annotated[bool, typer.Option(help="Keep the figures in evals/results.")] = True,
) -> None:
    """Measure the speed of whole turns and of search, on the machine at hand (needs the evaluation data)."""
    from shortlist_evals.benchmarks import render, run_all
    from shortlist_evals.results import write_result

    result = run_all(n)
    _console().print(render(result), soft_wrap=True)
    if save:
        typer.echo(f"kept in {write_result('bench', result)}", err=True)


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help="A result, its path, or RESULT:AGENT.")],
    after: Annotated[str, typer.Argument(help="Another one.")],
) -> None:
    """Say, metric by metric, whether the second run differs from the first by more than chance."""
    from shortlist_evals import compare as comparing

    for one, other in comparing.pairs(before, after):
        _console().print(comparing.render(comparing.compare(one, other)))


@app.command()
def gate(
    suites: Annotated[list[str] | None, typer.Argument(help="Only these suites.", show_default=False)] = None,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Every suite, whole: also what needs the evaluation data or minutes.")
    ] = False,
    accept: Annotated[bool, typer.Option("--accept", help="Keep what is scored now as the committed results.")] = False,
) -> None:
    """Run suites and fail where they really score worse than the committed results; noise does not fail."""
    from shortlist_evals import gate as gating
    from shortlist_evals.results import write_result

    outcomes = []
    for check in gating.planned(suites or (), everything=everything or accept):
        with _progress(check.baseline) as progress:
            outcomes.append(gating.run_check(check, progress))
        if accept and outcomes[-1].result is not None and outcomes[-1].state != "failed":
            typer.echo(f"kept in {write_result(check.baseline, outcomes[-1].result)}", err=True)
    _console().print(gating.render(outcomes))
    for line in gating.lines(outcomes):
        typer.echo(line)
    if any(one.fails for one in outcomes) and not accept:
        raise typer.Exit(1)


@app.command()
def report(
    names: Annotated[list[str] | None, typer.Argument(help="Results; all by default.", show_default=False)] = None,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it.", show_default=False)
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write one HTML page: scores with intervals, plots, differences, and every conversation turn by turn."""
    from shortlist_evals import report as reporting
    from shortlist_evals.places import project_root

    path = reporting.write(output or project_root() / ".shortlist" / "evals" / "report.html", names or ())
    typer.echo(f"written to {path}", err=True)
    if open_:
        typer.launch(path.resolve().as_uri())


@app.command()
def show(
    case: Annotated[str, typer.Argument(help="Id of a case of the last runs here.")],
    *,
    suite: Annotated[list[str] | None, typer.Option(help="Only of this suite.", show_default=False)] = None,
    agent: Annotated[str | None, typer.Option(help="Only with this agent; Shortlist itself by default.")] = None,
    trial: Annotated[int | None, typer.Option(min=0, help="Which trial; the first by default.")] = None,
) -> None:
    """Show a whole conversation: plan, ledger, signals, claims and costs of each turn."""
    from shortlist_evals import show as showing
    from shortlist_evals.compare import ours

    found = showing.find(case, suite or (), agent, trial)
    agents = [agent] if agent else ours({one.agent for one in found})
    first = min(one.trial for one in found)
    for one in found:
        if one.agent in agents and one.trial == (first if trial is None else trial):
            _console().print(showing.render(one), highlight=False)


@app.command()
def table(
    write: Annotated[bool, typer.Option("--write", help="Write it into evals/README.md.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Fail where evals/README.md has another.")] = False,
) -> None:
    """Print the score table of the kept results."""
    from shortlist_evals import table as scores

    if check:
        scores.check()
    elif write:
        typer.echo(f"written into {scores.write()}", err=True)
    else:
        typer.echo(scores.table(scores.results()))


@app.command("train-masker")
def train_masker(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Another file.", show_default=False)] = None,
) -> None:
    """Learn the weights of the masking tagger again; the same sentences give the same file."""
    from shortlist_evals.masking.training import shipped, weights_path

    path = output or weights_path()
    path.write_bytes(shipped())
    typer.echo(f"written into {path}", err=True)


@app.command(context_settings=_HANDED_OVER)
def record(context: typer.Context) -> None:
    """Record stale and missing conversations again with a real model."""
    _hand_over("record", context.args)


@app.command(context_settings=_HANDED_OVER)
def replay(context: typer.Context) -> None:
    """Replay everything recorded, offline, and say what no longer matches."""
    _hand_over("replay", context.args)


@app.command(context_settings=_HANDED_OVER)
def stale(context: typer.Context) -> None:
    """Say which recordings no longer hold, because of what, and how long recording them again takes."""
    _hand_over("stale", context.args)


def _run_one(name: str, options: dict[str, Any], kept_as: str | None) -> bool:
    """Run one suite, print it, keep it; return whether it passed (a suite that cannot run here has not failed)."""
    from shortlist_evals.results import envelope, name_of, write_result
    from shortlist_evals.suites import suite

    chosen = suite(name)
    missing = chosen.missing()
    if missing is not None:
        typer.echo(f"skipped {name}: {missing}", err=True)
        return True
    with _progress(name) as progress:
        scores = chosen.run({**options, "progress": progress})
    _console().print(chosen.module().render(scores), soft_wrap=True)
    partial = any(options[key] is not None for key in ("n", "scorer", "seed", "show", "split"))
    passed = bool(scores.get("passed", True))
    if not passed and not kept_as:
        typer.echo(f"not kept, since {name} did not pass; --name keeps it all the same", err=True)
    elif kept_as or not partial:
        path = write_result(kept_as or name_of(name, options), envelope(chosen, scores, options))
        typer.echo(f"kept in {path}", err=True)
    return passed


def _released(prompt: str) -> str:
    """Return `prompt` as `id@version`; an unknown one is an error that names those there are."""
    from shortlist_prompts import Prompts

    found = Prompts.load().get(prompt)
    return f"{found.id}@{found.version}"


def _hand_over(command: str, arguments: list[str]) -> None:
    """Run a command line of the recordings: of calls where that is the first argument, else of conversations."""
    from shortlist_evals import conversations, prompts

    if arguments[:1] == ["calls"] and command == "record":
        code = prompts.record(arguments[1:])
    else:
        commands = {"record": conversations.record, "replay": conversations.replay, "stale": conversations.stale}
        code = commands[command](arguments)
    if code:
        raise typer.Exit(code)


def _console() -> Any:
    from rich.console import Console

    return Console()


def _progress(name: str) -> Any:
    """Return a context whose value tells how far the suite is, on a terminal; silent elsewhere."""
    from shortlist_evals.progress import bar

    return bar(name)


def main() -> None:
    """Run the command line; an error is one sentence and exit code 2 (caller), 3 (operator) or 4 (provider)."""
    try:
        app()
    except ShortlistError as error:
        code = 2 if isinstance(error, CallerError) else 4 if isinstance(error, ProviderError) else 3
        typer.echo(f"shortlist eval: {error}", err=True)
        raise SystemExit(code) from None
