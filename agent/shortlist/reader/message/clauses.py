"""A message cut into clauses: at punctuation, at conjunctions, and where somebody's advice is reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PUNCTUATION = re.compile(
    r"[!?;,()\[\]!?;,。()\n]+|(?<!\d)\.(?!\d)|(?<=\d)\.(?!\d)|\s[-–]\s|…|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)
"""Chinese in chats is divided by spaces, too."""
_SENTENCE_ENDS = frozenset("!?;。.\n…")
_CONNECTORS = re.compile(
    r"\b(?:but|because|although|though|however|so(?= (?:i|we|please|something|show|give|find))|while|"
    r"and(?= (?:i|i'd|i'm|it|they|we|please|also|then|want|need|show|give|make|no|not|without|preferably|ideally|"
    r"maybe|nothing|under|below|over|at least|at most|up to|less than|more than|around|about|between|"
    r"costing|cheaper)\b))\b"
    r"|但是|但|不过|然后|另外|所以|因为|可是|此外|(?<=[坏破碎断丢]了)(?=[你您]|能|可以|怎么|咋|有没有|哪)"
)
_REPORTED = re.compile(
    r"\b(?:told|tell|tells|said|says|say|saying|advised|advises|recommended|recommends|suggested|suggests|reckons?|"
    r"insists?|"
    r"thinks|asked|asks)\b(?: (?:me|us|him|her|them))?(?: (?:yesterday|today|recently|last \w+|the other day|once))?"
    r"(?:(?: that)? (?=(?:i|we|i'd|he|she|they) (?:really )?(?:should|need|needs|must|ought|want|have to|had better|"
    r"could do with)\b)"
    r"| (?:to )?(?=(?:get|buy|find|look for|pick up|choose|go for|order|bring|getting|buying)\b))"
    r"|(?:说|建议|告诉我|推荐|让|叫|要求)(?:我|我们)?(?=我?们?(?:需要|应该|该|得|要|最好|可以)?(?:买|选|换|找|挑|"
    r"入手)(?!了|过|的))"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the message between punctuation or conjunctions; `sentence` counts sentences from 0.

    `reports` says that it only tells whose advice the words after it are ("my physio told me last month that").
    """

    start: int
    end: int
    sentence: int
    reports: bool = False


def split_clauses(folded: str, joined: Sequence[tuple[int, int]] = ()) -> list[Clause]:
    """Split a folded message into clauses, empty ones left out; always at least one. Stretches `joined` stay whole."""
    reported = {m.end() for m in _REPORTED.finditer(folded)}
    cuts: list[tuple[int, int, bool]] = [
        (m.start(), m.end(), not _SENTENCE_ENDS.isdisjoint(m.group()))
        for m in _PUNCTUATION.finditer(folded)
        if not _inside_number(folded, m.start()) and not any(start < m.start() < end - 1 for start, end in joined)
    ]
    cuts += [
        (m.start(), m.start(), False)
        for m in _CONNECTORS.finditer(folded)
        if not any(start < m.start() < end for start, end in joined)
    ]
    cuts += [(at, at, False) for at in reported if not any(start < at < end for start, end in joined)]
    clauses: list[Clause] = []
    start = sentence = 0
    for cut_start, cut_end, ends_sentence in [*sorted(cuts), (len(folded), len(folded), True)]:
        if cut_start < start:
            continue
        if folded[start:cut_start].strip():
            clauses.append(Clause(start, cut_start, sentence, reports=cut_start in reported))
        if ends_sentence and clauses and clauses[-1].sentence == sentence:
            sentence += 1
        start = cut_end
    return clauses or [Clause(0, len(folded), 0)]


def _inside_number(folded: str, at: int) -> bool:
    return folded[at] in ",:" and 0 < at < len(folded) - 1 and folded[at - 1].isdigit() and folded[at + 1].isdigit()


def settled_ends(folded: str) -> set[int]:
    """Return where words end that settle for something: 还是法压壶算了 takes one, 法压壶就算了 gives it up."""
    return {match.end() for match in _SETTLES.finditer(folded)} if "算了" in folded else set()


_SETTLES = re.compile(r"(?:还是|干脆|不如|要不|索性|就)(?!就)(?![^,。!?;]*[不没别])[^,。!?;\s]{1,10}?(?<!就)(?=算了)")
