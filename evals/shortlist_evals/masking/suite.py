"""Running the masker over labelled sentences, and showing what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from shortlist_evals.masking.cases import Case, Split, load_cases
from shortlist_evals.masking.scoring import Tally, intervals, score
from shortlist_evals.scored import Scored, summary
from shortlist_tools.masking import Kind, Personal, find_personal, mask, unmask

AGENT = "masker"


def run(
    split: Split = "dev",
    n: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Mask every sentence of `split` and return the scores, JSON-able; no catalog tells names that are known.

    Args:
        split: `dev` (seen by its author), `spent` (blind once, then studied), `blind`, `fresh` and `late` (not studied)
            or `all`.
        n: Only the first n sentences.
        progress: Told how many are masked.
    """
    cases = load_cases(split)[:n]
    rows, tallies, wrong = [], [], []
    for number, case in enumerate(cases):
        progress(number, len(cases))
        found = find_personal(case.text)
        tally = score(case.text, found, case.spans)
        tallies.append(tally)
        rows.append(_scored(case, tally))
        if tally.hidden < tally.wanted or tally.personal < tally.masked:
            wrong.append(_wrong(case, found))
    common = summary({AGENT: rows})
    common["agents"][AGENT] |= intervals(tallies)
    for labels, of_case in (
        ("classes", [case.kind for case in cases]),
        ("languages", [case.language for case in cases]),
    ):
        for name in common[labels][AGENT]:
            mine = [tally for label, tally in zip(of_case, tallies, strict=True) if label == name]
            common[labels][AGENT][name] |= intervals(mine)
    return {**common, **_figures(tallies), "kinds_of_data": _by_kind(cases), "wrong": wrong, "split": split}


def _scored(case: Case, tally: Tally) -> Scored:
    masked = mask(case.text)
    values = {
        "right": float(tally.hidden == tally.wanted and tally.personal == tally.masked),
        "restored": float(unmask(masked.text, masked.originals) == case.text),
    }
    if tally.wanted:
        values["recall"] = tally.recall
    if tally.masked:
        values["precision"] = tally.precision
    return Scored(case.id, case.kind, case.language, values)


def _figures(tallies: Iterable[Tally]) -> dict[str, Any]:
    whole = sum(tallies, Tally())
    return {
        "recall": round(whole.recall, 4),
        "precision": round(whole.precision, 4),
        "kind_right": round(whole.kinds, 4),
        "wanted": whole.wanted,
        "masked": whole.masked,
    }


def _by_kind(cases: Iterable[Case]) -> dict[str, dict[str, Any]]:
    """Return recall of the labels of each kind, and precision of the stretches masked as it, by language too."""
    counted: dict[str, list[Tally]] = {}
    for case in cases:
        found = find_personal(case.text)
        for kind in get_args(Kind):
            hidden = score(case.text, found, [one for one in case.spans if one.kind == kind])
            masked = score(case.text, [one for one in found if one.kind == kind], case.spans)
            tally = Tally(hidden.wanted, hidden.hidden, hidden.named, masked.masked, masked.personal)
            for name in (kind, f"{kind} {case.language}"):
                counted.setdefault(name, []).append(tally)
    return {name: _figures(tallies) for name, tallies in counted.items()}


def _wrong(case: Case, found: Iterable[Personal]) -> dict[str, Any]:
    return {
        "id": case.id,
        "text": case.text,
        "masked": [[one.kind, case.text[one.start : one.end]] for one in found],
        "wanted": [[one.kind, case.text[one.start : one.end]] for one in case.spans],
    }


def render(result: Mapping[str, Any]) -> Any:
    """Return a rich table of a result: by kind of data and language, and over all."""
    from rich.table import Table

    title = (
        f"masking, {result['split']}: recall {result['recall']:.3f}, precision {result['precision']:.3f} "
        f"over {result['n']} sentences"
    )
    table = Table(title=title)
    for name in ("", "labelled", "recall", "masked", "precision", "kind right"):
        table.add_column(name, justify="left" if not name else "right")
    for name, figures in [*result["kinds_of_data"].items(), ("all", result)]:
        table.add_row(
            name,
            str(figures["wanted"]),
            f"{figures['recall']:.3f}",
            str(figures["masked"]),
            *(f"{figures[key]:.3f}" for key in ("precision", "kind_right")),
        )
    return table
