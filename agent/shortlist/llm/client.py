"""LangChain's chat models as we need them: no retries of their own, one connection pool a loop, fixed sampling."""

from __future__ import annotations

import asyncio
import ssl
import weakref
from collections.abc import AsyncGenerator, Collection
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from shortlist.settings import Settings, SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_LIMIT_FIELDS = ("max_tokens", "max_output_tokens", "num_predict")
_NO_KEY = "none"
"""Servers without keys still need a header that is not empty."""


@dataclass
class _Pool:
    """One loop's HTTP client, the generator that closes it with the loop, and the models built on it."""

    holder: AsyncGenerator[Any, None]
    connections: Any
    models: dict[frozenset[str], BaseChatModel] = field(default_factory=dict)


class Client:
    """Builds the LangChain chat model of one provider, once for every event loop that uses it.

    Connections belong to the loop they were opened in and are closed when it shuts down (`asyncio.run` does so).

    Args:
        spec: `provider:name`.
        settings: Address, key, timeout, temperature and seed.
    """

    def __init__(self, spec: str, settings: Settings) -> None:
        self.provider, _, self.model = spec.partition(":")
        self._settings = settings
        self._pools: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Pool] = weakref.WeakKeyDictionary()

    async def chat_model(self, max_tokens: int, without: Collection[str] = ()) -> BaseChatModel:
        """Return the model for the running loop, limited to `max_tokens`, leaving out the parameters `without`.

        Raises:
            SettingsError: If LangChain does not know the provider, or its package is not installed.
        """
        loop, left_out = asyncio.get_running_loop(), frozenset(without)
        pool = self._pools.get(loop)
        if pool is None:
            holder = self._hold(loop)
            pool = self._pools[loop] = _Pool(holder, await anext(holder))
        if left_out not in pool.models:
            pool.models[left_out] = self._build(left_out, pool.connections)
        return _limited(pool.models[left_out], max_tokens, left_out)

    async def aclose(self) -> None:
        """Close the connections of the running loop."""
        if pool := self._pools.get(asyncio.get_running_loop()):
            await pool.holder.aclose()

    async def _hold(self, loop: asyncio.AbstractEventLoop) -> AsyncGenerator[Any, None]:
        """Yield the loop's HTTP client; a loop closes its asynchronous generators when it shuts down, and so this."""
        try:
            if self.provider != "openai":
                yield None
                return
            import openai

            timeout = self._settings.model_timeout
            async with openai.DefaultAsyncHttpxClient(timeout=timeout, verify=_certificates()) as client:
                yield client
        finally:
            self._pools.pop(loop, None)

    def _build(self, left_out: frozenset[str], connections: Any) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        arguments: dict[str, Any] = {"timeout": self._settings.model_timeout, "max_retries": 0}
        if "temperature" not in left_out:
            arguments["temperature"] = self._settings.temperature
        if self._settings.base_url:
            arguments["base_url"] = self._settings.base_url
        key = self._settings.api_key or (SecretStr(_NO_KEY) if self._settings.base_url else None)
        if key:
            arguments["api_key"] = key
        if self.provider == "openai":
            arguments |= {
                "http_async_client": connections,
                "stream_usage": "stream_options" not in left_out,
            }
            if self._settings.seed is not None and "seed" not in left_out:
                arguments["seed"] = self._settings.seed
        try:
            model: BaseChatModel = init_chat_model(self.model, model_provider=self.provider, **arguments)
        except (ImportError, ValueError, TypeError) as error:
            raise SettingsError(f"model {self.provider}:{self.model} cannot be opened: {error}") from None
        except Exception as error:
            if "api_key" in str(error):
                raise SettingsError(f"model {self.provider}:{self.model} needs a key; set SHORTLIST_API_KEY") from None
            raise
        return model


@cache
def _certificates() -> ssl.SSLContext:
    """Return the HTTP library's own trust in certificates, read once: reading it takes longer than all the rest."""
    import httpx2

    return httpx2.create_ssl_context()


def _limited(model: BaseChatModel, max_tokens: int, left_out: frozenset[str]) -> BaseChatModel:
    fields = type(model).model_fields
    if "max_completion_tokens" in left_out and "extra_body" in fields:
        return model.model_copy(update={"extra_body": {"max_tokens": max_tokens}})
    for name in _LIMIT_FIELDS:
        if name in fields:
            return model.model_copy(update={name: max_tokens})
    return model
