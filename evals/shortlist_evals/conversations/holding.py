"""Holds one scripted conversation inside its cassette, recording or replaying, and tells what became of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from shortlist.reply import Reply
from shortlist_evals.contribution import StoredTurn
from shortlist_evals.conversations.judging import Exchange, canonical, problems
from shortlist_evals.conversations.script import Saying, Script
from shortlist_evals.conversations.stage import BASE_URL, MODEL, Clock, Stage, tools_hash
from shortlist_evals.places import project_root
from shortlist_evals.recorder import CassetteError, cassette
from shortlist_evals.recorder.cassette import Tape
from shortlist_evals.recorder.files import CassetteFile
from shortlist_prompts.errors import ProviderError

if TYPE_CHECKING:
    from shortlist import Recommender

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
        tools: Hash of what the tools take.
        seconds: What each turn took.
        failed: What was wrong with it, where it was put aside.
    """

    model_config = ConfigDict(frozen=True)

    model: str
    path: str
    catalog: str
    tools: str = ""
    seconds: tuple[float, ...] = ()
    failed: tuple[str, ...] = ()


@dataclass
class Held:
    """A conversation that was held.

    Attributes:
        script: Its script.
        exchanges: What was said, and the replies.
        problems: What was wrong, each with its turn.
        seconds: What each turn took when it was recorded.
        ends: How many exchanges there were when each turn had ended.
        asked: Calls that a recording made of the model.
        reused: Calls that it took from the recording before.
        aside: Where a recording was put that did not meet its script; the one before stays.
    """

    script: Script
    exchanges: list[Exchange] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    asked: int = 0
    reused: int = 0
    aside: Path | None = None

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


def aside_of(name: str, folder: Path | None = None) -> Path:
    """Return where a recording of the conversation called `name` is put that failed or broke off: outside git."""
    return (folder or project_root() / ".shortlist" / "evals" / "aside") / f"{name}.json"


def hold(
    script: Script,
    stage: Stage,
    *,
    record: bool = False,
    folder: Path | None = None,
    aside: Path | None = None,
    fresh: bool = False,
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
        aside: Where recordings go that did not work out, by default beside the transcripts of the last runs.
        fresh: Ask everything again; otherwise a request that stands in the recording before is answered from it.
        model: `provider:name` to record.
        base_url: Its server.
        api_key: Its key.
        told: Called with the number of turns that are done.

    Raises:
        CassetteError: If a replay does not match its recording, or there is none.
        ProviderAbsentError: If the model's server did not answer; the recording before stays.
    """
    path, spare = cassette_of(script.name, folder), aside_of(script.name, aside)
    if record:
        url = urlsplit(base_url or "https://api.openai.com/v1")
        made = Recording(model=model, path=url.path, catalog=stage.catalog)
        reuse = () if fresh else (spare, path)
    else:
        made = recorded(path)
        model, base_url, api_key, reuse = made.model, f"http://127.0.0.1{made.path}", None, ()
    about = made.model_dump(mode="json")
    held = Held(script)
    with (
        cassette(path, record=record, extra=about, prompts=stage.prompts, reuse=reuse, aside=spare) as tape,
        stage.opened(model, base_url, clock := Clock(), api_key, script.user) as recommender,
    ):
        tools = tools_hash(recommender)
        about["tools"] = tools
        if not record:
            tape.outdated += _changed(made, stage.catalog, tools)
        for number, saying in enumerate(script.turns, start=1):
            clock.begin(number)
            if not _take_turn(held, number, saying, tape, recommender):
                break
            if record:
                _check_answered(script, number, held.exchanges[-1][1])
            held.problems += [f"turn {number}: {what}" for what in problems(script, held.exchanges, stage)]
            told(number)
        held.asked, held.reused = len(tape.takes) - len(tape.reused), len(tape.reused)
        if record and held.problems:
            tape.rejected, held.aside = True, spare
        about |= {"seconds": held.seconds, "failed": held.problems}
    if record and not held.problems:
        spare.unlink(missing_ok=True)
    if not record:
        held.seconds = list(made.seconds)
    return held


def _take_turn(held: Held, number: int, saying: Saying, tape: Tape, recommender: Recommender) -> bool:
    """Say one line and keep the reply with what it took; False where the cassette had no answer to a call."""
    began, before, script = time.monotonic(), len(tape.takes), held.script
    reply = recommender.reply(saying.say, user_id=script.user, session_id=script.name, key=f"t{number}")
    if tape.missed:
        return False
    spared = sum(tape.takes[n].made.seconds for n in range(before, len(tape.takes)) if n in tape.reused)
    held.exchanges.append((saying, reply))
    held.ends.append(len(tape.takes))
    held.seconds.append(round(time.monotonic() - began + spared, 1))
    return True


def _changed(made: Recording, catalog: str, tools: str) -> list[str]:
    found = [] if made.catalog == catalog else [f"the catalog {made.catalog} is now {catalog}"]
    if made.tools and made.tools != tools:
        found.append(f"the tools' arguments {made.tools} are now {tools}")
    return found


def recorded(path: Path) -> Recording:
    """Return what the cassette at `path` says of its recording.

    Raises:
        CassetteMissingError: If there is none.
        CassetteError: If it is no recorded conversation.
    """
    file = CassetteFile(path)
    file.raw()
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
