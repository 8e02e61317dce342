"""What a conversation has come to: its ledger, what was shown and asked, and the last exchanges."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Requirement

MOST_REMARKS = 8


class Exchange(BaseModel):
    """One message and the reply to it."""

    model_config = ConfigDict(frozen=True)

    user: str
    reply: str


class Seen(BaseModel):
    """What the user had been shown and asked before a reply; the attributes are those of `Session`."""

    model_config = ConfigDict(frozen=True)

    slate: tuple[str, ...] = ()
    focus: str | None = None
    offered: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    asking_turns: int = 0


class Variety(BaseModel):
    """How slates are to be: `level` from 0, more like `like`, to 1, surprising."""

    model_config = ConfigDict(frozen=True)

    level: float
    like: tuple[str, ...] = ()


class Sought(BaseModel):
    """A thing that the conversation is after and the catalog has none of, and the turn that named it."""

    model_config = ConfigDict(frozen=True)

    good: str
    turn: int


class Shown(BaseModel):
    """Items that a reply recommended together, and the turn it was."""

    model_config = ConfigDict(frozen=True)

    turn: int
    ids: tuple[str, ...]


class Session(BaseModel):
    """The state of one conversation, kept after every turn.

    Attributes:
        id: Its id.
        user: The user it belongs to, None for a guest.
        turns: Turns done.
        language: Language of the last message.
        ledger: Every requirement so far, withdrawn and replaced ones too.
        query: Words of the current wish, to search by meaning.
        need: The words that opened the current wish, where no requirement says all of them.
        slate: Ids shown last, in order.
        focus: The one item that the last message was about, which "it" points at.
        offered: Ids shown at any time.
        slates: What was recommended together, oldest first: the very first, and the last few.
        told: What kind of reply the last one was.
        compared: Ids that the last turn compared, or the one before it picked from.
        lead: Id of the item that the last recommendation put first.
        singled: Ids that the last replies singled out one after the other ("the cheapest is …"), the newest last.
        taken: Ids of what the user has settled on; they stay in what is bought together.
        turned_down: Ids that the user rejected.
        asked: Fields asked about at any time.
        pending: Fields that the last reply asked about.
        asking_turns: Turns that asked.
        confirming: The fact that the last reply asked to confirm.
        confirmations: Turns that asked to confirm something.
        facts: Facts said in this session (confirmations), by name.
        remarks: What the user told of himself or herself, in the user's words.
        exchanges: The last two.
        marks: What the marks of this conversation stand for; models see the marks alone.
        sought: The thing asked for that the catalog has none of, until something else is sought.
        unheard: Words that the user was told the catalog says nothing about.
        before: What the user had seen before the last reply, should another be given in its place.
        variety: How near or how varied slates are to be from now on, if the user has said so.
        owed: Attention that slates so far left owing to groups of items that policies declare, by the group's name.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    user: str | None = None
    turns: int = 0
    language: str = "en"
    ledger: tuple[Requirement, ...] = ()
    query: str = ""
    need: str = ""
    slate: tuple[str, ...] = ()
    focus: str | None = None
    offered: tuple[str, ...] = ()
    slates: tuple[Shown, ...] = ()
    told: str = ""
    lead: str | None = None
    compared: tuple[str, ...] = ()
    singled: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    turned_down: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    asking_turns: int = 0
    confirming: str | None = None
    confirmations: int = 0
    facts: dict[str, bool | str | float | list[str]] = {}
    remarks: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    marks: dict[str, str] = {}
    sought: Sought | None = None
    unheard: tuple[str, ...] = ()
    before: Seen = Seen()
    variety: Variety | None = None
    owed: dict[str, float] = {}

    def noting(self, told: Sequence[str]) -> Session:
        """Return the session with what was told beside what was told before, the latest last."""
        return self.model_copy(update={"remarks": tuple(dict.fromkeys([*self.remarks, *told]))[-MOST_REMARKS:]})

    def seen(self) -> Seen:
        """Return what the user has been shown and asked until now."""
        return Seen(**{name: getattr(self, name) for name in Seen.model_fields})


def rejected(plan: TurnPlan, session: Session) -> tuple[str, ...]:
    """Return the items not to show again: those this turn tells of, else those it turns down or the whole slate."""
    if plan.feedback:
        return tuple(item for _, item in plan.feedback)
    return (plan.about or session.slate) if plan.intent == "reject" else ()
