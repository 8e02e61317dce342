"""The store: durable transactions, one writer at a time, migrations."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import delete, insert, select

from shortlist_tools.store import MIGRATIONS, USER_HASH_KEY, Store, StoreBusyError, StoreError, tables


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "shop.db")
    yield opened
    opened.close()


def values_of(store):
    with store.read() as connection:
        rows = connection.execute(select(tables.meta.c.key, tables.meta.c.value)).all()
    return {key: value for key, value in rows if key != USER_HASH_KEY}


def put(connection, key, value):
    connection.execute(insert(tables.meta).values(key=key, value=value))


def test_what_is_written_is_read_back_as_it_was_in_any_script(store):
    with store.write() as connection:
        put(connection, "中文", {"价格": [1, None, 2.5]})
    assert values_of(store) == {"中文": {"价格": [1, None, 2.5]}}


def test_an_exception_undoes_the_whole_transaction(store):
    def write_and_fail():
        with store.write() as connection:
            put(connection, "a", 1)
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    assert values_of(store) == {}


def test_a_reader_sees_one_state_while_another_thread_writes(store):
    with store.write() as connection:
        put(connection, "a", 1)
    with store.read() as reading:
        before = reading.execute(select(tables.meta.c.key)).scalars().all()
        writer = threading.Thread(target=lambda: _put(store, "b"))
        writer.start()
        writer.join()
        after = reading.execute(select(tables.meta.c.key)).scalars().all()
    assert before == after
    assert "a" in before
    assert set(values_of(store)) == {"a", "b"}


def _put(store, key):
    with store.write() as connection:
        put(connection, key, 1)


def test_threads_write_one_after_another(store):
    threads = [threading.Thread(target=_put, args=(store, f"k{number}")) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(values_of(store)) == 12


def test_a_write_inside_a_write_is_a_mistake_and_says_so(store):
    with store.write(), pytest.raises(RuntimeError, match="already open"), store.write():
        pass
    with store.write() as connection:
        put(connection, "a", 1)
    assert values_of(store) == {"a": 1}


def test_a_write_waits_for_another_process_and_then_gives_up(tmp_path):
    store = Store.open(tmp_path / "shop.db", busy_seconds=0.2)
    other = sqlite3.connect(tmp_path / "shop.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError, match="another process"), store.write():
        pass
    other.execute("COMMIT")
    other.close()
    _put(store, "a")
    assert values_of(store) == {"a": 1}
    store.close()


def test_opening_again_applies_each_migration_once(tmp_path):
    Store.open(tmp_path / "shop.db").close()
    store = Store.open(tmp_path / "shop.db")
    with store.read() as connection:
        numbers = connection.execute(select(tables.migrations.c.number)).scalars().all()
    assert numbers == [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
    store.close()


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    store = Store.open(tmp_path / "shop.db")
    with store.write() as connection:
        connection.execute(insert(tables.migrations).values(number=99, name="later", applied=0.0))
    store.close()
    with pytest.raises(StoreError, match="newer version"):
        Store.open(tmp_path / "shop.db")


def test_a_file_that_is_no_database_is_refused_by_name(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("these are notes, and many of them. " * 100)
    with pytest.raises(StoreError, match=r"notes\.db"):
        Store.open(path)
    assert path.read_text().startswith("these are notes")


@pytest.mark.parametrize("given", ["", ":memory:"])
def test_a_store_needs_a_file(given):
    with pytest.raises(StoreError, match="file"):
        Store.open(given)


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(StoreError, match="directory"):
        Store.open(tmp_path)


def test_an_unknown_kind_of_database_is_refused_without_its_password():
    with pytest.raises(StoreError) as caught:
        Store.open("nosuchdb://user:secret@host/shop")
    assert "secret" not in str(caught.value)


def test_what_was_acknowledged_survives_a_kill(tmp_path):
    script = (
        "import sys; from shortlist_tools.store import Store, tables; from sqlalchemy import insert\n"
        "store = Store.open(sys.argv[1])\n"
        "for number in range(100000):\n"
        "    with store.write() as c: c.execute(insert(tables.meta).values(key=str(number), value=number))\n"
        "    print(number, flush=True)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "shop.db")], stdout=subprocess.PIPE, text=True
    )
    said = [process.stdout.readline() for _ in range(5)]
    time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    said += process.stdout.read().splitlines(keepends=True)
    process.wait()
    process.stdout.close()
    acknowledged = {line.strip() for line in said if line.endswith("\n")}
    store = Store.open(tmp_path / "shop.db")
    assert len(acknowledged) >= 5
    assert acknowledged <= set(values_of(store))
    store.close()


def test_the_moment_changes_with_every_commit_and_with_nothing_else(tmp_path):
    path = tmp_path / "shop.db"
    here, there = Store.open(path), Store.open(path)
    before = here.moment()
    with here.read() as connection:
        connection.execute(select(tables.meta.c.value)).all()
    assert here.moment() == before
    for store in (here, there):
        with store.write() as connection:
            connection.execute(insert(tables.meta).values(key=str(id(store)), value=1))
            assert here.moment() == before
        assert here.moment() != before
        before = here.moment()
    here.close()
    there.close()


def test_the_newest_turns_of_a_person_are_found_by_an_index_alone(tmp_path):
    with contextlib.closing(Store.open(tmp_path / "shop.db")) as store, store.read() as connection:
        query = "SELECT number FROM turns WHERE user_id = 'u' ORDER BY created DESC LIMIT 12"
        steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    assert steps == ["SEARCH turns USING INDEX last_turns_of_user (user_id=?)"]


def test_a_note_is_read_as_it_was_last_committed(store, tmp_path):
    assert store.note("catalog.version") is None
    with contextlib.closing(Store.open(tmp_path / "shop.db")) as other:
        for value in ("one", {"two": [2]}):
            with other.write() as connection:
                connection.execute(delete(tables.meta).where(tables.meta.c.key == "catalog.version"))
                connection.execute(insert(tables.meta).values(key="catalog.version", value=value))
            assert store.note("catalog.version") == value
