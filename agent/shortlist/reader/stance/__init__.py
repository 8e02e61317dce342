"""How what is said is meant: wanted, refused, taken back, liked, told in passing."""

from .accepted import read_accepted, will_do
from .asides import mark_asides
from .feedback import asked_currency, mark_own_ratings, read_feedback, recalled, refuse_brand, wants_alike
from .following import gives_up, goes_on, is_unmoved
from .others import none_pleases, wants_others
from .polarity import REFUSED_GAP, Target, flipped, mark_negations, mark_wishes, targets_of
from .refusals import mark_continued, refused_spans
from .tastes import is_present, mark_tastes, persons, present_words, read_pursuits, says_present
from .values import read_values, value_sense
from .withdrawals import read_withdrawals

__all__ = [
    "REFUSED_GAP",
    "Target",
    "asked_currency",
    "flipped",
    "gives_up",
    "goes_on",
    "is_present",
    "is_unmoved",
    "mark_asides",
    "mark_continued",
    "mark_negations",
    "mark_own_ratings",
    "mark_tastes",
    "mark_wishes",
    "none_pleases",
    "persons",
    "present_words",
    "read_accepted",
    "read_feedback",
    "read_pursuits",
    "read_values",
    "read_withdrawals",
    "recalled",
    "refuse_brand",
    "refused_spans",
    "says_present",
    "targets_of",
    "value_sense",
    "wants_alike",
    "wants_others",
    "will_do",
]
