"""What a cassette says about itself: model, server, day, prompts and schemas; and what of that no longer holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shortlist_evals.recorder.matching import body_of
from shortlist_prompts import SCHEMAS, PromptError, Prompts, json_schema


class About(BaseModel):
    """The head of a cassette.

    Attributes:
        model: Name the requests gave the model.
        server: What the model's server calls itself, such as `llama.cpp`; never where it is.
        recorded: Day of the newest exchange.
        prompts: `id@version#hash` of each prompt in it.
        schemas: Hash of each schema of this package that an answer was held to.
        extra: What the recording's owner adds, such as the inputs of a call or the versions of tools and catalog.
        digest: Of everything else in the file, so that an edit by hand shows.
    """

    model_config = ConfigDict(frozen=True)

    model: str = ""
    server: str = ""
    recorded: date = Field(default_factory=date.today)
    prompts: tuple[str, ...] = ()
    schemas: dict[str, str] = Field(default_factory=dict)
    extra: dict[str, Any] = Field(default_factory=dict)
    digest: str = ""


class Made(BaseModel):
    """When one exchange took place, how long it took, and what server answered."""

    model_config = ConfigDict(frozen=True)

    recorded: date = Field(default_factory=date.today)
    seconds: float = 0.0
    server: str = ""


def describe(requests: Iterable[Any], made: Sequence[Made], extra: Mapping[str, Any], prompts: Prompts) -> About:
    """Return the head for a recording of vcrpy's `requests`; prompts are known by their fixed part."""
    bodies = [body for body in map(body_of, requests) if isinstance(body, dict)]
    servers = sorted({one.server for one in made if one.server})
    return About(
        model=next((str(body["model"]) for body in bodies if body.get("model")), ""),
        server=", ".join(servers),
        recorded=max((one.recorded for one in made), default=date.today()),
        prompts=tuple(prompts_of(bodies, prompts, str(extra.get("version", "")))),
        schemas={name: schema_hash(name) for name in schemas_of(bodies)},
        extra=dict(extra),
    )


def prompts_of(bodies: Iterable[Mapping[str, Any]], prompts: Prompts, version: str = "") -> list[str]:
    """Return the prompts that the request `bodies` were rendered from, as `id@version#hash`.

    They are known by their fixed part; of versions that share it, `version` is meant, else the one in production.
    """
    texts = {
        message["content"]
        for body in bodies
        for message in body.get("messages", ())
        if isinstance(message.get("content"), str)
    }
    found: dict[str, list[str]] = {}
    for prompt in prompts:
        if prompt.file.system in texts:
            found.setdefault(prompt.id, []).append(prompt.ref)
    return sorted(_meant(refs, _wanted(version, name, prompts)) for name, refs in found.items())


def _wanted(version: str, name: str, prompts: Prompts) -> Collection[str]:
    named = _current(version, prompts) if version.startswith(f"{name}@") else ""
    return {named} if named else {_current(name, prompts)}


def _meant(refs: Sequence[str], wanted: Collection[str]) -> str:
    return next((ref for ref in refs if ref in wanted), refs[-1])


def schemas_of(bodies: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the names of this package's schemas that stand in the request `bodies`."""
    sent = json.dumps(list(bodies), sort_keys=True)
    return [name for name in sorted(SCHEMAS) if f'"{name}"' in sent]


def outdated(about: About, prompts: Prompts, pinned: bool = False) -> list[str]:
    """Return what the cassette was made with that is no longer so, a sentence each.

    Args:
        about: Its head.
        prompts: The prompts there are.
        pinned: Whether it holds for its own versions of prompts for ever; otherwise for those in production, and for
            the present schemas.
    """
    found = []
    for ref in about.prompts:
        name = ref.partition("#")[0]
        now = _current(name if pinned else name.partition("@")[0], prompts)
        if now != ref:
            found.append(f"prompt {ref} is now {now or 'gone'}")
    if not pinned:
        changed = [name for name, old in about.schemas.items() if name not in SCHEMAS or schema_hash(name) != old]
        found += [f"schema {name} has changed" for name in changed]
    return found


def schema_hash(name: str) -> str:
    """Return the first eight digits of the SHA-256 of the JSON schema called `name`, as it is sent."""
    return short_hash(json_schema(SCHEMAS[name]))


def short_hash(value: Any, digits: int = 8) -> str:
    """Return the first `digits` of the SHA-256 of `value` as canonical JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:digits]


def _current(name: str, prompts: Prompts) -> str:
    if not name:
        return ""
    try:
        return prompts.get(name).ref
    except PromptError:
        return ""
