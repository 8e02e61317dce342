"""Where a recording comes from: whether it says so in full, whether its parts agree, and whether a hand was in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shortlist_evals.recorder.about import About, prompts_of, schemas_of
from shortlist_evals.recorder.errors import CassetteError
from shortlist_evals.recorder.files import CassetteFile, digest_of
from shortlist_evals.recorder.readable import from_readable
from shortlist_prompts import Prompts

_HASHES = ("catalog", "tools")
"""What `extra` must say: the version of the catalog, and the hash of the tools' arguments."""


def flaws(path: Path, prompts: Prompts) -> list[str]:
    """Return what is wrong with the provenance of the cassette at `path`; empty when all is said and agrees.

    It must say model, server, day, prompt versions, catalog and tools, and when and where each exchange took place; the
    requests must name that model and hold those prompts; and the digest of the file must be that of its content.
    """
    file = CassetteFile(path)
    try:
        exchanges = file.raw()["exchanges"]
        bodies = [json.loads(from_readable(one["request"]["body"])) for one in exchanges]
        return [*_missing(file.about, exchanges), *_differing(file.about, exchanges, bodies, prompts)]
    except CassetteError as error:
        return [error.problem]
    except (ValueError, KeyError, TypeError) as error:
        return [f"an exchange cannot be read: {type(error).__name__}: {error}"]


def _missing(about: About, exchanges: list[Any]) -> Iterator[str]:
    said: dict[str, Any] = {
        "model": about.model,
        "server": about.server,
        "prompts": about.prompts,
        "digest": about.digest,
    }
    said |= {name: about.extra.get(name) for name in _HASHES}
    if gone := [name for name, value in said.items() if not value]:
        yield f"does not say: {', '.join(gone)}"
    if not exchanges:
        yield "holds no exchange"
    if unsaid := [str(n) for n, one in enumerate(exchanges, start=1) if not one.get("made", {}).get("server")]:
        yield f"does not say when and where these exchanges took place: {', '.join(unsaid)}"


def _differing(about: About, exchanges: list[Any], bodies: list[Mapping[str, Any]], prompts: Prompts) -> Iterator[str]:
    if about.digest and about.digest != digest_of(about, exchanges):
        yield "its content is not what was recorded: the digest differs"
    if others := sorted({str(body.get("model")) for body in bodies} - {about.model}):
        yield f"says it asked {about.model}, but its requests name {', '.join(others)}"
    servers = {one["made"]["server"] for one in exchanges if one.get("made")}
    if about.server and servers and about.server != ", ".join(sorted(servers)):
        yield f"says {about.server} answered, its exchanges say {', '.join(sorted(servers))}"
    if (
        found := tuple(prompts_of(bodies, prompts, str(about.extra.get("version", ""))))
    ) != about.prompts and not _gone(about, prompts):
        yield f"says it holds {', '.join(about.prompts) or 'no prompt'}, its requests hold {', '.join(found) or 'none'}"
    if (names := schemas_of(bodies)) != sorted(about.schemas):
        yield f"says it holds the schemas {', '.join(sorted(about.schemas))}, its requests hold {', '.join(names)}"


def _gone(about: About, prompts: Prompts) -> bool:
    """Return whether a prompt it names has changed since: staleness, not a flaw of the recording."""
    return bool({*about.prompts} - {prompt.ref for prompt in prompts})
