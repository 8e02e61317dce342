"""The wishes suite: hit@3 and bad@3 of the built-in planner, of a model beside it, and the paired difference."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortlist_evals.agents import answer_of
from shortlist_evals.figures import interval_text, realness
from shortlist_evals.metrics import paired_interval
from shortlist_evals.places import suites_dir
from shortlist_evals.scored import Scored, rounded, summary
from shortlist_evals.transcripts import Transcript, said, write_transcripts
from shortlist_evals.wishes.cases import CaseError, Wish, read_wishes

if TYPE_CHECKING:
    from shortlist import Recommender
    from shortlist.reply import Reply

TOP = 3
NEUTRAL = {"en": "anything is fine", "zh": "都行"}
"""What is answered, once, to a question: it gives nothing away."""
YES = {"en": "yes, I am", "zh": "是的，已成年"}


def run(
    *,
    split: str | None = None,
    n: int | None = None,
    model: str | None = None,
    base_url: str | None = None,
    show: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Say every wish to a fresh session of the demo and score the first three items that come back.

    hit@3 is the share of wishes with a good item among the first three, bad@3 with a bad one. A wish that is answered
    with a question gets a neutral answer, once; one that brings no items scores 0 in both.

    Args:
        split: `en` or `zh`.
        n: Only the first `n` wishes.
        model: A model to try beside the built-in planner.
        base_url: Where it is served.
        show: Whether to print each answer.
        progress: Told how many are done.

    Returns:
        The common part of `scored.summary`, with `unanswered` (wishes without items) and `shown` (ids by wish), both
        by agent, and `difference` (model minus built-in, paired).

    Raises:
        CaseError: If no wish is left.
    """
    wishes = [wish for wish in read_wishes() if split in (None, wish.language)][:n]
    if not wishes:
        raise CaseError(f"no wishes for split {split!r} in {suites_dir() / 'wishes'}; splits are en and zh")
    agents: dict[str, dict[str, Any]] = {"offline": {}} | ({model: {"base_url": base_url}} if model else {})
    total = len(wishes) * len(agents)
    answers: dict[str, list[dict[str, Any]]] = {}
    for place, (name, given) in enumerate(agents.items()):
        told = _from(progress, place * len(wishes), total)
        answers[name] = _answered(wishes, name, given, told)
    if show:
        _print(wishes, answers)
    write_transcripts("wishes", [_transcript(name, row) for name, rows in answers.items() for row in rows])
    result: dict[str, Any] = {
        **summary({name: [_scored(row) for row in rows] for name, rows in answers.items()}),
        "unanswered": {name: sum(not row["items"] for row in rows) for name, rows in answers.items()},
        "shown": {name: {row["wish"].id: row["items"] for row in rows} for name, rows in answers.items()},
    }
    if model is not None:
        result["difference"] = {
            score: rounded(paired_interval(_column(answers[model], score), _column(answers["offline"], score)))
            for score in ("hit", "bad")
        }
    return result


def _from(progress: Callable[[int, int], None], first: int, total: int) -> Callable[[int], None]:
    return lambda done: progress(first + done, total)


def _answered(
    wishes: Sequence[Wish], model: str, given: dict[str, Any], told: Callable[[int], None]
) -> list[dict[str, Any]]:
    """Return what one agent shows for each wish, scored."""
    from shortlist.demo import open_demo

    rows = []
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="shortlist-wishes-"))
        recommender = stack.enter_context(open_demo(Path(folder) / "demo.db", model=model, **given))
        recommender.prepare(wait=True)
        for done, wish in enumerate(wishes, start=1):
            exchanges = answer(recommender, wish)
            ids = [item.id for item in exchanges[-1][1].items][:TOP]
            rows.append({**score(wish, ids), "wish": wish, "items": ids, "exchanges": exchanges})
            told(done)
    return rows


def answer(recommender: Recommender, wish: Wish) -> list[tuple[str, Reply]]:
    """Return what was said and replied; the last reply counts, those before it asked something."""
    said = [(wish.text, recommender.reply(wish.text, session_id=wish.id, language=wish.language))]
    for kind, words in (("ask", NEUTRAL), ("confirm", YES)):
        if said[-1][1].kind == kind:
            text = words[wish.language]
            said.append((text, recommender.reply(text, session_id=wish.id, language=wish.language)))
    return said


def score(wish: Wish, ids: Sequence[str]) -> dict[str, float]:
    """Return `hit` and `bad`, each 0 or 1, and `good`, the share of good ones among `ids` (0 where there are none)."""
    good = [item for item in ids if item in wish.good]
    return {
        "hit": float(bool(good)),
        "bad": float(any(item in wish.bad for item in ids)),
        "good": len(good) / len(ids) if ids else 0.0,
    }


def _scored(row: dict[str, Any]) -> Scored:
    """Return a scored row; the class of a wish is its language, since wishes have no other."""
    wish: Wish = row["wish"]
    usages = [reply.usage for _, reply in row["exchanges"]]
    values = {
        "hit@3": row["hit"],
        "bad@3": row["bad"],
        "share_good": row["good"],
        "questions": float(len(usages) - 1),
        "calls": float(sum(len(usage.calls) for usage in usages)),
        "seconds": sum(usage.seconds for usage in usages),
    }
    return Scored(wish.id, wish.language, wish.language, values)


def _transcript(agent: str, row: dict[str, Any]) -> Transcript:
    wish: Wish = row["wish"]
    faults = [] if row["hit"] else ["none of the good ones is among the first three"]
    faults += [f"{one} is a bad answer" for one in row["items"] if one in wish.bad]
    return Transcript(
        suite="wishes",
        case=wish.id,
        agent=agent,
        kind=wish.language,
        language=wish.language,
        said=tuple(said(text, answer_of(reply)) for text, reply in row["exchanges"]),
        values=dict(_scored(row).values),
        about=f"good: {', '.join(wish.good)}; bad: {', '.join(wish.bad) or 'none'}. {wish.why}".strip(),
        faults=tuple(faults),
    )


def _column(rows: Sequence[dict[str, Any]], score: str) -> list[float]:
    return [float(row[score]) for row in rows]


def _print(wishes: Sequence[Wish], answers: dict[str, list[dict[str, Any]]]) -> None:
    for place, wish in enumerate(wishes):
        print(f"{wish.id} {wish.text}\n   good {' '.join(wish.good)}\n   bad  {' '.join(wish.bad)}")
        for name, rows in answers.items():
            row = rows[place]
            mark = "bad" if row["bad"] else "hit" if row["hit"] else "miss"
            asked = len(row["exchanges"]) - 1
            print(f"   {name}: {mark} {row['exchanges'][-1][1].kind} {' '.join(row['items'])} after {asked} questions")


def render(result: dict[str, Any]) -> Any:
    """Return the scores as a table, with the difference in words."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"implicit wishes, n = {result['n']} (95 % intervals)", title_justify="left", box=SIMPLE_HEAD)
    for column in ("agent", "hit@3", "bad@3", "good shown", "asked", "empty"):
        table.add_column(column, justify="left" if column == "agent" else "right")
    for name, scores in result["agents"].items():
        figures = [interval_text(scores[key], 2) for key in ("hit@3", "bad@3", "share_good")]
        table.add_row(name, *figures, f"{scores['questions'][0]:.2f}", str(result["unanswered"][name]))
    lines = []
    for name, found in result.get("difference", {}).items():
        lines.append(Text(f"{name}@3, model minus built-in: {interval_text(found, sign='+')}: {realness(found)}"))
    return Group(table, *lines)
