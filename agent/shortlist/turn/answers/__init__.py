"""What is asked of items, sums, reasons and the conversation, and the answer to it."""

from .answering import answered, reminded
from .inquiring import accepted, inquired, rated, with_inquiry
from .plans import singled_after, taken_up
from .taking import taken_after
from .totals import total_of
from .wondering import with_question

__all__ = [
    "accepted",
    "answered",
    "inquired",
    "rated",
    "reminded",
    "singled_after",
    "taken_after",
    "taken_up",
    "total_of",
    "with_inquiry",
    "with_question",
]
