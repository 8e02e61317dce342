"""The oracle: an agent that reads without error and asks everything, to tell what a perfect reader would score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shortlist_evals.agents import Answer, Person
from shortlist_evals.tau_rec.rules import RESTRICTED
from shortlist_evals.users import Goal, Predicate, Utterance

FIELDS = ("genres", "runtime", "rating", "content_rating", "streaming_services")


@dataclass(frozen=True)
class Oracle:
    """An agent that takes goals from the script instead of the words; what is hidden is hidden from it too.

    It asks about every field in its first turn, filters exactly by what it was told, by services and history, turns
    a hint into "less than this one" or "not this value", and picks the best rated film that is left.
    """

    films: Mapping[str, Mapping[str, Any]]
    name: str = "oracle"

    def begin(self, person: Person, session: str, language: str) -> OracleChat:
        """Begin a conversation that knows the person's services and history."""
        watched = {str(event["item_id"]) for event in person.events}
        return OracleChat(self.films, frozenset(person.facts.get("services", ())), watched)


@dataclass
class OracleChat:
    """One conversation with the oracle."""

    films: Mapping[str, Mapping[str, Any]]
    services: frozenset[str]
    gone: set[str]
    known: list[Predicate] = field(default_factory=list)
    asked: bool = False
    adult: bool = False

    def hear(self, utterance: Utterance) -> None:
        """Take in what the next message means."""
        self.known += [goal.predicate for goal in utterance.told]
        if utterance.item is not None:
            self.gone.add(utterance.item)
            self.known += [meaning(goal, self.films[utterance.item]) for goal in utterance.hinted]
        self.adult = self.adult or utterance.adult

    def say(self, message: str) -> Answer:
        """Ask once, confirm the age where the pick needs it, pick, or abstain."""
        if not self.asked:
            self.asked = True
            return Answer("", (), "ask", asked=FIELDS)
        left = [name for name, film in self.films.items() if self._fits(name, film)]
        if not left:
            return Answer("", (), "abstain")
        pick = max(left, key=lambda name: (float(self.films[name].get("rating") or 0.0), name))
        if self.films[pick].get("content_rating") in RESTRICTED and not self.adult:
            return Answer("", (), "confirm")
        return Answer("", (pick,), "recommend", disclosed=(pick,))

    def _fits(self, name: str, film: Mapping[str, Any]) -> bool:
        can = not self.services or not self.services.isdisjoint(film.get("streaming_services") or ())
        return can and name not in self.gone and all(predicate.holds(film) for predicate in self.known)


def meaning(goal: Goal, film: Mapping[str, Any]) -> Predicate:
    """Return what a hint at `goal`, said of `film`, leaves to be known: a direction, or what it must not be."""
    name, has = goal.predicate.field, film.get(goal.predicate.field)
    if goal.predicate.kind == "between":
        return Predicate(name, "<" if has > goal.predicate.values[1] else ">", has)
    if goal.predicate.kind in ("at_most", "below"):
        return Predicate(name, "<", has)
    if goal.predicate.kind in ("at_least", "above"):
        return Predicate(name, ">", has)
    return Predicate(name, "not_in", has if isinstance(has, list) else [has])
