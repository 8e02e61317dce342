"""A trained model as files: written once, checksummed, and opened only when whole and of this format."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from shortlist_tools.ranking.collaborative import (
    ArtefactError,
    Fitted,
    FittedItems,
    FittedPopular,
    FittedTower,
    Mix,
    Ours,
    Recency,
    TowerScores,
)
from shortlist_tools.ranking.training.card import FORMAT, Card, write_card
from shortlist_tools.ranking.training.shared_model import SharedModel
from shortlist_tools.search.built import damage, seal

if TYPE_CHECKING:
    from scipy.sparse import csr_array

PARTS = ("ease", "successions")
TOWER = ("basis", "user", "item", "bias")


def write_model(folder: Path, model: SharedModel) -> Card:
    """Write every file of `model` into the empty `folder`, and return its card with the checksum of the others."""
    plain: dict[str, object] = {"items": list(model.items), "mix": asdict(model.ours.mix)}
    if model.card.fusion is not None:
        plain["fusion"] = model.card.fusion.model_dump()  # also in the card; here so that the checksum tells of it
    for name in PARTS:
        part = model.ours.parts[name]
        assert isinstance(part, FittedItems)
        plain[name] = asdict(part.recency)
        for field in ("data", "indices", "indptr"):
            _save(folder / f"{name}-{field}.npy", getattr(part.weights, field))
    popular = model.ours.parts["popular"]
    assert isinstance(popular, FittedPopular)
    _save(folder / "popular.npy", popular.score)
    _save(folder / "known.npy", model.ours.known)
    content = model.ours.parts.get("content")
    if isinstance(content, TowerScores):
        plain["content"] = asdict(content.tower.recency)
        _save(folder / "content.npy", content.content)
        for field in TOWER:
            _save(folder / f"tower-{field}.npy", getattr(content.tower, field))
    (folder / "model.json").write_text(json.dumps(plain, indent=1, sort_keys=True), encoding="utf-8")
    card = model.card.model_copy(update={"checksum": _checksum(folder)})
    write_card(folder, card)
    seal(folder, "collaborative", "shared")
    return card


def read_model(folder: Path) -> SharedModel:
    """Open the model in `folder`.

    Raises:
        ArtefactError: If a file is missing, has changed since it was written, or is of another format.
    """
    try:
        written = json.loads((folder / "card.json").read_text(encoding="utf-8")).get("format")
    except (OSError, ValueError, AttributeError) as error:
        raise _unusable(folder, f"its card cannot be read ({type(error).__name__})") from error
    if written != FORMAT:
        raise _unusable(folder, f"it has format {written}, this release reads format {FORMAT}")
    if wrong := damage(folder):
        raise _unusable(folder, f"it is damaged: {wrong}")
    try:
        return _opened(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unusable(folder, f"it cannot be read ({type(error).__name__}: {error})") from error


def _opened(folder: Path) -> SharedModel:
    plain = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    card = Card.model_validate_json((folder / "card.json").read_text(encoding="utf-8"))
    items = tuple(plain["items"])
    fitted: dict[str, Fitted] = {"popular": FittedPopular(_load(folder / "popular.npy"))}
    for name in PARTS:
        fitted[name] = FittedItems(_sparse(folder, name, len(items)), Recency(**plain[name]))
    if "content" in plain:
        basis, user, item, bias = (_load(folder / f"tower-{field}.npy") for field in TOWER)
        tower = FittedTower(basis, user, item, bias, Recency(**plain["content"]))
        fitted["content"] = TowerScores(tower, _load(folder / "content.npy"))
    known = _load(folder / "known.npy")
    if not len(known) == len(items):
        raise ValueError(f"{len(known)} marks for {len(items)} items")
    return SharedModel(items, Ours(fitted, Mix(**plain["mix"]), known), card, folder.name)


def _unusable(folder: Path, why: str) -> ArtefactError:
    return ArtefactError(
        f"the trained model {folder.name} is not used: {why}. Train anew with `shortlist train`, or go back to the one "
        "before with `shortlist train --rollback`"
    )


def _sparse(folder: Path, name: str, size: int) -> csr_array:
    from scipy.sparse import csr_array

    columns = tuple(_load(folder / f"{name}-{field}.npy") for field in ("data", "indices", "indptr"))
    return csr_array(columns, shape=(size, size))


def _load(path: Path) -> np.ndarray:
    values: np.ndarray = np.load(path, allow_pickle=False)
    return values


def _save(path: Path, values: np.ndarray) -> None:
    np.save(path, np.ascontiguousarray(values), allow_pickle=False)


def _checksum(folder: Path) -> str:
    digest = blake2b(digest_size=16)
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
