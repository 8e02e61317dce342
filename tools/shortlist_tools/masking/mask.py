"""Takes personal data out of a text, leaving a mark for each, and puts it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from shortlist_tools.masking.find import Kind, Personal, find_personal
from shortlist_tools.masking.names import Known

_KINDS = "EMAIL|PHONE|IDENTITY|CARD|ACCOUNT|ADDRESS|NAME|USER"
MARK = re.compile(rf"\[(?:{_KINDS})_\d+\]|(?<![A-Za-z0-9_\[])(?:{_KINDS})_\d+(?![A-Za-z0-9_])", re.IGNORECASE)
"""A mark as it is given, and as careless models repeat it: without its brackets or in small letters."""
_LIKE_A_MARK = re.compile(rf"(?:{_KINDS})_\d+", re.IGNORECASE)
"""What could be read as a mark once its neighbours have become marks."""
_PART = re.compile(r"[^\W_]{2,}")
_SHORTEST_CUT = 4
_ROUNDS = 4


@dataclass(frozen=True)
class Masked:
    """A text without personal data.

    Attributes:
        text: The text, with marks such as `[PHONE_1]`.
        originals: What each mark stands for; the same words have the same mark.
    """

    text: str
    originals: Mapping[str, str]


class Book:
    """The marks of one conversation: the same words have the same mark throughout, and none is given twice.

    Args:
        originals: What the marks given before stand for.
        known: Tells whether words name something of the catalog, which is not masked as a name.
        owner: The host's id of the user, which is masked wherever it stands.
    """

    def __init__(
        self, originals: Mapping[str, str] | None = None, known: Known = lambda word: False, owner: str | None = None
    ) -> None:
        self._marks = {value: mark for mark, value in (originals or {}).items()}
        self._known = known
        self._owner = {owner: "[USER_1]"} if owner and len(owner) >= _SHORTEST_CUT else {}

    @property
    def originals(self) -> dict[str, str]:
        """What each mark stands for, without the id of the owner."""
        return {mark: value for value, mark in self._marks.items()}

    def mask(self, text: str) -> str:
        """Return `text` with marks for everything personal, new ones noted; masking it again changes nothing."""
        taken = {match.group().upper() for match in _LIKE_A_MARK.finditer(text)}
        text = self._replace(text, self._words())
        for _ in range(_ROUNDS):
            given = [match.span() for match in MARK.finditer(text)]
            pieces: list[str] = []
            at = 0
            found = find_personal(text, self._known)
            for one in [*found, *self._cut(text, found[-1].end if found else 0)]:
                if any(start < one.end and one.start < end for start, end in given):
                    continue
                pieces += [text[at : one.start], self._mark(text[one.start : one.end], one.kind.upper(), taken)]
                at = one.end
            if not pieces:
                break
            text = self._replace("".join([*pieces, text[at:]]), self._words())
        return text

    def hide(self, text: str, kind: str = "") -> str:
        """Return `text` with the words that have a mark already replaced by it, also where it ends within them.

        Args:
            text: Any text.
            kind: Replace only marks of this kind, such as `NAME`.
        """
        words = self._words(kind)
        text = self._replace(text, words)
        for cut in self._cut(text, 0, kind):
            value = text[cut.start :]
            return text[: cut.start] + next(mark for known, mark in words.items() if known.startswith(value))
        return text

    def _cut(self, text: str, after: int, kind: str = "") -> Iterator[Personal]:
        """Yield the end of `text` where it is the beginning of words that have a mark, as when a text was cut there."""
        for value, mark in self._words(kind).items():
            for length in range(min(len(value) - 1, len(text) - after), _SHORTEST_CUT - 1, -1):
                if text.endswith(value[:length]):
                    yield Personal(
                        len(text) - length, len(text), cast(Kind, mark.strip("[]").rsplit("_", 1)[0].lower())
                    )
                    return

    def _words(self, kind: str = "") -> dict[str, str]:
        return {value: mark for value, mark in {**self._marks, **self._owner}.items() if mark.startswith(f"[{kind}")}

    @staticmethod
    def _replace(text: str, words: Mapping[str, str]) -> str:
        """Return `text` with each of `words` that stands whole in it replaced by its mark."""
        if not words:
            return text
        pattern = re.compile("|".join(map(_bounded, sorted(words, key=len, reverse=True))))
        return _outside_marks(text, lambda part: pattern.sub(lambda match: words[match.group()], part))

    def unmask(self, text: str) -> str:
        """Return `text` with every mark of this book replaced by what it stands for; unknown marks stay."""
        return unmask(text, {**self.originals, **{mark: value for value, mark in self._owner.items()}})

    def without(self, text: str) -> str:
        """Return `text`, words to search by, without the marks and what they stand for; without any, it is `text`.

        Words of it that were taken apart on the way are left out, too. Nothing is sought anew: words out of their
        sentence look like names too easily.
        """
        parts = {part.casefold() for value in (*self._marks, *self._owner) for part in _PART.findall(value)}
        if not parts and not MARK.search(text):
            return text
        left = MARK.sub(" ", self.hide(text)).split()
        return " ".join(word for word in left if word.casefold() not in parts)

    def __bool__(self) -> bool:
        return bool(self._marks or self._owner)

    def _mark(self, value: str, kind: str, taken: set[str]) -> str:
        if value not in self._marks:
            used = {*taken, *(mark.strip("[]") for mark in self._marks.values())}
            number = next(n for n in range(1, len(used) + 2) if f"{kind}_{n}" not in used)
            self._marks[value] = f"[{kind}_{number}]"
        return self._marks[value]


def mask(text: str, originals: Mapping[str, str] | None = None, known: Known = lambda word: False) -> Masked:
    """Return `text` with personal data replaced by marks.

    Args:
        text: What somebody wrote.
        originals: Marks given before, in earlier texts of a conversation: what they stand for is masked wherever it
            stands, and new marks go on from them.
        known: Tells whether words name something of the catalog.
    """
    book = Book(originals, known)
    masked = book.mask(text)
    return Masked(masked, book.originals)


def unmask(text: str, originals: Mapping[str, str]) -> str:
    """Return `text` with every known mark replaced by what it stands for; unknown marks stay."""
    return MARK.sub(lambda match: originals.get(f"[{match.group().strip('[]').upper()}]", match.group()), text)


def _bounded(value: str) -> str:
    """Return a pattern for a marked value: not within other words or numbers, and no single character anywhere."""
    if len(value) == 1:
        return r"(?!)"
    before = r"(?<![A-Za-z0-9])" if value[0].isascii() and value[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if value[-1].isascii() and value[-1].isalnum() else ""
    return f"{before}{re.escape(value)}{after}"


def _outside_marks(text: str, change: Callable[[str], str]) -> str:
    """Return `text` with `change` done to what stands between its marks."""
    pieces: list[str] = []
    at = 0
    for match in MARK.finditer(text):
        pieces += [change(text[at : match.start()]), match.group()]
        at = match.end()
    return "".join([*pieces, change(text[at:])])
