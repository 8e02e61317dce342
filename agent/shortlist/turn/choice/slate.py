"""The slate: the best items, one a variant group, every wanted kind represented, within the budget of the set."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from shortlist.reader import orders
from shortlist.turn.state import Session, keeps_upper
from shortlist.turn.wishes import as_wished, named_first, parts_sought, strictly, together, utmost
from shortlist_tools.catalog import SLATE, Requirement, Snapshot
from shortlist_tools.ranking import Ranked
from shortlist_tools.text import find_numbers

MOST_SETS = 4_000
"""How many sets are compared when one item of each kind must fit one budget."""
CHEAPEST = 3
MOST_IN_SET = 4
CLEARLY = 0.9
"""Share of what a set costs that a cheaper one costs at most, where there is such a one."""


def choose(
    ranked: Sequence[Ranked],
    size: int,
    ledger: Sequence[Requirement],
    snapshot: Snapshot,
    words: str = "",
    kept: frozenset[str] = frozenset(),
) -> list[Ranked]:
    """Return the best items, one a variant group, every wanted kind represented, within the budget of the set.

    What the user would rather have narrows the slate as long as some item has it. The items stand by score, in the
    order of what was asked for in the superlative, or in that of `ranked` where something moved one of them there.
    `words` are those of the message that search by meaning goes by; `kept` are the items of a set that stay in it as
    long as the set can be had with them.
    """
    best = strictly(as_wished(ranked, ledger, snapshot, kept), ledger, snapshot)
    if any(orders(row.quote) for row in utmost(ledger)):
        return strictly(_chosen(best, size, ledger, snapshot, kept), ledger, snapshot)
    chosen = _chosen(named_first(best, ledger, snapshot, words), size, ledger, snapshot, kept)
    if not any(one.moved for one in ranked):
        return named_first(strictly(_in_order(chosen), ledger, snapshot), ledger, snapshot, words)
    place = {one.id: at for at, one in enumerate(ranked)}
    return sorted(chosen, key=lambda one: place[one.id])


def _chosen(
    ranked: Sequence[Ranked], size: int, ledger: Sequence[Requirement], snapshot: Snapshot, kept: frozenset[str]
) -> list[Ranked]:
    group_field = snapshot.schema.roles.get("variant_group")
    parts = [mask for _, mask in parts_sought(ledger, snapshot)[:size]]
    budgets = [row for row in ledger if row.scope == SLATE and row.hard]
    chosen: list[Ranked] = []
    groups: set[object] = set()

    def group_of(one: Ranked) -> object:
        return snapshot.value(one.row, group_field) if group_field else None

    def fits(one: Ranked) -> bool:
        group = group_of(one)
        return (group is None or group not in groups) and _within(budgets, [*chosen, one], snapshot)

    def take(one: Ranked) -> None:
        chosen.append(one)
        group = group_of(one)
        if group is not None:
            groups.add(group)

    for budget, staying in _ways(budgets, kept):
        best_set: list[Ranked] = []
        if budget and len(parts) > 1:
            best_set = _best_set(ranked, parts, budget, snapshot, staying)
        elif budget and 1 < size <= MOST_IN_SET:
            best_set = _best_of_many(ranked, size, budget, snapshot, staying)
        if best_set:
            return best_set
    for mask in parts:
        of_kind = [one for one in ranked if mask[one.row]]
        best = next((one for one in sorted(of_kind, key=lambda one: one.id not in kept) if fits(one)), None)
        if best is not None:
            take(best)
    if (budgets or together(ledger, snapshot)) and len(parts) > 1 and chosen:
        return chosen
    for one in sorted(ranked, key=lambda one: one.id not in kept):
        if len(chosen) >= size:
            break
        if one not in chosen and fits(one):
            take(one)
    return chosen


def _ways(budgets: list[Requirement], kept: frozenset[str]) -> list[tuple[list[Requirement], frozenset[str]]]:
    """Return the budgets and the items to stay that a set is tried with, in turn: "cheaper" means clearly cheaper."""
    lower = [
        row.model_copy(update={"value": row.value * CLEARLY}) if row.op == "<" and not find_numbers(row.quote) else row
        for row in budgets
    ]
    tried = [lower, budgets] if lower != budgets else [budgets]
    return [(rows, staying) for rows in tried for staying in dict.fromkeys([kept, frozenset[str]()])]


def products(fitting: NDArray[np.bool_], snapshot: Snapshot) -> int:
    """Return how many things the rows of `fitting` are, all variants of one counted once."""
    rows = np.flatnonzero(fitting)
    field = snapshot.schema.roles.get("variant_group")
    groups = [snapshot.value(int(row), field) for row in rows] if field else [None] * len(rows)
    return len({group for group in groups if group is not None}) + sum(group is None for group in groups)


def _in_order(chosen: Sequence[Ranked]) -> list[Ranked]:
    return sorted(chosen, key=lambda one: (-one.score, one.id))


def _best_set(
    ranked: Sequence[Ranked],
    parts: Sequence[NDArray[np.bool_]],
    budgets: Sequence[Requirement],
    snapshot: Snapshot,
    kept: frozenset[str],
) -> list[Ranked]:
    """Return one item of each part, together within the budgets and best in the sum of scores; empty if none is.

    Of each part the best and the cheapest are tried, fewer of each the more parts there are; of a part that has an item
    in `kept`, that one alone.
    """
    tried = max(3, int(MOST_SETS ** (1 / len(parts))) - CHEAPEST)
    pools = []
    for mask in parts:
        of_kind = [one for one in ranked if mask[one.row]]
        costs = {one.id: sum(float(snapshot.numbers(row.field)[one.row]) for row in budgets) for one in of_kind}
        cheap = sorted((one for one in of_kind if not np.isnan(costs[one.id])), key=lambda one: (costs[one.id], one.id))
        staying = [one for one in of_kind if one.id in kept]
        pools.append(staying or list({one.id: one for one in [*of_kind[:tried], *cheap[:CHEAPEST]]}.values()))
    sets = [each for each in product(*pools) if _one_a_group(each, snapshot) and _within(budgets, each, snapshot)]
    worth = _in_their_order(ranked)
    best = max(
        sets,
        key=lambda chosen: (round(sum(worth[one.id] for one in chosen), 6), [-one.row for one in chosen]),
        default=(),
    )
    return list(best)


def _in_their_order(ranked: Sequence[Ranked]) -> dict[str, float]:
    """Return scores that fall as `ranked` goes on: what was put behind others is worth no more than they are."""
    worth, least = {}, float("inf")
    for one in ranked:
        least = min(least, one.score)
        worth[one.id] = least
    return worth


def _best_of_many(
    ranked: Sequence[Ranked], size: int, budgets: Sequence[Requirement], snapshot: Snapshot, kept: frozenset[str]
) -> list[Ranked]:
    """Return `size` items, those in `kept` among them, together within the budgets and best in the sum of scores."""
    costs = {one.id: sum(float(snapshot.numbers(row.field)[one.row]) for row in budgets) for one in ranked}
    cheap = sorted((one for one in ranked if not np.isnan(costs[one.id])), key=lambda one: (costs[one.id], one.id))
    staying = [one for one in ranked if one.id in kept]
    pool = list({one.id: one for one in [*staying, *ranked[:10], *cheap[: 2 * size]]}.values())
    sets = [
        each
        for each in combinations(pool, size)
        if all(one in each for one in staying) and _one_a_group(each, snapshot) and _within(budgets, each, snapshot)
    ]
    best = max(
        sets, key=lambda each: (round(sum(one.score for one in each), 6), [-one.row for one in each]), default=()
    )
    return list(best)


def _one_a_group(chosen: Sequence[Ranked], snapshot: Snapshot) -> bool:
    field = snapshot.schema.roles.get("variant_group")
    groups = [group for one in chosen if field and (group := snapshot.value(one.row, field)) is not None]
    return len(groups) == len(set(groups))


def first_of_each_group(ranked: Sequence[Ranked], snapshot: Snapshot) -> list[Ranked]:
    """Return the first item of each variant group, in the order of `ranked`."""
    field = snapshot.schema.roles.get("variant_group")
    groups: set[object] = set()
    found = []
    for one in ranked:
        group = snapshot.value(one.row, field) if field else None
        if group is None or group not in groups:
            found.append(one)
            groups.add(group)
    return found


def one_product(ranked: Sequence[Ranked], snapshot: Snapshot) -> bool:
    """Return whether all are variants of one item, so that no question leads to another."""
    field = snapshot.schema.roles.get("variant_group")
    groups = {snapshot.value(one.row, field) if field else None for one in ranked}
    return len(groups) == 1 and None not in groups


def _within(budgets: Sequence[Requirement], slate: Sequence[Ranked], snapshot: Snapshot) -> bool:
    """Return whether the sum over the slate keeps every upper bound that was set for the whole of it.

    An item whose value is not known never fits a budget.
    """
    for budget in budgets:
        total = float(np.sum([snapshot.numbers(budget.field)[one.row] for one in slate]))
        if np.isnan(total) or not keeps_upper(total, budget, snapshot.schema):
            return False
    return True


def offered_rows(session: Session, snapshot: Snapshot) -> list[int]:
    """Return the rows of everything shown in this session, with the other variants of each."""
    rows = [snapshot.row_of[item] for item in session.offered if item in snapshot.row_of]
    group_field = snapshot.schema.roles.get("variant_group")
    if group_field is None:
        return rows
    codes, _ = snapshot.codes(group_field)
    groups = {int(codes[row]) for row in rows} - {-1}
    return [*rows, *np.flatnonzero(np.isin(codes, list(groups))).tolist()]


def variants_of(items: Sequence[str], hard: Sequence[Requirement], snapshot: Snapshot) -> list[int]:
    """Return the rows of the other variants of `items`, but for those that meet a requirement which the item does not.

    Who finds a lamp ugly wants none of it, in black no more than in white, unless white is what was asked for.
    """
    field = snapshot.schema.roles.get("variant_group")
    rows = [snapshot.row_of[item] for item in items if item in snapshot.row_of]
    if field is None or not rows:
        return []
    codes, _ = snapshot.codes(field)
    found: list[int] = []
    for row in rows:
        alike = np.flatnonzero(codes == codes[row]) if codes[row] >= 0 else ()
        missed = [one for one in hard if one.group is None and not snapshot.satisfies(row, one)]
        found += [int(at) for at in alike if not any(snapshot.satisfies(int(at), one) for one in missed)]
    return found
