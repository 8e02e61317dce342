"""Simulations of ranking: what learning, exploration, diversity and fairness bring, and what they cost."""

from shortlist_evals.ranking.catalogs import invented_catalog, snapshot_of
from shortlist_evals.ranking.suite import render, run

__all__ = ["invented_catalog", "render", "run", "snapshot_of"]
