"""Personal fields are unreadable without the key, and keys change without losing a row."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import insert, select

from shortlist_tools.store import Store, StoreKeyError, tables

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SECRET = "gift for 外婆, she is ill"
EVENT = {"id": "u:1", "user_id": "u", "kind": "said", "text": SECRET, "time": 1.0, "source": "host"}
FACT = {"user_id": "u", "field": "f", "origin": "host", "source": "host", "time": 1.0}
TURN = {"session_id": "s", "number": 1, "key": "#1", "user_id": "u", "created": 1.0, "trace": {}}


def fill(store: Store, value: object = SECRET) -> None:
    with store.write() as connection:
        connection.execute(insert(tables.events), [{**EVENT, "context": {"place": SECRET}}])
        connection.execute(insert(tables.facts), [{**FACT, "value": value}])
        state = {"exchanges": [SECRET]}
        connection.execute(insert(tables.sessions), [{"id": "s", "user_id": "u", "state": state, "updated": 1.0}])
        connection.execute(insert(tables.turns), [{**TURN, "message": SECRET, "reply": {"message": SECRET}}])


def contents(store: Store) -> tuple[object, ...]:
    with store.read() as connection:
        events, turns = tables.events, tables.turns
        return (
            *connection.execute(select(events.c.text, events.c.context)).one(),
            connection.scalar(select(tables.facts.c.value)),
            connection.scalar(select(tables.sessions.c.state)),
            *connection.execute(select(turns.c.message, turns.c.reply)).one(),
        )


WHOLE = (SECRET, {"place": SECRET}, SECRET, {"exchanges": [SECRET]}, SECRET, {"message": SECRET})


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_with_a_key_no_personal_text_can_be_read_from_the_files(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    store = Store.open(path, key=OLD)
    fill(store)
    assert contents(store) == WHOLE
    assert "外婆".encode() not in bytes_of(path)
    assert b"gift for" not in bytes_of(path)
    store.close()
    again = Store.open(path, key=OLD)
    assert contents(again) == WHOLE
    again.close()


@pytest.mark.parametrize(
    "key",
    [None, "", NEW, f"{NEW},{Fernet.generate_key().decode()}"],
    ids=["none", "empty", "another", "two others"],
)
def test_a_missing_or_wrong_key_is_told_by_its_variable(tmp_path: Path, key: str | None) -> None:
    Store.open(tmp_path / "shop.db", key=OLD).close()
    with pytest.raises(StoreKeyError, match=r"shop\.db: SHORTLIST_KEY") as caught:
        Store.open(tmp_path / "shop.db", key=key)
    assert OLD not in str(caught.value)
    assert NEW not in str(caught.value)


def test_a_malformed_key_is_told_without_showing_it(tmp_path: Path) -> None:
    with pytest.raises(StoreKeyError, match="key 2 of 2 is no key") as caught:
        Store.open(tmp_path / "shop.db", key=f"{OLD}, hunter2")
    assert "hunter2" not in str(caught.value)


def test_a_key_is_changed_without_losing_a_row(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    store = Store.open(path, key=OLD)
    fill(store)
    store.close()
    both = Store.open(path, key=f"{NEW},{OLD}")
    assert contents(both) == WHOLE
    assert both.encrypt_again() == 4
    both.close()
    with pytest.raises(StoreKeyError):
        Store.open(path, key=OLD)
    new = Store.open(path, key=NEW)
    assert contents(new) == WHOLE
    new.close()


def test_what_was_written_before_there_was_a_key_stays_readable_and_is_encrypted_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    store = Store.open(path)
    fill(store)
    store.close()
    assert b"gift for" in bytes_of(path)
    keyed = Store.open(path, key=OLD)
    assert contents(keyed) == WHOLE
    keyed.encrypt_again()
    assert contents(keyed) == WHOLE
    keyed.close()
    assert b"gift for" not in bytes_of(path)


@pytest.mark.parametrize("key", [None, OLD], ids=["plain", "encrypted"])
@pytest.mark.parametrize("value", ["\x02s:not sealed", "\x02p:x", 5, True, [1, "\x02s:"], {"a": None}, 1.5, "null"])
def test_every_value_comes_back_as_it_was(tmp_path: Path, key: str | None, value: object) -> None:
    store = Store.open(tmp_path / "shop.db", key=key)
    fill(store, value)
    with store.read() as connection:
        assert connection.scalar(select(tables.facts.c.value)) == value
    store.close()


def test_encrypting_again_needs_a_key(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "shop.db")
    with pytest.raises(StoreKeyError, match="SHORTLIST_KEY is not set"):
        store.encrypt_again()
    store.close()


def test_a_store_of_the_first_version_keeps_its_consents(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    Store.open(path).close()
    raw = sqlite3.connect(path)
    raw.executescript(
        "DELETE FROM migrations WHERE number > 1; DROP TABLE consents; DROP TABLE forbidden; DROP TABLE erasing;"
        "DELETE FROM meta; DROP TABLE erasures; CREATE TABLE erasures (user_hash VARCHAR PRIMARY KEY, time FLOAT);"
        "CREATE TABLE consents (user_id VARCHAR, purpose VARCHAR, granted BOOLEAN, time FLOAT);"
        "INSERT INTO consents VALUES ('u', 'personalise', 0, 5.0);"
    )
    raw.close()
    store = Store.open(path)
    with store.read() as connection:
        assert connection.execute(select(tables.consents)).all() == [("u", "personalise", "*", False, 5.0)]
        assert connection.execute(select(tables.erasures)).all() == []
    store.close()
