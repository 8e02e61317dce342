"""What a turn is going to do: its intent, the ledger edits, the words to search by, and the tool calls."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shortlist.reader import Told
from shortlist_tools.catalog import Requirement

Intent = Literal[
    "find", "refine", "compare", "about", "more", "accept", "reject", "chat", "profile", "off_topic", "reset"
]


class PlannedEdit(BaseModel):
    """One change of the ledger: a requirement to add, or a field whose requirements the user takes back."""

    model_config = ConfigDict(frozen=True)

    action: Literal["add", "withdraw"]
    requirement: Requirement | None = None
    field: str | None = None
    quote: str = ""
    replaces: bool = False
    beside: bool = False
    found_by: Literal["reader", "model", "both"] = "reader"


class ToolCall(BaseModel):
    """One typed call of a read tool."""

    model_config = ConfigDict(frozen=True)

    tool: str
    args: dict[str, Any] = {}


class TurnPlan(BaseModel):
    """A validated plan.

    Attributes:
        intent: What the user wants of this turn.
        query: Words to search by meaning; empty where filters say it all.
        edits: Changes of the ledger, in order.
        about: Ids of shown items that the message is about.
        pointing: Whether the message only points at an item and asks nothing of it: "the lightest one".
        fields: Fields that the message asks about.
        degree: Which end of the field a question asks for ("which is the lightest?").
        count: How many items were asked for, if a number was said.
        ask: A field that the model would ask about.
        feedback: What the user tells of items, as kind of event and item id.
        ratings: The stars that the user gives to items, by id.
        recall: Kinds of event that the user asks to be reminded of.
        currency: The currency that a price is asked for in.
        wonder: The words that say what a question about items is about.
        good: What is asked for by a noun that no word of the catalog stands in ("watches"), now or earlier.
        nearest: The kind whose name means nearly what `good` does, if one does.
        unheard: What is wished for in words that nothing of the catalog stands in, as far as words tell.
        told: What is wanted, refused or a concern in words that no field stands for.
        foreign: A money field and the currency of an amount that no declared rate converts: it is asked about.
        steps: Calls of read tools.
        inquiry: What is asked of the conversation, the shop or its advice: "pick", "total", "pay".
        source: Who wrote it.
        dropped: Rows of the model's plan that could not be used, each with the reason.
    """

    model_config = ConfigDict(frozen=True)

    intent: Intent = "find"
    query: str = ""
    edits: tuple[PlannedEdit, ...] = ()
    about: tuple[str, ...] = ()
    pointing: bool = False
    fields: tuple[str, ...] = ()
    degree: Literal["lowest", "highest"] | None = None
    count: int | None = None
    ask: str | None = None
    feedback: tuple[tuple[str, str], ...] = ()
    ratings: tuple[tuple[str, float], ...] = ()
    recall: tuple[str, ...] = ()
    currency: str = ""
    wonder: str = ""
    good: str = ""
    nearest: str = ""
    unheard: str = ""
    told: tuple[Told, ...] = ()
    foreign: tuple[str, str] | None = None
    steps: tuple[ToolCall, ...] = ()
    inquiry: str = ""
    source: Literal["model", "repaired", "built-in"] = "built-in"
    dropped: tuple[str, ...] = ()
