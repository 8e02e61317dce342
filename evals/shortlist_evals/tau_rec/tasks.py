"""The tasks of tau-rec as cases: typed goals, the person's services and history, and the policies that count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortlist_evals.places import data_dir
from shortlist_evals.users import Goal, Predicate, Reveal
from shortlist_prompts.errors import CallerError

REVEALS: dict[str, Reveal] = {"volunteer": "volunteered", "on_ask": "on_ask", "hidden": "hidden"}


class TaskError(CallerError):
    """A task cannot be used; names the file and what is wrong."""


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        id: Its id.
        goals: What is wanted, in the order of the file.
        services: What the person subscribes to; empty where it is not known.
        watched: Ids of films seen.
        flags: The policies that it is about.
        impossible: Whether nothing in the catalog satisfies it.
        complexity: `simple`, `medium` or `complex`.
        difficulty: How it is revealed: `volunteer`, `mixed` or `hidden`.
    """

    id: str
    goals: tuple[Goal, ...]
    services: tuple[str, ...]
    watched: tuple[str, ...]
    flags: tuple[str, ...]
    impossible: bool
    complexity: str
    difficulty: str

    @property
    def stratum(self) -> str:
        """Its class in results."""
        return f"{self.complexity}-{self.difficulty}"

    def in_words(self) -> str:
        """Return what is wanted, and what there is to know of the person."""
        goals = [f"{g.predicate.field} {g.predicate.op} {g.predicate.value} ({g.reveal})" for g in self.goals]
        person = f"services: {', '.join(self.services) or 'unknown'}; watched: {', '.join(self.watched) or 'nothing'}"
        return "; ".join(goals) + f" | {person}" + (" | nothing fits" if self.impossible else "")


def read_tasks(folder: Path | None = None) -> list[Task]:
    """Return every task of `folder` (the evaluation data's by default), by file name.

    Raises:
        TaskError: If a file is no task, or there is none.
    """
    folder = folder or data_dir("tau-rec", "tasks")
    tasks = [_task(path) for path in sorted(folder.glob("*.json"))]
    if not tasks:
        raise TaskError(f"{folder}: no task in it; expected files such as task_001.json")
    return tasks


def read_films(path: Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the rows of the catalog by id.

    Raises:
        TaskError: If the file is no list of films.
    """
    path = path or data_dir("tau-rec", "catalog.json")
    rows = _json(path)
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "id" in row for row in rows):
        raise TaskError(f"{path}: expected a list of films, each with an id")
    return {str(row["id"]): row for row in rows}


def _task(path: Path) -> Task:
    raw = _json(path)
    try:
        user = raw.get("user_history", {}).get(raw.get("user_id"), {})
        return Task(
            id=str(raw["id"]),
            goals=tuple(_goal(one) for one in raw["constraints"]),
            services=tuple(raw.get("user_services") or ()),
            watched=tuple(dict.fromkeys([*(user.get("watched") or ()), *(user.get("ratings") or ())])),
            flags=tuple(raw.get("policy_flags") or ()),
            impossible=bool(raw.get("no_valid_recommendation")),
            complexity=str(raw.get("complexity", "unknown")),
            difficulty=str(raw.get("reveal_difficulty", "unknown")),
        )
    except (KeyError, AttributeError, TypeError) as error:
        raise TaskError(f"{path}: no task: {type(error).__name__}: {error}") from error


def _goal(raw: Mapping[str, Any]) -> Goal:
    wanted = raw["constraint"]
    reveal = REVEALS.get(str(raw.get("reveal", "volunteer")))
    if reveal is None:
        raise KeyError(f"reveal {raw['reveal']!r}; there are: {', '.join(REVEALS)}")
    return Goal(Predicate(wanted["field"], wanted["op"], wanted["value"]), reveal)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise TaskError(f"{path}: cannot be read: {error}") from error
