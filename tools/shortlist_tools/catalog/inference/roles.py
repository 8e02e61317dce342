"""Which field plays which role: by its name in either language, held against its kind and the shape of its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shortlist_tools.catalog.inference.kinds import Verdict
from shortlist_tools.catalog.inference.lexicon import lexicon, match
from shortlist_tools.catalog.inference.sketch import PathSketch
from shortlist_tools.catalog.schema import FieldKind, Role

_KINDS: dict[Role, tuple[FieldKind, ...]] = {
    "title": ("text", "category"),
    "price": ("money",),
    "description": ("text",),
    "image": ("text",),
    "rating": ("number",),
    "popularity": ("number",),
    "availability": ("flag", "number", "multi_category", "category"),
    "age_rating": ("category", "number"),
    "sponsored": ("flag",),
    "variant_group": ("text", "category"),
    "kind": ("category",),
    "brand": ("category", "text"),
    "released": ("date",),
}


_COVERAGE: dict[Role, float] = {
    "price": 0.3,
    "rating": 0.2,
    "popularity": 0.2,
    "availability": 0.15,
    "age_rating": 0.15,
    "brand": 0.1,
    "released": 0.2,
    "image": 0.2,
}
"""The share of items that must have a field for it to play a role."""


@dataclass(frozen=True)
class Candidate:
    """A field that may play roles: its name, where it stands, what it holds."""

    name: str
    sketch: PathSketch
    verdict: Verdict


def assign(candidates: Mapping[str, Candidate]) -> dict[Role, str]:
    """Return the field of each role that some field plays; a field plays one role."""
    roles: dict[Role, str] = {}
    for role, kinds in _KINDS.items():
        suited = [
            each for each in candidates.values() if each.verdict.kind in kinds and each.name not in roles.values()
        ]
        fits = _FITS.get(role, _any_fits)
        suited = [each for each in suited if each.sketch.coverage >= _COVERAGE.get(role, 0.0)]
        scored = [(_score(role, each), each) for each in suited if fits(each)]
        best = max(scored, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] > 0:
            roles[role] = best[1].name
    for role, shape in _SHAPES.items():
        if role not in roles:
            left = [each for each in candidates.values() if each.name not in roles.values()]
            found = max(left, key=shape, default=None)
            if found is not None and shape(found) > 0:
                roles[role] = found.name
    return roles


def _score(role: Role, candidate: Candidate) -> float:
    """Return how well a name fits: the whole name beats its end, an early name of the role's list a later one."""
    names = lexicon().roles[role]
    best = 0.0
    for number, name in enumerate(names):
        fit = match(candidate.name, (name,))
        if fit:
            best = max(best, (2.0 if fit > 100 else 1.0) - number / 100)
    if best and role in ("title", "description", "price", "kind"):
        best += min(candidate.sketch.coverage, 1.0) - 0.2 * candidate.sketch.path.count(".")
    return best if best >= 1.0 or role in ("title", "description") else best * 0.9


def _any_fits(_candidate: Candidate) -> bool:
    return True


def _title_fits(candidate: Candidate) -> bool:
    return candidate.sketch.coverage > 0.8 and not candidate.verdict.code and candidate.sketch.mean_length < 250


def _kind_fits(candidate: Candidate) -> bool:
    return candidate.sketch.coverage > 0.5 and len(candidate.sketch.counts) <= 400


def _age_fits(candidate: Candidate) -> bool:
    if candidate.verdict.kind == "number":
        return all(0 <= number <= 99 for number in candidate.sketch.numbers)
    known = {each.upper() for each in lexicon().age_ratings}
    counts = candidate.sketch.counts
    fitting = sum(number for value, number in counts.items() if value.upper() in known)
    return bool(counts) and fitting >= 0.8 * counts.total()


def _rating_fits(candidate: Candidate) -> bool:
    return all(0 <= number <= 100 for number in candidate.sketch.numbers)


def _image_fits(candidate: Candidate) -> bool:
    return candidate.verdict.code


_FITS: dict[Role, Callable[[Candidate], bool]] = {
    "title": _title_fits,
    "kind": _kind_fits,
    "age_rating": _age_fits,
    "rating": _rating_fits,
    "image": _image_fits,
    "description": lambda candidate: not candidate.verdict.code,
}


def _title_shape(candidate: Candidate) -> float:
    sketch = candidate.sketch
    usable = candidate.verdict.kind in ("text", "category") and not candidate.verdict.code and sketch.strings
    if not usable or sketch.coverage < 0.95 or not 4 <= sketch.mean_length <= 150:
        return 0.0
    return sketch.distinct if sketch.distinct > 0.7 else 0.0


def _description_shape(candidate: Candidate) -> float:
    sketch = candidate.sketch
    usable = candidate.verdict.kind == "text" and not candidate.verdict.code and sketch.strings
    return sketch.mean_length * sketch.coverage if usable and sketch.mean_length > 60 else 0.0


_SHAPES: dict[Role, Callable[[Candidate], float]] = {"title": _title_shape, "description": _description_shape}
