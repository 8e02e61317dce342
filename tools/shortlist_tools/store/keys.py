"""The key a database was encrypted with: recognised when it is opened, and changed without losing a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from shortlist_tools.store import tables
from shortlist_tools.store.cipher import HOW, VARIABLE, Cipher, StoreKeyError, opened_text
from shortlist_tools.store.personal import personal_tables
from shortlist_tools.store.sealed import SealedJSON, SealedText

if TYPE_CHECKING:
    from shortlist_tools.store.engine import Store

CHECK = "key_check"
_WORDS = "shortlist"


def check_key(store: Store) -> None:
    """See that the store's key is the one its fields were written with; remember the key of a store that had none.

    Raises:
        StoreKeyError: If the key is missing or another one; names the variable.
    """
    with store.read() as connection:
        found = _kept(connection)
    if found is None:
        if store.cipher is not None:
            with store.write() as connection:
                _keep(connection, store.cipher)
        return
    try:
        opened_text(found, store.cipher)
    except StoreKeyError as error:
        raise StoreKeyError(f"{store.name}: {error}") from None


def encrypt_again(store: Store, batch: int = 500) -> int:
    """Write every sealed field with the newest key; return the number of rows written.

    Raises:
        StoreKeyError: If there is no key, or a field was written with one that is not given.
    """
    if store.cipher is None:
        raise StoreKeyError(f"{VARIABLE} is not set: there is nothing to encrypt with; {HOW}")
    count = 0
    for table in personal_tables(tables.metadata):
        sealed = [column for column in table.c if isinstance(column.type, SealedText | SealedJSON)]
        if not sealed:
            continue
        keys = list(table.primary_key.columns)
        with store.read() as connection:
            ids = [tuple(row) for row in connection.execute(select(*keys))]
        for start in range(0, len(ids), batch):
            with store.write() as connection:
                for values in ids[start : start + batch]:
                    this = and_(*(key == value for key, value in zip(keys, values, strict=True)))
                    row: Any = connection.execute(select(*sealed).where(this)).mappings().first()
                    if row is not None:
                        connection.execute(update(table).where(this).values(dict(row)))
                        count += 1
    with store.write() as connection:
        _keep(connection, store.cipher)
    return count


def _kept(connection: Connection) -> str | None:
    found = connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == CHECK))
    return None if found is None else str(found)


def _keep(connection: Connection, cipher: Cipher) -> None:
    connection.execute(delete(tables.meta).where(tables.meta.c.key == CHECK))
    connection.execute(insert(tables.meta), [{"key": CHECK, "value": cipher.seal(_WORDS)}])
