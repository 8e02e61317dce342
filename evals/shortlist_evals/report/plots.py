"""The plots of the report: drawn by matplotlib as SVG whose colours are the page's, so that light and dark both fit."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shortlist_evals.metrics import Interval

SERIES = 6
"""How many agents have a colour of their own; further ones share the last."""
_INK, _MUTED, _GRID = "#0a0b01", "#0a0b02", "#0a0b03"
_COLOURS = tuple(f"#0a0c0{place}" for place in range(SERIES))
_PAGE = {_INK: "var(--ink)", _MUTED: "var(--muted)", _GRID: "var(--line)"} | {
    colour: f"var(--s{place})" for place, colour in enumerate(_COLOURS)
}
"""Stand-ins that matplotlib draws with, and the variables of the page that replace them."""
_MARKERS = ("o", "s", "D", "^", "v", "P")
"""Agents differ by mark as well, for those who do not tell the colours apart."""
WIDE = 3.7
_ROW = 0.19
"""Width of a plot and height of a row and agent, in inches; the page scales it to its column."""


@dataclass(frozen=True)
class Series:
    """One agent's points by row or by k; a row without a point is left empty. `place` chooses colour and mark."""

    name: str
    points: Mapping[str, Interval]
    place: int = 0


def dots(
    rows: Sequence[str],
    series: Sequence[Series],
    name: str,
    *,
    zero: bool = False,
    share: bool = True,
    width: float = WIDE,
) -> str:
    """Return a dot plot with intervals: a line a row, a dot an agent.

    Args:
        rows: Labels, from above.
        series: The agents.
        name: Makes the ids in the SVG its own.
        zero: Whether to draw a line at zero, for differences.
        share: Whether the values are shares, so that the axis goes from 0 to 1.
        width: Its width in inches.
    """
    height = 0.55 + len(rows) * max(0.26, _ROW * len(series) + 0.08)
    figure, axes = _figure(height, width)
    step = 0.7 / max(len(series), 1)
    for number, one in enumerate(series):
        places = [place for place, row in enumerate(rows) if row in one.points]
        values = [one.points[rows[place]] for place in places]
        shift = (number - (len(series) - 1) / 2) * step
        _points(axes, values, [place + shift for place in places], one, across=True)
    for place in range(len(rows) - 1):
        axes.axhline(place + 0.5, color=_GRID, linewidth=0.6)
    if zero:
        axes.axvline(0, color=_MUTED, linewidth=1)
    elif share:
        axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), labels=[_short(row) for row in rows])
    axes.grid(axis="x", color=_GRID, linewidth=0.6)
    return _svg(figure, name)


def curves(series: Sequence[Series], name: str) -> str:
    """Return pass^k over k: a line an agent, with intervals."""
    figure, axes = _figure(2.3)
    ks = sorted({int(k) for one in series for k in one.points})
    for number, one in enumerate(series):
        have = [k for k in ks if str(k) in one.points]
        shift = (number - (len(series) - 1) / 2) * 0.04
        values = [one.points[str(k)] for k in have]
        _points(axes, values, [k + shift for k in have], one, across=False)
        axes.plot([k + shift for k in have], [value.mean for value in values], color=_colour(one), linewidth=1.4)
    axes.set_xticks(ks, labels=[f"pass^{k}" for k in ks])
    axes.set_xlim(ks[0] - 0.3, ks[-1] + 0.3)
    axes.set_ylim(-0.03, 1.03)
    axes.grid(axis="y", color=_GRID, linewidth=0.6)
    return _svg(figure, name)


def _points(axes: Any, values: Sequence[Interval], places: Sequence[float], one: Series, *, across: bool) -> None:
    means = [value.mean for value in values]
    spread = [[max(v.mean - v.low, 0.0) for v in values], [max(v.high - v.mean, 0.0) for v in values]]
    xs, ys = (means, places) if across else (places, means)
    axes.errorbar(
        xs, ys, fmt=_MARKERS[min(one.place, SERIES - 1)], color=_colour(one), markersize=4.2, elinewidth=1.3, capsize=0,
        **{"xerr" if across else "yerr": spread},
    )  # fmt: skip


def _colour(one: Series) -> str:
    return _COLOURS[min(one.place, SERIES - 1)]


def _short(label: str, most: int = 26) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"


def _figure(height: float, width: float = WIDE) -> tuple[Any, Any]:
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    axes.patch.set_visible(False)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_GRID)
    axes.tick_params(length=0, labelsize=9, colors=_INK)
    axes.set_axisbelow(True)
    return figure, axes


def _svg(figure: Any, name: str) -> str:
    """Return the figure as an SVG element that takes the width of its column and the colours of the page."""
    import matplotlib as mpl

    out = io.StringIO()
    figure.patch.set_visible(False)
    with (
        warnings.catch_warnings(),
        mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": name, "font.family": "sans-serif"}),
    ):
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # the browser has the font
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(
        r'(<svg[^>]*?) width="[^"]*"', r"\1", re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1), count=1
    )
    svg = re.sub(r'\b(id="|url\(#|href="#)', rf"\g<1>{name}-", svg)
    svg = re.sub(r"font: ([\d.]+)px [^;\"]*", r"font-size: \1px", svg)
    for stand_in, variable in _PAGE.items():
        svg = svg.replace(stand_in, variable)
    wide = " wide" if figure.get_figwidth() > WIDE else ""
    return svg.replace("<svg", f'<svg class="plot{wide}" role="img"', 1)
