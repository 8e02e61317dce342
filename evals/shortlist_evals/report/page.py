"""Puts the report together: one HTML page with its style, script, plots and conversations inside it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from shortlist_evals.compare import figure, spread, verdict
from shortlist_evals.report.conversations import packed
from shortlist_evals.report.sections import differences, glance, overview, section
from shortlist_evals.table import results
from shortlist_prompts.errors import CallerError

if TYPE_CHECKING:
    from jinja2 import Template


class NothingToReportError(CallerError):
    """No result is kept; says how to make one."""


def build(names: Sequence[str] = ()) -> str:
    """Return the report of the results called `names`, all that are kept by default, as one HTML page.

    Raises:
        ResultError: If one is missing or cannot be read.
        NothingToReportError: If there is none at all.
    """
    found = results(names)
    if not found:
        raise NothingToReportError("no result is kept; `python -m shortlist_evals run wishes` makes one")
    suites = sorted({str(result["suite"]) for result in found.values()})
    conversations, counts = packed(suites)
    versus, notes = differences(found)
    return _template().render(
        style=_file("page.css"),
        script=_file("page.js"),
        overview=overview(found),
        glance=glance(found),
        sections=[section(name, result) for name, result in found.items()],
        versus=versus,
        notes=notes,
        conversations=conversations,
        counts=counts,
        date=max(str(result.get("date", "")) for result in found.values()),
        figure=figure,
        spread=spread,
        verdict=verdict,
    )


def write(path: Path, names: Sequence[str] = ()) -> Path:
    """Write the report to `path` and return it; an old one stays until the new one is whole."""
    page = build(names)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_text(page, "utf-8")
    part.replace(path)
    return path


def _file(name: str) -> str:
    return (files("shortlist_evals.report") / "files" / name).read_text("utf-8")


def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_file("page.html.j2"))
