"""What can go wrong with the rights of a user."""

from __future__ import annotations

from shortlist_prompts.errors import CallerError, OperatorError


class ProfileError(CallerError):
    """A user id, a consent, or a fact about a user, cannot be kept; it is named."""


class ErasureError(OperatorError):
    """A user's rows are gone, but bytes of them are still in a file; it says in which, and when that ends."""
