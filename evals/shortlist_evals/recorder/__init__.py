"""Recordings of real exchanges with models: made once, replayed offline, refused when they no longer match."""

from shortlist_evals.recorder.about import About
from shortlist_evals.recorder.cassette import Tape, cassette, check_no_orphans, orphans
from shortlist_evals.recorder.errors import (
    CassetteError,
    CassetteMissError,
    CassetteMissingError,
    CassetteOrphanedError,
    CassetteStaleError,
    CassetteUnplayedError,
)

__all__ = [
    "About",
    "CassetteError",
    "CassetteMissError",
    "CassetteMissingError",
    "CassetteOrphanedError",
    "CassetteStaleError",
    "CassetteUnplayedError",
    "Tape",
    "cassette",
    "check_no_orphans",
    "orphans",
]
