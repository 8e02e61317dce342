"""`shortlist profile`: what is known of a person, and the person's rights over it; each command is one call."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="See what is known of a person and why; correct, forbid, allow, export, import and erase it.",
    no_args_is_help=True,
)

Database = Annotated[
    str | None, typer.Option("--db", help="SQLite file or postgresql+psycopg:// address.", envvar="SHORTLIST_DATABASE")
]
Demo = Annotated[bool, typer.Option("--demo", help="The demo's database, as `shortlist demo` uses it.")]
User = Annotated[str | None, typer.Option("--user", "-u", help="Whose profile.", envvar="SHORTLIST_USER")]
Who = Annotated[str | None, typer.Argument(help="Whose profile; --user says the same.", show_default=False)]
Language = Annotated[str | None, typer.Option("--lang", help="en or zh; the person's own by default.")]
Fact = Annotated[str, typer.Argument(help="The reference before a line of `show`, field=value, a value or a field.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


@app.command()
def show(
    who: Who = None,
    user: User = None,
    db: Database = None,
    demo: Demo = False,
    lang: Language = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write one page for a browser instead.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what is known of a person: in plain sentences, with how sure it is and where it comes from."""
    from shortlist.cli.profile_commands import run_show, session

    with session(db, demo, user or who, lang) as here:
        run_show(here, html, as_json)


@app.command()
def why(
    fact: Fact, user: User = None, db: Database = None, demo: Demo = False, lang: Language = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Show the events that a fact rests on."""
    from shortlist.cli.profile_commands import run_why, session

    with session(db, demo, user, lang) as here:
        run_why(here, fact, as_json)


@app.command()
def correct(
    fact: Fact,
    value: Annotated[str, typer.Argument(help="What is right: text, or JSON such as a list.")],
    user: User = None,
    db: Database = None,
    demo: Demo = False,
    lang: Language = None,
) -> None:
    """Say what is right: a conclusion that was wrong goes and is never drawn again; what you say stands."""
    from shortlist.cli.profile_commands import run_correct, session

    with session(db, demo, user, lang) as here:
        run_correct(here, fact, value)


@app.command("set")
def set_fact(
    user: Annotated[str, typer.Argument(help="Whose profile.")],
    field: Annotated[str, typer.Argument(help="The name of the fact, such as city.")],
    value: Annotated[str, typer.Argument(help="Text, or JSON such as a list.")],
    db: Database = None,
    demo: Demo = False,
    lang: Language = None,
) -> None:
    """Keep a fact that the person stated."""
    from shortlist.cli.profile_commands import run_set, session

    with session(db, demo, user, lang) as here:
        run_set(here, field, value)


@app.command()
def forbid(
    fact: Fact,
    user: User = None,
    db: Database = None,
    demo: Demo = False,
    lang: Language = None,
    lift: Annotated[bool, typer.Option("--lift", help="Allow it again; FACT is then field=value or a field.")] = False,
) -> None:
    """Have something never concluded again."""
    from shortlist.cli.profile_commands import run_forbid, session

    with session(db, demo, user, lang) as here:
        run_forbid(here, fact, lift)


@app.command()
def consent(
    who: Who = None,
    user: User = None,
    db: Database = None,
    demo: Demo = False,
    lang: Language = None,
    allow: Annotated[list[str] | None, typer.Option("--allow", help="PURPOSE, or PURPOSE:SOURCE; may repeat.")] = None,
    refuse: Annotated[list[str] | None, typer.Option("--refuse", help="As --allow; may repeat.")] = None,
    level: Annotated[
        int | None,
        typer.Option(help="0 nothing kept, 1 this conversation, 2 what was done, 3 conclusions too.", min=0, max=3),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what the person allows, or change it.

    Purposes: record, personalise, infer, train. Sources: chats, facts, feedback, purchases, ratings, searches, social,
    views. For example: --refuse personalise:purchases.
    """
    from shortlist.cli.profile_commands import run_consent, session

    with session(db, demo, user or who, lang) as here:
        run_consent(here, allow or [], refuse or [], level, as_json)


@app.command()
def export(
    who: Who = None,
    user: User = None,
    db: Database = None,
    demo: Demo = False,
    lang: Language = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file; standard output by default.")] = None,
) -> None:
    """Write everything stored about a person as one JSON that can be read."""
    from shortlist.cli.profile_commands import run_export, session

    with session(db, demo, user or who, lang) as here:
        run_export(here, out)


@app.command()
def erase(
    who: Who = None, user: User = None, db: Database = None, demo: Demo = False, lang: Language = None,
    yes: Yes = False,
) -> None:  # fmt: skip
    """Delete everything about a person, everywhere, and prove it by a search for what is left."""
    from shortlist.cli.profile_commands import run_erase, session

    with session(db, demo, user or who, lang) as here:
        run_erase(here, yes)


@app.command()
def segments(
    db: Database = None,
    demo: Demo = False,
    lang: Language = None,
    k: Annotated[int | None, typer.Option(help="How many; chosen by how well they fit by default.")] = None,
    plot: Annotated[Path | None, typer.Option("--plot", help="Write a picture (PNG, SVG or PDF).")] = None,
    epsilon: Annotated[float | None, typer.Option(help="Publish figures with this much of the privacy budget.")] = None,
    dp_plot: Annotated[
        Path | None, typer.Option("--dp-plot", help="Write a picture of how far published figures move.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Group people with like taste and behaviour; newcomers start from the nearest group."""
    from shortlist.cli.profile_commands import unnamed
    from shortlist.cli.profile_segments import run_segments

    with unnamed(db, demo) as recommender:
        run_segments(recommender, lang or "en", k, plot, epsilon, dp_plot, as_json)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="CSV, JSONL, JSON (also .gz) or Parquet files of events.")],
    db: Database = None,
    demo: Demo = False,
    column: Annotated[
        list[str] | None, typer.Option("--column", help="OURS=THEIRS where a file has a name of its own; may repeat.")
    ] = None,
    zone: Annotated[str, typer.Option(help="Time zone of times that name none, such as Asia/Shanghai.")] = "UTC",
    rejects: Annotated[Path | None, typer.Option(help="Where to write the rows that were left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take in what people did; importing the same file again changes nothing."""
    from shortlist.cli.profile_commands import unnamed
    from shortlist.cli.profile_import import run_import

    with unnamed(db, demo) as recommender:
        run_import(recommender, files, column or [], zone, rejects, as_json)
