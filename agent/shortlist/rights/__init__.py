"""The rights of a person in conversation: what is wished for one's own data, read from words and carried out."""

from shortlist.rights.carrying import CONFIRMED, Done, carry_out, confirmed, is_understood
from shortlist.rights.reading import Right, asks_whence, read_right
from shortlist.rights.telling import here_lines, known_lines, said

__all__ = [
    "CONFIRMED",
    "Done",
    "Right",
    "asks_whence",
    "carry_out",
    "confirmed",
    "here_lines",
    "is_understood",
    "known_lines",
    "read_right",
    "said",
]
