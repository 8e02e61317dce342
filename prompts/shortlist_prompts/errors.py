"""The root of every error that Shortlist raises, its three branches, and the error of prompt files."""


class ShortlistError(Exception):
    """Something went wrong that somebody must act on; the message says what, where and what to do next."""


class CallerError(ShortlistError):
    """The caller gave something that cannot be used: it names the field, the line or the value."""


class OperatorError(ShortlistError):
    """The installation cannot serve as it is configured: a setting, a file, a database or a directory."""


class ProviderError(ShortlistError):
    """A model, an embedding service or a vector server did not do its part; trying again may help."""


class PromptError(OperatorError):
    """A prompt file is missing, malformed, changed after its release, or was given the wrong inputs."""
