"""Whether what a profile says of a shopper is true by plan: of every kind of fact, and why where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shortlist_evals.profiles.people import Shopper
from shortlist_evals.profiles.pursuits import World
from shortlist_evals.profiles.truth import ABOVE, MORE, Claim, Phase, Truth, mass
from shortlist_evals.profiles.visits import Deed
from shortlist_tools.profile.model import Drift, Interest, Measure, Profile, ProfileFact

PART = 0.08
"""Of what is done, the least share that makes a part of a primary pursuit a primary interest of its own."""
MOVED = 0.1
"""By how much a value's planned share has moved where a drift of it is true."""
REFUSED = 0.5
"""A value is disliked by plan when this share of its items has what is refused, or when its lift is below this."""


@dataclass(frozen=True)
class Wrong:
    """A fact that is not true: its shopper's class, its kind and field, what it says, and what it was read from."""

    shopper: str
    case: str
    kind: str
    claim: str
    cause: str


@dataclass(frozen=True)
class Judge:
    """Judges profiles of one shopper.

    Attributes:
        shopper: Whose they are.
        truth: What is true of everybody.
        world: What there is to pursue.
        deeds: What happened so far.
        later: Whether the change of life has come, so that both phases are true of the past.
    """

    shopper: Shopper
    truth: Truth
    world: World
    deeds: Sequence[Deed]
    later: bool = False

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases that the deeds come from."""
        first, second = self.truth.phases[self.shopper.id]
        return (first, second) if self.later else (first,)

    def is_primary(self, claim: Claim) -> bool:
        """Return whether `claim` is much of what is done in any phase, or a part of what is mostly done."""
        found = False
        for late, phase in enumerate(self.phases):
            part = mass(self.truth.values.having(claim), phase.whole) >= PART and self.truth.lift(claim, phase) >= MORE
            pursued = self.truth.stands_for(claim, phase) in self.shopper.primary(later=bool(late))
            found |= self.truth.is_primary(claim, phase) or (part and pursued)
        return found

    def holds(self, fact: ProfileFact) -> bool | None:
        """Return whether `fact` is true by plan, None where the plan says nothing about it."""
        claim = (fact.field, str(fact.value))
        if isinstance(fact, Drift):
            return self._drifts(claim, fact.direction)
        if isinstance(fact, Interest):
            tells = any(self.truth.told([claim], phase) for phase in self.phases)
            return tells or max(self.truth.lift(claim, phase) for phase in self.phases) >= ABOVE
        if isinstance(fact, Measure):
            return self._measured(fact)
        if fact.kind == "dislike":
            return self._refused(claim)
        if fact.kind == "loyalty":
            kept = any(person.brand == fact.value for person in self.shopper.people)
            return kept or max(self.truth.lift((self.world.brand, str(fact.value)), p) for p in self.phases) >= MORE
        if fact.kind == "identity":
            recipient = getattr(fact, "recipient", None)
            return recipient == self.shopper.recipient if recipient else len(self.shopper.people) > 1
        if fact.kind == "need":
            return self._needed(str(fact.value))
        if fact.kind == "context" and fact.field == "device":
            return str(fact.value) in {deed.event["context"]["device"] for deed in self.deeds}
        if fact.kind == "content" and fact.field == "language":
            return fact.value == self.shopper.language
        return None

    def cause(self, fact: ProfileFact) -> str:
        """Return whose deeds a false fact was mostly read from: `gift`, `trip`, `idle`, `own` or `nothing`."""
        items = self.truth.values.having((fact.field, str(fact.value)))
        counts: dict[str, int] = {}
        for deed in self.deeds:
            if deed.event.get("item_id") in items:
                who = deed.person if deed.person in ("gift", "trip", "idle") else "own"
                counts[who] = counts.get(who, 0) + 1
        return max(counts, key=lambda who: (counts[who], who)) if counts else "nothing"

    def _drifts(self, claim: Claim, direction: str) -> bool:
        if len(self.phases) < 2:
            return False
        before, after = (self.truth.values.share(claim, phase.whole) for phase in self.phases)
        return (after - before if direction == "up" else before - after) >= MOVED

    def _measured(self, fact: Measure) -> bool | None:
        """A price sensitivity surely above (below) that of others is true of a shopper who is above (below) theirs."""
        if fact.kind != "price" or (fact.low <= 0 <= fact.high):
            return None
        return (self.shopper.thrift > self.truth.usual_thrift) == (fact.low > 0)

    def _refused(self, claim: Claim) -> bool:
        items = self.truth.values.having(claim)
        met = {deed.event["item_id"] for deed in self.deeds if deed.event.get("item_id") in items}
        for person in self.shopper.people:
            if person.refused is not None and met:
                refused = self.truth.values.having(person.refused)
                if len(met & refused) >= REFUSED * len(met):
                    return True
        return max(self.truth.lift(claim, phase) for phase in self.phases) < REFUSED

    def _needed(self, said: str) -> bool:
        told = {str(deed.event["context"].get(name)) for deed in self.deeds for name in ("recipient", "occasion")}
        told |= {deed.person for deed in self.deeds if deed.person in ("gift", "trip")}
        return any(one in said for one in told - {"None"}) or self.shopper.recipient is not None


def wrong_facts(judge: Judge, profile: Profile) -> tuple[list[Wrong], int]:
    """Return the false facts of `profile`, and how many facts could be judged."""
    wrong, judged = [], 0
    for fact in profile.facts():
        holds = judge.holds(fact)
        judged += holds is not None
        if holds is False:
            claim = f"{fact.field}={fact.value}"
            if isinstance(fact, Drift):
                claim += f" {fact.direction}"
            wrong.append(Wrong(judge.shopper.kind, judge.shopper.id, fact.kind, claim, judge.cause(fact)))
    return wrong, judged


def claims_of(facts: Iterable[ProfileFact]) -> list[Claim]:
    """Return what `facts` say as fields and values."""
    return [(fact.field, str(fact.value)) for fact in facts]
