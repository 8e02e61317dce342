"""What a model read of a user goes with the consent to conclude, with a forbidden field, and with an erasure."""

from __future__ import annotations

from sqlalchemy import insert, select

from shortlist_tools.profile import Profiles
from shortlist_tools.store import Store, tables


def read(store: Store, *fields: str) -> None:
    rows = [
        {"user_id": "u", "id": f"id-{field}", "fact": {"field": field, "value": "Hiking"}, "time": 1.0}
        for field in fields
    ]
    with store.write() as connection:
        connection.execute(insert(tables.inferred), rows)


def left(store: Store) -> set[str]:
    with store.read() as connection:
        return set(connection.scalars(select(tables.inferred.c.id)))


def test_a_forbidden_reading_goes_alone(store: Store, profiles: Profiles) -> None:
    read(store, "hobby", "sport")
    assert profiles.rights.level("u").supported == 3
    profiles.rights.forbid("u", "hobby", "hiking")
    assert left(store) == {"id-sport"}


def test_readings_go_with_the_consent_and_with_the_user(store: Store, profiles: Profiles) -> None:
    read(store, "hobby")
    profiles.rights.consent("u", "infer", "chats", granted=False)
    assert left(store) == set()
    read(store, "sport")
    assert profiles.erase("u")["inferred"] == 1
