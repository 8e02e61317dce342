"""Languages, cleaning, segmentation, numbers, units, money and dates in English and Chinese, without any domain."""

from shortlist_tools.text.alike import Mark, key_of, keys, marks, words_with
from shortlist_tools.text.cleaning import clean, fold
from shortlist_tools.text.dates import DateSpan, find_dates
from shortlist_tools.text.formatting import format_date, format_money, format_number, join_words
from shortlist_tools.text.languages import Language, detect_language
from shortlist_tools.text.numbers import Number, find_numbers
from shortlist_tools.text.quantities import Quantity, find_quantities
from shortlist_tools.text.scripts import simplified
from shortlist_tools.text.segmentation import SentenceStream, sentences
from shortlist_tools.text.tokens import tokens
from shortlist_tools.text.units import WORDS, convert, dimension

__all__ = [
    "WORDS",
    "DateSpan",
    "Language",
    "Mark",
    "Number",
    "Quantity",
    "SentenceStream",
    "clean",
    "convert",
    "detect_language",
    "dimension",
    "find_dates",
    "find_numbers",
    "find_quantities",
    "fold",
    "format_date",
    "format_money",
    "format_number",
    "join_words",
    "key_of",
    "keys",
    "marks",
    "sentences",
    "simplified",
    "tokens",
    "words_with",
]
