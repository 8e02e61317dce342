"""The profile page as values: what a terminal and a browser show of a person, in the words of one language."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Row(_Value):
    """One line of the page: one fact.

    Attributes:
        ref: The shortest reference that names the fact among the person's others; empty where it cannot be changed.
        text: What is believed, as a sentence or a name.
        about: What it is about, such as the field of an interest; may be empty.
        tag: A short word beside it (`main interest`, `new`); may be empty.
        share: How much of what the person does is about it, 0 to 1; None where that is not measured.
        expected: How much it would be for anybody else, 0 to 1.
        figure: The two in words.
        confidence: How likely it holds, 0 to 1.
        sure: The same in words.
        origin: How it is known, in words, with the day it was last seen.
        until: When it is forgotten or fades, in words; may be empty.
        quote: The person's own words it was read from, if it was.
        evidence: What the person did that it rests on, in words, newest first.
    """

    ref: str = ""
    text: str
    about: str = ""
    tag: str = ""
    share: float | None = None
    expected: float | None = None
    figure: str = ""
    confidence: float = 1.0
    sure: str = ""
    origin: str = ""
    until: str = ""
    quote: str = ""
    evidence: tuple[str, ...] = ()


class Section(_Value):
    """Facts of one sort under a title; `note` explains them, `empty` ones are not shown."""

    key: str
    title: str
    note: str = ""
    rows: tuple[Row, ...]


class Allowed(_Value):
    """What the person allows: the level in words, and whether each source may serve each purpose."""

    title: str
    level: str
    effect: int
    meaning: str
    column: str
    purposes: tuple[str, ...]
    sources: tuple[tuple[str, tuple[bool, ...]], ...]


class Help(_Value):
    """How to change what stands on the page: (command, what it does) and what to say in the chat."""

    title: str
    note: str
    commands: tuple[tuple[str, str], ...]
    chat: str


class Page(_Value):
    """The whole page.

    Attributes:
        user: Whose it is.
        language: `en` or `zh`.
        heading: What the page is.
        title: Whose it is, in words.
        built: As of when, in words.
        intro: Who the profile takes the person for, in plain sentences.
        sections: What is believed; only those that hold something.
        allowed: What the person allows.
        help: How to change it.
        words: Short words the page needs: `yes`, `no`, `why`.
    """

    user: str
    language: str
    heading: str
    title: str
    built: str
    intro: tuple[str, ...]
    sections: tuple[Section, ...]
    allowed: Allowed
    help: Help
    words: dict[str, str]
