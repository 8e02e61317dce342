"""A conversation in the terminal, readable at 80 columns: each turn with its plan, ledger, signals, claims and cost."""

from __future__ import annotations

from typing import Any

from shortlist_evals.compare import figure
from shortlist_evals.show.views import ItemRow, LedgerRow, TurnView, view
from shortlist_evals.transcripts import Transcript


def render(transcript: Transcript) -> Any:
    """Return the whole conversation as something that a rich console prints."""
    from rich.console import Group
    from rich.rule import Rule

    parts: list[Any] = [_head(transcript)]
    for number, said in enumerate(transcript.said, start=1):
        parts += [Rule(f"turn {number}", align="left", style="dim"), *_turn(view(said))]
    return Group(*parts)


def _head(transcript: Transcript) -> Any:
    from rich.text import Text

    text = Text.assemble((transcript.case, "bold"), f"  {transcript.suite}, {transcript.kind}, {transcript.language}")
    text.append(f"\nwith {transcript.agent}, trial {transcript.trial}", style="dim")
    if transcript.about:
        text.append(f"\n{transcript.about}")
    values = ", ".join(f"{name} {figure(value)}" for name, value in transcript.values.items())
    text.append(f"\n{values or 'no scores'}", style="dim")
    for fault in transcript.faults:
        text.append(f"\n✗ {fault}", style="red")
    return text


def _turn(turn: TurnView) -> list[Any]:
    from rich.padding import Padding
    from rich.text import Text

    parts: list[Any] = [
        Text.assemble(("user  ", "bold cyan"), turn.message),
        Text.assemble(("reply ", "bold green"), turn.reply, (f"  ({turn.kind})", "dim")),
    ]
    if turn.asked:
        parts.append(_line("asks", ", ".join(turn.asked)))
    details: list[Any] = [_item(place, one) for place, one in enumerate(turn.items, start=1)]
    if turn.plan:
        details.append(_line("plan", turn.plan))
    details += [_inner(Text(one, style="dim")) for one in (*turn.edits, *turn.steps)]
    details += [_inner(Text(f"dropped: {one}", style="yellow")) for one in turn.dropped]
    if turn.ledger:
        details += [_line("ledger", ""), *map(_row, turn.ledger)]
    if turn.matching is not None:
        details.append(_line("matching", f"{turn.matching} items"))
    if turn.claims:
        details.append(_line("claims", turn.claims))
    details += [_line("call", one) for one in turn.calls]
    details.append(_line("cost", turn.cost))
    details += [_line("note", one) for one in turn.notes]
    return [*parts, *(Padding(one, (0, 0, 0, 2)) for one in details)]


def _line(name: str, text: str) -> Any:
    from rich.text import Text

    return Text.assemble((f"{name} ", "bold"), text)


def _inner(text: Any) -> Any:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, 2))


def _row(row: LedgerRow) -> Any:
    from rich.text import Text

    style = "" if row.status == "active" else "dim strike"
    text = Text(f"{row.strength} ", style="dim")
    text.append(row.what, style=style)
    return _inner(text.append(f"  {row.words}, turn {row.turn}, {row.status}", style="dim"))


def _item(place: int, item: ItemRow) -> Any:
    from rich.text import Text

    text = Text.assemble(
        (f"{place} ", "dim"), (item.title, "bold"), (f" {item.id}" if item.id != item.title else "", "dim")
    )
    if item.facts:
        text.append(f"\n  {item.facts}")
    if item.reasons:
        text.append(f"\n  {item.reasons}", style="green")
    if item.said:
        text.append(f"\n  {item.said}", style="yellow")
    if item.broken:
        text.append("\n  does not meet everything", style="red")
    if item.signals:
        signals = "  ".join(f"{name} {value:+.3f}" for name, value in item.signals)
        text.append(f"\n  signals {signals} = {item.score:.3f}", style="dim")
    return text
