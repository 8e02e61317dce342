"""The rights of a person in conversation: what is wished for one's own data, read from words and carried out."""

from shortlist.rights.carrying import CONFIRMED, Done, carry_out, confirmed
from shortlist.rights.reading import Right, read_right
from shortlist.rights.telling import known_lines, said

__all__ = ["CONFIRMED", "Done", "Right", "carry_out", "confirmed", "known_lines", "read_right", "said"]
