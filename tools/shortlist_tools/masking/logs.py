"""Keeps personal data out of log lines, whoever writes them."""

from __future__ import annotations

import logging
import traceback

from shortlist_tools.masking.mask import mask


class MaskingFilter(logging.Filter):
    """Masks the message of every record and what it tells of an exception, before any handler sees them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True, with `record` masked."""
        said = record.getMessage()
        masked = mask(said).text
        if masked != said:
            record.msg, record.args = masked, ()
        if record.exc_info and record.exc_info[1] is not None:
            told = "".join(traceback.format_exception(*record.exc_info))
            record.exc_text, record.exc_info = mask(told).text.rstrip("\n"), None
        return True


_FILTER = MaskingFilter("masking")


def mask_logs(*names: str) -> None:
    """Mask what the loggers called `names` write; doing it twice changes nothing."""
    for name in names:
        logging.getLogger(name).addFilter(_FILTER)
