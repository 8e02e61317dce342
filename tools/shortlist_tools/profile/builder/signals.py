"""How a person writes, and when, with what and where he or she is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from statistics import median

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile.builder.cues import says
from shortlist_tools.profile.builder.units import HALF_LIFE_DAYS, MOST_EVIDENCE, Visit
from shortlist_tools.profile.model import ContentTaste, ContextSignals, FactKind, ProfileFact, fact_id
from shortlist_tools.profile.sentences import sentence
from shortlist_tools.profile.statistics import Act
from shortlist_tools.text import detect_language, tokens

LEAST_TEXTS = 3
LEAST_VISITS = 4
MOSTLY = 0.6
"""The share from which something is what a person mostly does."""
LONG, BRIEF = 25, 5
"""Words of a text, in the middle of all."""
BANDS = ((5, 8, "early"), (8, 12, "morning"), (12, 18, "afternoon"), (18, 23, "evening"))
_LIVELY = frozenset("!！~～")


def content_of(acts: Sequence[Act], snapshot: Snapshot) -> ContentTaste:
    """Return language, tone and depth from at least three texts, and the format most time goes to."""
    written = [(act, act[2].text) for act in acts if act[2].text]
    found = ContentTaste(format=_format(acts, snapshot))
    if len(written) < LEAST_TEXTS:
        return found
    chosen = [act for act, _ in written]
    languages = Counter("zh" if detect_language(text) == "zh" else "en" for _, text in written)
    language, times = languages.most_common(1)[0]
    said = [text for act, text in written if act[2].kind != "searched"]
    update: dict[str, ProfileFact] = {}
    if times >= MOSTLY * len(written):
        update["language"] = _fact("content", "language", language, times, len(written), chosen)
    if len(said) >= LEAST_TEXTS:
        talk = [act for act, _ in written if act[2].kind != "searched"]
        length = median(len(tokens(text)) for text in said)
        depth = "detailed" if length >= LONG else "brief" if length <= BRIEF else None
        if depth:
            update["depth"] = _fact("content", "depth", depth, len(said), len(said), talk)
        lively = sum(bool(_LIVELY & set(text)) or any(ord(sign) > 0x1F300 for sign in text) for text in said)
        polite = sum(says("polite", text) for text in said)
        tone = max((lively, "lively"), (polite, "polite"))
        count, word = tone if tone[0] >= MOSTLY * len(said) else (len(said) - tone[0], "plain")
        if count >= MOSTLY * len(said):
            update["tone"] = _fact("content", "tone", word, count, len(said), talk)
    return found.model_copy(update=update)


def context_of(visits: Sequence[Visit]) -> ContextSignals:
    """Return times of the day and week, devices, channels and places of most visits, and the occasions named."""
    if len(visits) < LEAST_VISITS:
        return ContextSignals(occasions=_named(visits))
    # One visit after midnight must not make somebody a night owl: each visit counts once, by its first event.
    bands = [(visit.acts[0], _band(visit.acts[0])) for visit in visits]
    days = [(visit.acts[0], "weekend" if _local(visit.acts[0]).weekday() >= 5 else "weekday") for visit in visits]
    weekends = [pair for pair in days if pair[1] == "weekend"]
    return ContextSignals(
        times=(*_mostly("time", bands), *(_mostly("time", days) if len(weekends) >= MOSTLY * len(days) else ())),
        devices=_mostly(
            "device", [(act, act[2].context.device if act[2].context else None) for act in _firsts(visits)]
        ),
        channels=_mostly("channel", [(act, act[2].channel) for act in _firsts(visits)]),
        places=_mostly("place", [(act, act[2].context.place if act[2].context else None) for act in _firsts(visits)]),
        occasions=_named(visits),
    )


def _firsts(visits: Sequence[Visit]) -> list[Act]:
    return [visit.acts[0] for visit in visits]


def _local(act: Act) -> datetime:
    """Return the moment on the person's own clock, as far as it is known."""
    context = act[2].context
    offset = context.offset if context is not None and context.offset is not None else 0
    return datetime.fromtimestamp(act[0] + 60 * offset, UTC)


def _band(act: Act) -> str:
    hour = _local(act).hour
    return next((name for start, end, name in BANDS if start <= hour < end), "night")


def _mostly(field: str, seen: Iterable[tuple[Act, str | None]]) -> tuple[ProfileFact, ...]:
    """Return the value that most of `seen` have, where enough have any."""
    having = [(act, value) for act, value in seen if value]
    if len(having) < LEAST_VISITS:
        return ()
    value, times = Counter(value for _, value in having).most_common(1)[0]
    if times < MOSTLY * len(having):
        return ()
    return (_fact("context", field, value, times, len(having), [act for act, own in having if own == value]),)


def _named(visits: Sequence[Visit]) -> tuple[ProfileFact, ...]:
    found: dict[str, list[Act]] = {}
    for visit in visits:
        for act in visit.acts:
            if act[2].context is not None and act[2].context.occasion:
                found.setdefault(act[2].context.occasion, []).append(act)
    return tuple(
        _fact("context", "occasion", value, len(acts), len(acts), acts) for value, acts in sorted(found.items())
    )


def _format(acts: Sequence[Act], snapshot: Snapshot) -> ProfileFact | None:
    """Return the kind of item that most of the seconds spent go to, where they are known."""
    field = snapshot.schema.roles.get("kind")
    if field is None:
        return None
    seconds: Counter[str] = Counter()
    own: dict[str, list[Act]] = {}
    for act in acts:
        row = snapshot.row_of.get(act[2].item_id or "")
        if act[2].kind not in ("viewed", "watched") or not act[2].value or act[2].value <= 0 or row is None:
            continue
        value = snapshot.value(row, field)
        if isinstance(value, str):
            seconds[value] += int(act[2].value)
            own.setdefault(value, []).append(act)
    if sum(map(len, own.values())) < 2 * LEAST_TEXTS or not seconds.total():
        return None
    value, times = seconds.most_common(1)[0]
    if times < MOSTLY * seconds.total():
        return None
    text = sentence("content.format", snapshot.schema, field=field, value=value)
    return _fact("content", "format", value, times, seconds.total(), own[value]).model_copy(update={"sentence": text})


def _fact(kind: FactKind, field: str, value: str, times: int, total: int, acts: Sequence[Act]) -> ProfileFact:
    name = (
        f"context.{field}"
        if kind == "context"
        else "content.format"
        if field == "format"
        else f"content.{field}.{value}"
    )
    return ProfileFact(
        id=fact_id(kind, field, value),
        kind=kind,
        field=field,
        value=value,
        # Laplace's rule of succession: what held every time may still not hold the next.
        confidence=round((times + 1) / (total + 2), 4),
        evidence=tuple(act[1] for act in acts[: -MOST_EVIDENCE - 1 : -1]),
        first_seen=acts[0][0],
        last_seen=acts[-1][0],
        half_life_days=HALF_LIFE_DAYS,
        origin="observed",
        sentence=sentence(name, value=value),
    )
