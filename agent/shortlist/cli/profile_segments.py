"""`shortlist profile segments`: groups of people in words, their pictures, and figures that may be published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from shortlist_prompts.errors import CallerError, OperatorError

if TYPE_CHECKING:
    from shortlist.recommender import Recommender
    from shortlist_tools.profile.segments import Release, Segments


def run_segments(
    recommender: Recommender,
    language: str,
    k: int | None,
    plot: Path | None,
    epsilon: float | None,
    dp_plot: Path | None,
    as_json: bool,
) -> None:
    """Make the segments anew, print them, and write what was asked for."""
    from shortlist_tools.profile.segments import plot_movement, plot_segments

    if language not in ("en", "zh"):
        raise CallerError(f"--lang takes en or zh, got {language!r:.20}")
    grouping = recommender.profiles.segment(k)
    segments, people, labels = grouping
    released = recommender.profiles.release_segments(epsilon, grouping) if epsilon is not None else None
    if as_json:
        told = {"segments": segments.model_dump(mode="json", exclude={"segments": {"__all__": {"centre"}}})}
        if released is not None:
            told["released"] = released.model_dump(mode="json")
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(segments, language)
        if released is not None:
            _print_release(released, recommender, language)
    try:
        if plot is not None:
            plot_segments(segments, people, labels, plot)
        if dp_plot is not None:
            plot_movement(dp_plot, segments.people / len(segments.segments))
    except (OSError, ValueError) as error:
        raise OperatorError(f"cannot write the picture: {error}; give a PNG, SVG or PDF file") from error
    for path in (plot, dp_plot):
        if path is not None and not as_json:
            typer.echo(f"The picture is in {path}.")


def _print(segments: Segments, language: str) -> None:
    chosen = next(one for one in segments.choices if one.k >= len(segments.segments))
    by = "the meaning of what they turn to" if segments.space == "meaning" else "values of the catalog"
    typer.echo(
        f"{segments.people:,} people in {len(segments.segments)} segments, by {by} and by how they choose "
        f"(silhouette {chosen.silhouette:.2f}, stability {chosen.stability:.2f})"
    )
    for one in segments.segments:
        typer.echo(f"  {one.number}. {one.people:,} people ({100 * one.people / segments.people:.0f}%)")
        typer.echo(f"     {one.sentence[language]}")


def _print_release(released: Release, recommender: Recommender, language: str) -> None:
    from shortlist_tools.profile.page import named

    typer.echo(
        f"May be published (epsilon {released.epsilon:g}; {released.spent:g} of the privacy budget is spent, "
        f"{released.left:g} left):"
    )
    schema = recommender.catalog.schema
    for one in released.segments:
        values = ", ".join(f"{named(schema, v.field, v.value, language)} ~{v.people:,}" for v in one.values)
        typer.echo(f"  {one.number}. about {one.people:,} people: {values or 'nothing stands out of the noise'}")
