"""Holds one scripted conversation inside its cassette, recording or replaying, and tells what became of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from shortlist.reply import Reply
from shortlist_evals.contribution import StoredTurn
from shortlist_evals.conversations.judging import Exchange, canonical, problems
from shortlist_evals.conversations.script import Script
from shortlist_evals.conversations.stage import BASE_URL, MODEL, Clock, Stage
from shortlist_evals.places import project_root
from shortlist_evals.recorder import CassetteError, cassette
from shortlist_evals.recorder.files import CassetteFile
from shortlist_prompts.errors import ProviderError

_NO_ANSWER = frozenset({"timeout", "unavailable", "refused", "rate_limited"})
"""Outcomes of a call that say nothing about the model: no recording is made of them."""


class ProviderAbsentError(ProviderError):
    """The model's server did not answer while a conversation was being recorded; nothing of it was kept."""


class Recording(BaseModel):
    """What a cassette says of its recording.

    Attributes:
        model: `provider:name`.
        path: Path of the address that calls are made under; the host is nobody's business.
        catalog: Version of the catalog.
        seconds: What each turn took.
    """

    model_config = ConfigDict(frozen=True)

    model: str
    path: str
    catalog: str
    seconds: tuple[float, ...] = ()


@dataclass
class Held:
    """A conversation that was held.

    Attributes:
        script: Its script.
        exchanges: What was said, and the replies.
        problems: What was wrong, each with its turn.
        seconds: What each turn took when it was recorded.
    """

    script: Script
    exchanges: list[Exchange] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def stored(self, stage: Stage) -> list[StoredTurn]:
        """Return its turns as the contribution suite reads them, at the speed of the recording."""
        turns = []
        for (saying, reply), seconds in zip(self.exchanges, self.seconds, strict=True):
            timed = reply.model_copy(update={"usage": reply.usage.model_copy(update={"seconds": seconds})})
            rows = [canonical(row, stage.world.schema) for row in saying.expect.ledger if row.hard is not False]
            stated = tuple({"field": row.field, "op": row.op, "value": row.value} for row in rows)
            turns.append(StoredTurn(self.script.name, saying.say, timed, stated or None))
        return turns


def cassettes_dir() -> Path:
    """Return the folder of the recorded conversations."""
    return project_root() / "evals" / "cassettes" / "conversations"


def cassette_of(name: str, folder: Path | None = None) -> Path:
    """Return where the conversation called `name` is recorded."""
    return (folder or cassettes_dir()) / f"{name}.json"


def hold(
    script: Script,
    stage: Stage,
    *,
    record: bool = False,
    folder: Path | None = None,
    model: str = MODEL,
    base_url: str | None = BASE_URL,
    api_key: str | None = None,
    told: Callable[[int], None] = lambda turn: None,
) -> Held:
    """Hold the conversation and return it.

    Args:
        script: What is said.
        stage: Where.
        record: Ask the model and write the cassette; otherwise replay it, with the model that it names.
        folder: Where cassettes are, by default those of the project.
        model: `provider:name` to record.
        base_url: Its server.
        api_key: Its key.
        told: Called with the number of turns that are done.

    Raises:
        CassetteError: If a replay does not match its recording, or there is none.
        ProviderAbsentError: If the model's server did not answer; nothing is written then.
    """
    path = cassette_of(script.name, folder)
    if record:
        url = urlsplit(base_url or "https://api.openai.com/v1")
        made = Recording(model=model, path=url.path, catalog=stage.catalog)
    else:
        made = recorded(path)
        model, base_url, api_key = made.model, f"http://127.0.0.1{made.path}", None
    about = made.model_dump(mode="json")
    held = Held(script)
    with cassette(path, record=record, extra=about) as tape:
        clock = Clock()
        with stage.opened(model, base_url, clock, api_key) as recommender:
            for number, saying in enumerate(script.turns, start=1):
                clock.begin(number)
                started = time.monotonic()
                reply = recommender.reply(saying.say, user_id=script.user, session_id=script.name, key=f"t{number}")
                if tape.missed:
                    break
                if record:
                    _check_answered(script, number, reply)
                held.exchanges.append((saying, reply))
                held.seconds.append(round(time.monotonic() - started, 1))
                held.problems += [f"turn {number}: {what}" for what in problems(script, held.exchanges, stage)]
                told(number)
        about["seconds"] = held.seconds
    if not record:
        held.seconds = list(made.seconds)
    return held


def recorded(path: Path) -> Recording:
    """Return what the cassette at `path` says of its recording.

    Raises:
        CassetteMissingError: If there is none.
        CassetteError: If it is no recorded conversation.
    """
    file = CassetteFile(path)
    file.read()
    try:
        return Recording.model_validate(file.about.extra)
    except ValidationError as error:
        raise CassetteError(path, f"this is no recorded conversation: {error}") from error


def _check_answered(script: Script, number: int, reply: Reply) -> None:
    outcomes = [call.outcome for call in reply.usage.calls]
    silent = [one for one in outcomes if one in _NO_ANSWER]
    if silent or (outcomes and set(outcomes) == {"request"}):
        raise ProviderAbsentError(
            f"{script.name}, turn {number}: the model did not answer ({outcomes[-1]}); "
            "start its server, or say where it is with --base-url"
        )
