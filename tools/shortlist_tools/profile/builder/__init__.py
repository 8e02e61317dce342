"""The builder without a model: from a person's events to facts that stand out against base rates over people."""

from shortlist_tools.profile.builder.build import build, with_semantic
from shortlist_tools.profile.builder.crowd import population_of
from shortlist_tools.profile.builder.units import Units, Visit, units_of, visits_of

__all__ = ["Units", "Visit", "build", "population_of", "units_of", "visits_of", "with_semantic"]
