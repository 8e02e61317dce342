"""One random conversation, the same for the same seed: who talks, under which policies, what is said, what broke."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from shortlist.reply import Reply
from shortlist_evals.invariants.checks import violations
from shortlist_evals.invariants.moment import Moment
from shortlist_evals.invariants.talker import Said, Talker
from shortlist_evals.invariants.worlds import World, user_facts

if TYPE_CHECKING:
    from shortlist import Recommender

MOST_TURNS = 8


@dataclass(frozen=True)
class Violation:
    """A promise broken in turn `turn`: which check, and how."""

    turn: int
    check: str
    what: str


@dataclass
class Conversation:
    """What was said and what broke.

    Attributes:
        seed: It makes the same conversation again.
        world: `demo` or `chorus`.
        faulty: Whether a misbehaving model took part.
        exchanges: Messages and replies.
        broken: Promises broken.
    """

    seed: int
    world: str
    faulty: bool
    exchanges: list[tuple[Said, Reply]] = field(default_factory=list)
    broken: list[Violation] = field(default_factory=list)


def converse(seed: int, world: World, *, faulty: bool, most_turns: int = MOST_TURNS) -> Conversation:
    """Hold conversation `seed` over `world` and return it, with every promise that was broken.

    An exception is a broken promise too, called `answers`.
    """
    rng = Random(f"{world.name}:{faulty}:{seed}")
    policy = rng.randrange(100)
    policies = world.policies(policy)
    recommender, saboteur = world.recommender(policy, faulty=faulty)
    if saboteur is not None:
        saboteur.begin(Random(rng.random()))
    done = Conversation(seed, world.name, faulty)
    user, facts, events = _user(seed, world, policies, recommender, faulty=faulty, rng=rng)
    talker = Talker(world, Random(rng.random()))
    reply: Reply | None = None
    for turn in range(1, rng.randint(1, most_turns) + 1):
        said = talker.say(reply)
        ask: dict[str, Any] = {"user_id": user, "session_id": f"{seed}-{faulty}", "key": f"k{turn}"}
        streams = rng.random() < 0.2
        try:
            reply, streamed = asyncio.run(_streamed(recommender, said.text, ask)) if streams else (
                recommender.reply(said.text, **ask), None)  # fmt: skip
            if rng.random() < 0.05 and recommender.reply(said.text, **ask) != reply:
                done.broken.append(Violation(turn, "repeats", "the same key gave another reply"))
        except Exception as error:  # noqa: BLE001  (whatever a turn raises is what is looked for)
            done.broken.append(Violation(turn, "answers", f"{said.text[:300]!r} raised {_raised(error)}"))
            return done
        moment = Moment(world, policies, facts, events, tuple(done.exchanges), said, reply, streamed)
        done.exchanges.append((said, reply))
        done.broken += [Violation(turn, check, what) for check, what in violations(moment)]
    return done


def _user(
    seed: int, world: World, policies: Mapping[str, Any], recommender: Recommender, *, faulty: bool, rng: Random
) -> tuple[str | None, dict[str, Any], list[dict[str, Any]]]:
    """Return a guest, or a user of this conversation alone with facts and events recorded."""
    if rng.random() < 0.3:
        return None, {}, []
    user = f"u{seed}-{faulty}"
    facts, events = user_facts(world, policies, rng)
    if events:
        recommender.profiles.record(user, events)
    for name, value in facts.items():
        recommender.profiles.set(user, name, value)
    return user, facts, events


async def _streamed(recommender: Recommender, text: str, ask: Mapping[str, Any]) -> tuple[Reply, list[dict[str, Any]]]:
    happened = [dict(event) async for event in recommender.stream(text, **ask)]
    if not happened or happened[-1]["type"] != "reply":
        raise AssertionError("the stream ended without a reply")
    return Reply.model_validate(happened[-1]["data"]), happened[:-1]


def _raised(error: Exception) -> str:
    """Return what was raised and where: the innermost of the project's own places."""
    places = [place for place in traceback.extract_tb(error.__traceback__) if "/shortlist" in place.filename]
    where = f" at {Path(places[-1].filename).name}:{places[-1].lineno}" if places else ""
    return f"{type(error).__name__}: {error}"[:500] + where


def shown(conversation: Conversation) -> str:
    """Return the conversation as text, with what broke under the turn that broke it."""
    kind = "a misbehaving model" if conversation.faulty else "the built-in planner"
    lines = [f"seed {conversation.seed} over {conversation.world} with {kind}"]
    for turn, (said, reply) in enumerate(conversation.exchanges, start=1):
        lines.append(f"\n{turn}. [{said.occasion}] {said.text[:400]!r}")
        message = reply.message.replace("\n", "\n   ")
        lines.append(
            f"   {reply.kind} {[one.id for one in reply.items]} matching {reply.matching}, policy by seed\n   {message}"
        )
        lines += [
            f"   {row.id} {row.field} {row.op} {row.value} {row.unit or ''} {'hard' if row.hard else 'soft'} "
            f"{row.origin} {row.quote!r} {row.group or ''} {row.scope or ''}".rstrip()
            for row in reply.ledger
            if row.status == "active"
        ]
        lines += [f"   note: {note}" for note in reply.notes]
        lines += [f"   BROKEN {one.check}: {one.what}" for one in conversation.broken if one.turn == turn]
    lines += [
        f"   BROKEN {one.check}: {one.what}" for one in conversation.broken if one.turn > len(conversation.exchanges)
    ]
    return "\n".join(lines)
