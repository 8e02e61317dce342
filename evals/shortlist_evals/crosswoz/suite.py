"""Running the dialogues of CrossWOZ, and showing what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from shortlist_evals.crosswoz.dialogues import load_dialogues
from shortlist_evals.crosswoz.entities import prepare
from shortlist_evals.crosswoz.holding import OURS, REFERENCE, Held, holder
from shortlist_evals.jobs import run_tasks
from shortlist_evals.metrics import paired_interval
from shortlist_evals.reader import Tally
from shortlist_evals.scored import Scored, rounded, summary
from shortlist_evals.transcripts import Transcript, write_transcripts

_DRAWS = 2_000
_SEED = 20_260


def run(
    *, n: int | None = None, jobs: int = 1, progress: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, Any]:
    """Hold the dialogues with Shortlist, without a model, and with every baseline; returns JSON-able figures.

    Keys: those of `scored.summary` (a case is a dialogue, its class the dialogue's type), and `requirements`,
    `slates`, `differences`, `left_out`, which the package's docstring explains.

    Args:
        n: Only the first n dialogues.
        jobs: How many processes hold them.
        progress: Told how many are done.

    Raises:
        DataMissingError: If the evaluation data is absent.
    """
    prepare()
    dialogues = list(load_dialogues(n))
    held = [one for many in run_tasks(dialogues, holder, jobs, progress) for one in many]
    write_transcripts("crosswoz", map(_transcript, (one for one in held if one.agent == OURS)))
    return figures(held)


def figures(held: Sequence[Held]) -> dict[str, Any]:
    """Return the result of a suite from what came of each dialogue."""
    agents: dict[str, list[Held]] = {}
    for one in held:
        agents.setdefault(one.agent, []).append(one)
    ours = agents[OURS]
    scored = {
        name: [Scored(one.dialogue, one.type, "zh", values(one)) for one in mine] for name, mine in agents.items()
    }
    turns = [(kind, tally) for one in ours for kind, tally in zip(one.kinds, one.tallies, strict=True)]
    kinds = sorted({kind for kind, _ in turns if kind})
    return {
        **summary(scored),
        "requirements": {
            **micro([one.tallies for one in ours]),
            "kept": micro([one.kept for one in ours])["recall"],
            "named": micro([one.named for one in ours])["recall"],
            "kinds": {name: micro([[tally] for kind, tally in turns if kind == name]) for name in kinds},
        },
        "slates": {
            name: {
                "satisfied": _mean_by_dialogue([one.satisfied for one in mine]),
                "answered": _mean_by_dialogue([one.answered for one in mine]),
                "declined": _mean_by_dialogue([one.declined for one in mine]),
                "recall@10": _mean_by_dialogue([one.recall for one in mine]),
            }
            for name, mine in agents.items()
        },
        "differences": {
            f"{OURS} - {name}": rounded(_difference(ours, mine)) for name, mine in agents.items() if name != OURS
        },
        "left_out": {
            "turns": sum(len(one.silent) for one in ours),
            "silent": _mean_by_dialogue([one.silent for one in ours]),
        },
        "faults": {one.dialogue: one.faults for one in ours if one.faults},
    }


def values(one: Held) -> dict[str, float]:
    """Return the scores of one dialogue with one agent; what no turn says anything about is absent."""
    total, named = sum(one.tallies, Tally()), sum(one.named, Tally())
    found: dict[str, float] = {}
    if total.found:
        found["precision"] = total.precision
    if total.wanted:
        found["recall"] = total.recall
    if named.wanted:
        found["named"] = named.recall
    for name in ("satisfied", "answered", "declined", "silent"):
        if numbers := getattr(one, name):
            found[name] = float(np.mean(numbers))
    if one.recall:
        found["recall@10"] = float(np.mean(one.recall))
    return found


def micro(dialogues: Sequence[Sequence[Tally]]) -> dict[str, Any]:
    """Return precision, recall and F1 over all entries, each `[value, low, high]`; the bounds draw dialogues."""
    sums = [sum(tallies, Tally()) for tallies in dialogues]
    counts = np.array([(one.right, one.found, one.wanted) for one in sums], dtype=float).reshape(-1, 3)
    rng = np.random.default_rng(_SEED)
    draws = counts[rng.integers(0, max(len(counts), 1), size=(_DRAWS, len(counts)))].sum(axis=1)

    def part(above: Callable[[Any], Any], below: Callable[[Any], Any]) -> list[float]:
        drawn = np.divide(above(draws.T), below(draws.T), out=np.ones(_DRAWS), where=below(draws.T) > 0)
        whole = counts.sum(axis=0)
        value = above(whole) / below(whole) if below(whole) else 1.0
        return [round(float(x), 4) for x in (value, *np.quantile(drawn, [0.025, 0.975]))]

    whole = sum(sums, Tally())
    return {
        "turns": sum(map(len, dialogues)),
        "precision": part(lambda c: c[0], lambda c: c[1]),
        "recall": part(lambda c: c[0], lambda c: c[2]),
        "f1": part(lambda c: 2 * c[0], lambda c: c[1] + c[2]),
        "right": whole.right,
        "found": whole.found,
        "wanted": whole.wanted,
    }


def _mean_by_dialogue(dialogues: Iterable[Sequence[float]]) -> dict[str, Any]:
    """Return the mean over turns, `[mean, low, high]`, and how many turns; dialogues are drawn for the bounds."""
    counts = np.array([(sum(one), len(one)) for one in dialogues if one], dtype=float).reshape(-1, 2)
    if not len(counts):
        return {"turns": 0}
    rng = np.random.default_rng(_SEED)
    draws = counts[rng.integers(0, len(counts), size=(_DRAWS, len(counts)))].sum(axis=1)
    total = counts.sum(axis=0)
    bounds = np.quantile(draws[:, 0] / draws[:, 1], [0.025, 0.975])
    return {"turns": int(total[1]), "mean": [round(float(x), 4) for x in (total[0] / total[1], *bounds)]}


def _difference(ours: Sequence[Held], theirs: Sequence[Held]) -> Any:
    other = {one.dialogue: one.recall for one in theirs}
    pairs = [(np.mean(one.recall), np.mean(other[one.dialogue])) for one in ours if one.recall]
    return paired_interval([float(a) for a, _ in pairs], [float(b) for _, b in pairs])


def _transcript(one: Held) -> Transcript:
    return Transcript(
        suite="crosswoz", case=one.dialogue, agent=one.agent, kind=one.type, language="zh", said=tuple(one.said),
        values=values(one), about="a dialogue of CrossWOZ; `instead` is what the human wizard said",
        faults=tuple(one.faults),
    )  # fmt: skip


def render(result: Mapping[str, Any]) -> Any:
    """Return rich tables: requirements by kind, and slates by agent."""
    from rich.console import Group
    from rich.table import Table

    heard = result["requirements"]
    ledger = Table("requirements", "turns", "precision", "recall", "F1", title=f"crosswoz: {result['n']} dialogues")
    for name, part in [*heard["kinds"].items(), ("all", heard)]:
        ledger.add_row(name, str(part["turns"]), *(_said(part[key]) for key in ("precision", "recall", "f1")))
    left = result["left_out"]
    ledger.caption = (
        f"asked so far and in force: {_said(heard['kept'])}; entities named and understood: {_said(heard['named'])}; "
        f"{left['turns']} turns left out, {left['silent']['mean'][0]:.3f} of them added nothing"
    )
    slates = Table("agent", "fit", "answered of those shown", "declined what cannot be", "recall@10", "ours better by")
    for name, part in result["slates"].items():
        difference = result["differences"].get(f"{OURS} - {name}")
        slates.add_row(
            name,
            *(_said(part[key].get("mean")) for key in ("satisfied", "answered", "declined", "recall@10")),
            _said(difference, "+") if difference else "",
        )
    reference = result["slates"].get(REFERENCE, {})
    turns = {key: part["turns"] for key, part in reference.items()}
    slates.caption = f"{turns.get('satisfied', 0)} slates, {turns.get('recall@10', 0)} with an entity chosen freely"
    return Group(ledger, slates)


def _said(interval: Sequence[float] | None, sign: str = "") -> str:
    if interval is None:
        return "-"
    mean, low, high = interval
    return f"{mean:{sign}.3f} [{low:{sign}.3f}, {high:{sign}.3f}]"
