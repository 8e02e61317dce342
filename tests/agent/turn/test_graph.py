"""The stages run as a graph where somebody listens, and one after the other where nobody does; the replies are one."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import RunnableConfig

from shortlist import Recommender
from shortlist.turn.graph import STAGES, turn_graph

TALK = (
    "noise cancelling headphones under $150, not Sony",
    "再便宜一点",
    "which one has the longest battery?",
    "thanks!",
)


class Listener(BaseCallbackHandler):
    """Keeps the names of what runs."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def on_chain_start(self, serialized: Any, inputs: Any, **given: Any) -> None:
        self.heard.append(str(given.get("name")))


def _held(recommender: Recommender, listener: Listener | None) -> list[dict[str, Any]]:
    """Return the replies of one conversation, without what differs from run to run."""
    config: RunnableConfig = {"callbacks": [listener]} if listener else {}
    replies = []
    for message in TALK:
        said = {"message": message, "session_id": "one"}  # the same, for wordings differ by session
        reply = recommender.as_runnable().invoke(said, config=config)
        replies.append({name: value for name, value in reply.items() if name not in ("usage", "trace_id")})
    recommender.forget(None, "one")
    return replies


def test_whoever_listens_hears_every_stage_and_changes_nothing(recommender: Recommender) -> None:
    listener = Listener()
    assert _held(recommender, listener) == _held(recommender, None)
    assert [name for name in listener.heard if name in STAGES] == list(STAGES) * len(TALK)


def test_the_async_door_is_heard_as_well(recommender: Recommender) -> None:
    listener = Listener()
    said = {"message": "hello", "session_id": "async"}
    asyncio.run(recommender.as_runnable().ainvoke(said, config={"callbacks": [listener]}))
    assert [name for name in listener.heard if name in STAGES] == list(STAGES)


def test_the_graph_draws_the_stages_in_their_order() -> None:
    edges = {(edge.source, edge.target) for edge in turn_graph().get_graph().edges}
    names = ["__start__", *STAGES, "__end__"]
    assert edges == {*pairwise(names), ("decide", "plan")}
