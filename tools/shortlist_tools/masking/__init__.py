"""Personal data in free text: found, taken out before a model or a log sees it, and put back for its owner."""

from shortlist_tools.masking.find import Kind, Personal, find_personal
from shortlist_tools.masking.mask import Masked, mask, unmask

__all__ = ["Kind", "Masked", "Personal", "find_personal", "mask", "unmask"]
