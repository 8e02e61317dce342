"""Export is readable, retention goes by age, the log names who did what, and odd user ids stay apart."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shortlist_tools.profile import ProfileError, Profiles, acting
from shortlist_tools.store import Store

DAY = 86_400.0
ODD = ("o'brien\"; DROP TABLE events;--", "../../etc/passwd", "C:\\users\\x", "a%_*?b", "名字 🦉", " ", "u\n2")


def test_export_is_one_json_with_times_that_can_be_read(profiles: Profiles) -> None:
    profiles.record("u", [{"kind": "said", "text": "给妈妈的礼物", "time": "2026-05-04T08:10:00Z"}])
    exported = json.loads(json.dumps(profiles.export("u"), ensure_ascii=False))
    assert exported["events"][0]["time"] == "2026-05-04T08:10:00Z"
    assert exported["events"][0]["text"] == "给妈妈的礼物"


def test_retention_deletes_what_is_old_and_keeps_what_was_stated(store: Store, profiles: Profiles) -> None:
    profiles._clock = profiles.rights._now = lambda: 1_000 * DAY
    profiles.record("u", [{"kind": "viewed", "item_id": "l1", "time": n * DAY} for n in (10, 899, 901)])
    for field, origin, then in (("a", "stated", 1), ("b", "rule", 1), ("c", "rule", 990)):
        profiles._clock = lambda then=then: then * DAY
        with store.write() as connection:
            profiles.set_fact(connection, "u", field, "x", origin=origin, source="s")
    profiles._clock = lambda: 1_000 * DAY
    gone = profiles.rights.retain(100)
    assert (gone["events"], gone["facts"]) == (2, 1)
    assert set(profiles.summary("u").facts) == {"a", "c"}
    assert profiles.summary("u").events == 1
    with pytest.raises(ProfileError, match="days"):
        profiles.rights.retain(0)


def test_events_can_be_forgotten_by_kind_and_item(profiles: Profiles) -> None:
    events = [{"kind": kind, "item_id": item, "time": 1} for kind in ("viewed", "bought") for item in ("l1", "l2")]
    profiles.record("u", events)
    assert profiles.rights.forget_events("u", kinds=["viewed"], items=["l1"]) == 1
    assert profiles.summary("u").seen == {"viewed": ("l2",), "bought": ("l1", "l2")}
    assert profiles.rights.forget_events("u") == 3


def test_the_log_says_who_read_or_changed_what_and_no_value(profiles: Profiles) -> None:
    profiles.set("u", "city", "Leeds")
    with acting("support-7"):
        profiles.get("u")
        profiles.correct("u", "city", "York")
    profiles.export("u")
    log = profiles.rights.audit_log("u")
    told = [(row["actor"], row["action"], row["detail"].get("field")) for row in log]
    assert told == [
        ("host", "set", "city"),
        ("support-7", "read", None),
        ("support-7", "set", "city"),
        ("host", "export", None),
    ]
    assert "York" not in repr(log)
    profiles.erase("u")
    assert {json.dumps(row["detail"]) for row in profiles.rights.audit_log("u")[:-1]} == {"{}"}


def test_odd_user_ids_stay_apart_and_are_erased_alone(profiles: Profiles) -> None:
    for number, user in enumerate(ODD):
        profiles.record(user, [{"kind": "viewed", "item_id": "l1", "time": number}])
    assert profiles.erase(ODD[3])["events"] == 1
    assert [profiles.summary(user).events for user in ODD] == [1, 1, 1, 0, 1, 1, 1]


@pytest.mark.parametrize("user", ["x" * 10_240, "a\x00b", "\ud800"])
def test_a_user_id_that_cannot_be_kept_is_refused(profiles: Profiles, user: str) -> None:
    with pytest.raises(ProfileError, match="user id"):
        profiles.record(user, [{"kind": "viewed", "item_id": "l1", "time": 1}])


def test_two_processes_update_one_profile_and_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from shortlist_tools.store import Store; from shortlist_tools.catalog import Catalog\n"
        "from shortlist_tools.profile import Profiles\n"
        "store = Store.open(sys.argv[1]); profiles = Profiles(store, Catalog(store))\n"
        "for n in range(40):\n"
        "    event = {'kind': 'said', 'text': f'{n % 20} ' + (sys.argv[2] if n < 20 else ''), 'time': n % 20}\n"
        "    with store.write() as c:\n"
        "        from shortlist_tools.profile import read_event\n"
        "        profiles.add_events(c, 'u', [read_event(event)], 'x')\n"
        "    profiles.set('u', sys.argv[2], n); profiles.set('u', 'both', n)\n"
    )
    Store.open(tmp_path / "shop.db").close()
    done = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "shop.db"), name], stderr=subprocess.PIPE)
        for name in ("a", "b")
    ]
    assert [(process.communicate()[1], process.returncode) for process in done] == [(b"", 0)] * 2
    store = Store.open(tmp_path / "shop.db")
    from shortlist_tools.profile.rights.exporting import exported

    with store.read() as connection:
        rows = exported(connection, "u")
    store.close()
    assert len(rows["events"]) == 60
    assert {row["field"]: row["value"] for row in rows["facts"]} == {"a": 39, "b": 39, "both": 39}
