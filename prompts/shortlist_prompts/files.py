"""One prompt file: YAML front matter over a fixed system part and a user part, checked as it is read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from typing import Literal

import yaml
from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, meta
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shortlist_prompts.blocks import Source
from shortlist_prompts.errors import PromptError

SYSTEM, USER = "=== system ===", "=== user ==="
ENVIRONMENT = Environment(
    undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False
)


class Input(BaseModel):
    """One input of a prompt: its type, and who wrote it.

    Types: `text` is a string, `lines` a sequence of strings that take one line each, `word` one of `among` or, without
    that, a short word of letters, digits, `-`, `_` and `.`; a `word` is written by code and never fenced.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["text", "lines", "word"]
    source: Source = Field(default="code", alias="from")
    among: tuple[str, ...] = ()
    note: str = ""


class FrontMatter(BaseModel):
    """What a prompt file says about itself.

    Attributes:
        id: Name of the folder it lies in.
        version: Semantic version; a released one never changes.
        date: Day of its release.
        why: What the version is for, or what it changes and on what evidence.
        inputs: Every input the user part reads.
        output: `text`, or the name of a schema in `shortlist_prompts.schemas`.
        max_tokens: Most tokens the answer may take.
        locale: What to know about its languages.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    date: date
    why: str = Field(min_length=10)
    inputs: dict[str, Input]
    output: str
    max_tokens: int = Field(gt=0)
    locale: str


class PromptFile(BaseModel):
    """A prompt file that has been read and checked, not yet compared with the lock."""

    model_config = ConfigDict(frozen=True)

    front: FrontMatter
    system: str
    user: str
    digest: str


def normalised(content: str) -> str:
    """Return `content` in NFC, with line feeds, no trailing blanks and one final newline: what the lock hashes."""
    lines = unicodedata.normalize("NFC", content.lstrip("\ufeff")).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def parse(content: str, where: str) -> PromptFile:
    """Return the prompt in `content`.

    Args:
        content: The file's text.
        where: What to call the file in an error, such as `plan/1.0.0.prompt.md`.

    Raises:
        PromptError: If the front matter, the two parts or the inputs are not as they should be; names the file.
    """
    text = normalised(content)
    match = re.fullmatch(rf"---\n(.*?)\n---\n+{SYSTEM}\n(.*?)\n{USER}\n(.*)", text, re.DOTALL)
    if match is None:
        raise PromptError(
            f"{where}: expected YAML between two '---' lines, then a line {SYSTEM!r} with the fixed part below it, "
            f"then a line {USER!r} with the part that uses the inputs"
        )
    front = _front_matter(match[1], where)
    system, user = match[2].strip(), match[3].strip()
    if fixed := _variables(system, where):
        raise PromptError(f"{where}: the system part is fixed so that servers can cache it, but it reads {fixed}")
    read, declared = _variables(user, where), sorted(front.inputs)
    if missing := sorted(set(read) - set(declared)):
        raise PromptError(f"{where}: the user part reads {missing}, which `inputs` does not declare")
    if unused := sorted(set(declared) - set(read)):
        raise PromptError(f"{where}: `inputs` declares {unused}, which the user part never reads")
    return PromptFile(front=front, system=system, user=user, digest=hashlib.sha256(text.encode()).hexdigest())


def _front_matter(text: str, where: str) -> FrontMatter:
    try:
        return FrontMatter.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise PromptError(f"{where}: the front matter is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "front matter"
        raise PromptError(f"{where}: {field}: {first['msg']} (got {first['input']!r})") from error


def _variables(template: str, where: str) -> list[str]:
    try:
        return sorted(meta.find_undeclared_variables(ENVIRONMENT.parse(template)))
    except TemplateSyntaxError as error:
        raise PromptError(f"{where}: template line {error.lineno}: {error.message}") from error
