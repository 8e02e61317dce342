"""`shortlist train`: a progress bar for each stage, then the card of the model in force."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shortlist.recommender import Recommender
    from shortlist_tools.ranking.training import Card

STAGES = {"events": "reading events", "settings": "trying settings", "towers": "learning content", "model": "fitting"}


def run_train(recommender: Recommender, people: int, rollback: bool, card: bool, as_json: bool) -> None:
    """Train, roll back, or only show the card; print which model is in force."""
    from shortlist_tools.ranking.training import card_text

    if card:
        found, said = recommender.models.current().card, ""
    elif rollback:
        found = recommender.models.roll_back()
        said = f"The model {found.checksum} is in force again."
    else:
        found = _trained(recommender, people)
        said = f"The model {found.checksum} is in force now; `shortlist train --rollback` goes back."
    if as_json:
        print(found.model_dump_json())
        return
    print(card_text(found))
    if said:
        print(said)


def _trained(recommender: Recommender, people: int) -> Card:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        return recommender.train(people, show)
