"""Shortlist recommends items from a catalog in conversation, in English and Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shortlist.recommender import Recommender
    from shortlist.reply import Question, Reply, ShownItem, Usage
    from shortlist.settings import Settings
    from shortlist_prompts.errors import ShortlistError
    from shortlist_tools.catalog import Requirement
    from shortlist_tools.model import Budget, Model
    from shortlist_tools.profile import Event
    from shortlist_tools.tool import Tool

__all__ = [
    "Budget",
    "Event",
    "Model",
    "Question",
    "Recommender",
    "Reply",
    "Requirement",
    "Settings",
    "ShortlistError",
    "ShownItem",
    "Tool",
    "Usage",
]
_HOMES = {
    "Budget": "shortlist_tools.model",
    "Event": "shortlist_tools.profile",
    "Model": "shortlist_tools.model",
    "Question": "shortlist.reply",
    "Recommender": "shortlist.recommender",
    "Reply": "shortlist.reply",
    "Requirement": "shortlist_tools.catalog",
    "Settings": "shortlist.settings",
    "ShortlistError": "shortlist_prompts.errors",
    "ShownItem": "shortlist.reply",
    "Tool": "shortlist_tools.tool",
    "Usage": "shortlist.reply",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used, so that `import shortlist` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'shortlist' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
