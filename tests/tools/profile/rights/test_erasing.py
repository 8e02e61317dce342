"""Erasing reaches every byte of a user and none of anybody else, and survives backups."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from shortlist_tools.catalog import Catalog
from shortlist_tools.profile import ErasureError, Profiles
from shortlist_tools.store import Store, tables

from .operations import found_in, operate, rows_without_log

OTHERS = ("victor-77", "wei-明")


def backup(store: Store, to: Path) -> None:
    with closing(sqlite3.connect(store.name)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def test_after_200_operations_and_an_erase_no_byte_of_the_user_is_left(
    profiles: Profiles, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = tmp_path / "shop.db.index"
    index.mkdir()
    (index / "vectors.bin").write_bytes(bytes(10_000))
    profiles.rights.places.append(index)
    with caplog.at_level(logging.DEBUG):
        for number, user in enumerate((*OTHERS, "ursula-4711")):
            operate(store, profiles, user, 40 if user in OTHERS else 200, seed=number)
        operate(store, profiles, OTHERS[0], 40, seed=9)
        profiles.summary("ursula-4711")
        assert found_in(tmp_path, "ursula-4711")
        before = {user: rows_without_log(store, user) for user in OTHERS}
        done = profiles.rights.erase("ursula-4711")
    assert found_in(tmp_path, "ursula-4711") == []
    assert "ursula-4711" not in caplog.text
    assert done.rows["turns"] > 10
    assert done.needles >= 10
    assert {Path(name).name for name in done.searched} >= {"shop.db", "shop.db.erasures", "vectors.bin"}
    assert {user: rows_without_log(store, user) for user in OTHERS} == before
    assert profiles.summary("ursula-4711").events == 0
    with store.read() as connection:
        assert connection.execute(select(tables.erasing)).all() == []


def test_a_trace_that_is_left_in_a_file_is_told_and_where(profiles: Profiles, tmp_path: Path) -> None:
    log = tmp_path / "logs" / "server.log"
    log.parent.mkdir()
    log.write_text("GET /profiles/ursula-4711\n")
    profiles.rights.places.append(log.parent)
    profiles.record("ursula-4711", [{"kind": "viewed", "item_id": "l1", "time": 1}])
    with pytest.raises(ErasureError, match=r"user id in .*server\.log"):
        profiles.erase("ursula-4711")
    assert not any(rows_without_log(profiles._store, "ursula-4711").values())
    log.unlink()
    assert set(profiles.erase("ursula-4711").values()) == {0}


def test_words_that_somebody_else_wrote_too_are_no_trace(profiles: Profiles) -> None:
    same = {"kind": "searched", "text": "a reading lamp that clamps to the desk", "time": 5}
    profiles.record("ursula-4711", [same])
    profiles.record("victor-77", [same])
    assert profiles.erase("ursula-4711")["events"] == 1
    assert profiles.get("victor-77")["events"] == {"searched": 1}


def test_a_backup_that_is_put_back_forgets_who_was_erased_since(
    profiles: Profiles, store: Store, tmp_path: Path
) -> None:
    for user in ("ursula-4711", "victor-77"):
        profiles.record(user, [{"kind": "viewed", "item_id": "l1", "time": 1}])
    backup(store, tmp_path / "backup.db")
    profiles.erase("ursula-4711")
    store.close()
    for name in ("shop.db-wal", "shop.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    shutil.move(tmp_path / "backup.db", tmp_path / "shop.db")
    restored = Store.open(tmp_path / "shop.db")
    again = Profiles(restored, Catalog(restored))
    assert again.rights.resume() == 1
    assert found_in(tmp_path, "ursula-4711") == []
    assert again.get("victor-77")["events"] == {"viewed": 1}
    again.record("ursula-4711", [{"kind": "viewed", "item_id": "l1", "time": 2}])
    assert again.rights.resume() == 0
    assert again.get("ursula-4711")["events"] == {"viewed": 1}
    restored.close()


def test_a_list_of_erasures_applies_to_a_backup_elsewhere_and_to_no_other_store(
    profiles: Profiles, store: Store, tmp_path: Path
) -> None:
    profiles.record("ursula-4711", [{"kind": "viewed", "item_id": "l1", "time": 1}])
    (tmp_path / "elsewhere").mkdir()
    backup(store, tmp_path / "elsewhere" / "copy.db")
    profiles.erase("ursula-4711")
    copy = Store.open(tmp_path / "elsewhere" / "copy.db")
    there = Profiles(copy, Catalog(copy))
    assert there.rights.resume() == 0
    assert there.rights.apply_erasures(profiles.rights.erasures()) == 1
    assert found_in(tmp_path / "elsewhere", "ursula-4711") == []
    copy.close()
    other = Store.open(tmp_path / "elsewhere" / "other.db")
    with pytest.raises(ErasureError, match="not of"):
        Profiles(other, Catalog(other)).rights.apply_erasures(profiles.rights.erasures())
    other.close()


def test_an_erasure_that_was_announced_is_done_at_the_next_opening(profiles: Profiles, store: Store) -> None:
    profiles.record("ursula-4711", [{"kind": "viewed", "item_id": "l1", "time": 1}])
    with store.write() as connection:
        from shortlist_tools.profile.rights.audit import user_hash

        row = {"user_hash": user_hash(connection, "ursula-4711"), "pending": "ursula-4711", "time": 1.0}
        connection.execute(insert(tables.erasing), [row])
    assert profiles.rights.resume() == 1
    assert profiles.rights.resume() == 0
    assert found_in(Path(store.name).parent, "ursula-4711") == []


def test_another_process_forgets_its_summary_of_an_erased_user(
    profiles: Profiles, store: Store, catalog: Catalog
) -> None:
    other = Profiles(store, catalog)
    other.record("ursula-4711", [{"kind": "viewed", "item_id": "l1", "time": 1}])
    other.summary("ursula-4711")
    profiles.erase("ursula-4711")
    other.summary("somebody else")
    assert "ursula-4711" not in other._summaries
