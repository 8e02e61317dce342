"""Says of every table whether it holds what belongs to a user, and by which columns that is found, aged and erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import MetaData, Table

DECLARED = "personal"


@dataclass(frozen=True)
class Personal:
    """How the rows of one table belong to users.

    Attributes:
        user: The column with the user's id: erasing a user deletes the rows that carry it.
        age: The column with the Unix seconds that retention goes by; None keeps rows until the user is erased.
    """

    user: str = "user_id"
    age: str | None = None


def personal(user: str = "user_id", age: str | None = None) -> dict[str, Any]:
    """Return the `info` of a table whose rows belong to users; see `Personal`."""
    return {DECLARED: Personal(user, age)}


def impersonal(why: str) -> dict[str, Any]:
    """Return the `info` of a table that holds nothing of any user; `why` says what it holds instead."""
    return {DECLARED: why}


def personal_tables(metadata: MetaData) -> tuple[Table, ...]:
    """Return the tables that hold what belongs to users, by name.

    A table that declares nothing but has a column `user_id` is taken for personal: forgetting to say so must not
    leave anything behind.
    """
    found = [table for table in metadata.sorted_tables if belonging(table) is not None]
    return tuple(sorted(found, key=lambda table: table.name))


def belonging(table: Table) -> Personal | None:
    """Return how the rows of `table` belong to users, None where they do not."""
    declared = table.info.get(DECLARED)
    if declared is None and "user_id" in table.c:
        return Personal()
    return declared if isinstance(declared, Personal) else None


def undeclared(metadata: MetaData) -> tuple[str, ...]:
    """Return the names of tables that say neither `personal` nor `impersonal`; there must be none."""
    return tuple(table.name for table in metadata.sorted_tables if DECLARED not in table.info)
