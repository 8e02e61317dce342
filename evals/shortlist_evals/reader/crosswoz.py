"""The reader alone on the users' turns of CrossWOZ: no session, no turn, each message after the kind asked for last."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from shortlist.reader import Reader
from shortlist_evals.crosswoz import KIND, Turn, entity_snapshot, load_dialogues, said
from shortlist_evals.reader.scoring import Tally, figures, interval


def run_crosswoz(
    limit: int | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, Any]:
    """Return precision, recall and F1 of the annotated requirements, over all, by kind of entity and by field.

    The turns, what they inform of and what is left out are those of the suite `crosswoz`: turns that name an entity,
    ask about one that was chosen, or speak of metro and taxi alone.

    Args:
        limit: Read only so many dialogues.
        progress: Told how many are read.

    Raises:
        DataMissingError: If the evaluation data is absent.
    """
    tallies: list[Tally] = []
    kinds: dict[str, list[Tally]] = {}
    fields: dict[str, Tally] = {}
    wrong: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        snapshot = entity_snapshot(Path(folder))
        for turn, found in _read(Reader(snapshot.schema, snapshot), limit, progress):
            wanted = {said(one) for one in turn.wanted}
            tally = Tally(len(found & wanted), len(found), len(wanted))
            tallies.append(tally)
            if turn.kind:
                kinds.setdefault(turn.kind, []).append(tally)
            for name in {field for field, _, _ in found | wanted}:
                mine, theirs = {x for x in found if x[0] == name}, {x for x in wanted if x[0] == name}
                fields[name] = fields.get(name, Tally()) + Tally(len(mine & theirs), len(mine), len(theirs))
            if found != wanted:
                wrong.append({"text": turn.text, "extra": sorted(found - wanted), "missing": sorted(wanted - found)})
    return {
        "n": len(tallies),
        **figures(sum(tallies, Tally()), len(tallies)),
        "interval": list(interval(tallies)),
        "domains": {name: figures(sum(mine, Tally()), len(mine)) for name, mine in sorted(kinds.items())},
        "fields": {name: figures(tally, 0) for name, tally in sorted(fields.items())},
        "wrong": wrong,
    }


def _read(
    reader: Reader, limit: int | None, progress: Callable[[int, int], None]
) -> Iterator[tuple[Turn, set[tuple[str, str, str]]]]:
    dialogues = list(load_dialogues(limit))
    for number, dialogue in enumerate(dialogues):
        progress(number, len(dialogues))
        kind = None
        for turn in dialogue.turns:
            reading = reader.read(turn.text, ledger=[kind] if kind else [])
            kind = next((row for row in reading.requirements if row.field == KIND and row.op == "=="), kind)
            if turn.left is None:
                yield turn, {said(row) for row in reading.requirements if row.field != KIND}
