"""What is not allowed is neither kept nor used."""

from __future__ import annotations

import pytest

from shortlist_tools.profile import KINDS, ProfileError, Profiles
from shortlist_tools.profile.rights.consent import KINDS_OF, Consents

NOW = 1_800_000_000.0
BOUGHT = {"kind": "bought", "item_id": "k1", "time": NOW}
VIEWED = {"kind": "viewed", "item_id": "l1", "time": NOW}


def test_every_kind_of_event_has_one_source() -> None:
    assert sorted(kind for kinds in KINDS_OF.values() for kind in kinds) == sorted(KINDS)


def test_an_answer_for_a_source_goes_before_one_for_all() -> None:
    consents = Consents(answers={("personalise", "*"): False, ("personalise", "views"): True})
    assert consents.may("personalise", "views")
    assert not consents.may("personalise", "purchases")
    assert consents.may("personalise")
    assert consents.may("record", "purchases")


def test_what_may_not_be_recorded_is_not_kept_and_what_was_kept_goes(profiles: Profiles) -> None:
    profiles.record("u", [BOUGHT, VIEWED])
    assert profiles.rights.consent("u", "record", "purchases", granted=False) == 1
    assert profiles.get("u")["events"] == {"viewed": 1}
    done = profiles.record("u", [{**BOUGHT, "item_id": "k2"}, {**VIEWED, "item_id": "l2"}])
    assert (done.recorded, done.duplicates, done.refused) == (1, 0, 1)
    profiles.rights.consent("u", "record", "purchases", granted=True)
    assert profiles.record("u", [BOUGHT]).recorded == 1


def test_what_may_not_personalise_is_kept_but_not_used(profiles: Profiles) -> None:
    profiles.record("u", [BOUGHT, VIEWED])
    profiles.set("u", "city", "Leeds")
    profiles.rights.consent("u", "personalise", "purchases", granted=False)
    assert set(profiles.summary("u", now=NOW).seen) == {"viewed"}
    profiles.rights.consent("u", "personalise", "facts", granted=False)
    assert profiles.summary("u", now=NOW).facts == {}
    assert profiles.get("u")["events"] == {"bought": 1, "viewed": 1}
    profiles.rights.consent("u", "personalise", "*", granted=True)
    assert set(profiles.summary("u", now=NOW).seen) == {"bought", "viewed"}
    assert profiles.summary("u", now=NOW).facts == {"city": "Leeds"}


def test_what_was_done_in_a_chat_needs_the_consent_for_chats_too(profiles: Profiles) -> None:
    profiles.record("u", [{"kind": "liked", "item_id": "l1", "time": NOW, "channel": "chat"}, VIEWED])
    profiles.rights.consent("u", "personalise", "chats", granted=False)
    assert set(profiles.summary("u", now=NOW).seen) == {"viewed"}


def test_the_level_in_effect_is_the_lower_of_allowed_and_supported(profiles: Profiles) -> None:
    def level() -> tuple[int, int, int]:
        found = profiles.rights.level("u")
        return found.allowed, found.supported, found.effect

    assert level() == (3, 1, 1)
    profiles.record("u", [VIEWED])
    assert level() == (3, 2, 2)
    with profiles._store.write() as connection:
        profiles.set_fact(connection, "u", "style", "browsing", origin="rule", source="builder")
    assert level() == (3, 3, 3)
    profiles.rights.allow("u", 2)
    assert level() == (2, 2, 2)
    assert profiles.summary("u").facts == {}
    profiles.rights.allow("u", 1)
    assert level() == (1, 2, 1)
    assert profiles.summary("u").seen == {}
    profiles.rights.allow("u", 0)
    assert level() == (0, 1, 0)
    assert profiles.record("u", [VIEWED]).refused == 1
    assert profiles.rights.level(None).effect == 1


@pytest.mark.parametrize(("purpose", "source"), [("sell", "*"), ("record", "dreams")])
def test_an_unknown_purpose_or_source_is_refused_by_name(profiles: Profiles, purpose: str, source: str) -> None:
    with pytest.raises(ProfileError, match=r"sell|dreams"):
        profiles.rights.consent("u", purpose, source, granted=False)
