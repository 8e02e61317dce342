"""Column types for what is personal: encrypted when the store has a key, else as they are."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import JSON, Dialect, Text
from sqlalchemy.types import TypeDecorator

from shortlist_tools.store.cipher import MARK, Cipher, opened_text, sealed_text


def give_cipher(dialect: Dialect, cipher: Cipher | None) -> None:
    """Let every sealed column that is read or written through `dialect` use `cipher`."""
    dialect.shortlist_cipher = cipher  # type: ignore[attr-defined]


def cipher_of(dialect: Dialect) -> Cipher | None:
    """Return the cipher of the store whose dialect this is."""
    found: Cipher | None = getattr(dialect, "shortlist_cipher", None)
    return found


class SealedText(TypeDecorator[str]):
    """A text that is encrypted at rest where there is a key; it cannot be searched in SQL then."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what is stored."""
        return None if value is None else sealed_text(value, cipher_of(dialect))

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Return what was given."""
        return None if value is None else opened_text(str(value), cipher_of(dialect))


class SealedJSON(TypeDecorator[Any]):
    """A JSON value that is encrypted at rest where there is a key: one JSON text then, sealed as a whole."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Return what is stored."""
        cipher = cipher_of(dialect)
        if value is None or (cipher is None and not (isinstance(value, str) and value.startswith(MARK))):
            return value
        return sealed_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) if cipher else value, cipher)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return what was given."""
        if not isinstance(value, str) or not value.startswith(MARK):
            return value
        opened = opened_text(value, cipher_of(dialect))
        return json.loads(opened) if value.startswith(f"{MARK}s:") else opened
