"""Building a profile without a model: statistics of one person against one snapshot of base rates over people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile.builder.choosing import behaviour_of
from shortlist_tools.profile.builder.interests import dislikes_of, edges_of, interests_of
from shortlist_tools.profile.builder.mixture import components_of, emerging_of, latest_of, tastes_of
from shortlist_tools.profile.builder.signals import content_of, context_of
from shortlist_tools.profile.builder.standouts import Bar, supported
from shortlist_tools.profile.builder.units import units_of, visits_of
from shortlist_tools.profile.builder.whom import identities_of, is_for_others, needs_of, passing
from shortlist_tools.profile.builder.words import stretches_of
from shortlist_tools.profile.model import Level, Profile, ProfileFact, fact_id
from shortlist_tools.profile.pairs import pair_index
from shortlist_tools.profile.population import Population, nobody
from shortlist_tools.profile.sentences import sentence
from shortlist_tools.profile.shift import drift_of
from shortlist_tools.profile.statistics import Statistics

ENOUGH_BEHAVIOUR = 5
"""Events with items from which behaviour says something."""


def build(
    user: str,
    statistics: Statistics,
    snapshot: Snapshot,
    population: Population | None,
    now: float,
    stated: Sequence[Mapping[str, Any]] = (),
) -> Profile:
    """Return the profile of `user` as seen at `now` (Unix seconds).

    It depends on nothing but what is given: the same events in any order, taken one by one or all at once, give the
    same profile.

    Args:
        user: Whose profile it is.
        statistics: His or her events.
        snapshot: The catalog they are about.
        population: Base rates over people; None, or of another version of the catalog, means every item alike.
        now: The moment; what was done long before counts less.
        stated: Facts as the store keeps them, with field, value, origin and time.
    """
    index = pair_index(snapshot)
    base = population if population is not None and population.version == snapshot.version else nobody(snapshot)
    visits = visits_of(statistics.acts)
    short = passing(visits)
    own = [visit for visit in visits if visit.number not in short and not is_for_others(visit)]
    liked, against = units_of(own, snapshot, now), units_of(own, snapshot, now, against=True)
    drift = drift_of(liked, index, snapshot.schema)
    codes = supported(liked, index, Bar())
    latest, stretches = latest_of(liked, stretches_of(own, liked, snapshot))
    pursued = components_of(latest, index, base, codes, stretches)
    fresh = emerging_of(latest, index, base, pursued, stretches)
    interests = interests_of(liked, index, base.attention, snapshot.schema, drift, pursued, fresh, codes)
    named = {index.code_of[each.field, str(each.value)]: each for each in interests}
    tastes = {visit: named[code].id for visit, code in tastes_of(latest, pursued, stretches).items()}
    profile = Profile(
        user=user,
        built=now,
        events=statistics.total,
        interests=interests,
        edges=edges_of(interests, liked, index),
        dislikes=dislikes_of(against, liked, index, base.attention, snapshot.schema),
        behaviour=behaviour_of(own, liked, index, base.attention, snapshot, interests),
        content=content_of(statistics.acts, snapshot),
        context=context_of(visits),
        needs=needs_of(visits, now),
        identities=identities_of(visits, tastes, interests, snapshot),
        drift=drift,
        stated=tuple(_stated(fact, snapshot) for fact in stated),
    )
    return profile.model_copy(update={"level": _level(profile, len(liked) + len(against))})


def with_semantic(profile: Profile, facts: tuple[ProfileFact, ...]) -> Profile:
    """Return `profile` with what a model read, and the level that then has support."""
    return profile.model_copy(update={"semantic": facts, "level": 3}) if facts else profile


def _level(profile: Profile, units: int) -> Level:
    """Return the personalisation that the evidence supports."""
    if profile.interests or profile.dislikes:
        return 3
    return 2 if units >= ENOUGH_BEHAVIOUR else 1 if profile.events or profile.stated else 0


def _stated(fact: Mapping[str, Any], snapshot: Snapshot) -> ProfileFact:
    field, value, time = str(fact["field"]), fact["value"], float(fact["time"])
    said = value if isinstance(value, str | bool | int | float | list) else str(value)
    kept = [str(one) for one in said] if isinstance(said, list) else said
    person = fact.get("origin") == "stated"
    return ProfileFact(
        id=fact_id("stated", field, kept),
        kind="stated",
        field=field,
        value=kept,
        confidence=1.0,
        first_seen=time,
        last_seen=time,
        origin="stated",
        sentence=sentence(f"stated.{'person' if person else 'host'}", snapshot.schema, field=field, value=kept),
    )
