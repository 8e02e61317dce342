"""What there is to see of one turn: the plan, the ledger, the signals, the claims and what it cost, as short texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shortlist_evals.transcripts import Said

_STEP = 240
"""Characters of a tool call that are shown."""


@dataclass(frozen=True)
class LedgerRow:
    """A row of the ledger: `must`, `wish`; what; in whose words; since which turn; `active` or what became of it."""

    strength: str
    what: str
    words: str
    turn: int
    status: str


@dataclass(frozen=True)
class ItemRow:
    """An item of the slate: its facts, why it is there, and what each signal added to its score."""

    id: str
    title: str
    facts: str = ""
    reasons: str = ""
    said: str = ""
    broken: bool = False
    score: float | None = None
    signals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class TurnView:
    """One turn as it is shown.

    Attributes:
        message: What the user said.
        reply: What was answered.
        kind: The kind of the answer.
        items: The slate.
        asked: Fields that were asked about.
        plan: Intent, who planned, and the words searched for.
        edits: Changes of the ledger that were planned, each with who found it.
        steps: Tool calls.
        dropped: Rows of the model's plan that could not be used.
        ledger: The ledger after the turn.
        matching: How many items met everything.
        claims: Sentences of the model kept and replaced.
        calls: Model calls.
        cost: Tokens and seconds.
        prompts: Prompts by version and hash.
        notes: Faults that the turn went on without.
    """

    message: str
    reply: str
    kind: str
    items: tuple[ItemRow, ...] = ()
    asked: tuple[str, ...] = ()
    plan: str = ""
    edits: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    matching: int | None = None
    claims: str = ""
    calls: tuple[str, ...] = ()
    cost: str = ""
    prompts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def view(said: Said) -> TurnView:
    """Return what there is to see of one exchange; an agent that is not Shortlist shows its answer and cost only."""
    answer, reply = said.answer, said.reply
    if reply is None:
        return TurnView(
            message=said.message,
            reply=str(answer.get("message", "")),
            kind=str(answer.get("kind", "")),
            items=tuple(ItemRow(str(one), str(one)) for one in answer.get("items", ())),
            asked=tuple(answer.get("asked", ())),
            cost=f"{_count(answer.get('calls', 0), 'model call')}, {answer.get('seconds', 0):.2f} s",
        )
    plan, usage = reply["plan"], reply["usage"]
    return TurnView(
        message=said.message,
        reply=reply["message"],
        kind=reply["kind"],
        items=tuple(_item(one) for one in reply["items"]),
        asked=tuple((reply["question"] or {}).get("fields", ())),
        plan=f"{plan['intent']}, by {plan['source']}; searched for: {plan['query'] or 'no words'}",
        edits=tuple(_edit(one) for one in plan["edits"]),
        steps=tuple(_step(one) for one in plan["steps"]),
        dropped=tuple(plan["dropped"]),
        ledger=tuple(_row(one) for one in reply["ledger"]),
        matching=reply["matching"],
        claims=_claims(usage),
        calls=tuple(_call(one) for one in usage["calls"]),
        cost=_cost(usage),
        prompts=tuple(reply["prompts"]),
        notes=tuple(reply["notes"]),
    )


def requirement(row: Mapping[str, Any]) -> str:
    """Return a requirement as field, comparison, value, unit and scope."""
    value = row.get("value")
    if isinstance(value, list | tuple):
        joined = " to " if row["op"] == "between" else " | "
        value = joined.join(map(str, value))
    parts = [row["field"], row["op"], "" if value is None else str(value), row.get("unit"), row.get("scope")]
    return " ".join(str(part) for part in parts if part)


def _edit(edit: Mapping[str, Any]) -> str:
    found = edit.get("found_by", "reader")
    if edit["action"] == "withdraw":
        return f"withdraw {edit['field'] or ''} (found by {found})".replace("  ", " ")
    return f"add {requirement(edit['requirement'] or {'field': '', 'op': ''})} (found by {found})"


def _step(step: Mapping[str, Any]) -> str:
    said = ", ".join(f"{name}={_argument(value)}" for name, value in step["args"].items())
    text = f"{step['tool']}({said})"
    return text if len(text) <= _STEP else f"{text[: _STEP - 1]}…"


def _argument(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{'; '.join(map(_argument, value))}]"
    if isinstance(value, Mapping) and {"field", "op"} <= set(value):
        return requirement(value)
    return str(value)


def _row(row: Mapping[str, Any]) -> LedgerRow:
    words = f"“{row['quote']}”" if row.get("quote") else str(row["origin"])
    return LedgerRow("must" if row["hard"] else "wish", requirement(row), words, row["turn"], row["status"])


def _item(item: Mapping[str, Any]) -> ItemRow:
    return ItemRow(
        id=item["id"],
        title=item["title"],
        facts=" · ".join(f"{name} {value}" for name, value in item["facts"].items()),
        reasons=" · ".join(item["reasons"]),
        said=" ".join(item["disclosures"]),
        broken=bool(item["broken"]),
        score=round(item["score"], 3),
        signals=tuple((term["signal"], round(term["contribution"], 3)) for term in item["terms"]),
    )


def _claims(usage: Mapping[str, Any]) -> str:
    kept, replaced = usage["sentences_kept"], usage["sentences_replaced"]
    if not kept + replaced:
        return "none of a model's: the built-in drafter wrote this"
    return f"{kept} of the model's {_count(kept + replaced, 'sentence')} kept, {replaced} replaced"


def _call(call: Mapping[str, Any]) -> str:
    tokens = f"{call['prompt_tokens']} tokens in ({call['cached_tokens']} cached), {call['completion_tokens']} out"
    return f"{call['prompt']}: {tokens}, {call['seconds']:.1f} s, {call['outcome']}"


def _cost(usage: Mapping[str, Any]) -> str:
    tokens = f"{usage['prompt_tokens']} tokens in, {usage['completion_tokens']} out"
    first = usage.get("first_sentence")
    waited = f", first sentence after {first:.2f} s" if first is not None else ""
    return f"{_count(len(usage['calls']), 'model call')}, {tokens}, {usage['seconds']:.2f} s{waited}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
