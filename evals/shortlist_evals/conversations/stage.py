"""Where conversations are held: the demo, prepared once and copied afresh, at a fixed time, with fixed settings."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from shortlist_evals.invariants.worlds import World
from shortlist_tools.catalog import Snapshot

if TYPE_CHECKING:
    from shortlist import Recommender
    from shortlist_tools.search import Embedder

BEGINNING = datetime.datetime(2026, 11, 15, 12, tzinfo=datetime.UTC).timestamp()
"""When every conversation begins: what a profile weighs and what "last year" means depend on the day."""
A_TURN = 60.0
MODEL = "openai:qwen2.5-coder-1.5b-instruct"
BASE_URL = "http://127.0.0.1:8091/v1"
PATIENCE = 600.0
"""Seconds for a call and for a turn, so that no budget depends on how fast a machine is."""


@dataclass
class Clock:
    """A clock that stands still within a turn."""

    now: float = BEGINNING

    def __call__(self) -> float:
        """Return the moment."""
        return self.now

    def begin(self, turn: int) -> None:
        """Go on to turn number `turn`."""
        self.now = BEGINNING + A_TURN * turn


@dataclass(frozen=True)
class Stage:
    """The prepared demo.

    Attributes:
        folder: A directory for copies, thrown away with the stage.
        template: The database that is copied.
    """

    folder: Path
    template: Path

    @contextmanager
    def opened(
        self, model: str, base_url: str | None, clock: Clock, api_key: str | None = None
    ) -> Iterator[Recommender]:
        """Yield a recommender over a fresh copy of the demo, its indexes ready, with `model` at `base_url`."""
        from shortlist import Recommender
        from shortlist.demo import FOLDER

        with TemporaryDirectory(dir=self.folder) as name:
            database = Path(name) / self.template.name
            shutil.copyfile(self.template, database)
            shutil.copytree(f"{self.template}.index", f"{database}.index")
            given = settings(model=model, base_url=base_url, api_key=api_key or "none")
            policies = FOLDER / "policies.yaml"
            with Recommender.open(
                database, policies=policies, settings=given, embedder=self._embedder, clock=clock
            ) as recommender:
                recommender.prepare(wait=True)
                yield recommender

    @cached_property
    def _embedder(self) -> Embedder:
        """The built-in model of meaning, loaded once for all copies."""
        from shortlist_tools.search import BuiltInEmbedder

        return BuiltInEmbedder()

    @cached_property
    def catalog(self) -> str:
        """The version of the catalog."""
        return self._snapshot.version

    @cached_property
    def _snapshot(self) -> Snapshot:
        from shortlist_tools.catalog import Catalog
        from shortlist_tools.store import Store

        with closing(Store.open(self.template)) as store:
            return Catalog(store).snapshot()

    @cached_property
    def world(self) -> World:
        """The catalog as the invariants read it."""
        snapshot = self._snapshot
        items = sorted((snapshot.item(row) for row in range(len(snapshot.ids))), key=lambda item: item.id)
        return World("demo", snapshot.schema, tuple(items), self.template, ExitStack())

    @cached_property
    def policies(self) -> dict[str, Any]:
        """What the demo shop demands."""
        import yaml

        from shortlist.demo import FOLDER

        found: dict[str, Any] = yaml.safe_load((FOLDER / "policies.yaml").read_text("utf-8"))
        return found

    @staticmethod
    def shopper(user: str | None) -> Mapping[str, Any]:
        """Return the demo shopper `user`: facts and events; a guest has none."""
        from shortlist.demo import shoppers

        return next((one for one in shoppers() if one["id"] == user), {"facts": {}, "events": []})


def settings(**chosen: Any) -> dict[str, Any]:
    """Return every setting, each at its default unless it is fixed here or `chosen`: the environment has no say."""
    from shortlist.settings import Settings

    defaults = {name: field.get_default() for name, field in Settings.model_fields.items()}
    fixed = {"vector_index": "exact", "model_timeout": PATIENCE, "seconds": PATIENCE, "model_attempts": 1}
    return {**defaults, **fixed, **chosen}


@contextmanager
def staged() -> Iterator[Stage]:
    """Yield the demo, ingested and indexed (some seconds); it is thrown away afterwards."""
    from shortlist.demo import open_demo

    with TemporaryDirectory(prefix="shortlist-conversations-") as name:
        template = Path(name) / "demo.db"
        with open_demo(template, settings=settings(model="offline")) as recommender:
            recommender.prepare(wait=True)
        yield Stage(Path(name), template)
