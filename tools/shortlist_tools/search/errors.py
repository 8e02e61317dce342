"""What search may raise: an embedding service that fails, an index that cannot be used, another process that builds."""

from shortlist_prompts.errors import OperatorError, ProviderError


class EmbeddingError(ProviderError):
    """An embedding service failed or returned what it should not; the vectors stored so far are kept."""


class IndexUnusableError(OperatorError):
    """A vector index cannot be opened or written: its directory or its server."""


class VectorServerError(ProviderError):
    """A Chroma server does not answer; search goes on with the exact index."""
