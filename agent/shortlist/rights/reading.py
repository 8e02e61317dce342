"""Reads wishes about one's own data from a message: to forget, not to use, to use again, to correct, to erase all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shortlist.reader import tells_of_oneself
from shortlist.rights.forms import form
from shortlist_tools.text import simplified, tokens

Act = Literal["forget", "erase", "refuse", "permit", "level", "dislike", "like", "unsay", "explain", "note"]
SOURCES = ("purchases", "searches", "ratings", "feedback", "social", "chats", "views", "facts")
"""Sources of data in the order in which their words are looked for."""
_DONE = {"purchases": "bought", "searches": "searched", "ratings": "judged", "feedback": "liked", "views": "viewed"}
_GAP = re.compile(r"[\s\W_]+")
_CLAUSES = re.compile(r"[,.;!?，。；！？]+(?!\d)|\s+(?:and|but)\s+(?=(?:that )?i\b)", re.IGNORECASE)
MOST_OF_A_REMARK = 80
"""Letters of a remark that is kept."""
MOST_NARROWING = 12
"""Letters beside the words of a source that still leave the whole of it meant."""


class Right(BaseModel):
    """What a person wishes done with his or her data.

    Attributes:
        act: What is to be done.
        source: The source of data it is about; None is all of it.
        keeping: Whether a refusal or permission is about keeping; otherwise it is about using.
        level: The level asked for.
        words: The words that name what is meant; empty where they name all of the source.
        corrects: Whether it puts a conclusion right, rather than asking for something from now on.
    """

    model_config = ConfigDict(frozen=True)

    act: Act
    source: str | None = None
    keeping: bool = False
    level: int | None = None
    words: str = ""
    corrects: bool = False


def read_right(message: str) -> Right | None:
    """Return the wish about one's own data that `message` utters, or None where it is about anything else.

    "Forget the budget" changes a search and is none, nor is "remove the ones I bought".
    """
    text = _folded(message)
    if found := form("dislike").match(text):
        corrects = form("wrong").search(text) or form("wrong_zh").search(text)
        return Right(act="dislike", words=_said(found), corrects=corrects is not None)
    if found := form("like").match(text):
        return Right(act="like", words=_said(found), corrects=True)
    if found := form("explain").match(text):
        return Right(act="explain", words=_said(found))
    for level in range(4):
        if form(f"level.{level}").search(text) and (level < 3 or not form("stop").search(text)):
            return Right(act="level", level=level)
    if right := _answered(text):
        return right
    source = _source(text)
    if source is None and (found := form("unsay").match(text)):
        return Right(act="unsay", words=_said(found))
    if form("not_forget").search(text):
        return None
    if source is None:
        return Right(act="erase") if form("erase").search(text) else None
    return Right(act="forget", source=source, words=_rest(text, source)) if form("forget").search(text) else None


def read_note(message: str) -> Right | None:
    """Return the wish that something told of oneself be remembered, with the words for it; None where there is none."""
    text = _folded(message)
    found = None if _source(text) or form("asks").search(text) else form("note").search(text)
    return Right(act="note", words=_cut(text[: found.start()] + text[found.end() :])) if found else None


def remarks(message: str) -> tuple[str, ...]:
    """Return what the speaker tells of himself or herself in `message`, a clause each, as it was said."""
    clauses = (_cut(one) for one in _CLAUSES.split(message))
    return tuple(one for one in clauses if 1 < len(one) <= MOST_OF_A_REMARK and tells_of_oneself(_folded(one)))


def noted(message: str, words: str) -> tuple[str, ...]:
    """Return what is to be remembered of `message`, a clause each as it was said; `words` are those of the wish."""
    clauses = [_cut(one) for one in _CLAUSES.split(words)]
    plain = simplified(message)
    found = ((plain.casefold().find(one), one) for one in clauses if one)
    return tuple(plain[at : at + len(one)] if at >= 0 else one for at, one in found)


def unnoted(message: str) -> str:
    """Return the words of what `message` asks to forget that was told; empty where it asks for nothing of the kind."""
    found = form("unnote").match(_folded(message))
    return _said(found) if found else ""


def among_remarks(words: str, said: Sequence[str]) -> tuple[str, ...]:
    """Return those of `said` that `words` name, by the words they have in common."""
    wanted = _content(words)
    shares = {one: len(wanted & _content(one)) for one in said}
    most = max(shares.values(), default=0)
    return tuple(one for one, share in shares.items() if share == most and 2 * share >= len(wanted) > 0)


def _content(text: str) -> set[str]:
    """Return the words of a remark that say something; of Chinese, the characters."""
    left = form("said").sub(" ", _folded(text))
    return {one for word in tokens(left) for one in ([word] if word.isascii() else word)}


def _folded(text: str) -> str:
    return simplified(text).casefold().replace("’", "'").strip()


def _cut(text: str) -> str:
    return form("beside").sub("", text).strip(" \t,.;:!，。；：！、")


def asks_whence(message: str) -> bool:
    """Return whether `message` asks where something that was told comes from, without saying what."""
    return form("whence").fullmatch(simplified(message).casefold().replace("’", "'").strip()) is not None


def _said(found: re.Match[str]) -> str:
    return " ".join(group.strip() for group in found.groups() if group and group.strip())


def _answered(text: str) -> Right | None:
    """Return a refusal or a permission to use or keep one source."""
    acts: tuple[Act, ...] = ("refuse", "permit")
    for act in acts:
        found = form(act).search(text)
        if found is None:
            continue
        groups = found.groupdict()
        verb, what = groups["verb"] or groups["verb_zh"], groups["what"] or groups["what_zh"] or ""
        source = _source(what)
        # "Don't use my old Sony" is no answer for a whole source.
        if source is not None and not _is_narrowed(what, source):
            keeping = bool(form("keep").fullmatch(verb) or form("keep_zh").fullmatch(verb))
            return Right(act=act, source=source, keeping=keeping)
    return None


def _is_narrowed(text: str, source: str) -> bool:
    return len(_GAP.sub("", form("purposes").sub(" ", _rest(text, source)))) > MOST_NARROWING


def _source(text: str) -> str | None:
    return next((name for name in SOURCES if form(name).search(text)), None)


def _rest(text: str, source: str) -> str:
    """Return the words that say which of a source is meant, without those for the source and for forgetting."""
    if source in _DONE:
        # "the horror films I watched": what stands before the verb is what is meant.
        text = re.sub(rf"\b{form('have').pattern}{form(_DONE[source]).pattern}\b", " ", text)
    for name in ("verb", "verb_zh", "remove", source, "filler"):
        text = form(name).sub(" ", text)
    return " ".join(part for part in _GAP.split(text) if part)
