"""Complete conversations without any model: the built-in planner and drafter, which every model call falls back on."""

from shortlist.offline.drafter import Line, assumption_lines, currency_text, draft_lines, glimpse_of, item_line
from shortlist.offline.phrases import say
from shortlist.offline.planner import plan_from_reading, with_steps
from shortlist.offline.questions import question_text
from shortlist.offline.reasons import reasons
from shortlist.offline.small_talk import INDEFINITE, INDIFFERENT, OFF_TOPIC, OPENING, small_talk

__all__ = [
    "INDEFINITE",
    "INDIFFERENT",
    "OFF_TOPIC",
    "OPENING",
    "Line",
    "assumption_lines",
    "currency_text",
    "draft_lines",
    "glimpse_of",
    "item_line",
    "plan_from_reading",
    "question_text",
    "reasons",
    "say",
    "small_talk",
    "with_steps",
]
