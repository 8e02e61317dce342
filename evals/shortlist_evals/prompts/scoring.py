"""What a recorded call scores: a plan by the rows it writes, a draft by the sentences that hold."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from shortlist.llm import ProviderAnswerError
from shortlist.llm.answers import read_answer
from shortlist.turn.stages import MOST_SENTENCES, Sentence, is_said, known_texts, parse_row, verified
from shortlist.turn.state import Services
from shortlist_evals.prompts.calls import Recorded
from shortlist_prompts import PlanRows, UnderstandRows
from shortlist_tools.catalog import Requirement, RequirementError, Schema, check_requirement, load_schema
from shortlist_tools.drafting import FactSheet
from shortlist_tools.text import SentenceStream

Values = dict[str, float]


def score(recorded: Recorded) -> Values:
    """Return the scores of a call by its prompt; a prompt without a scorer of its own only for its length."""
    scorer = _SCORERS.get(recorded.call.prompt)
    return {**(scorer(recorded) if scorer else {}), "tokens": float(recorded.tokens)}


def plan(recorded: Recorded) -> Values:
    """Return what a plan scores.

    `valid`: it parses as it is, so that no repair is needed; an invalid one scores no rows at all. `usable`: the share
    of its rows that spell a requirement of the schema (absent without rows). `invented`: rows whose quote is not in the
    user's words. Where the script labels rows, `recall`: the share of those this message adds that the plan spells
    (absent where it adds none), and `precision`: the share of its usable rows that are labelled, those already in
    force aside. Scripts label what they try, not all that is said: precision compares versions, it is no absolute.
    """
    rows = _rows(recorded)
    if rows is None:
        wanted = recorded.call.against.get("wanted")
        return {"valid": 0.0, **({"recall": 0.0} if wanted else {})}
    message = str(recorded.call.inputs.get("message", ""))
    spelt = [_spelt(row, _schema(recorded.schema_file)) for row in rows.r]
    usable = [row for row in spelt if row is not None]
    values = {"valid": 1.0, "invented": float(sum(not is_said(row.quote, message) for row in usable))}
    if rows.r:
        values["usable"] = len(usable) / len(rows.r)
    wanted = recorded.call.against.get("wanted")
    if wanted is None:
        return values
    labelled = {_key(row["field"], row["op"], row["value"]) for row in wanted}
    standing = set(recorded.call.inputs.get("ledger", ()))
    written = {_key(row.field, row.op, row.value) for row in usable if _line(row) not in standing}
    if labelled:
        values["recall"] = len(labelled & written) / len(labelled)
    if written:
        values["precision"] = len(labelled & written) / len(written)
    return values


def draft(recorded: Recorded) -> Values:
    """Return what a draft scores.

    `kept`: the share of its sentences that pass the claim check (none: 0). `told`: the share of the items of the sheet
    that a kept sentence is about, of recommendations only. `language`: no sentence is in another language. `whole`: it
    did not end at its limit of tokens. `reply_words`: its length in words, a Chinese character counting as one.
    """
    against = recorded.call.against
    sheet = FactSheet.model_validate(against["sheet"]).model_copy(update={"schema_": _schema(recorded.schema_file)})
    requirements = [Requirement.model_validate(row) for row in against["requirements"]]
    day = datetime.datetime.fromtimestamp(against["today"], datetime.UTC).date()
    no_titles = SimpleNamespace(titles_in=lambda text: [])  # a recorded call knows no catalog beyond its sheet
    services = cast(Services, SimpleNamespace(today=lambda: day, reader=no_titles))
    stream = SentenceStream()
    texts = [text for text in (*stream.feed(recorded.text), *stream.close()) if text.strip()][:MOST_SENTENCES]
    language = recorded.call.language
    known = known_texts(sheet, requirements)
    done: list[Sentence] = []
    for text in texts:
        before = next((one.item for one in reversed(done) if one.item), None)
        done.append(
            verified(text, sheet, requirements, language, services, against["others"], before=before, known=known)
        )
    kept = [one for one in done if not one.problems]
    foreign = [one for one in done if any(problem.startswith("language:") for problem in one.problems)]
    values = {
        "kept": len(kept) / len(done) if done else 0.0,
        "language": float(bool(done) and not foreign),
        "whole": float(not recorded.truncated),
        "reply_words": float(_words(recorded.text)),
    }
    if recorded.call.kind == "recommend" and sheet.items:
        values["told"] = len({name for one in kept for name in one.names}) / len(sheet.items)
    return values


def understand(recorded: Recorded) -> Values:
    """Return what an item's reading scores: `valid`, and `quoted`, the share of opinions whose quote a review holds."""
    try:
        rows = read_answer(recorded.text, UnderstandRows, recorded.truncated)
    except ProviderAnswerError:
        return {"valid": 0.0}
    reviews = recorded.call.inputs.get("reviews", ())
    quotes = [row.partition('"')[2].rpartition('"')[0] for row in rows.s]
    held = [bool(quote) and any(quote in review for review in reviews) for quote in quotes]
    return {"valid": 1.0, **({"quoted": sum(held) / len(held)} if held else {})}


_SCORERS: dict[str, Callable[[Recorded], Values]] = {"draft": draft, "plan": plan, "understand": understand}


def _rows(recorded: Recorded) -> PlanRows | None:
    try:
        return read_answer(recorded.text, PlanRows, recorded.truncated)
    except ProviderAnswerError:
        return None


def _spelt(row: str, schema: Schema) -> Requirement | None:
    parsed = parse_row(row, schema)
    if isinstance(parsed, str):
        return None
    try:
        return check_requirement(parsed, schema)
    except RequirementError:
        return None


@cache
def _schema(path: Path) -> Schema:
    return load_schema(path)


def _key(field: str, op: str, value: Any) -> tuple[str, str, str]:
    return field, op, _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "|".join(sorted(map(_plain, value)))
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _line(row: Requirement) -> str:
    """Return `row` as the prompt shows those in force."""
    value = "|".join(map(str, row.value)) if isinstance(row.value, list | tuple) else str(row.value)
    return f"{row.field} {row.op} {value}"


def _words(text: str) -> int:
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text)
    spaced = "".join(" " if "\u4e00" <= char <= "\u9fff" else char for char in text)
    return chinese + len([word for word in spaced.split() if any(char.isalnum() for char in word)])
