"""`shortlist train`: from recorded events to a published model, its card, and back to the one before."""

from shortlist_tools.ranking.training.artefact import read_model, write_model
from shortlist_tools.ranking.training.card import FORMAT, Card, Slice, card_text
from shortlist_tools.ranking.training.gathering import gathered, history_of
from shortlist_tools.ranking.training.models import Models
from shortlist_tools.ranking.training.shared_model import SharedModel
from shortlist_tools.ranking.training.train import (
    LEAST_LIKED,
    LEAST_SLATES,
    Options,
    choose,
    fit,
    learned_weights,
    only_shared,
    train,
)

__all__ = [
    "FORMAT",
    "LEAST_LIKED",
    "LEAST_SLATES",
    "Card",
    "Models",
    "Options",
    "SharedModel",
    "Slice",
    "card_text",
    "choose",
    "fit",
    "gathered",
    "history_of",
    "learned_weights",
    "only_shared",
    "read_model",
    "train",
    "write_model",
]
