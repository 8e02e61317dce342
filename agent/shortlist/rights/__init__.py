"""The rights of a person in conversation: what is wished for one's own data, read from words, and told in words."""

from shortlist.rights.reading import Right, asks_whence, read_right
from shortlist.rights.telling import explained, here_lines, known_lines, said

__all__ = [
    "Right",
    "asks_whence",
    "explained",
    "here_lines",
    "known_lines",
    "read_right",
    "said",
]
