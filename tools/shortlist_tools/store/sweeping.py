"""Rewrites a SQLite file without what was deleted: no free pages, no write-ahead log."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for readers of other processes."""


def sweep(path: Path, patience: float = PATIENCE) -> bool:
    """Vacuum the database at `path` and empty its write-ahead log; return False where others held it all the time.

    SQLite zeroes what is deleted, but copies that moved between pages can stay in a page's unused part: only a file
    written anew is surely free of them.
    """
    deadline = time.monotonic() + patience
    with closing(sqlite3.connect(path, timeout=patience, isolation_level=None)) as connection:
        # A large database must not be copied into memory.
        connection.execute("PRAGMA temp_store=FILE")
        connection.execute("PRAGMA secure_delete=ON")
        try:
            connection.execute("VACUUM")
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                return False
            raise
        while True:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
