"""An erasure killed at any moment after it began is complete after the next opening."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from shortlist_tools.catalog import Catalog
from shortlist_tools.profile import Profiles
from shortlist_tools.store import Store, tables

from .operations import found_in, operate, rows_without_log

SCRIPT = Path(__file__).with_name("erase_once.py")
OTHER = "victor-77"


def opened(path: Path) -> tuple[Store, Profiles]:
    store = Store.open(path)
    return store, Profiles(store, Catalog(store))


def kill_while_erasing(path: Path, user: str, seed: int, wait: float) -> None:
    """Start an erasure in a process of its own and kill it `wait` seconds after it was asked for."""
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(path), user, str(seed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SCRIPT.parent)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "filled\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    time.sleep(wait)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def check(path: Path, user: str, others: object) -> bool:
    """See that the erasure is complete or was never begun; return whether it was begun."""
    store, profiles = opened(path)
    try:
        with store.read() as connection:
            announced = bool(connection.execute(select(tables.erasing)).all())
            listed = bool(connection.execute(select(tables.erasures)).all())
        profiles.rights.resume()
        begun = announced or listed
        if begun:
            assert found_in(path.parent, user) == []
            assert not any(rows_without_log(store, user).values())
        assert rows_without_log(store, OTHER) == others
        with store.read() as connection:
            assert connection.execute(select(tables.erasing)).all() == []
    finally:
        store.close()
    return begun


def killed(folder: Path, number: int, wait: float) -> bool:
    folder.mkdir()
    path = folder / "shop.db"
    store, profiles = opened(path)
    operate(store, profiles, OTHER, 15, seed=1)
    others = rows_without_log(store, OTHER)
    store.close()
    user = f"ursula-{4711 + number}"
    kill_while_erasing(path, user, number, wait)
    return check(path, user, others)


def test_an_erasure_killed_in_the_middle_is_complete_after_the_next_opening(tmp_path: Path) -> None:
    assert killed(tmp_path / "late", 0, wait=1.0)


@pytest.mark.slow
def test_an_erasure_killed_at_fifty_random_moments_is_complete_after_the_next_opening(tmp_path: Path) -> None:
    rng = random.Random(4)
    begun = [killed(tmp_path / str(number), number, wait=rng.uniform(0, 0.12)) for number in range(50)]
    assert sum(begun) >= 10
