"""All prompts of a folder, held to their lock, and found by id, version or label."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from shortlist_prompts.errors import PromptError
from shortlist_prompts.files import parse
from shortlist_prompts.prompt import Prompt

FOLDER = Path(__file__).parent
LOCK, LABELS = "prompts.lock", "labels.yaml"
DEFAULT_LABEL = "production"


class Prompts:
    """Every version of every prompt in one folder, as released."""

    def __init__(self, prompts: Mapping[tuple[str, str], Prompt], labels: Mapping[str, Mapping[str, str]]) -> None:
        self._prompts = dict(prompts)
        self._labels = {label: dict(versions) for label, versions in labels.items()}

    @classmethod
    def load(cls, folder: Path | None = None, locked: bool = True) -> Prompts:
        """Return the prompts of `folder` (those of this package by default).

        Args:
            folder: Where the prompts are.
            locked: Whether to hold them to their lock; an edit in progress is tried out without.

        Raises:
            PromptError: If a file is malformed, differs from the lock or is not in it, or a label points nowhere.
        """
        if not locked:
            return _load(folder or FOLDER, locked=False)
        return _packaged() if folder is None else _load(folder)

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Version by prompt id, by label."""
        return self._labels

    def __iter__(self) -> Iterator[Prompt]:
        return iter(self._prompts[key] for key in sorted(self._prompts, key=_order))

    def __len__(self) -> int:
        return len(self._prompts)

    def get(self, name: str, label: str = DEFAULT_LABEL) -> Prompt:
        """Return one prompt.

        Args:
            name: `plan@1.0.0`, or `plan` for the version that `label` points at; a label that does not name this
                prompt means `production`.
            label: `production`, `canary` or another of `labels.yaml`.

        Raises:
            PromptError: If there is no such prompt, version or label; suggests the nearest.
        """
        ident, _, version = name.partition("@")
        versions = sorted((v for i, v in self._prompts if i == ident), key=_numbers)
        if not versions:
            known = sorted({i for i, _ in self._prompts})
            raise PromptError(f"there is no prompt {ident!r}{_suggest(ident, known)}")
        if not version:
            if label not in self._labels:
                raise PromptError(f"there is no label {label!r}{_suggest(label, sorted(self._labels))}")
            version = self._labels[label].get(ident) or self._labels[DEFAULT_LABEL].get(ident, "")
            if not version:
                raise PromptError(f"{LABELS}: {DEFAULT_LABEL!r} names no version of {ident!r}; say {ident}@VERSION")
        if (ident, version) not in self._prompts:
            raise PromptError(f"there is no version {version!r} of prompt {ident!r}; there are: {', '.join(versions)}")
        return self._prompts[ident, version]


def read_files(folder: Path) -> dict[tuple[str, str], Prompt]:
    """Return the prompts of `folder` by id and version, without looking at the lock."""
    prompts = {}
    for path in sorted(folder.glob("*/*.prompt.md")):
        where = f"{path.parent.name}/{path.name}"
        prompt = Prompt(parse(path.read_text(encoding="utf-8"), where))
        if where != f"{prompt.id}/{prompt.version}.prompt.md":
            raise PromptError(
                f"{where}: its front matter says {prompt.id}@{prompt.version}; rename the file or mend it"
            )
        prompts[prompt.id, prompt.version] = prompt
    if not prompts:
        raise PromptError(f"there is no prompt file in {folder.name}/; expected ID/VERSION.prompt.md")
    return prompts


def read_lock(folder: Path) -> dict[str, str]:
    """Return the locked SHA-256 by `id@version`; empty without a lock."""
    path = folder / LOCK
    if not path.exists():
        return {}
    try:
        lock = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise PromptError(f"{LOCK}: line {error.lineno}: {error.msg}") from error
    if not isinstance(lock, dict) or not all(isinstance(value, str) for value in lock.values()):
        raise PromptError(f"{LOCK}: expected an object of strings")
    return lock


def differences(prompts: Mapping[tuple[str, str], Prompt], lock: Mapping[str, str]) -> list[str]:
    """Return a sentence for every prompt that the lock does not have, has otherwise, or has and is gone."""
    found = {f"{ident}@{version}": prompt.file.digest for (ident, version), prompt in prompts.items()}
    problems = []
    for name in sorted(found.keys() | lock.keys()):
        if name not in lock:
            problems.append(f"{name} is not locked; run `python -m shortlist_prompts lock`")
        elif name not in found:
            problems.append(f"{name} is locked, but its file is gone; a released version stays")
        elif found[name] != lock[name]:
            problems.append(f"{name} was changed after its release; give the change a new version and restore this one")
    return problems


@cache
def _packaged() -> Prompts:
    return _load(FOLDER)


def _load(folder: Path, locked: bool = True) -> Prompts:
    prompts = read_files(folder)
    if locked and (problems := differences(prompts, read_lock(folder))):
        raise PromptError(f"{LOCK}: " + "; ".join(problems))
    return Prompts(prompts, _read_labels(folder, prompts))


def _read_labels(folder: Path, prompts: Mapping[tuple[str, str], Prompt]) -> dict[str, dict[str, str]]:
    path = folder / LABELS
    if not path.exists():
        raise PromptError(f"{LABELS} is missing; it maps {DEFAULT_LABEL!r} to a version of each prompt")
    labels = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    if not isinstance(labels, dict) or DEFAULT_LABEL not in labels:
        raise PromptError(f"{LABELS}: expected a mapping with {DEFAULT_LABEL!r}")
    result: dict[str, dict[str, str]] = {}
    for label, versions in labels.items():
        result[str(label)] = {str(i): str(v) for i, v in (versions or {}).items()}
        for ident, version in result[str(label)].items():
            if (ident, version) not in prompts:
                raise PromptError(f"{LABELS}: {label} points {ident!r} at {version}, which does not exist")
    return result


def _order(key: tuple[str, str]) -> tuple[str, tuple[int, ...]]:
    return key[0], _numbers(key[1])


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _suggest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return (f"; did you mean {near[0]!r}?" if near else "") + f" There are: {', '.join(known)}"
