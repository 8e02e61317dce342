"""Takes single calls out of recorded conversations: the real exchange, and what its prompt was rendered from.

The conversation is replayed; what the turn gives to the model and to the drafting stage is listened to.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from shortlist.llm import ChatModel
from shortlist.reply import Reply
from shortlist.turn.stages import Brief, compose, draft
from shortlist_evals.conversations import Held, Script, Stage, cassette_of, hold
from shortlist_evals.conversations.judging import canonical
from shortlist_evals.conversations.script import Saying
from shortlist_evals.conversations.stage import BEGINNING
from shortlist_evals.prompts.calls import Call, calls_dir, schema_path
from shortlist_evals.recorder import About, CassetteError, CassetteFile, Take, flaws
from shortlist_evals.recorder.about import describe
from shortlist_evals.recorder.matching import body_of
from shortlist_prompts import Prompts
from shortlist_tools.catalog import save_schema


@dataclass
class _Heard:
    """What one conversation gave to the model: prompt, inputs, and the brief of a draft."""

    calls: list[tuple[str, dict[str, Any], Brief | None]] = field(default_factory=list)
    brief: Brief | None = None


def harvest(script: Script, stage: Stage, folder: Path | None = None, into: Path | None = None) -> list[Path]:
    """Write a cassette for each call of a recorded conversation and return where; those there are replaced.

    Args:
        script: The conversation.
        stage: Where it is replayed.
        folder: Where conversations are recorded.
        into: Where calls are kept.

    Raises:
        CassetteError: If the recording no longer holds, or does not say where it comes from.
    """
    source = cassette_of(script.name, folder)
    if wrong := flaws(source, stage.prompts):
        raise CassetteError(source, f"its calls are not taken: {'; '.join(wrong)}")
    file = CassetteFile(source)
    takes = file.read()
    with _listening() as heard:
        held = hold(script, stage, folder=folder)
    schema_file = schema_path(stage.catalog, into)
    if takes and not schema_file.exists():
        schema_file.parent.mkdir(parents=True, exist_ok=True)
        save_schema(stage.world.schema, schema_file)
    written: list[Path] = []
    for (prompt, inputs, brief), take, place in _paired(heard.calls, takes, stage.prompts):
        turn = _turn_of(held, place)
        call = _call(script, turn, prompt, inputs, brief, held, stage)
        version = f"{prompt}@{stage.prompts.get(prompt).version}"
        path = _free((into or calls_dir()) / version, call.id, written)
        call = call.model_copy(update={"id": path.stem})
        write_call(path, call, [take], file.about, stage.prompts)
        written.append(path)
    return written


def write_call(path: Path, call: Call, takes: Sequence[Take], source: About, prompts: Prompts) -> None:
    """Write one call with the catalog and the tools that `source` names."""
    made = [one.made for one in takes]
    about = describe([one.request for one in takes], made, extra_of(call, path.parent.name, source), prompts)
    CassetteFile(path, about).write(takes)


def extra_of(call: Call, version: str, source: About) -> dict[str, Any]:
    """Return what a call's cassette says beside its exchange: the call, and the catalog and tools of `source`."""
    kept = {name: source.extra.get(name) for name in ("catalog", "tools")}
    return {"call": call.model_dump(mode="json"), "version": version, **kept}


@contextmanager
def _listening() -> Iterator[_Heard]:
    heard = _Heard()
    ask, stream = ChatModel.ask, ChatModel.stream

    async def asking(self: ChatModel, prompt: str, inputs: Mapping[str, Any], *rest: Any) -> Any:
        heard.calls.append((prompt, dict(inputs), None))
        return await ask(self, prompt, inputs, *rest)

    async def streaming(
        self: ChatModel, prompt: str, inputs: Mapping[str, Any], *rest: Any
    ) -> AsyncGenerator[str, None]:
        heard.calls.append((prompt, dict(inputs), heard.brief))
        async for piece in stream(self, prompt, inputs, *rest):
            yield piece

    async def drafting(brief: Brief, turn: Any) -> Any:
        heard.brief = brief
        return await draft(brief, turn)

    with (
        patch.object(ChatModel, "ask", asking),
        patch.object(ChatModel, "stream", streaming),
        patch.object(compose, "draft", drafting),
    ):
        yield heard


_Pair = tuple[tuple[str, dict[str, Any], Brief | None], Take, int]


def _paired(
    calls: Sequence[tuple[str, dict[str, Any], Brief | None]], takes: Sequence[Take], prompts: Prompts
) -> Iterator[_Pair]:
    """Yield each call with its exchange, which must hold what the inputs render to, and the place of the exchange."""
    left = dict(enumerate(takes))
    for call in calls:
        wanted = [text for _, text in prompts.get(call[0]).render(call[1]).messages]
        for place, take in left.items():
            body = body_of(take.request)
            if [one["content"] for one in body["messages"]] == wanted:
                yield call, left.pop(place), place
                break


def _turn_of(held: Held, place: int) -> int:
    """Return the number of the turn that made the exchange at `place`."""
    return next(number for number, end in enumerate(held.ends, start=1) if place < end)


def _call(
    script: Script, turn: int, prompt: str, inputs: dict[str, Any], brief: Brief | None, held: Held, stage: Stage
) -> Call:
    if prompt == "plan":
        before = held.exchanges[turn - 2][1] if turn > 1 else None
        against: dict[str, Any] = {"wanted": _wanted(held.exchanges[turn - 1][0], before, stage)}
    elif brief is not None:
        against = {
            "sheet": brief.sheet.model_dump(mode="json"),
            "requirements": [row.model_dump(mode="json") for row in brief.in_force],
            "others": list(brief.others),
            "today": BEGINNING,
        }
    else:
        against = {}
    kind = str(inputs.get("kind") or ("opening" if turn == 1 else "later"))
    language = inputs.get("language") or script.language
    return Call(
        id=f"{script.name}-t{turn}", prompt=prompt, kind=kind, language=language, inputs=inputs, against=against
    )


def _wanted(saying: Saying, before: Reply | None, stage: Stage) -> list[dict[str, Any]] | None:
    """Return the labelled rows that this message adds to the ledger; None where the script labels none."""
    if not saying.expect.ledger:
        return None
    rows = [canonical(row, stage.world.schema) for row in saying.expect.ledger if row.hard is not False]
    standing = {
        (row.field, row.op, str(row.value)) for row in (before.ledger if before else ()) if row.status == "active"
    }
    return [
        {"field": row.field, "op": row.op, "value": row.value, "unit": row.unit}
        for row in rows
        if (row.field, row.op, str(row.value)) not in standing
    ]


def _free(folder: Path, name: str, written: Sequence[Path]) -> Path:
    path, number = folder / f"{name}.json", 1
    while path in written:
        number += 1
        path = folder / f"{name}-{number}.json"
    return path
