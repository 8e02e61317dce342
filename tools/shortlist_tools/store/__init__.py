"""The one SQL database that is the truth: engine, transactions, tables, numbered migrations."""

from shortlist_tools.store import tables
from shortlist_tools.store.engine import Store, StoreBusyError, StoreError
from shortlist_tools.store.migrations import MIGRATIONS, Migration

__all__ = ["MIGRATIONS", "Migration", "Store", "StoreBusyError", "StoreError", "tables"]
