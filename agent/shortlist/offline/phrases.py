"""The phrase pools of the built-in drafter: a way to say it, chosen by the turn so that neighbours differ."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files

from shortlist_prompts.word_files import load_words


def say(occasion: str, language: str, seed: str, **values: object) -> str:
    """Return one phrase for `occasion` in `language` with `values` filled in; the same seed gives the same phrase."""
    pool = _pools()[occasion]
    phrases = pool.get(language) or pool["en"]
    chosen = phrases[zlib.crc32(f"{occasion}:{seed}".encode()) % len(phrases)]
    return chosen.format(**values)


@cache
def _pools() -> dict[str, dict[str, list[str]]]:
    text = files("shortlist.offline").joinpath("phrases.yaml").read_text("utf-8")
    pools: dict[str, dict[str, list[str]]] = load_words(text)
    return pools
