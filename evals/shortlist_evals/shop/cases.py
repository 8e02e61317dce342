"""Cases: what a user says, turn by turn, which entries that states, and what must be true of the answers."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, field_validator, model_validator

from shortlist_evals.conversations.script import Expectation
from shortlist_evals.scorers import Entry, scorers

Class = Literal[
    "cold-start", "refine", "compare", "critique", "correction", "gift", "set-budget", "impossible", "vague", "change",
    "off-topic", "hostile", "item-question", "feedback", "returning", "currency", "services",
]  # fmt: skip
CLASSES: tuple[str, ...] = get_args(Class)
LANGUAGES = ("en", "zh")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Expected(Expectation):
    """What must be true of one answer; what is not given is not asked for.

    Attributes:
        any_of: Ids of which at least one is shown.
        shown: How many items are shown, `(low, high)`, bounds included.
        sum: What the shown items' values add up to at most, by field.
        asks: Fields of which the question is about at least one; empty: nothing is asked; None: not asked for.
        says: Texts that stand in the message; of several in a row, at least one does.
        good: Grades of the items that suit best, by id; a list gives each the grade 1.
        bad: Ids of items that suit badly although no requirement forbids them.
    """

    any_of: tuple[str, ...] = ()
    shown: tuple[int, int] | None = None
    sum: dict[str, float] = Field(default_factory=dict)
    asks: tuple[str, ...] | None = None
    says: tuple[tuple[str, ...], ...] = ()
    good: dict[str, float] = Field(default_factory=dict)
    bad: tuple[str, ...] = ()

    @field_validator("says", mode="before")
    @classmethod
    def _texts(cls, value: Any) -> Any:
        return [_listed(one) for one in value] if isinstance(value, list) else value

    @field_validator("unsaid", mode="before")
    @classmethod
    def _each(cls, value: Any) -> Any:
        return [text for one in value for text in _listed(one)] if isinstance(value, list) else value

    @field_validator("good", mode="before")
    @classmethod
    def _grades(cls, value: Any) -> Any:
        return dict.fromkeys(value, 1.0) if isinstance(value, list) else value

    @property
    def ids(self) -> set[str]:
        """Every item that it speaks of."""
        return {*self.shows, *self.hides, *self.any_of, *self.disclosed, *self.good, *self.bad}


class CaseTurn(_Part):
    """One message of the user.

    Attributes:
        say: The message.
        adds: The entries that it states, all of them.
        drops: Fields whose entries are no longer in force, before `adds`; `all` for every field.
        confirms: What it answers to the question for one's age.
        unclear: Whether so little is known that a question is better than a guess.
        events: What the user did just before.
        session: `new` where the user comes back in another session.
        expect: What must be true of the answer.
    """

    say: str = Field(min_length=1)
    adds: tuple[Entry, ...] = ()
    drops: tuple[str, ...] | Literal["all"] = ()
    confirms: bool | None = None
    unclear: bool = False
    events: tuple[dict[str, Any], ...] = ()
    session: Literal["same", "new"] = "same"
    expect: Expected = Expected()

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return {"say": value} if isinstance(value, str) else value


class Case(_Part):
    """One conversation.

    Attributes:
        name: Its name in its file.
        about: What it tries, in a few words.
        user: A demo shopper; None for a guest, or for a person of the case's own.
        facts: What the host knows of the user, beside what it knows of the demo shopper.
        events: What the user did before, likewise.
        scorers: Names of the only scorers that count; all where there are none.
        turns: What is said.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{1,40}$")
    about: str
    user: str | None = None
    facts: dict[str, Any] = {}
    events: tuple[dict[str, Any], ...] = ()
    scorers: tuple[str, ...] = ()
    turns: tuple[CaseTurn, ...] = Field(min_length=1)
    _kind: str = PrivateAttr("cold-start")
    _language: str = PrivateAttr("en")

    @field_validator("scorers")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        scorers(value)
        return value

    def placed(self, kind: str, language: str) -> Case:
        """Return the case as one of class `kind` in `language`: those of its file."""
        copy = self.model_copy()
        copy._kind, copy._language = kind, language
        return copy

    @property
    def kind(self) -> str:
        """Its class."""
        return self._kind

    @property
    def language(self) -> str:
        """The language it is in."""
        return self._language

    @property
    def id(self) -> str:
        """Its id in results: class, language and name."""
        return f"{self.kind}-{self.language}-{self.name}"

    def entries(self) -> list[tuple[Entry, ...]]:
        """Return, for each turn, the entries that are in force after its message."""
        found: list[tuple[Entry, ...]] = []
        now: list[Entry] = []
        for turn in self.turns:
            if turn.session == "new" or turn.drops == "all":
                now = []
            now = [entry for entry in now if not entry.fields & set(turn.drops)]
            now += turn.adds
            found.append(tuple(now))
        return found


def _listed(value: Any) -> list[Any]:
    """Return `value` as a list of texts: a bare one is a list of one, and a figure is its text."""
    return [
        str(one) if isinstance(one, int | float) else one for one in (value if isinstance(value, list) else [value])
    ]
