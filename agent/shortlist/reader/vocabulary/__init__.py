"""The words of a catalog and of requests: how they are found in a message, in which forms and spellings."""

from .colloquial import spoken_quantities, with_apostrophes, with_plain_words
from .forms import is_chinese, plural, singular
from .grades import beside_a_name, grades
from .lexicon import Lexicon, Sense, data_values, readable
from .naming import MOST_ITEMS, Names
from .phrases import Found, Phrases, fold, is_cjk, is_word, longest, starts_word
from .spelling import one_wrong
from .wording import forms_of, has_form, said_in
from .words import general_words, is_called, says_use

__all__ = [
    "MOST_ITEMS",
    "Found",
    "Lexicon",
    "Names",
    "Phrases",
    "Sense",
    "beside_a_name",
    "data_values",
    "fold",
    "forms_of",
    "general_words",
    "grades",
    "has_form",
    "is_called",
    "is_chinese",
    "is_cjk",
    "is_word",
    "longest",
    "one_wrong",
    "plural",
    "readable",
    "said_in",
    "says_use",
    "singular",
    "spoken_quantities",
    "starts_word",
    "with_apostrophes",
    "with_plain_words",
]
