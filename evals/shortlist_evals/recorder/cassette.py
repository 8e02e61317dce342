"""`cassette`: records the HTTP calls of a block of code, or replays them and fails on anything that does not match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shortlist_evals.recorder.about import About, check_fresh, describe
from shortlist_evals.recorder.errors import CassetteMissError, CassetteOrphanedError, CassetteUnplayedError
from shortlist_evals.recorder.files import CassetteFile
from shortlist_evals.recorder.matching import Match, body_of, key_of, nearest_diff
from shortlist_evals.recorder.scrub import scrub_request, scrub_response
from shortlist_prompts import Prompts


@dataclass
class Tape:
    """A cassette in use.

    Attributes:
        path: Its file.
        recording: Whether it records.
        about: Its head; of a recording only once the block has ended.
        missed: Requests that were not recorded, in vcrpy's form.
    """

    path: Path
    recording: bool
    about: About = field(default_factory=About)
    missed: list[Any] = field(default_factory=list)


@contextmanager
def cassette(
    path: Path | str,
    record: bool = False,
    match: Match = "whole",
    extra: Mapping[str, Any] | None = None,
    prompts: Prompts | None = None,
) -> Iterator[Tape]:
    """Record or replay every HTTP call made in the block, whoever makes it.

    A replay never reaches the network. It fails if it is stale, if something is asked that was not recorded (also when
    the code in the block swallowed that error), and if something recorded was not asked. A recording replaces the file
    only when the block ends without an exception.

    Args:
        path: The cassette's JSON file.
        record: Make the calls and write them down.
        match: `whole` for conversations; `messages` for single calls that shall outlive changes around the prompt.
        extra: What else the head shall say, as JSON; read back as `tape.about.extra`.
        prompts: The prompts that are current; the packaged ones by default.

    Raises:
        CassetteMissingError: If there is nothing to replay.
        CassetteStaleError: If prompts or schemas have changed since.
        CassetteMissError: If a request was not recorded; shows the nearest.
        CassetteUnplayedError: If recorded exchanges were not asked for.
    """
    prompts = prompts or Prompts.load()
    file = CassetteFile(Path(path))
    tape = Tape(Path(path), record)
    if not record:
        file.read()
        tape.about = file.about
        check_fresh(tape.path, file.about, prompts, schemas=match == "whole")
    with _recorder(file, record, match).use_cassette(str(path)) as reel:
        _note_misses(reel, tape)
        try:
            yield tape
        except Exception as error:
            if tape.missed:
                raise _miss(tape, reel, match) from error
            raise
    if record:
        tape.about = file.about = describe(reel.requests, dict(extra or {}), prompts)
        file.write(reel.requests, reel.responses)
        return
    if tape.missed:
        raise _miss(tape, reel, match)
    _check_played(tape, reel)


def orphans(folder: Path, used: Iterable[Path | str]) -> list[Path]:
    """Return the cassettes below `folder` that are not among the `used` ones."""
    known = {Path(path).resolve() for path in used}
    return [path for path in sorted(folder.rglob("*.json")) if path.resolve() not in known]


def check_no_orphans(folder: Path, used: Iterable[Path | str]) -> None:
    """Check that everything below `folder` is replayed by something.

    Raises:
        CassetteOrphanedError: Names the cassettes that are not.
    """
    if left := orphans(folder, used):
        names = ", ".join(str(path.relative_to(folder)) for path in left)
        raise CassetteOrphanedError(left[0], f"nothing replays {names}; delete what is not needed any more")


def _recorder(file: CassetteFile, record: bool, match: Match) -> Any:
    import vcr

    def same(first: Any, second: Any) -> None:
        if key_of(first, match) != key_of(second, match):
            raise AssertionError("method, path or body differ")

    recorder = vcr.VCR(
        record_mode=vcr.mode.ALL if record else vcr.mode.NONE,
        before_record_request=scrub_request,
        before_record_response=scrub_response,
        decode_compressed_response=True,
        record_on_exception=False,
    )
    recorder.register_matcher("same", same)
    recorder.match_on = ["same"]
    if record:
        file = _Blank(file.path)
    recorder.register_persister(file)
    return recorder


class _Blank(CassetteFile):
    """A recording starts from nothing, whatever the file holds."""

    def load_cassette(self, _path: str, **_: Any) -> tuple[list[Any], list[dict[str, Any]]]:
        return [], []


def _note_misses(reel: Any, tape: Tape) -> None:
    can_play = reel.can_play_response_for

    def noting(request: Any) -> bool:
        found = bool(can_play(request))
        if not found and not tape.recording:
            tape.missed.append(scrub_request(request))
        return found

    reel.can_play_response_for = noting


def _miss(tape: Tape, reel: Any, match: Match) -> CassetteMissError:
    diff = nearest_diff(tape.missed[0], reel.requests, match)
    asked = f"{len(tape.missed)} request(s) were not recorded; the first, beside the nearest recorded one:"
    return CassetteMissError(tape.path, f"{asked}\n{diff}\nIf the change is meant, record the cassette again.")


def _check_played(tape: Tape, reel: Any) -> None:
    left = [place for place in range(len(reel)) if not reel.play_counts[place]]
    if left:
        body = body_of(reel.requests[left[0]])
        text = str(body.get("messages", [{}])[-1].get("content", "")) if isinstance(body, dict) else str(body)
        raise CassetteUnplayedError(
            tape.path,
            f"{len(left)} of {len(reel)} recorded exchanges were never asked for, first number {left[0] + 1}, "
            f"which ends: …{text[-160:]!r}; record the cassette again",
        )
