"""How near or how varied somebody wants slates to be: "more like this", "something different", "surprise me"."""

from shortlist.variety.reading import Wish, read_variety

__all__ = ["Wish", "read_variety"]
