"""The reader: requirements, critiques and references in the user's words, without any model."""

from .figures import of_all_there_is, orders
from .goods import Exact, Narrower, parts_named, parts_of
from .message import Edit, Intent, Reading, Reference, Told
from .reader import Reader
from .stance import (
    gives_up,
    goes_on,
    is_unmoved,
    none_pleases,
    present_words,
    says_present,
    wants_others,
    will_do,
)
from .talk import BETWEEN, PERSONAL, tells_of_oneself
from .vocabulary import says_use

__all__ = [
    "BETWEEN",
    "PERSONAL",
    "Edit",
    "Exact",
    "Intent",
    "Narrower",
    "Reader",
    "Reading",
    "Reference",
    "Told",
    "gives_up",
    "goes_on",
    "is_unmoved",
    "none_pleases",
    "of_all_there_is",
    "orders",
    "parts_named",
    "parts_of",
    "present_words",
    "says_present",
    "says_use",
    "tells_of_oneself",
    "wants_others",
    "will_do",
]
