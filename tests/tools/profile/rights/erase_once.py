"""Fills one user in, says so, and erases them: killed from outside at any moment."""

from __future__ import annotations

import sys

from operations import operate

from shortlist_tools.catalog import Catalog
from shortlist_tools.profile import Profiles
from shortlist_tools.store import Store

store = Store.open(sys.argv[1])
profiles = Profiles(store, Catalog(store))
profiles.rights.resume()
operate(store, profiles, sys.argv[2], 60, seed=int(sys.argv[3]))
sys.stdout.write("filled\n")
sys.stdout.flush()
sys.stdin.readline()
profiles.erase(sys.argv[2])
sys.stdin.readline()
