"""Simulations of ranking: what learning, exploration, diversity and fairness bring, and what they cost."""

from shortlist_evals.ranking.catalogs import invented_catalog, snapshot_of

__all__ = ["invented_catalog", "snapshot_of"]
