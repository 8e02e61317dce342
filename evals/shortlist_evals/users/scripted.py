"""A person who follows a script: states goals, answers questions, rejects what breaks one, and gives up in the end.

How people say no, as this user does it:

- An item is rejected for the first goals it breaks, two at most. What would have been said on being asked is said in
  full. A hidden goal is hinted at the first time ("that one is a bit long for me", "这个有点长"): the direction, or
  what the item has, but no figure and no value that is wanted. When a later item breaks the same goal, it is said in
  full.
- A question about a field is answered with every goal on it that is not hidden; a hidden one is kept back, in the very
  words of somebody who has none ("no preference").
- Rejections spend the patience; at the last one the user leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shortlist_evals.users.goals import Goal, broken
from shortlist_evals.users.wording import Voice

MOST_REASONS = 2


@dataclass(frozen=True)
class Utterance:
    """What the user says, and what it means, for those who read without error.

    Attributes:
        text: The words.
        told: Goals that it states in full.
        hinted: Goals that it hints at, broken by `item`.
        item: The item that it rejects.
        settled: Fields that it has nothing to say about.
        adult: Whether it confirms the age.
    """

    text: str
    told: tuple[Goal, ...] = ()
    hinted: tuple[Goal, ...] = ()
    item: str | None = None
    settled: tuple[str, ...] = ()
    adult: bool = False


class ScriptedUser:
    """The state of one person in one conversation.

    Args:
        goals: What they want, in the order they would say it.
        voice: How they speak.
        patience: How many items they reject before they leave.
    """

    def __init__(self, goals: Sequence[Goal], voice: Voice, patience: int = 3) -> None:
        self.goals = tuple(goals)
        self.patience = patience
        self.rejections = 0
        self.told: list[Goal] = []
        self._voice = voice
        self._hinted: set[Goal] = set()

    @property
    def gone(self) -> bool:
        """Whether the patience is spent."""
        return self.rejections >= self.patience

    def opens(self) -> Utterance:
        """Return the first message: a request, and the goals that are volunteered."""
        first = tuple(goal for goal in self.goals if goal.reveal == "volunteered")
        return Utterance(self._sentences([self._voice.say("open"), *self._tellings(first)]), told=first)

    def answers(self, fields: Collection[str]) -> Utterance:
        """Return the answer to a question about `fields`."""
        asked = tuple(goal for goal in self.goals if goal.predicate.field in fields and goal.reveal != "hidden")
        settled = tuple(name for name in fields if name not in {goal.predicate.field for goal in asked})
        sentences = self._tellings(asked)
        if settled:
            sentences.append(self._voice.say("otherwise" if asked else "indifferent"))
        return Utterance(self._sentences(sentences), told=asked, settled=settled)

    def confirms(self) -> Utterance:
        """Return the answer to the question of age: a yes."""
        return Utterance(self._voice.say("adult"), adult=True)

    def rejects(self, name: str, item: Mapping[str, Any], policy: str | None = None) -> Utterance:
        """Return the rejection of `item`, called `name`, for what it breaks; `policy` is a pool of words beside goals.

        An item that breaks nothing is none to reject: at least one goal or `policy` is needed.
        """
        self.rejections += 1
        reasons = broken(self.goals, item)[:MOST_REASONS]
        hinted = tuple(goal for goal in reasons if goal.reveal == "hidden" and goal not in self._hinted)
        told = tuple(goal for goal in reasons if goal not in hinted)
        sentences = [self._voice.say(policy) if policy else self._voice.say("reject")]
        for goal in reasons:
            hint = goal in hinted
            sentences.append(self._voice.hint(goal.predicate, item) if hint else self._voice.tell(goal.predicate))
        self._hinted.update(hinted)
        self.told.extend(told)
        return Utterance(self._sentences(sentences), told=told, hinted=hinted, item=name)

    def repeats(self) -> Utterance:
        """Return what is said to an answer that neither shows nor asks: the goals told so far, once more."""
        told = tuple(dict.fromkeys(self.told))
        return Utterance(self._sentences([*self._tellings(told), self._voice.say("repeat")]), told=told)

    def _tellings(self, goals: Sequence[Goal]) -> list[str]:
        self.told.extend(goals)
        return [self._voice.tell(goal.predicate) for goal in goals]

    def _sentences(self, sentences: Sequence[str]) -> str:
        return ("" if self._voice.language == "zh" else " ").join(sentences)
