"""Which of the items that may be shown come first: those that keep the wishes, in the strict order of a superlative."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shortlist.reader import Narrower, says_present
from shortlist.turn.state import Session
from shortlist_tools.catalog import Op, Requirement, Snapshot
from shortlist_tools.ranking import Ranked
from shortlist_tools.ranking.signals import superlatives

from .sets import parts_sought

UNMEASURED = ("lowest", "highest")
"""Wishes that no item meets or misses: they only order."""
RELEVANT = 0.6
"""Share of the best match to the words from which on an item is one of those a superlative is about."""
_UTMOST = re.compile(
    r"\b(?:\w{2,}est|most|least|max(?:imum)?|min(?:imum)?|top|best[ -]\w+ed|"
    r"(?:sort|order|rank|arrang|list)\w*|(?:high|low)\w* to)\b"
    r"|最|第一|排|序|从.到|前[\d两二三四五六七八九十]"
)


def as_wished(
    ranked: Sequence[Ranked], ledger: Sequence[Requirement], snapshot: Snapshot, kept: frozenset[str] = frozenset()
) -> Sequence[Ranked]:
    """Return the items that meet the stated wishes that have a measure, as many as go together; see `wished_mask`.

    Those in `kept` stay whatever they meet.
    """
    if not ranked:
        return ranked
    among = np.zeros(len(snapshot), dtype=np.bool_)
    among[[one.row for one in ranked]] = True
    meets = wished_mask(ledger, snapshot, among)
    return [one for one in ranked if meets[one.row] or one.id in kept]


def wished_mask(
    ledger: Sequence[Requirement], snapshot: Snapshot, among: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Return which rows of `among` (of all) meet the stated wishes that have a measure, shape (n,).

    Where nothing meets all of them, one gives way that leaves nothing beside those that go before it: the newest go
    first, and of one turn what kind of item it is to be. That it is to be a present speaks for an item and no more.
    A value that stands in the name of a kind ("red wine") is such a wish, too, and comes before the others. Of several
    kinds sought together each goes by itself: what only shoes can be leaves the cream in the set.
    """
    kind = snapshot.schema.roles.get("kind")
    left = np.ones(len(snapshot), dtype=np.bool_) if among is None else among
    if parts := [left & mask for _, mask in parts_sought(ledger, snapshot)]:
        single = [row for row in ledger if row.field != kind]
        others = left & ~np.logical_or.reduce(parts)
        found: NDArray[np.bool_] = np.logical_or.reduce([others, *(wished_mask(single, snapshot, p) for p in parts)])
        return found
    wishes = measured(ledger)
    either = [row for row in wishes if row.group]
    together = [[row] for row in wishes if not row.group] + ([either] if either else [])
    named = _named(ledger, snapshot)
    left = left & named if (left & named).any() else left
    for rows in sorted(together, key=lambda rows: (-rows[0].turn, rows[0].field != kind)):
        kept = left & snapshot.mask([row.model_copy(update={"hard": True}) for row in rows])
        if kept.any():
            left = kept
    return left


def measured(ledger: Sequence[Requirement]) -> list[Requirement]:
    """Return the stated wishes that an item meets or misses; that it is to be a present is none."""
    stated = [row for row in ledger if not row.hard and row.origin == "stated" and row.op not in UNMEASURED]
    return [row for row in stated if not says_present(row.quote)]


def given_way(
    slate: Sequence[Ranked], ledger: Sequence[Requirement], session: Session, snapshot: Snapshot
) -> tuple[Requirement, ...]:
    """Return the stated wishes for a value that nothing of `slate` has, new ones and those that what was shown had."""
    kind, rows = snapshot.schema.roles.get("kind"), [one.row for one in slate]
    before = [snapshot.row_of[item] for item in session.slate if item in snapshot.row_of]
    found = []
    valued = {field.name for field in snapshot.schema.fields if field.kind not in ("number", "money", "date", "text")}
    for row in (one for one in measured(ledger) if one.field in valued - {kind} and not one.group):
        meets = snapshot.mask([row.model_copy(update={"hard": True})])
        if not meets[rows].any() and (row.turn > session.turns or meets[before].any()):
            found.append(row)
    return tuple(found)


def _named(ledger: Sequence[Requirement], snapshot: Snapshot) -> NDArray[np.bool_]:
    """Return which rows have the value inside the name that a kind was asked for by (red wine), or are of others."""
    fits = np.ones(len(snapshot), dtype=np.bool_)
    narrower = Narrower(snapshot.schema, snapshot)
    for row in _kinds(ledger, snapshot):
        if inner := narrower.value(row.quote, str(row.value)):
            fits &= narrower.rows(*inner, str(row.value)) | ~snapshot.mask([row])
    return fits


def named_first(
    ranked: Sequence[Ranked], ledger: Sequence[Requirement], snapshot: Snapshot, words: str = ""
) -> list[Ranked]:
    """Return `ranked` with those first whose titles have the narrower name of a kind, such as earbuds.

    They only come first: whether a name is narrower than its kind or another word for it, titles alone do not tell.
    Other `words` to search by that the newest message brings ("something without alcohol") count for more.
    """
    title = snapshot.schema.roles.get("title")
    narrower = Narrower(snapshot.schema, snapshot)
    found = np.zeros(len(snapshot), dtype=np.bool_)
    for row in _kinds(ledger, snapshot) if title else ():
        apart = words and row.quote.lower() not in words.lower()
        if len(row.quote) > 1 and not apart and (name := narrower.name(row.quote, str(row.value))) is not None:
            found |= snapshot.texts(str(title)).having(name) & snapshot.mask([row])
    return sorted(ranked, key=lambda one: not found[one.row])


def _kinds(ledger: Sequence[Requirement], snapshot: Snapshot) -> list[Requirement]:
    kind = snapshot.schema.roles.get("kind")
    stated = [row for row in ledger if row.field == kind and row.op == "==" and row.origin == "stated"]
    return [row for row in stated if row.hard and row.status == "active"]


def utmost(ledger: Sequence[Requirement]) -> list[Requirement]:
    """Return the superlatives of the newest turn that has any ("the lightest", 最便宜的), none for "a cheap one"."""
    found = [row for row in ledger if row.op in UNMEASURED and not row.hard and _UTMOST.search(row.quote.lower())]
    newest = max((row.turn for row in found), default=0)
    return [row for row in found if row.turn == newest]


def utmost_of(row: Requirement) -> Requirement:
    """Return the superlative of a comparison that nothing meets: of "cheaper", the cheapest."""
    op: Op = "lowest" if row.op in ("<", "<=") else "highest"
    return row.model_copy(update={"op": op, "value": None, "hard": False, "quote": op, "status": "active"})


def strictly(ranked: Sequence[Ranked], ledger: Sequence[Requirement], snapshot: Snapshot) -> list[Ranked]:
    """Return `ranked` in the strict order of what was asked for in the superlative; as it is where nothing was."""
    asked = utmost(ledger)
    if not asked or not ranked:
        return list(ranked)
    nearness = superlatives(snapshot, np.array([one.row for one in ranked], dtype=np.int64), asked)
    return [ranked[at] for at in np.argsort(-np.round(nearness, 9), kind="stable")]


def to_rank(
    rows: NDArray[np.int64],
    relevance: NDArray[np.float64],
    ledger: Sequence[Requirement],
    snapshot: Snapshot,
    open_now: NDArray[np.bool_],
    most: int,
) -> NDArray[np.bool_]:
    """Return which of the candidates `rows` are worth ranking, shape of `rows`, so that none of the best is cut off.

    Args:
        rows: Candidates.
        relevance: How well each matches the words of this message; zeros where it has none.
        ledger: Requirements in force.
        snapshot: The catalog.
        open_now: Which rows of the catalog may be shown, shape (n,).
        most: How many a superlative leaves.
    """
    among = np.zeros(len(snapshot), dtype=np.bool_)
    among[rows] = True
    among &= open_now
    if not among.any():
        return np.ones(len(rows), dtype=np.bool_)
    kept = wished_mask(ledger, snapshot, among)[rows]
    asked = utmost(ledger)
    if asked:
        best = float(relevance.max(initial=0.0))
        matching = kept & (relevance >= RELEVANT * best)
        kept = matching if matching.any() else kept
        nearness = np.where(kept, superlatives(snapshot, rows, asked), -1.0)
        first = np.argsort(-nearness, kind="stable")[:most]
        kept &= np.isin(np.arange(len(rows)), first)
    return kept
