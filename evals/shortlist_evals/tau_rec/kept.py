"""Finished trials of a model, of which none is kept in which the model did not answer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from shortlist_evals.finished import Done, Finished
from shortlist_evals.places import data_dir, suites_dir
from shortlist_prompts.errors import ProviderError

GONE = frozenset({"refused", "unavailable", "rate_limited"})
"""Outcomes of a call that was never answered."""


class ModelGoneError(ProviderError):
    """The model no longer answers, so that going on would score the built-in planner under its name."""


class Kept(Finished):
    """The finished trials for one state of product, suite, data and model.

    Args:
        about: What else tells runs apart: model, server, seed, patience.
        folder: Where the files lie; `.shortlist/evals/tau_rec` by default.
    """

    def __init__(self, about: Iterable[object], folder: Path | None = None) -> None:
        evals = Path(__file__).parents[1]
        code = [file for name in ("tau_rec", "users") for file in sorted((evals / name).rglob("*.*"))]
        code = [file for file in code if file.suffix in (".py", ".yaml")]
        cases = sorted((suites_dir() / "tau_rec").glob("*.yaml"))
        data = [data_dir("tau-rec", "catalog.json"), *sorted(data_dir("tau-rec", "tasks").glob("*.json"))]
        super().__init__("tau_rec", about, [*code, *cases, *data], folder)

    def add_answered(self, done: Done, model: str) -> None:
        """Keep one finished trial in which the model answered.

        Raises:
            ModelGoneError: If a turn of it had no answered call; the trial is not kept.
        """
        row, transcript = done
        for place, each in enumerate(transcript.said, start=1):
            calls = (each.reply or {}).get("usage", {}).get("calls", [])
            if calls and all(call["outcome"] in GONE for call in calls):
                raise ModelGoneError(
                    f"{model} no longer answers (turn {place} of {row.case}: {calls[-1]['outcome']}); finished "
                    f"trials are kept in {self.path}: start the server, and run the same command to go on"
                )
        self.add(done)
