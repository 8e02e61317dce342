"""What is known of a user: events, facts, and a summary of both that plan and ranking use."""

from shortlist_tools.profile.events import KINDS, Event, EventContext, EventError, EventKind, read_event
from shortlist_tools.profile.importing import BadRow, ImportProgress, ImportReport
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
from shortlist_tools.profile.pairs import PairIndex, pair_index
from shortlist_tools.profile.profiles import PERSONAL_TABLES, Profiles, Recorded
from shortlist_tools.profile.rights import (
    PURPOSES,
    SOURCES,
    Consents,
    Erased,
    ErasureError,
    ErasureList,
    Level,
    ProfileError,
    acting,
    read_consents,
    sensitive,
)
from shortlist_tools.profile.shift import SessionIntent, session_intent
from shortlist_tools.profile.strengths import strength, top_rating
from shortlist_tools.profile.summary import Affinity, ProfileSummary, summarise
from shortlist_tools.profile.used import Used, used

__all__ = [
    "KINDS",
    "PERSONAL_TABLES",
    "PURPOSES",
    "SOURCES",
    "Affinity",
    "BadRow",
    "Behaviour",
    "Consents",
    "ContentTaste",
    "ContextSignals",
    "Drift",
    "Edge",
    "Erased",
    "ErasureError",
    "ErasureList",
    "Event",
    "EventContext",
    "EventError",
    "EventKind",
    "Identity",
    "ImportProgress",
    "ImportReport",
    "Interest",
    "Level",
    "Measure",
    "Need",
    "PairIndex",
    "Profile",
    "ProfileError",
    "ProfileFact",
    "ProfileSummary",
    "Profiles",
    "Recorded",
    "SessionIntent",
    "Used",
    "acting",
    "fact_id",
    "pair_index",
    "profile_schema",
    "read_consents",
    "read_event",
    "sensitive",
    "session_intent",
    "strength",
    "summarise",
    "top_rating",
    "used",
]
