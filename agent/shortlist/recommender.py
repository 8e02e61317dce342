"""The public door: open a recommender over a database, talk to it, search it, and look after its profiles."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from shortlist.doors import CatalogDoor, ProfilesDoor
from shortlist.reply import Reply, ShownItem
from shortlist.runtime import Runtime
from shortlist.settings import Settings, load_settings
from shortlist_tools.catalog import Requirement, check_requirement
from shortlist_tools.model import Model
from shortlist_tools.profile import Recorded

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable
    from langchain_core.tools import StructuredTool

    from shortlist.turn.state import Happening, Policies
    from shortlist_tools.ranking.training import Card
    from shortlist_tools.search import Embedder, Hit
    from shortlist_tools.tool import Toolbox

R = TypeVar("R")


class Recommender:
    """Recommends items of one catalog, in conversation or without.

    Open one with `Recommender.open`; close it, or use it in a `with` block, so that the indexes are left in order.
    Its methods may be called from any thread, and from inside a running event loop.

    Attributes:
        database: Where the truth is: a file or an address.
        catalog: `ingest`, `update`, `retire`, and what the catalog holds.
        profiles: `record`, `set`, `get`, `export`, `correct`, `erase`.
        models: The trained models: `serving`, `current`, `roll_back`.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.catalog = CatalogDoor(runtime)
        self.profiles = ProfilesDoor(runtime)
        self.models = runtime.models
        self.database = runtime.database
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = threading.Lock()

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        model: str | Model | None = None,
        policies: Policies | Mapping[str, Any] | str | Path | None = None,
        settings: Settings | Mapping[str, Any] | None = None,
        embedder: Embedder | None = None,
        clock: Callable[[], float] = time.time,
    ) -> Recommender:
        """Open the recommender whose truth is the database at `path`, made where there is none.

        Args:
            path: A SQLite file or a `postgresql+psycopg://…` address; that of the settings by default.
            model: `provider:name` such as `openai:gpt-4.1-mini`, `offline`, or anything that implements `Model`; that
                of the settings by default.
            policies: A mapping, or a YAML file.
            settings: `Settings`, or values that override the `SHORTLIST_…` variables.
            embedder: A model of meaning of your own.
            clock: The present moment in Unix seconds, for simulations and recordings.

        Raises:
            SettingsError: If a setting cannot be used.
            PolicyError: If a policy cannot be enforced.
            StoreError: If the database cannot be opened.
        """
        if not isinstance(settings, Settings):
            settings = load_settings(**dict(settings or {}))
        runtime = Runtime.open(path, model=model, policies=policies, settings=settings, embedder=embedder, clock=clock)
        return cls(runtime)

    def reply(
        self, message: str, *, user_id: str | None = None, session_id: str = "default", key: str | None = None,
        language: str | None = None, context: Mapping[str, Any] | None = None,
    ) -> Reply:  # fmt: skip
        """Answer `message` in the conversation `session_id`.

        Args:
            message: What the user said; control characters are dropped, and what is too long is cut, and said so.
            user_id: Whose profile to use; None for a guest.
            session_id: The conversation; one that does not exist begins.
            key: Idempotency key: the same key in one session gives the stored reply and runs nothing.
            language: `en` or `zh` for the reply; that of the message by default.
            context: Facts of this turn alone, such as the device.

        Raises:
            MessageError: If the message is no text, or the session belongs to another user.
            SessionBusyError: If another process answered a turn of this session meanwhile.
            OperatorError: If there is no catalog, or the installation cannot serve.
        """
        return self._wait(self._reply(message, user_id, session_id, key, language, context))

    async def areply(
        self, message: str, *, user_id: str | None = None, session_id: str = "default", key: str | None = None,
        language: str | None = None, context: Mapping[str, Any] | None = None,
    ) -> Reply:  # fmt: skip
        """Do what `reply` does, without blocking the running loop."""
        return await self._hand_over(self._reply(message, user_id, session_id, key, language, context))

    async def stream(
        self, message: str, *, user_id: str | None = None, session_id: str = "default", key: str | None = None,
        language: str | None = None, context: Mapping[str, Any] | None = None,
    ) -> AsyncIterator[Happening]:  # fmt: skip
        """Answer `message`, yielding what happens: `stage`, `plan`, `items`, `sentence` (verified) and, last, `reply`.

        Leaving the iteration early cancels the turn; nothing of it is remembered then.
        """
        from shortlist.turn.run import run_turn

        queue: asyncio.Queue[Happening] = asyncio.Queue()
        here = asyncio.get_running_loop()

        def emit(happening: Happening) -> None:
            here.call_soon_threadsafe(queue.put_nowait, happening)

        work = run_turn(self._runtime, message, user_id, session_id, key, language, context, emit)
        task = asyncio.ensure_future(self._hand_over(work))
        try:
            while not task.done() or not queue.empty():
                getter = asyncio.ensure_future(queue.get())
                await asyncio.wait({getter, task}, return_when=asyncio.FIRST_COMPLETED)
                if getter.done():
                    yield getter.result()
                else:
                    getter.cancel()
            reply = await task
            yield {"type": "reply", "data": reply.to_json()}
        finally:
            task.cancel()

    async def _reply(
        self, message: str, user: str | None, session: str, key: str | None, language: str | None,
        context: Mapping[str, Any] | None,
    ) -> Reply:  # fmt: skip
        from shortlist.turn.run import run_turn

        return await run_turn(self._runtime, message, user, session, key, language, context, None)

    def note_reply(
        self, reply: str, items: Sequence[str] = (), asked: Sequence[str] = (), *, user_id: str | None = None,
        session_id: str = "default",
    ) -> None:  # fmt: skip
        """Note that the user was given `reply` in place of our last one, by a colleague or by another assistant.

        The next message is read in the light of it: "the second one" is the second of `items`. What our own reply
        showed and asked counts as never seen; what the user said, and the ledger, stay. Where no message was answered
        yet, it is what the conversation begins with.

        Args:
            reply: What the user was told.
            items: Ids of the catalog's items that it showed, in their order; none leaves what was shown before.
            asked: Fields that it asked about.
            user_id: Whose conversation it is; None for a guest.
            session_id: The conversation.

        Raises:
            MessageError: If the session belongs to another user, or an item or field is not in the catalog.
            SessionBusyError: If another process answered a turn of this session meanwhile.
        """
        from shortlist.turn.foreign import note_reply

        self._wait(note_reply(self._runtime, reply, items, asked, user_id, session_id))

    def search(self, text: str, requirements: Sequence[Requirement | Mapping[str, Any]] = (), n: int = 10) -> list[Hit]:
        """Return items that mean `text` and meet every requirement, best first, without a conversation.

        Raises:
            RequirementError: If a requirement does not fit the schema; names the field and what would fit.
        """
        services = self._runtime.services()
        return services.searcher.search(text, self._checked(requirements), n=n)

    def recommend(
        self,
        user_id: str | None,
        n: int = 10,
        requirements: Sequence[Requirement | Mapping[str, Any]] = (),
        context: Mapping[str, Any] | None = None,
    ) -> list[ShownItem]:
        """Return the best `n` items for a user that meet every requirement and every policy, without a conversation.

        Args:
            user_id: Whose profile to rank by; None for a guest.
            n: How many at most.
            requirements: What the items must meet.
            context: `language` of titles and reasons; `query` for words to match.
        """
        from shortlist.turn.direct import recommended

        return recommended(self._runtime.services(), user_id, n, self._checked(requirements), dict(context or {}))

    def _checked(self, requirements: Sequence[Requirement | Mapping[str, Any]]) -> list[Requirement]:
        schema = self._runtime.services().schema
        rows = [
            one if isinstance(one, Requirement) else Requirement.model_validate({"origin": "host", **one})
            for one in requirements
        ]
        return [check_requirement(row, schema) for row in rows]

    def feedback(self, user_id: str, item_id: str, kind: str, value: float | None = None) -> Recorded:
        """Keep what a user did with an item: `liked`, `dismissed`, `bought`, `rated` with a value and so on."""
        return self.profiles.record(user_id, [{"kind": kind, "item_id": item_id, "value": value}])

    def forget(self, user_id: str | None, session_id: str | None = None) -> dict[str, int]:
        """Erase everything about a user, and a guest's conversation; return the rows deleted by table."""
        from shortlist.turn.stages import forget_session

        counts = self.profiles.erase(user_id) if user_id is not None else {}
        if session_id is not None:
            for name, count in forget_session(self._runtime.store, session_id).items():
                counts[name] = counts.get(name, 0) + count
        return counts

    def train(self, people: int = 3, progress: Callable[[str, int, int], None] | None = None) -> Card:
        """Fit what all users share on the recorded events, switch to it, and return its card.

        Args:
            people: Users who must stand behind every item and every pair of items that is kept.
            progress: Told the stage, how much of it is done, and how much there is.

        Raises:
            TrainingError: If there is nothing to learn from, or another process is training.
        """
        from shortlist.training import train_shared

        return train_shared(self._runtime, people, progress)

    def toolbox(self) -> Toolbox:
        """Return the tools of this recommender, to register more or to give them to another agent."""
        return self._runtime.services().toolbox

    def as_tool(self) -> StructuredTool:
        """Return a LangChain tool that answers one message of a conversation."""
        from shortlist.embedding import recommender_tool

        return recommender_tool(self)

    def as_runnable(self) -> Runnable[Any, Any]:
        """Return a LangChain runnable from `{"message", "user_id", "session_id"}` to a reply as JSON types."""
        from shortlist.embedding import recommender_runnable

        return recommender_runnable(self)

    def prepare(self, wait: bool = True) -> None:
        """Build the indexes that are missing; with `wait` return when they stand, else after a few seconds at most."""
        self._runtime.prepare(wait)

    def close(self) -> None:
        """Stop background work and give back files and memory."""
        if self._loop is not None:
            loop = self._loop
            self._loop = None
            asyncio.run_coroutine_threadsafe(self._runtime.aclose(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
        self._runtime.close()

    def __enter__(self) -> Recommender:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _wait(self, work: Coroutine[Any, Any, R]) -> R:
        return asyncio.run_coroutine_threadsafe(work, self._running_loop()).result()

    async def _hand_over(self, work: Coroutine[Any, Any, R]) -> R:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._running_loop()))

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        """Return the one loop that all turns run on, started in a thread of its own when first needed."""
        with self._starting:
            if self._loop is None:
                loop = asyncio.new_event_loop()
                threading.Thread(target=_run_loop, args=(loop,), name="shortlist", daemon=True).start()
                self._loop = loop
            return self._loop


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
