"""The reader on the users' turns of CrossWOZ: Chinese requests for restaurants, hotels and attractions of Beijing."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortlist.reader import Reader
from shortlist_evals.places import data_dir, suites_dir
from shortlist_evals.reader.scoring import Tally, interval, key_of
from shortlist_tools.catalog import Catalog, Requirement, Snapshot
from shortlist_tools.store import Store
from shortlist_tools.text import find_quantities

_DATABASES = {"restaurant_db.json": "餐馆", "hotel_db.json": "酒店", "attraction_db.json": "景点"}
_NUMERIC = frozenset({"价格", "人均消费", "门票", "评分", "游玩时间"})
_LISTS = frozenset({"推荐菜", "周边景点", "周边餐馆", "周边酒店"})
_MINUTES = {"min": 1.0, "h": 60.0, "day": 1440.0}
_EVERYWHERE = frozenset({"餐馆", "酒店", "景点"})

Wanted = tuple[str, str, str]
"""Field, op and value, the op without its strictness."""


@dataclass(frozen=True)
class Turn:
    """One user turn: its words, the domains it informs of, and what it asks for there; None where it is left out."""

    dialogue: str
    text: str
    domain: str
    wanted: frozenset[Wanted] | None


def run_crosswoz(limit: int | None = None) -> dict[str, Any]:
    """Return precision, recall and F1 of the annotated requirements, over all and by domain.

    Left out: metro and taxi, names, selections of an entity, and whole turns that ask about an entity by its name. An
    entry counts as found whether hard or soft, and `<` for `<=`.

    Args:
        limit: Read only so many dialogues.

    Raises:
        DataMissingError: If the evaluation data is absent.
    """
    with tempfile.TemporaryDirectory() as folder:
        snapshot = crosswoz_snapshot(Path(folder))
        reader = Reader(snapshot.schema, snapshot)
        tallies, by_domain, by_field, wrong = _read_all(reader, limit)
    total = sum(tallies, Tally())
    return {
        "n": len(tallies),
        **_figures(total, len(tallies)),
        "interval": list(interval(tallies)),
        "domains": {name: _figures(sum(mine, Tally()), len(mine)) for name, mine in sorted(by_domain.items())},
        "fields": {name: _figures(tally, 0) for name, tally in sorted(by_field.items())},
        "wrong": wrong,
    }


def _read_all(
    reader: Reader, limit: int | None
) -> tuple[list[Tally], dict[str, list[Tally]], dict[str, Tally], list[dict[str, Any]]]:
    tallies: list[Tally] = []
    by_domain: dict[str, list[Tally]] = {}
    by_field: dict[str, Tally] = {}
    wrong: list[dict[str, Any]] = []
    dialogue, kind = "", None
    for turn in turns(limit):
        if turn.dialogue != dialogue:
            dialogue, kind = turn.dialogue, None
        reading = reader.read(turn.text, ledger=[kind] if kind else [])
        kind = next((r for r in reading.requirements if r.field == "领域" and r.op == "=="), kind)
        if turn.wanted is None:
            continue
        found = {_said(r) for r in reading.requirements if r.field != "领域"}
        tally = Tally(len(found & turn.wanted), len(found), len(turn.wanted))
        tallies.append(tally)
        if turn.domain:
            by_domain.setdefault(turn.domain, []).append(tally)
        for name in {f for f, _, _ in found | turn.wanted}:
            mine, theirs = {x for x in found if x[0] == name}, {x for x in turn.wanted if x[0] == name}
            by_field[name] = by_field.get(name, Tally()) + Tally(len(mine & theirs), len(mine), len(theirs))
        if found != turn.wanted:
            wrong.append(
                {"text": turn.text, "extra": sorted(found - turn.wanted), "missing": sorted(turn.wanted - found)}
            )
    return tallies, by_domain, by_field, wrong


def _said(requirement: Requirement) -> Wanted:
    name, op, value, *_ = key_of(requirement)
    plain = {"<": "<=", ">": ">=", "in": "==", "contains_any": "contains"}.get(op, op)
    return name, plain, value


def crosswoz_snapshot(folder: Path) -> Snapshot:
    """Return the entities of all three domains as one catalog, ingested into a database in `folder`."""
    rows = folder / "crosswoz.jsonl"
    with rows.open("w", encoding="utf-8") as file:
        for name, kind in _DATABASES.items():
            entities = json.loads((data_dir("crosswoz", "database") / name).read_text("utf-8"))
            for number, (_, values) in enumerate(entities):
                file.write(json.dumps(_row(f"{kind}-{number}", kind, values), ensure_ascii=False) + "\n")
    catalog = Catalog(Store.open(folder / "crosswoz.db"))
    catalog.ingest(rows, schema=suites_dir() / "crosswoz" / "schema.yaml")
    return catalog.snapshot()


def _row(name: str, kind: str, values: dict[str, Any]) -> dict[str, Any]:
    row = {field: value for field, value in values.items() if value is not None}
    time = row.pop("游玩时间", None)
    minutes = next((q.low * _MINUTES[q.unit] for q in find_quantities(str(time)) if q.low and q.unit in _MINUTES), None)
    if minutes is not None:
        row["游玩时间"] = minutes
    return {"id": name, **row, "领域": kind}


def turns(limit: int | None = None) -> Iterator[Turn]:
    """Yield the user turns of the validation dialogues with what they ask for."""
    with zipfile.ZipFile(data_dir("crosswoz") / "val.json.zip") as archive:
        dialogues = json.loads(archive.read("val.json"))
    for name in sorted(dialogues)[:limit]:
        for message in dialogues[name]["messages"]:
            if message["role"] == "usr":
                yield _turn(name, message["content"], message["dialog_act"])


def _turn(name: str, text: str, acts: Iterable[list[str]]) -> Turn:
    acts = list(acts)
    informs = [(domain, slot, value) for act, domain, slot, value in acts if act == "Inform"]
    domains = {domain for _, domain, _, _ in acts if domain not in {"General", "greet"}}
    named = any(slot == "名称" for _, slot, _ in informs)
    if named or (not domains & _EVERYWHERE and informs) or domains - _EVERYWHERE - {"none", "thank", "bye", "welcome"}:
        return Turn(name, text, "", None)
    wanted = {entry for domain, slot, value in informs for entry in _wanted(slot, value)}
    counts = Counter(domain for domain, _, _ in informs)
    return Turn(name, text, counts.most_common(1)[0][0] if counts else "", frozenset(wanted))


def _wanted(slot: str, value: str) -> list[Wanted]:
    """Return the entries that one annotated slot stands for."""
    if slot.startswith("酒店设施-"):
        return [("酒店设施", "contains", slot.partition("-")[2])] if value == "是" else []
    if slot in _LISTS:
        return [(slot, "contains", one) for one in value.split()] if slot == "推荐菜" else [(slot, "contains", value)]
    if slot in _NUMERIC:
        return [_numeric(slot, value)]
    return [(slot, "==", value)]


def _numeric(slot: str, value: str) -> Wanted:
    if "免费" in value:
        return slot, ">=" if "不" in value else "==", "0"
    quantities = find_quantities(value.replace(" ", ""))
    if not quantities:
        return slot, "==", value
    quantity = quantities[0]
    factor = _MINUTES.get(quantity.unit or "", 1.0) if slot == "游玩时间" else 1.0
    raw = quantity.value
    scaled = [v * factor for v in raw] if isinstance(raw, list) else raw * factor
    op = "<=" if quantity.op == "==" and slot in ("价格", "人均消费", "门票") else quantity.op
    return _said(Requirement(field=slot, op=op, value=scaled))


def _figures(tally: Tally, n: int) -> dict[str, Any]:
    return {
        "utterances": n,
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
        "right": tally.right,
        "found": tally.found,
        "wanted": tally.wanted,
    }
