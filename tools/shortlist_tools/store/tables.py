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

metadata = MetaData()

migrations = Table(
    "migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("applied", Float, nullable=False),
)

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", JSON))

items = Table(
    "items",
    metadata,
    Column("id", String, primary_key=True),
    Column("hash", String, nullable=False),
    Column("doc", Text, nullable=False),
    Column("derived", Text, nullable=False, default="{}"),
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
)

embeddings = Table(
    "embeddings",
    metadata,
    Column("hash", String, nullable=False),
    Column("model", String, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    PrimaryKeyConstraint("hash", "model"),
)

understanding = Table(
    "understanding",
    metadata,
    Column("hash", String, nullable=False),
    Column("method", String, nullable=False),
    Column("result", JSON, nullable=False),
    PrimaryKeyConstraint("hash", "method"),
)

events = Table(
    "events",
    metadata,
    Column("id", String, primary_key=True),
    Column("user_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("item_id", String),
    Column("value", Float),
    Column("text", Text),
    Column("channel", String),
    Column("session", String),
    Column("context", JSON(none_as_null=True)),
    Column("time", Float, nullable=False),
    Column("source", String, nullable=False),
    Index("events_of_user", "user_id", "time"),
)

facts = Table(
    "facts",
    metadata,
    Column("user_id", String, nullable=False),
    Column("field", String, nullable=False),
    Column("value", JSON),
    Column("origin", String, nullable=False),
    Column("source", String, nullable=False),
    Column("time", Float, nullable=False),
    PrimaryKeyConstraint("user_id", "field"),
)

consents = Table(
    "consents",
    metadata,
    Column("user_id", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("granted", Boolean, nullable=False),
    Column("time", Float, nullable=False),
    PrimaryKeyConstraint("user_id", "purpose"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("user_id", String),
    Column("state", JSON),
    Column("turns", Integer, nullable=False, default=0),
    Column("updated", Float, nullable=False),
    Index("sessions_of_user", "user_id"),
)

turns = Table(
    "turns",
    metadata,
    Column("session_id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("key", String, nullable=False),
    Column("user_id", String),
    Column("message", Text, nullable=False),
    Column("reply", JSON),
    Column("trace", JSON),
    Column("created", Float, nullable=False),
    PrimaryKeyConstraint("session_id", "number"),
    UniqueConstraint("session_id", "key", name="turn_key"),
    Index("turns_of_user", "user_id"),
)

model_traits = Table(
    "model_traits", metadata, Column("model", String, primary_key=True), Column("traits", JSON, nullable=False)
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("time", Float, nullable=False),
    Column("user_hash", String),
    Column("action", String, nullable=False),
    Column("detail", JSON),
)

erasures = Table(
    "erasures",
    metadata,
    Column("user_hash", String, primary_key=True),
    Column("time", Float, nullable=False),
)
