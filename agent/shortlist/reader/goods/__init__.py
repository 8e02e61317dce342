"""Which goods a message is about: kinds and their narrower names, titles, references, sets of several kinds."""

from .carried import not_of_the_kind, of_the_kind, restated, without_sizes
from .exact import Exact
from .goods import asks_for_one, named_good
from .implied import implied_kind, kind_of_reference, replaced_kind
from .kinds import mark_features, mark_topics, topics
from .modifiers import with_modifiers
from .narrower import Narrower, read_narrower, read_topic
from .parts import parts_of
from .references import find_references
from .sets import name_closer, of_the_part, read_exchange, read_further, read_less, read_part, spread, swap_in_set
from .short_names import kinds_by_ending, parts_named, short_kinds, with_short_kinds
from .structure import mark_structure
from .sums import for_all_parts, mark_sums
from .titles import Titles

__all__ = [
    "Exact",
    "Narrower",
    "Titles",
    "asks_for_one",
    "find_references",
    "for_all_parts",
    "implied_kind",
    "kind_of_reference",
    "kinds_by_ending",
    "mark_features",
    "mark_structure",
    "mark_sums",
    "mark_topics",
    "name_closer",
    "named_good",
    "not_of_the_kind",
    "of_the_kind",
    "of_the_part",
    "parts_named",
    "parts_of",
    "read_exchange",
    "read_further",
    "read_less",
    "read_narrower",
    "read_part",
    "read_topic",
    "replaced_kind",
    "restated",
    "short_kinds",
    "spread",
    "swap_in_set",
    "topics",
    "with_modifiers",
    "with_short_kinds",
    "without_sizes",
]
