"""The conversations suite: everything recorded is replayed, judged, and counted for what the model cost and added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from shortlist_evals import contribution
from shortlist_evals.conversations.holding import Held, cassette_of, hold
from shortlist_evals.conversations.script import scripts
from shortlist_evals.conversations.stage import Stage, staged
from shortlist_evals.recorder import CassetteError
from shortlist_prompts.errors import OperatorError


class NothingRecordedError(OperatorError):
    """No conversation has been recorded yet."""


def run(*, progress: Callable[[int, int], None] = lambda done, total: None) -> dict[str, Any]:
    """Replay every recorded conversation and return what `measure` says of them.

    Raises:
        NothingRecordedError: If none is recorded.
    """
    chosen = [script for script in scripts() if cassette_of(script.name).exists()]
    if not chosen:
        raise NothingRecordedError("no conversation is recorded; run `make record` beside a model's server")
    held: list[Held] = []
    stale: dict[str, str] = {}
    with staged() as stage:
        for done, script in enumerate(chosen):
            progress(done, len(chosen))
            try:
                held.append(hold(script, stage))
            except CassetteError as error:
                stale[script.name] = str(error)
        return measure(held, stale, stage)


def measure(held: Sequence[Held], stale: dict[str, str], stage: Stage) -> dict[str, Any]:
    """Return the figures of the contribution suite over `held`, with what went wrong.

    Keys: those of `contribution.measure`; `turns` by language, `kinds` of replies, `stale` and `failed`
    (conversations), `failures` (text), and `passed`, which asks for all of it.
    """
    turns = [turn for one in held for turn in one.stored(stage)]
    replies = [turn.reply for turn in turns]
    scores = contribution.measure(turns)
    failures = [f"{one.script.name}, {what}" for one in held for what in one.problems]
    failures += [f"{name} is stale: {why}" for name, why in stale.items()]
    return {
        **scores,
        "turns": _counts([reply.language for reply in replies]),
        "kinds": _counts([reply.kind for reply in replies]),
        "stale": len(stale),
        "failed": sum(bool(one.problems) for one in held),
        "failures": failures,
        "passed": bool(scores["passed"]) and not failures,
    }


def _counts(values: Sequence[str]) -> dict[str, int]:
    return {value: values.count(value) for value in sorted(set(values))}


def render(result: dict[str, Any]) -> Any:
    """Return the contribution's table, the counts, and each failure in full."""
    from rich.console import Group
    from rich.text import Text

    own = ("turns", "kinds", "stale", "failed", "failures")
    table = contribution.render({name: value for name, value in result.items() if name not in own})
    counts = [", ".join(f"{name} {count}" for name, count in result[key].items()) for key in ("turns", "kinds")]
    failures = [Text(line, style="red") for line in result["failures"]]
    return Group(table, *map(Text, counts), *failures)
