"""One reply in its conversation, with everything that it is judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import Any

from shortlist.reply import Reply
from shortlist_evals.invariants.satisfying import Clause, clauses, holds, unmet
from shortlist_evals.invariants.talker import Said
from shortlist_evals.invariants.worlds import World
from shortlist_tools.catalog import Item, Requirement


@dataclass(frozen=True)
class Moment:
    """One message, the reply to it, and what went before.

    Attributes:
        world: The catalog.
        policies: What the operator demands.
        facts: What the host said of the user.
        events: What the user did before.
        before: The exchanges before this one, in order.
        said: The message.
        reply: The reply to it.
        streamed: What was streamed of it, None where it was not.
    """

    world: World
    policies: Mapping[str, Any]
    facts: Mapping[str, Any]
    events: Sequence[Mapping[str, Any]]
    before: Sequence[tuple[Said, Reply]]
    said: Said
    reply: Reply
    streamed: Sequence[Mapping[str, Any]] | None = None

    @cached_property
    def items(self) -> list[Item]:
        """The shown items that exist, in order."""
        return [self.world.by_id[one.id] for one in self.reply.items if one.id in self.world.by_id]

    @cached_property
    def words(self) -> list[str]:
        """Everything the user said so far, this message last."""
        return [*(said.text for said, _ in self.before), self.said.text]

    @cached_property
    def house(self) -> list[Requirement]:
        """What policy demands of every item for this user."""
        rows = [
            Requirement(id=f"p{place}", origin="policy", **one)
            for place, one in enumerate(self.policies.get("require", ()), start=1)
        ]
        offer = self.policies.get("availability")
        has = self.facts.get(offer["user"]) if offer else None
        if offer and has:
            values = [has] if isinstance(has, str) else list(has)
            rows.append(Requirement(id="pa", field=offer["item"], op="contains_any", value=values, origin="policy"))
        return rows

    @cached_property
    def in_force(self) -> list[Requirement]:
        """Active hard requirements of the ledger, and those of the house."""
        return [row for row in self.reply.ledger if row.hard and row.status == "active"] + self.house

    @cached_property
    def missed(self) -> list[list[Clause]]:
        """For each item of the catalog, the clauses in force that it does not meet."""
        wanted = clauses(self.in_force)
        return [unmet(item, wanted, self.world.schema) for item in self.world.items]

    @cached_property
    def fitting(self) -> list[Item]:
        """The items that meet everything in force."""
        return [item for item, missed in zip(self.world.items, self.missed, strict=True) if not missed]

    @cached_property
    def counts(self) -> set[float]:
        """How many items meet everything in force, and how many more would without each single clause.

        With all of them, or without those that wait for an age, are barred, were shown before, or several of these.
        """
        found = {float(len(self.fitting))}
        for open_only, new_only, free_only in product((False, True), repeat=3):
            alone: Counter[str] = Counter()
            for item, missed in zip(self.world.items, self.missed, strict=True):
                closed = open_only and not self.of_age and self.restricted(item)
                hidden = (new_only and item.id in self.seen) or (free_only and item.id in self.barred)
                if len(missed) <= 1 and not closed and not hidden:
                    alone[missed[0][0][0].id if missed else ""] += 1
            fitting = alone.pop("", 0)
            found |= {float(count) for count in alone.values()} | {float(count + fitting) for count in alone.values()}
        return found

    @cached_property
    def barred(self) -> set[str]:
        """The ids of what policy keeps from this user: what is blocked, or was bought or watched."""
        kinds = set(self.policies.get("exclude_seen", ("bought", "watched")))
        had = {str(event["item_id"]) for event in self.events if event["kind"] in kinds}
        return had | set(self.policies.get("blocked", ()))

    @cached_property
    def seen(self) -> set[str]:
        """The ids of what was shown before, with its variants."""
        shown = {one.id for _, reply in self.before for one in reply.items}
        role = self.world.schema.roles.get("variant_group", "")
        groups = {item.values.get(role) for item in self.world.items if item.id in shown} - {None}
        return shown | {item.id for item in self.world.items if item.values.get(role) in groups}

    @cached_property
    def of_age(self) -> bool:
        """Whether the user's age is confirmed: by the host, or by a yes to the question for it."""
        gate = self.policies.get("age_gate")
        if gate is None:
            return True
        known = self.facts.get(gate["fact"]) is True
        exchanges = [*self.before, (self.said, self.reply)]
        for (_, asked), (answer, _) in pairwise(exchanges):
            if asked.kind == "confirm" and answer.confirms is not None:
                known = answer.confirms
        return known

    def restricted(self, item: Item) -> bool:
        """Return whether policy demands a confirmed age for `item`."""
        gate = self.policies.get("age_gate")
        return gate is not None and float(item.values.get(gate["field"], 0)) >= gate["minimum"]

    def breaks(self, item: Item, row: Requirement) -> bool:
        """Return whether `item` does not satisfy `row`."""
        return not holds(item, row, self.world.schema)
