"""Cassette files: one JSON object with what the recording says about itself and its exchanges, readable in a diff."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortlist_evals.recorder.about import About, Made, short_hash
from shortlist_evals.recorder.errors import CassetteError, CassetteMissingError
from shortlist_evals.recorder.readable import from_readable, to_readable


@dataclass(frozen=True)
class Take:
    """One exchange: vcrpy's request and response, and when it took place."""

    request: Any
    response: dict[str, Any]
    made: Made


class CassetteFile:
    """Reads and writes one cassette.

    Attributes:
        about: The head, once it was read or set.
    """

    def __init__(self, path: Path, about: About | None = None) -> None:
        self.path = path
        self.about = about or About()

    def read(self) -> list[Take]:
        """Return the exchanges, and take up the head.

        Raises:
            CassetteMissingError: If there is no such file.
            CassetteError: If it is not a cassette, or only a part of one.
        """
        data = self.raw()
        try:
            return [_inside(exchange) for exchange in data["exchanges"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CassetteError(self.path, f"this is no cassette: {type(error).__name__}: {error}") from None

    def raw(self) -> dict[str, Any]:
        """Return the file as JSON, exchanges unopened, and take up the head.

        Raises:
            CassetteMissingError: If there is no such file.
            CassetteError: If it has no head or no exchanges, as when it was cut short.
        """
        try:
            data: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
            self.about = About.model_validate(data["about"])
            _ = [exchange["request"] for exchange in data["exchanges"]]
        except FileNotFoundError:
            raise CassetteMissingError(self.path, "there is no such recording; record it") from None
        except (ValueError, KeyError, TypeError) as error:
            why = f"{type(error).__name__}: {error}"
            raise CassetteError(self.path, f"this is no cassette: {why}; restore the file or record it again") from None
        return data

    def write(self, takes: Sequence[Take]) -> None:
        """Write the exchanges under the head, with the digest of both, all or nothing."""
        exchanges = [_outside(take) for take in takes]
        self.about = self.about.model_copy(update={"digest": ""})
        self.about = self.about.model_copy(update={"digest": digest_of(self.about, exchanges)})
        data = {"about": self.about.model_dump(mode="json"), "exchanges": exchanges}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_suffix(".partial")
        partial.write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        os.replace(partial, self.path)


def digest_of(about: About, exchanges: Sequence[Any]) -> str:
    """Return the digest of a cassette's head, its own digest aside, and of its exchanges."""
    head = about.model_dump(mode="json", exclude={"digest"})
    return short_hash({"about": head, "exchanges": list(exchanges)}, 16)


class Persister:
    """Serves vcrpy the exchanges it may play; what is recorded is written by `CassetteFile.write`, not by vcrpy."""

    def __init__(self, takes: Sequence[Take]) -> None:
        self._takes = takes

    def load_cassette(self, _path: str, **_: Any) -> tuple[list[Any], list[dict[str, Any]]]:
        """Return requests and responses, as vcrpy asks its persister for them."""
        return [take.request for take in self._takes], [take.response for take in self._takes]

    def save_cassette(self, *_: Any, **__: Any) -> None:
        """Do nothing: a recording is written only when all went well."""


def _outside(take: Take) -> dict[str, Any]:
    content = take.response["body"]["string"]
    asked = (take.request.body or b"").decode("utf-8")
    return {
        "made": take.made.model_dump(mode="json"),
        "request": {"method": take.request.method, "path": take.request.path, "body": to_readable(asked)},
        "response": {
            "status": take.response["status"]["code"],
            "type": next(iter(take.response["headers"].get("content-type", [])), ""),
            "body": to_readable(content.decode("utf-8") if isinstance(content, bytes) else content),
        },
    }


def _inside(exchange: dict[str, Any]) -> Take:
    from vcr.request import Request

    from shortlist_evals.recorder.scrub import HOST

    asked, said = exchange["request"], exchange["response"]
    body, headers = from_readable(asked["body"]), {"content-type": "application/json"}
    response = {
        "status": {"code": said["status"], "message": ""},
        "headers": {"content-type": [said["type"]]},
        "body": {"string": from_readable(said["body"]).encode("utf-8")},
    }
    made = Made.model_validate(exchange["made"]) if "made" in exchange else Made(recorded="1970-01-01")
    return Take(Request(asked["method"], HOST + asked["path"], body, headers), response, made)
