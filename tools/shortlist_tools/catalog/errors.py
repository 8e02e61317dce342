"""What can go wrong with a catalog, and who must act on it."""

from shortlist_prompts.errors import CallerError, OperatorError


class UnknownItemError(CallerError):
    """An id names no item of the catalog; `ids` holds those that do not."""

    def __init__(self, ids: list[str]) -> None:
        shown = ", ".join(repr(name) for name in ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")
        super().__init__(f"no such item: {shown}")
        self.ids = ids


class RequirementError(CallerError):
    """A requirement cannot be evaluated: its field, operation, value or unit does not fit the schema.

    Attributes:
        field: The field it names.
        allowed: What could stand instead, the likeliest first; may be empty.
    """

    def __init__(self, message: str, field: str, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.field = field
        self.allowed = allowed


class ValueRefusedError(CallerError):
    """A value does not fit its field's kind; names the field, the reason and the value."""

    def __init__(self, field: str, reason: str, value: object) -> None:
        super().__init__(f"{field}: {reason}, got {shortened(value)}")
        self.field = field
        self.reason = reason
        self.value = value


class SchemaError(OperatorError):
    """A schema file cannot be read; names the file, the line and what is expected there."""


class IngestError(CallerError):
    """A file cannot be ingested at all: missing, of no known format, or refused because `strict` was asked for."""


def shortened(value: object, limit: int = 80) -> str:
    """Return `value` as one line of at most `limit` characters, for messages and rejects."""
    text = repr(value) if not isinstance(value, str) else repr(value[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"
