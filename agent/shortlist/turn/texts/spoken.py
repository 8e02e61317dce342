"""Wishes that no field holds and only texts tell: what says so comes first, what warns goes out, no field filters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shortlist.decision import Quote
from shortlist.reader import PERSONAL, Exact, Told
from shortlist.turn.state import UNWANTED, Services, Session, names
from shortlist_tools.catalog import Requirement, Schema
from shortlist_tools.ranking import Ranked
from shortlist_tools.search import (
    EmbeddingError,
    Passage,
    entitled,
    meanings,
    other_sort,
    passages,
    sorted_out,
    stance,
    tellers,
)
from shortlist_tools.text import detect_language

from .telling import told_words

CONCERN = "!="
"""The comparison of a worry: who is allergic to wool wants what is without it, and nothing that warns of it."""

MOST_QUOTED = 2
"""Sentences quoted of one item."""
OF_ONE_MEASURE = 0.5
"""Similarity from which on two sorts are told by the same measure, so that one of them is not the other."""
_SHORT, _STYLE = 2, "式"
"""Characters of a Chinese sort that is named without the one that it ends in, and that one."""


class Verdicts(NamedTuple):
    """What texts tell of the wishes in force: rows that say so, rows that speak against it, each with its sentence."""

    fits: dict[int, tuple[Quote, ...]]
    against: dict[int, tuple[Quote, ...]]
    untold: tuple[Requirement, ...]
    wishes: tuple[Requirement, ...]
    bad: dict[str, frozenset[int]]
    elsewhere: frozenset[str]

    def among(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which of `rows` to show: those that say so before those that are silent, before those against."""
        fits, bad = (np.isin(rows, list(which)) for which in (self.fits, self.against))
        most = max((len(self.fits[row]) for row in rows[fits & ~bad].tolist()), default=0)
        best = np.array([len(self.fits.get(row, ())) == most for row in rows.tolist()], dtype=np.bool_)
        return best & ~bad if (best & ~bad).any() else ~bad if (~bad).any() else np.ones(len(rows), dtype=np.bool_)


def is_spoken(row: Requirement, schema: Schema) -> bool:
    """Return whether a row of the ledger is a wish that only texts tell."""
    return not row.hard and row.field == schema.roles.get("description")


def without_spoken(ledger: Sequence[Requirement], schema: Schema) -> list[Requirement]:
    """Return the ledger without the wishes that only texts tell, which no mask and no signal can measure."""
    return [row for row in ledger if not is_spoken(row, schema)]


def spoken_row(told: Told, schema: Schema) -> Requirement | None:
    """Return the row that a wish stands in the ledger as, where items are described at all."""
    described = schema.roles.get("description")
    if described is None or not told_words(told.words):
        return None
    ops: dict[str, Literal["contains", "not_contains", "!="]] = {"wants": "contains", "refuses": "not_contains"}
    op = ops.get(told.stance, CONCERN)
    return Requirement(field=described, op=op, value=told.words, hard=False, quote=told.words)


def is_told(row: Requirement, services: Services) -> bool:
    """Return whether the texts of any item speak of a wish, or of another sort than it wants."""
    return next(_heard(row, services), None) is not None


def _is_personal(wish: Requirement) -> bool:
    """Return whether a worry is about the person: what says that it is for the pregnant is what they look for."""
    return any(key in PERSONAL for key in told_words(str(wish.value)))


def verdicts(ledger: Sequence[Requirement], rows: NDArray[np.int64], services: Services) -> Verdicts | None:
    """Return what the texts of `rows` tell of the wishes in force that only texts tell; None where they tell nothing.

    What a title calls by a value that is refused goes out as well, whatever the fields say: no horror.
    """
    in_force = [row for row in ledger if row.status == "active"]
    wishes = [row for row in in_force if is_spoken(row, services.schema)]
    here = set(rows.tolist())
    against = dict(_called_by_refused(in_force, here, services))
    if not wishes and not against:
        return None
    fits: dict[int, tuple[Quote, ...]] = {}
    untold: list[Requirement] = []
    elsewhere: set[str] = set()
    bad: dict[str, frozenset[int]] = {}
    for wish in wishes:
        heard = list(_heard(wish, services))
        told = [each for each in heard if each[0] in here]
        described = any(good and passage.source != "review" for _, passage, good in told)
        for row, passage, good in told:
            if good and described and passage.source == "review" and wish.op == "contains":
                continue  # a buyer's word counts where no description tells it: who compares names what it is not
            quote = Quote(item=services.snapshot.ids[row], source=passage.source, text=passage.text)
            into = fits if good else against
            into[row] = (*into.get(row, ()), quote)
            bad[wish.id] = bad.get(wish.id, frozenset()) | (frozenset() if good else {row})
        # What others are told to be, and nothing here, is refused by them alone.
        refused = wish.op == "not_contains" and any(not good for _, _, good in heard)
        # Where others say that they are without it, what is silent may have it.
        known = wish.op != "contains" and any(good for _, _, good in heard) and not _sort_of(wish, services)
        silent = not any(good or (wish.op != "contains" and not known) for _, _, good in told)
        if silent and (known or not refused):
            untold.append(wish)
            elsewhere |= {wish.id} if any(good for _, _, good in heard) else set()
    return Verdicts(fits, against, tuple(untold), tuple(wishes), bad, frozenset(elsewhere))


def _heard(wish: Requirement, services: Services) -> Iterator[tuple[int, Passage, bool]]:
    """Yield the rows whose texts tell of a wish, the passage that does, and whether it speaks for the item.

    What names another sort (in-ear) speaks against who wants one, and for who refuses it.
    """
    words = str(wish.value)
    language = detect_language(words)
    wants = wish.op == "contains" or _is_personal(wish)
    if sorts := _sort_of(wish, services):
        yield from ((row, passage, same == wants) for row, (passage, same) in sorts.items())
        if not wants:
            yield from ((row, passage, False) for row, passage in _of_the_name(sorts, language, services))
        return
    for row, (passage, how) in tellers(services.snapshot, frozenset(told_words(words)), language).items():
        yield row, passage, how == ("says" if wants else "denies")


def _sort_of(wish: Requirement, services: Services) -> dict[int, tuple[Passage, bool]]:
    words = str(wish.value)
    return _sorts(words, detect_language(words), services) if wish.op != CONCERN else {}


def is_sort(words: str, services: Services) -> bool:
    """Return whether words name a sort that texts tell some items by: 头戴, of 头戴式."""
    sorts = _sorts(words, detect_language(words), services)
    return any(same for _, same in sorts.values())


def _sorts(words: str, language: str, services: Services) -> dict[int, tuple[Passage, bool]]:
    """Return what texts tell of the sort that is named, or of others of one kind with it; 头戴 is short for 头戴式."""
    short = language == "zh" and len(words) == _SHORT
    unnamed = short and not tellers(services.snapshot, frozenset(told_words(words)), language)
    for form in (words, words + _STYLE) if short else (words,):
        sorts = sorted_out(services.snapshot, form, language) or {}
        other = other_sort(form) if language == "zh" and sorts else None
        named = {one for passage, same in sorts.values() if other and not same for one in other.findall(passage.text)}
        near = _near(form, named, services) if other else named
        found = {
            row: (passage, same)
            for row, (passage, same) in sorts.items()
            if same or other is None or not near.isdisjoint(other.findall(passage.text))
        }
        if any(same for _, same in found.values()) or (found and (unnamed or form == words)):
            return found
    return {}


def _near(sort: str, others: Collection[str], services: Services) -> set[str]:
    """Return those of `others` that are sorts by the same measure: 入耳式 beside 头戴式, and no 意式."""
    listed = sorted(others)
    try:
        near = meanings(services.searcher.embedder, (sort, *listed))
    except EmbeddingError:
        return set(listed)
    return {one for one, like in zip(listed, near[1:] @ near[0], strict=True) if like >= OF_ONE_MEASURE}


def _of_the_name(
    sorts: Mapping[int, tuple[Passage, bool]], language: str, services: Services
) -> Iterator[tuple[int, Passage]]:
    """Yield what no text tells the sort of, and what goes by a name that all of that sort go by: earbuds are in-ear."""
    snapshot, kind, title = services.snapshot, services.schema.roles.get("kind"), services.schema.roles.get("title")
    same = np.zeros(len(snapshot), dtype=np.bool_)
    same[[row for row, (_, told) in sorts.items() if told]] = True
    if kind is None or title is None or not same.any():
        return
    for value in {str(snapshot.value(int(row), kind)) for row in np.flatnonzero(same)}:
        for row in np.flatnonzero(Exact.of(snapshot).alike(same, value)).tolist():
            if row not in sorts:
                yield row, Passage("title", snapshot.item(row).text(title, language) or "")


def _called_by_refused(
    ledger: Sequence[Requirement], rows: Collection[int], services: Services
) -> Iterator[tuple[int, tuple[Quote, ...]]]:
    """Yield those of `rows` whose titles name a refused value, of a field other than kind and brand.

    Each comes with the sentence that denies it all the same, should nothing else be left to show.
    """
    schema, snapshot = services.schema, services.snapshot
    named = {schema.roles.get("kind"), schema.roles.get("brand")}
    for row in ledger:
        field = schema.get(row.field)
        refused = names(row) if field and row.op in UNWANTED and field.name not in named else frozenset()
        for value, by in field.values.items() if field and refused else ():
            words = tuple(word for each in by.values() for word in each) if value.casefold() in refused else ()
            language = detect_language(row.quote)
            for one in entitled(snapshot, words) & set(rows) if words else ():
                said = passages(snapshot.item(one), schema, language)
                keys = told_words(" ".join(words))
                denied = [each for each in said if each.source != "title" and stance(each.text, keys) == "denies"]
                yield one, tuple(Quote(item=snapshot.ids[one], source=each.source, text=each.text) for each in denied)


def worrying(told: Verdicts, rows: NDArray[np.int64]) -> str:
    """Return the words of a worry that the texts of all `rows` speak to; nothing where one of them may be shown."""
    worries = [row for row in told.wishes if row.op == CONCERN]
    return next((row.quote for row in worries if set(rows.tolist()) <= told.bad.get(row.id, frozenset())), "")


def said_of(told: Verdicts, slate: Sequence[Ranked], session: Session) -> dict[str, Any]:
    """Return what a recommendation tells of the wishes: quotes of what is new, what was left out, what is unchecked."""
    new = {row.value for row in told.wishes if row.turn > session.turns}
    quotes = []
    for one in slate:
        said = told.fits.get(one.row, ()) if new or one.id not in session.offered else ()
        both = [one for one in (*told.against.get(one.row, ()), *said) if one.source != "title"]
        quotes += list(dict.fromkeys(both))[:MOST_QUOTED]
    shown = {one.row for one in slate}
    left = [row for row in told.wishes if row.value in new and told.bad.get(row.id, frozenset()) - shown]
    open_ = [row for row in told.untold if row.value in new or row.id in told.elsewhere]
    open_ = [row for row in open_ if row.quote.lower() not in session.unheard]
    return {
        "quotes": tuple(quotes),
        "warned": left[0].quote if left else "",
        "shunned": bool(left) and left[0].op != "contains" and not _is_personal(left[0]),
        "unheard": open_[0].quote if open_ else "",
        "elsewhere": bool(open_ and open_[0].id in told.elsewhere),
    }
