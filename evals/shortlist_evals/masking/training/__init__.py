"""Training of the masker's tagger: sentences made by chance beside the labelled ones, and weights learned of both."""

from shortlist_evals.masking.training.sentences import Sentence, sentences
from shortlist_evals.masking.training.train import labelled, learn, shipped, weights_path

__all__ = ["Sentence", "labelled", "learn", "sentences", "shipped", "weights_path"]
