"""What one turn of a dialogue scores: its ledger against the annotation, its slate, and the entity the human chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shortlist.reply import Reply
from shortlist_evals.agents import Answer
from shortlist_evals.crosswoz.annotations import Wanted, said
from shortlist_evals.crosswoz.dialogues import Turn
from shortlist_evals.crosswoz.entities import KIND, NEARBY, SLATE, Names
from shortlist_evals.metrics import recall
from shortlist_evals.reader import Tally
from shortlist_tools.catalog import Requirement, Snapshot


@dataclass(frozen=True)
class Heard:
    """What became of the requirements of one turn.

    Attributes:
        tally: Rows that the turn put into the ledger against what it informs of.
        kept: All that was asked of the entity looked for, this turn and earlier ones, that the ledger holds now.
        extra: Rows that nothing annotated stands for.
        missing: What was informed of and is not in force.
    """

    tally: Tally
    kept: Tally
    extra: tuple[Wanted, ...] = ()
    missing: tuple[Wanted, ...] = ()


def heard(turn: Turn, reply: Reply) -> Heard:
    """Return what the ledger made of `turn`.

    Found is what this turn added, and what it repeats. The kind of entity is not annotated, and being near an entity
    that the message names is naming one: neither counts.
    """
    rows = [row for row in _rows(reply) if not (row.field.startswith(NEARBY) and str(row.value) in turn.text)]
    in_force = {said(row) for row in rows}
    wanted = {said(row) for row in turn.wanted}
    found = {said(row) for row in rows if row.turn == reply.turn} | (wanted & in_force)
    so_far = {said(row) for row in turn.so_far}
    return Heard(
        tally=Tally(len(found & wanted), len(found), len(wanted)),
        kept=Tally(len(so_far & in_force), len(in_force), len(so_far)),
        extra=tuple(sorted(found - wanted)),
        missing=tuple(sorted(wanted - found)),
    )


def added(reply: Reply) -> tuple[Wanted, ...]:
    """Return what the turn put into the ledger, whatever it was about."""
    return tuple(sorted({said(row) for row in _rows(reply) if row.turn == reply.turn}))


def _rows(reply: Reply) -> list[Requirement]:
    return [row for row in reply.ledger if row.status == "active" and row.field != KIND]


def fitting(turn: Turn, snapshot: Snapshot) -> NDArray[np.bool_]:
    """Return which entities are of the kind looked for and meet all that was asked so far."""
    kind = Requirement(field=KIND, op="==", value=turn.kind)
    return snapshot.mask([kind, *turn.so_far])


def satisfied(answer: Answer, fits: NDArray[np.bool_], snapshot: Snapshot) -> float:
    """Return the share of the items shown that fit; 0 where none is shown although some would fit."""
    rows = [snapshot.row_of[item] for item in answer.items]
    return float(fits[rows].mean()) if rows else 0.0


def chosen_recall(items: Sequence[str], chosen: str) -> float:
    """Return recall@10 of the entity that the human chose."""
    return recall(items, [chosen], SLATE)


def reference_recall(fits: NDArray[np.bool_], chosen: int) -> float:
    """Return the expected recall@10 of who filters by the annotation and orders at random: min(1, 10 / fitting).

    0 where the chosen entity does not fit.
    """
    return min(1.0, SLATE / int(fits.sum())) if fits[chosen] else 0.0


def pointed_at(turn: Turn, answer: Answer, names: Names) -> Tally:
    """Return how many of the entities that the user names the agent takes the message to be about."""
    wanted = {found for kind, name in turn.names if (found := names.get(kind, name)) is not None}
    about = set(answer.reply.plan.about) if answer.reply else set()
    return Tally(len(wanted & about), len(about), len(wanted))
