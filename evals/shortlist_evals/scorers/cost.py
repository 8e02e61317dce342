"""Cost: what the model's tokens cost."""

from __future__ import annotations

from shortlist_evals.scorers.heard import Heard


def cost(heard: Heard) -> dict[str, float]:
    """Return `cost`: (tokens sent x their price + tokens written x theirs) / turns, in the price's currency.

    Cached tokens are counted in full, so it is an upper bound where a provider sells them cheaper. No price, or no
    turns: no value.
    """
    if heard.price is None or not heard.turns:
        return {}
    spent = [heard.price.of(turn.answer.prompt_tokens, turn.answer.completion_tokens) for turn in heard.turns]
    return {"cost": sum(spent) / len(spent)}
