"""The contributions of signals as bars: lines for a terminal, and a picture for everything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from shortlist_prompts.errors import OperatorError
from shortlist_tools.ranking.explanation.names import named
from shortlist_tools.ranking.rank import Term

WIDTH = 24
EIGHTHS = " ▏▎▍▌▋▊▉█"
FONTS = ("Noto Sans CJK SC", "WenQuanYi Zen Hei", "Source Han Sans SC", "SimHei", "DejaVu Sans")
"""The first that is there is used; without a Chinese one, Chinese words come out as boxes."""


def summed(terms: Sequence[Term]) -> dict[str, float]:
    """Return the contribution of each signal, the greatest first."""
    found: dict[str, float] = defaultdict(float)
    for term in terms:
        found[term.signal] += term.contribution
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def bar_lines(terms: Sequence[Term], language: str, width: int = WIDTH, full: float | None = None) -> list[str]:
    """Return one line a signal: its name, a bar as long as its contribution, and the figure.

    Args:
        terms: Of one item.
        language: Of the names.
        width: Characters of the longest bar.
        full: The contribution that fills a bar, so that several items compare; the greatest of these by default.
    """
    parts = summed(terms)
    most = full or max((abs(value) for value in parts.values()), default=0.0)
    names = {signal: named(signal, language) for signal in parts}
    wide = max((_columns(name) for name in names.values()), default=0)
    return [
        f"{names[signal]}{' ' * (wide - _columns(names[signal]))}  {_bar(value, most, width)} {value:+.3f}"
        for signal, value in parts.items()
    ]


def _bar(value: float, most: float, width: int) -> str:
    eighths = round(abs(value) / most * width * 8) if most else 0
    whole, rest = divmod(min(eighths, width * 8), 8)
    drawn = (EIGHTHS[8] if value >= 0 else "░") * whole + (EIGHTHS[rest] if rest and value >= 0 else "")
    return drawn.ljust(width)


def _columns(text: str) -> int:
    return sum(2 if ord(mark) > 0x2E7F else 1 for mark in text)


def draw_bars(items: Mapping[str, Sequence[Term]], path: Path, language: str) -> Path:
    """Draw the contributions of every item, by title, as stacked bars into `path` (`.svg` or `.png`); return it.

    Raises:
        OperatorError: If matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise OperatorError("a picture needs matplotlib: pip install 'shortlist[evals]'") from error
    mpl.use("agg")
    from matplotlib import font_manager
    from matplotlib import pyplot as plt

    present = {font.name for font in font_manager.fontManager.ttflist}
    with mpl.rc_context({"font.family": [name for name in FONTS if name in present], "svg.hashsalt": "shortlist"}):
        figure, axes = plt.subplots(figsize=(8, 1.2 + 0.6 * len(items)), layout="constrained")
        parts = {title: summed(terms) for title, terms in items.items()}
        signals = list(dict.fromkeys(signal for each in parts.values() for signal in each))
        ends = {title: [0.0, 0.0] for title in parts}
        colours = plt.get_cmap("tab20")
        for number, signal in enumerate(signals):
            for place, (title, each) in enumerate(parts.items()):
                value = each.get(signal, 0.0)
                side = int(value < 0)
                label = named(signal, language) if place == 0 else None
                axes.barh(place, value, left=ends[title][side], color=colours(number % 20), label=label)
                ends[title][side] += value
        axes.set_yticks(range(len(parts)), list(parts))
        axes.invert_yaxis()
        axes.axvline(0, color="black", linewidth=0.8)
        axes.set_xlabel("得分构成" if language == "zh" else "what each signal adds to the score")
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
        plt.close(figure)
    return path
