"""Results of suites as small JSON files: what was measured, over what, where, and whether two of them compare."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from shortlist_evals.places import DataMissingError, data_dir, results_dir, suites_dir
from shortlist_evals.suites import Suite
from shortlist_prompts.errors import CallerError

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
_DATA = re.compile(r"\.(csv|json|jsonl)(\.(gz|zip))?$")


class ResultError(CallerError):
    """A result has no usable name, or cannot be read."""


def envelope(suite: Suite, scores: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return `scores` with everything that says what they are scores of.

    Keys: `suite`, `date`, `options` (those given), `n`, `hashes` (`cases`, `catalog`, `scorers`: none of them depends
    on code), `machine`, `scores`.
    """
    given = {name: str(value) for name, value in options.items() if value is not None and name != "progress"}
    return {
        "suite": suite.name,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "options": given,
        "n": scores.get("n"),
        "hashes": {
            "cases": hash_of(_cases(suite.name)),
            "catalog": hash_of(file for name in suite.catalogs for file in catalog_files(name)),
            "scorers": _digest("\n".join(suite.scorers).encode()),
        },
        "machine": machine(),
        "scores": dict(scores),
    }


def _cases(name: str) -> list[Path]:
    folder = suites_dir() / name
    return sorted(file for kind in ("*.json", "*.jsonl", "*.yaml") for file in folder.rglob(kind))


def name_of(suite: str, options: Mapping[str, Any]) -> str:
    """Return the name that a result is kept under: its suite's, with the model and the prompt that were chosen."""
    model = str(options.get("model") or "offline").rpartition(":")[2]
    prompt = str(options.get("prompt") or "").replace("@", "-")
    parts = [suite, "" if model == "offline" else model, prompt]
    return re.sub(r"[^a-z0-9._-]+", "-", "-".join(part for part in parts if part).lower())


def comparable(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return why two results do not compare; empty when they do."""
    reasons = [] if one["suite"] == other["suite"] else [f"suites differ: {one['suite']}, {other['suite']}"]
    for name, value in one["hashes"].items():
        if other["hashes"].get(name) != value:
            reasons.append(f"{name} differ: {value}, {other['hashes'].get(name)}")
    return reasons


def machine() -> dict[str, Any]:
    """Return what the figures were measured on: usable cores, Python, system."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {"cores": cores, "python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}


def hash_of(files: Iterable[Path]) -> str:
    """Return a short hash of the names and contents of `files`, in the order given; empty for no file."""
    digest = hashlib.sha256()
    any_file = False
    for file in files:
        any_file = True
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16] if any_file else ""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def catalog_files(name: str) -> list[Path]:
    """Return the files that make up catalog `name`; none where the evaluation data is absent."""
    if name == "demo":
        from shortlist.demo import FOLDER
        from shortlist.demo import catalog_files as demo_files

        return [FOLDER / "schema.yaml", *demo_files()]
    try:
        return sorted(file for file in data_dir(name).rglob("*") if _DATA.search(file.name))
    except DataMissingError:
        return []


def write_result(name: str, result: Mapping[str, Any], folder: Path | None = None) -> Path:
    """Write `result` as NAME.json and return where; the old file stays until the new one is whole.

    Raises:
        ResultError: If `name` cannot be that of a file.
    """
    path = _path(name, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(_text(result) + "\n", "utf-8")
    part.replace(path)
    return path


def _text(value: Any, margin: str = "") -> str:
    """Return `value` as JSON with sorted keys, in which whatever holds no further containers stands on one line."""
    if not isinstance(value, dict | list) or not any(isinstance(one, dict | list) for one in _parts(value)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    inner = f"{margin} "
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + _text(one, inner) for one in value) + f"\n{margin}]"
    lines = [
        f"{inner}{json.dumps(str(name), ensure_ascii=False)}: {_text(value[name], inner)}" for name in sorted(value)
    ]
    return "{\n" + ",\n".join(lines) + f"\n{margin}}}"


def _parts(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def read_result(name: str, folder: Path | None = None) -> dict[str, Any] | None:
    """Return the result called `name`, or None where there is none.

    Raises:
        ResultError: If the file holds no result.
    """
    path = _path(name, folder)
    return _read(path) if path.exists() else None


def find_result(name: str, folder: Path | None = None) -> dict[str, Any]:
    """Return the result that `name` names, which may also be the path of its file.

    Raises:
        ResultError: If there is none, or the file holds no result.
    """
    path = Path(name)
    if path.suffix == ".json" or path.parent != Path():
        if not path.is_file():
            raise ResultError(f"{path}: there is no such file")
        return _read(path)
    found = read_result(name, folder)
    if found is None:
        there = ", ".join(result_names(folder)) or "none yet"
        raise ResultError(f"no result is called {name!r}; there are: {there}; `run SUITE` makes one")
    return found


def result_names(folder: Path | None = None) -> list[str]:
    """Return the names of the results that are kept."""
    return sorted(path.stem for path in (folder or results_dir()).glob("*.json"))


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ResultError(f"{path}: no JSON: {error}; run its suite again, or take the file from git") from error
    if not isinstance(found, dict) or not {"suite", "hashes", "scores"} <= set(found):
        raise ResultError(f"{path}: no result: expected suite, hashes and scores")
    return found


def _path(name: str, folder: Path | None) -> Path:
    if not _NAME.fullmatch(name):
        raise ResultError(f"{name!r} cannot name a result: use small letters, digits, dots and hyphens")
    return (folder or results_dir()) / f"{name}.json"
