"""The shop suite: conversations over the demo catalog, of every class that a shop assistant meets, in two languages."""

from shortlist_evals.shop.cases import CLASSES, Case, CaseTurn, Expected
from shortlist_evals.shop.holding import Held, hold
from shortlist_evals.shop.reading import CaseError, read_cases
from shortlist_evals.shop.suite import run
from shortlist_evals.shop.view import render

__all__ = ["CLASSES", "Case", "CaseError", "CaseTurn", "Expected", "Held", "hold", "read_cases", "render", "run"]
