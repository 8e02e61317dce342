"""What a turn has decided to answer, before a word of it is written."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shortlist.reply import ReplyKind
from shortlist_tools.catalog import Requirement
from shortlist_tools.ranking import Ranked


class Quote(BaseModel):
    """A sentence of an item's description or of a review of it, or its title, in the words of its author."""

    model_config = ConfigDict(frozen=True)

    item: str
    source: Literal["title", "description", "review"]
    text: str


class Decision(BaseModel):
    """The kind of the reply and everything that drafting needs.

    Attributes:
        kind: What the reply is.
        topic: What a `chat` reply is about: the intent behind it.
        items: Chosen items in order, with their terms.
        broken: Ids of the hard requirements that an item does not meet, by item id; only when abstaining.
        matching: How many items meet every hard requirement.
        constrained: Whether the user has said any requirement that filters.
        products: How many things those are, variants of one counted once; None where they were not counted.
        beyond: Comparisons with what was shown ("cheaper") that nothing meets beside the rest.
        closed: Whether what was asked for is left out for want of a confirmed age, or for good.
        again: Whether the reply before told the same.
        excluded_by: How many items each requirement alone keeps out, by requirement id; when nothing fits.
        wider: Ids of the rows that ask for a kind by a narrower name, where others of the kind would fit.
        ask: Fields to ask about.
        confirm: The fact to confirm before restricted items may be shown.
        fields: Fields that the user asked about.
        best: For a question of degree ("which lasts longest"), the field and the direction.
        assumptions: Soft requirements that were inferred, to be named.
        inquiry: What was asked of the conversation, the shop or its advice; see `shortlist.inquiry`.
        need: The words that opened the wish, for a question what was asked for.
        among: What the items are held against, where a reply gives reasons for them.
        kinds: The kinds of item on offer with their numbers, the commonest first.
        alike: Whether all items are known to have that in which the better one was asked for.
        quotes: What the items' texts say of a question that their fields leave open.
        unsaid: Ids of items of which neither fields nor texts answer what was asked.
        silent: Questions of several, in the user's words, that neither fields nor texts of any of the items answer.
        convert: A currency that prices are to be told in as well.
        absent: The values asked about that items are not listed with, by the item's id and the field.
        units: Units that the user asked for, by field.
        times: How many of each item a sum is of.
        stars: What the user rates items at, by id.
        per: What a price was asked for one of: a lesson, a bottle.
        counts: How many of those an item is, by its id, where its texts count them.
        recall: Kinds of event that the items are told from, for a question about one's own past.
        currency: A currency that amounts were said in and that has no declared rate.
        total: What the slate costs together, when a budget for the set was given.
        without: The kinds of a set of which nothing fits.
        repeated: Whether every candidate had been shown before.
        unsure: Whether nothing in the catalog carries the words of the request.
        missing: A thing that was asked for and that the catalog has none of, in the user's word.
        unheard: Words of this turn's wish that nothing in the catalog speaks of.
        elsewhere: Whether texts of other items than those that fit do speak of it.
        warned: Words of a wish or worry that texts of items speak against, which are left out for it.
        shunned: Whether those words are what is refused, so that the texts left out speak of it.
        sold_out: Ids of items that would meet everything and are not in stock, where nothing that is does.
        spent: The narrower name of a kind of which everything was shown before, where others of the kind are shown.
        profile: Facts and affinities to tell, when the user asks what is known.
        more: Whether more items were asked for than are shown at a time.
        owed: Attention that groups of items are owed after this, by the group's name.
    """

    model_config = ConfigDict(frozen=True)

    kind: ReplyKind
    topic: str = ""
    items: tuple[Ranked, ...] = ()
    broken: dict[str, tuple[str, ...]] = {}
    matching: int | None = None
    constrained: bool = True
    products: int | None = None
    more: bool = False
    beyond: tuple[Requirement, ...] = ()
    closed: Literal["", "waiting", "refused"] = ""
    again: bool = False
    excluded_by: dict[str, int] = {}
    wider: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    confirm: str | None = None
    fields: tuple[str, ...] = ()
    best: tuple[str, Literal["lowest", "highest"]] | None = None
    assumptions: tuple[Requirement, ...] = ()
    inquiry: str = ""
    need: str = ""
    among: tuple[Ranked, ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    alike: bool = False
    quotes: tuple[Quote, ...] = ()
    unsaid: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    convert: str = ""
    absent: dict[str, dict[str, str]] = {}
    units: dict[str, str] = {}
    times: int = 1
    stars: dict[str, float] = {}
    per: str = ""
    counts: dict[str, float] = {}
    recall: tuple[str, ...] = ()
    currency: str = ""
    total: float | None = None
    without: tuple[str, ...] = ()
    repeated: bool = False
    unsure: bool = False
    missing: str = ""
    unheard: str = ""
    elsewhere: bool = False
    warned: str = ""
    shunned: bool = False
    sold_out: tuple[str, ...] = ()
    spent: str = ""
    profile: dict[str, Any] = {}
    owed: dict[str, float] = {}
