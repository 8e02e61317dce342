"""Makes the profile page from a profile, what the person allows, and what was forbidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shortlist_tools.catalog import Schema, Snapshot
from shortlist_tools.profile.events import Event
from shortlist_tools.profile.model import Interest, Need, Profile, ProfileFact
from shortlist_tools.profile.page.evidence import told
from shortlist_tools.profile.page.model import Allowed, Help, Page, Row, Section
from shortlist_tools.profile.page.references import references
from shortlist_tools.profile.page.words import has_word, known, percent, sureness, word
from shortlist_tools.profile.rights import PURPOSES, SOURCES, Consents, Forbidden, Level
from shortlist_tools.profile.sentences import day, sentence
from shortlist_tools.profile.tastes import DISLIKES, LIKES
from shortlist_tools.text import join_words

MOST_NAMED = 3
TASTES = (LIKES, DISLIKES)
LANGUAGES = ("en", "zh")


def page_of(
    profile: Profile,
    snapshot: Snapshot,
    consents: Consents,
    level: Level,
    forbidden: Forbidden = frozenset(),
    evidence: Mapping[str, Event] | None = None,
    language: str | None = None,
    name: str | None = None,
) -> Page:
    """Return the page of one person.

    Args:
        profile: What is believed.
        snapshot: The catalog, for titles and words.
        consents: What the person allows.
        level: How personal it is.
        forbidden: What must not be concluded.
        evidence: Events that facts rest on, by id.
        language: `en` or `zh`; that which the person speaks where None.
        name: What to call the person; the user id by default.
    """
    language = language if language in LANGUAGES else spoken(profile)
    rows = _Rows(snapshot, language, references(profile), evidence or {})
    level = Level(allowed=level.allowed, supported=max(level.supported, profile.level))
    called = name or _shortened(profile.user)
    return Page(
        user=profile.user,
        language=language,
        heading=word("page", language),
        title=word("title", language, user=called),
        built=word("built", language, date=day(profile.built, language)),
        intro=introduction(profile, snapshot.schema, consents, language),
        sections=tuple(_sections(profile, rows, forbidden)),
        allowed=_allowed(consents, level, language),
        help=_help(profile, language),
        words={name: word(name, language) for name in ("yes", "no", "why.title", "why.gone")},
    )


def spoken(profile: Profile) -> str:
    """Return the language to speak to a person in: the one stated, else the one written in, else English."""
    stated = next((fact.value for fact in profile.stated if fact.field == "language"), None)
    written = profile.content.language
    return next((one for one in (stated, written and written.value) if one in LANGUAGES), "en")


def introduction(
    profile: Profile, schema: Schema, consents: Consents, language: str, *, brief: bool = False
) -> tuple[str, ...]:
    """Return who the profile takes the person for; `brief` tells no figures, days, fields and stated facts."""
    if not (consents.may("personalise") and consents.may("infer")) and not profile.interests:
        return (word("withheld", language),)
    found = list(profile.facts())
    seen = [fact for fact in found if fact.evidence]
    if not found and not profile.events:
        return (word("nothing", language),)
    lines = []
    if seen:
        first = day(min(fact.first_seen for fact in seen), language)
        last = day(max(fact.last_seen for fact in seen), language)
        kind = "intro.based" if profile.interests or profile.dislikes else "only_events"
        if not brief or kind == "only_events":
            lines.append(word(kind, language, count=profile.events, first=first, last=last))
    tiers = {tier: [one for one in profile.interests if one.tier == tier] for tier in ("primary", "secondary")}
    emerging = [one for one in profile.interests if one.tier == "emerging"]
    for occasion, facts in (
        ("main", tiers["primary"]),
        ("also", tiers["secondary"]),
        ("less", () if brief else _fading(profile)),
        ("new", emerging),
        ("not", profile.dislikes),
    ):
        if facts:
            told = [(_value if brief else named)(schema, one.field, one.value, language) for one in facts[:MOST_NAMED]]
            values = join_words(told, language)
            lines.append(word(f"intro.{occasion}", language, values=values))
    style = profile.behaviour.style
    if style is not None:
        lines.append(style.sentence[language])
    rest = [fact.sentence[language] for fact in found if not (brief and fact in profile.stated)]
    return tuple(lines or rest) or (() if brief and profile.stated else (word("nothing", language),))


def _fading(profile: Profile) -> list[ProfileFact]:
    """Return the changes away from what still counts as an interest."""
    lasting = {(one.field, str(one.value)) for one in profile.interests if one.tier != "emerging"}
    return [one for one in profile.drift if one.direction == "down" and (one.field, str(one.value)) in lasting]


class _Rows:
    """Makes rows of facts in one language."""

    def __init__(
        self, snapshot: Snapshot, language: str, short: Mapping[str, str], evidence: Mapping[str, Event]
    ) -> None:
        self.schema = snapshot.schema
        self.language = language
        self._snapshot = snapshot
        self._short = short
        self._evidence = evidence

    def of(self, fact: ProfileFact, text: str | None = None) -> Row:
        language = self.language
        return Row(
            ref=self._short.get(fact.id, fact.id),
            text=text or _opened(fact.sentence.get(language) or f"{fact.field}: {fact.value}"),
            confidence=fact.confidence,
            sure=sureness(fact.confidence, fact.origin, language),
            origin=word(f"from.{fact.origin}", language, last=day(fact.last_seen, language)),
            until=self._until(fact),
            quote=fact.quote or "",
            evidence=told(fact.evidence, self._evidence, self._snapshot, language),
        )

    def interest(self, fact: Interest) -> Row:
        field = self.schema.get(fact.field)
        row = self.of(fact, _named(fact, self.schema, self.language))
        figure = word("share", self.language, share=percent(fact.share), expected=percent(fact.expected))
        return row.model_copy(
            update={
                "about": field.named(self.language) if field is not None else fact.field.replace("_", " "),
                "tag": word(f"tier.{fact.tier}", self.language),
                "share": fact.share,
                "expected": fact.expected,
                "figure": figure,
            }
        )

    def stated(self, fact: ProfileFact) -> Row:
        """Return what was said as `name: value`, by the person or by the host."""
        field = self.schema.get(fact.field)
        name = field.named(self.language) if field is not None else known("fact", fact.field, self.language)
        mark = "：" if self.language == "zh" else ": "
        person = fact.sentence == sentence("stated.person", self.schema, field=fact.field, value=fact.value)
        origin = word("from.person" if person else "from.host", self.language, last=day(fact.last_seen, self.language))
        row = self.of(fact, _opened(f"{name}{mark}{_named(fact, self.schema, self.language)}"))
        return row.model_copy(update={"origin": origin, "sure": ""})

    def _until(self, fact: ProfileFact) -> str:
        return word("until", self.language, date=day(fact.expires, self.language)) if isinstance(fact, Need) else ""


def _sections(profile: Profile, rows: _Rows, forbidden: Forbidden) -> Iterable[Section]:
    language, content, context = rows.language, profile.content, profile.context
    signals = (*context.times, *context.devices, *context.channels, *context.places, *context.occasions)
    styles = [fact for fact in (content.language, content.tone, content.depth, content.format) if fact is not None]
    parts: tuple[tuple[str, Sequence[Row]], ...] = (
        ("interests", [rows.interest(one) for one in profile.interests]),
        ("dislikes", [rows.of(one) for one in profile.dislikes]),
        ("shopping", _choosing(profile, rows)),
        ("needs", [rows.of(one) for one in profile.needs]),
        ("stated", [rows.stated(one) for one in profile.stated]),
        ("semantic", [rows.of(one) for one in profile.semantic]),
        ("drift", [rows.of(one) for one in profile.drift]),
        ("identities", [rows.of(one) for one in profile.identities]),
        ("content", [rows.of(one) for one in styles]),
        ("context", [rows.of(one) for one in signals]),
        ("forbidden", [_forbidden(field, value, rows) for field, value in sorted(forbidden, key=repr)]),
    )
    for key, found in parts:
        if found:
            note = word(f"note.{key}", language) if key in ("interests", "needs") else ""
            yield Section(key=key, title=word(f"section.{key}", language), note=note, rows=tuple(found))


def _choosing(profile: Profile, rows: _Rows) -> list[Row]:
    """Return how the person chooses; a brand somebody comes back to is an exception where brands are changed freely."""
    own = profile.behaviour
    first = [one for one in (own.style, *own.factors, own.price, own.loyalty, own.exploration) if one is not None]
    found = [rows.of(one) for one in first]
    place = found.index(rows.of(own.loyalty)) + 1 if own.loyalty is not None else len(found)
    brands = [rows.of(one) for one in own.brands]
    if own.loyalty is not None and own.loyalty.value == "low":
        brands = [row.model_copy(update={"text": _but(row.text, rows.language)}) for row in brands]
    return [*found[:place], *brands, *found[place:]]


def _forbidden(name: str, value: str | None, rows: _Rows) -> Row:
    field = rows.schema.get(name)
    label = field.named(rows.language) if field is not None else name.replace("_", " ")
    if value is None:
        return Row(text=word("any", rows.language, field=label))
    return Row(text=_value(rows.schema, name, value, rows.language), about=label)


def _allowed(consents: Consents, level: Level, language: str) -> Allowed:
    return Allowed(
        title=word("section.allowed", language),
        level=word("level", language, effect=level.effect, allowed=level.allowed, supported=level.supported),
        effect=level.effect,
        meaning=word(f"level.{level.effect}", language),
        column=word("column.source", language),
        purposes=tuple(word(f"purpose.{one}", language) for one in PURPOSES),
        sources=tuple(
            (word(f"source.{source}", language), tuple(consents.may(purpose, source) for purpose in PURPOSES))
            for source in SOURCES
        ),
    )


def _help(profile: Profile, language: str) -> Help:
    names = {"consent": "consent", "export": "export -o FILE", "erase": "erase"}
    note = ""
    if (first := next(profile.facts(), None)) is not None:
        ref = references(profile)[first.id]
        names = {"why": f"why {ref}", "forbid": f"forbid {ref}", "correct": f"correct {ref} VALUE", **names}
        note = word("help.ref", language, ref=ref)
    commands = tuple((f"shortlist profile {usage}", word(f"help.{name}", language)) for name, usage in names.items())
    return Help(title=word("help.title", language), note=note, commands=commands, chat=word("help.chat", language))


def named(schema: Schema, name: str, value: Any, language: str) -> str:
    """Return what to call a value of a field, with the field's name; None is anything of the field."""
    field = schema.get(name)
    label = field.named(language) if field is not None else known("fact", name, language)
    if value is None:
        return word("any", language, field=label)
    values = value if isinstance(value, list) else [value]
    said = [_value(schema, name, one, language) for one in values]
    return word("named", language, field=label, value=join_words(said, language))


def _named(fact: ProfileFact, schema: Schema, language: str) -> str:
    values = fact.value if isinstance(fact.value, list) else [fact.value]
    return join_words([_value(schema, fact.field, one, language) for one in values], language)


def _value(schema: Schema, name: str, value: Any, language: str) -> str:
    field = schema.get(name)
    if name in TASTES and "=" in str(value):
        field_name, _, said = str(value).partition("=")
        return named(schema, field_name, said, language)
    if field is None:
        own = has_word(name, str(value))
        return known(name, str(value), language) if own else schema.value_named(name, value, language)
    return field.value_named(field.canonical(str(value)) or value, language)


def _but(text: str, language: str) -> str:
    return word("but", language, sentence=text[:1].lower() + text[1:])


def _opened(text: str) -> str:
    """Return `text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _shortened(user: str) -> str:
    return user if len(user) <= 40 else f"{user[:37]}…"
