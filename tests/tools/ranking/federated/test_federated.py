"""Training without sending events: what leaves a client is read, and is short, clipped and noised."""

from __future__ import annotations

import json

import numpy as np
import pytest

from shortlist_tools.ranking.federated import Client, Plan, Update, clipped, fit

TRUTH = np.array([2.0, 1.0, 0.0])
START = np.full(3, 0.5)


def people(seed: int, count: int = 40) -> list[np.ndarray]:
    """Return comparisons of people who choose by `TRUTH`."""
    draws = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        x = draws.normal(size=(30, 3))
        chosen = draws.random(30) < 1 / (1 + np.exp(-x @ TRUTH))
        found.append(np.where(chosen[:, None], x, -x))
    return found


def test_only_clipped_changes_leave_a_client_and_no_event() -> None:
    rows = people(1)
    heard: list[Update] = []
    fit([Client(row, seed) for seed, row in enumerate(rows)], START, Plan(rounds=3, clip=0.2), heard.append)
    assert len(heard) == 3 * len(rows)
    raw = {round(float(value), 6) for row in rows for value in row.ravel()}
    for update in heard:
        sent = json.loads(update.model_dump_json())
        assert set(sent) == {"round", "change"}
        assert len(sent["change"]) == 3
        assert np.linalg.norm(sent["change"]) <= 0.2 + 1e-12
        assert not raw & {round(value, 6) for value in sent["change"]}


def test_noise_hides_whether_an_event_is_there() -> None:
    row = people(1, 1)[0]
    with_it, without = Client(row, 5), Client(row[1:], 6)
    apart = np.linalg.norm(
        np.array(Client(row, 5).update(0, START, 0.2, 0.0).change)
        - np.array(Client(row[1:], 5).update(0, START, 0.2, 0.0).change)
    )
    noised = [np.array(one.update(0, START, 0.2, 1.0).change) for one in (with_it, without)]
    assert np.linalg.norm(noised[0] - noised[1]) > 10 * apart > 0


def test_together_they_find_what_all_events_would_tell_and_noise_costs() -> None:
    rows = people(2)
    central = fit([Client(np.vstack(rows), 0)], START, Plan(rounds=40, clip=1e9))
    quiet, loud = (
        fit([Client(row, seed) for seed, row in enumerate(rows)], START, Plan(rounds=40, noise=noise))
        for noise in (0.0, 40.0)
    )
    assert np.argsort(-central).tolist() == np.argsort(-quiet).tolist() == [0, 1, 2]
    assert np.linalg.norm(quiet / np.linalg.norm(quiet) - central / np.linalg.norm(central)) < 0.1
    assert np.linalg.norm(loud - central) > 2 * np.linalg.norm(quiet - central)
    assert min(loud.min(), quiet.min(), central.min()) >= 0.0


def test_the_same_seeds_give_the_same_weights_and_nobody_changes_nothing() -> None:
    rows = people(3, 4)
    first, again = (
        fit([Client(row, seed) for seed, row in enumerate(rows)], START, Plan(rounds=5, noise=1.0)) for _ in range(2)
    )
    assert first.tolist() == again.tolist()
    assert fit([], START, Plan()).tolist() == START.tolist()


@pytest.mark.parametrize("rows", [np.zeros((0, 3)), np.full((4, 3), np.nan)])
def test_a_client_without_a_usable_event_says_nothing(rows: np.ndarray) -> None:
    assert Client(rows, 1).update(0, START, 0.5, 0.0).change == (0.0, 0.0, 0.0)


def test_clipping_shortens_and_keeps_the_direction() -> None:
    assert clipped(np.array([3.0, 4.0]), 1.0).tolist() == pytest.approx([0.6, 0.8])
    assert clipped(np.array([0.3, 0.4]), 1.0).tolist() == [0.3, 0.4]
