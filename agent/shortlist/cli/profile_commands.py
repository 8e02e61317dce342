"""What the commands of `shortlist profile` do, each confirmed in plain words in the person's language."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from shortlist_prompts.errors import CallerError, OperatorError

if TYPE_CHECKING:
    from shortlist.recommender import Recommender
    from shortlist_tools.profile import ProfileFact

AGAINST = frozenset({"no", "not", "wrong", "false", "none", "不", "不是", "不对", "错", "没有"})
"""Values by which `correct` says that a conclusion is wrong, without saying what is right."""


@dataclass
class Here:
    """An open recommender, the person concerned and the language to speak."""

    recommender: Recommender
    user: str
    language: str

    def say(self, name: str, **given: object) -> None:
        """Print one sentence of the page's words."""
        from shortlist_tools.profile.page import word

        typer.echo(word(name, self.language, **given))

    def named(self, fact: ProfileFact) -> str:
        """Return what to call a fact."""
        return self.called(fact.field, fact.value)

    def called(self, name: str, value: Any) -> str:
        """Return what to call a value of a field; None is anything of it."""
        from shortlist_tools.profile.page import named

        return named(self.recommender.catalog.schema, name, value, self.language)


@contextmanager
def unnamed(db: str | None, demo: bool) -> Iterator[Recommender]:
    """Open the database of a command that is about nobody in particular."""
    from shortlist.cli.opening import opened
    from shortlist_tools.profile import acting

    if demo:
        from shortlist.demo import open_demo

        recommender = open_demo(db, model="offline")
    else:
        recommender = opened(db, model="offline")
    with recommender, acting("command line"):
        yield recommender


@contextmanager
def session(db: str | None, demo: bool, user: str | None, language: str | None) -> Iterator[Here]:
    """Open the database of a command that is about one person.

    Raises:
        CallerError: If nobody is named, or the language is not known.
    """
    from shortlist_tools.profile.page import spoken
    from shortlist_tools.profile.rights import check_user

    if user is None:
        raise CallerError("whose profile? Name the person with --user ID (or set SHORTLIST_USER)")
    if language not in (None, "en", "zh"):
        raise CallerError(f"--lang takes en or zh, got {language!r:.20}")
    check_user(user)
    with unnamed(db, demo) as recommender:
        yield Here(recommender, user, language or spoken(recommender.profiles.profile(user)))


def run_show(here: Here, html: Path | None, as_json: bool) -> None:
    """Print the page, or write it for a browser."""
    page = here.recommender.profiles.page(here.user, here.language)
    if html is not None:
        from shortlist_tools.profile.page import page_html

        _write(html, page_html(page))
        here.say("done.html", file=html)
    elif as_json:
        profile = here.recommender.profiles.profile(here.user)
        typer.echo(profile.model_dump_json(indent=2))
    else:
        from shortlist.cli.profile_page import print_page

        print_page(page)


def run_why(here: Here, said: str, as_json: bool) -> None:
    """Print what a fact rests on."""
    profiles = here.recommender.profiles
    facts = profiles.find(here.user, said)
    if as_json:
        found = [
            {
                "fact": fact.model_dump(mode="json"),
                "events": [one.model_dump() for one in profiles.why(here.user, fact)],
            }
            for fact in facts
        ]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    from shortlist.cli.profile_page import print_why

    page = profiles.page(here.user, here.language)
    rows = {row.ref: row for section in page.sections for row in section.rows if row.ref}
    for fact in facts:
        print_why(next(row for ref, row in rows.items() if fact.id.startswith(ref)), fact, here.language)
        for before in profiles.history(here.user, fact.field) if fact.origin == "stated" else ():
            when = _word(
                "from.person" if before["source"] == "user" else "from.host",
                here.language,
                last=_day(before["time"], here.language),
            )
            here.say("why.before", what=here.called(fact.field, before["value"]), when=when)


def run_correct(here: Here, said: str, value: str) -> None:
    """Replace a fact by what the person says; a conclusion that was wrong is forbidden."""
    from shortlist_tools.profile import ProfileError

    profiles, right = here.recommender.profiles, _read(value)
    try:
        facts = profiles.find(here.user, said)
    except ProfileError:
        if here.recommender.catalog.schema.get(said) is None and not said.isidentifier():
            raise
        run_set(here, said, value)
        return
    for fact in facts:
        if fact.origin != "stated":
            profiles.forbid(here.user, fact.field, fact.value)
    if (isinstance(right, str) and right.strip().casefold() in AGAINST | {""}) or right in (False, None):
        if facts[0].origin == "stated":
            profiles.correct(here.user, facts[0].field, None)
        here.say("done.wrong", what=here.named(facts[0]))
        return
    profiles.correct(here.user, facts[0].field, right)
    said_before = facts[0].origin == "stated"
    name = "done.restate" if said_before else "done.correct"
    here.say(name, wrong=here.named(facts[0]), right=here.called(facts[0].field, right))


def run_set(here: Here, field: str, value: str) -> None:
    """Keep what the person states."""
    right = _read(value)
    here.recommender.profiles.correct(here.user, field, right)
    here.say("done.set", right=here.called(field, right))


def run_forbid(here: Here, said: str, lift: bool) -> None:
    """Forbid a conclusion, or allow it again."""
    profiles = here.recommender.profiles
    field, sign, value = said.partition("=")
    if lift:
        if not profiles.permit(here.user, field, value if sign else None):
            raise CallerError(f"{said!r:.60} is not forbidden; `shortlist profile show` lists what is")
        here.say("done.lift", what=here.called(field, value if sign else None))
        return
    if here.recommender.catalog.schema.get(said) is not None:
        profiles.forbid(here.user, said)
        here.say("done.forbid", what=here.called(said, None), ref=said)
        return
    fact = profiles.find(here.user, said)[0]
    if fact.origin == "stated":
        raise CallerError(
            f"{said!r:.60} was said, not concluded; `shortlist profile correct {said} VALUE` changes it, and "
            f"`shortlist profile correct {said} no` takes it away"
        )
    profiles.forbid(here.user, fact.field, fact.value)
    here.say("done.forbid", what=here.named(fact), ref=f"{fact.field}={fact.value}")


def run_consent(here: Here, allow: Sequence[str], refuse: Sequence[str], level: int | None, as_json: bool) -> None:
    """Change what the person allows, then show it."""
    profiles = here.recommender.profiles
    if level is not None:
        profiles.allow(here.user, level)
        here.say("done.level", level=level, meaning=_word(f"level.{level}", here.language))
    for granted, answers in ((True, allow), (False, refuse)):
        for one in answers:
            purpose, _, source = one.partition(":")
            gone = profiles.consent(here.user, purpose, source or "*", granted=granted)
            name = "done.allow" if granted else "done.refuse"
            here.say(name, purpose=_word(f"purpose.{purpose}", here.language), source=_source(source, here.language))
            if gone:
                here.say("done.deleted", count=gone)
    page = profiles.page(here.user, here.language)
    if as_json:
        typer.echo(page.allowed.model_dump_json(indent=2))
        return
    from shortlist.cli.profile_page import print_allowed

    print_allowed(page)


def run_export(here: Here, out: Path | None) -> None:
    """Write everything stored, the profile and what is allowed as one JSON."""
    profiles = here.recommender.profiles
    stored = profiles.export(here.user)
    found = {
        "user": here.user,
        "profile": profiles.profile(here.user).model_dump(mode="json"),
        "stored": stored,
        "log": profiles.audit_log(here.user),
    }
    text = json.dumps(found, ensure_ascii=False, indent=2, default=str)
    if out is None:
        typer.echo(text)
        return
    _write(out, text + "\n")
    rows = sum(len(rows) for rows in stored.values())
    here.say("done.export", count=rows, file=out)


def run_erase(here: Here, yes: bool) -> None:
    """Ask, delete everything, and say what was searched."""
    if not yes and not typer.confirm(_word("ask.erase", here.language, user=here.user)):
        here.say("done.kept")
        raise typer.Exit(1)
    erased = here.recommender.profiles.erase_and_prove(here.user)
    rows = ", ".join(f"{count} {name}" for name, count in erased.rows.items() if count) or "0"
    here.say("done.erase", user=here.user, rows=rows)
    size = f"{erased.bytes / 1e6:.1f} MB"
    here.say("done.proof", needles=erased.needles, files=len(erased.searched), size=size)


def _read(value: str) -> Any:
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def _day(time: float, language: str) -> str:
    from shortlist_tools.profile.page import day

    return day(time, language)


def _word(name: str, language: str, **given: object) -> str:
    from shortlist_tools.profile.page import word

    return word(name, language, **given)


def _source(source: str, language: str) -> str:
    return _word(f"source.{source}" if source else "source.all", language)


def _write(path: Path, text: str) -> None:
    """Write a file as a whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(text)
        os.replace(file.name, path)
    except OSError as error:
        raise OperatorError(
            f"cannot write {path}: {error.strerror}; give a file in a directory that is there"
        ) from error
