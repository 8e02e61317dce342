"""The claim check: what a sentence says of the items, held against their facts."""

from shortlist_tools.drafting.claims.check import check
from shortlist_tools.drafting.claims.problem import Kind, Problem

__all__ = ["Kind", "Problem", "check"]
