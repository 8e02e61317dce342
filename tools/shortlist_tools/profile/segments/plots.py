"""Pictures of segments: who is near whom, and how far published figures move at each epsilon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from shortlist_tools.profile.segments.cluster import Labels
from shortlist_tools.profile.segments.features import People
from shortlist_tools.profile.segments.model import MissingExtraError, Segments
from shortlist_tools.profile.segments.release import movement

EPSILONS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
WIDEST = 70
COLOURS = ("#2f7d5b", "#c2681c", "#3b6fb5", "#a23b72", "#8a7a00", "#5b4fa0", "#00808a", "#a33a2c", "#5c6b7a", "#7a4b2a")


def plot_segments(segments: Segments, people: People, labels: Labels, path: str | Path) -> None:
    """Write a picture: each person a dot, in the two directions that part people most, and the fit of each k.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    figure, (left, right) = _figure(2, widths=(2.2, 1.0))
    centred = people.points - people.points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    places = centred @ axes[:2].T
    for segment in segments.segments:
        members = labels == segment.number - 1
        name = _shortened(segment.sentence["en"].rstrip("."))
        colour = COLOURS[(segment.number - 1) % len(COLOURS)]
        label = f"{segment.number}. {name} ({segment.people})"
        left.scatter(*places[members].T, s=14, alpha=0.7, color=colour, label=label, edgecolors="none")
    left.set_title(f"{segments.people} people in {len(segments.segments)} segments", loc="left")
    left.set_xticks([])
    left.set_yticks([])
    left.legend(loc="upper center", bbox_to_anchor=(0.5, -0.02), fontsize=8, frameon=False)
    ks = [choice.k for choice in segments.choices]
    right.plot(ks, [choice.silhouette for choice in segments.choices], "o-", color=COLOURS[0], label="silhouette")
    right.plot(ks, [choice.stability for choice in segments.choices], "s--", color=COLOURS[1], label="stability")
    right.axvline(len(segments.segments), color="0.7", linewidth=1)
    right.set_xlabel("number of segments")
    right.set_xticks(ks)
    right.set_title("How many fit", loc="left")
    right.legend(frameon=False, fontsize=8)
    _save(figure, path)


def plot_movement(path: str | Path, size: float | None = None) -> None:
    """Write a picture of how many people a published count moves by at each epsilon, beside a segment's mean `size`.

    Raises:
        MissingExtraError: If matplotlib or OpenDP is not installed.
    """
    found = movement(EPSILONS)
    figure, (axes,) = _figure(1)
    axes.plot(EPSILONS, [found[one][1] for one in EPSILONS], "s--", color=COLOURS[1], label="19 of 20 move less")
    axes.plot(EPSILONS, [found[one][0] for one in EPSILONS], "o-", color=COLOURS[0], label="half move less")
    for one in EPSILONS:
        axes.annotate(
            f"{found[one][1]:.0f}", (one, found[one][1]), textcoords="offset points", xytext=(4, 5), fontsize=8
        )
    if size is not None:
        axes.axhline(size, color="0.5", linewidth=1)
        axes.annotate(
            f"people in a mean segment ({size:.0f})", (EPSILONS[-1], size), xytext=(0, 4), fontsize=8, color="0.3",
            textcoords="offset points", ha="right",
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(EPSILONS, [f"{one:g}" for one in EPSILONS])
    axes.minorticks_off()
    axes.set_xlabel("epsilon of a release (less is more private)")
    axes.set_ylabel("people that a published count moves by")
    axes.set_title("What privacy costs in accuracy", loc="left")
    axes.legend(frameon=False, fontsize=9)
    _save(figure, path)


def _figure(columns: int, widths: tuple[float, ...] | None = None) -> tuple[Any, Any]:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("plots need matplotlib: install shortlist[segments]") from error
    figure = Figure(figsize=(6.0 + 3.5 * (columns - 1), 4.6), layout="constrained")
    axes = figure.subplots(1, columns, squeeze=False, gridspec_kw={"width_ratios": widths} if widths else None)[0]
    for one in axes:
        one.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _save(figure: Any, path: str | Path) -> None:
    figure.savefig(path, dpi=130)


def _shortened(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
