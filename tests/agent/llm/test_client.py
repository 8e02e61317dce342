"""Opening a model: what it is called, what is refused, and what stays unimported."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from shortlist.errors import SettingsError
from shortlist.llm import ChatModel, open_model
from shortlist.llm.client import Client
from shortlist.settings import load_settings


def test_offline_is_no_model() -> None:
    assert open_model("offline") is None
    assert open_model(settings=load_settings(model="offline")) is None


def test_a_spec_overrides_the_settings() -> None:
    model = open_model("openai:other", load_settings(model="openai:one"))
    assert isinstance(model, ChatModel)
    assert model.name == "openai:other"


@pytest.mark.parametrize("spec", ["gpt-4.1-mini", "openai:", ":x"])
def test_a_spec_without_its_two_parts_is_refused(spec: str) -> None:
    with pytest.raises(SettingsError, match=r"expected 'offline' or 'provider:name'"):
        open_model(spec)


def test_an_unknown_provider_is_refused_when_it_is_first_asked() -> None:
    client = Client("nobody:model", load_settings())
    with pytest.raises(SettingsError, match="model nobody:model cannot be opened"):
        asyncio.run(client.chat_model(10))


def test_a_missing_key_is_said_before_any_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    client = Client("openai:gpt-4.1-mini", load_settings())
    with pytest.raises(SettingsError, match=r"needs a key; set SHORTLIST_API_KEY"):
        asyncio.run(client.chat_model(10))


def test_the_model_has_no_retries_of_its_own_and_its_limit() -> None:
    client = Client("openai:fake", load_settings(base_url="http://127.0.0.1:9/v1", model_timeout=7))

    async def built() -> object:
        return await client.chat_model(33)

    model = asyncio.run(built())
    assert (model.max_retries, model.max_tokens, model.request_timeout) == (0, 33, 7)  # type: ignore[attr-defined]


def test_importing_the_models_imports_no_langchain() -> None:
    code = (
        "import sys, shortlist.llm, shortlist.errors, shortlist.testing; print([m for m in sys.modules if 'lang' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
