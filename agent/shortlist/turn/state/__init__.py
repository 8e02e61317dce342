"""What a conversation has come to and what a turn works with: session, ledger, policies, budget."""

from .conflicts import UNWANTED, WANTED, WISH, keeps_upper, names, says_the_same, upper_bound
from .consent import own_age, said_age, told_late, yes_or_no
from .context import Happening, Services, Turn, TurnHost, TurnState
from .ledger import active, apply_edits, compares, describes
from .masking import with_masking
from .model_calls import ask_with_repair
from .past import Past
from .policy import (
    AgeGate,
    Policies,
    PolicyError,
    check_policies,
    excluded_rows,
    house_requirements,
    is_sponsored,
    read_policies,
    restricted_mask,
)
from .session import Exchange, Session, Shown, Sought, Variety, rejected

__all__ = [
    "UNWANTED",
    "WANTED",
    "WISH",
    "AgeGate",
    "Exchange",
    "Happening",
    "Past",
    "Policies",
    "PolicyError",
    "Services",
    "Session",
    "Shown",
    "Sought",
    "Turn",
    "TurnHost",
    "TurnState",
    "Variety",
    "active",
    "apply_edits",
    "ask_with_repair",
    "check_policies",
    "compares",
    "describes",
    "excluded_rows",
    "house_requirements",
    "is_sponsored",
    "keeps_upper",
    "names",
    "own_age",
    "read_policies",
    "rejected",
    "restricted_mask",
    "said_age",
    "says_the_same",
    "told_late",
    "upper_bound",
    "with_masking",
    "yes_or_no",
]
