"""What the `draft_message` tool writes with: the turn's drafting and claim check, for items the caller chose."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from shortlist.decision import Decision
from shortlist.turn.state import Services, Turn, with_masking
from shortlist_tools.catalog import Requirement, UnknownItemError, check_requirement
from shortlist_tools.model import Budget
from shortlist_tools.ranking import Ranked
from shortlist_tools.toolbox import DraftMessage

from .compose import joined
from .draft import Brief, draft
from .sheet import sheet_of


def composer(services_now: Callable[[], Services]) -> Callable[[DraftMessage], Awaitable[str]]:
    """Return a function that writes a verified message about given items."""

    async def compose(args: DraftMessage) -> str:
        services, _ = with_masking(services_now(), {}, None)
        snapshot, settings = services.snapshot, services.settings
        unknown = [item for item in args.ids if item not in snapshot.row_of]
        if unknown:
            raise UnknownItemError(unknown)
        rows = [
            check_requirement(Requirement(id=f"r{place}", origin="host", **one.model_dump()), snapshot.schema)
            for place, one in enumerate(args.requirements, start=1)
        ]
        ranked = [Ranked(id=item, row=snapshot.row_of[item], score=0.0, terms=()) for item in args.ids]
        broken = {
            one.id: missed
            for one in ranked
            if (missed := tuple(row.id for row in rows if row.hard and not snapshot.satisfies(one.row, row)))
        }
        kind = "abstain" if broken else "recommend"
        decision = Decision(kind=kind, items=tuple(ranked), broken=broken, matching=None)
        sheet = sheet_of(decision, rows, services, args.language)
        turn = Turn(services, Budget(calls=settings.calls, tokens=settings.tokens, seconds=settings.seconds))
        brief = Brief(
            decision=decision,
            sheet=sheet,
            in_force=tuple(rows),
            message="",
            language=args.language,
            seed=":".join(args.ids),
        )
        sentences = await draft(brief, turn)
        added = [text for one in sheet.items for text in one.disclosures]
        return "\n".join([joined(sentences, args.language), *added])

    return compose
