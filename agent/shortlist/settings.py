"""Every setting of the product, read in one place from arguments, `SHORTLIST_…` variables and a `.env` file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shortlist_prompts import OperatorError

StructuredMode = Literal["auto", "json_schema", "tools", "text"]


class SettingsError(OperatorError):
    """A setting cannot be used: names it, its variable, and what it takes."""


class Settings(BaseSettings):
    """What the operator chose.

    Attributes:
        database: SQLite file, or `postgresql+psycopg://…`.
        key: Fernet keys with commas between, the newest first, that encrypt personal fields at rest; None leaves them
            readable. Best set as `SHORTLIST_KEY`.
        data_dir: Where rebuildable things lie (vector index, lexical index); beside the database by default.
        model: `offline`, or `provider:name` as LangChain's `init_chat_model` takes it.
        base_url: Address of any OpenAI-compatible server, such as `http://127.0.0.1:8080/v1`.
        api_key: Key of the model's provider; the provider's own variable (`OPENAI_API_KEY`) serves as well.
        model_timeout: Seconds that one call, or the gap between two pieces of a stream, may take.
        model_attempts: Times a call is tried when the fault is passing (1 is no retry).
        temperature: Sampling temperature; 0 keeps recordings replayable.
        seed: Sampling seed, for servers that take one; None sends none.
        structured: How answers are held to their schema; `auto` finds out what the server can and remembers it.
        prompt_label: Which label of the prompts is used: `production`, `canary` …
        calls: Model calls of one turn, retries counted.
        tokens: Prompt and completion tokens of one turn.
        seconds: Wall time of one turn.
        embeddings: `builtin`, or `openai:NAME` for an OpenAI-compatible endpoint.
        embed_base_url: Address of the embedding endpoint; `base_url` by default.
        embed_api_key: Key of the embedding endpoint; `api_key` by default.
        vector_index: `chroma`, or `exact` for numpy.
        vector_url: Address of a Chroma server; None for a directory.
        log_level: Level of the `shortlist` logger.
        max_message_chars: Longest message that is read whole; more is cut, and said so.
        plan_message_chars: How much of a message enters the plan prompt; the reader still reads all of it.
        draft_message_chars: How much of a message enters the draft prompt.
        wait_for_seconds: How long opening a catalog waits for its vectors; search goes by words until they stand.
        enough_requirements: With that many requirements in force, the agent shows items instead of asking.
        max_asking_turns: Turns of one session that may end in a question.
        slate_size: Items shown at most.
        learning: Whether reactions to what was shown change a person's ranking at once.
        surprise: From 0, more like this, to 1, surprise me; None leaves slates to the score alone.
        explore: How many of a person's slates may leave their last place to chance, to learn more, 0 to 1.
        mix_kinds: Whether searches of a session shift slates between what is bought and what is not, unless a kind
            was asked for.
        language: Language of replies when a message has none to tell.
        retention_days: Events, sessions and turns older than that are deleted at every opening; None keeps them.
    """

    model_config = SettingsConfigDict(
        env_prefix="SHORTLIST_", env_file=".env", extra="ignore", frozen=True, validate_default=True
    )

    database: str = "shortlist.db"
    key: SecretStr | None = None
    data_dir: Path | None = None
    model: str = "offline"
    base_url: str | None = None
    api_key: SecretStr | None = None
    model_timeout: float = Field(30.0, gt=0)
    model_attempts: int = Field(2, ge=1, le=5)
    temperature: float = Field(0.0, ge=0, le=2)
    seed: int | None = 7
    structured: StructuredMode = "auto"
    prompt_label: str = "production"
    calls: int = Field(4, ge=0)
    tokens: int = Field(12_000, ge=0)
    seconds: float = Field(60.0, gt=0)
    embeddings: str = "builtin"
    embed_base_url: str | None = None
    embed_api_key: SecretStr | None = None
    vector_index: Literal["chroma", "exact"] = "chroma"
    vector_url: str | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"
    max_message_chars: int = Field(4_000, ge=100)
    plan_message_chars: int = Field(1_200, ge=100)
    draft_message_chars: int = Field(500, ge=100)
    wait_for_seconds: float = Field(8.0, ge=0)
    enough_requirements: int = Field(2, ge=0)
    max_asking_turns: int = Field(3, ge=0)
    slate_size: int = Field(3, ge=1, le=20)
    learning: bool = True
    surprise: float | None = Field(None, ge=0, le=1)
    explore: float = Field(0.0, ge=0, le=1)
    mix_kinds: bool = False
    language: Literal["en", "zh"] = "en"
    retention_days: float | None = Field(None, gt=0)

    @model_validator(mode="after")
    def _model_is_named(self) -> Self:
        if self.model != "offline" and not all(self.model.partition(":")[::2]):
            raise ValueError(
                f"model: expected 'offline' or 'provider:name' such as 'openai:gpt-4.1-mini', got {self.model!r}"
            )
        for name in ("base_url", "embed_base_url", "vector_url"):
            value = getattr(self, name)
            if value and not value.startswith(("http://", "https://")):
                raise ValueError(f"{name}: expected an address that starts with http:// or https://, got {value!r}")
        return self


def load_settings(**values: Any) -> Settings:
    """Return the settings: `values` first, then `SHORTLIST_…` variables, then `.env`, then the defaults.

    Raises:
        SettingsError: Names each setting that cannot be used, and its variable; never shows a key.
    """
    known = sorted(Settings.model_fields)
    if unknown := sorted(set(values) - set(known)):
        raise SettingsError(f"unknown settings: {', '.join(unknown)}; there are: {', '.join(known)}")
    try:
        return Settings(**values)
    except ValidationError as error:
        raise SettingsError("; ".join(_problem(item) for item in error.errors())) from None


def _problem(item: Any) -> str:
    if not item["loc"]:
        return str(item["msg"]).removeprefix("Value error, ")
    name = str(item["loc"][0])
    got = "" if "key" in name else f" (got {item['input']!r})"
    return f"{name}: {item['msg']}{got}; set it as an argument or as SHORTLIST_{name.upper()}"
