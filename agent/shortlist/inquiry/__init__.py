"""What people ask of the conversation, the shop or its advice, not of fields: a pick, a reason, a sum, how to pay."""

from shortlist.inquiry.asking import asks_of_shown, counted, points_at_one, says, takes_first, takes_one, without_form
from shortlist.inquiry.reading import (
    SERVICES,
    Inquiry,
    asked_language,
    asks_for_the_better,
    bare_extreme,
    how_many_of_one,
    read_inquiry,
    speaks_of_shown,
    speaks_of_the_one,
)

__all__ = [
    "SERVICES",
    "Inquiry",
    "asked_language",
    "asks_for_the_better",
    "asks_of_shown",
    "bare_extreme",
    "counted",
    "how_many_of_one",
    "points_at_one",
    "read_inquiry",
    "says",
    "speaks_of_shown",
    "speaks_of_the_one",
    "takes_first",
    "takes_one",
    "without_form",
]
