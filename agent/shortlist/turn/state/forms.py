"""The values of a turn as the plain JSON that flows through its graph, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

V = TypeVar("V", bound=BaseModel)


class Forms:
    """Writes frozen values as JSON types and reads them back.

    The state of the graph is plain JSON, whoever checkpoints or embeds it. A stage of the same turn, though, that gets
    the very object that was written gets the value that it was written from: to validate it again would cost a tenth
    of the turn.
    """

    def __init__(self) -> None:
        self._written: dict[int, tuple[Any, Any]] = {}
        self._of: dict[int, tuple[Any, dict[str, Any]]] = {}

    def write(self, value: BaseModel) -> dict[str, Any]:
        """Return `value` as JSON types; the same ones where it was written before, since values never change."""
        kept, written = self._of.get(id(value), (None, {}))
        if kept is value:
            return written
        written = value.model_dump(mode="json")
        self._written[id(written)] = (written, value)
        self._of[id(value)] = (value, written)
        return written

    def write_all(self, values: Iterable[BaseModel]) -> list[dict[str, Any]]:
        """Return each of `values` as JSON types."""
        kept = tuple(values)
        written = [value.model_dump(mode="json") for value in kept]
        self._written[id(written)] = (written, kept)
        return written

    def read(self, kind: type[V], written: Any) -> V:
        """Return the value of `kind` that `written` stands for.

        Raises:
            pydantic.ValidationError: If it stands for none; only where somebody else wrote it.
        """
        known = self._known(written)
        return known if isinstance(known, kind) else kind.model_validate(written)

    def read_all(self, kind: type[V], written: Any) -> list[V]:
        """Return the values of `kind` that a list stands for, as `read` does."""
        known = self._known(written)
        return list(known) if isinstance(known, tuple) else [kind.model_validate(one) for one in written]

    def _known(self, written: Any) -> Any:
        # The identity is compared as well: an id is given anew once its object is gone, and ours are held here.
        found, value = self._written.get(id(written), (None, None))
        return value if found is written else None
