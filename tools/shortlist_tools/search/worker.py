"""A child process that embeds what it reads on standard input: `python -m shortlist_tools.search.worker LIMIT`."""

from __future__ import annotations

import sys

from shortlist_tools.search.embedders import BuiltInEmbedder
from shortlist_tools.search.pipes import serve

if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, BuiltInEmbedder(int(sys.argv[1])))
