"""What must hold of every message as it is read: its figures, its names, its language, nothing left over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from shortlist_evals.invariants.figures import (
    hold_titles,
    of_item,
    of_range,
    of_rows,
    of_sums,
    sentences,
    unquoted,
    words_for,
    wrong_figures,
)
from shortlist_evals.invariants.moment import Moment
from shortlist_evals.invariants.satisfying import clauses, holds, unmet
from shortlist_tools.catalog import Item

_LEFT_OVER = re.compile(
    r"\[\d+(?:,\s*\d+)*\]|\{\s*\d*\.?\w*|\}\}|\b(?:None|nan|True|False)\b|\b[a-z]+_[a-z_]+\b|https?://|^#|\*\*",
    re.MULTILINE,
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_ENGLISH = re.compile(r"(?:\b[A-Za-z]{2,}\b[ ,]+){5,}")
_FOREIGN = re.compile(r"[\u0400-\u04ff\u0600-\u06ff\u3040-\u30ff\uac00-\ud7af]")
_DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d\b|20\d\d年\d{1,2}月\d{1,2}日")
_BRACKETED = re.compile(r"[(（](\d{1,6})\s?条?[)）]")
"""How often something was done, as what is kept of a person is told: "your purchases (6)"."""
_SOLD_OUT = re.compile(r"out of stock|sold out|not in stock|缺货|没有?货|断货|售罄|卖完", re.IGNORECASE)
_ALIKE = re.compile(r"[A-Za-z]{1,4}\W*")
"""A word that is written in conversations of either language, such as "ok" or "bye": the one before it decides."""
_A_TURN = 6
"""Events that one message leaves at most: what was said, and reactions to a slate."""
_SHORTEST_TITLE = {"en": 6, "zh": 4}
"""Shorter titles may be ordinary words."""


def figures(moment: Moment) -> Iterator[str]:
    """Every figure is a value of the item that its sentence names, a bound of the ledger, or a count."""
    reply, schema = moment.reply, moment.world.schema
    always = of_rows([*reply.ledger, *moment.house], schema)
    always.numbers |= {
        float(len(reply.items)),
        float(reply.matching if reply.matching is not None else 0),
        *moment.counts,
    }
    always.amounts |= _totals(moment)
    for field in reply.question.fields if reply.question else ():
        always = always | of_range(moment.fitting, field, schema)
    message = unquoted(reply.message, quotable(moment))
    if reply.kind == "answer" and reply.plan.intent == "profile":
        always.numbers |= {float(value) for value in moment.facts.values() if isinstance(value, int | float)}
        always.numbers |= set(
            map(float, range(len(moment.events), len(moment.events) + _A_TURN * len(moment.words) + 1))
        )
        most = len(moment.events) + _A_TURN * len(moment.words)
        message = _BRACKETED.sub(lambda found: "" if int(found[1]) <= most else found[0], message)
        message = _DAY.sub("", message)
        for value in sorted(moment.world.numbered_values, key=len, reverse=True):
            message = re.sub(rf"(?<!\d)(?<!\d[.,]){re.escape(value)}(?![.,]?\d)", "", message)
    asked = [schema.by_name[name].named(reply.language) for name in reply.plan.fields if name in schema.by_name]
    for name in (one for one in asked if any(map(str.isdigit, one))):
        message = message.replace(name, " ")
    if reply.plan.inquiry:
        always.numbers |= _stock(moment)
    if reply.plan.inquiry in ("total", "left"):
        together = of_sums(moment.items, schema, reply.plan.count or 1)
        spent, bounds = max(together.amounts, default=0.0), set(always.amounts)
        always = always | together
        if reply.plan.inquiry == "left":
            always.amounts |= {round(abs(bound - spent), 2) for bound in bounds}
    always.numbers |= {stars for _, stars in reply.plan.ratings}
    always.amounts |= _in_currency(moment)
    by_item = {item.id: of_item(item, schema) for item in moment.items}
    titles = {item.id: moment.world.title(item.id, reply.language) for item in (*moment.items, *_sold_out(moment))}
    yield from wrong_figures(message, titles, by_item, always)


def _in_currency(moment: Moment) -> set[float]:
    """Return the prices in the currency that the user asked for, at the declared rate."""
    price, rate = moment.world.schema.role("price"), moment.world.schema.rates.get(moment.reply.plan.currency)
    values = [item.values.get(price.name) for item in moment.items] if price and rate else []
    amounts = [float(value) / float(rate or 1.0) for value in values if value is not None]
    return {round(amount, places) for amount in amounts for places in (0, 2)}


def _stock(moment: Moment) -> set[float]:
    """Return how many items the house offers, and how many of each kind."""
    schema = moment.world.schema
    offered = [item for item in moment.world.items if all(holds(item, row, schema) for row in moment.house)]
    kinds = Counter(str(item.values.get(schema.roles.get("kind", ""))) for item in offered)
    return {float(len(offered)), *map(float, kinds.values())}


def quotable(moment: Moment) -> list[str]:
    """Return the texts that a message may quote: the user's words, descriptions and reviews of the items shown."""
    described = moment.world.schema.roles.get("description", "")
    texts: list[object] = [item.values.get(described, "") for item in moment.items]
    texts += [review.text for item in moment.items for review in item.reviews]
    said = [one for text in texts for one in (text.values() if isinstance(text, dict) else [text])]
    return [*moment.words, *map(str, said)]


def _totals(moment: Moment) -> set[float]:
    """Return what the slate sums to in each field of money."""
    money = [field.name for field in moment.world.schema.fields if field.kind == "money"]
    return {round(sum(float(item.values.get(name, 0.0)) for item in moment.items), 2) for name in money}


def names(moment: Moment) -> Iterator[str]:
    """No item is named that is not shown, unless the user named it, or it is told to fit and to be out of stock."""
    reply = moment.reply
    sold_out = {item.id for item in _sold_out(moment)}
    text, _ = hold_titles(
        reply.message, {item.id: moment.world.title(item.id, reply.language) for item in moment.items}
    )
    said = "\n".join(moment.words).lower()
    for item in moment.world.items:
        for language in ("en", "zh"):
            title = moment.world.title(item.id, language)
            if len(title) < _SHORTEST_TITLE[language] or title not in text or title.lower() in said:
                continue
            if item.id not in sold_out or not _only_as_sold_out(title, text):
                yield f"names {title!r}, which it does not show"
                break


def _sold_out(moment: Moment) -> list[Item]:
    """Return the items that a message may name beside the slate: they meet everything in force but being in stock."""
    schema = moment.world.schema
    stock = schema.roles.get("availability")
    if stock is None or not _SOLD_OUT.search(moment.reply.message):
        return []
    wanted = clauses(row for row in moment.in_force if row.field != stock)
    shown = {item.id for item in moment.items}
    gone = [item for item in moment.world.items if item.values.get(stock) is False and item.id not in shown]
    return [item for item in gone if not unmet(item, wanted, schema)]


def _only_as_sold_out(title: str, text: str) -> bool:
    """Return whether every sentence that names `title` says that it is out of stock."""
    return all(_SOLD_OUT.search(sentence) for sentence in sentences(text) if title in sentence)


def admits(moment: Moment) -> Iterator[str]:
    """The message of an abstaining reply speaks of every requirement that a shown item breaks."""
    reply, schema = moment.reply, moment.world.schema
    rows = {row.id: row for row in (*reply.ledger, *moment.house)}
    broken = {name for one in reply.items for name in one.broken if name in rows}
    said = reply.message.lower()
    for name in sorted(broken) if reply.kind == "abstain" else ():
        field, figures = schema.by_name[rows[name].field], of_rows([rows[name]], schema)
        words = [field.named(reply.language), *words_for(field, rows[name].value)]
        numbers = {float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", said)}
        if not any(word.lower() in said for word in words) and not numbers & (figures.amounts | figures.numbers):
            yield f"does not say that {field.name} {rows[name].op} {rows[name].value} is not met: {reply.message!r}"


def left_over(moment: Moment) -> Iterator[str]:
    """No reference, template, field name, Python value, markup or address stands in the message."""
    text = _bare(moment)
    for found in _LEFT_OVER.finditer(text):
        yield f"{found.group()!r} stands in {moment.reply.message!r}"


def language(moment: Moment) -> Iterator[str]:
    """The message is in the language of the user's message, names and quotes apart."""
    reply, wanted = moment.reply, moment.said.language
    if _ALIKE.fullmatch(moment.said.text) and moment.before and reply.language == moment.before[-1][1].language:
        wanted = None
    if wanted is not None and reply.language != wanted:
        yield f"takes {moment.said.text[:80]!r} for {reply.language}"
    text = _bare(moment)
    if _FOREIGN.search(text):
        yield f"is in a third language: {text!r}"
    if reply.language == "en" and _CHINESE.search(text):
        yield f"speaks Chinese in an English message: {text!r}"
    worded = _LETTER.search(text)
    if reply.language == "zh" and worded and (_ENGLISH.search(text) or not _CHINESE.search(text)):
        yield f"speaks English in a Chinese message: {text!r}"


def _bare(moment: Moment) -> str:
    """Return the message without titles, quotes of the user, and names and values that its language has no word for."""
    titles = {f"{item.id}{code}": moment.world.title(item.id, code) for item in moment.items for code in ("en", "zh")}
    text, _ = hold_titles(unquoted(moment.reply.message, quotable(moment)), titles)
    unnamed = [field.named(moment.reply.language) for field in moment.world.schema.fields
               if moment.reply.language not in field.label]  # fmt: skip
    for name in sorted(unnamed, key=len, reverse=True):
        text = text.replace(name, "")
    values = [(name, value) for item in moment.items for name, value in item.values.items()]
    values += [(row.field, row.value) for row in moment.reply.ledger]
    for name, value in values:
        field = moment.world.schema.by_name.get(name)
        if field is None or field.kind not in ("category", "multi_category", "text"):
            continue
        for one in value if isinstance(value, list | tuple) else [value]:
            words = field.values.get(str(one), {})
            if isinstance(one, str) and not words.get(moment.reply.language):
                for said in (one, *words.get("en", ())[:1]):
                    text = text.replace(said, "")
    return text


PROSE = (figures, names, admits, left_over, language)
