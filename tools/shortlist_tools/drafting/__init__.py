"""Fact sheets, their rendering, the check of every claim against them, and requirements in words."""

from shortlist_tools.drafting.channels import CHAT, Channel
from shortlist_tools.drafting.claims import Problem, check
from shortlist_tools.drafting.describe import describe, named
from shortlist_tools.drafting.rendering import Rendered, render
from shortlist_tools.drafting.satisfying import satisfies
from shortlist_tools.drafting.sheet import Fact, FactSheet, ItemFacts, build_sheet
from shortlist_tools.drafting.values import render_value

__all__ = [
    "CHAT",
    "Channel",
    "Fact",
    "FactSheet",
    "ItemFacts",
    "Problem",
    "Rendered",
    "build_sheet",
    "check",
    "describe",
    "named",
    "render",
    "render_value",
    "satisfies",
]
