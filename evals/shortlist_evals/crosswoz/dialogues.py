"""The dialogues of CrossWOZ: what each turn of the user asks for, and what the human wizard answered and showed."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from shortlist_evals.crosswoz.annotations import annotated, without_repeats
from shortlist_evals.crosswoz.entities import DATABASES, NEARBY
from shortlist_evals.places import data_dir
from shortlist_tools.catalog import Requirement

Left = Literal["named", "about", "traffic"]
_POINTING = "出现在"
_ASKS = re.compile(r"[哪吗呢么??]|怎么样|多少")
_SEEKS = re.compile(r"推荐|介绍|找|想|要(?!求)|帮|给我|有没有|换|别的|其他|其它")


@dataclass(frozen=True)
class Turn:
    """One message of the user, what is annotated of it, and the wizard's reply.

    Attributes:
        text: What the user said.
        left: Why nothing is scored: an entity is `named`, or asked `about`, or only metro and taxi are spoken of.
        wanted: The requirements informed of in this turn.
        kind: The kind of entity that is looked for; empty where none is.
        so_far: All requirements on the entity that is looked for, earlier turns' too.
        of_shown: Whether the user asks about entities that the wizard has just shown, and seeks none: see `_of_shown`.
        among: Whether the user chooses among what is near another entity: a `Select` act, or that entity is named.
        names: Kind and name of every entity that the user names.
        reply: What the wizard said; empty after the last turn.
        shown: Kind and name of every entity in the reply.
        chosen: Name of the entity that was found for the user; None where none was.
    """

    text: str
    left: Left | None = None
    wanted: tuple[Requirement, ...] = ()
    kind: str = ""
    so_far: tuple[Requirement, ...] = ()
    of_shown: bool = False
    among: bool = False
    names: tuple[tuple[str, str], ...] = ()
    reply: str = ""
    shown: tuple[tuple[str, str], ...] = ()
    chosen: str | None = None


@dataclass(frozen=True)
class Dialogue:
    """One dialogue: its id, its type as the annotators call it, and its turns."""

    id: str
    type: str
    turns: tuple[Turn, ...]


def load_dialogues(limit: int | None = None) -> Iterator[Dialogue]:
    """Yield the validation dialogues in order of their ids, only the first `limit` of them where it is given.

    Raises:
        DataMissingError: If the evaluation data is absent.
    """
    with zipfile.ZipFile(data_dir("crosswoz", "val.json.zip")) as archive:
        dialogues = json.loads(archive.read("val.json"))
    for name in sorted(dialogues)[:limit]:
        yield read_dialogue(name, dialogues[name])


def read_dialogue(name: str, dialogue: Mapping[str, Any]) -> Dialogue:
    """Return one dialogue from its annotated JSON."""
    messages = dialogue["messages"]
    places = [place for place, message in enumerate(messages) if message["role"] == "usr"]
    history = _History()
    turns: list[Turn] = []
    for place, after in zip(places, [*places[1:], None], strict=True):
        wizard = next((m for m in messages[place + 1 : after] if m["role"] == "sys"), None)
        later = messages[after]["user_state"] if after is not None else []
        turns.append(_turn(history, messages[place], wizard, later, turns[-1].shown if turns else ()))
    return Dialogue(name, str(dialogue.get("type", "")), tuple(turns))


class _History:
    """What was mentioned and asked for until now: goals are numbered, each looks for one entity of one kind."""

    def __init__(self) -> None:
        self.mentioned: dict[tuple[int, str, str], int] = {}
        self.current: dict[str, int] = {}
        self.wanted: dict[int, list[tuple[str, tuple[Requirement, ...]]]] = {}

    def goal_of(self, kind: str, state: Sequence[Sequence[Any]]) -> int:
        """Return the goal that this turn speaks of: the last of `kind` of which something is mentioned anew."""
        counted: dict[tuple[int, str, str], int] = {}
        for number, domain, slot, _, mentioned in state:
            if domain == kind:
                key = (number, domain, slot)
                counted[key] = counted.get(key, 0) + bool(mentioned)
        fresh = [number for (number, *rest), n in counted.items() if n > self.mentioned.get((number, *rest), 0)]  # type: ignore[arg-type]
        goal = max(fresh, default=self.current.get(kind, 0))
        self.mentioned.update(counted)
        self.current[kind] = goal
        return goal

    def add(self, goal: int, slot: str, requirements: tuple[Requirement, ...]) -> None:
        """Keep what was asked for; the last word on a slot of one value counts."""
        before = self.wanted.setdefault(goal, [])
        if slot not in ("推荐菜",):
            before[:] = [(name, rows) for name, rows in before if name != slot]
        before.append((slot, requirements))

    def so_far(self, goal: int) -> tuple[Requirement, ...]:
        """Return all that was asked of one goal."""
        rows = [row for _, rows in self.wanted.get(goal, []) for row in rows]
        return without_repeats(rows)


def _turn(
    history: _History,
    message: Mapping[str, Any],
    wizard: Mapping[str, Any] | None,
    later: Sequence[Sequence[Any]],
    before: Sequence[tuple[str, str]],
) -> Turn:
    state, acts = message["user_state"], message["dialog_act"]
    ours = [act for act in acts if act[1] in DATABASES]
    goals = {kind: history.goal_of(kind, state) for kind in DATABASES if any(act[1] == kind for act in ours)}
    found = {goal for kind, goal in goals.items() if _name(state, goal) or not goal}
    wanted: list[Requirement] = []
    seeking: dict[str, None] = {}
    for act, kind, slot, value in ours:
        if goals[kind] in found:
            continue
        if act == "Inform" and slot != "名称":
            rows = tuple(annotated(slot, value))
            history.add(goals[kind], slot, rows)
            wanted += rows
        if act == "Select" or slot == "名称" or act == "Inform":
            seeking[kind] = None
    names = tuple((kind, value) for act, kind, slot, value in ours if act == "Inform" and slot == "名称")
    kind = next(iter(seeking)) if len(seeking) == 1 else ""
    return Turn(
        text=message["content"],
        left=None if seeking else _left(acts, names),
        wanted=without_repeats(wanted),
        kind=kind,
        so_far=history.so_far(goals[kind]) if kind else (),
        of_shown=bool(kind) and _of_shown(message["content"], kind, before, _shown(wizard)),
        among=bool(names) or any(act == "Select" for act, *_ in ours),
        names=names,
        reply=wizard["content"] if wizard else "",
        shown=_shown(wizard),
        chosen=_chosen(kind, goals[kind], wizard, later) if kind else None,
    )


def _of_shown(text: str, kind: str, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> bool:
    """Return whether the user asks about the entities just shown, of the kind looked for, and seeks none.

    Which of two hotels is good enough is annotated as if a hotel were looked for. What tells it is the dialogue, not
    an agent: the message is a question without a word of seeking, and the wizard names nothing new in return.
    """
    shown, named = ({name for domain, name in said if domain == kind} for said in (before, after))
    return bool(shown) and named <= shown and bool(_ASKS.search(text)) and not _SEEKS.search(text)


def _left(acts: Sequence[Sequence[str]], names: Sequence[object]) -> Left | None:
    domains = {act[1] for act in acts if act[0] != "General"}
    if domains and not domains & set(DATABASES):
        return "traffic"
    return "named" if names else "about" if domains else None


def _name(state: Sequence[Sequence[Any]], goal: int) -> str | None:
    """Return the name of the entity that was found for a goal."""
    for number, _, slot, value, _ in state:
        if number == goal and slot == "名称" and isinstance(value, str) and value and not value.startswith(_POINTING):
            return value
    return None


def _chosen(kind: str, goal: int, wizard: Mapping[str, Any] | None, later: Sequence[Sequence[Any]]) -> str | None:
    """Return the entity that the user takes, else the only one that the wizard names."""
    taken = _name(later, goal)
    named = [name for domain, name in _shown(wizard) if domain == kind]
    return taken or (named[0] if len(named) == 1 else None)


def _shown(wizard: Mapping[str, Any] | None) -> tuple[tuple[str, str], ...]:
    """Return the entities that the wizard names: those recommended first, then those said to be near one."""
    acts = wizard["dialog_act"] if wizard else []
    direct = [(kind, value) for act, kind, slot, value in acts if act in ("Inform", "Recommend") and slot == "名称"]
    near = [
        (slot.removeprefix(NEARBY), value)
        for act, _, slot, value in acts
        if act in ("Inform", "Recommend") and slot.startswith(NEARBY)
    ]
    return tuple(dict.fromkeys([*direct, *near]))
