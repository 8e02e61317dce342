"""What a message does in the conversation: asks, answers, corrects; and what of it is left to search by."""

from .agreement import agrees
from .corrections import correct_figures, correct_values, drop_slips, mark_replacements, read_answer
from .gates import mark_gates, tells_of_oneself
from .intent import guess_intent, wanted_count
from .leftover import leftover_query, wondered
from .told import PERSONAL, read_told
from .unheard import BETWEEN, unheard

__all__ = [
    "BETWEEN",
    "PERSONAL",
    "agrees",
    "correct_figures",
    "correct_values",
    "drop_slips",
    "guess_intent",
    "leftover_query",
    "mark_gates",
    "mark_replacements",
    "read_answer",
    "read_told",
    "tells_of_oneself",
    "unheard",
    "wanted_count",
    "wondered",
]
