"""What the reader found in one message: the values it hands to the turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shortlist_tools.catalog import Requirement

Intent = Literal[
    "find", "refine", "compare", "about", "more", "accept", "reject", "chat", "profile", "off_topic", "reset"
]
Degree = Literal["lowest", "highest"]
FeedbackKind = Literal["bought", "watched", "dismissed"]


class Edit(BaseModel):
    """One change of the ledger that the user's words ask for.

    Attributes:
        action: `add` brings `requirement`; `withdraw` takes back everything on `field`.
        requirement: What is added, None for a withdrawal.
        field: The field concerned.
        quote: The words it was read from.
        replaces: An added requirement takes the place of the active ones on the same field and scope (a correction).
        beside: A further kind of item is wanted beside the one sought, of which alone all holds that was said before.
    """

    model_config = ConfigDict(frozen=True)

    action: Literal["add", "withdraw"]
    requirement: Requirement | None = None
    field: str | None = None
    quote: str = ""
    replaces: bool = False
    beside: bool = False


class Reference(BaseModel):
    """An item the user points at ("the second one"), and the words that do."""

    model_config = ConfigDict(frozen=True)

    item_id: str
    quote: str


class Feedback(BaseModel):
    """What the user tells of an item: that they have it, know it, or do not want it; and the words that name it."""

    model_config = ConfigDict(frozen=True)

    kind: FeedbackKind
    item_id: str
    quote: str


class Told(BaseModel):
    """Words that no field stands for, and what the sentence makes of them: wanted, refused, or a worry (an allergy).

    What is said firmly is owned up to where no text speaks of it.
    """

    model_config = ConfigDict(frozen=True)

    words: str
    stance: Literal["wants", "refuses", "concern"]
    firm: bool = False


class Reading(BaseModel):
    """Everything read from one message.

    Attributes:
        language: `en` or `zh`.
        edits: Changes of the ledger, in the order of the words.
        references: Items pointed at, in the order of the words.
        intent: Best guess at what the user wants done.
        about: Fields the user asks about.
        degree: The end of the one field in `about` whose item a question asks for ("which is the lightest?"), or None.
        count: How many items the user wants to see, or None.
        feedback: What the user tells of items: bought, known, turned down.
        ratings: The stars that the user gives to items, by id.
        recall: Kinds of event that the user asks to be reminded of ("what did I buy?").
        currency: The currency that a price is asked for in, or an empty string.
        wonder: The words of a question that say what it is about, for texts about the item.
        good: What is asked for by a noun that no word of the catalog stands in ("watches"), as far as words tell.
        unheard: What is wished for in words that nothing of the catalog stands in, as it was said, several with
            `BETWEEN` between them; else empty.
        told: What is wanted, refused or a concern in such words, where the sentence says which.
        query: The words left for search by meaning: without requirements and fillers, with kinds of item.
        truncated: The message was too long and only its beginning was read.
    """

    model_config = ConfigDict(frozen=True)

    language: str
    edits: tuple[Edit, ...] = ()
    references: tuple[Reference, ...] = ()
    intent: Intent = "find"
    about: tuple[str, ...] = ()
    degree: Degree | None = None
    count: int | None = None
    feedback: tuple[Feedback, ...] = ()
    ratings: tuple[tuple[str, float], ...] = ()
    recall: tuple[str, ...] = ()
    currency: str = ""
    wonder: str = ""
    good: str = ""
    unheard: str = ""
    told: tuple[Told, ...] = ()
    query: str = ""
    truncated: bool = False

    def as_written(self, written: Mapping[str, str]) -> Reading:
        """Return the reading with its quotes as the user wrote them; `written` maps mended words to those."""

        def quoted(quote: str) -> dict[str, str]:
            for mended, own in written.items():
                quote = quote.replace(mended, own)
            return {"quote": quote}

        edits = []
        for one in self.edits:
            row = one.requirement and one.requirement.model_copy(update=quoted(one.requirement.quote))
            edits.append(one.model_copy(update={**quoted(one.quote), "requirement": row}))
        references = tuple(one.model_copy(update=quoted(one.quote)) for one in self.references)
        feedback = tuple(one.model_copy(update=quoted(one.quote)) for one in self.feedback)
        return self.model_copy(update={"edits": tuple(edits), "references": references, "feedback": feedback})

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The requirements this message adds, in the order of the words."""
        return tuple(edit.requirement for edit in self.edits if edit.action == "add" and edit.requirement)

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """The fields whose requirements this message takes back."""
        return tuple(edit.field for edit in self.edits if edit.action == "withdraw" and edit.field)
