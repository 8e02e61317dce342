"""Words around a name that say it is known for its works: a film, an album, a perfume."""

from __future__ import annotations

import re

WORKS = re.compile(
    r"\b(?:movies?|films?|books?|novels?|albums?|songs?|music|vinyls?|concerts?|tours?|posters?|jerseys?|shows?|"
    r"series|biograph\w+|"
    r"poems?|paintings?|perfumes?|colognes?|fragrances?|brands?|authors?|writers?|singers?|actors?|actress\w*|"
    r"directors?|players?|"
    r"starring|fans?|collections?|editions?|games?|characters?|merch|lego|sneakers|soundtracks?|autobiograph\w+|"
    r"memoirs?|podcasts?|"
    r"thrillers?|signed copy|designers?|museum|statue|hotel|restaurant|whisk(?:e)?y|bourbon|wines?|lipsticks?|"
    r"makeup|bags?|jeans|suits?|"
    r"(?:co-)?stars?|starred|roles?|comed(?:y|ies)|cast|acting|sequels?|remakes?|trilog(?:y|ies)|"
    r"shirts?|shoes|watch(?:es)?|guitar|cookbooks?|recipes?)\b",
    re.IGNORECASE,
)
WORKS_AFTER = re.compile(
    r"(?:\s[\w'&:-]{1,14}){0,6}\s?\((?:19|20)\d\d\)|"
    r"(?:'s)? ?(?:movies?|films?|books?|novels?|albums?|songs?|music|wore|sang|wrote|starred|directed|designed|"
    r"painted|edition|collection)\b"
)
