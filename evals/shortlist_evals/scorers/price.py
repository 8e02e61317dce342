"""What tokens of a model cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Price:
    """The price of a model's tokens, in one currency.

    Attributes:
        prompt: Of a million tokens sent, cached ones included.
        completion: Of a million tokens written.
    """

    prompt: float
    completion: float

    def of(self, prompt_tokens: int, completion_tokens: int) -> float:
        """Return what a call with these tokens costs."""
        return (prompt_tokens * self.prompt + completion_tokens * self.completion) / 1e6
