"""The slash commands of the chat: why, profile, forget, language, help."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shortlist.cli.cards import Screen
    from shortlist.recommender import Recommender
    from shortlist.reply import Reply

HELP = {
    "/why": "how the last reply came about: plan, ledger, signals, prompts, cost",
    "/profile": "what is known of you",
    "/forget": "erase everything about you, this conversation included",
    "/user ID": "talk as somebody else (the demo has shoppers of its own: /users)",
    "/lang en|zh|auto": "the language of replies",
    "/new": "begin a new conversation",
    "/help": "this list",
    "/quit": "leave",
}


@dataclass
class Stay:
    """Who is talking, in which conversation, and what was answered last."""

    recommender: Recommender
    user: str | None
    session: str
    language: str | None
    last: Reply | None = None


class Commands:
    """Runs slash commands."""

    def __init__(self, stay: Stay, screen: Screen) -> None:
        self._stay = stay
        self._screen = screen

    def run(self, line: str, as_json: bool = False) -> bool:
        """Run the command in `line`; False when it ends the chat."""
        name, _, argument = line.partition(" ")
        if name in ("/quit", "/exit", "/q"):
            return False
        action = getattr(self, f"_{name[1:]}", None) if name[1:].isalpha() else None
        if action is None:
            self._screen.note(f"There is no command {name}; /help lists them.")
        else:
            action(argument.strip(), as_json)
        return True

    def _help(self, argument: str, as_json: bool) -> None:
        self._screen.table(list(HELP.items()))

    def _why(self, argument: str, as_json: bool) -> None:
        if self._stay.last is None:
            self._screen.note("Nothing has been answered yet.")
        elif as_json:
            _print(self._stay.last.to_json())
        else:
            self._screen.why(self._stay.last)

    def _profile(self, argument: str, as_json: bool) -> None:
        if self._stay.user is None:
            self._screen.note("You are a guest: nothing is kept beyond this conversation. /user ID makes you somebody.")
            return
        profile = self._stay.recommender.profiles.get(self._stay.user)
        if as_json:
            _print(profile)
        else:
            self._screen.profile(profile, self._stay.recommender.catalog.schema, self._stay.language or "en")

    def _forget(self, argument: str, as_json: bool) -> None:
        counts = self._stay.recommender.forget(self._stay.user, self._stay.session)
        self._stay.last = None
        self._screen.note(
            "Erased: " + ", ".join(f"{count} {name}" for name, count in counts.items() if count or name == "turns")
        )

    def _lang(self, argument: str, as_json: bool) -> None:
        if argument not in ("en", "zh", "auto"):
            self._screen.note("/lang takes en, zh or auto.")
            return
        self._stay.language = None if argument == "auto" else argument
        self._screen.note(
            {"en": "I'll answer in English.", "zh": "接下来用中文回答。"}.get(argument, "I'll answer in your language.")
        )

    def _user(self, argument: str, as_json: bool) -> None:
        self._stay.user = argument or None
        self._new("", as_json)
        self._screen.note(f"You are now {argument or 'a guest'}, in a new conversation.")

    def _users(self, argument: str, as_json: bool) -> None:
        from shortlist.demo import shoppers

        language = self._stay.language or "en"
        self._screen.table([(one["id"], f"{one['name'][language]}: {one['about'][language]}") for one in shoppers()])

    def _new(self, argument: str, as_json: bool) -> None:
        import uuid

        self._stay.session = uuid.uuid4().hex[:12]
        self._stay.last = None


def _print(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()
