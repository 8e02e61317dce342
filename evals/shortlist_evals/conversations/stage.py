"""Where conversations are held: the demo, prepared once and copied afresh, at a fixed time, with fixed settings."""

from __future__ import annotations

import datetime
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any

from shortlist_evals.invariants.worlds import World
from shortlist_evals.recorder import short_hash
from shortlist_prompts import Prompts
from shortlist_tools.catalog import Snapshot

if TYPE_CHECKING:
    from shortlist import Recommender
    from shortlist_tools.search import Embedder

BEGINNING = datetime.datetime(2026, 11, 15, 12, tzinfo=datetime.UTC).timestamp()
"""When every conversation begins: what a profile weighs and what "last year" means depend on the day."""
A_TURN = 60.0
MODEL = "openai:qwen2.5-coder-1.5b-instruct"
BASE_URL = "http://127.0.0.1:8091/v1"
_ROOM = 300_000_000
"""Bytes that must be free for copies of the demo to be kept in memory."""
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


@dataclass
class _Hands:
    """What an open recommender reads the time from, whichever conversation's clock that is."""

    clock: Callable[[], float]

    def __call__(self) -> float:
        return self.clock()


@dataclass
class _Opened:
    """An open recommender over a copy of the demo, and what it looks at through the stage: the clock, the traits."""

    recommender: Recommender
    database: Path
    hands: _Hands
    traits: dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """The prepared demo.

    Attributes:
        folder: A directory for copies, thrown away with the stage.
        template: The database that is copied.
        prompts: What a model is asked with.
    """

    folder: Path
    template: Path
    prompts: Prompts = field(default_factory=Prompts.load)
    _idle: dict[tuple[str, str | None, str | None], list[_Opened]] = field(default_factory=dict)

    @contextmanager
    def opened(
        self, model: str, base_url: str | None, clock: Callable[[], float], api_key: str | None = None,
        user: str | None = None,
    ) -> Iterator[Recommender]:  # fmt: skip
        """Yield a recommender over the demo as it was at first, its indexes ready, with `model` at `base_url`.

        Opening one takes longer than a whole conversation: one that is done is cleaned and used again. `user`, whose
        profile the conversation touches, is forgotten, which reaches everything derived, and the database is put back.
        """
        idle = self._idle.setdefault((model, base_url, api_key), [])
        one = idle.pop() if idle else self._open(model, base_url, api_key)
        one.hands.clock = clock
        try:
            yield one.recommender
            if user is not None:
                one.recommender.forget(user)
        except BaseException:
            one.recommender.close()
            raise
        self._put_back(one)
        idle.append(one)

    def _open(self, model: str, base_url: str | None, api_key: str | None) -> _Opened:
        from shortlist import Recommender
        from shortlist.demo import FOLDER
        from shortlist.llm import ChatModel
        from shortlist.settings import load_settings

        database = Path(mkdtemp(dir=self.folder)) / self.template.name
        shutil.copyfile(self.template, database)
        shutil.copytree(f"{self.template}.index", f"{database}.index")
        given = load_settings(**settings(model=model, base_url=base_url, api_key=api_key or "none"))
        traits: dict[str, Any] = {}
        asked = None if model == "offline" else ChatModel(model, given, prompts=self.prompts, traits=traits)
        hands = _Hands(Clock())
        recommender = Recommender.open(
            database,
            model=asked,
            policies=FOLDER / "policies.yaml",
            settings=given,
            embedder=self._embedder,
            clock=hands,
        )
        one = _Opened(recommender, database, hands, traits)
        recommender.prepare(wait=True)
        return one

    def _put_back(self, one: _Opened) -> None:
        one.traits.clear()
        with closing(sqlite3.connect(self.template)) as source, closing(sqlite3.connect(one.database)) as target:
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)

    def close(self) -> None:
        """Close every recommender that waits to be used again."""
        for waiting in self._idle.values():
            while waiting:
                waiting.pop().recommender.close()

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


def tools_hash(recommender: Recommender) -> str:
    """Return the hash of what the tools take: their names, kinds and arguments, whatever is said about them."""
    tools = {tool.name: [tool.kind, _bare(tool.args.model_json_schema())] for tool in recommender.toolbox()}
    return short_hash(tools)


def _bare(node: Any) -> Any:
    if isinstance(node, list):
        return [_bare(part) for part in node]
    if isinstance(node, dict):
        said = ("description", "title")
        return {key: _bare(part) for key, part in node.items() if not (key in said and isinstance(part, str))}
    return node


def _in_memory() -> str | None:
    """Return a file system in memory, where there is room: every turn is committed durably, which waits for a disk."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    return str(memory) if roomy else None


@contextmanager
def staged(prompts: Prompts | None = None) -> Iterator[Stage]:
    """Yield the demo, ingested and indexed (some seconds); it is thrown away afterwards.

    Args:
        prompts: What a model is asked with; by default the packaged ones as they are, also while one is being edited.
    """
    from shortlist.demo import open_demo

    with TemporaryDirectory(prefix="shortlist-conversations-", dir=_in_memory()) as name:
        template = Path(name) / "demo.db"
        with open_demo(template, settings=settings(model="offline")) as recommender:
            recommender.prepare(wait=True)
        with closing(sqlite3.connect(template)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        stage = Stage(Path(name), template, prompts or Prompts.load(locked=False))
        with closing(stage):
            yield stage
