"""The pools of phrases that random conversations are made of."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from random import Random

import yaml


@cache
def pools() -> dict[str, dict[str, list[str]]]:
    """Return the phrases by occasion and language."""
    text = files("shortlist_evals.invariants").joinpath("phrases.yaml").read_text("utf-8")
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return found


def phrase(occasion: str, language: str, rng: Random, **parts: object) -> str:
    """Return one of the phrases for `occasion`, with its parts filled in."""
    return rng.choice(pools()[occasion][language]).format(**parts)
