"""The reader: requirements, critiques and references in the user's words, without any model."""

from .exact import Exact
from .following import gives_up, goes_on, is_unmoved
from .narrower import Narrower
from .others import wants_others
from .parts import parts_of
from .reader import Reader
from .reading import Edit, Intent, Reading, Reference, Told
from .tastes import says_present
from .told import PERSONAL
from .words import says_use

__all__ = [
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
    "parts_of",
    "says_present",
    "says_use",
    "wants_others",
]
