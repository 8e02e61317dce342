"""The command line: talk, ingest, search, look at profiles."""

from shortlist.cli.main import main

__all__ = ["main"]
