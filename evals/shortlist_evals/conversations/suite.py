"""The conversations suite: everything recorded is replayed, judged, and counted for what the model cost and added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from shortlist_evals import contribution
from shortlist_evals.agents import answer_of
from shortlist_evals.conversations.holding import Held, cassette_of, hold, recorded
from shortlist_evals.conversations.script import scripts
from shortlist_evals.conversations.stage import Stage, staged
from shortlist_evals.recorder import CassetteError
from shortlist_evals.scored import Scored, summary
from shortlist_evals.transcripts import Transcript, said, write_transcripts
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
        progress(len(chosen), len(chosen))
        if held:
            write_transcripts("conversations", [_transcript(one, stage) for one in held])
        return measure(held, stale, stage)


def measure(held: Sequence[Held], stale: dict[str, str], stage: Stage) -> dict[str, Any]:
    """Return the figures of the contribution suite over `held`, with what went wrong.

    Keys: the common part of `scored.summary`, a conversation being a case and the recorded model the agent; those of
    `contribution.measure`, where `n` counts turns; `turns` by language, kinds of `replies`, `stale` and `failed`
    (conversations), `failures` (text), and `passed`, which asks for all of it.
    """
    turns = [turn for one in held for turn in one.stored(stage)]
    replies = [turn.reply for turn in turns]
    scores = contribution.measure(turns)
    failures = [f"{one.script.name}, {what}" for one in held for what in one.problems]
    failures += [f"{name} is stale: {why}" for name, why in stale.items()]
    rows: dict[str, list[Scored]] = {}
    for one in held:
        rows.setdefault(_agent(one), []).append(_scored(one, stage))
    return {
        **summary(rows),
        **scores,
        "turns": _counts([reply.language for reply in replies]),
        "replies": _counts([reply.kind for reply in replies]),
        "stale": len(stale),
        "failed": sum(bool(one.problems) for one in held),
        "failures": failures,
        "passed": bool(scores["passed"]) and not failures,
    }


def _agent(held: Held) -> str:
    return recorded(cassette_of(held.script.name)).model


def _scored(held: Held, stage: Stage) -> Scored:
    """Return what one conversation scored; `kept` is 1 where no expectation and no promise failed."""
    usages = [turn.reply.usage for turn in held.stored(stage)]
    kept, replaced = (sum(getattr(one, name) for one in usages) for name in ("sentences_kept", "sentences_replaced"))
    values = {
        "kept": float(not held.problems),
        "calls": _mean([len(one.calls) for one in usages]),
        "tokens": _mean([one.prompt_tokens + one.completion_tokens for one in usages]),
        "seconds": _mean([one.seconds for one in usages]),
        "plan_as_written": _mean([one.plan_as_written for one in usages]),
    }
    if kept + replaced:
        values["sentences_kept"] = kept / (kept + replaced)
    return Scored(held.script.name, "guest" if held.script.user is None else "known", held.script.language, values)


def _transcript(held: Held, stage: Stage) -> Transcript:
    scored = _scored(held, stage)
    return Transcript(
        suite="conversations",
        case=scored.case,
        agent=_agent(held),
        kind=scored.kind,
        language=scored.language,
        said=tuple(said(turn.message, answer_of(turn.reply)) for turn in held.stored(stage)),
        values=dict(scored.values),
        faults=tuple(held.problems),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _counts(values: Sequence[str]) -> dict[str, int]:
    return {value: values.count(value) for value in sorted(set(values))}


def render(result: dict[str, Any]) -> Any:
    """Return the contribution's table, the counts, and each failure in full."""
    from rich.console import Group
    from rich.text import Text

    table = contribution.render({name: result[name] for name in contribution.measure(())})
    counts = [", ".join(f"{name} {count}" for name, count in result[key].items()) for key in ("turns", "replies")]
    failures = [Text(line, style="red") for line in result["failures"]]
    return Group(table, *map(Text, counts), *failures)
