"""Language models: one protocol over any provider, with one retry layer, typed faults and booked costs."""

from shortlist.llm.chat import ChatModel, open_model
from shortlist.llm.faults import (
    ModelCallError,
    ProviderAnswerError,
    ProviderRateLimitedError,
    ProviderRefusedError,
    ProviderRequestError,
    ProviderTimeoutError,
    ProviderUnavailableError,
    as_fault,
)

__all__ = [
    "ChatModel",
    "ModelCallError",
    "ProviderAnswerError",
    "ProviderRateLimitedError",
    "ProviderRefusedError",
    "ProviderRequestError",
    "ProviderTimeoutError",
    "ProviderUnavailableError",
    "as_fault",
    "open_model",
]
