"""Grades of one letter, moods, complaints that name their field, and refusals that stand after what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Field, Item, Requirement, Schema

SCHEMA = Schema(
    name="films",
    languages=("en", "zh"),
    roles={"title": "title", "rating": "score"},
    fields=(
        Field(name="title", kind="text"),
        Field(
            name="genres",
            kind="multi_category",
            values={
                "Comedy": {"en": ["comedy", "funny movie"], "zh": ["喜剧片"]},
                "Horror": {"en": ["horror", "scary movie", "horror movie"], "zh": ["恐怖片"]},
            },
        ),
        Field(
            name="certificate",
            kind="category",
            label={"en": "age rating", "zh": "分级"},
            values={
                "R": {"en": ["R", "rated R"], "zh": ["R级", "R"]},
                "PG-13": {"en": ["PG-13"], "zh": ["PG-13"]},
                "NR": {"en": ["NR", "not rated"], "zh": ["NR", "NR级"]},
            },
        ),
        Field(name="score", kind="number", unit="star", label={"en": "score", "zh": "评分"}, better="higher"),
        Field(name="runtime", kind="number", unit="min", label={"en": "running time", "zh": "片长"}),
    ),
)
SHOWN = [Item(id="f1", values={"title": "Silly Movie", "score": 6.1, "runtime": 131.0, "certificate": "R"})]
Said = Callable[[list[Requirement]], list[str]]


@pytest.fixture(scope="module")
def films() -> Reader:
    return Reader(SCHEMA)


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("The age rating should be R.", ["certificate == R"]),
        ("PG-13 or R for the age rating.", ["certificate in ['PG-13', 'R']"]),
        ("分级要R或NR。", ["certificate in ['R', 'NR']"]),
        ("R or something like it", []),
        ("Can I have plan R?", []),
        ("NR级的不看。", ["certificate != NR"]),
        ("I'm in the mood for a comedy.", ["genres contains Comedy"]),
        ("I feel like a horror movie tonight.", ["genres contains Horror"]),
        ("A scary movie isn't for me.", ["genres not_contains Horror"]),
        ("I have two hours at most.", ["runtime <= 120"]),
        ("低于6分的不要。", ["score >= 6"]),
        ("高于8分的不要。", ["score <= 8"]),
    ],
)
def test_first_words(films: Reader, said: Said, message: str, read: list[str]) -> None:
    assert said(films.read(message).requirements) == read  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("The score is too low.", ["score > 6.1"]),
        ("The running time is too high.", ["runtime < 131"]),
        ("That one is a bit long for me, the running time should be lower.", ["runtime < 131"]),
        ("R isn't the age rating I want.", ["certificate != R"]),
        ("我不太想要R级的。", ["certificate != R"]),
        ("I can't stand a funny movie.", ["genres not_contains Comedy"]),
    ],
)
def test_words_about_what_was_shown(films: Reader, said: Said, message: str, read: list[str]) -> None:
    assert said(films.read(message, shown=SHOWN).requirements) == read  # type: ignore[arg-type]
