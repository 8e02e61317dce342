"""The profile page: what is known of a person and why, as values that a terminal, a browser and a chat can show."""

from shortlist_tools.profile.page.build import introduction, named, page_of, spoken
from shortlist_tools.profile.page.evidence import event_said, evidence_for, evidence_of
from shortlist_tools.profile.page.html import page_html
from shortlist_tools.profile.page.model import Allowed, Help, Page, Row, Section
from shortlist_tools.profile.page.references import find_facts, references
from shortlist_tools.profile.page.words import word
from shortlist_tools.profile.sentences import day

__all__ = [
    "Allowed",
    "Help",
    "Page",
    "Row",
    "Section",
    "day",
    "event_said",
    "evidence_for",
    "evidence_of",
    "find_facts",
    "introduction",
    "named",
    "page_html",
    "page_of",
    "references",
    "spoken",
    "word",
]
