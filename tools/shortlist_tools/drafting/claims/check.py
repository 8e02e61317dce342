"""The claim check: one sentence of a draft held against the fact sheet."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence

from shortlist_tools.catalog import Requirement
from shortlist_tools.drafting.claims.comparing import comparison_problems
from shortlist_tools.drafting.claims.features import feature_problems
from shortlist_tools.drafting.claims.figures import figure_problems
from shortlist_tools.drafting.claims.problem import Problem
from shortlist_tools.drafting.claims.reading import Reading, read
from shortlist_tools.drafting.claims.support import support_problems
from shortlist_tools.drafting.claims.wording import wording_problems
from shortlist_tools.drafting.rendering import render
from shortlist_tools.drafting.sheet import FactSheet

LONGEST = 2_000
"""Characters of a sentence that can be checked; no sentence of a message is that long."""


def check(
    sentence: str,
    sheet: FactSheet,
    requirements: Sequence[Requirement],
    language: str,
    *,
    others: Collection[str] = (),
    today: datetime.date | None = None,
    known: str | None = None,
) -> tuple[Problem, ...]:
    """Return what `sentence` claims that the sheet does not bear out; an empty tuple when every claim holds.

    Figures, dates, names, features, availability, comparisons, claims about the request, promises and the language are
    checked, in English and Chinese, by the words of the sheet's schema and a general lexicon. What nothing on the sheet
    can tell counts as a problem; opinions ("a good choice") and questions do not.

    Args:
        sentence: One sentence, with `[1]` and `{1.price}` as written or rendered already.
        sheet: The items and facts it may speak of.
        requirements: Those in force.
        language: The user's language.
        others: Titles of items that exist and are not on the sheet.
        today: The day that "this year" and the like are seen from; the present day by default.
        known: What the sentence may use the words of: texts of the items and what the user said. With it, words that
            stand nowhere are problems, too; without it they are taken for plain prose.
    """
    if len(sentence) > LONGEST:
        return (Problem(kind="length", span=sentence[:40], why=f"it is longer than {LONGEST:,} characters"),)
    unknown = [
        Problem(kind="unknown_item", span=reference, why="nothing on the sheet has this reference")
        for reference in render(sentence, sheet).unknown
    ]
    reading = read(sentence, sheet, requirements, language)
    found = dict.fromkeys(_problems(reading, others, today or datetime.datetime.now(datetime.UTC).date()))
    unsupported = [] if known is None else dict.fromkeys(support_problems(reading, known))
    return (*unknown, *found, *unsupported)


def _problems(reading: Reading, others: Collection[str], today: datetime.date) -> Iterator[Problem]:
    yield from figure_problems(reading, today)
    yield from feature_problems(reading)
    yield from comparison_problems(reading)
    yield from wording_problems(reading, others)
