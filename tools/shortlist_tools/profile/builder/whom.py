"""For whom and for what a visit was: needs that expire, visits for somebody else, several people at one account."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from shortlist_tools.catalog import Snapshot
from shortlist_tools.profile.builder.cues import for_others, needs_named
from shortlist_tools.profile.builder.units import HALF_LIFE_DAYS, MOST_EVIDENCE, Visit
from shortlist_tools.profile.model import Identity, Interest, Need, fact_id
from shortlist_tools.profile.sentences import sentence
from shortlist_tools.profile.statistics import Act

NEED_DAYS = 30.0
LEAST_SIDE = 4
"""Visits that each of several people must have made."""
APART = 3.5
"""The z-value from which devices or hours and tastes go together."""
MOSTLY = 0.8
SELF = frozenset({"self", "me", "myself", "自己", "本人"})


def purposes(visit: Visit) -> list[tuple[str, Act]]:
    """Return what `visit` was for, as its events or its words name it, with the event that does."""
    found: list[tuple[str, Act]] = []
    for act in visit.acts:
        event = act[2]
        if event.context is not None and event.context.recipient and event.context.recipient.casefold() not in SELF:
            found.append((event.context.recipient, act))
        if event.context is not None and event.context.occasion:
            found.append((event.context.occasion, act))
        if event.text and event.kind in ("searched", "said"):
            found += [(name, act) for name in needs_named(event.text)]
    return found


def is_for_others(visit: Visit) -> bool:
    """Whether what was looked at in `visit` was for somebody else, as far as was said."""
    named = any(
        act[2].context is not None and act[2].context.recipient and act[2].context.recipient.casefold() not in SELF
        for act in visit.acts
    )
    return named or any(name in for_others() for name, _ in purposes(visit))


def passing(visits: Sequence[Visit]) -> frozenset[int]:
    """Return the numbers of the visits for occasions that all lie within `NEED_DAYS`: needs that pass, not tastes."""
    named: dict[str, list[Visit]] = {}
    for visit in visits:
        for value in {act[2].context.occasion for act in visit.acts if act[2].context is not None}:
            if value:
                named.setdefault(value, []).append(visit)
    return frozenset(
        visit.number for own in named.values() if own[-1].end - own[0].start < NEED_DAYS * 86400 for visit in own
    )


def needs_of(visits: Sequence[Visit], now: float) -> tuple[Need, ...]:
    """Return the needs named in the last `NEED_DAYS` days for which nothing was bought, the newest first."""
    acts: dict[str, list[Act]] = {}
    met: dict[str, float] = {}
    for visit in visits:
        named = purposes(visit)
        for value, act in named:
            acts.setdefault(value, []).append(act)
        for time, _, event in visit.acts:
            if event.kind == "bought":
                met |= {value: time for value, _ in named}
    found = []
    for value, own in acts.items():
        last = own[-1][0]
        expires = last + NEED_DAYS * 86400
        if expires <= now or met.get(value, -math.inf) >= last:
            continue
        found.append(
            Need(
                id=fact_id("need", "purpose", value),
                kind="need",
                field="purpose",
                value=value,
                confidence=round((len(own) + 1) / (len(own) + 2), 4),
                evidence=tuple(act[1] for act in own[: -MOST_EVIDENCE - 1 : -1]),
                first_seen=own[0][0],
                last_seen=last,
                half_life_days=NEED_DAYS / 2,
                origin="stated" if own[-1][2].text else "observed",
                sentence=sentence("need", value=value, date=expires),
                expires=expires,
            )
        )
    return tuple(sorted(found, key=lambda need: (-need.last_seen, str(need.value))))


def identities_of(
    visits: Sequence[Visit], taste: Mapping[int, str], interests: Sequence[Interest], snapshot: Snapshot
) -> tuple[Identity, ...]:
    """Return those for whom visits were made, and the people that devices or hours and tastes tell apart.

    Visits are parted by each device against the others, and by each half of the day. A part stands for a person when
    which interest a visit turns to (`taste`, by the visit's number) depends on it (likelihood ratio test, as a z-value
    of at least `APART`), and at least `MOSTLY` of the visits lie on the side of their interest.
    """
    others = _recipients(visits)
    own = [visit for visit in visits if visit.number in taste]
    best: tuple[float, list[Visit]] | None = None
    for part in _parts(own):
        side = {visit.number for visit in part}
        if min(len(side), len(own) - len(side)) < LEAST_SIDE:
            continue
        score, pure = _apart([(taste[visit.number], visit.number in side) for visit in own])
        if pure and score >= APART and (best is None or score > best[0]):
            best = (score, list(part))
    if best is None:
        return others
    score, part = best
    side = {visit.number for visit in part}
    rest = [visit for visit in own if visit.number not in side]
    named = {each.id: each for each in interests}
    sides = [Counter(taste[visit.number] for visit in group) for group in (part, rest)]
    mine = [[name for name in one if one[name] > other[name]] for one, other in (sides, sides[::-1])]
    if not all(mine):
        return others
    groups = [
        [visit for visit in group if taste[visit.number] in own] for group, own in zip((part, rest), mine, strict=True)
    ]
    people = [_identity(group, len(visits), taste, named, score, snapshot) for group in groups]
    return (*sorted(people, key=lambda each: (-each.share, str(each.value))), *others)


def _parts(visits: Sequence[Visit]) -> list[list[Visit]]:
    devices: dict[str, list[Visit]] = {}
    for visit in visits:
        context = visit.acts[0][2].context
        if context is not None and context.device:
            devices.setdefault(context.device, []).append(visit)
    found = [group for _, group in sorted(devices.items())]
    for start in range(0, 12, 2):
        found.append([visit for visit in visits if (_hour(visit) - start) % 24 < 12])
    return found


def _apart(seen: Sequence[tuple[str, bool]]) -> tuple[float, bool]:
    """Return the z-value of the dependence between taste and side, and whether tastes keep to one side."""
    table = Counter(seen)
    tastes, n = sorted({taste for taste, _ in seen}), len(seen)
    if len(tastes) < 2:
        return 0.0, False
    rows = {taste: table[taste, True] + table[taste, False] for taste in tastes}
    sides = {side: sum(table[taste, side] for taste in tastes) for side in (True, False)}
    ratio = 2 * sum(count * math.log(count * n / (rows[taste] * sides[side])) for (taste, side), count in table.items())
    # Wilson and Hilferty: the cube root of a chi-square variable is nearly normal.
    free = len(tastes) - 1
    score = ((ratio / free) ** (1 / 3) - (1 - 2 / (9 * free))) / math.sqrt(2 / (9 * free))
    kept = sum(max(table[taste, True], table[taste, False]) for taste in tastes)
    return score, kept >= MOSTLY * n


def _hour(visit: Visit) -> int:
    time, _, event = visit.acts[0]
    offset = event.context.offset if event.context is not None and event.context.offset is not None else 0
    return int((time + 60 * offset) % 86400 // 3600)


def _identity(
    visits: Sequence[Visit],
    total: int,
    taste: Mapping[int, str],
    named: Mapping[str, Interest],
    score: float,
    snapshot: Snapshot,
) -> Identity:
    counts = Counter(taste[visit.number] for visit in visits)
    mine = [named[name] for name, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    labels = tuple(f"{each.field}={each.value}" for each in mine)
    hours = np.bincount([_hour(visit) for visit in visits], minlength=24)
    devices = Counter(
        context.device for visit in visits if (context := visit.acts[0][2].context) is not None and context.device
    )
    share = len(visits) / total
    values = [str(each.value) for each in mine]
    text = sentence("identity", snapshot.schema, field=mine[0].field, value=values, share=share)
    return Identity(
        id=fact_id("identity", "person", labels),
        kind="identity",
        field="person",
        value=list(labels),
        confidence=round(1 - 0.5 * math.erfc(score / math.sqrt(2)), 4),
        evidence=tuple(visit.acts[-1][1] for visit in visits[: -MOST_EVIDENCE - 1 : -1]),
        first_seen=visits[0].start,
        last_seen=visits[-1].end,
        half_life_days=HALF_LIFE_DAYS,
        origin="rule",
        sentence={key: each[:1].upper() + each[1:] for key, each in text.items()},
        share=round(share, 4),
        interests=labels,
        hours=tuple(int(hour) for hour in np.flatnonzero(hours >= max(2, 0.2 * hours.sum()))),
        devices=tuple(sorted(name for name, count in devices.items() if count >= 0.2 * len(visits))),
    )


def _recipients(visits: Sequence[Visit]) -> tuple[Identity, ...]:
    groups: dict[str, list[Visit]] = {}
    for visit in visits:
        if not is_for_others(visit):
            continue
        named = [
            act[2].context.recipient for act in visit.acts if act[2].context is not None and act[2].context.recipient
        ]
        groups.setdefault(named[0] if named else "someone", []).append(visit)
    found = []
    for recipient, own in sorted(groups.items()):
        share = len(own) / len(visits)
        found.append(
            Identity(
                id=fact_id("identity", "recipient", recipient),
                kind="identity",
                field="recipient",
                value=recipient,
                confidence=0.9,
                evidence=tuple(visit.acts[-1][1] for visit in own[: -MOST_EVIDENCE - 1 : -1]),
                first_seen=own[0].start,
                last_seen=own[-1].end,
                half_life_days=HALF_LIFE_DAYS,
                origin="rule",
                sentence=sentence("identity.recipient", value=recipient, share=share),
                share=round(share, 4),
                recipient=recipient,
            )
        )
    return tuple(found)
