"""Cassette files: one JSON object with what the recording says about itself and its exchanges, readable in a diff."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from shortlist_evals.recorder.about import About
from shortlist_evals.recorder.errors import CassetteError, CassetteMissingError
from shortlist_evals.recorder.readable import from_readable, to_readable


class CassetteFile:
    """Reads and writes one cassette; serves vcrpy as its persister.

    Attributes:
        about: The head, once it was read or set.
    """

    def __init__(self, path: Path, about: About | None = None) -> None:
        self.path = path
        self.about = about or About()

    def read(self) -> list[dict[str, Any]]:
        """Return the exchanges in vcrpy's form, and take up the head.

        Raises:
            CassetteMissingError: If there is no such file.
            CassetteError: If it is not a cassette.
        """
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            self.about = About.model_validate(data["about"])
            return [_inside(exchange) for exchange in data["exchanges"]]
        except FileNotFoundError:
            raise CassetteMissingError(self.path, "there is no such recording; record it") from None
        except (ValueError, KeyError, TypeError) as error:
            raise CassetteError(self.path, f"this is no cassette: {type(error).__name__}: {error}") from None

    def write(self, requests: list[Any], responses: list[dict[str, Any]]) -> None:
        """Write the exchanges under the head, all or nothing."""
        exchanges = [_outside(*pair) for pair in zip(requests, responses, strict=True)]
        data = {"about": self.about.model_dump(mode="json"), "exchanges": exchanges}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_suffix(".partial")
        partial.write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        os.replace(partial, self.path)

    def load_cassette(self, _path: str, **_: Any) -> tuple[list[Any], list[dict[str, Any]]]:
        """Return requests and responses, as vcrpy asks its persister for them."""
        from vcr.request import Request

        exchanges = self.read()
        return [Request(**one["request"]) for one in exchanges], [one["response"] for one in exchanges]

    def save_cassette(self, *_: Any, **__: Any) -> None:
        """Do nothing: a recording is written by `write`, and only when all went well."""


def _outside(request: Any, response: dict[str, Any]) -> dict[str, Any]:
    content = response["body"]["string"]
    asked = (request.body or b"").decode("utf-8")
    return {
        "request": {"method": request.method, "path": request.path, "body": to_readable(asked)},
        "response": {
            "status": response["status"]["code"],
            "type": next(iter(response["headers"].get("content-type", [])), ""),
            "body": to_readable(content.decode("utf-8") if isinstance(content, bytes) else content),
        },
    }


def _inside(exchange: dict[str, Any]) -> dict[str, Any]:
    from shortlist_evals.recorder.scrub import HOST

    asked, said = exchange["request"], exchange["response"]
    return {
        "request": {
            "method": asked["method"],
            "uri": HOST + asked["path"],
            "body": from_readable(asked["body"]),
            "headers": {"content-type": "application/json"},
        },
        "response": {
            "status": {"code": said["status"], "message": ""},
            "headers": {"content-type": [said["type"]]},
            "body": {"string": from_readable(said["body"]).encode("utf-8")},
        },
    }
