"""What people ask of the conversation, the shop or its advice, not of fields: a pick, a reason, a sum, how to pay."""

from shortlist.inquiry.reading import (
    SERVICES,
    Inquiry,
    asks_for_the_better,
    bare_extreme,
    read_inquiry,
    speaks_of_shown,
)

__all__ = ["SERVICES", "Inquiry", "asks_for_the_better", "bare_extreme", "read_inquiry", "speaks_of_shown"]
