"""Shoppers with a hidden target and a taste: how soon each agent shows what they would take, cold and warm."""

from shortlist_evals.personas.suite import render, run

__all__ = ["render", "run"]
