"""A child process that embeds what it reads on standard input: `python -m shortlist_tools.search.worker LIMIT`."""

from __future__ import annotations

import json
import struct
import sys
from typing import BinaryIO

import numpy as np

from shortlist_tools.search.embedders import BuiltInEmbedder, Vectors

HEADER = struct.Struct("<I")


def serve(source: BinaryIO, sink: BinaryIO, limit: int) -> None:
    """Answer every batch of texts with their vectors until `source` ends, as it does when the parent dies."""
    embedder = BuiltInEmbedder(limit)
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


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[1]))
