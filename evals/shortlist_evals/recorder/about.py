"""What a cassette says about itself: model, day, prompts and schemas; and whether that still holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shortlist_evals.recorder.errors import CassetteStaleError
from shortlist_evals.recorder.matching import body_of
from shortlist_prompts import SCHEMAS, PromptError, Prompts, json_schema


class About(BaseModel):
    """The head of a cassette.

    Attributes:
        model: Name the requests gave the model.
        recorded: Day of the recording.
        prompts: `id@version#hash` of each prompt in it.
        schemas: Hash of each schema of this package that an answer was held to.
        extra: What the recording's owner adds, such as the inputs of a call or the versions of tools and catalog.
    """

    model_config = ConfigDict(frozen=True)

    model: str = ""
    recorded: date = Field(default_factory=date.today)
    prompts: tuple[str, ...] = ()
    schemas: dict[str, str] = Field(default_factory=dict)
    extra: dict[str, Any] = Field(default_factory=dict)


def describe(requests: Iterable[Any], extra: dict[str, Any], prompts: Prompts) -> About:
    """Return the head for a recording of vcrpy's `requests`; prompts are known by their fixed part."""
    bodies = [body for body in map(body_of, requests) if isinstance(body, dict)]
    texts = [message.get("content") for body in bodies for message in body.get("messages", ())]
    found = sorted({prompt.ref for prompt in prompts for text in texts if text == prompt.file.system})
    sent = json.dumps(bodies, sort_keys=True)
    schemas = {name: schema_hash(name) for name in sorted(SCHEMAS) if f'"{name}"' in sent}
    model = next((str(body["model"]) for body in bodies if body.get("model")), "")
    return About(model=model, prompts=tuple(found), schemas=schemas, extra=extra)


def check_fresh(path: Path, about: About, prompts: Prompts, schemas: bool = True) -> None:
    """Check that what the cassette was made with is what there is.

    Args:
        path: The cassette, for the message.
        about: Its head.
        prompts: The prompts there are.
        schemas: Whether schemas must be the same as well.

    Raises:
        CassetteStaleError: Names each prompt and schema that is not.
    """
    gone = [ref for ref in about.prompts if _current(ref, prompts) != ref]
    problems = [f"prompt {ref} is now {_current(ref, prompts) or 'gone'}" for ref in gone]
    if schemas:
        changed = [name for name, old in about.schemas.items() if name not in SCHEMAS or schema_hash(name) != old]
        problems += [f"schema {name} has changed" for name in changed]
    if problems:
        raise CassetteStaleError(path, f"recorded on {about.recorded}: {'; '.join(problems)}; record it again")


def schema_hash(name: str) -> str:
    """Return the first eight digits of the SHA-256 of the JSON schema called `name`, as it is sent."""
    text = json.dumps(json_schema(SCHEMAS[name]), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _current(ref: str, prompts: Prompts) -> str:
    try:
        return prompts.get(ref.partition("#")[0]).ref
    except PromptError:
        return ""
