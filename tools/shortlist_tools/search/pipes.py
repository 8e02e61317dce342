"""Batches of texts to a child process and their vectors back, over two pipes."""

from __future__ import annotations

import json
import struct
from typing import BinaryIO

import numpy as np

from shortlist_tools.search.embedders import BuiltInEmbedder, Embedder, Vectors

HEADER = struct.Struct("<I")


def serve(source: BinaryIO, sink: BinaryIO, embedder: Embedder) -> None:
    """Answer every batch of texts with their vectors until `source` ends, as it does when the parent dies."""
    while header := source.read(HEADER.size):
        texts = json.loads(source.read(HEADER.unpack(header)[0]))
        sink.write(np.ascontiguousarray(embedder.embed(texts), dtype="<f4").tobytes())
        sink.flush()


def ask(sink: BinaryIO, source: BinaryIO, texts: list[str]) -> Vectors:
    """Send one batch to a worker's pipes and return its answer, shape `(len(texts), dimensions)`.

    Raises:
        EOFError: If the worker died.
    """
    body = json.dumps(texts).encode()
    sink.write(HEADER.pack(len(body)) + body)
    sink.flush()
    size = 4 * BuiltInEmbedder.dimensions * len(texts)
    answer = source.read(size)
    if len(answer) < size:
        raise EOFError("the embedding process ended")
    return np.frombuffer(answer, dtype="<f4").reshape(len(texts), BuiltInEmbedder.dimensions)
