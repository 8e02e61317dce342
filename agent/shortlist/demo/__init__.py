"""The demo: a small bilingual shop of our own, its shoppers and its policies."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shortlist.recommender import Recommender

FOLDER = Path(str(files("shortlist.demo")))
DATABASE = Path(".shortlist") / "demo.db"


def catalog_files() -> list[Path]:
    """Return the files of the demo catalog, in order."""
    return sorted((FOLDER / "catalog").glob("*.jsonl"))


@cache
def shoppers() -> list[dict[str, Any]]:
    """Return the demo shoppers: `id`, `name`, `about`, `facts`, `events`."""
    found: list[dict[str, Any]] = json.loads((FOLDER / "shoppers.json").read_text("utf-8"))
    return found


def open_demo(
    path: str | Path | None = None, *, model: str | None = None, base_url: str | None = None, fresh: bool = False,
    settings: dict[str, Any] | None = None,
) -> Recommender:  # fmt: skip
    """Return a recommender over the demo catalog and its shoppers, made at `path` where it is not there yet.

    Args:
        path: The database; `.shortlist/demo.db` by default.
        model: As for `Recommender.open`.
        base_url: An OpenAI-compatible server.
        fresh: Delete the database first.
        settings: Other settings.
    """
    from shortlist.recommender import Recommender

    database = Path(path) if path is not None else DATABASE
    database.parent.mkdir(parents=True, exist_ok=True)
    if fresh:
        for name in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
            name.unlink(missing_ok=True)
    given = {"model": model, "base_url": base_url, **(settings or {})}
    chosen = {name: value for name, value in given.items() if value is not None}
    recommender = Recommender.open(database, policies=FOLDER / "policies.yaml", settings=chosen)
    recommender.catalog.ingest(*catalog_files(), schema=FOLDER / "schema.yaml", retire_missing=True)
    for shopper in shoppers():
        if not recommender.profiles.get(shopper["id"])["events"]:
            recommender.profiles.record(shopper["id"], shopper["events"])
            for field, value in shopper["facts"].items():
                recommender.profiles.set(shopper["id"], field, value)
    return recommender
