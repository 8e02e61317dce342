"""What only descriptions and reviews tell: questions, wishes and refusals that no field holds."""

from .glimpses import glimpses
from .quoting import asks_opinions, counts_opinions, description, quotes, quotes_by_meaning
from .spoken import Verdicts, is_sort, is_spoken, is_told, said_of, spoken_row, verdicts, without_spoken, worrying
from .telling import (
    answering_fields,
    asked_units,
    left_open,
    named_fields,
    only_describes,
    sought_words,
    told_words,
    wondered,
)

__all__ = [
    "Verdicts",
    "answering_fields",
    "asked_units",
    "asks_opinions",
    "counts_opinions",
    "description",
    "glimpses",
    "is_sort",
    "is_spoken",
    "is_told",
    "left_open",
    "named_fields",
    "only_describes",
    "quotes",
    "quotes_by_meaning",
    "said_of",
    "sought_words",
    "spoken_row",
    "told_words",
    "verdicts",
    "without_spoken",
    "wondered",
    "worrying",
]
