"""What is known of a user: events, facts, and a summary of both that plan and ranking use."""

from shortlist_tools.profile.events import KINDS, Event, EventContext, EventError, EventKind, read_event
from shortlist_tools.profile.model import (
    Behaviour,
    ContentTaste,
    ContextSignals,
    Drift,
    Edge,
    Identity,
    Interest,
    Measure,
    Need,
    Profile,
    ProfileFact,
    fact_id,
    profile_schema,
)
from shortlist_tools.profile.profiles import PERSONAL_TABLES, ProfileError, Profiles, Recorded
from shortlist_tools.profile.shift import SessionIntent, session_intent
from shortlist_tools.profile.summary import Affinity, ProfileSummary, summarise

__all__ = [
    "KINDS",
    "PERSONAL_TABLES",
    "Affinity",
    "Behaviour",
    "ContentTaste",
    "ContextSignals",
    "Drift",
    "Edge",
    "Event",
    "EventContext",
    "EventError",
    "EventKind",
    "Identity",
    "Interest",
    "Measure",
    "Need",
    "Profile",
    "ProfileError",
    "ProfileFact",
    "ProfileSummary",
    "Profiles",
    "Recorded",
    "SessionIntent",
    "fact_id",
    "profile_schema",
    "read_event",
    "session_intent",
    "summarise",
]
