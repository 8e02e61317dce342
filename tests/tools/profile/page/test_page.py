"""The profile page says what is believed, in the person's language, with a reference that names each fact."""

from __future__ import annotations

import pytest

from shortlist_tools.catalog import Schema, Snapshot
from shortlist_tools.profile import Consents, Level, Profile, ProfileError, ProfileFact, Profiles, fact_id
from shortlist_tools.profile.model import Interest
from shortlist_tools.profile.page import Page, evidence_for, find_facts, page_html, page_of, references
from shortlist_tools.store import Store, tables

DAY = 86_400.0
NOW = 1_790_000_000.0
EVERYTHING = Consents()


def interest(value: str, **given: object) -> Interest:
    held = {
        "id": fact_id("interest", "brand", value),
        "kind": "interest",
        "field": "brand",
        "value": value,
        "confidence": 0.9,
        "first_seen": NOW - 9 * DAY,
        "last_seen": NOW - DAY,
        "origin": "rule",
        "sentence": {"en": f"You like {value}.", "zh": f"你喜欢{value}。"},
        "tier": "primary",
        "weight": 1.0,
        "share": 0.6,
        "expected": 0.25,
    }
    return Interest.model_validate(held | given)


def page(profile: Profile, snapshot: Snapshot, consents: Consents = EVERYTHING, language: str | None = None) -> Page:
    return page_of(profile, snapshot, consents, Level(allowed=consents.level, supported=3), language=language)


def test_an_interest_has_a_bar_a_mark_for_others_and_how_sure_it_is(snapshot: Snapshot) -> None:
    made = page(Profile(user="u", built=NOW, events=4, interests=(interest("Acme", evidence=("e1",)),)), snapshot)
    row = made.sections[0].rows[0]
    assert (row.text, row.about, row.share, row.expected) == ("Acme", "brand", 0.6, 0.25)
    assert row.figure == "60% (others 25%)"
    assert row.sure == "fairly sure"
    assert row.origin == "worked out from what you did, last on 20 September 2026"
    assert made.intro[1] == "Above all, you turn to Acme (brand)."


def test_the_page_speaks_the_language_that_was_stated(snapshot: Snapshot) -> None:
    stated = ProfileFact(
        id="0123456789ab", kind="stated", field="language", value="zh", confidence=1.0, first_seen=NOW, last_seen=NOW,
        origin="stated", sentence={"en": "", "zh": ""},
    )  # fmt: skip
    made = page(Profile(user="u", built=NOW, stated=(stated,)), snapshot)
    assert made.language == "zh"
    assert made.sections[0].rows[0].text == "语言：中文"
    assert page(Profile(user="u", built=NOW, stated=(stated,)), snapshot, language="en").language == "en"


def test_nothing_known_is_said_so_and_nothing_allowed_too(snapshot: Snapshot) -> None:
    empty = Profile(user="u", built=NOW)
    assert page(empty, snapshot).intro[0].startswith("Nothing is known of you yet.")
    refused = Consents(answers={("infer", "*"): False})
    assert page(empty, snapshot, refused).intro == ("What you did here is not drawn upon: you did not allow it.",)


def test_what_is_allowed_is_shown_by_source_and_purpose(snapshot: Snapshot) -> None:
    refused = Consents(answers={("personalise", "purchases"): False})
    rows = dict(page(Profile(user="u", built=NOW), snapshot, refused).allowed.sources)
    assert rows["purchases"] == (True, False, True, True)
    assert rows["searches"] == (True, True, True, True)


def test_html_holds_no_script_and_escapes_what_people_wrote(snapshot: Snapshot) -> None:
    hostile = "<script>alert('x')</script>"
    profile = Profile(user=f'{hostile}"../../etc', built=NOW, interests=(interest("Acme", quote=hostile),))
    text = page_html(page(profile, snapshot))
    assert "<script" not in text
    assert "&lt;script&gt;alert(&#39;x&#39;)" in text
    assert "http://" not in text
    assert "https://" not in text


def test_a_reference_is_as_short_as_it_may_be_and_names_one_fact() -> None:
    facts = tuple(interest(f"b{number}") for number in range(300))
    profile = Profile(user="u", built=NOW, interests=facts)
    short = references(profile)
    assert min(map(len, short.values())) == 4
    for fact in facts:
        found = [other.id for other in facts if other.id.startswith(short[fact.id])]
        assert found == [fact.id]


def test_a_fact_is_found_by_id_by_pair_by_value_and_by_field() -> None:
    schema = Schema.model_validate(
        {
            "fields": [
                {
                    "name": "brand",
                    "kind": "category",
                    "label": {"zh": "品牌"},
                    "values": {"Acme": {"zh": ["艾克美"]}},
                }
            ]
        }
    )
    one, two = interest("Acme"), interest("Bolt")
    profile = Profile(user="u", built=NOW, interests=(one, two))
    for said in (one.id, one.id[:6], "brand=Acme", "acme", "艾克美", "品牌=艾克美"):
        assert find_facts(profile, said, schema) == [one]
    with pytest.raises(ProfileError, match="may mean several facts"):
        find_facts(profile, "brand", schema)
    with pytest.raises(ProfileError, match="names nothing that is known"):
        find_facts(profile, "Zeta", schema)


def test_evidence_is_told_with_title_and_words_and_only_what_is_still_kept(
    profiles: Profiles, store: Store, snapshot: Snapshot
) -> None:
    profiles.record("u", [{"kind": "reviewed", "item_id": "l1", "value": 4, "text": "bright", "time": NOW - DAY}])
    with store.read() as connection:
        key = connection.execute(tables.events.select()).mappings().one()["id"].removeprefix("u:")
    profile = Profile(user="u", built=NOW, events=1, interests=(interest("Acme", evidence=(key, "gone")),))
    found = evidence_for(store, profile)
    made = page_of(profile, snapshot, Consents(), Level(allowed=3, supported=3), evidence=found, language="en")
    assert made.sections[0].rows[0].evidence == ("20 September 2026 · reviewed: a “bright” (4)",)
