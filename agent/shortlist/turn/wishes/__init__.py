"""What is being sought: the wish over several turns, its kinds, its order, and what the catalog lacks."""

from .asides import FOREIGN, without_asides
from .exactly import exact_rows, sold_out, without_each
from .missing import lacking, sought_after, with_good
from .preferred import (
    UNMEASURED,
    as_wished,
    given_way,
    measured,
    named_first,
    strictly,
    to_rank,
    utmost,
    utmost_of,
    wished_mask,
)
from .presents import grown_up_first, is_present, liked, with_present, worth_giving
from .sets import in_each_part, kinds_without, parts_sought, staying, takes_out, together
from .talked import with_talked_kind
from .unheard import taken_back, unborne, untold, with_unheard
from .wish import beyond, next_ledger, next_query

__all__ = [
    "FOREIGN",
    "UNMEASURED",
    "as_wished",
    "beyond",
    "exact_rows",
    "given_way",
    "grown_up_first",
    "in_each_part",
    "is_present",
    "kinds_without",
    "lacking",
    "liked",
    "measured",
    "named_first",
    "next_ledger",
    "next_query",
    "parts_sought",
    "sold_out",
    "sought_after",
    "staying",
    "strictly",
    "taken_back",
    "takes_out",
    "to_rank",
    "together",
    "unborne",
    "untold",
    "utmost",
    "utmost_of",
    "wished_mask",
    "with_good",
    "with_present",
    "with_talked_kind",
    "with_unheard",
    "without_asides",
    "without_each",
    "worth_giving",
]
