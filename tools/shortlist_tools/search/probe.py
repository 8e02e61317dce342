"""Opens a Chroma directory in a child process, where a crash harms nobody, and says whether it can be trusted."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from shortlist_tools.search.chroma import ChromaIndex

log = logging.getLogger("shortlist_tools")

SAMPLE = 100
FOUND = 0.99
"""Share of sampled items that must find themselves (or an equal vector) as their own nearest neighbour."""


def healthy(directory: Path, seconds: float = 120.0) -> bool:
    """Whether the index in `directory` opens, has as many items as its matrix, and finds a sample of them.

    Args:
        directory: A version's folder, with `vectors.npy` and `chroma`.
        seconds: After which a probe that hangs counts as a failed one.
    """
    command = [sys.executable, "-m", "shortlist_tools.search.probing", str(directory)]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        log.warning("probing the vector index %s took longer than %g s", directory.name, seconds)
        return False
    if done.returncode == 0:
        return True
    said = done.stderr.decode(errors="replace").strip().splitlines()
    log.warning(
        "the vector index %s is damaged: its probe ended with %s%s",
        directory.name,
        done.returncode,
        f" ({said[-1]})" if said else "",
    )
    return False


def examine(directory: Path, url: str | None = None) -> str:
    """Return what is wrong with the index in `directory` (or of it, on the server at `url`), or an empty string."""
    matrix = np.load(directory / "vectors.npy", mmap_mode="r")
    index = ChromaIndex.of_version(directory, url)
    try:
        count = index.count()
        if count != len(matrix):
            return f"{count} items instead of {len(matrix)}"
        if count == 0:
            return ""
        rows = np.unique(np.linspace(0, count - 1, SAMPLE).astype(int))
        nearest = [index.query(np.array(matrix[row]), 1) for row in rows]
        hits = sum(bool(found) and found[0].similarity > 0.999 for found in nearest)
    finally:
        index.close()
    return "" if hits >= FOUND * len(rows) else f"only {hits} of {len(rows)} sampled items find themselves"
