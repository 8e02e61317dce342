"""`cassette`: records the HTTP calls of a block of code, or replays them and fails on anything that does not match."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shortlist_evals.recorder.about import About, Made, describe, outdated
from shortlist_evals.recorder.errors import (
    CassetteError,
    CassetteMissError,
    CassetteOrphanedError,
    CassetteStaleError,
    CassetteUnplayedError,
)
from shortlist_evals.recorder.files import CassetteFile, Persister, Take
from shortlist_evals.recorder.matching import Match, body_of, key_of, nearest_diff
from shortlist_evals.recorder.scrub import scrub_request, scrub_response
from shortlist_prompts import Prompts

_SERVER = re.compile(r"[A-Za-z][A-Za-z0-9 ._/()-]{0,40}")


@dataclass
class Tape:
    """A cassette in use.

    Attributes:
        path: Its file.
        recording: Whether it records.
        about: Its head; of a recording only once the block has ended.
        takes: The exchanges so far, played or recorded, in the order they were asked for.
        reused: The places among `takes` of those that were not asked again.
        missed: Requests that were not recorded, in vcrpy's form.
        outdated: What has changed since the recording; the block may add to it.
        rejected: Set in the block when a recording shall not be kept: it goes aside, and the old one stays.
    """

    path: Path
    recording: bool
    about: About = field(default_factory=About)
    takes: list[Take] = field(default_factory=list)
    reused: set[int] = field(default_factory=set)
    missed: list[Any] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    rejected: bool = False


@contextmanager
def cassette(
    path: Path | str,
    record: bool = False,
    match: Match = "whole",
    extra: Mapping[str, Any] | None = None,
    prompts: Prompts | None = None,
    reuse: Sequence[Path] = (),
    aside: Path | None = None,
) -> Iterator[Tape]:
    """Record or replay every HTTP call made in the block, whoever makes it.

    A replay never reaches the network. It fails if something is asked that was not recorded (also when the code in the
    block swallowed that error), if something recorded was not asked, and if it is stale. A recording replaces the file
    only when the block ends without an exception and without being rejected.

    Args:
        path: The cassette's JSON file.
        record: Make the calls and write them down.
        match: `whole` for conversations; `messages` for single calls that shall outlive changes around the prompt.
        extra: What else the head shall say, as JSON; read back as `tape.about.extra`.
        prompts: The prompts that are current; the packaged ones by default.
        reuse: Cassettes whose exchanges answer the same request while recording, so that only what changed is asked.
        aside: Where a recording goes that was rejected or broke off, to be looked at and reused.

    Raises:
        CassetteMissingError: If there is nothing to replay.
        CassetteStaleError: If prompts, schemas, or what the block found have changed since; shows the first request
            that differs, beside the nearest recorded one.
        CassetteMissError: If a request was not recorded although nothing seems to have changed; shows the nearest.
        CassetteUnplayedError: If recorded exchanges were not asked for.
    """
    prompts = prompts or Prompts.load()
    file = CassetteFile(Path(path))
    tape = Tape(Path(path), record)
    takes = _reusable(reuse) if record else file.read()
    if not record:
        tape.about = file.about
        tape.outdated += outdated(file.about, prompts, pinned=match == "messages")
    with _recorder(takes, record, match).use_cassette(str(path)) as reel:
        _watch(reel, tape, takes)
        try:
            yield tape
        except (Exception, KeyboardInterrupt) as error:
            if record:
                _put_aside(tape, aside, extra, prompts)
            elif tape.missed:
                raise _miss(tape, reel, match) from error
            raise
    if record:
        tape.about = _written(tape, aside if tape.rejected else file.path, extra, prompts)
        return
    if tape.missed:
        raise _miss(tape, reel, match)
    _check_played(tape, reel)
    if tape.outdated:
        known = all(take.made.server for take in takes)
        nothing = ", so that recording it again asks the model nothing" if known else "; record it again"
        same = f"every request is still the same{nothing}"
        raise CassetteStaleError(tape.path, f"{_since(tape)}; {same}", tuple(tape.outdated))


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


def _reusable(paths: Sequence[Path]) -> list[Take]:
    """Return the good answers in the cassettes at `paths` of which it is known when and where they were given."""
    takes: list[Take] = []
    for path in paths:
        try:
            takes += CassetteFile(path).read()
        except CassetteError:
            continue
    return [take for take in takes if take.made.server and take.response["status"]["code"] == 200]


def _recorder(takes: Sequence[Take], record: bool, match: Match) -> Any:
    import vcr

    def same(first: Any, second: Any) -> None:
        if key_of(first, match) != key_of(second, match):
            raise AssertionError("method, path or body differ")

    recorder = vcr.VCR(
        record_mode=vcr.mode.NEW_EPISODES if record else vcr.mode.NONE,
        before_record_request=scrub_request,
        before_record_response=scrub_response if record else None,
        decode_compressed_response=True,
        record_on_exception=False,
    )
    recorder.register_matcher("same", same)
    recorder.match_on = ["same"]
    recorder.register_persister(Persister(takes))
    return recorder


def _watch(reel: Any, tape: Tape, known: Sequence[Take]) -> None:
    """Note what is played, what is missed and what is recorded, in the order it is asked for."""
    can_play: Callable[[Any], Any] = reel.can_play_response_for
    play: Callable[[Any], Any] = reel.play_response
    append: Callable[[Any, Any], None] = reel.append
    began = time.monotonic()

    def noting(request: Any) -> bool:
        nonlocal began
        found = bool(can_play(request))
        began = time.monotonic()
        if not found and not tape.recording:
            tape.missed.append(scrub_request(request))
        return found

    def playing(request: Any) -> Any:
        response = play(request)
        place = next(n for n, one in enumerate(reel.responses) if one is response)
        tape.reused.add(len(tape.takes))
        tape.takes.append(Take(reel.data[place][0], response, known[place].made))
        return response

    def recording(request: Any, response: Any) -> None:
        append(request, response)
        reel.play_counts[len(reel) - 1] += 1  # The same request once more is a new one.
        made = Made(seconds=round(time.monotonic() - began, 1), server=_server(response["headers"]))
        tape.takes.append(Take(reel.data[-1][0], reel.data[-1][1], made))

    reel.can_play_response_for, reel.play_response, reel.append = noting, playing, recording


def _server(headers: Mapping[str, Any]) -> str:
    """Return what the server calls itself, in a form that cannot name a machine; `unnamed` where it does not."""
    said = next((value for name, value in headers.items() if name.lower() == "server"), "")
    text = said[0] if isinstance(said, list) and said else said
    text = text.decode() if isinstance(text, bytes) else str(text)
    return text if _SERVER.fullmatch(text) else "unnamed"


def _written(tape: Tape, path: Path | None, extra: Mapping[str, Any] | None, prompts: Prompts) -> About:
    about = describe([one.request for one in tape.takes], [one.made for one in tape.takes], extra or {}, prompts)
    if path is not None:
        file = CassetteFile(path, about)
        file.write(tape.takes)
        return file.about
    return about


def _put_aside(tape: Tape, aside: Path | None, extra: Mapping[str, Any] | None, prompts: Prompts) -> None:
    if aside is not None and tape.takes:
        _written(tape, aside, extra, prompts)


def _since(tape: Tape) -> str:
    return f"recorded on {tape.about.recorded}: {'; '.join(tape.outdated)}"


def _miss(tape: Tape, reel: Any, match: Match) -> CassetteError:
    diff = nearest_diff(tape.missed[0], reel.requests, match)
    asked = f"{len(tape.missed)} request(s) were not recorded; the first, beside the nearest recorded one:"
    if tape.outdated:
        return CassetteStaleError(tape.path, f"{_since(tape)}. {asked}\n{diff}", tuple(tape.outdated), diff)
    meant = "If the change is meant, record the cassette again."
    return CassetteMissError(tape.path, f"{asked}\n{diff}\n{meant}", (), diff)


def _check_played(tape: Tape, reel: Any) -> None:
    left = [place for place in range(len(reel)) if not reel.play_counts[place]]
    if left:
        body = body_of(reel.requests[left[0]])
        text = str(body.get("messages", [{}])[-1].get("content", "")) if isinstance(body, dict) else str(body)
        since = f"{_since(tape)}; " if tape.outdated else ""
        raise CassetteUnplayedError(
            tape.path,
            f"{since}{len(left)} of {len(reel)} recorded exchanges were never asked for, first number {left[0] + 1}, "
            f"which ends: …{text[-160:]!r}; record the cassette again",
            tuple(tape.outdated),
        )
