"""A reader over the demo catalog, compiled once, and a short way to say what it read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist.reader import Reader
from shortlist_tools.catalog import Item, Requirement, Snapshot


@pytest.fixture(scope="session")
def reader(demo_snapshot: Snapshot) -> Reader:
    return Reader(demo_snapshot.schema, demo_snapshot)


@pytest.fixture(scope="session")
def items(demo_snapshot: Snapshot) -> Callable[..., list[Item]]:
    """Return items of the demo catalog by id."""
    return lambda *ids: [demo_snapshot.item(demo_snapshot.row_of[name]) for name in ids]


@pytest.fixture(scope="session")
def said() -> Callable[..., list[str]]:
    """Return requirements as short sorted strings: `price < 150`, `~` for soft, `@` scope, `#` group."""
    return lambda requirements: sorted(_short(one) for one in requirements)


def _short(one: Requirement) -> str:
    value = [f"{v:g}" if isinstance(v, float) else v for v in one.value] if isinstance(one.value, list) else one.value
    value = f"{value:g}" if isinstance(value, float) else value
    parts = [one.field, one.op, *([] if one.value is None else [str(value)]), one.unit or ""]
    text = " ".join(part for part in parts if part)
    return (
        ("" if one.hard else "~")
        + text
        + (f" @{one.scope}" if one.scope else "")
        + (f" #{one.group}" if one.group else "")
    )
