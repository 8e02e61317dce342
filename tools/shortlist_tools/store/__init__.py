"""The one SQL database: its tables, opening and migrating it, transactions, and encryption of what is personal."""

from shortlist_tools.store import tables
from shortlist_tools.store.cipher import VARIABLE, StoreError, StoreKeyError
from shortlist_tools.store.engine import Store, StoreBusyError
from shortlist_tools.store.migrations import MIGRATIONS, USER_HASH_KEY, Migration
from shortlist_tools.store.personal import Personal, belonging, impersonal, personal, personal_tables, undeclared
from shortlist_tools.store.sealed import SealedJSON, SealedText

__all__ = [
    "MIGRATIONS",
    "USER_HASH_KEY",
    "VARIABLE",
    "Migration",
    "Personal",
    "SealedJSON",
    "SealedText",
    "Store",
    "StoreBusyError",
    "StoreError",
    "StoreKeyError",
    "belonging",
    "impersonal",
    "personal",
    "personal_tables",
    "tables",
    "undeclared",
]
