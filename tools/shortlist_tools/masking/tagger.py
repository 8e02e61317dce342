"""A learned tagger of personal data: a conditional random field over tokens, which joins what the patterns find."""

from __future__ import annotations

import logging
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from io import BytesIO
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.masking.signs import REACH, TEMPLATES, Reading, Signs, read_signs
from shortlist_tools.masking.spans import STRENGTH, Kind, Personal

WEIGHTS = "tagger.npz"
KINDS: tuple[Kind, ...] = tuple(sorted(STRENGTH))
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
"""Outside of personal data, at its beginning or further inside, in the order of the weights."""
FORBIDDEN = -30.0
"""The weight of a label that cannot follow another."""
CAUTION = -0.25
"""How much more than it was learned "outside" weighs: chosen on the authors left out of training, to hide more."""
_EACH = np.arange(len(LABELS))
_SCALE = 24.0
"""What weights are multiplied by before they are rounded."""
_BLOCK = 512
"""How many tokens are weighed at once, which bounds the memory that long texts take."""
_LIKENESS_STEP, _MOST = 1.2, 4
_log = logging.getLogger("shortlist_tools")
_said: set[str] = set()


@dataclass(frozen=True)
class Weights:
    """What was learned.

    Attributes:
        rows: For each template of `signs.TEMPLATES` and the one of bags, the row that a key has in `table`.
        table: Weights of the labels, one row a feature; row 0 is of features that were never seen.
        transitions: Weight of a label (column) after another (row).
        grams: How much pieces of a word speak for a name, by their hash; the last one is of every word.
        reading: The characters of Chinese names.
    """

    rows: Sequence[Mapping[str | tuple[str, ...], int]]
    table: NDArray[np.float32]
    transitions: NDArray[np.float32]
    grams: NDArray[np.float32]
    reading: Reading


TORN = "?"
_NO_WORDS = ("nr", "eng", "x")
"""Kinds of the dictionary: names of people, words in Latin letters, and what it does not have."""
_NOTHING = np.zeros((0, len(LABELS)), np.float32)


@dataclass(frozen=True)
class Tagged:
    """What the weights say of a text.

    Attributes:
        places: Where each token begins and ends.
        words: Of a text with Chinese, the place in a word of a dictionary and its kind for each token (`Signs`, `g`).
        personal: The personal data that the labels of highest weight mark.
        scores: The weight of each label (column) for each token (row).
        values: The highest weight of labels up to a token (row) that end with each label (column).
        transitions: Weight of a label (row) after another (column).
    """

    places: Sequence[tuple[int, int]]
    words: Sequence[str]
    personal: list[Personal]
    scores: NDArray[np.float32]
    values: NDArray[np.float32]
    transitions: NDArray[np.float32]

    def against(self, one: Personal) -> float:
        """Return by how much the best labels outweigh any that mark a part of `one`."""
        inside = self._inside(one)
        return float(self._margins[inside].min()) if inside else 0.0

    def kind(self, one: Personal) -> str:
        """Return the kind of the word that `one` is in the dictionary, or `TORN` where it ends or begins within one.

        It is "" where `one` is no such word, and for names of people.
        """
        held = [self.words[place] for place in self._inside(one)] if self.words else []
        if not held or any(mark[1:].startswith(_NO_WORDS) for mark in (held[0], held[-1])):
            return ""
        if held[0][0] in "ME" or held[-1][0] in "BM":
            return TORN
        whole = held[0][0] == "B" and held[-1][0] == "E" and all(mark[0] == "M" for mark in held[1:-1])
        return held[0][1:] if whole else ""

    def _inside(self, one: Personal) -> list[int]:
        return [place for place, (start, end) in enumerate(self.places) if start < one.end and end > one.start]

    @cached_property
    def _margins(self) -> NDArray[np.float32]:
        """By how much the best labels outweigh the best that mark a token, for each."""
        marked = np.empty(len(self.places), np.float32)
        ahead = np.zeros(len(LABELS), np.float32)
        for place in range(len(self.places) - 1, -1, -1):
            marked[place] = (self.values[place] + ahead)[1:].max()
            ahead = (self.transitions + (self.scores[place] + ahead)[:, None]).max(axis=0)
        margins: NDArray[np.float32] = self.values[-1].max() - marked
        return margins


class Tagger:
    """Finds personal data by learned weights.

    Args:
        weights: What was learned.
        caution: How much more than personal data "outside" weighs: higher masks less, and what it masks is surer.
    """

    def __init__(self, weights: Weights, caution: float = CAUTION) -> None:
        self._weights = weights
        self._caution = caution
        self._transitions = np.ascontiguousarray(weights.transitions.T)
        self.likeness = lru_cache(maxsize=4096)(self._bin)

    def find(self, text: str) -> list[Personal]:
        """Return the personal data in `text`, which is in the form that `scripts.folded` gives."""
        return self.read(text).personal

    def read(self, text: str) -> Tagged:
        """Return what the weights say of `text`, which is in the form that `scripts.folded` gives."""
        signs = read_signs(text, self.likeness, self._weights.reading)
        if not signs.places:
            return Tagged([], [], [], _NOTHING, _NOTHING, self._transitions)
        scores = self._scores(signs)
        scores[:, 0] += self._caution
        values, labels = _best(scores, self._transitions)
        words = signs.sequences.get("g", [])[REACH : REACH + len(signs.places)]
        return Tagged(signs.places, words, [*_stretches(signs.places, labels)], scores, values, self._transitions)

    def _scores(self, signs: Signs) -> NDArray[np.float32]:
        """Return the weight of each label (column) for each token (row)."""
        rows, table = self._weights.rows, self._weights.table
        found = chain.from_iterable(map(rows[template].get, keys, repeat(0)) for template, keys in signs.features())
        numbers = np.fromiter(found, np.intp).reshape(-1, len(signs.places))
        scores = np.concatenate(
            [table.take(numbers[:, at : at + _BLOCK], axis=0).sum(axis=0) for at in range(0, numbers.shape[1], _BLOCK)]
        )
        bags = rows[len(TEMPLATES)]
        for place, word in signs.bags:
            if word in bags:
                scores[place] += table[bags[word]]
        return scores

    def _bin(self, word: str) -> str:
        grams = self._weights.grams
        value = float(grams[[*pieces(word.removesuffix("'s"), len(grams) - 1), -1]].sum())
        return str(int(max(-_MOST, min(_MOST, value / _LIKENESS_STEP))))


def pieces(word: str, count: int) -> list[int]:
    """Return the hashes below `count` of a word (small letters) and of its pieces of two to four letters."""
    whole = f"^{word}$"
    cut = [whole[at : at + size] for size in (2, 3, 4) for at in range(len(whole) - size + 1)]
    return [zlib.crc32(piece.encode()) % count for piece in (f"={word}", *cut)]


def _best(scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> tuple[NDArray[np.float32], list[int]]:
    """Return the labels of highest weight together (Viterbi), and the highest weights up to each token."""
    values = np.empty_like(scores)
    values[0] = scores[0] + transitions[:, 0]
    came = []
    for place in range(1, len(scores)):
        ways = transitions + values[place - 1]
        best = ways.argmax(axis=1)
        came.append(best)
        values[place] = ways[_EACH, best] + scores[place]
    labels = [int(values[-1].argmax())]
    for best in reversed(came):
        labels.append(int(best[labels[-1]]))
    return values, labels[::-1]


def _stretches(places: Sequence[tuple[int, int]], labels: Sequence[int]) -> Iterator[Personal]:
    """Yield the stretches that `labels` mark."""
    start = end = -1
    kind: Kind | None = None
    for (first, last), label in zip(places, labels, strict=True):
        if kind is not None and (label == 0 or label % 2):
            yield Personal(start, end, kind)
            kind = None
        if label % 2:
            start, kind = first, KINDS[label // 2]
        if label:
            end = last
    if kind is not None:
        yield Personal(start, end, kind)


def write_weights(weights: Weights) -> bytes:
    """Return `weights` as the bytes of a file, each rounded to one of 8 bits."""
    lines = [""] * len(weights.table)
    for template, rows in enumerate(weights.rows):
        for key, row in rows.items():
            lines[row] = "\t".join((str(template), key) if isinstance(key, str) else (str(template), *key))
    held = BytesIO()
    np.savez_compressed(
        held,
        keys=np.frombuffer("\n".join(lines[1:]).encode(), dtype=np.uint8),
        table=_packed(weights.table),
        transitions=weights.transitions.astype(np.float16),
        grams=_packed(weights.grams),
        surnames=np.array(weights.reading.surname_groups),
        given=np.array("".join(sorted(weights.reading.given))),
    )
    return held.getvalue()


def rounded(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return weights as they will be read from a file."""
    return _packed(values).astype(np.float32) / _SCALE


def _packed(values: NDArray[np.float32]) -> NDArray[np.int8]:
    packed: NDArray[np.int8] = np.clip(np.rint(values * _SCALE), -127, 127).astype(np.int8)
    return packed


def read_weights(raw: bytes) -> Weights:
    """Return the weights that `write_weights` wrote.

    Raises:
        ValueError: If the bytes are no such file.
    """
    try:
        with np.load(BytesIO(raw), allow_pickle=False) as held:
            keys = held["keys"].tobytes().decode().split("\n")
            rows: list[dict[str | tuple[str, ...], int]] = [{} for _ in range(len(TEMPLATES) + 1)]
            for row, line in enumerate(keys, start=1):
                template, *parts = line.split("\t")
                rows[int(template)][parts[0] if len(parts) == 1 else tuple(parts)] = row
            table = held["table"].astype(np.float32) / _SCALE
            if table.shape != (len(keys) + 1, len(LABELS)):
                raise ValueError(f"weights of {table.shape} for {len(keys)} features and {len(LABELS)} labels")
            transitions, grams = held["transitions"].astype(np.float32), held["grams"].astype(np.float32) / _SCALE
            reading = Reading([str(one) for one in held["surnames"]], frozenset(str(held["given"])))
    except (OSError, KeyError, IndexError, EOFError, zlib.error, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise ValueError(f"no weights of the tagger: {error}") from error
    return Weights(rows, table, transitions, grams, reading)


def tagger() -> Tagger | None:
    """Return the tagger whose weights ship with the package, or None, with an error in the log, where they do not."""
    found, fault = _loaded()
    if fault and fault not in _said:
        _said.add(fault)  # first, because what masks the log asks for the tagger as well
        _log.error("personal data is masked by patterns alone: %s of the tagger cannot be read: %s", WEIGHTS, fault)
    return found


@cache
def _loaded() -> tuple[Tagger | None, str]:
    try:
        raw = resources.files("shortlist_tools.masking").joinpath(WEIGHTS).read_bytes()
        return Tagger(read_weights(raw)), ""
    except (OSError, ValueError) as error:
        return None, str(error) or type(error).__name__
