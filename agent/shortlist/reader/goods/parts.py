"""Several things of one kind sought together, each by a name of its own: "a machine, a grinder and a kettle"."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from shortlist.reader.message import Context, Draft
from shortlist.reader.vocabulary import fold, forms_of

from .exact import Exact
from .kind_names import Mask

_OR = re.compile(r"\bor\b|\beither\b|或|还是|要么|/")
_JOINT = re.compile(r"\s*(?:,|、|，|;|&|\+|\b(?:and|plus|also|then)\b|和|跟|与|以及|还有|加上|外加|再来|另外|还要)\s*")
_LEAD = re.compile(r"^(?:(?:an?|the|some|one|my|new|good)\s+|(?:要|来|买)?[一1]?[个台只把瓶盏套款支件份]\s*|[一1])")
_LIST_ON = re.compile(r"(?:\s*(?:,|&|\+|\b(?:and|plus|also|then)\b))+\s*(?:(?:an?|the|some|one)\s+)?")
_LIST_BACK = re.compile(
    r"(?P<name>[a-z]+(?: [a-z]+){0,2})(?:\s*(?:,|&|\+|\b(?:and|plus)\b))+\s*(?:(?:an?|the|some|one)\s+)?$"
)
_WORDS = re.compile(r"[a-z]+(?:[ -][a-z]+){0,2}")


@lru_cache(maxsize=256)
def parts_of(phrase: str, kind: str, exact: Exact) -> tuple[tuple[str, Mask], ...]:
    """Return the names that `phrase` joins with the items of `kind` that go by each; empty where it is not several.

    A name that tells no items apart stands for those that go by none of the others.
    """
    folded = fold(phrase)
    if _OR.search(folded) or not _JOINT.search(folded):
        return ()
    found: list[tuple[str, Mask]] = []
    open_: list[str] = []
    for said in _JOINT.split(folded):
        name = _LEAD.sub("", _LEAD.sub("", said.strip())).strip()
        if not name:
            continue
        mask = exact.named(name, kind)
        if mask is None and not open_ and not forms_of(name).isdisjoint(exact.names(kind)):
            open_.append(name)
            continue
        if mask is None:
            return ()
        if not any((mask == other).all() for _, other in found):
            found.append((name, mask))
    if open_ and found:
        rest = exact.of_kind(kind) & ~np.logical_or.reduce([mask for _, mask in found])
        found.insert(0, (open_[0], rest))
    return tuple(found) if len(found) > 1 else ()


def listed(context: Context, draft: Draft, start: int, end: int, exact: Exact) -> tuple[int, int]:
    """Return where a list of names begins and ends of which `start` to `end` is one: machine, grinder and kettle."""
    text, kind = context.scene.folded, str(draft.value)
    while (on := _LIST_ON.match(text, end)) and (words := _WORDS.match(text, on.end())):
        name = _named_first(words.group(), kind, exact)
        if not name:
            break
        end = on.end() + len(name)
    while back := _LIST_BACK.search(text[:start]):
        name = _named_last(back["name"], kind, exact)
        if not name:
            break
        start = back.end("name") - len(name)
    return start, end


def _named_first(words: str, kind: str, exact: Exact) -> str:
    """Return the longest beginning of `words` that ends as a name of the kind does and is a name of its own."""
    parts = words.split(" ")
    sizes = range(len(parts), 0, -1)
    return next((name for size in sizes if _is_name(name := " ".join(parts[:size]), kind, exact)), "")


def _named_last(words: str, kind: str, exact: Exact) -> str:
    """Return the longest end of `words` that is a name of its own."""
    parts = words.split(" ")
    return next((name for at in range(len(parts)) if _is_name(name := " ".join(parts[at:]), kind, exact)), "")


def _is_name(name: str, kind: str, exact: Exact) -> bool:
    return name.rsplit(" ", maxsplit=1)[-1] in _ends(kind, exact) and exact.named(name, kind) is not None


@lru_cache(maxsize=64)
def _ends(kind: str, exact: Exact) -> frozenset[str]:
    return frozenset(form for name in exact.names(kind) for form in forms_of(name.split(" ")[-1]))
