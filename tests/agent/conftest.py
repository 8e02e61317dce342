"""A recommender over the demo catalog, opened once a worker; each test talks in sessions of its own."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from shortlist import Model, Recommender, Reply
from shortlist.demo import FOLDER, catalog_files

Talk = Callable[..., Reply]


@pytest.fixture(scope="session")
def recommender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recommender]:
    folder: Path = tmp_path_factory.mktemp("talk")
    with Recommender.open(folder / "demo.db", model="offline", policies=FOLDER / "policies.yaml") as opened:
        opened.catalog.ingest(*catalog_files(), schema=FOLDER / "schema.yaml")
        opened.prepare()
        yield opened


@pytest.fixture
def with_model(recommender: Recommender, tmp_path: Path) -> Iterator[Callable[[Model], Recommender]]:
    """Opens a copy of the prepared demo with a model of the test's own."""
    opened: list[Recommender] = []

    def open_with(model: Model) -> Recommender:
        with (
            closing(sqlite3.connect(recommender.database)) as source,
            closing(sqlite3.connect(tmp_path / "copy.db")) as target,
        ):
            source.backup(target)
        settings = {"vector_index": "exact"}
        policies = FOLDER / "policies.yaml"
        opened.append(Recommender.open(tmp_path / "copy.db", model=model, policies=policies, settings=settings))
        return opened[-1]

    yield open_with
    for one in opened:
        one.close()


@pytest.fixture
def talk(recommender: Recommender) -> Talk:
    """Says messages in one fresh session and returns the last reply."""
    session = uuid.uuid4().hex

    def say(*messages: str, user_id: str | None = None) -> Reply:
        for message in messages:
            reply = recommender.reply(message, session_id=session, user_id=user_id)
        return reply

    return say
