"""The parts of an open recommender, kept in step with the catalog."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from sqlalchemy import delete, insert, select

from shortlist.settings import Settings, SettingsError
from shortlist.turn.state import Past, Policies, check_policies, read_policies
from shortlist_prompts.errors import OperatorError
from shortlist_tools.catalog import Catalog
from shortlist_tools.masking import mask_logs
from shortlist_tools.model import Model
from shortlist_tools.profile import Profiles
from shortlist_tools.ranking.training import Models
from shortlist_tools.store import Store, tables

if TYPE_CHECKING:
    from shortlist.turn.state import Services
    from shortlist_tools.search import Embedder, Searcher

log = logging.getLogger("shortlist")


class EmptyCatalogError(OperatorError):
    """There are no items yet to talk about."""


class Runtime:
    """Holds the store, the catalog, the search and the model; rebuilds what depends on the catalog when it changes."""

    def __init__(
        self,
        store: Store,
        database: str,
        directory: Path,
        settings: Settings,
        policies: Policies,
        model: Model | None,
        embedder: Embedder,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.store = store
        self.database = database
        self.settings = settings
        self.policies = policies
        self.model = model
        self.catalog = Catalog(store)
        self.clock = clock
        self.profiles = Profiles(store, self.catalog, clock, places=[directory])
        self.profiles.rights.when_erased(self._forget_words)
        self._directory = directory
        self.models = Models(directory / "models")
        self._past = Past(store)
        self._embedder = embedder
        self._searcher: Searcher | None = None
        self._services: Services | None = None
        self._lock = threading.RLock()
        self._filling: threading.Thread | None = None
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def open(
        cls,
        path: str | Path | None,
        *,
        model: str | Model | None,
        policies: Policies | Mapping[str, Any] | str | Path | None,
        settings: Settings,
        embedder: Embedder | None,
        clock: Callable[[], float] = time.time,
    ) -> Runtime:
        """Open every part; see `Recommender.open`."""
        mask_logs("shortlist", "shortlist_tools")
        read = read_policies(policies)
        where = str(path if path is not None else settings.database)
        store = Store.open(where, key=settings.key.get_secret_value() if settings.key else None)
        directory = settings.data_dir or _beside(where)
        try:
            opened = _opened(model, settings, store)
            runtime = cls(store, where, directory, settings, read, opened, embedder or _embedder(settings), clock)
            runtime.profiles.rights.resume()
            runtime.profiles.rights.retain(settings.retention_days)
        except Exception:
            store.close()
            raise
        return runtime

    def services(self) -> Services:
        """Return the parts for the catalog as it stands now; rebuilt when its version changes.

        Raises:
            SchemaError: If nothing has been ingested yet.
            PolicyError: If a policy names a field that the catalog does not have.
        """
        version = self.catalog.version
        services = self._services
        if services is not None and services.snapshot.version == version:
            return services
        with self._lock:
            if self._services is None or self._services.snapshot.version != version:
                self._services = self._built()
            return self._services

    def _built(self) -> Services:
        from shortlist.reader import Exact, Reader
        from shortlist.turn.stages import composer
        from shortlist.turn.state import Services
        from shortlist_tools.toolbox import build_toolbox

        snapshot = self.catalog.snapshot()
        if len(snapshot) == 0:
            raise EmptyCatalogError(
                "the catalog is empty; fill it with `shortlist ingest FILE` or rec.catalog.ingest(path)"
            )
        check_policies(self.policies, snapshot.schema)
        searcher = self.searcher()
        Exact.of(snapshot).compare = searcher.compare
        self._fill(wait=False)
        registered = self._services.toolbox if self._services else None
        toolbox = registered or build_toolbox(self.catalog, searcher, self.profiles, composer(self.services))
        return Services(
            store=self.store,
            catalog=self.catalog,
            searcher=searcher,
            past=self._past,
            profiles=self.profiles,
            toolbox=toolbox,
            reader=Reader(snapshot.schema, snapshot),
            snapshot=snapshot,
            policies=self.policies,
            settings=self.settings,
            model=self.model,
            models=self.models,
            clock=self.clock,
        )

    def searcher(self) -> Searcher:
        """Return the search over the catalog, opened when first needed."""
        from shortlist_tools.search import Searcher

        with self._lock:
            if self._searcher is None:
                kind = self.settings.vector_index
                self._searcher = Searcher(self.catalog, self.store, self._directory, self._embedder, kind)
            return self._searcher

    def _forget_words(self, _user: str) -> None:
        self._past.forget()
        if self._searcher is not None:
            self._searcher.forget_queries()

    def prepare(self, wait: bool) -> None:
        """Build missing indexes, see `Recommender.prepare`."""
        self.services()
        self._fill(wait)

    def _fill(self, wait: bool) -> None:
        """Bring the indexes up to date in the background: words are searchable first, meaning when vectors stand."""
        with self._lock:
            if self._filling is None or not self._filling.is_alive():
                searcher = self.searcher()
                self._filling = threading.Thread(
                    target=_prepared, args=(searcher,), name="shortlist-index", daemon=True
                )
                self._filling.start()
            filling = self._filling
        filling.join(None if wait else self.settings.wait_for_seconds)

    def turn_lock(self, session: str) -> asyncio.Lock:
        """Return the lock that serialises the turns of one session in this process."""
        lock = self._locks.get(session)
        if lock is None:
            lock = self._locks[session] = asyncio.Lock()
        return lock

    async def aclose(self) -> None:
        """Close what belongs to the event loop."""
        close = getattr(self.model, "aclose", None)
        if close is not None:
            await close()

    def close(self) -> None:
        """Stop the background work and close the store."""
        if self._searcher is not None:
            self._searcher.close()
        if self._filling is not None:
            self._filling.join(10)
        self.store.close()


def _prepared(searcher: Searcher) -> None:
    try:
        searcher.prepare()
    except Exception as error:  # noqa: BLE001  (a background thread has no caller: search by words goes on)
        log.warning(
            "the vector index could not be prepared, searching by words only: %s: %s", type(error).__name__, error
        )


def _beside(database: str) -> Path:
    if "://" in database:
        return Path(".shortlist")
    return Path(f"{database}.index")


def _opened(model: str | Model | None, settings: Settings, store: Store) -> Model | None:
    if model is not None and not isinstance(model, str):
        return model
    if (model or settings.model) == "offline":
        return None
    from shortlist.llm import open_model

    return open_model(model, settings, ModelTraits(store))


def _embedder(settings: Settings) -> Embedder:
    from shortlist_tools.search import BuiltInEmbedder, OpenAICompatibleEmbedder

    if settings.embeddings == "builtin":
        return BuiltInEmbedder()
    provider, _, name = settings.embeddings.partition(":")
    if provider != "openai" or not name:
        raise SettingsError(
            f"embeddings: expected 'builtin' or 'openai:NAME', got {settings.embeddings!r}; set SHORTLIST_EMBEDDINGS"
        )
    key = settings.embed_api_key or settings.api_key
    return OpenAICompatibleEmbedder(
        base_url=settings.embed_base_url or settings.base_url or "https://api.openai.com/v1",
        model=name,
        api_key=key.get_secret_value() if key else "none",
    )


class ModelTraits(MutableMapping[str, Any]):
    """What was found out about each model, kept in the store so that it is found out once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, key: str) -> Any:
        table = tables.model_traits
        with self._store.read() as connection:
            found = connection.scalar(select(table.c.traits).where(table.c.model == key))
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: str, value: Any) -> None:
        table = tables.model_traits
        with self._store.write() as connection:
            connection.execute(delete(table).where(table.c.model == key))
            connection.execute(insert(table), [{"model": key, "traits": value}])

    def __delitem__(self, key: str) -> None:
        with self._store.write() as connection:
            connection.execute(delete(tables.model_traits).where(tables.model_traits.c.model == key))

    def __iter__(self) -> Iterator[str]:
        with self._store.read() as connection:
            return iter(list(connection.scalars(select(tables.model_traits.c.model))))

    def __len__(self) -> int:
        return sum(1 for _ in self)
