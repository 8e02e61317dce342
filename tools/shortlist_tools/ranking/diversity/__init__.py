"""Slates that are varied, in proportion to interests, or surprising: how they are chosen, and how varied they are."""

from shortlist_tools.ranking.diversity.control import Mix, mix_of
from shortlist_tools.ranking.diversity.likeness import likeness, vectors
from shortlist_tools.ranking.diversity.measures import (
    calibration_error,
    coverage,
    effective_number,
    exposure_gini,
    intra_list_distance,
)
from shortlist_tools.ranking.diversity.rerank import interests_of, rerank

__all__ = [
    "Mix",
    "calibration_error",
    "coverage",
    "effective_number",
    "exposure_gini",
    "interests_of",
    "intra_list_distance",
    "likeness",
    "mix_of",
    "rerank",
    "vectors",
]
