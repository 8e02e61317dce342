"""Personal data in free text: found, taken out before a model or a log sees it, and put back for its owner."""

from shortlist_tools.masking.find import Kind, Personal, find_personal
from shortlist_tools.masking.logs import MaskingFilter, mask_logs
from shortlist_tools.masking.mask import Book, Masked, mask, unmask
from shortlist_tools.masking.model import MaskedModel
from shortlist_tools.masking.names import Known

__all__ = [
    "Book",
    "Kind",
    "Known",
    "Masked",
    "MaskedModel",
    "MaskingFilter",
    "Personal",
    "find_personal",
    "mask",
    "mask_logs",
    "unmask",
]
