"""Remarks that ask for nothing this catalog could give: noticed by what they mean, so that they move no search."""

from __future__ import annotations

import re

import numpy as np

from shortlist.offline import INDEFINITE, INDIFFERENT, OPENING
from shortlist.turn.state import Services, Session, yes_or_no
from shortlist.turn_plan import TurnPlan
from shortlist_tools.catalog import Schema
from shortlist_tools.text import tokens

FOREIGN = 0.16
"""Below this similarity to every item, the words of a message have nothing to do with the catalog."""
FAR = 0.25
"""Below this one they have little to do with it; then most of them must be unknown to it, too."""
LEAST_KNOWN = 0.5
LEAST_LETTERS = 5
"""Shorter Latin names stand inside too many other words."""
_SENTENCE = re.compile(
    r"^\W*(?:(?:so|and|but|oh|ah|well|hey|ok|okay|lol|haha|hm+|anyway|btw|by the way|yeah|ugh|also)\W+)*"
    r"(?:should (?:i|we)|you(?:'re| are)|do you|did you|are you|have you|would you|what do you|who do you|why|i|"
    r"i'm|i've|im|we|my|our|it's|its|he|she|they|there|this|that|today|tomorrow|yesterday|what an?|nice|such a|"
    r"the \w+ (?:is|was|are))\b"
    r"|^\W*(?:你|您|我|咱|他|她|它|今天|昨天|明天|刚才?|唉|哎|哇|外面|天|最近)|[吗么吧呀啊]\W*$|了\W*$",
    re.IGNORECASE,
)
_CRITIQUE = re.compile(
    r"\b(?:too|enough|more|less|rather|instead|prefers?|wants?|needs?|looking|something|anything|ones?|help|for|"
    r"likes?|loves?|enjoys?|into)\b"
    r"|太|更|不够|有吗|有没有|有什么|一点|一些|点的|想|要|买|找|送|给|爱|喜欢|的\W*$|款|这|那|帮",
    re.IGNORECASE,
)
"""Words that say what is wrong with a slate, or what is wanted or liked, in whatever terms."""
_OF_ONESELF = re.compile(
    r"^\W*(?:(?:btw|by the way|fyi|oh|also|and|well|just so you know)\W+)*(?:i'?m|i am) (?:an? |also |really )*"
    r"[\w'-]+(?: [\w'-]+)?(?:,? (?:btw|by the way|fyi|too|now|actually))?\W*$"
    r"|^\W*(?:对了|话说|顺便说一?下?|其实|哦)*[,，]?我(?:们)?(?:现在|平时|一般|其实|从来|也)*(?:是|吃|不吃|喝|不喝|信|抽|不抽)[^,，。!?！？]{1,8}\W*$",
    re.IGNORECASE,
)
"""What somebody is or keeps to, told in passing: "I'm vegan btw", 我吃素."""
_WHETHER = re.compile(r"(.)不\1")


def without_asides(plan: TurnPlan, message: str, session: Session, services: Services) -> TurnPlan:
    """Return `plan`, as small talk or off the subject where its message only passes a remark.

    Such a message brings no requirement, points at no item, reads as a sentence of its own, and its words are far from
    every item of the catalog. An answer to a question is none, unless it asks something itself.
    """
    wishing = (
        plan.source == "built-in"
        and plan.intent in ("find", "refine")
        and not plan.edits
        and not plan.about
        and not plan.good
    )
    if not wishing or plan.foreign or not _SENTENCE.search(message):
        return plan
    said = _WHETHER.sub("", message)
    if any(pattern.search(said) for pattern in (_CRITIQUE, OPENING, INDEFINITE, INDIFFERENT)):
        return plan
    gate = services.policies.age_gate
    answered = session.confirmations and yes_or_no(message, gate.minimum if gate else None) is not None
    if answered or _names_a_value(message, services.schema):
        return plan
    asks = message.rstrip().endswith(("?", "？", "吗", "么"))
    if (session.pending and not asks) or not _is_foreign(message, services):
        return plan
    if not asks and _OF_ONESELF.search(message):
        return plan.model_copy(update={"intent": "chat", "query": "", "inquiry": "told"})
    return plan.model_copy(update={"intent": "off_topic" if asks or not session.ledger else "chat", "query": ""})


def _names_a_value(message: str, schema: Schema) -> bool:
    """Return whether a value of the catalog is named, though nothing was asked of it ("they live in Beijing")."""
    said = message.casefold()
    return any(
        name.casefold() in said and len(name) >= (LEAST_LETTERS if name.isascii() else 2)
        for field in schema.fields
        for names in field.values.values()
        for each in names.values()
        for name in each
    )


def _is_foreign(words: str, services: Services) -> bool:
    """Return whether no item of the catalog is near what `words` mean; not where meaning cannot be searched by yet."""
    found = services.searcher.candidates(words, n=10)
    if len(found.similarity) == 0 or bool(np.isnan(found.similarity).all()):
        return False
    nearest = float(np.nanmax(found.similarity))
    if nearest < FOREIGN:
        return True
    if nearest >= FAR:
        return False
    parts = list(dict.fromkeys(tokens(words)))
    known = [part for part in parts if bool((services.searcher.candidates(part, n=1, by="words").lexical > 0).any())]
    return len(known) < LEAST_KNOWN * len(parts)
