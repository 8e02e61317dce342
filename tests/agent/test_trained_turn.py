"""A trained model changes what people are shown, says so, and stands aside when it is damaged or may not be used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from shortlist import Recommender
from shortlist.training import answered_slates
from shortlist_tools.ranking import Weights
from shortlist_tools.ranking.feedback import Answered, Shown, Slate
from shortlist_tools.ranking.fusion import asked_first
from shortlist_tools.ranking.training import LEAST_SLATES, learned_weights

SIZE = 16


class Flat:
    """A model of meaning in which every text is alike, so that only behaviour tells items apart."""

    name, dimensions = "flat", 2

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.full((len(texts), 2), 0.5**0.5, dtype=np.float32)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Recommender]:
    """Two circles of people: one buys the items of even number, the other those of odd number."""
    rows = tmp_path / "items.jsonl"
    rows.write_text(
        "".join(json.dumps({"id": f"i{n:02d}", "title": f"Thing {n}"}) + "\n" for n in range(SIZE)), "utf-8"
    )
    settings = {"vector_index": "exact", "slate_size": 5}
    with Recommender.open(tmp_path / "shop.db", model="offline", embedder=Flat(), settings=settings) as found:
        found.catalog.ingest(rows)
        for person in range(12):
            own = [f"i{n:02d}" for n in range(person % 2, SIZE, 2)]
            bought = [own[(person // 2 + step) % len(own)] for step in range(6)]
            found.profiles.record(
                f"p{person}", [{"kind": "bought", "item_id": one, "time": 1e9 + at} for at, one in enumerate(bought)]
            )
        found.profiles.record("new", [{"kind": "liked", "item_id": f"i{n:02d}", "time": 2e9 + n} for n in (1, 3, 5)])
        yield found


def shown(shop: Recommender, user: str | None) -> list[Any]:
    return shop.recommend(user, n=6)


def test_a_trained_model_lifts_what_the_like_minded_took(shop: Recommender) -> None:
    before = shown(shop, "new")
    guest = [item.id for item in shown(shop, None)]
    assert "collaborative" not in {term.signal for item in before for term in item.terms}
    shop.train(people=2)
    after = shown(shop, "new")
    assert [int(item.id[1:]) % 2 for item in after] == [1] * 6
    assert [item.id for item in after] != [item.id for item in before]
    assert "collaborative" in {term.signal for term in after[0].terms}
    reply = shop.reply("show me things", user_id="new", session_id="s")
    assert "collaborative" in {term.signal for item in reply.items for term in item.terms}
    assert [item.id for item in shown(shop, None)] == guest


def test_who_does_not_let_it_be_used_is_not_ranked_by_it(shop: Recommender) -> None:
    before = [item.id for item in shown(shop, "unknown")]
    shop.train(people=2)
    shop._runtime.profiles.rights.consent("new", "personalise", "*", False)
    found = shown(shop, "new")
    assert "collaborative" not in {term.signal for item in found for term in item.terms}
    assert [item.id for item in found] == before


def test_an_item_that_came_later_is_scored_by_its_content(shop: Recommender, tmp_path: Path) -> None:
    shop.train(people=2)
    rows = tmp_path / "later.jsonl"
    rows.write_text(json.dumps({"id": "i99", "title": "Thing 99"}) + "\n", "utf-8")
    shop.catalog.ingest(rows)
    shop.prepare()
    model = shop.models.serving()
    assert model is not None
    assert model.newcomers(shop._runtime.services().snapshot) == ("i99",)
    assert "collaborative" in {term.signal for term in shown(shop, "new")[0].terms}


def test_a_damaged_model_is_named_in_a_note_and_the_turn_goes_on(shop: Recommender) -> None:
    before = [item.id for item in shown(shop, "new")]
    shop.train(people=2)
    folder = next(shop.models.directory.glob("model-*"))
    (folder / "popular.npy").write_bytes(b"torn")
    fresh = type(shop.models)(shop.models.directory)
    shop._runtime.models = fresh
    shop._runtime._services = None
    reply = shop.reply("show me things", user_id="new", session_id="torn")
    assert reply.items
    assert any("shortlist train" in note and "damaged" in note for note in reply.notes)
    assert [item.id for item in shown(shop, "new")] == before


def slates(n: int) -> list[Answered]:
    """Slates on which quality decides, and the request nothing, of people who like the best in it."""
    chance = np.random.default_rng(5)
    found = []
    for at in range(n):
        signals = chance.random((3, 2)).round(3)
        items = tuple(
            Shown(f"i{place}", {"request": float(row[0]), "quality": float(row[1])})
            for place, row in enumerate(signals)
        )
        liked = items[int(signals[:, 1].argmax())].id
        found.append(Answered(Slate(items, float(at)), {liked: 1.0} if chance.random() < 0.9 else {}))
    return found


def test_weights_are_learned_from_enough_slates_and_what_is_asked_for_keeps_its_share() -> None:
    assert learned_weights(slates(LEAST_SLATES - 1)) is None
    found = learned_weights(slates(LEAST_SLATES))
    assert found is not None
    assert found.slates == LEAST_SLATES
    assert found.weights.quality > Weights().quality
    assert min(found.weights.model_dump().values()) >= 0.0
    assert found.weights == asked_first(found.weights)


def test_weights_live_and_go_back_with_the_model(shop: Recommender, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.train(people=2)
    monkeypatch.setattr("shortlist.training.answered_slates", lambda store: slates(LEAST_SLATES))
    card = shop.train(people=2)
    assert card.fusion is not None
    quality = card.fusion.weights.quality
    from shortlist.turn.choice import weights_of

    services = shop._runtime.services()
    assert weights_of(services).quality == quality
    assert shop.models.current().card == card
    first = shop.models.roll_back()
    assert first.fusion is None
    assert first.checksum != card.checksum
    assert weights_of(services) == Weights()


def test_only_slates_of_people_who_react_and_let_it_be_learnt_from_are_taken(shop: Recommender) -> None:
    for user in ("reacts", "silent", "refuses"):
        reply = shop.reply("show me things", user_id=user, session_id=user)
        if user != "silent":
            shop.feedback(user, reply.items[1].id, "liked")
    shop._runtime.profiles.rights.consent("refuses", "train", "*", False)
    found = answered_slates(shop._runtime.store)
    assert [one.slate.session for one in found] == ["reacts"]
    assert list(found[0].worth.values()) == [1.0]
