"""One message taken apart: clauses, mentions, and all that a stage of the reader may look at."""

from .clauses import Clause
from .context import Context, Draft, Figure, Moment, Question
from .coverage import Coverage
from .reading import Degree, Edit, Feedback, FeedbackKind, Intent, Reading, Reference, Told
from .scene import Marker, Mention, quoted_spans, read_scene

__all__ = [
    "Clause",
    "Context",
    "Coverage",
    "Degree",
    "Draft",
    "Edit",
    "Feedback",
    "FeedbackKind",
    "Figure",
    "Intent",
    "Marker",
    "Mention",
    "Moment",
    "Question",
    "Reading",
    "Reference",
    "Told",
    "quoted_spans",
    "read_scene",
]
