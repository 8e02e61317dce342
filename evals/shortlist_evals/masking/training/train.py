"""Learning the weights of the masker's tagger from sentences whose personal data is known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module, resources
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist.demo import catalog_files
from shortlist_evals.masking.cases import Case, load_cases
from shortlist_evals.masking.training.fillers import word_lists
from shortlist_evals.masking.training.people import latin_names
from shortlist_evals.masking.training.sentences import Sentence, sentences
from shortlist_evals.reader import cases as reader
from shortlist_tools.masking import Personal
from shortlist_tools.masking.scripts import folded
from shortlist_tools.masking.signs import TEMPLATES, Reading, read_signs
from shortlist_tools.masking.tagger import (
    FORBIDDEN,
    KINDS,
    LABELS,
    WEIGHTS,
    Tagger,
    Weights,
    pieces,
    rounded,
    write_weights,
)
from shortlist_tools.masking.words import word_set

MADE, SEED = 9000, 1
"""How many sentences are made beside the labelled ones, which count twice, and by which chance."""
_GRAMS = 1 << 15
_SURNAMES_A_GROUP = 40
_SETTINGS = {"c1": 0.3, "c2": 0.02, "max_iterations": 60, "feature.minfreq": 2}
HELD_BACK = ("lamps", "wine")
"""Files of the demo catalog that nothing is learned of, to see what the tagger makes of texts of new goods."""
_SHORTEST = 6
_LEAST = 0.02
"""Weights below are not kept."""


def labelled(cases: Iterable[Case]) -> list[Sentence]:
    """Return cases as sentences to learn from: of an address all of it is told, of anything else its secret."""
    return [
        Sentence(
            case.text,
            tuple(
                Personal(one.start, one.end, one.kind)
                if one.kind == "address"
                else Personal(one.secret_start, one.secret_end, one.kind)
                for one in case.spans
            ),
        )
        for case in cases
    ]


def shipped() -> bytes:
    """Return the file of weights that ships: learned of made sentences and the studied cases, never the blind ones."""
    return learn(labelled([*load_cases("dev"), *load_cases("spent")]), MADE, prose())


def prose() -> list[Sentence]:
    """Return what the demo catalog says of its goods, and what shoppers ask in the reader's suite: nothing personal."""
    said = [case.text for split in ("dev", "spent") for case in reader.load_cases(split)]
    for path in catalog_files():
        if path.stem not in HELD_BACK:
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            said += [text for row in rows for text in _texts(row) if len(text) > _SHORTEST][::2]
    return [Sentence(text, ()) for text in said]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def weights_path() -> Path:
    """Return where the file of weights stands in the package."""
    return Path(str(resources.files("shortlist_tools.masking"))) / WEIGHTS


def learn(known: Sequence[Sentence], made: int = MADE, plain: Sequence[Sentence] = ()) -> bytes:
    """Return the file of weights learned from `known` sentences, `made` ones and `plain` ones, which count once."""
    import pycrfsuite

    words = word_lists()["chinese"]
    surnames = "".join(words["surnames"]).replace(" ", "")
    groups = [surnames[at : at + _SURNAMES_A_GROUP] for at in range(0, len(surnames), _SURNAMES_A_GROUP)]
    reading = Reading(groups, frozenset("".join(words["given"]).replace(" ", "")))
    size = len(LABELS)
    empty = Weights(
        [{} for _ in range(len(TEMPLATES) + 1)],
        np.zeros((1, size), np.float32),
        np.zeros((size, size), np.float32),
        _likeness(),
        reading,
    )
    tagger = Tagger(empty)
    trainer = pycrfsuite.Trainer("lbfgs", _SETTINGS, verbose=False)
    for sentence in chain(sentences(made, SEED), known, known, plain):
        places, keys = _features(sentence.text, tagger, reading)
        if places:
            trainer.append(pycrfsuite.ItemSequence(keys), _labels(places, sentence.spans))
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "tagger.crf")
        trainer.train(path)
        learned = pycrfsuite.Tagger()
        learned.open(path)
        return write_weights(_kept(learned.info(), empty))


def _features(text: str, tagger: Tagger, reading: Reading) -> tuple[list[tuple[int, int]], list[list[str]]]:
    """Return where the tokens of `text` stand, and for each its features as `write_weights` writes them."""
    signs = read_signs(folded(text), tagger.likeness, reading)
    found: list[list[str]] = [[] for _ in signs.places]
    for template, keys in signs.features():
        for place, key in enumerate(keys):
            found[place].append("\t".join((str(template), key) if isinstance(key, str) else (str(template), *key)))
    for place, word in signs.bags:
        found[place].append(f"{len(TEMPLATES)}\t{word}")
    return signs.places, found


def _labels(places: Sequence[tuple[int, int]], spans: Sequence[Personal]) -> list[str]:
    made = ["O"] * len(places)
    for span in spans:
        inside = [number for number, (start, end) in enumerate(places) if start < span.end and end > span.start]
        for number in inside:
            made[number] = f"{'I' if number > inside[0] else 'B'}-{span.kind}"
    return made


def _kept(info: Any, empty: Weights) -> Weights:
    """Return the weights of a trained model that are large enough to tell."""
    columns = {label: place for place, label in enumerate(LABELS)}
    keys = sorted({key for (key, _), weight in info.state_features.items() if abs(weight) > _LEAST})
    places = {key: place for place, key in enumerate(keys, start=1)}
    table = np.zeros((len(keys) + 1, len(LABELS)), np.float32)
    for (key, label), weight in info.state_features.items():
        if key in places:
            table[places[key], columns[label]] = weight
    transitions = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for (before, after), weight in info.transitions.items():
        transitions[columns[before], columns[after]] = weight
    for number in range(len(KINDS)):
        inside = 2 * number + 2
        barred = [place for place in range(len(LABELS)) if place not in (inside - 1, inside)]
        transitions[barred, inside] = FORBIDDEN
    rows: list[dict[str | tuple[str, ...], int]] = [{} for _ in range(len(TEMPLATES) + 1)]
    for key, place in places.items():
        template, *parts = key.split("\t")
        rows[int(template)][parts[0] if len(parts) == 1 else tuple(parts)] = place
    return Weights(rows, table, transitions, empty.grams, empty.reading)


def _likeness() -> NDArray[np.float32]:
    """Return how much the pieces of a word speak for a name: learned from names of many lands and ordinary words."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    listed = {part for both in latin_names().values() for names in both for name in names
              for part in re.split("[ ']", name.lower()) if len(part) > 1}  # fmt: skip
    goods = word_lists()["english"]
    common = import_module("faker.providers.lorem.en_US").Provider.word_list
    ordinary = {*common, *word_set("ordinary.yaml", "words"), *word_set("ordinary.yaml", "things")}
    ordinary |= {*goods["products"], *(f"{one}s" for one in goods["products"]), *goods["adjectives"], *goods["colors"]}
    ordinary = {word.lower() for word in ordinary if re.fullmatch("[a-zA-Z]{2,}", word)}
    words = [*sorted(listed - ordinary), *sorted(ordinary)]
    told = np.array([word not in ordinary for word in words])
    cut = [pieces(word, _GRAMS) for word in words]
    owners = np.repeat(np.arange(len(words)), [len(one) for one in cut])
    columns = np.concatenate(cut)
    held = csr_matrix((np.ones(len(columns)), (owners, columns)), shape=(len(words), _GRAMS))
    share = (told.sum() / (~told).sum()) * 1.5
    model = LogisticRegression(C=0.3, max_iter=200, solver="liblinear")
    model.fit(held, told, sample_weight=np.where(told, 1.0, share))
    return rounded(np.append(model.coef_[0], model.intercept_[0]).astype(np.float32))
