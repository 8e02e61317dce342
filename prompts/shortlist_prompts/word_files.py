"""Reads the YAML files of words that ship with the packages, by the C parser where PyYAML was built with it."""

from __future__ import annotations

from typing import Any

import yaml

_TYPED: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_AS_WRITTEN: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def load_words(text: str, *, as_written: bool = False) -> Any:
    """Return what a YAML text of our own says; files that people write are read by their own loaders.

    Args:
        text: The YAML.
        as_written: Keep every scalar as the text it is, such as `no` and `on`.

    Raises:
        yaml.YAMLError: If it is no YAML.
    """
    return yaml.load(text, Loader=_AS_WRITTEN if as_written else _TYPED)
