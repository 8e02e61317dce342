"""Prompts: versioned files, a strict loader, the lock they are held to, and the schemas of their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shortlist_prompts.blocks import Block, block, neutralise
    from shortlist_prompts.errors import CallerError, OperatorError, PromptError, ProviderError, ShortlistError
    from shortlist_prompts.files import Input
    from shortlist_prompts.library import Prompts
    from shortlist_prompts.prompt import Prompt, Rendered
    from shortlist_prompts.schemas import SCHEMAS, PlanRows, ProfileRows, UnderstandRows, json_schema

__all__ = [
    "SCHEMAS",
    "Block",
    "CallerError",
    "Input",
    "OperatorError",
    "PlanRows",
    "ProfileRows",
    "Prompt",
    "PromptError",
    "Prompts",
    "ProviderError",
    "Rendered",
    "ShortlistError",
    "UnderstandRows",
    "block",
    "json_schema",
    "neutralise",
]
_HOMES = {
    **dict.fromkeys(("Block", "block", "neutralise"), "blocks"),
    **dict.fromkeys(("CallerError", "OperatorError", "PromptError", "ProviderError", "ShortlistError"), "errors"),
    "Input": "files",
    "Prompts": "library",
    **dict.fromkeys(("Prompt", "Rendered"), "prompt"),
    **dict.fromkeys(("SCHEMAS", "PlanRows", "ProfileRows", "UnderstandRows", "json_schema"), "schemas"),
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used: the errors, which everything imports, need no templates."""
    if name not in _HOMES:
        raise AttributeError(f"module 'shortlist_prompts' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"shortlist_prompts.{_HOMES[name]}"), name)
