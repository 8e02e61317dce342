"""What is known of a user: events, facts, and a summary of both that plan and ranking use."""

from shortlist_tools.profile.events import KINDS, Event, EventContext, EventError, EventKind, read_event
from shortlist_tools.profile.profiles import PERSONAL_TABLES, ProfileError, Profiles, Recorded
from shortlist_tools.profile.summary import Affinity, ProfileSummary, summarise

__all__ = [
    "KINDS",
    "PERSONAL_TABLES",
    "Affinity",
    "Event",
    "EventContext",
    "EventError",
    "EventKind",
    "ProfileError",
    "ProfileSummary",
    "Profiles",
    "Recorded",
    "read_event",
    "summarise",
]
