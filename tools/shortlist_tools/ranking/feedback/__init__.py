"""Learning from what people do with what they are shown."""

from shortlist_tools.ranking.feedback.belief import Belief
from shortlist_tools.ranking.feedback.personal import STEEPNESS, comparisons, learn
from shortlist_tools.ranking.feedback.slates import Answered, Joined, Shown, Slate, join

__all__ = ["STEEPNESS", "Answered", "Belief", "Joined", "Shown", "Slate", "comparisons", "join", "learn"]
