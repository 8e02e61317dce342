"""Calls: one prompt's inputs, what its answer is held to, and the recorded exchange; one cassette each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from shortlist_evals.places import project_root
from shortlist_evals.recorder import CassetteError, CassetteFile
from shortlist_evals.recorder.readable import from_readable
from shortlist_prompts import PromptError, Prompts


class Call(BaseModel):
    """One call of a prompt, whatever its version.

    Attributes:
        id: The conversation, the turn, and the place in it where there are several of a prompt in a turn.
        prompt: Id of the prompt.
        kind: Its class: `opening` or `later` of a plan, the kind of reply of a draft.
        language: `en` or `zh`.
        inputs: What the prompt is rendered from.
        against: What the answer is held to: of a plan `wanted`, the labelled rows that this message adds, or null; of a
            draft `sheet`, `requirements`, `others` and `today`.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    prompt: str
    kind: str
    language: Literal["en", "zh"]
    inputs: dict[str, Any]
    against: dict[str, Any] = {}


class Recorded(BaseModel):
    """A call that was made.

    Attributes:
        call: What was asked.
        version: The prompt, as `id@version`.
        messages: What was sent, as `(role, text)`.
        text: What was answered.
        truncated: Whether the answer ended at its limit of tokens.
        tokens: Tokens the answer took.
        seconds: What it took to be answered.
        schema_file: The catalog's schema at that time.
    """

    model_config = ConfigDict(frozen=True)

    call: Call
    version: str
    messages: tuple[tuple[str, str], ...]
    text: str
    truncated: bool
    tokens: int
    seconds: float
    schema_file: Path


def calls_dir() -> Path:
    """Return the folder of the recorded calls, with a folder for each version of a prompt."""
    return project_root() / "evals" / "cassettes" / "calls"


def versions(folder: Path | None = None) -> list[str]:
    """Return the versions of which calls are recorded, as `id@version`."""
    return sorted(path.name for path in (folder or calls_dir()).glob("*@*") if any(path.glob("*.json")))


def paths(version: str, folder: Path | None = None) -> list[Path]:
    """Return the cassettes of one version."""
    return sorted(((folder or calls_dir()) / version).glob("*.json"))


def schema_path(catalog: str, folder: Path | None = None) -> Path:
    """Return where the schema of a version of the catalog is kept, so that later ones do not change old scores."""
    return (folder or calls_dir()) / "schemas" / f"{catalog}.yaml"


def read_call(path: Path) -> Recorded:
    """Return the recorded call at `path`.

    Raises:
        CassetteError: If it is none.
    """
    file = CassetteFile(path)
    exchange = file.raw()["exchanges"]
    try:
        call = Call.model_validate(file.about.extra["call"])
        asked, said = exchange[-1]["request"]["body"], exchange[-1]["response"]["body"]
        body = json.loads(from_readable(asked))
        text, reason, tokens = _answer(from_readable(said))
    except (KeyError, IndexError, TypeError, ValueError, ValidationError) as error:
        why = f"{type(error).__name__}: {error}"
        raise CassetteError(path, f"this is no recorded call: {why}; record it again") from error
    return Recorded(
        call=call,
        version=path.parent.name,
        messages=tuple((one["role"], one["content"]) for one in body["messages"]),
        text=text,
        truncated=reason == "length",
        tokens=tokens,
        seconds=exchange[-1].get("made", {}).get("seconds", 0.0),
        schema_file=schema_path(str(file.about.extra.get("catalog")), path.parent.parent),
    )


def unlike(recorded: Recorded, prompts: Prompts) -> str | None:
    """Return why a call is no longer one of its version, or None: its inputs must render to what was sent."""
    try:
        rendered = prompts.get(recorded.version).render(recorded.call.inputs)
    except PromptError as error:
        return str(error)
    if tuple(rendered.messages) == recorded.messages:
        return None
    return f"{recorded.version} does not render to what was recorded; a released version never changes"


def _answer(body: str) -> tuple[str, str, int]:
    """Return text, reason of the end, and tokens of a whole or streamed completion."""
    text, reason, tokens = "", "", 0
    for event in _events(body):
        tokens = (event.get("usage") or {}).get("completion_tokens", tokens)
        for choice in event.get("choices", ())[:1]:
            part = choice.get("message") or choice.get("delta") or {}
            text += part.get("content") or ""
            reason = choice.get("finish_reason") or reason
    return text, reason, tokens


def _events(body: str) -> Iterator[dict[str, Any]]:
    if not body.startswith("data: "):
        yield json.loads(body)
        return
    for line in body.splitlines():
        data = line.removeprefix("data: ").strip()
        if data and data != "[DONE]":
            yield json.loads(data)
