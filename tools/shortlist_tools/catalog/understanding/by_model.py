"""Understanding items by asking a model, each opinion held against the review that it quotes; cached by content."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, insert, select

from shortlist_prompts import ShortlistError, UnderstandRows
from shortlist_tools.catalog.item import Item, Review
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.catalog.understanding.lexicon import Aspect, Language, pattern_of
from shortlist_tools.catalog.understanding.opinions import MOST
from shortlist_tools.catalog.understanding.statistical import DISLIKED, LIKED, TOPICS
from shortlist_tools.masking import Book, MaskedModel
from shortlist_tools.model import Budget, Model
from shortlist_tools.store import Store
from shortlist_tools.store.tables import understanding

PROMPT = "understand"
_AT_ONCE = 4
_BATCH = 32
_GIVES_UP = 3
_TEXT = 800
_REVIEWS = 12
_REVIEW = 200
_LONGEST_TOPIC = 30


@dataclass
class ModelReading:
    """How a reading by a model went: items answered by it, taken from the cache, and failed, with the last reason."""

    asked: int = 0
    cached: int = 0
    failed: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Reader:
    """Reads items with a model; what a model said of the same content before is taken from the store.

    What is personal in a review is masked on its way to the model and put back in the words that it quotes.

    Args:
        model: Who is asked.
        store: Keeps answers by content hash and method.
        schema: The schema of the items.
        aspects: Known aspects; an opinion on another keeps the model's own word for it.
        outcome: Counted while reading.
    """

    model: Model
    store: Store
    schema: Schema
    aspects: Sequence[Aspect]
    outcome: ModelReading = _field(default_factory=ModelReading)

    @property
    def method(self) -> str:
        """What the cache knows these answers by."""
        return f"{PROMPT}|{self.model.name}"

    def read(self, items: Iterable[Item]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield id and derived values (`{"v": …, "q": …}`) of each item that was answered, in order.

        After three items in a row that the provider failed on, the rest is left to the statistical method.
        """
        batch: list[Item] = []
        for item in items:
            batch.append(item)
            if len(batch) == _BATCH:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _batch(self, items: Sequence[Item]) -> Iterator[tuple[str, dict[str, Any]]]:
        inputs = {item.id: self._inputs(item) for item in items}
        hashes = {name: _hash(each) for name, each in inputs.items()}
        known = self._known(set(hashes.values()))
        missing = [item.id for item in items if hashes[item.id] not in known]
        self.outcome.cached += len(items) - len(missing)
        if missing and self.outcome.failed < _GIVES_UP:
            fresh = _run(lambda: self._ask([(name, inputs[name]) for name in missing]))
            self._keep({hashes[name]: rows for name, rows in fresh.items()})
            known |= {hashes[name]: rows for name, rows in fresh.items()}
        for item in items:
            rows = known.get(hashes[item.id])
            if rows is not None:
                yield item.id, derived_of(UnderstandRows.model_validate(rows), item, self.aspects)

    def _inputs(self, item: Item) -> dict[str, Any]:
        title, description = self.schema.role("title"), self.schema.role("description")
        language = self.schema.languages[0] if self.schema.languages else "en"
        code: Language = "zh" if language == "zh" else "en"
        reviews = [_said(review, code) for review in item.reviews[:_REVIEWS]]
        return {
            "title": item.text(title.name, code) if title else item.id,
            "text": item.text(description.name, code)[:_TEXT] if description else "",
            "reviews": [review for review in reviews if review],
            "language": code,
        }

    async def _ask(self, wanted: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[str, dict[str, Any]]:
        gate = asyncio.Semaphore(_AT_ONCE)

        async def one(name: str, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any] | None]:
            async with gate:
                if self.outcome.failed >= _GIVES_UP:
                    return name, None
                try:
                    model, masked = _masked(self.model, inputs)
                    answer = await model.ask(PROMPT, masked, UnderstandRows, Budget(calls=2, tokens=8_000, seconds=120))
                except ShortlistError as error:
                    self.outcome.failed += 1
                    self.outcome.reason = str(error)
                    return name, None
                self.outcome.asked += 1
                return name, answer.value.model_dump(mode="json")

        answers = await asyncio.gather(*(one(name, inputs) for name, inputs in wanted))
        return {name: rows for name, rows in answers if rows is not None}

    def _known(self, hashes: set[str]) -> dict[str, dict[str, Any]]:
        with self.store.read() as connection:
            found = connection.execute(
                select(understanding.c.hash, understanding.c.result).where(
                    understanding.c.method == self.method, understanding.c.hash.in_(hashes)
                )
            )
            return {row.hash: row.result for row in found}

    def _keep(self, answers: Mapping[str, dict[str, Any]]) -> None:
        if not answers:
            return
        with self.store.write() as connection:
            same = (understanding.c.method == self.method) & understanding.c.hash.in_(answers)
            connection.execute(delete(understanding).where(same))
            rows = [{"hash": key, "method": self.method, "result": rows} for key, rows in answers.items()]
            connection.execute(insert(understanding), rows)


def derived_of(rows: UnderstandRows, item: Item, aspects: Sequence[Aspect]) -> dict[str, Any]:
    """Return what a model's answer derives for an item; opinions whose quote stands in no review are dropped."""
    said = "\n".join(_plain(text) for review in item.reviews for text in _texts(review))
    values: dict[str, Any] = {}
    quotes: dict[str, tuple[str, ...]] = {}
    for row in rows.s:
        aspect, sign, quote = _opinion(row)
        if not aspect or not sign or len(_plain(quote)) < 2 or _plain(quote) not in said:
            continue
        called = _called(aspect, sign == "+", aspects)
        listed: list[str] = values.setdefault(LIKED if sign == "+" else DISLIKED, [])
        if called not in listed and len(listed) < MOST:
            listed.append(called)
        quotes[called] = (*quotes.get(called, ()), quote)
    topics = [word.strip().lower() for word in (*rows.t, *rows.k) if 1 < len(word.strip()) <= _LONGEST_TOPIC]
    if topics:
        values[TOPICS] = list(dict.fromkeys(topics))
    return {"v": values, **({"q": quotes} if quotes else {})}


def _masked(model: Model, inputs: Mapping[str, Any]) -> tuple[MaskedModel, dict[str, Any]]:
    """Return `model` and `inputs` such that it sees nothing personal of the reviews; what the item is called stays."""
    words = f"{inputs['title']} {inputs['text']}".casefold()
    book = Book(known=lambda name: re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", words) is not None)
    # Masked whole and cut afterwards: half a number is not known for one.
    reviews = [book.mask(review)[:_REVIEW] for review in inputs["reviews"]]
    return MaskedModel(model, book), {**inputs, "reviews": reviews}


def _opinion(row: str) -> tuple[str, str, str]:
    """Return the aspect, `+` or `-`, and the quote of a row such as `battery + "lasts all week"`."""
    head, _, rest = row.partition('"')
    head = head.strip()
    sign = head[-1:] if head[-1:] in ("+", "-") else ""
    return head[:-1].strip().lower(), sign, rest.rstrip().rstrip('"').strip()


def _called(aspect: str, good: bool, aspects: Sequence[Aspect]) -> str:
    for known in aspects:
        named = known.good if good else known.bad
        if aspect == known.name or aspect in named.values():
            return named["en"]
        if any(
            pattern_of(words, "zh" if code == "zh" else "en").fullmatch(aspect) for code, words in known.words.items()
        ):
            return named["en"]
    if aspect.isascii():
        return f"{'good' if good else 'poor'} {aspect}"
    return f"{aspect}{'好' if good else '差'}"


def _hash(inputs: Mapping[str, Any]) -> str:
    text = json.dumps(inputs, ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _texts(review: Review) -> list[str]:
    return [review.text] if isinstance(review.text, str) else list(review.text.values())


def _said(review: Review, language: Language) -> str:
    return review.text if isinstance(review.text, str) else review.text.get(language) or _texts(review)[0]


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _run(work: Callable[[], Any]) -> Any:
    """Run a coroutine to its end, also where this thread already runs a loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work())
    result: list[Any] = []
    thread = threading.Thread(target=lambda: result.append(asyncio.run(work())))
    thread.start()
    thread.join()
    return result[0]
