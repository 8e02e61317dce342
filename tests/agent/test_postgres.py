"""The whole path over PostgreSQL, where SHORTLIST_TEST_POSTGRES names a server on which databases may be made."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.engine import make_url

from shortlist import Recommender
from shortlist.demo import FOLDER, catalog_files, shoppers
from shortlist_tools.store import Store

SERVER = os.environ.get("SHORTLIST_TEST_POSTGRES", "")
pytestmark = [
    pytest.mark.skipif(not SERVER, reason="set SHORTLIST_TEST_POSTGRES=postgresql+psycopg://user@host/database"),
    pytest.mark.usefixtures("database"),
]


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of a database of its own, dropped afterwards."""
    pytest.importorskip("psycopg")
    name = f"shortlist_{uuid.uuid4().hex[:12]}"
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="module")
def recommender(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recommender]:
    opened = _opened(database, tmp_path_factory.mktemp("indexes"))
    opened.catalog.ingest(*catalog_files(), schema=FOLDER / "schema.yaml")
    yield opened
    opened.close()


def _opened(database: str, indexes: Path) -> Recommender:
    return Recommender.open(
        database, model="offline", policies=FOLDER / "policies.yaml", settings={"data_dir": indexes}
    )


def test_a_conversation_is_kept_with_its_person(recommender: Recommender) -> None:
    maya = shoppers()[0]
    recommender.profiles.record(maya["id"], maya["events"])
    first = recommender.reply(
        "noise cancelling headphones under $150, not Sony", user_id=maya["id"], session_id="talk", key="one"
    )
    assert first.kind == "recommend"
    assert len(first.items) == 3
    assert recommender.reply("anything else", user_id=maya["id"], session_id="talk", key="one") == first
    answer = recommender.reply("which one has the longest battery?", user_id=maya["id"], session_id="talk")
    assert answer.kind == "answer"
    assert {row.field for row in answer.ledger} >= {"price", "brand"}


def test_the_catalog_changes_and_is_found_again(recommender: Recommender) -> None:
    again = recommender.catalog.ingest(*catalog_files(), schema=FOLDER / "schema.yaml")
    assert (again.added, again.updated) == (0, 0)
    assert again.unchanged == len(recommender.catalog)
    recommender.catalog.update("hp-01", price=99.0)
    assert recommender.catalog.get(["hp-01"])[0].values["price"] == 99.0
    assert recommender.search("a warm lamp for the desk", n=3)


def test_two_processes_take_turns(recommender: Recommender, database: str, tmp_path: Path) -> None:
    other = _opened(database, tmp_path)
    try:
        with ThreadPoolExecutor(4) as pool:
            said = [
                pool.submit((recommender, other)[n % 2].reply, f"headphones under ${100 + n}", session_id=f"race-{n}")
                for n in range(8)
            ]
        assert [one.result().turn for one in said] == [1] * 8
        assert other.reply("cheaper", session_id="race-0").turn == 2
        assert recommender.reply("black ones", session_id="race-0").turn == 3
    finally:
        other.close()


def test_an_erasure_leaves_nothing(recommender: Recommender, database: str) -> None:
    person = f"person-{uuid.uuid4().hex}"
    recommender.profiles.record(person, [{"kind": "viewed", "item_id": "hp-05"}])
    recommender.reply("headphones in black", user_id=person, session_id=f"of-{person}")
    assert person in _everything(database)
    recommender.profiles.erase(person)
    assert person not in _everything(database)


def _everything(database: str) -> str:
    """Return all rows of all tables as text."""
    store = Store.open(database)
    try:
        names = inspect(store.engine).get_table_names()
        with store.read() as connection:
            return "\n".join(str(row) for name in names for row in connection.execute(select(text(f"* FROM {name}"))))
    finally:
        store.close()
