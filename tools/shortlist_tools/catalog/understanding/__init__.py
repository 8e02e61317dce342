"""Content understanding: what items are about, what their reviews praise and blame, as fields to filter and quote."""

from shortlist_tools.catalog.understanding.adapt import learn, rating_scale
from shortlist_tools.catalog.understanding.by_model import ModelReading, Reader
from shortlist_tools.catalog.understanding.lexicon import Aspect, aspects_of
from shortlist_tools.catalog.understanding.opinions import Listener, Opinions
from shortlist_tools.catalog.understanding.sentiment import label, mood
from shortlist_tools.catalog.understanding.statistical import listener_for, overlay, understand, with_fields

__all__ = [
    "Aspect",
    "Listener",
    "ModelReading",
    "Opinions",
    "Reader",
    "aspects_of",
    "label",
    "learn",
    "listener_for",
    "mood",
    "overlay",
    "rating_scale",
    "understand",
    "with_fields",
]
