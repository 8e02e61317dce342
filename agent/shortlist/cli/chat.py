"""The conversation in a terminal or over standard input: cards, reasons, the question, and the slash commands."""

from __future__ import annotations

import asyncio
import json
import sys
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shortlist.cli.cards import Screen
from shortlist.cli.commands import Commands, Stay

if TYPE_CHECKING:
    from shortlist.recommender import Recommender
    from shortlist.reply import Reply

GREETING = {
    "en": "What are you looking for? Say it in your own words (/help for commands, /quit to leave).",
    "zh": "想找什么，直接说就行（/help 查看命令，/quit 退出）。",
}


def chat(
    recommender: Recommender,
    *,
    user: str | None = None,
    session: str | None = None,
    language: str | None = None,
    as_json: bool = False,
    title: str = "shortlist",
) -> None:
    """Read messages until the end of input and answer each; `as_json` prints one reply a line instead."""
    recommender.prepare(wait=False)
    session = session or uuid.uuid4().hex[:12]
    stay = Stay(recommender=recommender, user=user, session=session, language=language)
    screen = Screen()
    commands = Commands(stay, screen)
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if terminal and not as_json:
        screen.greet(title, GREETING[language or "en"])
    for line in _lines(terminal and not as_json):
        message = line.strip()
        if not message:
            continue
        if message.startswith("/"):
            if not commands.run(message, as_json=as_json):
                return
            continue
        if as_json:
            reply = recommender.reply(message, user_id=stay.user, session_id=stay.session, language=stay.language)
            print(json.dumps(reply.to_json(), ensure_ascii=False), flush=True)
        elif terminal:
            reply = _streamed(stay, screen, message)
        else:
            reply = recommender.reply(message, user_id=stay.user, session_id=stay.session, language=stay.language)
            screen.plain(message, reply)
        stay.last = reply


def _streamed(stay: Stay, screen: Screen, message: str) -> Reply:
    """Answer in a terminal: sentences appear as they are verified."""
    from shortlist.reply import Reply

    async def follow() -> Reply:
        with screen.answering() as answer:
            events = stay.recommender.stream(
                message, user_id=stay.user, session_id=stay.session, language=stay.language
            )
            async for happening in events:
                if happening["type"] == "reply":
                    return Reply.model_validate(happening["data"])
                answer.hear(happening)
        raise RuntimeError("the stream ended without a reply")

    reply = asyncio.run(follow())
    screen.finish(reply)
    return reply


def _lines(terminal: bool) -> Iterator[str]:
    if not terminal:
        yield from sys.stdin
        return
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import ANSI

    prompt: PromptSession[str] = PromptSession()
    while True:
        try:
            yield prompt.prompt(ANSI("\x1b[1;36m›\x1b[0m "))
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
