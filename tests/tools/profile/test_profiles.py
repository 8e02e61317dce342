"""Profiles keep what was done once, know where each fact comes from, and let the user see, correct and erase it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from shortlist_tools.catalog import Catalog
from shortlist_tools.profile import PERSONAL_TABLES, EventError, ProfileError, Profiles
from shortlist_tools.store import Store, tables

VIEWED = {"kind": "viewed", "item_id": "l1", "time": "2026-01-02T03:04:05Z"}


def test_a_repeated_event_is_kept_once(profiles: Profiles) -> None:
    same = {"time": 1_767_323_045, "item_id": "l1", "kind": "viewed"}
    first = profiles.record("u", [VIEWED, same, {**VIEWED, "kind": "liked"}])
    assert (first.recorded, first.duplicates) == (2, 1)
    again = profiles.record("u", [same])
    assert (again.recorded, again.duplicates) == (0, 1)
    assert profiles.get("u")["events"] == {"viewed": 1, "liked": 1}


def test_the_same_event_of_two_users_is_two(profiles: Profiles) -> None:
    assert profiles.record("u", [VIEWED]).recorded == 1
    assert profiles.record("v", [VIEWED]).recorded == 1


def test_many_events_at_once(profiles: Profiles) -> None:
    many = [{**VIEWED, "time": 1_000_000 + n} for n in range(1_203)]
    assert profiles.record("u", many).recorded == 1_203
    assert profiles.record("u", many[600:]).duplicates == 603
    assert profiles.summary("u").events == 1_203


def test_events_with_unknown_items_are_kept_and_named(profiles: Profiles) -> None:
    done = profiles.record("u", [VIEWED, {**VIEWED, "item_id": "zz"}, {**VIEWED, "item_id": "aa"}])
    assert done.recorded == 3
    assert done.unknown_items == ("aa", "zz")
    assert set(profiles.summary("u").seen["viewed"]) == {"aa", "l1", "zz"}


def test_one_bad_event_keeps_none_and_is_named_by_its_place(profiles: Profiles) -> None:
    with pytest.raises(EventError, match=r"events\[1\].*'kind'"):
        profiles.record("u", [VIEWED, {"kind": "ate", "item_id": "l1"}])
    assert profiles.get("u")["events"] == {}


@pytest.mark.parametrize("user", ["", None, 7])
def test_a_user_needs_an_id(profiles: Profiles, user: object) -> None:
    with pytest.raises(ProfileError, match="user id"):
        profiles.record(user, [VIEWED])  # type: ignore[arg-type]
    with pytest.raises(ProfileError, match="user id"):
        profiles.set(user, "city", "Paris")  # type: ignore[arg-type]


def test_each_fact_has_its_source_and_time(profiles: Profiles) -> None:
    before = time.time()
    profiles.set("u", "city", "London")
    profiles.set("u", "services", ["tv", "radio"], source="crm")
    profiles.correct("u", "city", "Leeds")
    facts = {row["field"]: row for row in profiles.get("u")["facts"]}
    assert facts["city"]["value"] == "Leeds"
    assert (facts["city"]["origin"], facts["city"]["source"]) == ("stated", "user")
    assert (facts["services"]["origin"], facts["services"]["source"]) == ("host", "crm")
    assert before <= facts["city"]["time"] <= time.time()
    assert profiles.summary("u").facts == {"city": "Leeds", "services": ["tv", "radio"]}


def test_none_forgets_a_fact_and_false_does_not(profiles: Profiles) -> None:
    profiles.set("u", "adult", False)
    assert profiles.summary("u").facts == {"adult": False}
    profiles.set("u", "adult", None)
    assert profiles.summary("u").facts == {}


def test_a_set_becomes_a_sorted_list(profiles: Profiles) -> None:
    profiles.set("u", "services", {"tv", "radio"})
    assert profiles.summary("u").facts == {"services": ["radio", "tv"]}


@pytest.mark.parametrize("value", [object(), float("nan"), {1: object()}])
def test_a_fact_that_json_cannot_hold_is_refused_by_name(profiles: Profiles, value: object) -> None:
    with pytest.raises(ProfileError, match="'city'"):
        profiles.set("u", "city", value)
    assert profiles.summary("u").facts == {}


def test_guests_and_strangers_have_empty_summaries(profiles: Profiles) -> None:
    assert profiles.summary(None).affinities == ()
    stranger = profiles.summary("nobody")
    assert (stranger.user, stranger.events, stranger.seen, stranger.facts) == ("nobody", 0, {}, {})


def test_a_summary_sees_what_another_process_wrote_and_what_time_does(
    profiles: Profiles, catalog: Catalog, store: Store
) -> None:
    now = 1_800_000_000.0
    profiles.record("u", [{"kind": "bought", "item_id": "k1", "time": now}])
    first = profiles.summary("u", now=now)
    assert profiles.summary("u", now=now + 60) is first
    assert first.affinities[0].weight > 0.1
    assert profiles.summary("u", now=now + 2_000 * 86_400).affinities == ()
    other = Profiles(store, catalog)
    other.record("u", [{"kind": "bought", "item_id": "k2", "time": now}])
    other.set("u", "city", "Leeds")
    seen = profiles.summary("u", now=now)
    assert set(seen.seen["bought"]) == {"k1", "k2"}
    assert seen.facts == {"city": "Leeds"}


def test_a_summary_follows_the_catalog(profiles: Profiles, catalog: Catalog) -> None:
    profiles.record("u", [{"kind": "bought", "item_id": "k1"}])
    assert "Acme" in {one.value for one in profiles.summary("u").affinities}
    catalog.update("k1", brand="Bolt")
    assert "Acme" not in {one.value for one in profiles.summary("u").affinities}


FILLED = {"events", "facts", "consents", "sessions", "turns", "forbidden"}


def fill(store: Store, profiles: Profiles, user: str) -> None:
    """Leave a trace of `user` in every table that can hold one."""
    profiles.record(user, [{"kind": "said", "text": f"secret of {user}", "time": 5}])
    profiles.set(user, "city", f"home of {user}")
    with store.write() as connection:
        connection.execute(
            insert(tables.consents), [{"user_id": user, "purpose": "personalise", "granted": True, "time": 1.0}]
        )
        connection.execute(
            insert(tables.sessions),
            [{"id": f"s-{user}", "user_id": user, "state": {"x": 1}, "turns": 1, "updated": 1.0}],
        )
        row = {"user_id": user, "key": "k", "field": "brand", "value": f"brand of {user}", "time": 1.0}
        connection.execute(insert(tables.forbidden), [row])
        read = {"user_id": user, "id": "f", "fact": {"value": f"words of {user}"}, "time": 1.0}
        connection.execute(insert(tables.inferred), [read])
        turn = {"session_id": f"s-{user}", "number": 1, "key": "#1", "user_id": user, "message": f"words of {user}"}
        connection.execute(insert(tables.turns), [{**turn, "reply": {}, "trace": {}, "created": 1.0}])


def test_every_table_with_a_user_is_erased_and_exported() -> None:
    with_users = {table.name for table in tables.metadata.sorted_tables if "user_id" in table.c}
    assert {table.name for table in PERSONAL_TABLES} == with_users


def test_erase_leaves_a_keyed_hash_and_nothing_else(profiles: Profiles, store: Store) -> None:
    fill(store, profiles, "ursula")
    fill(store, profiles, "victor")
    profiles.summary("ursula")
    counts = profiles.erase("ursula")
    assert counts.keys() == {table.name for table in PERSONAL_TABLES}
    assert {name for name, count in counts.items() if count == 1} >= FILLED
    assert all(rows == [] for rows in profiles.export("ursula").values())
    assert profiles.summary("ursula").facts == {}
    with store.read() as connection:
        rows = [tuple(row) for table in tables.metadata.sorted_tables for row in connection.execute(select(table))]
        hashes = set(connection.scalars(select(tables.erasures.c.user_hash)))
        logged = connection.execute(select(tables.audit).where(tables.audit.c.action == "erase")).mappings().one()
    assert "ursula" not in repr(rows)
    assert hashes == {logged["user_hash"]}
    assert (logged["action"], logged["detail"]["turns"]) == ("erase", 1)
    assert all(len(profiles.export("victor")[name]) == 1 for name in FILLED)


def test_erasing_twice_is_no_fault_and_the_hash_stays_the_same(profiles: Profiles, store: Store) -> None:
    fill(store, profiles, "ursula")
    profiles.erase("ursula")
    assert set(profiles.erase("ursula").values()) == {0}
    profiles.record("ursula", [VIEWED])
    assert profiles.erase("ursula")["events"] == 1
    with store.read() as connection:
        assert len(list(connection.scalars(select(tables.erasures.c.user_hash)))) == 1
        assert len(set(connection.scalars(select(tables.audit.c.user_hash)))) == 1


def test_the_hash_is_keyed_by_the_store(tmp_path: Path) -> None:
    hashes = set()
    for name in ("a", "b"):
        store = Store.open(tmp_path / f"{name}.db")
        Profiles(store, Catalog(store)).erase("ursula")
        with store.read() as connection:
            hashes |= set(connection.scalars(select(tables.erasures.c.user_hash)))
        store.close()
    assert len(hashes) == 2


def test_export_is_whole_and_json(profiles: Profiles, store: Store) -> None:
    fill(store, profiles, "ursula")
    exported = json.loads(json.dumps(profiles.export("ursula"), ensure_ascii=False))
    assert {"events", "facts", "consents", "sessions", "turns", "forbidden"} <= set(exported)
    assert exported["events"][0]["text"] == "secret of ursula"
    assert exported["facts"][0]["value"] == "home of ursula"
    assert exported["turns"][0]["message"] == "words of ursula"
