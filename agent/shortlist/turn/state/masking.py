"""What people wrote, kept from the model: the marks of a session, and what the catalog knows and may be told."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache

from shortlist_tools.catalog import Field, Snapshot
from shortlist_tools.masking import Book, Known, MaskedModel

from .context import Services

_WORDS_OF_A_TITLE = 2
_CHARACTERS_OF_A_TITLE = 3


def with_masking(services: Services, marks: Mapping[str, str], user: str | None) -> tuple[Services, Book]:
    """Return the services with a model that sees no personal data and never the host's user id, and its book.

    Args:
        services: The parts of the recommender.
        marks: The marks that the session has given so far.
        user: The host's id of the user.
    """
    book = Book(marks, known_names(services.snapshot), user)
    if services.model is None:
        return services, book
    return dataclasses.replace(services, model=MaskedModel(services.model, book)), book


@lru_cache(maxsize=4)
def known_names(snapshot: Snapshot) -> Known:
    """Return a function that tells whether words are a value, or stand in a title, of the catalog.

    One word of a title alone is not known: a lamp called Rose makes nobody's sister public.
    """
    values = {word for field in snapshot.schema.fields for word in _values(field)}
    for column in snapshot.columns.values():
        values |= {str(value).casefold() for value in getattr(column, "values", ()) if isinstance(value, str)}
    role = snapshot.schema.roles.get("title", "")
    texts = snapshot.text(role) if snapshot.schema.get(role) is not None else []
    titles = [
        title.casefold() for text in texts for title in (text.values() if isinstance(text, dict) else (text,)) if title
    ]
    whole, joined = set(titles), " \n ".join(["", *titles, ""])

    def known(words: str) -> bool:
        said = " ".join(words.casefold().split())
        if said in values or said in whole:
            return True
        if said.isascii():
            return said.count(" ") + 1 >= _WORDS_OF_A_TITLE and f" {said} " in joined
        return len(said) >= _CHARACTERS_OF_A_TITLE and said in joined

    return known


def _values(field: Field) -> set[str]:
    words = [word for lists in field.values.values() for listed in lists.values() for word in listed]
    return {word.casefold() for word in (*field.values, *words)}
