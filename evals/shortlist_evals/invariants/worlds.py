"""The catalogs that random conversations run over, each with a handful of policies, ingested once a run."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from shortlist_evals.invariants.saboteur import Saboteur
from shortlist_evals.places import data_dir
from shortlist_tools.catalog import Item, Schema
from shortlist_tools.model import Model

if TYPE_CHECKING:
    from shortlist import Recommender
    from shortlist_tools.search import Searcher

WORLDS = ("demo", "chorus")
POLICIES = 5
"""How many different policies a world has."""
SUBSET = 600
"""Products of chorus that are ingested: enough for every path, few enough for seconds."""


@dataclass
class World:
    """One ingested catalog and the recommenders over it, opened when first needed.

    Attributes:
        name: `demo` or `chorus`.
        schema: The catalog's schema.
        items: All its items, in the order of their ids.
    """

    name: str
    schema: Schema
    items: tuple[Item, ...]
    _database: Path
    _stack: ExitStack
    _open: dict[tuple[int, bool], tuple[Recommender, Saboteur | None]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Items by id."""
        return {item.id: item for item in self.items}

    @cached_property
    def numbered_values(self) -> frozenset[str]:
        """Values of categories with a figure in them, such as a standard: a figure that says nothing of an item."""
        named = [one.name for one in self.schema.fields if one.kind in ("category", "multi_category")]
        found = (item.values.get(name) for item in self.items for name in named)
        each = (one for value in found for one in (value if isinstance(value, list | tuple) else (value,)))
        return frozenset(one for one in each if isinstance(one, str) and any(map(str.isdigit, one)))

    @cached_property
    def kinds(self) -> dict[str, list[Item]]:
        """Items by the value of the role `kind`; empty where no field plays it."""
        role = self.schema.roles.get("kind")
        found: dict[str, list[Item]] = {}
        for item in self.items if role else ():
            value = item.values.get(role or "")
            for one in value if isinstance(value, list) else [value] if value else []:
                found.setdefault(one, []).append(item)
        return found

    def title(self, item: str, language: str) -> str:
        """Return an item's title in `language`."""
        return self.by_id[item].text(self.schema.roles["title"], language)

    def policies(self, number: int) -> dict[str, Any]:
        """Return policy number `number` (taken modulo `POLICIES`) of this world."""
        return _policies(self.schema, self.items, number % POLICIES)

    @contextmanager
    def searching(self) -> Iterator[Searcher]:
        """Yield the search over this catalog, with its vectors in Chroma."""
        from shortlist_tools.catalog import Catalog
        from shortlist_tools.search import BuiltInEmbedder, Searcher
        from shortlist_tools.store import Store

        store = Store.open(self._database)
        searcher = Searcher(Catalog(store), store, Path(f"{self._database}.index"), BuiltInEmbedder(), "chroma")
        try:
            searcher.prepare()
            yield searcher
        finally:
            searcher.close()
            store.close()

    def recommender(self, number: int, *, faulty: bool) -> tuple[Recommender, Saboteur | None]:
        """Return the recommender under policy `number`, with a model that misbehaves or without any."""
        from shortlist import Recommender

        key = number % POLICIES, faulty
        if key not in self._open:
            saboteur = Saboteur(self.items, self.schema) if faulty else None
            model: Model | str = "offline" if saboteur is None else saboteur
            opened = Recommender.open(self._database, model=model, policies=self.policies(number), settings=_SETTINGS)
            self._open[key] = self._stack.enter_context(opened), saboteur
        return self._open[key]


_SETTINGS = {"model_attempts": 1, "wait_for_seconds": 30.0}


@contextmanager
def worlds(names: Sequence[str], told: Callable[[str], None] = lambda line: None) -> Iterator[dict[str, World]]:
    """Yield the worlds called `names`, and throw them away afterwards.

    Raises:
        DataMissingError: If a world's catalog is not here.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="shortlist-worlds-")))
        found = {}
        for name in names:
            told(name)
            found[name] = _ingested(name, folder, stack)
        yield found


def _ingested(name: str, folder: Path, stack: ExitStack) -> World:
    from shortlist import Recommender
    from shortlist.demo import FOLDER, catalog_files
    from shortlist_tools.catalog import Catalog
    from shortlist_tools.store import Store

    database = folder / f"{name}.db"
    with Recommender.open(database, model="offline", settings=_SETTINGS) as recommender:
        if name == "demo":
            recommender.catalog.ingest(*catalog_files(), schema=FOLDER / "schema.yaml")
        else:
            recommender.catalog.ingest(_subset(folder))
        recommender.prepare(wait=True)
    store = Store.open(database)
    try:
        snapshot = Catalog(store).snapshot()
        items = tuple(snapshot.item(row) for row in range(len(snapshot.ids)))
        return World(name, snapshot.schema, tuple(sorted(items, key=lambda item: item.id)), database, stack)
    finally:
        store.close()


def _subset(folder: Path) -> Path:
    """Write a seeded sample of the products of chorus, since all of them would take a minute to embed."""
    with gzip.open(data_dir("chorus", "products.jsonl.gz"), "rt", encoding="utf-8") as lines:
        products = [json.loads(line) for line in lines]
    path = folder / "products.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for product in Random(7).sample(products, SUBSET):
            out.write(json.dumps(product, ensure_ascii=False) + "\n")
    return path


def _policies(schema: Schema, items: Sequence[Item], number: int) -> dict[str, Any]:
    """Return one of a few policies that this schema can have; number 0 demands nothing but the defaults."""
    if number == 0:
        return {}
    rng = Random(number)
    made: dict[str, Any] = {
        "slate_size": rng.choice((1, 2, 3, 5)),
        "asking_turns": rng.choice((0, 1, 3)),
        "exclude_seen": [["bought"], ["bought", "watched", "viewed"], []][number % 3],
        "blocked": [item.id for item in rng.sample(items, max(3, len(items) // 20))],
        "disclose_sponsored": number != 2,
    }
    stock, age = schema.role("availability"), schema.role("age_rating")
    if stock is not None and stock.kind == "flag" and number % 2:
        made["require"] = [{"field": stock.name, "op": "==", "value": True}]
    if age is not None and age.kind == "number" and number >= 2:
        made["age_gate"] = {"field": age.name, "minimum": 18 if number % 2 else 12, "fact": "age_confirmed"}
    if number == 4:
        _offer(schema, items, made)
    return made


def _offer(schema: Schema, items: Sequence[Item], made: dict[str, Any]) -> None:
    """Let items be had only where a field that nearly all of them have meets the user's fact."""
    for one in schema.fields:
        covered = sum(one.name in item.values for item in items) / len(items)
        if one.kind == "multi_category" and covered > 0.8:
            made["availability"] = {"item": one.name, "user": "services"}
            return


def user_facts(world: World, policies: Mapping[str, Any], rng: Random) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return random facts and events of one user of `world`."""
    facts: dict[str, Any] = {}
    gate = policies.get("age_gate")
    if gate and rng.random() < 0.4:
        facts[gate["fact"]] = rng.random() < 0.5
    offer = policies.get("availability")
    if offer and rng.random() < 0.6:
        field = world.schema.by_name[offer["item"]]
        values = sorted({one for item in world.items for one in item.values.get(field.name, ())})
        facts[offer["user"]] = rng.sample(values, min(3, len(values)))
    kinds = ("viewed", "bought", "rated", "dismissed", "watched", "added")
    events = [
        {"kind": rng.choice(kinds), "item_id": item.id, "time": 1_750_000_000.0 + place, "value": 4.0}
        for place, item in enumerate(rng.sample(world.items, rng.randint(0, 8)))
    ]
    return facts, events
