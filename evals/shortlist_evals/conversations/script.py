"""Scripts: what a user says, turn by turn, and what must be true of the answers whatever their prose."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from shortlist.reply import ReplyKind
from shortlist_evals.places import suites_dir
from shortlist_prompts.errors import CallerError
from shortlist_tools.catalog import Op


class ScriptError(CallerError):
    """A script cannot be used, or there is none of that name; says which and why."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(_Part):
    """An active row of the ledger; `hard` and `scope` are compared only where they are given."""

    field: str
    op: Op
    value: Any = None
    unit: str | None = None
    hard: bool | None = None
    scope: str | None = None


class Expectation(_Part):
    """What must be true of one reply; what is not given is not asked for.

    Attributes:
        kind: Its kind is one of these.
        language: Its language.
        ledger: Rows that are active.
        gone: Fields without any active row.
        matching: How many items meet everything.
        shows: Ids that are shown.
        hides: Ids that are not.
        only: Values of one field that every shown item has, as `{field: [values]}`.
        disclosed: Ids whose sponsor is disclosed.
        unsaid: Texts that the message does not hold, in whatever case.
    """

    kind: tuple[ReplyKind, ...] = ()
    language: Literal["en", "zh"] | None = None
    ledger: tuple[Row, ...] = ()
    gone: tuple[str, ...] = ()
    matching: int | None = None
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    only: dict[str, tuple[str, ...]] = {}
    disclosed: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()

    @field_validator("kind", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


class Saying(_Part):
    """One message of the user.

    Attributes:
        say: The message.
        confirms: What it answers to the question for one's age; None where it answers nothing.
        expect: What must be true of the reply.
    """

    say: str = Field(min_length=1)
    confirms: bool | None = None
    expect: Expectation = Expectation()

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return {"say": value} if isinstance(value, str) else value


class Script(_Part):
    """One conversation.

    Attributes:
        name: Its name: that of its file, of its cassette and of its session.
        language: The language it is mostly in.
        about: What it tries, in a few words.
        user: A demo shopper; None for a guest.
        turns: What is said.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{2,60}$")
    language: Literal["en", "zh"]
    about: str
    user: str | None = None
    turns: tuple[Saying, ...] = Field(min_length=1)


def read_script(path: Path) -> Script:
    """Return the script at `path`.

    Raises:
        ScriptError: If it is none; names the field.
    """
    try:
        script = Script.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ScriptError(f"{path}: {error}") from error
    if script.name != path.stem:
        raise ScriptError(f"{path}: its name is {script.name!r}; it must be that of the file")
    return script


@cache
def _all() -> tuple[Script, ...]:
    return tuple(read_script(path) for path in sorted((suites_dir() / "conversations").glob("*.yaml")))


def scripts(names: Sequence[str] = ()) -> list[Script]:
    """Return the scripts called `names`, all of them by default, in the order of their names.

    Raises:
        ScriptError: If there is none of a name; names those there are.
    """
    found = {script.name: script for script in _all()}
    if unknown := sorted(set(names) - set(found)):
        raise ScriptError(f"no conversation is called {', '.join(unknown)}; there are: {', '.join(found)}")
    return [script for script in found.values() if not names or script.name in names]
