"""Sentences of English and Chinese text, whole or while they are still being written."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[。！？!?…]+[”’」』）)\"'\]*_]*|\.+[”’」』）)\"'\]*_]*(?=\s|$)|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“])(?:e\.g|i\.e|etc|vs|cf|approx|ca|al|incl|excl|max|min|mr|mrs|ms|dr|prof|st|jr|sr|inc|ltd|co|no|nr|fig|vol|ed"
    r"|dept|est|avg|u\.s|u\.k|a\.m|p\.m|[a-z])$",
    re.IGNORECASE,
)
_NEVER_LAST = re.compile(
    r"(?:^|[\s(\"'“])(?:e\.g|i\.e|vs|cf|approx|ca|incl|excl|mr|mrs|ms|dr|prof|no|nr|fig|vol|[a-hj-z])$", re.I
)
_LIST_MARK = re.compile(r"(?:^|\n)\s*\d{1,3}$")
MAX_SENTENCE = 1_000
"""Characters after which a sentence is cut even when nothing ends it."""


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, stripped; decimals, abbreviations, list marks and e.g. never end one."""
    stream = SentenceStream()
    return [*stream.feed(text), *stream.close()]


class SentenceStream:
    """Gives complete sentences as soon as they end, from text that arrives in pieces of any size.

    Example:
        >>> stream = SentenceStream()
        >>> stream.feed("It weighs 4."), stream.feed("5 kg. It"), stream.feed(" floats!"), stream.close()
        ([], ['It weighs 4.5 kg.'], [], ['It floats!'])
    """

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, delta: str) -> list[str]:
        """Return the sentences that `delta` completes; an end is sure once the character after it is known."""
        self._rest += delta
        return self._take(final=False)

    def close(self) -> list[str]:
        """Return what is left, whether it is complete or not."""
        found = self._take(final=True)
        rest, self._rest = self._rest.strip(), ""
        return [*found, rest] if rest else found

    def _take(self, *, final: bool) -> list[str]:
        found: list[str] = []
        start = 0
        for end in _ends(self._rest, final=final):
            piece = self._rest[start:end].strip()
            start = end
            if piece:
                found.append(piece)
        self._rest = self._rest[start:]
        return found


def _ends(text: str, *, final: bool) -> Iterator[int]:
    """Yield where each sentence of `text` ends; without `final`, only ends that no later text can undo."""
    start = 0
    for match in _END.finditer(text):
        while match.start() - start > MAX_SENTENCE:
            start = _cut(text, start)
            yield start
        end = match.end()
        if "\n" not in match.group():
            following = text[end : end + 40].lstrip()
            if not final and not following:
                return
            if match.group()[0] in ".!?…" and not _closes(
                text[start : match.start()], match.group(), text[end : end + 1], following
            ):
                continue
        yield end
        start = end
    while len(text) - start > MAX_SENTENCE:
        start = _cut(text, start)
        yield start


def _cut(text: str, start: int) -> int:
    """Return where to cut a sentence that never ends: at its last space or comma within the limit."""
    window = text[start : start + MAX_SENTENCE]
    at = max(window.rfind(mark) for mark in (" ", "，", ",", "、"))
    return start + (at + 1 if at > MAX_SENTENCE // 2 else MAX_SENTENCE)


def _closes(before: str, mark: str, next_char: str, following: str) -> bool:
    """Say whether a Western end mark ends a sentence, given what stands before and after it."""
    if mark[0] != ".":
        return not (next_char.isascii() and next_char.isalnum())
    tail = before[-16:]
    if len(mark.rstrip("”’」』）)\"'")) > 1:
        return not following[:1].islower()
    if _LIST_MARK.search(before[-8:]) and (len(before) <= 8 or "\n" in before[-8:]):
        return False
    if _NEVER_LAST.search(tail):
        return False
    return not (following[:1].islower() and (_ABBREVIATION.search(tail) is not None or mark == "."))
