"""Which items make the slate, in which order, and whether a question is worth more than a suggestion."""

from .arranging import arranged, owed_after, with_variety
from .dropping import each_dropped
from .eligible import Eligible, eligible, left_without, uncounted
from .gating import (
    closed_parts,
    gives_way,
    must_confirm,
    names_more,
    wants_restricted,
    without_refused,
    without_restricted,
)
from .learned import outside_signals, person_of, slate_of, weights_of
from .near import of_the_kind, others_without, spent_name, worth_naming
from .slate import choose, offered_rows, one_product, products
from .suggesting import fields_to_ask, is_telling, leaves_it_to_us, nothing_known

__all__ = [
    "Eligible",
    "arranged",
    "choose",
    "closed_parts",
    "each_dropped",
    "eligible",
    "fields_to_ask",
    "gives_way",
    "is_telling",
    "leaves_it_to_us",
    "left_without",
    "must_confirm",
    "names_more",
    "nothing_known",
    "of_the_kind",
    "offered_rows",
    "one_product",
    "others_without",
    "outside_signals",
    "owed_after",
    "person_of",
    "products",
    "slate_of",
    "spent_name",
    "uncounted",
    "wants_restricted",
    "weights_of",
    "with_variety",
    "without_refused",
    "without_restricted",
    "worth_naming",
]
