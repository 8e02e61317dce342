"""The restaurants, hotels and attractions of CrossWOZ as one catalog, and recommenders over it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from shortlist import Recommender
from shortlist_evals.chorus import cache_dir
from shortlist_evals.places import data_dir, suites_dir
from shortlist_tools.catalog import Catalog, Snapshot
from shortlist_tools.store import Store
from shortlist_tools.text import find_quantities

KIND = "领域"
NEARBY = "周边"
"""What the names of the fields begin with that tell the entities near one."""
DATABASES = {"餐馆": "restaurant_db.json", "酒店": "hotel_db.json", "景点": "attraction_db.json"}
"""The file of each kind."""
MINUTES = {"min": 1.0, "h": 60.0, "day": 1440.0}
SLATE = 10
_DATABASE = "catalog.db"


def entity_snapshot(folder: Path) -> Snapshot:
    """Return the entities of all three kinds, ingested into a database in `folder`.

    Raises:
        DataMissingError: If the evaluation data is absent.
    """
    rows = folder / "crosswoz.jsonl"
    _write_rows(rows)
    catalog = Catalog(Store.open(folder / "crosswoz.db"))
    catalog.ingest(rows, schema=suites_dir() / "crosswoz" / "schema.yaml")
    return catalog.snapshot()


def prepare() -> Path:
    """Return the folder of the cache that holds the entities, ingested and indexed; nothing is done twice.

    Raises:
        DataMissingError: If the evaluation data is absent.
    """
    folder = cache_dir() / "crosswoz"
    folder.mkdir(parents=True, exist_ok=True)
    rows = folder / "crosswoz.jsonl"
    _write_rows(rows)
    with _opened(folder) as recommender:
        schema = suites_dir() / "crosswoz" / "schema.yaml"
        recommender.catalog.ingest(rows, schema=schema, retire_missing=True)
        recommender.prepare()
    return folder


@contextmanager
def recommender_over_entities() -> Iterator[Recommender]:
    """Yield a recommender over a copy of what `prepare` made, so that no conversation is left behind in the cache.

    It shows ten items and asks nothing: the users of the dialogues cannot answer, and ten are what recall looks at.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "crosswoz"
        shutil.copytree(cache_dir() / "crosswoz", copy)
        with _opened(copy) as recommender:
            recommender.prepare()
            yield recommender


@contextmanager
def _opened(folder: Path) -> Iterator[Recommender]:
    policies = {"slate_size": SLATE, "asking_turns": 0}
    settings = {"vector_index": "exact", "wait_for_seconds": 600.0}
    with Recommender.open(folder / _DATABASE, model="offline", policies=policies, settings=settings) as recommender:
        yield recommender


def _write_rows(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for kind, entities in entities_by_kind().items():
            for number, values in enumerate(entities):
                file.write(json.dumps(_row(f"{kind}-{number}", kind, values), ensure_ascii=False) + "\n")


@cache
def entities_by_kind() -> dict[str, list[dict[str, Any]]]:
    """Return the fields of every entity by kind, as the databases have them.

    Raises:
        DataMissingError: If the evaluation data is absent.
    """
    found = {}
    for kind, name in DATABASES.items():
        pairs = json.loads(data_dir("crosswoz", "database", name).read_text("utf-8"))
        found[kind] = [values for _, values in pairs]
    return found


def _row(name: str, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entity as a catalog row.

    How long a visit takes is the least that it takes, in minutes. How many entities lie near is added and plays the
    role of popularity: who lies among many is central, and the databases know nothing else of how well known one is.
    """
    row = {field: value for field, value in values.items() if value is not None}
    time = row.pop("游玩时间", None)
    minutes = next((q.low * MINUTES[q.unit] for q in find_quantities(str(time)) if q.low and q.unit in MINUTES), None)
    if minutes is not None:
        row["游玩时间"] = minutes
    near = sum(len(row.get(f"{NEARBY}{other}") or ()) for other in DATABASES)
    return {"id": name, **row, KIND: kind, "邻近数": near}


class Names:
    """Ids of entities by kind and name.

    Args:
        snapshot: The entities.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        for row, (name, title) in enumerate(zip(snapshot.ids, snapshot.text("名称"), strict=True)):
            kind = snapshot.value(row, KIND)
            self._ids.setdefault((str(kind), str(title)), name)

    def get(self, kind: str, name: str | None) -> str | None:
        """Return the id of the entity of `kind` called `name`; None where there is none."""
        return self._ids.get((kind, name)) if name else None
