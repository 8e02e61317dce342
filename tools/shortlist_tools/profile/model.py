"""The deep profile: what is believed of a person, each fact with its confidence, its evidence and a plain sentence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

VERSION = 1
"""The version of the shape below; readers refuse a later one."""
Origin = Literal["stated", "observed", "rule", "model"]
"""Where a fact comes from: said by the person, counted from what was done, inferred by a rule, or by a model."""
FactKind = Literal[
    "interest",
    "dislike",
    "style",
    "factor",
    "price",
    "loyalty",
    "exploration",
    "content",
    "context",
    "need",
    "identity",
    "drift",
    "stated",
    "semantic",
]
Tier = Literal["primary", "secondary", "emerging"]
Level = Literal[0, 1, 2, 3]
Value = str | bool | int | float | list[str] | None


def fact_id(kind: str, field: str, value: Any) -> str:
    """Return the id of a fact: the first 12 hexadecimal digits of a hash of its kind, field and value."""
    content = json.dumps([kind, field, value], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:12]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ProfileFact(_Value):
    """One thing believed of a person.

    Attributes:
        id: `fact_id(kind, field, value)`; stays the same while the fact does.
        kind: What sort of fact it is.
        field: What it is about: a field of the catalog, or a name such as `language`.
        value: What is believed.
        confidence: How likely it holds, 0 to 1.
        evidence: Ids of events that it rests on, newest first, at most a handful; of a stated fact none.
        first_seen: Unix seconds of the first event for it.
        last_seen: Unix seconds of the latest.
        half_life_days: After how many days what it rests on counts half; None for what does not fade.
        origin: How it is known.
        sentence: The fact in words, by language (`en`, `zh`).
        quote: The person's own words it was read from, if it was.
    """

    id: str
    kind: FactKind
    field: str
    value: Value
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[str, ...] = ()
    first_seen: float
    last_seen: float
    half_life_days: float | None = None
    origin: Origin
    sentence: dict[str, str] = Field(default_factory=dict)
    quote: str | None = None


class Interest(ProfileFact):
    """A value of the catalog that a person turns to more than other people do.

    Attributes:
        tier: Lasting and strong, lasting and weaker, or new.
        weight: Its strength beside the person's other interests in the field, 0 to 1.
        share: Its share of what the person does with items that have the field, recent things counting more, 0 to 1.
        expected: The share that would be expected of anybody with the person's other interests, 0 to 1.
    """

    tier: Tier
    weight: float = Field(ge=0, le=1)
    share: float = Field(ge=0, le=1)
    expected: float = Field(ge=0, le=1)


class Edge(_Value):
    """Two interests that meet in the same visits or items; `weight` is the Jaccard share of where either is, 0 to 1."""

    source: str
    target: str
    weight: float = Field(ge=0, le=1)


class Measure(ProfileFact):
    """A measured trait: `value` says it in a word, `amount` is the figure, `low` to `high` its 90 % interval."""

    amount: float
    low: float
    high: float


class Need(ProfileFact):
    """Something wanted for a while, such as a gift; after `expires` (Unix seconds) it is no more."""

    expires: float


class Identity(ProfileFact):
    """One of several people, or roles, who seem to share the account.

    Attributes:
        share: Its share of the visits, 0 to 1.
        interests: What it turns to, as `field=value`.
        hours: Hours of the day (local where known, else UTC) it is mostly seen in.
        devices: Devices it mostly uses.
        recipient: For whom, where these visits are for somebody else.
    """

    share: float = Field(ge=0, le=1)
    interests: tuple[str, ...] = ()
    hours: tuple[int, ...] = ()
    devices: tuple[str, ...] = ()
    recipient: str | None = None


class Drift(ProfileFact):
    """A change of taste: `score` is its z-value, `since` the time of the first event after it (Unix seconds)."""

    direction: Literal["up", "down"]
    score: float
    since: float
    before: float = Field(ge=0, le=1)
    after: float = Field(ge=0, le=1)


class Behaviour(_Value):
    """How a person chooses: None and empty where the events do not tell.

    Attributes:
        style: `decided`, `comparing`, `browsing` or `planning`.
        factors: Numbers that choices follow, such as a high rating; `value` is `higher` or `lower`.
        price: Sensitivity to price: `amount` is how many percent less often an item is chosen for one percent more of
            price, beside others' choices in the same category.
        loyalty: Staying with brands beyond what their share of the category explains, 0 to 1.
        exploration: How evenly what is looked at spreads over the kinds of item, 0 to 1.
    """

    style: ProfileFact | None = None
    factors: tuple[ProfileFact, ...] = ()
    price: Measure | None = None
    loyalty: Measure | None = None
    brands: tuple[ProfileFact, ...] = ()
    exploration: Measure | None = None


class ContentTaste(_Value):
    """How a person likes to be told things: language, tone, depth, format; empty where the texts do not tell."""

    language: ProfileFact | None = None
    tone: ProfileFact | None = None
    depth: ProfileFact | None = None
    format: ProfileFact | None = None


class ContextSignals(_Value):
    """When, with what and where a person is there."""

    times: tuple[ProfileFact, ...] = ()
    devices: tuple[ProfileFact, ...] = ()
    channels: tuple[ProfileFact, ...] = ()
    places: tuple[ProfileFact, ...] = ()
    occasions: tuple[ProfileFact, ...] = ()


class Profile(_Value):
    """Everything believed of one person at one moment.

    Attributes:
        version: Of this shape.
        user: Whose it is.
        built: As of when (Unix seconds).
        events: How many events it rests on.
        level: The personalisation that the evidence supports: 0 nothing known, 1 few events, 2 behaviour, 3 facts.
        interests: Strongest first.
        edges: Between interests, strongest first.
        dislikes: Surest first.
        behaviour: How the person chooses.
        content: How the person likes to be told things.
        context: When, with what and where.
        needs: Not yet expired, newest first.
        identities: More than one where several people seem to share the account, else empty.
        drift: Changes of taste, newest first.
        stated: What the person or the host said.
        semantic: What a model read from the person's own texts, each quoting its evidence.
    """

    version: int = Field(default=VERSION, ge=1, le=VERSION)
    user: str
    built: float
    events: int = 0
    level: Level = 0
    interests: tuple[Interest, ...] = ()
    edges: tuple[Edge, ...] = ()
    dislikes: tuple[ProfileFact, ...] = ()
    behaviour: Behaviour = Behaviour()
    content: ContentTaste = ContentTaste()
    context: ContextSignals = ContextSignals()
    needs: tuple[Need, ...] = ()
    identities: tuple[Identity, ...] = ()
    drift: tuple[Drift, ...] = ()
    stated: tuple[ProfileFact, ...] = ()
    semantic: tuple[ProfileFact, ...] = ()

    def facts(self) -> Iterator[ProfileFact]:
        """Yield every fact, in the order of the attributes."""
        yield from self.interests
        yield from self.dislikes
        for part in (self.behaviour, self.content, self.context):
            for name in type(part).model_fields:
                held = getattr(part, name)
                yield from held if isinstance(held, tuple) else [held] if held is not None else []
        for facts in (self.needs, self.identities, self.drift, self.stated, self.semantic):
            yield from facts

    def fact(self, id: str) -> ProfileFact | None:
        """Return the fact with this id, or None."""
        return next((fact for fact in self.facts() if fact.id == id), None)

    def without(self, ids: frozenset[str]) -> Profile:
        """Return the profile without the facts of `ids`, and without edges to them."""
        update: dict[str, Any] = {}
        for name in type(self).model_fields:
            held = getattr(self, name)
            if isinstance(held, tuple) and name != "edges":
                update[name] = tuple(fact for fact in held if fact.id not in ids)
            elif isinstance(held, Behaviour | ContentTaste | ContextSignals):
                update[name] = held.model_copy(update=_kept(held, ids))
        update["edges"] = tuple(edge for edge in self.edges if not {edge.source, edge.target} & ids)
        return self.model_copy(update=update)


def _kept(part: Behaviour | ContentTaste | ContextSignals, ids: frozenset[str]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name in type(part).model_fields:
        held = getattr(part, name)
        if isinstance(held, tuple):
            kept[name] = tuple(fact for fact in held if fact.id not in ids)
        else:
            kept[name] = None if held is not None and held.id in ids else held
    return kept


def profile_schema() -> dict[str, Any]:
    """Return the JSON schema of a profile, as published in docs/profile.schema.json."""
    return Profile.model_json_schema()
