"""What a tagger sees of a text: its tokens, and for each the keys of the features that weights are learned for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

_TOKEN = re.compile(r"[A-Za-zÀ-ỹ]+(?:['’-][A-Za-zÀ-ỹ]+)*(?![0-9_])|[A-Za-z0-9À-ỹ_]+|[\u4e00-\u9fff]|[^\s]")
REACH = 3
_OUT = ["<>"] * REACH
_JOINING = frozenset("-.()/+")
_OPENS = frozenset("。.!?;\n")
_DIGIT = re.compile("[0-9]")
_BEFORE, _AFTER = 10, 6
_LONGEST = 20

Likeness = Callable[[str], str]
"""Gives a word in small Latin letters a bin by how much it is made like a name."""

TEMPLATES: tuple[str, ...] = (
    "w", "w-3", "w-2", "w-1", "w+1", "w+2", "w+3", "s", "s-2", "s-1", "s+1", "s-1 s s+1", "w-2 w-1", "w+1 w+2",
    "w-1 s", "s w+1", "opens n s", "n s", "n w-1", "n n+1", "n-1 n", "n s s+1", "w-2 w-1 s", "head", "tail", "n w+1",
    "w w+1", "w-1 w",
    "g", "g-1 g", "g g+1", "z g z+1 g+1", "z-1 g-1 z g", "z g g+1 g+2", "p", "p z g", "p z z+1", "f", "f z",
    "z", "z z+1", "z-1 z", "z w-1", "z z+1 w+2", "z-1 z z+1", "z z-1 w-2", "z z+1 w-1",
    "run", "digits", "lead", "lead2", "digits lead", "digits lead2", "follow", "digits follow",
)  # fmt: skip
"""The features of a token: values of sequences (see `Signs`) at distances, taken together."""
_PARTS = tuple(
    tuple((match[1], int(match[2] or 0)) for match in re.finditer(r"([a-z]+2?)([+-]\d)?", template))
    for template in TEMPLATES
)


@dataclass(frozen=True)
class Reading:
    """The characters of Chinese names.

    Attributes:
        surname_groups: Characters that surnames begin with, from common to rare.
        given: Characters of given names.
    """

    surname_groups: Sequence[str]
    given: frozenset[str]

    def sign(self, character: str) -> str:
        """Return what a Chinese character may be in a name."""
        group = next((str(place) for place, held in enumerate(self.surname_groups) if character in held), "-")
        return group + ("g" if character in self.given else "-")


@dataclass(frozen=True, slots=True)
class Signs:
    """The tokens of a text and the sequences that features are read from, each padded on both sides.

    Attributes:
        places: Where each token begins and ends.
        sequences: By name: `w` words, digits as zeros; `s` shapes; `n` likeness to names; `opens` whether a sentence
            begins; `head` and `tail` of words; `z` characters of Chinese names; `g` the place in a word of a dictionary
            and its kind, `p` and `f` the words before and after that one; of numbers the `run` of shapes, its `digits`,
            the words that `lead` to it and `follow`. Texts without Latin letters, Chinese or numbers lack theirs.
        bags: The words around each number.
    """

    places: list[tuple[int, int]]
    sequences: dict[str, list[str]]
    bags: list[tuple[int, str]]

    def features(self) -> Iterator[tuple[int, Iterable[str | tuple[str, ...]]]]:
        """Yield the number of each template that the text has sequences for, and its keys, one a token."""
        count = len(self.places)
        for number, parts in enumerate(_PARTS):
            if all(name in self.sequences for name, _ in parts):
                columns = [self.sequences[name][REACH + far : REACH + far + count] for name, far in parts]
                yield number, columns[0] if len(columns) == 1 else zip(*columns, strict=True)


def read_signs(text: str, likeness: Likeness, reading: Reading) -> Signs:
    """Return what a tagger sees of `text`, in the form that `scripts.folded` gives."""
    places = [match.span() for match in _TOKEN.finditer(text)]
    said = [text[start:end] for start, end in places]
    shapes = [_shape(one) for one in said]
    words = [_DIGIT.sub("0", one.lower()) for one in said]
    latin = [shape[0] in "xX" for shape in shapes]
    sequences = {
        "w": words,
        "s": shapes,
        "opens": ["1" if not place or said[place - 1] in _OPENS else "0" for place in range(len(said))],
    }
    if any(latin):
        sequences |= {
            "n": [likeness(word) if letters else "" for word, letters in zip(words, latin, strict=True)],
            "head": [word[:3] if letters else "" for word, letters in zip(words, latin, strict=True)],
            "tail": [word[-3:] if letters else "" for word, letters in zip(words, latin, strict=True)],
        }
    if "H" in shapes:
        sequences |= _dictionary(text, places)
        sequences["z"] = [reading.sign(one) if shape == "H" else shape for one, shape in zip(said, shapes, strict=True)]
    bags: list[tuple[int, str]] = []
    if any(shape[0] in "dm" for shape in shapes):
        context = _context(words, shapes)
        sequences |= _runs(places, said, shapes, context)
        bags = list(_bags(shapes, context))
    return Signs(places, {name: _OUT + row + _OUT for name, row in sequences.items()}, bags)


def _dictionary(text: str, places: Sequence[tuple[int, int]]) -> dict[str, list[str]]:
    """Return for each token its place in a word of the dictionary, and the words before (`p`) and after it (`f`)."""
    edge = ("<>", "")
    words = [(word if word.strip() else "_" * len(word), kind) for word, kind in _segmenter()(text, False)]
    rows: list[tuple[str, str, str]] = []
    for before, (word, kind), after in zip([edge, *words], words, [*words[1:], edge], strict=False):
        where = "S" if len(word) == 1 else "B" + "M" * (len(word) - 2) + "E"
        rows += [(one + kind, before[0], after[0]) for one in where]
    return {name: [rows[start][column] for start, _ in places] for column, name in enumerate("gpf")}


@cache
def _segmenter() -> Callable[[str, bool], list[tuple[str, str]]]:
    """Return what cuts a text into words of a dictionary, read when the first Chinese text comes."""
    import rjieba

    return rjieba.tag


def _shape(said: str) -> str:
    """Return what a token is made of: digits (d), Chinese (H), letters and digits (m), letters (x, X), or its sign."""
    if said.isdecimal():
        return f"d{min(len(said), _LONGEST)}"
    if "\u4e00" <= said <= "\u9fff":
        return "H"
    if not said[0].isalnum() and said[0] != "_":
        return said
    if any(one.isdigit() or one == "_" for one in said):
        return f"m{'d' if said[0].isdigit() else 'a'}{'_' if '_' in said else ''}{min(len(said) // 3, 6)}"
    size = "1" if len(said) == 1 else ""
    return f"x{size}" if said.islower() else f"X{size}" if said.isupper() else "Xx" if said[0].isupper() else "xX"


def _context(words: Sequence[str], shapes: Sequence[str]) -> list[str]:
    """Return the words that tell what a number is: Chinese ones as two characters, this one and the one before."""
    return [
        words[place - 1] + word if shape == "H" and place and shapes[place - 1] == "H" else word
        for place, (word, shape) in enumerate(zip(words, shapes, strict=True))
    ]


def _runs(
    places: Sequence[tuple[int, int]], said: Sequence[str], shapes: Sequence[str], context: Sequence[str]
) -> dict[str, list[str]]:
    """Return for each number the run of numbers and signs it stands in, and the words before and after that."""
    count = len(said)
    rows = {name: [""] * count for name in ("run", "digits", "lead", "lead2", "follow")}
    number = 0
    while number < count:
        if shapes[number][0] not in "dm":
            number += 1
            continue
        first, last = number, number
        while last + 1 < count and (shapes[last + 1][0] == "d" or said[last + 1] in _JOINING):
            if places[last + 1][0] - places[last][1] > 1:
                break
            last += 1
        while said[last] in _JOINING:
            last -= 1
        if first and said[first - 1] in _JOINING and places[first][0] == places[first - 1][1]:
            first -= 1
        digits = sum(one.isdigit() for place in range(number, last + 1) for one in said[place])
        values = {
            "run": "".join(shapes[first : last + 1]),
            "digits": str(min(digits, _LONGEST)),
            "lead": context[first - 1] if first else "<>",
            "lead2": context[first - 2] if first > 1 else "<>",
            "follow": context[last + 1] if last + 1 < count else "<>",
        }
        for name, value in values.items():
            rows[name][first : last + 1] = [value] * (last + 1 - first)
        number = last + 1
    return rows


def _bags(shapes: Sequence[str], context: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield each number with each of the words around it."""
    for number, shape in enumerate(shapes):
        if shape[0] in "dm":
            for place in range(max(0, number - _BEFORE), number):
                if context[place][0].isalpha():
                    yield number, "-" + context[place]
            for place in range(number + 1, min(len(shapes), number + _AFTER)):
                if context[place][0].isalpha():
                    yield number, "+" + context[place]
