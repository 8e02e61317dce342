"""Why an item stands where it does: exact contributions as words and bars, and what would have to change."""

from shortlist_tools.ranking.explanation.counterfactual import Change, changes, told, weights_behind
from shortlist_tools.ranking.explanation.names import NAMES as NAMES_OF_SIGNALS
from shortlist_tools.ranking.explanation.names import named, phrase
from shortlist_tools.ranking.explanation.picture import bar_lines, draw_bars, summed
from shortlist_tools.ranking.explanation.words import leading, moves, sentence

__all__ = [
    "NAMES_OF_SIGNALS",
    "Change",
    "bar_lines",
    "changes",
    "draw_bars",
    "leading",
    "moves",
    "named",
    "phrase",
    "sentence",
    "summed",
    "told",
    "weights_behind",
]
