"""Segments as values: groups of people with like taste and behaviour, as aggregates that name nobody."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from shortlist_prompts.errors import CallerError, OperatorError

LEAST_MEMBERS = 5
"""A segment tells of at least so many people; smaller groups join the nearest one."""


class SegmentError(CallerError):
    """Segments cannot be made or released as asked; says why and what next."""


class MissingExtraError(OperatorError):
    """A package that is not installed by default is needed; says which extra brings it."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Leaning(_Value):
    """A value that a segment turns to: its mean share of what its people do, and that of all people, 0 to 1."""

    field: str
    value: str
    share: float
    expected: float


class Segment(_Value):
    """One group of people.

    Attributes:
        number: Its place, the largest first, from 1.
        people: How many they are.
        leanings: What sets them apart, strongest first.
        price: Where they buy within a kind of item, in standard deviations of the logarithm; below 0 cheaper.
        centre: The k-means centre in the space of the features.
        sentence: The segment in words, by language.
    """

    number: int
    people: int
    leanings: tuple[Leaning, ...]
    price: float
    centre: tuple[float, ...]
    sentence: dict[str, str]


class Choice(_Value):
    """How well one number of segments fits: mean silhouette (-1 to 1) and stability (mean adjusted Rand index)."""

    k: int
    silhouette: float
    stability: float


class Segments(_Value):
    """All segments of a catalog's people.

    Attributes:
        built: When (Unix seconds).
        people: How many people they were made from.
        space: Whether taste was compared by `meaning` (vectors of items) or by `values` of the catalog.
        choices: Every number of segments that was tried.
        segments: The largest first.
    """

    built: float
    people: int
    space: str
    choices: tuple[Choice, ...]
    segments: tuple[Segment, ...]
