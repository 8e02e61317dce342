"""A mean with its interval as text, and whether a difference is more than chance, in the words of every suite."""

from __future__ import annotations

from collections.abc import Sequence


def interval_text(values: Sequence[float], digits: int = 3, sign: str = "") -> str:
    """Return `[mean, low, high]` as `0.42 [0.28, 0.56]`; `sign` is `+` where the sign is to be seen."""
    mean, low, high = (f"{value:{sign}.{digits}f}" for value in values)
    return f"{mean} [{low}, {high}]"


def realness(values: Sequence[float], cases: str = "cases", tell: str = "can tell") -> str:
    """Return whether the interval of a paired difference lies wholly on one side of zero, in words."""
    _, low, high = values
    return "a real difference" if low > 0 or high < 0 else f"no difference that these {cases} {tell}"
