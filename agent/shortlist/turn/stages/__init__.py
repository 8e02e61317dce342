"""The stages of a turn, one module each, with the parts that only they use."""

from .compose import composed, shown_items
from .composing import composer
from .decide import decide
from .draft import MOST_SENTENCES, Brief, draft
from .gather import gather, profile_of
from .plan import make_plan, replanned, without_foreign_money
from .plan_rows import is_said, parse_row
from .remember import (
    SessionBusyError,
    change_session,
    commit_turn,
    forget_session,
    load_session,
    next_session,
    stored_reply,
)
from .sheet import sheet_of
from .understand import answered_confirmation, read_message
from .verify import Sentence, known_texts, verified

__all__ = [
    "MOST_SENTENCES",
    "Brief",
    "Sentence",
    "SessionBusyError",
    "answered_confirmation",
    "change_session",
    "commit_turn",
    "composed",
    "composer",
    "decide",
    "draft",
    "forget_session",
    "gather",
    "is_said",
    "known_texts",
    "load_session",
    "make_plan",
    "next_session",
    "parse_row",
    "profile_of",
    "read_message",
    "replanned",
    "sheet_of",
    "shown_items",
    "stored_reply",
    "verified",
    "without_foreign_money",
]
