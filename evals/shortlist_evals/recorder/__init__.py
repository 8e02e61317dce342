"""Recordings of real exchanges with models: made once, replayed offline, refused when they no longer match."""

from shortlist_evals.recorder.about import About, Made, short_hash
from shortlist_evals.recorder.cassette import Tape, cassette, check_no_orphans, orphans
from shortlist_evals.recorder.errors import (
    CassetteError,
    CassetteMissError,
    CassetteMissingError,
    CassetteOrphanedError,
    CassetteStaleError,
    CassetteUnplayedError,
)
from shortlist_evals.recorder.files import CassetteFile, Take
from shortlist_evals.recorder.provenance import flaws

__all__ = [
    "About",
    "CassetteError",
    "CassetteFile",
    "CassetteMissError",
    "CassetteMissingError",
    "CassetteOrphanedError",
    "CassetteStaleError",
    "CassetteUnplayedError",
    "Made",
    "Take",
    "Tape",
    "cassette",
    "check_no_orphans",
    "flaws",
    "orphans",
    "short_hash",
]
