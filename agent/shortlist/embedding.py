"""A recommender inside somebody else's chatbot: as a LangChain tool and as a runnable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableLambda
from langchain_core.tools import StructuredTool
from pydantic import BaseModel

if TYPE_CHECKING:
    from shortlist.recommender import Recommender


class Ask(BaseModel):
    """One message of a conversation."""

    message: str
    user_id: str | None = None
    session_id: str = "default"


def recommender_tool(recommender: Recommender) -> StructuredTool:
    """Return a tool whose result has `kind`, `message`, `items` (id, title, facts, reasons) and `question`."""

    def short(reply: Any) -> dict[str, Any]:
        keep = {
            "kind": True,
            "message": True,
            "question": True,
            "items": {"__all__": {"id", "title", "facts", "reasons"}},
        }
        result: dict[str, Any] = reply.model_dump(mode="json", include=keep)
        return result

    def work(message: str, user_id: str | None = None, session_id: str = "default") -> dict[str, Any]:
        return short(recommender.reply(message, user_id=user_id, session_id=session_id))

    async def awork(message: str, user_id: str | None = None, session_id: str = "default") -> dict[str, Any]:
        return short(await recommender.areply(message, user_id=user_id, session_id=session_id))

    return StructuredTool.from_function(
        func=work,
        coroutine=awork,
        name="shortlist",
        description="Answers a shopper's message from the catalog; give it the words as they are.",
        args_schema=Ask,
    )


def recommender_runnable(recommender: Recommender) -> Runnable[Any, Any]:
    """Return a runnable from a message, or a mapping with `message`, `user_id` and `session_id`, to a reply as JSON."""

    def asked(given: str | Mapping[str, Any]) -> Ask:
        return Ask.model_validate({"message": given} if isinstance(given, str) else dict(given))

    def work(given: str | Mapping[str, Any]) -> dict[str, Any]:
        return recommender.reply(**asked(given).model_dump()).to_json()

    async def awork(given: str | Mapping[str, Any]) -> dict[str, Any]:
        return (await recommender.areply(**asked(given).model_dump())).to_json()

    return RunnableLambda(work, afunc=awork, name="shortlist")
