"""A directory of published versions: each is built aside, never changed afterwards, and switched to by one rename."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_Mark = tuple[int, int, int]
KEPT = 2
"""Versions that stay on disk: the published one and the one before, which another process may still read."""


class Versions:
    """Numbered version folders of one kind of index, and the pointer to the published one.

    Args:
        directory: Holds the folders and the pointer; made when missing.
        name: The kind, such as `vectors`: folders are `vectors-000001`, the pointer is `vectors.current`.
    """

    def __init__(self, directory: Path, name: str) -> None:
        self._directory = directory
        self._name = name
        self._pointer = directory / f"{name}.current"
        self._read: tuple[_Mark | None, Path | None] = (None, None)

    def current(self) -> Path | None:
        """Return the published version's folder, or None; every search asks, so the pointer is read when it changes."""
        mark = _mark(self._pointer)
        if mark is None:
            return None
        if self._read[0] != mark:
            self._read = (mark, self._pointed())
        folder = self._read[1]
        return folder if folder is not None and os.path.isdir(folder) else None

    def _pointed(self) -> Path | None:
        try:
            folder = self._pointer.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return self._directory / folder if folder.startswith(f"{self._name}-") and "/" not in folder else None

    def fresh(self) -> Path:
        """Return an empty folder to build the next version in; only the holder of `writing` may ask."""
        self._directory.mkdir(parents=True, exist_ok=True)
        number = max((int(path.name.rpartition("-")[2]) for path in self._folders()), default=0) + 1
        folder = self._directory / f"{self._name}-{number:06d}"
        folder.mkdir()
        return folder

    def publish(self, folder: Path) -> None:
        """Make `folder` the current version, durably, and remove those that nobody needs any more."""
        for path in sorted(folder.rglob("*")):
            _sync(path)
        _sync(folder)
        aside = self._pointer.with_suffix(".next")
        aside.write_text(folder.name, encoding="utf-8")
        _sync(aside)
        aside.replace(self._pointer)
        _sync(self._directory)
        for old in self._folders()[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)

    def sweep(self) -> None:
        """Remove folders that a killed build left behind; only the holder of `writing` may ask."""
        current = self.current()
        for folder in self._folders():
            if current is None or folder.name > current.name:
                shutil.rmtree(folder, ignore_errors=True)

    def _folders(self) -> list[Path]:
        found = (path for path in self._directory.glob(f"{self._name}-*") if path.is_dir())
        return sorted(path for path in found if path.name.rpartition("-")[2].isdigit())


@contextmanager
def writing(directory: Path, wait: float = 0.0) -> Iterator[int | None]:
    """Hold the one right to write into `directory`; yields None when held, else the process id of who holds it.

    The operating system gives the lock back when its holder dies, however it dies, so no lock is ever stale; the
    process id in the file is for messages.

    Args:
        directory: Made when missing.
        wait: Seconds to wait for another writer.
    """
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "writer.lock"
    with path.open("a+", encoding="utf-8") as file:
        deadline = time.monotonic() + wait
        while not _locked(file.fileno()):
            if time.monotonic() >= deadline:
                yield _holder(path)
                return
            time.sleep(0.05)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield None


def _mark(path: Path) -> _Mark | None:
    """Return what is another one when the file at `path` is, or None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(path: Path) -> int:
    text = path.read_text(encoding="utf-8").strip()
    return int(text) if text.isdigit() else 0


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
