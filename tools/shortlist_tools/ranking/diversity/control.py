"""From "more like this" to "surprise me": one number of the person, and what it sets."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Mix(BaseModel):
    """How much each purpose besides the score counts when a slate is put together, the score counting 1.

    Attributes:
        alike: Nearness to the items that the person pointed at or liked last.
        diversity: Distance from what the slate already has (maximal marginal relevance).
        calibration: Keeping to the mix of the person's interests.
        serendipity: What is new to the person and still relevant.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    alike: float = Field(default=0.0, ge=0.0, le=2.0)
    diversity: float = Field(default=0.0, ge=0.0, le=2.0)
    calibration: float = Field(default=0.0, ge=0.0, le=2.0)
    serendipity: float = Field(default=0.0, ge=0.0, le=2.0)


def mix_of(surprise: float) -> Mix:
    """Return what `surprise` sets: 0 is "more like this", 0.5 a varied slate in proportion, 1 "surprise me".

    Raises:
        ValueError: If it is not between 0 and 1.
    """
    if not 0.0 <= surprise <= 1.0:
        raise ValueError(f"surprise is between 0 (more like this) and 1 (surprise me), not {surprise!r}")
    return Mix(
        alike=1.5 * max(0.0, 1.0 - 2.0 * surprise),
        diversity=1.2 * surprise,
        calibration=1.0 - abs(2.0 * surprise - 1.0),
        serendipity=max(0.0, 2.0 * surprise - 1.0),
    )
