"""The database's engine: opening and migrating it, and the two kinds of transaction, reading and writing."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, NoSuchModuleError, OperationalError

from shortlist_tools.store.cipher import Cipher, StoreError, read_keys
from shortlist_tools.store.keys import check_key, encrypt_again
from shortlist_tools.store.migrations import MIGRATIONS, current, migrate
from shortlist_tools.store.sealed import give_cipher
from shortlist_tools.store.sweeping import sweep
from shortlist_tools.store.tables import meta

BUSY_SECONDS = 20.0
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-32000",
)
_WRITE = "shortlist_write"
_NOTE = select(meta.c.value).where(meta.c.key == bindparam("key"))


class StoreBusyError(StoreError):
    """Another process held the database's write lock for too long; try again when it is done."""


class Store:
    """The one SQL database. Many readers and one writer at a time; every acknowledged write survives a kill.

    Args:
        engine: An engine made by `Store.open`.
        name: What errors call the database; never holds a password.
        cipher: Encrypts what is personal; None leaves it readable.
    """

    def __init__(self, engine: Engine, name: str, cipher: Cipher | None = None) -> None:
        self.engine = engine
        self.name = name
        self.cipher = cipher
        give_cipher(engine.dialect, cipher)
        self._writer = threading.Lock()
        self._writing = threading.local()
        self._watch: sqlite3.Connection | None = None
        self._watching = threading.Lock()

    @classmethod
    def open(cls, path_or_url: str | Path, busy_seconds: float = BUSY_SECONDS, key: str | None = None) -> Store:
        """Open (creating and migrating when needed) a SQLite file or a `postgresql+psycopg://` database.

        Args:
            path_or_url: A file path, or a database URL.
            busy_seconds: How long a write waits for another process's write before it gives up.
            key: Fernet keys with commas between, the newest first: personal fields are encrypted with the first. Once
                a database was opened with a key it opens with that key only.

        Raises:
            StoreError: If it cannot be opened, is no database, or was written by a newer version.
            StoreKeyError: If the key is missing, malformed or another one.
        """
        cipher = read_keys(key)
        text = str(path_or_url)
        if text in {"", ":memory:", "sqlite://", "sqlite:///:memory:"}:
            raise StoreError("a store needs a file: it is read by several connections; give a path such as shop.db")
        url = text if "://" in text else f"sqlite:///{_prepared(Path(text))}"
        try:
            engine = _engine(url, busy_seconds)
        except (ImportError, NoSuchModuleError) as error:
            raise StoreError(
                f"no driver for {_safe(url)}: install shortlist[postgres] or give a file ({error})"
            ) from error
        store = cls(engine, _safe(url), cipher)
        try:
            store._migrate()
            check_key(store)
        except (DatabaseError, sqlite3.DatabaseError) as error:
            engine.dispose()
            if _is_busy(error):
                raise _busy(store.name) from error
            raise StoreError(f"cannot use {store.name} as a database: {_reason(error)}") from error
        except StoreError:
            engine.dispose()
            raise
        return store

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one unchanging state of the database and may not be used to write."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection inside one write transaction: committed at the end, undone if an exception leaves it.

        Raises:
            StoreBusyError: If another process kept writing for longer than the store waits.
            RuntimeError: If this thread is already inside a `write`.
        """
        if getattr(self._writing, "on", False):
            raise RuntimeError("a write transaction is already open in this thread; pass its connection on instead")
        with self._writer, self.engine.connect().execution_options(**{_WRITE: True}) as connection:
            self._writing.on = True
            try:
                try:
                    transaction = connection.begin()
                except (OperationalError, sqlite3.OperationalError) as error:
                    if _is_busy(error):
                        raise _busy(self.name) from error
                    raise
                with transaction:
                    yield connection
            finally:
                self._writing.on = False

    def moment(self) -> int | None:
        """Return a number that is another one after every commit, of whichever process; None where it is not known.

        It costs some microseconds, so that what was read once need not be read again while nothing has changed. Ask for
        the moment first and read afterwards: a commit between the two then shows at the next call.
        """
        if self.engine.dialect.name != "sqlite":
            return None
        with self._watching:
            return int(self._watcher().execute("PRAGMA data_version").fetchone()[0])

    def note(self, key: str) -> Any:
        """Return a value of the table `meta`, None where there is none; a tenth of what a read transaction costs."""
        if self.engine.dialect.name != "sqlite":
            with self.read() as connection:
                return connection.scalar(_NOTE, {"key": key})
        with self._watching:
            found = self._watcher().execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if found is None or found[0] is None else json.loads(found[0])

    def _watcher(self) -> sqlite3.Connection:
        """Return the connection that only watches, inside its lock: SQLite tells it what all others committed."""
        if self._watch is None:
            self._watch = sqlite3.connect(self.name, check_same_thread=False, isolation_level=None)
        return self._watch

    @property
    def file(self) -> Path | None:
        """The database's file; None where a server keeps it."""
        return Path(self.name) if self.engine.dialect.name == "sqlite" else None

    def sweep(self) -> bool:
        """Leave no byte of deleted rows in the database's files; return whether that was possible just now.

        The file is written anew without free pages and the write-ahead log is emptied; a long read of another process
        may stand in the way. On PostgreSQL the server does this in its own time, and the answer is True.
        """
        with self._writer:
            return self.file is None or sweep(self.file)

    def encrypt_again(self) -> int:
        """Write every personal field with the newest key, and return how many rows there were.

        It is how a key is changed: set NEW,OLD, call this, then set NEW alone. Fields that were written before there
        was a key are encrypted too.

        Raises:
            StoreKeyError: If the store has no key, or its keys do not open a field.
        """
        count = encrypt_again(self)
        self.sweep()
        return count

    def close(self) -> None:
        """Close every connection; the store must not be used afterwards."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self.engine.dispose()

    def _migrate(self) -> None:
        newest = MIGRATIONS[-1].number
        with self.read() as connection:
            found = current(connection)
        if found > newest:
            raise StoreError(
                f"{self.name} was written by a newer version (migration {found}, this one knows {newest}): "
                "upgrade shortlist"
            )
        if found < newest:
            with self.write() as connection:
                migrate(connection)


def _engine(url: str, busy_seconds: float) -> Engine:
    options: dict[str, Any] = {"json_serializer": _dumps}
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, **options)
    engine = create_engine(url, connect_args={"timeout": busy_seconds, "check_same_thread": False}, **options)
    event.listen(engine, "connect", _tune)
    event.listen(engine, "begin", _begin)
    return engine


def _tune(connection: Any, _record: object) -> None:
    """Hand transactions to us (the driver would begin them late) and make commits durable."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITE, False)
    # Straight to the driver: a turn begins several reads, and a statement through the layers costs ten times as much.
    driver: Any = connection.connection.dbapi_connection
    driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def _prepared(path: Path) -> Path:
    path = path.expanduser().resolve()
    if path.is_dir():
        raise StoreError(f"{path} is a directory; give the path of a database file inside it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot create {path.parent}: {error.strerror}") from error
    return path


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _safe(url: str) -> str:
    parsed = make_url(url)
    return parsed.database or "" if url.startswith("sqlite") else parsed.render_as_string(hide_password=True)


def _is_busy(error: Exception) -> bool:
    text = str(error).lower()
    return "database is locked" in text or "database is busy" in text


def _busy(name: str) -> StoreBusyError:
    return StoreBusyError(f"{name} is being written by another process; try again when it has finished")


def _reason(error: Exception) -> str:
    original = getattr(error, "orig", None)
    return str(original or error)
