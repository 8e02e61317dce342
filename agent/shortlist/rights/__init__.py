"""The rights of a person in conversation: what is wished for one's own data, read from words, and told in words."""

from shortlist.rights.reading import Right, among_remarks, asks_whence, noted, read_note, read_right, remarks, unnoted
from shortlist.rights.telling import explained, here_lines, known_lines, quoted, said

__all__ = [
    "Right",
    "among_remarks",
    "asks_whence",
    "explained",
    "here_lines",
    "known_lines",
    "noted",
    "quoted",
    "read_note",
    "read_right",
    "remarks",
    "said",
    "unnoted",
]
