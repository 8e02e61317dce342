"""What turns with a model cost, and what the model added to them, over stored replies."""

from shortlist_evals.contribution.suite import measure, render, run
from shortlist_evals.contribution.turns import StoredTurn, plain_value, read_turns

__all__ = ["StoredTurn", "measure", "plain_value", "read_turns", "render", "run"]
