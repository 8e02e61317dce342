"""What a profile scores against what is true of its shopper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from shortlist_evals.metrics import Interval
from shortlist_evals.profiles.judging import Judge, Wrong, claims_of, wrong_facts
from shortlist_evals.profiles.visits import Deed, visits_of
from shortlist_tools.profile import read_event
from shortlist_tools.profile.model import Profile

EARLY = 30
"""The events after which primary interests should stand."""
SOON = 8
"""The events after a change within which it should be found."""
RESAMPLES = 500
SEED = 20_260
Pairs = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass
class Sheet:
    """What one shopper's profiles scored.

    Attributes:
        values: Scores by metric; what says nothing about this shopper is absent.
        price: The measured price sensitivity, None where there is none.
        wrong: The facts that are not true.
        found_after: Events from the change until it was found, None where it was not.
    """

    values: dict[str, float] = field(default_factory=dict)
    price: float | None = None
    wrong: list[Wrong] = field(default_factory=list)
    found_after: int | None = None


def score_early(judge: Judge, profile: Profile, sheet: Sheet) -> None:
    """Score the profile of the first `EARLY` events: primary interests, and what is false."""
    claims = claims_of(each for each in profile.interests if each.tier == "primary")
    primary, phase = judge.shopper.primary(), judge.phases[0]
    if claims:
        sheet.values["primary_precision"] = sum(judge.is_primary(claim) for claim in claims) / len(claims)
    sheet.values["primary_recall"] = len(judge.truth.told(claims, phase) & primary) / len(primary)
    _true_facts(judge, profile, sheet, "true_facts_early")


def score_whole(judge: Judge, profile: Profile, sheet: Sheet) -> None:
    """Score the profile of all events: facts, price, brand, identities, edges, evidence, calm."""
    shopper, values = judge.shopper, sheet.values
    _true_facts(judge, profile, sheet, "true_facts")
    sheet.price = profile.behaviour.price.amount if profile.behaviour.price else None
    values["price_known"] = float(sheet.price is not None)
    kept = {person.brand for person in shopper.people if person.brand}
    if kept:
        said = {str(fact.value) for fact in profile.behaviour.brands}
        said |= {str(each.value) for each in profile.interests if each.field == judge.world.brand}
        values["brand_found"] = len(kept & said) / len(kept)
    if shopper.drift_to is None:
        values["calm"] = float(not profile.drift)
    values["identity"] = float(people_right(judge, profile))
    known = {read_event(deed.event).id for deed in judge.deeds}
    inferred = [fact for fact in profile.facts() if fact.origin != "stated"]
    if inferred:
        proven = [fact for fact in inferred if fact.evidence and known.issuperset(fact.evidence)]
        values["evidence"] = len(proven) / len(inferred)
    if shopper.statements:
        field, newest = shopper.statements[-1]
        values["newest_stated"] = float([fact.value for fact in profile.stated if fact.field == field] == [newest])
    _edges(judge, profile, values)


def score_change(judge: Judge, profiles: Sequence[Profile], sheet: Sheet) -> None:
    """Score the profiles after each event from the first of a new pursuit on: whether one soon says that it is new.

    `drift_found` allows `SOON` events whatever they are for, `drift_found_own` as many of the new pursuit.
    """
    new, phase = judge.shopper.drift_to, judge.phases[-1]
    for after, profile in enumerate(profiles, start=1):
        claims = claims_of(each for each in profile.drift if each.direction == "up")
        claims += claims_of(each for each in profile.interests if each.tier == "emerging")
        if any(judge.truth.stands_for(claim, phase) == new for claim in claims):
            sheet.found_after = after
            break
    sheet.values["drift_found"] = float(sheet.found_after is not None and sheet.found_after <= SOON)
    sheet.values["drift_found_own"] = float(sheet.found_after is not None)


def people_right(judge: Judge, profile: Profile) -> bool:
    """Return whether the people of an account are told apart, and nobody is where there is one person.

    Of a shared account each person must be one identity, told by interests that are that person's and not the other's.
    Of an account of one person, identities are right only when they name for whom presents are.
    """
    shopper, phase = judge.shopper, judge.phases[0]
    told = [
        judge.truth.told((_split(claim) for claim in identity.interests), phase)
        for identity in profile.identities if identity.recipient is None
    ]  # fmt: skip
    if len(shopper.people) < 2:
        recipients = {identity.recipient for identity in profile.identities} - {None}
        return len(told) <= 1 and recipients <= {shopper.recipient}
    own = [max(person.pursuits, key=lambda name: person.pursuits[name]) for person in shopper.people]
    return len(told) == len(own) and all(
        sum(mine in each and not (set(own) - {mine}) & each for each in told) == 1 for mine in own
    )


def _edges(judge: Judge, profile: Profile, values: dict[str, float]) -> None:
    """Score edges between interests: right within a pursuit, and between pursuits that meet in the same visits."""
    phase = judge.phases[-1]
    stands = {each.id: judge.truth.stands_for((each.field, str(each.value)), phase) for each in profile.interests}
    planted = _met(judge.deeds)
    found: set[frozenset[str]] = set()
    right = 0
    for edge in profile.edges:
        one, other = stands.get(edge.source), stands.get(edge.target)
        if one is not None and other is not None:
            found |= {frozenset((one, other))} if one != other else set()
            right += one == other or frozenset((one, other)) in planted or _overlap(judge, one, other)
    if profile.edges:
        values["edge_precision"] = right / len(profile.edges)
    frequent = {pair for pair, count in planted.items() if count >= 3 and pair <= set(phase.weights)}
    if frequent:
        values["edge_recall"] = len(frequent & found) / len(frequent)


def _met(deeds: Sequence[Deed]) -> dict[frozenset[str], int]:
    """Return in how many visits people went from one pursuit to another of their own, by pair."""
    met: dict[frozenset[str], int] = {}
    for _, visit in visits_of(deeds):
        pursued = {deed.pursuit for deed in visit if deed.pursuit and deed.person not in ("gift", "trip", "idle")}
        for pair in combinations(sorted(pursued), 2):
            met[frozenset(pair)] = met.get(frozenset(pair), 0) + 1
    return met


def _overlap(judge: Judge, one: str, other: str) -> bool:
    """Return whether two pursuits share a fifth of the smaller one's items: they meet in the items themselves."""
    items = [{item.id for item in judge.world.pursuits[name].items} for name in (one, other)]
    return len(items[0] & items[1]) >= 0.2 * min(map(len, items))


def _true_facts(judge: Judge, profile: Profile, sheet: Sheet, metric: str) -> None:
    wrong, judged = wrong_facts(judge, profile)
    sheet.wrong += wrong
    if judged:
        sheet.values[metric] = 1 - len(wrong) / judged


def spearman(planted: Sequence[float], measured: Sequence[float]) -> Interval:
    """Return Spearman's rank correlation with its percentile bootstrap interval over shoppers; 0 without any."""
    if len(planted) < 3:
        return Interval(0.0, 0.0, 0.0)
    pairs = np.array([planted, measured], dtype=np.float64)
    draws = np.random.default_rng(SEED).integers(0, pairs.shape[1], size=(RESAMPLES, pairs.shape[1]))
    low, high = np.quantile([rank_correlation(pairs[:, chosen]) for chosen in draws], [0.025, 0.975])
    return Interval(rank_correlation(pairs), float(low), float(high))


def rank_correlation(pairs: Pairs) -> float:
    """Return Spearman's rank correlation of `pairs`, of shape (2, n); 0 where one side is all the same."""
    one, other = (_ranked(side) for side in pairs)
    if one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def ranks(values: Sequence[float]) -> list[float]:
    """Return the ranks of `values` from 0 to 1, ties sharing their mean rank."""
    return [float(rank) for rank in (_ranked(np.asarray(values)) - 1) / max(1, len(values) - 1)]


def _ranked(values: Pairs) -> Pairs:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    means: Pairs = np.cumsum(counts) - (counts - 1) / 2
    return means[inverse]


def add_price_ranks(sheets: Mapping[str, Sheet], planted: Mapping[str, float]) -> None:
    """Give each sheet with a price sensitivity `price_rank`: 1 less the distance of its rank to the planted one's."""
    known = [case for case, sheet in sheets.items() if sheet.price is not None]
    true, said = ranks([planted[case] for case in known]), ranks([sheets[case].price or 0.0 for case in known])
    for case, one, other in zip(known, true, said, strict=True):
        sheets[case].values["price_rank"] = 1 - abs(one - other)


def _split(claim: str) -> tuple[str, str]:
    name, _, value = claim.partition("=")
    return name, value
