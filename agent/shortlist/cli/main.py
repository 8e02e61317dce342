"""The `shortlist` command: each subcommand loads what it needs when it runs, so that `--help` is instant."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer

from shortlist.cli.profile import app as profile_app
from shortlist_prompts.errors import CallerError, ProviderError, ShortlistError

app = typer.Typer(
    name="shortlist",
    help="Recommends items from a catalog in conversation, in English and Chinese.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(profile_app, name="profile")

Database = Annotated[
    str | None, typer.Option("--db", help="SQLite file or postgresql+psycopg:// address.", envvar="SHORTLIST_DATABASE")
]
ModelSpec = Annotated[
    str | None, typer.Option("--model", help="provider:name, or offline for no model.", envvar="SHORTLIST_MODEL")
]
BaseUrl = Annotated[
    str | None, typer.Option("--base-url", help="Any OpenAI-compatible server.", envvar="SHORTLIST_BASE_URL")
]
PolicyFile = Annotated[Path | None, typer.Option("--policies", help="YAML file of business policies.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line, for machines.")]


@app.command()
def demo(
    model: ModelSpec = None,
    base_url: BaseUrl = None,
    user: Annotated[str | None, typer.Option(help="Talk as one of the demo shoppers (see /profile).")] = None,
    language: Annotated[str | None, typer.Option("--lang", help="en or zh; found out by default.")] = None,
    as_json: AsJson = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget earlier demo conversations first.")] = False,
    prepare: Annotated[bool, typer.Option("--prepare", help="Only build the demo's indexes, then leave.")] = False,
) -> None:
    """Talk over the demo catalog; no key needed."""
    from shortlist.cli.chat import chat
    from shortlist.demo import open_demo

    with open_demo(model=model, base_url=base_url, fresh=fresh) as recommender:
        if prepare:
            recommender.prepare()
            return
        chat(recommender, user=user, language=language, as_json=as_json, title="demo")


@app.command()
def chat(
    db: Database = None,
    model: ModelSpec = None,
    base_url: BaseUrl = None,
    policies: PolicyFile = None,
    user: Annotated[str | None, typer.Option(help="Whose profile to use.")] = None,
    session: Annotated[str | None, typer.Option(help="Go on with this conversation.")] = None,
    language: Annotated[str | None, typer.Option("--lang", help="en or zh; found out by default.")] = None,
    as_json: AsJson = False,
) -> None:
    """Talk over an ingested catalog."""
    from shortlist.cli.chat import chat as talk
    from shortlist.cli.opening import opened

    with opened(db, model=model, base_url=base_url, policies=policies) as recommender:
        talk(recommender, user=user, session=session, language=language, as_json=as_json)


@app.command()
def ingest(
    files: Annotated[list[Path], typer.Argument(help="CSV, JSON, JSONL (also .gz) or Parquet files of one catalog.")],
    db: Database = None,
    schema: Annotated[Path | None, typer.Option(help="Schema YAML; inferred without one.")] = None,
    schema_out: Annotated[Path | None, typer.Option(help="Where to write the schema for editing.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse everything when a row is bad.")] = False,
    rejects: Annotated[Path | None, typer.Option(help="Where to write rows that could not be used.")] = None,
    retire_missing: Annotated[
        bool, typer.Option("--retire-missing", help="Retire items the files no longer have.")
    ] = False,
    understand: Annotated[bool, typer.Option("--understand", help="Let the model read texts and reviews too.")] = False,
    model: ModelSpec = None,
    base_url: BaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Take items into the catalog."""
    from shortlist.cli.ingesting import run_ingest
    from shortlist.cli.opening import opened

    with opened(db, model=model, base_url=base_url) as recommender:
        run_ingest(recommender, files, schema, schema_out, strict, rejects, retire_missing, understand, as_json)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="What to look for.")],
    db: Database = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", help="A requirement: 'price<100', 'brand!=Sony'.")
    ] = None,
    n: Annotated[int, typer.Option("-n", help="How many.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Search the catalog by meaning inside exact requirements."""
    from shortlist.cli.opening import opened
    from shortlist.cli.searching import run_search

    with opened(db, model="offline") as recommender:
        run_search(recommender, text, where or [], n, as_json)


@app.command()
def train(
    db: Database = None,
    people: Annotated[
        int, typer.Option(min=2, help="Users who must stand behind every item and pair of items that is kept.")
    ] = 3,
    rollback: Annotated[bool, typer.Option("--rollback", help="Go back to the model before.")] = False,
    card: Annotated[bool, typer.Option("--card", help="Only show the card of the model in force.")] = False,
    as_json: AsJson = False,
) -> None:
    """Learn from what all users did, on the recorded events."""
    from shortlist.cli.opening import opened
    from shortlist.cli.training import run_train

    with opened(db, model="offline") as recommender:
        run_train(recommender, people, rollback, card, as_json)


def main() -> None:
    """Run the command line; an error is one sentence and exit code 2 (caller), 3 (operator) or 4 (provider)."""
    for entry in entry_points(group="shortlist.commands"):
        if len(sys.argv) > 1 and sys.argv[1] == entry.name:
            app.add_typer(entry.load(), name=entry.name)
    try:
        app()
    except ShortlistError as error:
        code = 2 if isinstance(error, CallerError) else 4 if isinstance(error, ProviderError) else 3
        typer.echo(f"shortlist: {error}", err=True)
        raise SystemExit(code) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
