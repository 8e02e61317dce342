"""The profile page in a terminal: plain sentences, bars for interests, and how each line can be changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from shortlist_tools.profile import ProfileFact
    from shortlist_tools.profile.page import Allowed, Help, Page, Row, Section

BAR = 20
"""Cells of a bar that stands for everything."""
NAME = 18
"""Cells of the name before it."""
WIDEST = 100


def console() -> Console:
    """Return a console for standard output, no wider than people read."""
    found = Console(highlight=False)
    if sys.stdout.isatty() and found.width > WIDEST:
        found.width = WIDEST
    return found


def print_page(page: Page) -> None:
    """Print the whole page."""
    screen = console()
    screen.print(Text.assemble((page.title, "bold"), ("  " + page.built, "dim")))
    screen.print()
    for line in page.intro:
        screen.print(Padding(Text(line), (0, 2)))
    for section in page.sections:
        screen.print()
        screen.print(_section(section))
    screen.print()
    screen.print(_allowed(page.allowed))
    screen.print()
    screen.print(_help(page.help))


def print_allowed(page: Page) -> None:
    """Print what the person allows."""
    console().print(_allowed(page.allowed))


def print_why(row: Row, fact: ProfileFact, language: str) -> None:
    """Print one fact and what it rests on."""
    from shortlist_tools.profile.page import word

    screen = console()
    said = f"{row.text} ({row.about}): {row.figure}" if row.figure else row.text
    screen.print(Text.assemble((f"{row.ref}  ", "yellow"), (said, "bold")))
    fades = word("fades", language, days=f"{fact.half_life_days:g}") if fact.half_life_days is not None else ""
    screen.print(Padding(Text(" · ".join(one for one in (_source(row), fades) if one), style="dim"), (0, 6)))
    for line in row.evidence:
        screen.print(Padding(Text(f"• {line}"), (0, 6)))
    if not row.evidence:
        how = word("why.gone", language) if fact.evidence else word("why.none", language, how=row.origin)
        screen.print(Padding(Text(how), (0, 6)))


def _section(section: Section) -> RenderableType:
    parts: list[RenderableType] = [Text(section.title, style="bold cyan")]
    if section.note:
        parts.append(Padding(Text(section.note, style="dim"), (0, 2)))
    show = _interest if section.key == "interests" else _fact
    parts += [Padding(show(row), (0, 2)) for row in section.rows]
    return Group(*parts)


def _fact(row: Row) -> RenderableType:
    said = Text(row.text)
    if row.about:
        said.append(f"  {row.about}", style="dim")
    if row.quote:
        said.append(f"  “{row.quote}”", style="italic")
    if source := _source(row):
        said.append(f"\n{source}", style="dim")
    return _referred(row, said)


def _interest(row: Row) -> RenderableType:
    name = Text(set_cell_size(row.text, max(NAME, cell_len(row.text))), style="bold")
    first = Text.assemble(name, " ", bar(row.share or 0.0, row.expected or 0.0), "  ", row.figure)
    return _referred(row, Text.assemble(first, (f"\n{row.about} · {row.tag} · {_source(row)}", "dim")))


def _referred(row: Row, said: Text) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="yellow", no_wrap=True, min_width=4)
    table.add_column(overflow="fold")
    table.add_row(Text(row.ref), said)
    return table


def _source(row: Row) -> str:
    return " · ".join(one for one in (row.sure, row.origin, row.until) if one)


def bar(share: float, expected: float) -> Text:
    """Return a bar of `share` (0 to 1) with a mark where others are."""
    filled, mark = round(share * BAR), min(BAR - 1, round(expected * BAR))
    text = Text()
    for cell in range(BAR):
        full = cell < filled
        sign = "│" if cell == mark else "█" if full else "·"
        text.append(sign, style="bold" if cell == mark else "green" if full else "dim")
    return text


def _allowed(allowed: Allowed) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2), header_style="dim")
    table.add_column(allowed.column)
    for purpose in allowed.purposes:
        table.add_column(purpose, justify="center")
    for source, answers in allowed.sources:
        cells = [Text("✓" if one else "✗", style="green" if one else "red") for one in answers]
        table.add_row(source, *cells)
    head = Text(allowed.title, style="bold cyan")
    level = Text.assemble(allowed.level, " ", (allowed.meaning, "dim"))
    return Group(head, Padding(Group(level, table), (0, 2)))


def _help(help_: Help) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False)
    for command, what in help_.commands:
        table.add_row(Text(command, style="yellow"), what)
    head = Text(help_.title, style="bold cyan")
    notes = [Text(note, style="dim") for note in (help_.note, help_.chat) if note]
    return Group(head, Padding(Group(table, *notes), (0, 2)))
