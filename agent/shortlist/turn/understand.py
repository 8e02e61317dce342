"""Stage 1, understand: read the message with the deterministic reader, in the light of what was shown and asked."""

from __future__ import annotations

from shortlist.reader import Reading
from shortlist.turn.context import Services
from shortlist.turn.ledger import active
from shortlist.turn.session import Session
from shortlist_tools.catalog import Item


def read_message(message: str, session: Session, services: Services) -> Reading:
    """Return what `message` says, with references and critiques resolved against the last slate."""
    shown: list[Item] = [
        services.snapshot.item(services.snapshot.row_of[item])
        for item in session.slate
        if item in services.snapshot.row_of
    ]
    return services.reader.read(message, shown=shown, ledger=active(session.ledger), asked=session.pending)
