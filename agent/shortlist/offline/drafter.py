"""The built-in drafter: a short, varied, true message for any decision, without any model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

from pydantic import BaseModel, ConfigDict

from shortlist.decision import Decision
from shortlist.offline.answers import answer_lines, memory_line, profile_lines, quote_lines
from shortlist.offline.inquiries import inquiry_lines
from shortlist.offline.phrases import say
from shortlist.offline.questions import question_text
from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.drafting import FactSheet, ItemFacts, describe, render_value
from shortlist_tools.text import join_words


class Line(BaseModel):
    """One sentence of a message, and the item it is about, if it is about one."""

    model_config = ConfigDict(frozen=True)

    text: str
    item: str | None = None


def draft_lines(
    decision: Decision,
    sheet: FactSheet,
    ledger: Sequence[Requirement],
    snapshot: Snapshot,
    language: str,
    seed: str,
) -> list[Line]:
    """Return the sentences that say `decision`; without disclosures, which code appends to every message.

    Args:
        decision: What to say.
        sheet: Facts and reasons of the decision's items, in its order.
        ledger: Requirements in force, policy rows included.
        snapshot: The catalog.
        language: Language to say it in.
        seed: Chooses among the ways to say it; the same seed says the same.
    """
    if decision.inquiry:
        said = inquiry_lines(decision, sheet, ledger, snapshot, language, seed)
        lines = [Line(text=text, item=item) for text, item in said]
        return [*lines, *_misses(decision, sheet, ledger, snapshot, language, seed)]
    if decision.kind == "recommend":
        lines = _recommend(decision, sheet, snapshot, language, seed)
        return [*lines, *_misses(decision, sheet, ledger, snapshot, language, seed)]
    if decision.topic == "currency":
        return [Line(text=currency_text(decision, snapshot, language, seed))]
    if decision.kind == "ask":
        return _ask(decision, ledger, snapshot, language, seed)
    if decision.kind == "confirm":
        return [Line(text=say("confirm_age_again" if decision.again else "confirm_age", language, seed))]
    if decision.kind == "abstain":
        return _abstain(decision, sheet, ledger, snapshot, language, seed)
    if decision.topic == "accept" and len(sheet.items) == 1:
        one = sheet.items[0]
        lines = [Line(text=say("accepted_one", language, seed, title=one.title), item=one.id)]
        return [*lines, *_misses(decision, sheet, ledger, snapshot, language, seed)]
    if decision.kind == "answer":
        if decision.topic == "memory":
            return [Line(text=memory_line(decision, sheet, language, seed))]
        if decision.topic == "profile":
            told = decision.profile.get("told") or profile_lines(decision.profile, snapshot.schema, language, seed)
            return [Line(text=text) for text in told]
        said = answer_lines(decision, sheet, snapshot, language, seed)
        lines = [Line(text=text, item=item) for text, item in said]
        return [*lines, *_misses(decision, sheet, ledger, snapshot, language, seed)]
    return [Line(text=say(_small_talk(decision.topic), language, seed))]


def assumption_lines(decision: Decision, snapshot: Snapshot, language: str, seed: str) -> list[Line]:
    """Return a sentence for each soft requirement that was inferred, so that the user can object."""
    unused = []
    if decision.currency and decision.topic != "currency" and (price := snapshot.schema.role("price")) is not None:
        own, other = price.unit, decision.currency
        unused = [Line(text=say("no_rate", language, seed, a=price.named(language), own=own, other=other))]
    return unused + [
        Line(text=say("assumed", language, seed, quote=row.quote, what=describe(row, snapshot.schema, language)))
        for row in decision.assumptions[:2]
        if row.quote
    ]


def currency_text(decision: Decision, snapshot: Snapshot, language: str, seed: str) -> str:
    """Return the question for an amount in the catalog's own currency."""
    field = snapshot.schema.by_name[decision.ask[0]]
    return say("ask_currency", language, seed, a=field.named(language), own=field.unit, other=decision.currency)


def _recommend(decision: Decision, sheet: FactSheet, snapshot: Snapshot, language: str, seed: str) -> list[Line]:
    lines = [Line(text=_opening(decision, sheet, snapshot, language, seed))]
    if decision.without and (kind := snapshot.schema.role("kind")) is not None:
        what = join_words([kind.value_named(value, language) for value in decision.without], language)
        lines.append(Line(text=say("set_without", language, seed, what=what)))
    for place, one in enumerate(sheet.items):
        quoted = [quote for quote in decision.quotes if quote.item == one.id]
        lines += [item_line(one, place, language, seed)]
        lines += [Line(text=text, item=one.id) for text in quote_lines(quoted, one.title, language, seed)]
    if decision.topic != "more" and len(sheet.items) > 1 and not decision.ask and crc32(seed.encode()) % 3 == 0:
        lines.append(Line(text=say("hint", language, seed)))
    return lines


def _opening(decision: Decision, sheet: FactSheet, snapshot: Snapshot, language: str, seed: str) -> str:
    if decision.unsure:
        return say("open_unsure", language, seed)
    if decision.total is not None:
        price = snapshot.schema.role("price")
        total = render_value(price, decision.total, language) if price else f"{decision.total:g}"
        return say("open_set", language, seed, total=total)
    if decision.topic == "again":
        return say("open_again", language, seed)
    if decision.more and decision.matching != len(sheet.items):
        return say("open_few", language, seed)
    if decision.topic in ("more", "reject") or decision.spent:
        return say("open_more", language, seed)
    if len(sheet.items) == 1:
        return say("open_one", language, seed)
    if decision.unheard:
        return say("open_some", language, seed)  # what is unchecked may be met by none of them: no count
    if decision.constrained and decision.products == len(sheet.items) < (decision.matching or 0):
        return say("open_versions", language, seed, matching=decision.matching)
    if decision.constrained and (decision.matching or 0) > len(sheet.items):
        return say("open_many", language, seed, matching=decision.matching)
    return say("open_some", language, seed)


def item_line(one: ItemFacts, place: int, language: str, seed: str) -> Line:
    """Return the sentence that says why one item is on the slate; `place` counts from 0."""
    if not one.reasons:
        return Line(text=say("item_bare", language, f"{seed}{place}", title=one.title), item=one.id)
    why = "，".join(one.reasons) if language == "zh" else join_words(list(one.reasons), language)
    occasion = "item_first" if place == 0 else "item_next"
    text = say(occasion, language, f"{seed}{place}", title=one.title, why=why)
    return Line(text=text + glimpse_of(one, language), item=one.id)


def glimpse_of(one: ItemFacts, language: str) -> str:
    """Return what follows the sentence about an item: a sentence of its description, quoted, where it is to be told."""
    if not one.glimpse:
        return ""
    return ("" if language == "zh" else " ") + say("glimpse", language, "", text=one.glimpse)


def _ask(decision: Decision, ledger: Sequence[Requirement], snapshot: Snapshot, language: str, seed: str) -> list[Line]:
    intro = [Line(text=say("ask_intro", language, seed, matching=decision.matching))] if decision.matching else []
    intro = [] if decision.missing else intro
    return [*intro, Line(text=question_text(decision.ask, ledger, snapshot, language, seed))]


def _misses(
    decision: Decision, sheet: FactSheet, ledger: Sequence[Requirement], snapshot: Snapshot, language: str, seed: str
) -> list[Line]:
    """Return a sentence for each item asked about that breaks requirements: which."""
    rows = {row.id: row for row in ledger}
    lines = []
    for one in sheet.items:
        missed = [describe(rows[name], snapshot.schema, language) for name in one.broken if name in rows]
        if missed:
            broken = join_words(missed, language)
            lines.append(Line(text=say("misses", language, seed, title=one.title, broken=broken), item=one.id))
    return lines


def _abstain(
    decision: Decision,
    sheet: FactSheet,
    ledger: Sequence[Requirement],
    snapshot: Snapshot,
    language: str,
    seed: str,
) -> list[Line]:
    if decision.topic == "restricted":
        return [Line(text=say("restricted", language, seed))]
    if decision.topic == "missing":
        field = snapshot.schema.by_name[snapshot.schema.roles["kind"]]
        kinds = [field.value_named(value, language) for value, _ in decision.kinds]
        within = any(row.hard and row.origin == "stated" for row in ledger)
        said = "instead_within" if within else "instead"
        return [Line(text=say(said, language, seed, kinds=join_words(kinds, language)))]
    rows = {row.id: row for row in ledger}
    if decision.repeated:
        lines = [Line(text=say("none_left", language, seed))]
        for name, count in _alone(decision, rows, snapshot)[:1]:
            what = describe(rows[name], snapshot.schema, language)
            lines.append(Line(text=say("others_without", language, seed, what=what, count=count)))
        return lines
    told = decision.sold_out or decision.missing
    lines = [] if told else [Line(text=say("closed_all" if decision.closed else "none", language, seed))]
    if decision.again:
        titles = join_words([one.title for one in sheet.items], language)
        missing = dict.fromkeys(name for one in sheet.items for name in one.broken if name in rows)
        broken = join_words([describe(rows[name], snapshot.schema, language) for name in missing], language)
        lines = [Line(text=say("none_still", language, seed, titles=titles, broken=broken))]
    for place, one in enumerate(() if decision.again else sheet.items):
        broken_rows = [rows[name] for name in one.broken if name in rows]
        broken = join_words([describe(row, snapshot.schema, language) for row in broken_rows], language)
        if less := _costs_less(one, broken_rows, snapshot):
            said = say("near_less", language, f"{seed}{place}", title=one.title, value=less, broken=broken)
        else:
            title = _with_missed(one, broken_rows, snapshot, language)
            occasion = "near" if place == 0 else "near_next"
            said = say(occasion, language, f"{seed}{place}", title=title, broken=broken)
        lines.append(Line(text=said, item=one.id))
    for name, count in _alone(decision, rows, snapshot)[:1]:
        what = describe(rows[name], snapshot.schema, language)
        lines.append(Line(text=say("none_because", language, seed, what=what, count=count)))
    for name in decision.wider:
        lines.append(Line(text=say("none_of_name", language, seed, what=rows[name].quote)))
    if len(rows) > 1:
        lines.append(Line(text=say("which_to_drop", language, seed)))
    return lines


def _costs_less(one: ItemFacts, missed: Sequence[Requirement], snapshot: Snapshot) -> str:
    """Return an item's price where all it misses is that it costs less than the amount that was said; else nothing."""
    price = snapshot.schema.role("price")
    fact = one.fact(price.name) if price is not None else None
    if fact is None or [row.field for row in missed] != [fact.field] or missed[0].op != "between":
        return ""
    return fact.text if float(fact.value) < float(missed[0].value[0]) else ""


def _with_missed(one: ItemFacts, missed: Sequence[Requirement], snapshot: Snapshot, language: str) -> str:
    """Return the item's title with its own figures of what it misses, so that everybody sees by how much."""
    fields = {row.field for row in missed if snapshot.schema.by_name[row.field].kind in ("number", "money")}
    own = [fact.text for fact in one.facts if fact.field in fields and fact.text not in one.title]
    if not own:
        return one.title
    return f"{one.title}（{'，'.join(own)}）" if language == "zh" else f"{one.title} ({', '.join(own)})"


def _alone(decision: Decision, rows: Mapping[str, Requirement], snapshot: Snapshot) -> list[tuple[str, int]]:
    """Return the requirements that alone keep items out, with their numbers, the most first.

    Without its kind a wish is none: nobody is asked to give that up.
    """
    kind = snapshot.schema.roles.get("kind")
    counted = [(name, count) for name, count in decision.excluded_by.items() if count and name in rows]
    return sorted([one for one in counted if rows[one[0]].field != kind], key=lambda one: one[::-1], reverse=True)


def _small_talk(topic: str) -> str:
    topic = "accepted" if topic == "accept" else topic
    return (
        topic if topic in ("accepted", "off_topic", "fresh", "given_up", "hello", "thanks", "bye", "empty") else "chat"
    )
