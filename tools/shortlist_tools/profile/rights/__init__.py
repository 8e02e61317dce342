"""The rights of a user: consent by purpose and source, forbidding, export, erasure with proof, retention, audit."""

from shortlist_tools.profile.rights.audit import acting
from shortlist_tools.profile.rights.consent import (
    INFERRED,
    PURPOSES,
    SOURCES,
    Consents,
    Level,
    read_consents,
    refusals,
)
from shortlist_tools.profile.rights.erasing import Erased, times_erased
from shortlist_tools.profile.rights.erasure_list import ErasureEntry, ErasureList
from shortlist_tools.profile.rights.errors import ErasureError, ProfileError
from shortlist_tools.profile.rights.forbidding import Forbidden, is_forbidden, permitted, read_forbidden
from shortlist_tools.profile.rights.residues import Residue, find_residues
from shortlist_tools.profile.rights.rights import Rights, check_user
from shortlist_tools.profile.rights.sensitive import sensitive

__all__ = [
    "INFERRED",
    "PURPOSES",
    "SOURCES",
    "Consents",
    "Erased",
    "ErasureEntry",
    "ErasureError",
    "ErasureList",
    "Forbidden",
    "Level",
    "ProfileError",
    "Residue",
    "Rights",
    "acting",
    "check_user",
    "find_residues",
    "is_forbidden",
    "permitted",
    "read_consents",
    "read_forbidden",
    "refusals",
    "sensitive",
    "times_erased",
]
