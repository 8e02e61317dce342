"""Training on a store's events: what is published, refused, rolled back, and kept when something goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from shortlist_tools.catalog import Catalog, Snapshot
from shortlist_tools.profile import Event, Profiles
from shortlist_tools.ranking.collaborative import ArtefactError, FittedItems, InteractionsError, TrainingError
from shortlist_tools.ranking.training import Models, Options, card_text, gathered, train
from shortlist_tools.search.versions import writing
from shortlist_tools.store import Store

ITEMS = 16


class Shop:
    """A store with a small catalog, twelve shoppers in two circles, and a place for models."""

    def __init__(self, folder: Path) -> None:
        rows = folder / "items.jsonl"
        lines = [{"id": f"i{n:02d}", "title": f"Thing {n}", "kind": "ab"[n // 8], "price": 5 + n} for n in range(ITEMS)]
        rows.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        self.store = Store.open(folder / "shop.db")
        self.catalog = Catalog(self.store)
        self.catalog.ingest(rows)
        self.profiles = Profiles(self.store, self.catalog)
        draws = np.random.default_rng(2)
        for person in range(12):
            own = 8 * (person % 2) + draws.permutation(8)[:6]
            self.record(f"p{person}", [f"i{item:02d}" for item in own])
        self.models = Models(folder / "models")

    def record(self, user: str, items: list[str], kind: str = "bought") -> None:
        self.profiles.record(user, [Event(kind=kind, item_id=item, time=1e9 + n) for n, item in enumerate(items)])

    @property
    def snapshot(self) -> Snapshot:
        return self.catalog.snapshot()

    @property
    def vectors(self) -> np.ndarray:
        found = np.random.default_rng(4).normal(0.0, 0.1, (len(self.snapshot), 6)).astype(np.float32)
        found[:, 0] += [1.0 if self.snapshot.value(row, "kind") == "a" else -1.0 for row in range(len(self.snapshot))]
        return found

    def train(self, **options: int) -> str:
        return train(self.store, self.snapshot, self.models, self.vectors, Options(**options)).checksum

    def scores(self, *items: str) -> np.ndarray:
        serving = self.models.serving()
        assert serving is not None
        events = [Event(kind="bought", item_id=item, time=1e9 + n) for n, item in enumerate(items)]
        return serving.collaborative_scores(self.snapshot, events)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_the_model_tells_the_circles_apart_and_its_card_says_what_it_saw(shop: Shop) -> None:
    stages: list[tuple[str, int, int]] = []
    card = train(shop.store, shop.snapshot, shop.models, shop.vectors, progress=lambda *at: stages.append(at))
    assert (card.users, card.interactions, card.people) == (12, 72, 3)
    assert (card.first, card.last) == ("2001-09-09", "2001-09-09")
    assert {stage for stage, _, _ in stages} == {"events", "settings", "towers", "model"}
    assert all(done <= total for _, done, total in stages)
    scores = shop.scores("i00", "i03")
    assert scores[:8].mean() > scores[8:].mean() + 0.5
    assert scores.mean() == pytest.approx(0.0, abs=1e-6)
    assert f"- Learnt from {card.users} users" in card_text(card)
    assert card.checksum in (next((shop.models.directory).glob("model-*")) / "card.md").read_text("utf-8")


def test_training_twice_gives_the_same_checksum_and_the_version_before_comes_back(shop: Shop) -> None:
    first = shop.train()
    assert shop.train() == first
    shop.record("p0", [f"i{n:02d}" for n in range(8, 14)])
    other = shop.train()
    assert other != first
    assert shop.models.current().card.checksum == other
    assert shop.models.roll_back().checksum == first
    serving = shop.models.serving()
    assert serving is not None
    assert serving.card.checksum == first
    with pytest.raises(TrainingError, match="no model before"):
        shop.models.roll_back()


def test_a_new_version_is_switched_to_while_the_old_one_is_held(shop: Shop) -> None:
    shop.train()
    held = shop.models.serving()
    assert held is not None
    elsewhere = Models(shop.models.directory)
    train(shop.store, shop.snapshot, elsewhere, None, Options(people=2))
    now = shop.models.serving()
    assert now is not None
    assert now.name > held.name
    assert "content" not in now.ours.parts
    assert np.isfinite(held.collaborative_scores(shop.snapshot, [])).all()


def test_training_that_is_killed_half_way_leaves_the_old_model_serving(shop: Shop) -> None:
    first = shop.train()

    class KilledError(Exception):
        pass

    def kill(stage: str, done: int, total: int) -> None:
        if stage == "model":
            raise KilledError

    with pytest.raises(KilledError):
        train(shop.store, shop.snapshot, shop.models, shop.vectors, progress=kill)
    left = shop.models.directory / "model-000002"  # as a process leaves it that dies while it writes
    left.mkdir()
    (left / "card.json").write_text("{", "utf-8")
    assert shop.models.current().card.checksum == first
    assert shop.train() == first
    assert shop.models.current().name == left.name


def test_a_damaged_model_is_named_and_the_one_that_served_goes_on(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    first = shop.train()
    serving = shop.models.serving()
    assert serving is not None
    shop.record("p0", ["i15", "i14"])
    shop.train()
    current = shop.models.directory / shop.models.current().name
    data = bytearray((current / "ease-data.npy").read_bytes())
    data[-1] ^= 1
    (current / "ease-data.npy").write_bytes(data)
    with pytest.raises(ArtefactError, match=r"ease-data\.npy has changed.*--rollback"):
        shop.models.current()
    kept = shop.models.serving()
    assert kept is not None
    assert kept.card.checksum == first
    assert "ease-data.npy has changed" in caplog.text
    assert Models(shop.models.directory).serving() is None


def test_a_model_of_an_older_format_is_not_used(shop: Shop) -> None:
    shop.train()
    card = next(shop.models.directory.glob("model-*")) / "card.json"
    card.write_text(card.read_text("utf-8").replace('"format": 1', '"format": 0'), "utf-8")
    with pytest.raises(ArtefactError, match="format 0, this release reads format 1"):
        shop.models.current()


def test_items_that_left_are_dropped_and_items_that_came_have_no_say_or_their_contents(shop: Shop) -> None:
    shop.train()
    shop.catalog.retire(["i00", "i09"])
    scores = shop.scores("i00", "i03")
    assert scores.shape == (ITEMS - 2,)
    assert scores.mean() == pytest.approx(0.0, abs=1e-6)
    row = shop.snapshot.row_of
    assert scores[row["i01"]] > scores[row["i10"]]
    path = shop.models.directory.parent / "more.jsonl"
    path.write_text(json.dumps({"id": "new", "title": "Thing new", "kind": "a", "price": 3}) + "\n", "utf-8")
    shop.catalog.ingest(path)
    assert shop.scores("i03")[shop.snapshot.row_of["new"]] == 0.0
    serving = shop.models.serving()
    assert serving is not None
    events = [Event(kind="bought", item_id="i03", time=1e9)]
    like_a, like_b = (np.array([side, 0, 0, 0, 0, 0], dtype=np.float32) for side in (1.0, -1.0))
    as_a, as_b = (
        serving.collaborative_scores(shop.snapshot, events, {"new": one})[shop.snapshot.row_of["new"]]
        for one in (like_a, like_b)
    )
    assert as_a > as_b


def test_nothing_is_kept_that_fewer_people_stand_behind_than_declared(shop: Shop) -> None:
    shop.record("loner", ["i00", "i15"])
    shop.train(people=4)
    model = shop.models.current()
    interactions = gathered(shop.store, shop.snapshot)
    matrix = interactions.matrix()
    together = (matrix.T @ matrix).toarray()
    for name in ("ease", "successions"):
        part = model.ours.parts[name]
        assert isinstance(part, FittedItems)
        rows, columns = part.weights.toarray().nonzero()
        assert len(rows)
        assert (together[rows, columns] >= 4).all()
    assert (interactions.people[model.ours.known] >= 4).all()
    assert (interactions.people[~model.ours.known] < 4).all()
    stored = b"".join(path.read_bytes() for path in shop.models.directory.rglob("*") if path.is_file())
    assert b"loner" not in stored


def test_who_does_not_let_be_learnt_from_is_left_out(shop: Shop) -> None:
    before = gathered(shop.store, shop.snapshot)
    shop.profiles.rights.consent("p0", "train", "*", False)
    after = gathered(shop.store, shop.snapshot)
    assert (before.users, after.users) == (12, 11)
    shop.profiles.rights.consent("p1", "train", "purchases", False)
    assert gathered(shop.store, shop.snapshot).users == 10


def test_content_that_is_no_number_and_too_few_people_are_refused(shop: Shop, tmp_path: Path) -> None:
    bad = shop.vectors
    bad[2, 1] = np.inf
    with pytest.raises(InteractionsError, match="i02"):
        train(shop.store, shop.snapshot, shop.models, bad)
    with pytest.raises(TrainingError, match=r"12 users have turned to items .* 13 must"):
        shop.train(people=13)
    with pytest.raises(TrainingError, match="at least 2"):
        Options(people=1)
    assert shop.models.serving() is None
    with pytest.raises(TrainingError, match="no model has been trained"):
        shop.models.current()


def test_two_trainings_at_once_are_refused(shop: Shop) -> None:
    with writing(shop.models.directory) as holder:
        assert holder is None
        with pytest.raises(TrainingError, match="is training into"):
            shop.train()


def test_large_catalogs_are_told_by_neighbours(shop: Shop) -> None:
    card = train(shop.store, shop.snapshot, shop.models, shop.vectors, Options(most_items=8))
    assert card.method == "item-item"
    scores = shop.scores("i00", "i03")
    assert scores[:8].mean() > scores[8:].mean() + 0.5
