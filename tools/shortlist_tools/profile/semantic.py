"""Facts that a model reads from a person's own words, each kept only with words of an event that really say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shortlist_prompts import ProfileRows
from shortlist_tools.masking import Book, MaskedModel
from shortlist_tools.model import Budget, Model
from shortlist_tools.profile.builder.cues import says
from shortlist_tools.profile.model import ProfileFact, fact_id
from shortlist_tools.profile.rights import sensitive
from shortlist_tools.profile.sentences import sentence
from shortlist_tools.profile.statistics import Act
from shortlist_tools.text import detect_language, sentences

PROMPT = "profile"
MOST_TEXTS = 30
LONGEST = 300
MOST_KNOWN = 12
FIELDS = ("occupation", "home", "goal", "plan", "use", "taste", "need", "experience")
HALF_LIFE_DAYS = 180.0
CONFIDENCE = 0.7
"""How sure a fact is that one text says: people change their minds, and models misread."""
_ROW = re.compile(r"^(?P<who>[^|=]{1,40})\|\s*(?P<field>\w+)\s*=\s*(?P<value>[^|]{1,120})\|\s*(?P<rest>.+)$", re.DOTALL)
_QUOTE = re.compile(r'["“「](?P<quote>.+)["”」]\s*\[?(?P<number>\d+)\]?\s*$', re.DOTALL)
_SELF = frozenset({"self", "me", "i", "myself", "user", "自己", "我", "本人"})
Dropped = Literal[
    "unreadable", "somebody else", "no such text", "not said there", "sensitive", "unknown field", "twice"
]


@dataclass(frozen=True)
class Reading:
    """What was read: the facts kept, and for every row that was dropped why."""

    facts: tuple[ProfileFact, ...]
    dropped: tuple[tuple[str, Dropped], ...] = ()


async def read_texts(
    model: Model, acts: Sequence[Act], known: Sequence[ProfileFact] = (), budget: Budget | None = None
) -> Reading:
    """Ask `model` what the latest texts among `acts` say of the person who wrote them.

    What is personal in the texts is masked on its way to the model, before they are cut, and put back in its answer.

    Args:
        model: Who is asked; nothing is asked where there is no text.
        acts: The person's events, ascending.
        known: Facts that need not be found again, from the statistical profile.
        budget: What may be spent; one call of its own by default.

    Raises:
        BudgetExhaustedError: If the budget does not allow the call.
        ProviderError: If no usable answer came.
    """
    texts = [act for act in acts if act[2].text and act[2].text.strip()][-MOST_TEXTS:]
    if not texts:
        return Reading(())
    newest = texts[-1][2].text or ""
    book = Book()
    inputs = {
        "texts": [f"[{number}] {book.mask(act[2].text or '')[:LONGEST]}" for number, act in enumerate(texts, start=1)],
        "known": [f"{fact.field}: {fact.value}" for fact in list(known)[:MOST_KNOWN]],
        "language": "zh" if detect_language(newest) == "zh" else "en",
    }
    masked = MaskedModel(model, book)
    answer = await masked.ask(PROMPT, inputs, ProfileRows, budget or Budget(calls=1, tokens=8_000, seconds=60))
    return checked(answer.value, texts)


def checked(rows: ProfileRows, texts: Sequence[Act]) -> Reading:
    """Return the facts of `rows` that the texts bear out.

    A row goes when it is about somebody else (by its own word, or because the sentence quoted speaks of another
    person), when it names a text that does not exist, when its quote does not stand in that text, or when it tells what
    is sensitive. Of two values for one field and value the newest evidence counts.
    """
    kept: dict[str, ProfileFact] = {}
    dropped: list[tuple[str, Dropped]] = []
    for row in rows.f:
        found = _fact(row, texts)
        if isinstance(found, str):
            dropped.append((row, found))
        elif found.id in kept:
            dropped.append((row, "twice"))
            kept[found.id] = max(kept[found.id], found, key=lambda fact: fact.last_seen)
        else:
            kept[found.id] = found
    facts = sorted(kept.values(), key=lambda fact: (-fact.last_seen, fact.field, str(fact.value)))
    return Reading(tuple(facts), tuple(dropped))


def _fact(row: str, texts: Sequence[Act]) -> ProfileFact | Dropped:
    """Return the fact of one row, or why there is none."""
    read = _ROW.match(row)
    quoted = _QUOTE.search(read["rest"].strip()) if read else None
    if read is None or quoted is None:
        return "unreadable"
    field, value, quote = read["field"].casefold(), read["value"].strip(), quoted["quote"].strip()
    if read["who"].strip().casefold() not in _SELF:
        return "somebody else"
    if field not in FIELDS or not value:
        return "unknown field"
    number = int(quoted["number"][:6])
    if not 1 <= number <= len(texts):
        return "no such text"
    time, name, event = texts[number - 1]
    said = next((one for one in sentences(event.text or "") if _plain(quote) in _plain(one)), event.text or "")
    if len(_plain(quote)) < 2 or _plain(quote) not in _plain(event.text or ""):
        return "not said there"
    if says("another", said) and not says("me", said):
        return "somebody else"
    if sensitive(field, [value, quote]) is not None:
        return "sensitive"
    return ProfileFact(
        id=fact_id("semantic", field, value.casefold()),
        kind="semantic",
        field=field,
        value=value,
        confidence=CONFIDENCE,
        evidence=(name,),
        first_seen=time,
        last_seen=time,
        half_life_days=HALF_LIFE_DAYS,
        origin="model",
        sentence=sentence("semantic", value=f"{value} (“{quote}”)"),
        quote=quote,
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
