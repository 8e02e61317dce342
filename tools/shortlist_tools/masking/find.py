"""Everything personal in a text, whatever its kind."""

from __future__ import annotations

from shortlist_tools.masking.addresses import find_addresses
from shortlist_tools.masking.names import Known, find_names
from shortlist_tools.masking.numbers import find_numbers_of_people
from shortlist_tools.masking.spans import Kind, Personal, settle

__all__ = ["Kind", "Personal", "find_personal"]


def find_personal(text: str, known: Known = lambda word: False) -> list[Personal]:
    """Return the personal data in `text`, in order, without overlaps.

    Names, e-mail addresses, phones, postal addresses, identity papers, payment cards and accounts, in English and
    Chinese forms, also where nothing separates them from the Chinese text before.

    Args:
        text: What somebody wrote.
        known: Tells whether words name something of the catalog, which is not masked as a name.
    """
    return settle([*find_numbers_of_people(text), *find_addresses(text), *find_names(text, known)])
