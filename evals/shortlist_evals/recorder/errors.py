"""What can be wrong with a recording; each says which cassette, what differs, and how to record it again."""

from pathlib import Path

from shortlist_prompts import OperatorError


class CassetteError(OperatorError):
    """A recording does not match what is run.

    Attributes:
        path: The cassette.
        problem: What is wrong, in words.
        causes: What has changed since it was recorded, as far as known.
        diff: The nearest recorded request and the one that was made, where one was not recorded.
    """

    def __init__(self, path: Path, problem: str, causes: tuple[str, ...] = (), diff: str = "") -> None:
        super().__init__(f"{path.name}: {problem}")
        self.path = path
        self.problem = problem
        self.causes = causes
        self.diff = diff


class CassetteMissingError(CassetteError):
    """There is no such recording."""


class CassetteMissError(CassetteError):
    """A request was made that was not recorded; shows the nearest one that was, as a diff."""


class CassetteUnplayedError(CassetteError):
    """Recorded exchanges were never asked for."""


class CassetteStaleError(CassetteError):
    """The recording was made with other prompts, schemas, tools or another catalog than there are now."""


class CassetteOrphanedError(CassetteError):
    """Recordings that nothing replays any more."""
