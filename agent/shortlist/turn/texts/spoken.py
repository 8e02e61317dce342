"""Wishes that no field holds and only texts tell: what says so comes first, what warns goes out, no field filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shortlist.decision import Quote
from shortlist.reader import PERSONAL, Told
from shortlist.turn.state import Services, Session
from shortlist_tools.catalog import Requirement, Schema
from shortlist_tools.ranking import Ranked
from shortlist_tools.search import tellers

from .telling import told_words

CONCERN = "!="
"""The comparison of a worry: who is allergic to wool wants what is without it, and nothing that warns of it."""

MOST_QUOTED = 2
"""Sentences quoted of one item."""


class Verdicts(NamedTuple):
    """What texts tell of the wishes in force: rows that say so, rows that speak against it, each with its sentence."""

    fits: dict[int, tuple[Quote, ...]]
    against: dict[int, tuple[Quote, ...]]
    untold: tuple[Requirement, ...]
    wishes: tuple[Requirement, ...]
    bad: dict[str, frozenset[int]]
    elsewhere: bool

    def among(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which of `rows` to show: those that say so before those that are silent, before those against."""
        fits, bad = (np.isin(rows, list(which)) for which in (self.fits, self.against))
        most = max((len(self.fits[row]) for row in rows[fits & ~bad].tolist()), default=0)
        best = np.array([len(self.fits.get(row, ())) == most for row in rows.tolist()], dtype=np.bool_)
        return best & ~bad if (best & ~bad).any() else ~bad if (~bad).any() else np.ones(len(rows), dtype=np.bool_)


def is_spoken(row: Requirement, schema: Schema) -> bool:
    """Return whether a row of the ledger is a wish that only texts tell."""
    return not row.hard and row.field == schema.roles.get("description")


def without_spoken(ledger: Sequence[Requirement], schema: Schema) -> list[Requirement]:
    """Return the ledger without the wishes that only texts tell, which no mask and no signal can measure."""
    return [row for row in ledger if not is_spoken(row, schema)]


def spoken_row(told: Told, schema: Schema) -> Requirement | None:
    """Return the row that a wish stands in the ledger as, where items are described at all."""
    described = schema.roles.get("description")
    if described is None or not told_words(told.words):
        return None
    ops: dict[str, Literal["contains", "not_contains", "!="]] = {"wants": "contains", "refuses": "not_contains"}
    op = ops.get(told.stance, CONCERN)
    return Requirement(field=described, op=op, value=told.words, hard=False, quote=told.words)


def is_told(row: Requirement, rows: Sequence[int] | None, language: str, services: Services) -> bool:
    """Return whether the texts of any of `rows` (of all items) speak of a wish."""
    found = tellers(services.snapshot, frozenset(told_words(str(row.value))), language)
    return bool(found) if rows is None else any(one in found for one in rows)


def _is_personal(wish: Requirement) -> bool:
    """Return whether a worry is about the person: what says that it is for the pregnant is what they look for."""
    return any(key in PERSONAL for key in told_words(str(wish.value)))


def verdicts(
    ledger: Sequence[Requirement], rows: NDArray[np.int64], language: str, services: Services
) -> Verdicts | None:
    """Return what the texts of `rows` tell of the wishes in force that only texts tell; None where there are none."""
    wishes = [row for row in ledger if row.status == "active" and is_spoken(row, services.schema)]
    if not wishes:
        return None
    fits: dict[int, tuple[Quote, ...]] = {}
    against: dict[int, tuple[Quote, ...]] = {}
    untold: list[Requirement] = []
    elsewhere = False
    bad: dict[str, frozenset[int]] = {}
    here = set(rows.tolist())
    for wish in wishes:
        said = tellers(services.snapshot, frozenset(told_words(str(wish.value))), language)
        held = {row: each for row, each in said.items() if row in here}
        for row, (passage, stance) in held.items():
            good = stance == ("says" if wish.op == "contains" or _is_personal(wish) else "denies")
            quote = Quote(item=services.snapshot.ids[row], source=passage.source, text=passage.text)
            into = fits if good else against
            into[row] = (*into.get(row, ()), quote)
            bad[wish.id] = bad.get(wish.id, frozenset()) | (frozenset() if good else {row})
        if not held:
            untold.append(wish)
            elsewhere = elsewhere or bool(said)
    return Verdicts(fits, against, tuple(untold), tuple(wishes), bad, elsewhere)


def worrying(told: Verdicts, rows: NDArray[np.int64]) -> str:
    """Return the words of a worry that the texts of all `rows` speak to; nothing where one of them may be shown."""
    worries = [row for row in told.wishes if row.op == CONCERN]
    return next((row.quote for row in worries if set(rows.tolist()) <= told.bad.get(row.id, frozenset())), "")


def said_of(told: Verdicts, slate: Sequence[Ranked], session: Session) -> dict[str, Any]:
    """Return what a recommendation tells of the wishes: quotes of what is new, what was left out, what is unchecked."""
    new = {row.value for row in told.wishes if row.turn > session.turns}
    quotes = []
    for one in slate:
        said = told.fits.get(one.row, ()) if new or one.id not in session.offered else ()
        quotes += [*told.against.get(one.row, ()), *said][:MOST_QUOTED]
    shown = {one.row for one in slate}
    left = [row for row in told.wishes if row.value in new and told.bad.get(row.id, frozenset()) - shown]
    open_ = [row.quote for row in told.untold if row.value in new and row.quote.lower() not in session.unheard]
    return {
        "quotes": tuple(quotes),
        "warned": left[0].quote if left else "",
        "unheard": open_[0] if open_ else "",
        "elsewhere": bool(open_ and told.elsewhere),
    }
