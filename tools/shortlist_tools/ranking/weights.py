"""What each signal counts: for everybody, and how one person differs from everybody."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, field_validator

MOST_SHIFT = 0.5
"""How much a person's weight of one signal may differ from everybody's, and how much one taste may count."""


class Weights(BaseModel):
    """What a full signal adds to the score; none can count against an item, since more of a signal is never worse.

    Without a trained model, feedback or a wish of the person, the signals of weight 0 say nothing, and neither do
    `collaborative` and `offer`, which are there only where something gives them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    request: float = Field(default=0.5, ge=0.0, allow_inf_nan=False)
    wishes: float = Field(default=0.35, ge=0.0, allow_inf_nan=False)
    superlative: float = Field(default=1.0, ge=0.0, allow_inf_nan=False)
    slack: float = Field(default=0.0, ge=0.0, allow_inf_nan=False)
    affinity: float = Field(default=0.25, ge=0.0, allow_inf_nan=False)
    collaborative: float = Field(default=0.25, ge=0.0, allow_inf_nan=False)
    price_fit: float = Field(default=0.0, ge=0.0, allow_inf_nan=False)
    quality: float = Field(default=0.2, ge=0.0, allow_inf_nan=False)
    freshness: float = Field(default=0.0, ge=0.0, allow_inf_nan=False)
    popularity: float = Field(default=0.08, ge=0.0, allow_inf_nan=False)
    novelty: float = Field(default=0.0, ge=0.0, allow_inf_nan=False)
    offer: float = Field(default=0.1, ge=0.0, allow_inf_nan=False)

    def of(self, signal: str) -> float:
        """Return the weight of `signal`."""
        return float(getattr(self, signal))

    def counted(self) -> tuple[str, ...]:
        """Return the signals that count anything."""
        return tuple(name for name in type(self).model_fields if self.of(name) > 0)

    def shifted(self, person: Person) -> Weights:
        """Return the weights of a person: each moved by the person's shift, never below 0."""
        moved = {name: max(0.0, self.of(name) + shift) for name, shift in person.shifts.items()}
        return Weights.model_validate(self.model_dump() | moved)


class Person(BaseModel):
    """How one person's weights differ from everybody's.

    Attributes:
        shifts: What is added to the weight of a signal, by its name.
        tastes: What having a value adds to an item's score or takes from it, by `field=value`.
        rests_on: How many comparisons the two were learned from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    shifts: Mapping[str, float] = {}
    tastes: Mapping[str, float] = {}
    rests_on: int = 0

    @field_validator("shifts")
    @classmethod
    def _signals_exist(cls, shifts: Mapping[str, float]) -> Mapping[str, float]:
        unknown = sorted(set(shifts) - set(Weights.model_fields))
        if unknown:
            raise ValueError(f"no signals: {', '.join(unknown)}; there are {', '.join(Weights.model_fields)}")
        return shifts

    @field_validator("shifts", "tastes")
    @classmethod
    def _bounded(cls, values: Mapping[str, float]) -> Mapping[str, float]:
        return {name: max(-MOST_SHIFT, min(MOST_SHIFT, value)) for name, value in values.items()}
