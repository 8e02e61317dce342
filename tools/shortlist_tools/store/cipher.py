"""Encryption of personal fields at rest, with keys that the operator holds and the database does not."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from shortlist_prompts.errors import OperatorError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

VARIABLE = "SHORTLIST_KEY"
HOW = (
    "make a key with: python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'; "
    f"set it as {VARIABLE}; to change it, set {VARIABLE}=NEW,OLD and encrypt again"
)
MARK = "\x02"
"""No text that a person types begins with it; one that does is marked as plain."""
SEALED = f"{MARK}s:"
PLAIN = f"{MARK}p:"


class StoreError(OperatorError):
    """The database cannot be opened or used: its path, its format or its version."""


class StoreKeyError(StoreError):
    """The key of the encrypted fields is missing, malformed, or another one than they were written with."""


class Cipher:
    """Seals texts with the first of its keys and opens what any of them sealed (Fernet: AES-128-CBC with HMAC-SHA256).

    Args:
        keys: Fernet keys, the newest first.

    Raises:
        StoreKeyError: If a key is no Fernet key; the key itself is not shown.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        from cryptography.fernet import Fernet, MultiFernet

        fernets = []
        for number, key in enumerate(keys, start=1):
            try:
                fernets.append(Fernet(key))
            except ValueError as error:
                raise StoreKeyError(f"{VARIABLE}: key {number} of {len(keys)} is no key ({error}); {HOW}") from None
        self._newest = fernets[0]
        self._all: MultiFernet = MultiFernet(fernets)
        self.names = tuple(hashlib.sha256(key.encode()).hexdigest()[:12] for key in keys)

    def seal(self, text: str) -> str:
        """Return `text` encrypted with the newest key, and marked."""
        return SEALED + self._newest.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """Return the text that `seal` was given.

        Raises:
            StoreKeyError: If none of the keys opens it.
        """
        from cryptography.fernet import InvalidToken

        try:
            return self._all.decrypt(sealed.removeprefix(SEALED)).decode()
        except InvalidToken:
            raise StoreKeyError(
                f"{VARIABLE} does not open this database's fields: set the key they were {_WITH}"
            ) from None


_WITH = f"written with, or {VARIABLE}=NEW,OLD while keys change"


def read_keys(text: str | None) -> Cipher | None:
    """Return the cipher for the value of `SHORTLIST_KEY`: keys with commas between, the newest first; None without one.

    Raises:
        StoreKeyError: If one of them is no key.
    """
    keys = [key.strip() for key in (text or "").split(",") if key.strip()]
    return Cipher(keys) if keys else None


def sealed_text(text: str, cipher: Cipher | None) -> str:
    """Return what is stored for `text`: encrypted where there is a key, else the text itself."""
    if cipher is not None:
        return cipher.seal(text)
    return PLAIN + text if text.startswith(MARK) else text


def opened_text(stored: str, cipher: Cipher | None) -> str:
    """Return the text that `stored` stands for.

    Raises:
        StoreKeyError: If it is encrypted and there is no key, or another one.
    """
    if not stored.startswith(MARK):
        return stored
    if stored.startswith(PLAIN):
        return stored.removeprefix(PLAIN)
    if cipher is None:
        raise StoreKeyError(f"{VARIABLE} is not set, but the personal fields of this database are encrypted; {HOW}")
    return cipher.open(stored)
