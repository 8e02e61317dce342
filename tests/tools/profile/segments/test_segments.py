"""Segments: planted groups are found, newcomers borrow from the nearest, and figures are published from a budget."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile import Affinity, Profiles, ProfileSummary
from shortlist_tools.profile.pairs import pair_index
from shortlist_tools.profile.segments import (
    Leaning,
    Segment,
    SegmentError,
    Segments,
    movement,
    nearest_segment,
    plot_movement,
    plot_segments,
    release,
    spent_of,
    stored_segments,
    with_segment,
)
from shortlist_tools.profile.segments.release import SENSITIVITY, counted_codes, counts_of
from shortlist_tools.store import Store

NOW = 1_790_000_000.0
LAMPS, KETTLES = ("l1", "l2", "l3", "l4"), ("k1", "k2", "k3", "k4")


def people(profiles: Profiles, each: int = 12) -> None:
    draws = Random(3)
    for name, items in (("lamp", LAMPS), ("kettle", KETTLES)):
        for number in range(each):
            events = [
                {"kind": draws.choice(["viewed", "bought"]), "item_id": draws.choice(items), "time": NOW - 1e5 * place}
                for place in range(6)
            ]
            profiles.record(f"{name}{number}", events)


def test_planted_groups_are_found_and_described(profiles: Profiles, store: Store) -> None:
    people(profiles)
    segments, _, labels = profiles.segment()
    assert [one.people for one in segments.segments] == [12, 12]
    assert len(set(labels[:12])) == len(set(labels[12:])) == 1
    kinds = {one.leanings[0].value for one in segments.segments if one.leanings[0].field == "kind"}
    named = {leaning.value for one in segments.segments for leaning in one.leanings if leaning.field == "kind"}
    assert named == {"lamp", "kettle"}
    assert kinds <= named
    assert stored_segments(store) == segments
    text = segments.model_dump_json()
    assert "lamp0" not in text
    assert "kettle0" not in text


def test_who_refuses_to_be_learned_from_is_in_no_segment(profiles: Profiles) -> None:
    people(profiles)
    profiles.rights.consent("lamp0", "train", "*", False)
    assert profiles.segment(k=2)[0].people == 23


def test_too_few_people_are_said_so(profiles: Profiles) -> None:
    people(profiles, each=2)
    with pytest.raises(SegmentError, match="4 people can be placed"):
        profiles.segment()


def segments_of(*leanings: tuple[str, str]) -> Segments:
    made = tuple(
        Segment(
            number=number,
            people=9,
            leanings=(Leaning(field=field, value=value, share=0.9, expected=0.4),),
            price=0.0,
            centre=(0.0,),
            sentence={},
        )
        for number, (field, value) in enumerate(leanings, start=1)
    )
    return Segments(built=NOW, people=18, space="values", choices=(), segments=made)


def test_a_newcomer_borrows_from_the_nearest_segment_only() -> None:
    segments = segments_of(("kind", "lamp"), ("kind", "kettle"))
    new = ProfileSummary(user="u", affinities=(Affinity(field="kind", value="kettle", weight=0.2),), events=1)
    nearest = nearest_segment(new, segments)
    assert nearest is not None
    assert nearest.number == 2
    assert nearest_segment(ProfileSummary(user="u"), segments) is None
    likes = ProfileSummary(user="u", facts={"likes": ["kind=lamp"]})
    assert [(one.value, one.shared) for one in with_segment(likes, segments).affinities] == [("lamp", True)]
    known = new.model_copy(update={"events": 50})
    assert with_segment(known, segments) is known


@pytest.mark.parametrize(("level", "borrowed"), [(1, False), (2, True), (3, True)])
def test_segments_are_lent_where_the_person_allows_it(profiles: Profiles, level: int, borrowed: bool) -> None:
    people(profiles)
    profiles.segment(k=2)
    profiles.rights.allow("new", level)
    profiles.set("new", "kind", "kettle")
    assert any(one.shared for one in profiles.summary("new").affinities) is borrowed


def test_one_person_moves_all_counts_by_no_more_than_the_sensitivity(profiles: Profiles, snapshot: Snapshot) -> None:
    people(profiles)
    _, held, labels = profiles.segment(k=2)
    domain = counted_codes(pair_index(snapshot))
    whole = counts_of(held, labels, domain)
    for person in range(len(held)):
        rest = np.arange(len(held)) != person
        less = type(held)(held.points[rest], held.shares[rest], held.prices[rest], held.space)
        assert np.abs(whole - counts_of(less, labels[rest], domain)).sum() <= SENSITIVITY


def test_a_release_is_paid_for_and_refused_when_the_budget_is_spent(
    profiles: Profiles, store: Store, snapshot: Snapshot
) -> None:
    pytest.importorskip("opendp")
    people(profiles)
    _, held, labels = profiles.segment(k=2)
    made = release(store, snapshot, held, labels, 3.0, NOW)
    assert (made.scale, made.spent, made.left) == (SENSITIVITY / 3.0, 3.0, 1.0)
    assert len(made.segments) == 2
    with pytest.raises(SegmentError, match="1 of 4 is left"):
        release(store, snapshot, held, labels, 1.5, NOW)
    with pytest.raises(SegmentError, match="above 0"):
        release(store, snapshot, held, labels, 0.0, NOW)
    assert spent_of(store) == 3.0


def test_figures_move_less_where_more_of_the_budget_is_spent() -> None:
    pytest.importorskip("opendp")
    moved = movement((0.25, 4.0), draws=800)
    assert moved[0.25][1] > 4 * moved[4.0][1] > 0
    # The 95th percentile of a Laplace variable's size is its scale times ln 20.
    assert moved[0.25][1] == pytest.approx(SENSITIVITY / 0.25 * np.log(20), rel=0.25)


def test_pictures_are_written(profiles: Profiles, tmp_path: Any) -> None:
    people(profiles)
    plot_segments(*profiles.segment(k=2), tmp_path / "segments.png")
    plot_movement(tmp_path / "moved.png", 12)
    for name in ("segments.png", "moved.png"):
        assert (tmp_path / name).read_bytes()[:4] == b"\x89PNG"
