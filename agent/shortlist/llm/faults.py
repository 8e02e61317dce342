"""What can go wrong with a model's provider, and how the exceptions of its client libraries become our errors."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar, Literal

from shortlist_prompts import ProviderError
from shortlist_tools.model import ModelCall

AnswerProblem = Literal["empty", "not_json", "truncated", "wrong_shape", "declined"]


class ModelCallError(ProviderError):
    """A model call gave no usable answer.

    Attributes:
        kind: One word for traces.
        transient: Whether the same call may succeed if it is made again.
        call: What the failed call cost, once that is known.
    """

    kind: ClassVar[str] = "fault"
    transient: ClassVar[bool] = False
    call: ModelCall | None = None


class ProviderTimeoutError(ModelCallError):
    """The provider did not answer in time; a slower limit is `model_timeout`.

    It is not tried again: half the turn's time is gone, and the built-in planner answers at once.
    """

    kind = "timeout"


class ProviderRefusedError(ModelCallError):
    """The provider does not accept the key, or the key may not use the model."""

    kind = "refused"


class ProviderRequestError(ModelCallError):
    """The provider does not accept the request: an unknown model, too long a prompt, a parameter it lacks."""

    kind = "request"

    def __init__(self, message: str, said: str = "") -> None:
        super().__init__(message)
        self.said = said


class ProviderRateLimitedError(ModelCallError):
    """The provider asks to slow down; `retry_after` is in seconds, if it said so."""

    kind = "rate_limited"
    transient = True

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ProviderUnavailableError(ModelCallError):
    """The provider cannot be reached, failed, or broke off."""

    kind = "unavailable"
    transient = True


class ProviderAnswerError(ModelCallError):
    """The provider answered, but not with what was asked for.

    Attributes:
        problem: What is wrong, in one word.
        answer: What it wrote, as far as known; goes into the `repair` prompt, never into a log.
    """

    kind = "answer"

    def __init__(self, message: str, problem: AnswerProblem, answer: str = "") -> None:
        super().__init__(message)
        self.problem = problem
        self.answer = answer


_Maker = Callable[[str, Any], ModelCallError]


def _rate_limited(detail: str, error: Any) -> ModelCallError:
    return ProviderRateLimitedError(
        f"the model provider limits the rate{detail}; wait, or raise the quota", _wait(error)
    )


def _refused(_detail: str, _error: Any) -> ModelCallError:
    return ProviderRefusedError("the model provider refused the key; check SHORTLIST_API_KEY and what it may use")


def _timeout(_detail: str, _error: Any) -> ModelCallError:
    return ProviderTimeoutError("the model provider did not answer in time; SHORTLIST_MODEL_TIMEOUT sets the limit")


def _unavailable(detail: str, _error: Any) -> ModelCallError:
    return ProviderUnavailableError(f"the model provider cannot be reached or failed{detail}; check SHORTLIST_BASE_URL")


def _request(detail: str, _error: Any) -> ModelCallError:
    return ProviderRequestError(
        f"the model provider does not accept the request{detail}; check SHORTLIST_MODEL", detail
    )


def _truncated(_detail: str, error: Any) -> ModelCallError:
    return ProviderAnswerError("the answer was cut off at its limit of tokens", "truncated", _completion_text(error))


def _declined(_detail: str, _error: Any) -> ModelCallError:
    return ProviderAnswerError("the model declined to answer", "declined")


def _unreadable(_detail: str, error: Any) -> ModelCallError:
    return ProviderAnswerError(f"the answer is not a chat completion ({type(error).__name__})", "wrong_shape")


_BY_CLASS: dict[str, _Maker] = {
    "builtins.TimeoutError": _timeout,
    "openai.APITimeoutError": _timeout,
    "openai.AuthenticationError": _refused,
    "openai.PermissionDeniedError": _refused,
    "openai.SubjectTokenProviderError": _refused,
    "openai.RateLimitError": _rate_limited,
    "openai.LengthFinishReasonError": _truncated,
    "openai.ContentFilterFinishReasonError": _declined,
    "openai.APIResponseValidationError": _unreadable,
    "openai.InternalServerError": _unavailable,
    "openai.ConflictError": _unavailable,
    "openai.APIConnectionError": _unavailable,
    "openai.APIStatusError": _request,
    "openai.APIError": _unavailable,
    "openai.OpenAIError": _unavailable,
    "openai.InvalidWebhookSignatureError": _unreadable,
    "langchain_core.ContextOverflowError": _request,
    "langchain_core.ModelTimeoutError": _timeout,
    "langchain_core.ModelAuthenticationError": _refused,
    "langchain_core.ModelPermissionDeniedError": _refused,
    "langchain_core.ModelRateLimitError": _rate_limited,
    "langchain_core.ModelInvalidRequestError": _request,
    "langchain_core.ModelNotFoundError": _request,
    "langchain_core.ModelError": _unavailable,
    "langchain_core.OutputParserException": _unreadable,
    "langchain_core.LangChainException": _unavailable,
    "langchain_openai.OpenAIRefusalError": _declined,
    "langchain_openai.StreamChunkTimeoutError": _timeout,
    **{
        f"{library}.{name}": maker
        for library in ("httpx", "httpx2")
        for name, maker in (
            ("TimeoutException", _timeout),
            ("DecodingError", _unreadable),
            ("UnsupportedProtocol", _request),
            ("HTTPError", _unavailable),
            ("InvalidURL", _request),
            ("CookieConflict", _unreadable),
            ("StreamError", _unavailable),
        )
    },
    "builtins.OSError": _unavailable,
    "builtins.ValueError": _unreadable,
    "builtins.LookupError": _unreadable,
    "builtins.TypeError": _unreadable,
    "builtins.AttributeError": _unreadable,
    "builtins.NotImplementedError": _request,
    "builtins.Exception": _unavailable,
}
_BY_STATUS: dict[int, _Maker] = {401: _refused, 403: _refused, 408: _timeout, 409: _unavailable, 429: _rate_limited}
_SECRET = re.compile(r"\b(?:sk|pk|rk|key|Bearer)[-_ ][\w*.\-]{6,}|\b[\w\-]{24,}\b", re.IGNORECASE)
_NOT_FAULTS = ("vcr.", "pytest_socket.")
_BLOCKED = "Network is disabled"
"""How pytest-recording's plain `RuntimeError` begins."""


def as_fault(error: Exception, secret: str = "") -> ModelCallError:
    """Return what `error`, raised by a client library during a call, means to us.

    Args:
        error: Any exception of LangChain, of a provider's client or of its HTTP library.
        secret: The key in use, which never enters a message.

    Raises:
        Exception: A recording's "no such exchange" or a blocked network is raised again as it was: the test is
            at fault, not the provider.
    """
    for link in chain(error):
        if type(link).__module__.startswith(_NOT_FAULTS) or str(link).startswith(_BLOCKED):
            raise link
    if isinstance(error, ModelCallError):
        return error
    status = status_of(error)
    detail = f" (HTTP {status}{_said(error, secret)})" if status else f" ({type(error).__name__})"
    if status in _BY_STATUS:
        return _BY_STATUS[status](detail, error)
    if status is not None and status >= 500:
        return _unavailable(detail, error)
    return _BY_CLASS[meaning_of(type(error))](detail, error)


def meaning_of(error: type[Exception]) -> str:
    """Return the row of our table that `error` falls under: the nearest class of its line that stands there."""
    names = (f"{cls.__module__.partition('.')[0]}.{cls.__name__}" for cls in error.__mro__)
    return next((name for name in names if name in _BY_CLASS), "builtins.Exception")


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and what it came from, outermost first."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def status_of(error: Exception) -> int | None:
    """Return the HTTP status that `error` carries, or None."""
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _said(error: Exception, secret: str) -> str:
    text = str(getattr(error, "message", "") or error)
    if secret:
        text = text.replace(secret, "…")
    text = " ".join(_SECRET.sub("…", text).split())[:160]
    return f": {text}" if text else ""


def _wait(error: Any) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers.get(name, "")) * scale)
        except ValueError:
            continue
    try:
        until = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        return None
    return max(0.0, until.timestamp() - time.time())


def _completion_text(error: Any) -> str:
    try:
        return error.completion.choices[0].message.content or ""
    except (AttributeError, IndexError):
        return ""
