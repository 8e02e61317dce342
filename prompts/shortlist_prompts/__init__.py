"""Prompts: versioned files, a strict loader, the lock they are held to, and the schemas of their answers."""

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
