"""Invariants: random conversations, after every reply of which nothing may be invented, forgotten or out of policy."""

from shortlist_evals.invariants.suite import render, run

__all__ = ["render", "run"]
