"""What is asked of items, sums, reasons and the conversation, and the answer to it."""

from .answering import answered, reminded
from .inquiring import accepted, inquired, rated, with_inquiry
from .plans import taken_up
from .totals import total_of
from .wondering import with_question

__all__ = [
    "accepted",
    "answered",
    "inquired",
    "rated",
    "reminded",
    "taken_up",
    "total_of",
    "with_inquiry",
    "with_question",
]
