"""Training by the recommender and by its command: a card, the model in force, and the way back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from shortlist import Recommender
from shortlist.cli.training import run_train
from shortlist.errors import TrainingError


class Letters:
    """A model of meaning that costs nothing: how often the first letters stand in a text."""

    name, dimensions = "letters", 8

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.array([[1 + text.count(chr(97 + place)) for place in range(8)] for text in texts], dtype=np.float32)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def recommender(tmp_path: Path) -> Recommender:
    rows = tmp_path / "items.jsonl"
    rows.write_text("".join(json.dumps({"id": f"i{n}", "title": f"Thing {n}"}) + "\n" for n in range(8)), "utf-8")
    found = Recommender.open(tmp_path / "shop.db", embedder=Letters(), settings={"vector_index": "exact"})
    found.catalog.ingest(rows)
    for person in range(6):
        events = [{"kind": "bought", "item_id": f"i{(person + n) % 8}", "time": 1e9 + n} for n in range(4)]
        found.profiles.record(f"p{person}", events)
    return found


def test_train_shows_the_card_of_the_model_in_force_and_rolls_back(
    recommender: Recommender, capsys: pytest.CaptureFixture[str]
) -> None:
    with recommender:
        run_train(recommender, 2, rollback=False, card=False, as_json=True)
        first = json.loads(capsys.readouterr().out)
        assert (first["users"], first["people"]) == (6, 2)
        recommender.profiles.record("p6", [{"kind": "bought", "item_id": "i0", "time": 1e9}])
        recommender.profiles.record("p6", [{"kind": "bought", "item_id": "i1", "time": 1e9 + 1}])
        run_train(recommender, 2, rollback=False, card=False, as_json=False)
        shown = capsys.readouterr().out
        assert "Learnt from 7 users" in shown
        assert "shortlist train --rollback" in shown
        run_train(recommender, 2, rollback=True, card=False, as_json=False)
        assert f"The model {first['checksum']} is in force again" in capsys.readouterr().out
        run_train(recommender, 2, rollback=False, card=True, as_json=True)
        assert json.loads(capsys.readouterr().out) == first
        serving = recommender.models.serving()
        assert serving is not None
        assert serving.card.checksum == first["checksum"]


def test_too_few_people_are_said_in_plain_words(recommender: Recommender) -> None:
    with recommender, pytest.raises(TrainingError, match="6 users have turned to items"):
        recommender.train(people=7)
    with recommender, pytest.raises(TrainingError, match="no model has been trained yet"):
        recommender.models.current()
