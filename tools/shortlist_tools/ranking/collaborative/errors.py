"""What learning from interactions may raise: interactions that cannot be used, training that cannot go on."""

from shortlist_prompts.errors import CallerError, OperatorError


class InteractionsError(CallerError):
    """Interactions, or the content of items, cannot be learnt from; says which value is wrong."""


class TrainingError(OperatorError):
    """Training cannot be done as things stand: nothing to learn from, a library missing, another process training."""


class ArtefactError(OperatorError):
    """A trained model on disk is damaged or of another format; it is not used."""
