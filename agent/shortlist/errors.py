"""Every error that Shortlist raises, in one tree, split by who must act.

    ShortlistError
    ├── CallerError                 the caller gave something that cannot be used
    │   ├── ConditionError          a `--where` of the command line
    │   ├── EventError              an event without a kind, an item or a time that can be read
    │   ├── IngestError             a file that cannot be taken into the catalog
    │   ├── InteractionsError       interactions, or the content of items, that cannot be learnt from
    │   ├── MessageError            a message, a user or a session id
    │   ├── ProfileError            a user id, or a fact about a user
    │   ├── RequirementError        a requirement that does not fit the schema
    │   ├── SegmentError            too few people to group, or no privacy budget left
    │   ├── SessionBusyError        another process answered a turn of the session meanwhile
    │   ├── ToolError               arguments a tool cannot use
    │   ├── UnknownItemError        ids that are not in the catalog
    │   └── ValueRefusedError       a value of an item that does not fit its field
    ├── OperatorError               the installation cannot serve as it is configured
    │   ├── ArtefactError           a trained model on disk
    │   ├── EmptyCatalogError       a database without items
    │   ├── ErasureError            an erasure that left something in a file
    │   ├── IndexUnusableError      the vector index cannot be used or rebuilt
    │   ├── MissingExtraError       a package that only an extra installs
    │   ├── PolicyError             a policy that cannot be enforced
    │   ├── PromptError             a prompt file, its lock or its inputs
    │   ├── SchemaError             the catalog's schema file
    │   ├── SettingsError           a setting
    │   ├── StoreError              the database
    │   │   ├── StoreBusyError      another process holds it
    │   │   └── StoreKeyError       the key of its encrypted fields
    │   └── TrainingError           training: nothing to learn from, a library missing, another process training
    ├── ProviderError               a model or a server did not do its part
    │   ├── EmbeddingError          the embedding service
    │   ├── VectorServerError       the vector server
    │   └── ModelCallError          a model call; `kind` names it, `transient` says whether to try again
    │       ├── ProviderAnswerError         empty, not JSON, truncated, of the wrong shape, declined
    │       ├── ProviderRateLimitedError    too many requests
    │       ├── ProviderRefusedError        the key
    │       ├── ProviderRequestError        the request: model name, length, a parameter
    │       ├── ProviderTimeoutError        no answer in time
    │       └── ProviderUnavailableError    not reached, failed, or broke off
    └── BudgetExhaustedError        the turn's calls, tokens or seconds are spent

They are loaded when they are first named, so that importing this module costs nothing. The parts below the doors may
import it too: the errors of the doors themselves (command line, runtime) are named here, not imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shortlist.llm.faults import (
        ModelCallError,
        ProviderAnswerError,
        ProviderRateLimitedError,
        ProviderRefusedError,
        ProviderRequestError,
        ProviderTimeoutError,
        ProviderUnavailableError,
    )
    from shortlist.settings import SettingsError
    from shortlist.turn.run import MessageError
    from shortlist.turn.stages import SessionBusyError
    from shortlist.turn.state import PolicyError
    from shortlist_prompts.errors import CallerError, OperatorError, PromptError, ProviderError, ShortlistError
    from shortlist_tools.catalog.errors import (
        IngestError,
        RequirementError,
        SchemaError,
        UnknownItemError,
        ValueRefusedError,
    )
    from shortlist_tools.model import BudgetExhaustedError
    from shortlist_tools.profile.events import EventError
    from shortlist_tools.profile.rights import ErasureError, ProfileError
    from shortlist_tools.profile.segments.model import MissingExtraError, SegmentError
    from shortlist_tools.ranking.collaborative.errors import ArtefactError, InteractionsError, TrainingError
    from shortlist_tools.search.errors import EmbeddingError, IndexUnusableError, VectorServerError
    from shortlist_tools.store.cipher import StoreError, StoreKeyError
    from shortlist_tools.store.engine import StoreBusyError
    from shortlist_tools.tool import ToolError

    ConditionError: type[CallerError]
    EmptyCatalogError: type[OperatorError]

__all__ = [
    "ArtefactError",
    "BudgetExhaustedError",
    "CallerError",
    "ConditionError",
    "EmbeddingError",
    "EmptyCatalogError",
    "ErasureError",
    "EventError",
    "IndexUnusableError",
    "IngestError",
    "InteractionsError",
    "MessageError",
    "MissingExtraError",
    "ModelCallError",
    "OperatorError",
    "PolicyError",
    "ProfileError",
    "PromptError",
    "ProviderAnswerError",
    "ProviderError",
    "ProviderRateLimitedError",
    "ProviderRefusedError",
    "ProviderRequestError",
    "ProviderTimeoutError",
    "ProviderUnavailableError",
    "RequirementError",
    "SchemaError",
    "SegmentError",
    "SessionBusyError",
    "SettingsError",
    "ShortlistError",
    "StoreBusyError",
    "StoreError",
    "StoreKeyError",
    "ToolError",
    "TrainingError",
    "UnknownItemError",
    "ValueRefusedError",
    "VectorServerError",
]

_HOMES = {
    "shortlist.cli.searching": ("ConditionError",),
    "shortlist.runtime": ("EmptyCatalogError",),
    "shortlist.llm.faults": (
        "ModelCallError",
        "ProviderAnswerError",
        "ProviderRateLimitedError",
        "ProviderRefusedError",
        "ProviderRequestError",
        "ProviderTimeoutError",
        "ProviderUnavailableError",
    ),
    "shortlist.settings": ("SettingsError",),
    "shortlist.turn.state.policy": ("PolicyError",),
    "shortlist.turn.stages.remember": ("SessionBusyError",),
    "shortlist.turn.run": ("MessageError",),
    "shortlist_prompts.errors": ("CallerError", "OperatorError", "PromptError", "ProviderError", "ShortlistError"),
    "shortlist_tools.catalog.errors": (
        "IngestError",
        "RequirementError",
        "SchemaError",
        "UnknownItemError",
        "ValueRefusedError",
    ),
    "shortlist_tools.model": ("BudgetExhaustedError",),
    "shortlist_tools.profile.events": ("EventError",),
    "shortlist_tools.profile.rights": ("ErasureError", "ProfileError"),
    "shortlist_tools.profile.segments.model": ("MissingExtraError", "SegmentError"),
    "shortlist_tools.ranking.collaborative.errors": ("ArtefactError", "InteractionsError", "TrainingError"),
    "shortlist_tools.search.errors": ("EmbeddingError", "IndexUnusableError", "VectorServerError"),
    "shortlist_tools.store.cipher": ("StoreError", "StoreKeyError"),
    "shortlist_tools.store.engine": ("StoreBusyError",),
    "shortlist_tools.tool": ("ToolError",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> type[Exception]:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    error: type[Exception] = getattr(import_module(_HOME[name]), name)
    return error


def __dir__() -> list[str]:
    return __all__
