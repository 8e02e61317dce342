"""Somebody who says random things: requirements, critiques, questions, small talk, nonsense and attacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from shortlist.reply import Reply
from shortlist_evals.invariants.clauses import bound, clause, kind_clause, name_of, speakable, word_for
from shortlist_evals.invariants.phrases import phrase, pools
from shortlist_evals.invariants.worlds import World
from shortlist_tools.catalog import Item

_WEIGHTS = {
    "request": 30, "refine": 14, "critique": 10, "reference": 5, "withdraw": 6, "about": 8, "compare": 4, "more": 6,
    "reject": 4, "accept": 3, "vague": 3, "chat": 3, "off_topic": 2, "profile": 1, "reset": 1, "set_budget": 2,
    "scoped": 2, "grouped": 3, "hostile": 3, "gibberish": 3, "huge": 1, "mixed": 2, "again": 2, "empty": 1,
}  # fmt: skip
_AFTER_ITEMS = ("critique", "reference", "about", "compare", "more", "reject", "accept")


@dataclass(frozen=True)
class Said:
    """One message and what is known of it.

    Attributes:
        text: The message.
        occasion: What it is: `request`, `critique`, `hostile` …
        language: The language it is in, None where it is in none or in both.
        confirms: What it answers to the question for one's age, None where it answers nothing.
    """

    text: str
    occasion: str
    language: str | None
    confirms: bool | None = None


class Talker:
    """Says one random thing after another; the same seed over the same replies says the same.

    Args:
        world: The catalog that the requirements are about.
        rng: The source of every choice.
    """

    def __init__(self, world: World, rng: Random) -> None:
        self._world = world
        self._rng = rng
        self._language = rng.choice(("en", "zh"))
        self._kind = rng.choice(sorted(world.kinds)) if world.kinds else None
        self._last: Said | None = None

    def say(self, reply: Reply | None) -> Said:
        """Return the next message, in the light of the last reply."""
        rng = self._rng
        if rng.random() < 0.08:
            self._language = "zh" if self._language == "en" else "en"
        if self._world.kinds and rng.random() < 0.15:
            self._kind = rng.choice(sorted(self._world.kinds))
        said = self._answer(reply) if reply and reply.kind in ("ask", "confirm") and rng.random() < 0.75 else None
        if said is None:
            said = self._anything(reply)
        self._last = said
        return said

    def _answer(self, reply: Reply) -> Said:
        rng, language = self._rng, self._language
        if reply.kind == "confirm":
            occasion = rng.choice(("affirm", "affirm", "deny", "age_evasive"))
            confirms = {"affirm": True, "deny": False}.get(occasion)
            return Said(phrase(occasion, language, rng), occasion, language, confirms)
        if rng.random() < 0.3 or reply.question is None:
            return Said(phrase("any", language, rng), "any", language)
        field = self._world.schema.by_name[reply.question.fields[0]]
        have = [item for item in self._items() if field.name in item.values]
        if not have:
            return Said(phrase("any", language, rng), "any", language)
        if field.kind in ("number", "money"):
            return Said(bound(field, have, language, rng, named=False), "answered", language)
        if field.kind == "flag":
            return Said(phrase(rng.choice(("affirm", "deny")), language, rng), "answered", language)
        value = rng.choice(have).values[field.name]
        word = word_for(field, str(rng.choice(value) if isinstance(value, list) else value), language, rng)
        return Said(word, "answered", self._told_by(word))

    def _anything(self, reply: Reply | None) -> Said:
        rng, language = self._rng, self._language
        weights = dict(_WEIGHTS)
        if reply is None or not reply.items:
            weights |= dict.fromkeys(_AFTER_ITEMS, 1)
        if self._last is None:
            weights["again"] = 0
        occasion = rng.choices(list(weights), list(weights.values()))[0]
        if occasion == "again" and self._last is not None:
            return replace(self._last, occasion="again", confirms=None)
        if occasion == "empty":
            return Said(rng.choice(("", "   ", "\n\t")), occasion, None)
        if occasion == "huge":
            text = (self._request() + " ") * rng.choice((40, 3_000))
            return Said(text, occasion, self._told_by(text))
        if occasion == "mixed":
            other = Talker(self._world, Random(rng.random()))
            return Said(f"{self._request()} {other._request()}", occasion, None)
        if occasion == "gibberish":
            return Said(phrase(occasion, language, rng), occasion, None)
        text = self._request() if occasion == "request" else self._spoken(occasion, reply)
        return Said(text, occasion, None if occasion == "hostile" else self._told_by(text))

    def _told_by(self, text: str) -> str | None:
        """Return the language that `text` is plainly in; foreign names and values can make it anybody's guess."""
        chinese = sum("\u3400" <= character <= "\u9fff" for character in text)
        latin = sum(character.isascii() and character.isalpha() for character in text)
        plain = not chinese if self._language == "en" else chinese > 3 and latin < 3 * chinese
        return self._language if plain else None

    def _spoken(self, occasion: str, reply: Reply | None) -> str:
        """Return a phrase for `occasion`, with whatever parts the pool asks for."""
        rng, language, schema = self._rng, self._language, self._world.schema
        items = self._items()
        fields = speakable(schema, language)
        field = rng.choice(fields)
        degrees = [word for one in fields for word in one.more.get(language, []) + one.less.get(language, [])]
        shown = [item.id for item in reply.items] if reply else []
        money = schema.role("price") or field
        kind = rng.choice(sorted(self._world.kinds)) if self._world.kinds else None
        brand = schema.role("brand")
        values = sorted(brand.values) if brand else []
        what = word_for(brand, rng.choice(values), language, rng) if brand and values else (kind or "")
        figures = [
            one for one in fields if one.kind in ("number", "money") and any(one.name in item.values for item in items)
        ]
        limit = bound(rng.choice(figures), items, language, rng) if figures else ""
        return phrase(
            occasion, language, rng,
            clause=clause(schema, items, language, rng).text,
            clauses=self._clauses(),
            field=name_of(field, language, rng),
            word=kind_clause(schema, kind, language, rng) if occasion == "scoped" and kind
            else what if occasion == "grouped" else rng.choice(degrees or [what]),
            other=what,
            bound=limit,
            nth=rng.choice(pools()["nth"][language]),
            n=rng.randint(1, 5),
            v=f"{rng.randint(2, 60) * 10}" if not money.unit else f"{rng.randint(2, 60) * 10} {money.unit}",
            title=self._world.title(rng.choice(shown or [item.id for item in items]), language),
        )  # fmt: skip

    def _request(self) -> str:
        return phrase("request", self._language, self._rng, clauses=self._clauses())

    def _clauses(self) -> str:
        """Return one to four requirements, usually with the kind of thing they are about."""
        rng, language = self._rng, self._language
        items = self._items()
        parts = [
            clause(self._world.schema, items, language, rng).text
            for _ in range(rng.choices((1, 2, 3, 4), (5, 5, 2, 1))[0])
        ]
        if self._kind is not None and rng.random() < 0.7:
            parts.insert(rng.randint(0, 1), kind_clause(self._world.schema, self._kind, language, rng))
        text = parts[0]
        for part in parts[1:]:
            text += phrase("join", language, rng) + part
        return text

    def _items(self) -> list[Item]:
        """Return the items that the talk is about now, a sample of them where there are many."""
        of_kind = self._world.kinds.get(self._kind or "") or list(self._world.items)
        return of_kind if len(of_kind) <= 60 else self._rng.sample(of_kind, 60)
