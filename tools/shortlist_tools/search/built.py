"""A vector index as it lies on disk: the matrix, the ids and hashes of its rows, Chroma's files, checksums."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from shortlist_tools.search.embedders import Vectors
from shortlist_tools.search.sketch import sketch_of, worth_sketching

FORMAT = 1
CHECKED_BYTES = 512_000_000
"""Files beyond this sum are checked by their sizes only; reading them would take seconds."""


@dataclass(frozen=True)
class Built:
    """One published version, opened for reading; row `i` of `matrix` (float32, memory-mapped) belongs to `ids[i]`.

    `hashes` are the content hashes the vectors were computed from, `kind` is `chroma` or `exact`.
    `sketch` and `basis` are the shorter copy of the matrix, where one was worth making.
    """

    folder: Path
    model: str
    kind: str
    ids: tuple[str, ...]
    hashes: tuple[str, ...]
    matrix: Vectors
    sketch: Vectors | None = None
    basis: Vectors | None = None

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each id."""
        return {name: row for row, name in enumerate(self.ids)}

    @property
    def chroma(self) -> Path:
        """Where Chroma's files are."""
        return self.folder / "chroma"


def write_rows(folder: Path, ids: Sequence[str], hashes: Sequence[str], matrix: Vectors) -> None:
    """Write the matrix and what its rows are into `folder`."""
    np.save(folder / "vectors.npy", np.asarray(matrix, dtype=np.float32))
    if worth_sketching(len(ids), matrix.shape[1]):
        sketch, basis = sketch_of(matrix)
        np.save(folder / "sketch.npy", sketch)
        np.save(folder / "basis.npy", basis)
    (folder / "rows.json").write_text(json.dumps({"ids": list(ids), "hashes": list(hashes)}), encoding="utf-8")


def seal(folder: Path, model: str, kind: str) -> None:
    """Write the manifest: what was built, and the checksums of all files that will never change again."""
    manifest = {"format": FORMAT, "model": model, "kind": kind, "files": _checksums(folder)}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def open_built(folder: Path) -> Built:
    """Open a version.

    Raises:
        OSError, ValueError or KeyError: If its own files are missing or damaged.
    """
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT:
        raise ValueError(f"format {manifest['format']} instead of {FORMAT}")
    rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
    matrix = _mapped(folder / "vectors.npy")
    sketched = (folder / "sketch.npy").exists()
    sketch, basis = (_mapped(folder / name) if sketched else None for name in ("sketch.npy", "basis.npy"))
    if not len(rows["ids"]) == len(rows["hashes"]) == len(matrix):
        raise ValueError(f"{len(matrix)} vectors for {len(rows['ids'])} ids")
    return Built(
        folder, manifest["model"], manifest["kind"], tuple(rows["ids"]), tuple(rows["hashes"]), matrix, sketch, basis
    )


def _mapped(path: Path) -> Vectors:
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def damage(folder: Path) -> str:
    """Return what is wrong with the files of a version, or an empty string; opens nothing that could crash."""
    try:
        sealed: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
        found = _checksums(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"its manifest cannot be read ({type(error).__name__})"
    for name, checksum in sealed.items():
        if name not in found:
            return f"{name} is missing"
        if found[name] != checksum:
            return f"{name} has changed"
    return _database_damage(folder / "chroma" / "chroma.sqlite3")


def _database_damage(path: Path) -> str:
    """Check Chroma's database, which opening it changes, so that it has no checksum."""
    if not path.parent.is_dir():
        return ""
    if not path.is_file():
        return f"{path.name} is missing"
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            answer = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
            connection.execute("SELECT count(*) FROM collections").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return f"{path.name} is no sound database ({error})"
    return "" if answer == "ok" else f"{path.name} is damaged ({answer})"


def _checksums(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_sealed(path.name)]
    by_content = sum(path.stat().st_size for path in files) <= CHECKED_BYTES
    return {
        path.relative_to(folder).as_posix(): _checksum(path) if by_content else f"{path.stat().st_size} bytes"
        for path in files
    }


def _is_sealed(name: str) -> bool:
    return not name.startswith("chroma.sqlite3") and name != "manifest.json"


def _checksum(path: Path) -> str:
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
