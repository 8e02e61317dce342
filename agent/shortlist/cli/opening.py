"""Opens the recommender that a command asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shortlist.recommender import Recommender


def opened(
    db: str | None, *, model: str | None = None, base_url: str | None = None, policies: Path | None = None
) -> Recommender:
    """Return the recommender over `db`, with the options that were given and the settings for the rest."""
    from shortlist.recommender import Recommender

    given: dict[str, Any] = {"model": model, "base_url": base_url}
    settings = {name: value for name, value in given.items() if value is not None}
    return Recommender.open(db, policies=policies, settings=settings)
