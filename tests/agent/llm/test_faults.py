"""Every exception of the client libraries has a meaning here, and no meaning is left to chance."""

from __future__ import annotations

import inspect
import time
from collections.abc import Iterator
from email.utils import formatdate
from types import ModuleType

import httpx
import httpx2
import langchain_core.exceptions
import openai
import pytest
from vcr.errors import CannotOverwriteExistingCassetteException

from shortlist.errors import (
    ModelCallError,
    ProviderAnswerError,
    ProviderRateLimitedError,
    ProviderRefusedError,
    ProviderRequestError,
    ProviderTimeoutError,
    ProviderUnavailableError,
)
from shortlist.llm import as_fault
from shortlist.llm.faults import _BY_CLASS, meaning_of

EXPECTED = {
    "openai.APITimeoutError": ProviderTimeoutError,
    "openai.APIConnectionError": ProviderUnavailableError,
    "openai.AuthenticationError": ProviderRefusedError,
    "openai.PermissionDeniedError": ProviderRefusedError,
    "openai.NotFoundError": ProviderRequestError,
    "openai.BadRequestError": ProviderRequestError,
    "openai.UnprocessableEntityError": ProviderRequestError,
    "openai.ConflictError": ProviderUnavailableError,
    "openai.RateLimitError": ProviderRateLimitedError,
    "openai.InternalServerError": ProviderUnavailableError,
    "openai.LengthFinishReasonError": ProviderAnswerError,
    "openai.ContentFilterFinishReasonError": ProviderAnswerError,
    "openai.APIResponseValidationError": ProviderAnswerError,
    "httpx2.ReadTimeout": ProviderTimeoutError,
    "httpx2.ConnectTimeout": ProviderTimeoutError,
    "httpx2.ConnectError": ProviderUnavailableError,
    "httpx2.RemoteProtocolError": ProviderUnavailableError,
    "httpx2.UnsupportedProtocol": ProviderRequestError,
    "httpx2.DecodingError": ProviderAnswerError,
    "httpx.PoolTimeout": ProviderTimeoutError,
    "httpx.ReadError": ProviderUnavailableError,
    "langchain_core.ModelAuthenticationError": ProviderRefusedError,
    "langchain_core.ModelRateLimitError": ProviderRateLimitedError,
    "langchain_core.ModelTimeoutError": ProviderTimeoutError,
    "langchain_core.ModelConnectionError": ProviderUnavailableError,
    "langchain_core.ContextOverflowError": ProviderRequestError,
    "langchain_core.OutputParserException": ProviderAnswerError,
}


def exceptions(module: ModuleType) -> Iterator[type[Exception]]:
    for _, found in inspect.getmembers(module, inspect.isclass):
        if issubclass(found, Exception) and not issubclass(found, Warning):
            yield found


EVERY = [
    found
    for module in (openai, httpx, httpx2, langchain_core.exceptions)
    for found in exceptions(module)
    if found.__module__.partition(".")[0] == module.__name__.partition(".")[0]
]


@pytest.mark.parametrize("found", EVERY, ids=lambda found: f"{found.__module__}.{found.__name__}")
def test_every_exception_is_mapped_by_a_class_of_its_own_library(found: type[Exception]) -> None:
    by = meaning_of(found)
    meaning = type(_BY_CLASS[by]("", found.__new__(found)))
    assert issubclass(meaning, ModelCallError)
    assert meaning is not ModelCallError
    assert by.partition(".")[0] == found.__module__.partition(".")[0]
    expected = EXPECTED.get(f"{by.partition('.')[0]}.{found.__name__}")
    assert expected in {None, meaning}


def test_the_expectations_name_real_exceptions() -> None:
    names = {f"{found.__module__.partition('.')[0]}.{found.__name__}" for found in EVERY}
    assert set(EXPECTED) <= names
    assert len(names) > 60


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (TimeoutError(), "timeout"),
        (ConnectionResetError("reset"), "unavailable"),
        (KeyError("choices"), "answer"),
        (AttributeError("'str' object"), "answer"),
        (RuntimeError("event loop is closed"), "unavailable"),
        (NotImplementedError(), "request"),
    ],
)
def test_plain_exceptions_out_of_a_call_have_a_meaning_too(error: Exception, kind: str) -> None:
    assert as_fault(error).kind == kind


def test_a_missing_recording_stays_what_it_is_however_deep_it_lies() -> None:
    missing = CannotOverwriteExistingCassetteException.__new__(CannotOverwriteExistingCassetteException)
    outer = RuntimeError("connection")
    outer.__cause__ = OSError("socket")
    outer.__cause__.__context__ = missing
    with pytest.raises(CannotOverwriteExistingCassetteException):
        as_fault(outer)


def test_a_blocked_network_is_not_taken_for_a_fault_of_the_provider() -> None:
    error = ConnectionError("x")
    error.__cause__ = RuntimeError("Network is disabled for host 'api.example.com'")
    with pytest.raises(RuntimeError, match="Network is disabled"):
        as_fault(error)


def test_a_fault_is_not_mapped_twice() -> None:
    fault = ProviderTimeoutError("x")
    assert as_fault(fault) is fault


def test_secrets_are_struck_out_of_what_a_provider_says() -> None:
    request = httpx2.Request("POST", "http://localhost")
    response = httpx2.Response(400, request=request)
    said = "bad key my-own-secret, also sk-abcdef123456 and a hash 0123456789abcdef0123456789abcdef; use gpt-4.1"
    text = str(as_fault(openai.BadRequestError(said, response=response, body=None), secret="my-own-secret"))
    assert "bad key …, also … and a hash …; use gpt-4.1" in text


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({"retry-after": "2"}, 2, 2),
        ({"retry-after": "2", "retry-after-ms": "250"}, 0.25, 0.25),
        ({"retry-after": "-5"}, 0, 0),
    ],
)
def test_how_long_to_wait_is_read_in_every_form(headers: dict[str, str], low: float, high: float) -> None:
    response = httpx2.Response(429, request=httpx2.Request("POST", "http://localhost"), headers=headers)
    fault = as_fault(openai.RateLimitError("slow down", response=response, body=None))
    assert isinstance(fault, ProviderRateLimitedError)
    assert fault.retry_after is not None
    assert low <= fault.retry_after <= high


def test_a_wait_until_a_date_is_counted_from_now() -> None:
    headers = {"retry-after": formatdate(time.time() + 600, usegmt=True)}
    response = httpx2.Response(429, request=httpx2.Request("POST", "http://localhost"), headers=headers)
    fault = as_fault(openai.RateLimitError("slow down", response=response, body=None))
    assert isinstance(fault, ProviderRateLimitedError)
    assert fault.retry_after is not None
    assert 500 < fault.retry_after <= 600


@pytest.mark.parametrize("headers", [{}, {"retry-after": "soon"}])
def test_a_wait_nobody_can_read_is_none(headers: dict[str, str]) -> None:
    response = httpx2.Response(429, request=httpx2.Request("POST", "http://localhost"), headers=headers)
    fault = as_fault(openai.RateLimitError("slow down", response=response, body=None))
    assert isinstance(fault, ProviderRateLimitedError)
    assert fault.retry_after is None


def test_only_passing_faults_may_be_tried_again() -> None:
    kinds = {cls.kind: cls.transient for cls in ModelCallError.__subclasses__()}
    assert kinds == {
        "timeout": False,
        "refused": False,
        "request": False,
        "rate_limited": True,
        "unavailable": True,
        "answer": False,
    }
