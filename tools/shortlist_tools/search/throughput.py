"""Embeds many texts at once: the built-in model in as many processes as there are cores, a service batch by batch."""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from typing import Any

from shortlist_tools.search.cache import batched
from shortlist_tools.search.embedders import BuiltInEmbedder, Embedder, Vectors
from shortlist_tools.search.pipes import ask

log = logging.getLogger("shortlist_tools")

BATCH = 256
"""Texts embedded, and then stored, together: what a kill can lose."""
WORTH_A_PROCESS = 1_000
"""Texts below which starting processes (most of a second) does not pay."""


def embed_all(
    embedder: Embedder, pairs: Iterable[tuple[str, str]], count: int, processes: int | None = None
) -> Iterator[tuple[list[str], Vectors]]:
    """Yield the vectors of `(key, text)` pairs batch by batch, in any order.

    Args:
        embedder: The model. Only the built-in one is run in several processes.
        pairs: What to embed; read as it is needed.
        count: How many pairs there are, to decide whether processes pay.
        processes: How many to start; None for one a core, at most four.
    """
    batches = batched(pairs, BATCH)
    workers = min(4, processes if processes is not None else len(os.sched_getaffinity(0)))
    if not isinstance(embedder, BuiltInEmbedder) or workers < 2 or count < WORTH_A_PROCESS:
        for batch in batches:
            yield [key for key, _ in batch], embedder.embed([text for _, text in batch])
        return
    with _started(workers, embedder.limit) as pipes, ThreadPoolExecutor(workers) as threads:
        yield from _spread(threads, pipes, embedder, batches)


def _spread(
    threads: ThreadPoolExecutor, pipes: _Pipes, embedder: Embedder, batches: Iterator[Sequence[tuple[str, str]]]
) -> Iterator[tuple[list[str], Vectors]]:
    running: dict[Future[Vectors], list[str]] = {}

    def start(batch: Sequence[tuple[str, str]]) -> None:
        future = threads.submit(_embed_in_a_process, pipes, embedder, [text for _, text in batch])
        running[future] = [key for key, _ in batch]

    for batch in islice(batches, 2 * pipes.maxsize):
        start(batch)
    while running:
        for done in wait(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(done), done.result()
            for batch in islice(batches, 1):
                start(batch)


_Pipes = queue.Queue[Any]


def _embed_in_a_process(pipes: _Pipes, embedder: Embedder, texts: list[str]) -> Vectors:
    """Embed in a free process; in this one if that process has died."""
    worker = pipes.get()
    try:
        if worker.poll() is None:
            return ask(worker.stdin, worker.stdout, texts)
    except (EOFError, OSError):
        log.warning("an embedding process died (exit code %s); going on in this process", worker.poll())
    finally:
        pipes.put(worker)
    return embedder.embed(texts)


@contextmanager
def _started(workers: int, limit: int) -> Iterator[_Pipes]:
    """Start `workers` processes as modules of their own, so that the caller's main module is not run again."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "shortlist_tools.search.worker", str(limit)]
    pipes: _Pipes = queue.Queue(maxsize=workers)
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        for _ in range(workers)
    ]
    for worker in started:
        pipes.put(worker)
    try:
        yield pipes
    finally:
        for worker in started:
            worker.kill()
            worker.communicate()
