"""Settings come from one place, in a fixed order, and what is wrong with one is named without showing a key."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from shortlist.errors import SettingsError
from shortlist.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SHORTLIST_{name.upper()}", raising=False)


def test_arguments_come_before_variables_before_the_file_before_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("SHORTLIST_CALLS=3\nSHORTLIST_SEED=5\nSHORTLIST_TOKENS=900\nOTHER=1\n")
    monkeypatch.setenv("SHORTLIST_CALLS", "2")
    monkeypatch.setenv("SHORTLIST_SEED", "9")
    settings = load_settings(calls=1)
    assert (settings.calls, settings.seed, settings.tokens, settings.seconds) == (1, 9, 900, 60.0)


def test_a_key_is_never_shown() -> None:
    settings = load_settings(api_key="sk-very-secret", embed_api_key="sk-other-secret")
    assert "secret" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == "sk-very-secret"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (
            {"calls": -1},
            "calls: Input should be greater than or equal to 0 (got -1); set it as an argument or as SHORTLIST_CALLS",
        ),
        ({"model": "gpt"}, "model: expected 'offline' or 'provider:name' such as 'openai:gpt-4.1-mini', got 'gpt'"),
        ({"base_url": "localhost:8000"}, "base_url: expected an address that starts with http:// or https://"),
        ({"vector_index": "faiss"}, "vector_index: Input should be 'chroma' or 'exact'"),
        ({"modle": "x"}, "unknown settings: modle"),
        ({"api_key": 7}, "api_key: Input should be a valid string; set it as"),
    ],
)
def test_what_cannot_be_used_is_named(values: dict[str, object], says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(**values)
    assert says in str(caught.value)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load_settings().calls = 9  # type: ignore[misc]


def test_every_setting_is_described() -> None:
    described = Settings.__doc__ or ""
    assert [name for name in Settings.model_fields if f"        {name}: " not in described] == []
