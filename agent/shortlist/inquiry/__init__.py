"""What people ask of the conversation, the shop or its advice, not of fields: a pick, a reason, a sum, how to pay."""

from shortlist.inquiry.reading import SERVICES, Inquiry, read_inquiry

__all__ = ["SERVICES", "Inquiry", "read_inquiry"]
