"""Where a message is read, and how long it may be there."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Channel(BaseModel):
    """A place where messages are read; `max_length` counts characters."""

    model_config = ConfigDict(frozen=True)

    name: str
    max_length: int


CHAT = Channel(name="chat", max_length=1_500)
"""The conversation itself."""
