"""What shoppers are up to: pursuits and the items they take in, read from the suite's folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from shortlist_evals.places import suites_dir
from shortlist_prompts.errors import CallerError
from shortlist_tools.catalog import Item


class PursuitError(CallerError):
    """The file of pursuits cannot be used with this catalog; names the pursuit."""


@dataclass(frozen=True)
class Pursuit:
    """Something people do, and buy things for.

    Attributes:
        name: Its name.
        items: The items it takes in, in the catalog's order.
        words: What is typed into the search box, by language.
    """

    name: str
    items: tuple[Item, ...]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class World:
    """Everything the shoppers can be up to, over one catalog.

    Attributes:
        items: The catalog.
        pursuits: By name.
        trips: What is bought once a year and never else, by name.
        less: What people add to a search who look at the price first, by language.
        gift: How a search for a present is put, by language; `{who}` is for whom.
        people: Whom presents are for, by role and language.
        tastes: Values that some want or refuse in anything, by field.
        kind: The field that says what kind of goods an item is.
        brand: The field of the brand.
        price: The field of the price.
        popularity: The field that says how popular an item is.
    """

    items: tuple[Item, ...]
    pursuits: Mapping[str, Pursuit]
    trips: Mapping[str, Pursuit]
    less: Mapping[str, tuple[str, ...]]
    gift: Mapping[str, tuple[str, ...]]
    people: Mapping[str, Mapping[str, str]]
    tastes: Mapping[str, tuple[str, ...]]
    kind: str
    brand: str
    price: str
    popularity: str


LEAST_ITEMS = 8
"""A pursuit of fewer items would be played out within a month."""


def open_world(items: Sequence[Item], roles: Mapping[Any, str]) -> World:
    """Return the world over `items`, whose fields have `roles`.

    Raises:
        PursuitError: If a pursuit takes in fewer than `LEAST_ITEMS` items.
    """
    text = _text()

    def pursuit(name: str, given: Mapping[str, Any]) -> Pursuit:
        taken = tuple(
            item for item in items
            if any(set(values_of(item, field)) & set(values) for field, values in given["of"].items())
        )  # fmt: skip
        if len(taken) < LEAST_ITEMS:
            raise PursuitError(
                f"pursuits.yaml: {name!r} takes in {len(taken)} items, at least {LEAST_ITEMS} are needed"
            )
        return Pursuit(name, taken, {code: tuple(words) for code, words in given["words"].items()})

    return World(
        tuple(items),
        {name: pursuit(name, given) for name, given in text["pursuits"].items()},
        {name: pursuit(name, given) for name, given in text["trips"].items()},
        {code: tuple(words) for code, words in text["less"].items()},
        {code: tuple(words) for code, words in text["gift"].items()},
        text["people"],
        {field: tuple(values) for field, values in text["tastes"].items()},
        roles["kind"], roles["brand"], roles["price"], roles["popularity"],
    )  # fmt: skip


def values_of(item: Item, field: str) -> tuple[str, ...]:
    """Return the values that `item` has of `field`, none where it has not the field."""
    value = item.values.get(field)
    if value is None:
        return ()
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)


@cache
def _text() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((suites_dir() / "profiles" / "pursuits.yaml").read_text("utf-8"))
    return found
