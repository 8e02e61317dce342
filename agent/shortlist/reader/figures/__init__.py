"""What numbers, degrees and dates ask for, and of which field."""

from .ages import is_told, no_child_after_all
from .amounts import as_range, asked_about, counted, measured, recent, unit_words
from .attribution import PEOPLE, beyond_all, field_of, in_unit_of
from .currencies import settle_currencies
from .degrees import read_degrees, without_bounded
from .figures import figure_draft, read_figures
from .multiples import read_multiples
from .nearness import Neighbours, asked_neighbours, is_about_neighbours, left_behind, mark_anchors
from .orders import (
    counts_the_best,
    mark_counts,
    of_all_there_is,
    of_the_shop,
    ordered_before,
    orders,
    read_orders,
    read_reversed,
)
from .persons import mark_persons
from .without import read_without

__all__ = [
    "PEOPLE",
    "Neighbours",
    "as_range",
    "asked_about",
    "asked_neighbours",
    "beyond_all",
    "counted",
    "counts_the_best",
    "field_of",
    "figure_draft",
    "in_unit_of",
    "is_about_neighbours",
    "is_told",
    "left_behind",
    "mark_anchors",
    "mark_counts",
    "mark_persons",
    "measured",
    "no_child_after_all",
    "of_all_there_is",
    "of_the_shop",
    "ordered_before",
    "orders",
    "read_degrees",
    "read_figures",
    "read_multiples",
    "read_orders",
    "read_reversed",
    "read_without",
    "recent",
    "settle_currencies",
    "unit_words",
    "without_bounded",
]
