"""Every table of the database, in SQLAlchemy Core; columns hold Unix seconds for times and JSON where shapes vary."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from shortlist_tools.store.personal import impersonal, personal
from shortlist_tools.store.sealed import SealedJSON, SealedText

metadata = MetaData()

migrations = Table(
    "migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("applied", Float, nullable=False),
    info=impersonal("the history of the database"),
)

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", JSON),
    info=impersonal("settings of the store, one row each"),
)

items = Table(
    "items",
    metadata,
    Column("id", String, primary_key=True),
    Column("hash", String, nullable=False),
    Column("doc", Text, nullable=False),
    Column("derived", Text, nullable=False, default="{}"),
    info=impersonal("the catalog"),
)
"""`doc` is `{"v": values, "r": reviews}` as ingested, `derived` what content understanding added, `hash` of both."""

ingest_runs = Table(
    "ingest_runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("inputs", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("state", String, nullable=False),
    Column("progress", JSON),
    Column("started", Float, nullable=False),
    Column("finished", Float),
    Column("report", JSON),
    info=impersonal("runs of the catalog"),
)

staging = Table(
    "staging",
    metadata,
    Column("run", String, nullable=False),
    Column("id", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("doc", Text, nullable=False),
    Column("derived", Text, nullable=False, default="{}"),
    PrimaryKeyConstraint("run", "id"),
    info=impersonal("the catalog while it is read"),
)

rejects = Table(
    "rejects",
    metadata,
    Column("run", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("field", Text),
    Column("reason", Text, nullable=False),
    Column("value", Text),
    PrimaryKeyConstraint("run", "number"),
    info=impersonal("rows of the catalog that could not be used"),
)

embeddings = Table(
    "embeddings",
    metadata,
    Column("hash", String, nullable=False),
    Column("model", String, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    PrimaryKeyConstraint("hash", "model"),
    info=impersonal("vectors of catalog texts, by content"),
)

understanding = Table(
    "understanding",
    metadata,
    Column("hash", String, nullable=False),
    Column("method", String, nullable=False),
    Column("result", JSON, nullable=False),
    PrimaryKeyConstraint("hash", "method"),
    info=impersonal("what was read from catalog texts, by content"),
)

events = Table(
    "events",
    metadata,
    Column("id", String, primary_key=True),
    Column("user_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("item_id", String),
    Column("value", Float),
    Column("text", SealedText),
    Column("channel", String),
    Column("session", String),
    Column("context", SealedJSON(none_as_null=True)),
    Column("time", Float, nullable=False),
    Column("source", String, nullable=False),
    Index("events_of_user", "user_id", "time"),
    info=personal(age="time"),
)

facts = Table(
    "facts",
    metadata,
    Column("user_id", String, nullable=False),
    Column("field", String, nullable=False),
    Column("value", SealedJSON),
    Column("origin", String, nullable=False),
    Column("source", String, nullable=False),
    Column("time", Float, nullable=False),
    PrimaryKeyConstraint("user_id", "field"),
    info=personal(),
)

superseded = Table(
    "superseded",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", String, nullable=False),
    Column("field", String, nullable=False),
    Column("value", SealedJSON),
    Column("origin", String, nullable=False),
    Column("source", String, nullable=False),
    Column("time", Float, nullable=False),
    Index("superseded_of_user", "user_id", "field"),
    info=personal(age="time"),
)
"""Facts that a newer statement took the place of: what was said before, until it is too old or taken back."""

inferred = Table(
    "inferred",
    metadata,
    Column("user_id", String, nullable=False),
    Column("id", String, nullable=False),
    Column("fact", SealedJSON),
    Column("time", Float, nullable=False),
    PrimaryKeyConstraint("user_id", "id"),
    info=personal(age="time"),
)
"""What a model read from a user's own words, one fact a row with its evidence."""

consents = Table(
    "consents",
    metadata,
    Column("user_id", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("source", String, nullable=False, default="*", server_default="*"),
    Column("granted", Boolean, nullable=False),
    Column("time", Float, nullable=False),
    PrimaryKeyConstraint("user_id", "purpose", "source"),
    info=personal(),
)
"""What a user allowed or refused: for a purpose, from one source of data or (`*`) from all."""

forbidden = Table(
    "forbidden",
    metadata,
    Column("user_id", String, nullable=False),
    Column("key", String, nullable=False),
    Column("field", String, nullable=False),
    Column("value", SealedJSON),
    Column("time", Float, nullable=False),
    PrimaryKeyConstraint("user_id", "key"),
    info=personal(),
)
"""What must never be inferred of a user: a value of a field, or (no value) the field; `key` is a hash of both."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("user_id", String),
    Column("state", SealedJSON),
    Column("turns", Integer, nullable=False, default=0),
    Column("updated", Float, nullable=False),
    Index("sessions_of_user", "user_id"),
    info=personal(age="updated"),
)

turns = Table(
    "turns",
    metadata,
    Column("session_id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("key", String, nullable=False),
    Column("user_id", String),
    Column("message", SealedText, nullable=False),
    Column("reply", SealedJSON),
    Column("trace", JSON),
    Column("created", Float, nullable=False),
    PrimaryKeyConstraint("session_id", "number"),
    UniqueConstraint("session_id", "key", name="turn_key"),
    Index("last_turns_of_user", "user_id", "created"),
    info=personal(age="created"),
)

model_traits = Table(
    "model_traits",
    metadata,
    Column("model", String, primary_key=True),
    Column("traits", JSON, nullable=False),
    info=impersonal("what each model can do"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("time", Float, nullable=False),
    Column("user_hash", String),
    Column("actor", String),
    Column("action", String, nullable=False),
    Column("detail", JSON),
    Index("audit_of_user", "user_hash"),
    info=impersonal("who did what, with a keyed hash of the user id"),
)

erasures = Table(
    "erasures",
    metadata,
    Column("user_hash", String, primary_key=True),
    Column("time", Float, nullable=False),
    Column("times", Integer, nullable=False, default=1, server_default="1"),
    info=impersonal("keyed hashes of erased user ids"),
)
"""`times` counts the erasures of one user: a turn that began before one of them must not write after it."""

erasing = Table(
    "erasing",
    metadata,
    Column("user_hash", String, primary_key=True),
    Column("pending", String),
    Column("time", Float, nullable=False),
    info=impersonal("erasures under way; `pending` is the user's id until the rows are gone"),
)
