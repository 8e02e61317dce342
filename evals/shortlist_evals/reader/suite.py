"""Running the reader over labelled utterances, and showing what came out."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from shortlist.demo import FOLDER, catalog_files
from shortlist.reader import Reader
from shortlist_evals.reader.cases import Case, Split, load_cases
from shortlist_evals.reader.scoring import Tally, figures, interval, key_of, score
from shortlist_evals.scored import Scored, summary
from shortlist_tools.catalog import Catalog, Snapshot
from shortlist_tools.store import Store

AGENT = "reader"
CROSSWOZ: Final = "crosswoz"


def run(
    split: Split | Literal["crosswoz"] = "dev",
    n: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Read every utterance of `split` and return the scores, JSON-able.

    Args:
        split: `dev`, `spent`, `blind` or `all` of the labelled utterances, or `crosswoz`: the users' turns of CrossWOZ,
            which need the evaluation data.
        n: Only the first n utterances, or dialogues of CrossWOZ.
        progress: Told how many are read.
    """
    if split == CROSSWOZ:
        from shortlist_evals.reader.crosswoz import run_crosswoz  # which stands on the suite that stands on this one

        return {**run_crosswoz(n, progress), "split": split}
    cases = load_cases(split)[:n]
    with tempfile.TemporaryDirectory() as folder:
        snapshot = demo_snapshot(Path(folder))
        reader = Reader(snapshot.schema, snapshot)
        results = [_run_case(reader, snapshot, case) for case in cases]
    return {**_summary(cases, results), "split": split}


def demo_snapshot(folder: Path) -> Snapshot:
    """Return the demo catalog, ingested into a database in `folder`."""
    catalog = Catalog(Store.open(folder / "reader.db"))
    catalog.ingest(*catalog_files(), schema=FOLDER / "schema.yaml")
    return catalog.snapshot()


def _run_case(reader: Reader, snapshot: Snapshot, case: Case) -> dict[str, Any]:
    shown = [snapshot.item(snapshot.row_of[name]) for name in case.shown]
    start = time.perf_counter()
    reading = reader.read(case.text, shown, case.ledger(), case.asked)
    seconds = time.perf_counter() - start
    tally = score(reading.requirements, case.entries)
    taken = Tally(
        len(set(reading.withdrawn) & set(case.withdrawn)), len(set(reading.withdrawn)), len(set(case.withdrawn))
    )
    found = [[*key_of(r), r.group or ""] for r in reading.requirements]
    wanted = [[*key_of(e), e.group or ""] for e in case.entries]
    return {
        "id": case.id,
        "text": case.text,
        "tally": tally,
        "withdrawn": taken,
        "ms": seconds * 1000,
        "extra": [one for one in found if one not in wanted],
        "missing": [one for one in wanted if one not in found],
        "intent": reading.intent,
        "query": reading.query,
    }


def _summary(cases: list[Case], results: list[dict[str, Any]]) -> dict[str, Any]:
    tallies = [r["tally"] for r in results]

    def part(chosen: Callable[[Case], bool]) -> dict[str, Any]:
        mine = [t for c, t in zip(cases, tallies, strict=True) if chosen(c)]
        return figures(sum(mine, Tally()), len(mine))

    whole = part(lambda c: True)
    low, high = interval(tallies)
    rows = [_scored(case, found) for case, found in zip(cases, results, strict=True)]
    wrong = [
        {k: r[k] for k in ("id", "text", "extra", "missing")}
        for r, row in zip(results, rows, strict=True)
        if not row.values["right"]
    ]
    common = summary({AGENT: rows})
    common["agents"][AGENT]["f1"] = [whole["f1"], low, high]
    return {
        **common,
        **{name: value for name, value in whole.items() if name != "right"},
        "interval": [low, high],
        "parts": {
            **{name: part(lambda c, name=name: c.kind == name) for name in sorted({c.kind for c in cases})},  # type: ignore[misc]
            **{code: part(lambda c, code=code: c.language == code) for code in ("en", "zh")},  # type: ignore[misc]
        },
        "withdrawals": figures(sum((r["withdrawn"] for r in results), Tally()), sum(bool(c.withdrawn) for c in cases)),
        "ms": {
            "p50": round(float(np.median([r["ms"] for r in results])), 3),
            "p95": round(float(np.quantile([r["ms"] for r in results], 0.95)), 3),
        },
        "wrong": wrong,
    }


def _scored(case: Case, found: dict[str, Any]) -> Scored:
    """Return what paired comparisons need: the F1 of one utterance's entries, and whether all of it is right."""
    right = all(one.right == one.found == one.wanted for one in (found["tally"], found["withdrawn"]))
    return Scored(case.id, case.kind, case.language, {"right": float(right), "utterance_f1": found["tally"].f1})


def render(result: Mapping[str, Any]) -> Any:
    """Return a rich table of a result: by language, by class, and over all."""
    from rich.table import Table

    low, high = result["interval"]
    title = f"reader, {result['split']}: F1 {result['f1']:.3f} [{low:.3f}, {high:.3f}] over {result['n']} utterances"
    table = Table(title=title)
    for name in ("", "utterances", "precision", "recall", "F1"):
        table.add_column(name, justify="left" if not name else "right")
    if result["split"] == CROSSWOZ:
        rows = [*result["domains"].items(), *result["fields"].items(), ("all", result)]
    else:
        table.caption = f"a message takes {result['ms']['p50']:.2f} ms (p50), {result['ms']['p95']:.2f} ms (p95)"
        rows = [*result["parts"].items()]
        rows += [("withdrawals", result["withdrawals"]), ("all", result)]
    for name, figures_of in rows:
        table.add_row(
            name,
            str(figures_of["utterances"] or ""),
            *(f"{figures_of[key]:.3f}" for key in ("precision", "recall", "f1")),
        )
    return table
