"""The shopper: a state machine that opens, answers what it is asked, and criticises what it is shown, truthfully."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from shortlist_evals.agents import Answer
from shortlist_evals.personas.phrases import Voice
from shortlist_evals.personas.tastes import Persona, Wish
from shortlist_tools.catalog import Item

OPENING_TRAITS = (0, 1, 1, 2)
"""How many traits the first message names, each as likely as it stands here."""
OF_ALL = 0.5
"""How often a critique is about everything shown, where all of it lacks something, rather than about the best of it."""


@dataclass
class Shopper:
    """One conversation's shopper.

    What they say is true of their target: a value or bound is only named where the target has it, and a comparison
    goes the way the target differs from the item it is about.

    Attributes:
        persona: Who they are.
        items: The catalog, by id.
        voice: How they put things.
        kind_field: The field that says what kind an item is.
        draws: Chooses what they say.
        compared: Fields that they have criticised by comparison.
        stated: Fields of which they have named a value or bound.
    """

    persona: Persona
    items: Mapping[str, Item]
    voice: Voice
    kind_field: str
    draws: Random
    compared: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)

    def open(self) -> str:
        """Return the first message: a kind of goods and up to two traits, those that matter more likelier."""
        return self._request(self.draws.choice(OPENING_TRAITS))

    def reply(self, answer: Answer) -> str | None:
        """Return what they say to `answer`, or None when something in it is taken."""
        if self.persona.accepted & set(answer.items):
            return None
        if answer.kind == "confirm":
            return self.voice.say("adult")
        if answer.items:
            return self._critique(answer.items)
        if answer.kind == "ask" and answer.asked:
            return self._answer(answer.asked)
        return self._request(1)

    def _request(self, traits: int) -> str:
        wishes = list(self._met())
        chosen: list[Wish] = []
        while wishes and len(chosen) < traits:
            wish = self.draws.choices(wishes, [one.weight for one in wishes])[0]
            wishes.remove(wish)
            chosen.append(wish)
        kind = self.voice.kind(self.persona.kind)
        if not chosen:
            return self.voice.say("open", kind=kind)
        return self.voice.say("open_with", kind=kind, traits=self.voice.joined([self._state(wish) for wish in chosen]))

    def _met(self) -> list[Wish]:
        """Return the wishes that the target grants at least half of; on the others the shopper has given way."""
        return [wish for wish in self.persona.taste if self._worth(wish, self.persona.target) >= wish.weight / 2]

    def _answer(self, asked: Sequence[str]) -> str:
        met = {wish.field: wish for wish in self._met()}
        said = [self._state(met[name]) for name in asked if name in met]
        if self.kind_field in asked:
            said.insert(0, self.voice.kind(self.persona.kind))
        return self.voice.joined(said) if said else self.voice.say("indifferent")

    def _critique(self, shown: Sequence[str]) -> str:
        goods = [name for name in shown if self.items[name].values.get(self.kind_field) == self.persona.kind]
        if not goods:
            return self.voice.say("wrong_kind", kind=self.voice.kind(self.persona.kind))
        unsaid = [wish for wish in self.persona.taste if wish.field not in self.stated]
        if self.draws.random() < OF_ALL and any(lacks := [min(self._lack(w, one) for one in goods) for w in unsaid]):
            wish = self.draws.choices(unsaid, lacks)[0]
            return self.voice.say("about", critique=self._criticised(wish, goods[0]))
        about = min(goods, key=self.persona.regret)
        if not any(lacks := [self._lack(wish, about) for wish in unsaid]):
            return self.voice.say("more_of_it")
        wish = self.draws.choices(unsaid, lacks)[0]
        place = self.voice.place(list(shown).index(about))
        return self.voice.say("near", place=place, critique=self._criticised(wish, about))

    def _criticised(self, wish: Wish, about: str) -> str:
        """Return the wish as a comparison the first time, as a bound or value after that."""
        if not wish.toward or wish.field in self.compared or wish.field not in self.items[about].values:
            return self._state(wish)
        self.compared.add(wish.field)
        return self.voice.compared(wish)

    def _state(self, wish: Wish) -> str:
        self.stated.add(wish.field)
        return self.voice.stated(wish, self.items[self.persona.target].values[wish.field])

    def _lack(self, wish: Wish, name: str) -> float:
        """Return how much worse than the target an item is in one field; 0 where it is as good."""
        return max(self._worth(wish, self.persona.target) - self._worth(wish, name), 0.0)

    def _worth(self, wish: Wish, name: str) -> float:
        return wish.worth(self.items[name].values.get(wish.field))
