"""What a person sees in the terminal: the reply, item cards, the reasons behind it, the profile."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.box import ROUNDED
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.status import Status

    from shortlist.reply import Reply, ShownItem
    from shortlist_tools.catalog import Schema

STAGES = {
    "understand": "reading",
    "plan": "planning",
    "gather": "looking",
    "decide": "choosing",
    "draft": "writing",
    "remember": "noting",
}
CARD_FACTS = 6


class Answer:
    """A reply while it is being written: a spinner with the stage, then sentences as they are verified."""

    def __init__(self, console: Console, status: Status) -> None:
        self._console = console
        self._status = status

    def hear(self, happening: Any) -> None:
        """Show what happens."""
        if happening["type"] == "stage":
            self._status.update(f"[dim]{STAGES.get(happening['data'], happening['data'])} …")
        elif happening["type"] == "sentence":
            self._console.print(Text(happening["data"]))


class Screen:
    """Prints to standard output, in colour when that is a terminal."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())

    def greet(self, title: str, greeting: str) -> None:
        """Open the conversation."""
        self._console.print(f"[bold]Shortlist[/bold] [dim]({title})[/dim]")
        self._console.print(greeting, style="dim")

    @contextmanager
    def answering(self) -> Iterator[Answer]:
        """Show that a reply is on its way."""
        with self._console.status("[dim]reading …", spinner="dots") as status:
            yield Answer(self._console, status)

    def finish(self, reply: Reply) -> None:
        """Show the cards under the sentences."""
        self._console.print()
        for place, item in enumerate(reply.items, start=1):
            self._console.print(self._card(place, item, reply))
        for note in reply.notes:
            self._console.print(Text(f"({note})", style="dim yellow"))

    def plain(self, message: str, reply: Reply) -> None:
        """Print message and reply as plain text, for pipes and files."""
        self._console.print(Text(f"> {message}"))
        self._console.print(Text(reply.message))
        for place, item in enumerate(reply.items, start=1):
            facts = " · ".join(_facts(item))
            self._console.print(Text(f"  {place}. {item.title} [{item.id}]  {facts}"))
        self._console.print()

    def _card(self, place: int, item: ShownItem, reply: Reply) -> Panel:
        body = Text()
        body.append(" · ".join(_facts(item)))
        if item.reasons:
            body.append("\n" + " · ".join(item.reasons), style="green")
        if item.broken:
            rows = {row.id: row for row in reply.ledger}
            missed = [f"{rows[name].quote or rows[name].field}" for name in item.broken if name in rows]
            body.append("\n✗ " + " · ".join(missed), style="red")
        if item.disclosures:
            body.append("\n" + " ".join(item.disclosures), style="yellow")
        head = Text.assemble((f"{place} ", "dim"), (item.title, "bold"), (f"  {item.id}", "dim"))
        return Panel(body, title=head, title_align="left", box=ROUNDED, border_style="dim", padding=(0, 1))

    def why(self, reply: Reply) -> None:
        """Show how a reply came about."""
        plan, usage = reply.plan, reply.usage
        self._console.print(
            f"[bold]plan[/bold] {plan.intent} by {plan.source}; searched for: {plan.query or 'no words'}"
        )
        for step in plan.steps:
            self._console.print(
                Text(f"  {step.tool}({', '.join(f'{k}={v!r}' for k, v in step.args.items())})"[:200], style="dim")
            )
        for reason in plan.dropped:
            self._console.print(Text(f"  dropped {reason}", style="dim"))
        self._ledger(reply)
        self._signals(reply.items)
        self._bars(reply)
        if reply.matching is not None:
            self._console.print(f"[bold]matching[/bold] {reply.matching} items")
        calls = ", ".join(f"{call.prompt} {call.seconds:.1f} s {call.outcome}" for call in usage.calls) or "none"
        self._console.print(Text.assemble(("model calls ", "bold"), calls))
        cost = f"{usage.prompt_tokens} tokens in, {usage.completion_tokens} out, {usage.seconds:.2f} s"
        kept = f"sentences kept {usage.sentences_kept}, replaced {usage.sentences_replaced}"
        self._console.print(Text.assemble(("cost ", "bold"), f"{cost}; {kept}; trace {reply.trace_id[:12]}"))

    def _ledger(self, reply: Reply) -> None:
        table = Table("", "requirement", "your words", "turn", "status", box=None, title="ledger", title_justify="left")
        for row in reply.ledger:
            value = (
                "|".join(map(str, row.value)) if isinstance(row.value, list) else "" if row.value is None else row.value
            )
            strength = "must" if row.hard else "wish"
            style = "" if row.status == "active" else "dim strike"
            said = f"{row.field} {row.op} {value} {row.unit or ''} {row.scope or ''}".strip()
            origin = row.quote or row.origin
            table.add_row(strength, said, origin, str(row.turn), row.status, style=style)
        if reply.ledger:
            self._console.print(table)

    def _signals(self, items: Sequence[ShownItem]) -> None:
        if not any(item.terms for item in items):
            return
        names = list(dict.fromkeys(term.signal for item in items for term in item.terms))
        table = Table("signals", *names, "score", box=None)
        for item in items:
            parts = {term.signal: term.contribution for term in item.terms}
            cells = [f"{parts[name]:+.3f}" if name in parts else "" for name in names]
            table.add_row(item.title, *cells, f"{item.score:.3f}")
        self._console.print(table)

    def _bars(self, reply: Reply) -> None:
        """Show what each signal added as bars, what moved an item, and what would put the second before the first."""
        from shortlist_tools.ranking.explanation import bar_lines, changes, moves, told, weights_behind

        full = max((abs(term.contribution) for item in reply.items for term in item.terms), default=0.0)
        for item in reply.items if full else ():
            self._console.print(Text(item.title, style="bold"))
            for line in bar_lines(item.terms, reply.language, full=full):
                self._console.print(Text(f"  {line}"))
            if item.moved:
                self._console.print(Text(f"  {moves(item.moved, reply.language)}", style="dim"))
        measured = [item for item in reply.items if item.signals]
        if len(measured) > 1 and measured[0].score > measured[1].score:
            first, second = measured[:2]
            found = changes(first, second, weights_behind(measured))
            titles = {item.id: item.title for item in measured}
            self._console.print(Text(told(found, titles, first.id, second.id, reply.language), style="dim"))

    def profile(self, profile: dict[str, Any], schema: Schema, language: str) -> None:
        """Show what is known of a user, each fact with its source."""
        self._console.print(f"[bold]{profile['user']}[/bold]")
        for fact in profile["facts"]:
            self._console.print(Text(f"  {fact['field']}: {fact['value']}  ({fact['origin']}, {fact['source']})"))
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(profile["events"].items())) or "none"
        self._console.print(f"  events: {counts}")
        for one in profile["affinities"][:8]:
            field = schema.get(one["field"])
            name = field.value_named(one["value"], language) if field else one["value"]
            because = ", ".join(one["evidence"][-3:])
            self._console.print(Text(f"  {one['weight']:+.2f} {name}  (from {because})"))

    def table(self, rows: Sequence[tuple[str, str]]) -> None:
        """Print names and what they are."""
        table = Table(box=None, show_header=False, pad_edge=False)
        for name, what in rows:
            table.add_row(Text(name, style="bold"), Text(what))
        self._console.print(table)

    def note(self, text: str) -> None:
        """Print a line aside."""
        self._console.print(Text(text, style="dim"))


def _facts(item: ShownItem) -> list[str]:
    """Return the facts of a card: what an item has by name, what it measures by value, what it lacks not at all."""
    shown = []
    for label, text in item.facts.items():
        if text in ("yes", "是"):
            shown.append(label)
        elif text not in ("no", "否"):
            shown.append(text if any(mark.isalpha() for mark in text) or "$" in text else f"{label} {text}")
    return shown[:CARD_FACTS]
