"""Which field a figure belongs to: by the words beside it, its unit, fields' roles and the kinds of item named."""

from __future__ import annotations

import re

from shortlist.reader.message import Context, Draft, Figure, Mention
from shortlist_tools.catalog import Field, Role
from shortlist_tools.text import convert, dimension

from .ages import limits_age
from .day import is_of_the_day

PEOPLE = frozenset({"player", "person"})

_NEAR_WORDS = 5
_NEAR_CHARS = 10
_TAG = 20.0
"""The least a bare figure must be to be taken for a price."""

_BEYOND = 2.0
"""How many times a field's greatest value a bound on it may be."""

_LONG_UNITS = frozenset({"year", "month", "week"})
_BEYOND_ALL = 1_000.0
"""Times the greatest value from which on no item is meant."""
_FAR_BEYOND = 20.0
"""How many times a field's values a figure in another unit may be, where only the unit speaks for the field."""

_TO_SPEND = re.compile(r"\s+(?:in total )?to (?:spend|play with|work with|burn|blow)\b")
_JOINED = re.compile(r"[\s,]*(?:and|but|to|且|并且|并|和|到|但)?[\s,]*")


def beyond_all(context: Context, draft: Draft) -> bool:
    """Say whether a figure lies so far beyond every item that it is of something else: 3 km of a heel's height."""
    field = context.field(draft.field)
    if field.kind != "number" or field.high is None or draft.unit not in (None, field.unit):
        return False
    values = draft.value if isinstance(draft.value, list) else [draft.value]
    return any(isinstance(one, int | float) and one > _BEYOND_ALL * max(field.high, 1.0) for one in values)


def field_of(context: Context, figure: Figure) -> Field | None:
    """Return the field a figure belongs to, or None where that stays open.

    In this order: a field's word beside it, the word of comparison, the question asked, the unit, the role, the kind.
    """
    numeric = [f for f in context.schema.fields if f.kind in ("number", "money")]
    fitting = [f for f in numeric if in_unit_of(f, figure, 1.0) is not None]
    if figure.quantity.unit == "piece":
        return next((f for f in numeric if f.name in context.asked and f.unit in PEOPLE), None)
    if not fitting:
        return None
    cued = named_beside(context, figure, {f.name for f in fitting})
    if cued:
        return _of_the_kind(context, context.field(_best(context, cued)), fitting)
    if figure.quantity.unit in _LONG_UNITS:
        return None
    for name in context.asked:
        if any(f.name == name for f in fitting):
            return context.field(name)
    quantity = figure.quantity
    price = context.schema.role("price")
    if quantity.unit is None:
        return _of_bare(context, figure, fitting)
    if quantity.dimension == "money":
        money = [f for f in fitting if f.kind == "money"]
        best = context.coverage.best([f.name for f in money], context.kinds())
        if price in money and (price.name in best or not best):
            return price
        return context.field(best[0]) if len(best) == 1 else None
    roles: tuple[Role, Role] = ("rating", "age_rating")
    for role in roles:
        field = context.schema.role(role)
        if field in fitting and quantity.dimension in ("rating", "age") and field is not None:
            if role == "age_rating" and not limits_age(context, figure, field):
                return None
            return field
    fitting = [f for f in fitting if f.unit is not None and _is_conceivable(f, figure)]
    return None if is_of_the_day(context, figure) else _of_unit(context, figure, fitting)


def _is_conceivable(field: Field, figure: Figure) -> bool:
    """Say whether an exact figure in another unit than the field's may be meant: 43码 is no heel drop in yards."""
    if figure.quantity.op != "==" or figure.quantity.unit == field.unit or field.high is None or field.low is None:
        return True
    said = in_unit_of(field, figure, figure.quantity.low or 0.0)
    return said is not None and field.low / _FAR_BEYOND <= said <= field.high * _FAR_BEYOND


def in_unit_of(field: Field, figure: Figure, value: float) -> float | None:
    """Return a figure in the unit of `field`, or None where the field cannot hold it."""
    quantity = figure.quantity
    for unit in (quantity.unit, *(quantity.also if quantity.unit != "piece" else ())):
        if field.kind == "money":
            return (
                value if unit is None or quantity.dimension == "money" or (unit.isupper() and len(unit) == 3) else None
            )
        if unit is None or unit == field.unit or (unit == "piece" and field.unit in PEOPLE):
            return value
        if field.unit is None:
            return value if quantity.dimension in ("rating", "count", "percent") else None
        if unit in PEOPLE or field.unit in PEOPLE:
            if unit in PEOPLE and field.unit in PEOPLE:
                return value
            continue
        if dimension(unit) == "count":
            continue
        converted = convert(value, unit, field.unit)
        if converted is not None:
            return round(converted, 6)
    return None


def _of_the_kind(context: Context, named: Field, fitting: list[Field]) -> Field:
    """Return the field named, or where no item of the kind has it, the one of its sort that they have.

    A restaurant's "price" may be what its catalog calls the average bill.
    """
    kinds = context.named_kinds()
    general = named == context.schema.role("price") or context.lexicon.is_plain(named, "money")
    if not general or context.coverage.of(named.name, kinds) != 0.0:
        return named
    others = context.coverage.best([f.name for f in fitting if f.kind == "money"], kinds)
    return context.field(others[0]) if len(others) == 1 else named


def _of_unit(context: Context, figure: Figure, fitting: list[Field]) -> Field | None:
    if not fitting:
        return None
    kinds = context.kinds()
    best = context.coverage.best([f.name for f in fitting], kinds)
    if not best:
        return None
    if len(best) == 1:
        return context.field(best[0])
    shares = [context.coverage.of(name, kinds) for name in best]
    if shares[0] is not None and (shares[0] or 0) >= 2 * (shares[1] or 0):
        return context.field(best[0])
    dim = figure.quantity.dimension or ""
    plain = [name for name in best if context.lexicon.is_plain(context.field(name), dim)]
    if len(plain) == 1:
        return context.field(plain[0])
    exact = [name for name in best if context.field(name).unit == figure.quantity.unit]
    if len(exact) == 1:
        return context.field(exact[0])
    whole = sorted(best, key=lambda name: -context.coverage.whole(name))
    if context.coverage.whole(whole[0]) >= 2 * context.coverage.whole(whole[1]):
        return context.field(whole[0])
    return None


def _of_bare(context: Context, figure: Figure, fitting: list[Field]) -> Field | None:
    """Return the field of a figure without a unit: the price, where the words compare; a figure alone counts things."""
    quantity = figure.quantity
    numbers = [n for n in (quantity.low, quantity.high) if n is not None]
    rating, price = context.schema.role("rating"), context.schema.role("price")
    fractional = any(n != int(n) for n in numbers) and not quantity.approximate
    if (
        rating in fitting
        and fractional
        and quantity.op in (">=", ">")
        and max(numbers) <= (rating.high or 10 if rating else 0)
    ):
        return rating
    if quantity.op == "==" and re.search(r"\bfor\s$", context.scene.folded[: figure.start]):
        people = context.coverage.best([f.name for f in fitting if f.unit in PEOPLE], context.kinds())
        rest = context.scene.folded[figure.end :].strip()
        if len(people) == 1 and context.kinds() and max(numbers) <= 30 and (not rest or rest[0] in ",.!?"):
            return context.field(people[0])
    if figure.scope == "slate" and price in fitting:
        return price
    if price in fitting and _TO_SPEND.match(context.scene.folded[figure.end :]):
        return price
    if price in fitting and _is_tag(context, figure, numbers):
        return price
    if (same := _other_end(context, figure, fitting)) is not None:
        return same
    if price is None:
        return _only_plausible(context, figure, fitting, numbers)
    if price not in fitting or max(numbers) < 5:
        return None
    if quantity.op != "==":
        return price
    scene = context.scene
    if figure.negated or (scene.folded[figure.end : figure.end + 1] == "的" and max(numbers) >= 20):
        return price
    return None


def _is_tag(context: Context, figure: Figure, numbers: list[float]) -> bool:
    """Say whether a bare figure stands right behind a kind, at the end of its clause, like a price tag: 台灯一百."""
    scene = context.scene
    clause = scene.clauses[scene.clause_at(figure.start)]
    kind = context.lexicon.kind
    behind = any(
        m.end <= figure.start
        and not scene.folded[m.end : figure.start].strip()
        and s.field == kind
        and s.part == "value"
        for m in scene.live()
        for s in m.senses
    )
    return behind and min(numbers) >= _TAG and not scene.folded[figure.end : clause.end].strip()


def _other_end(context: Context, figure: Figure, fitting: list[Field]) -> Field | None:
    """Return the field of the figure just before whose range this one closes: "at least 300 lumens, at most 800"."""
    opposite = {"<": ">", "<=": ">", ">": "<", ">=": "<"}.get(figure.quantity.op)
    for other in context.figures:
        gap = context.scene.folded[other.end : figure.start]
        near = other.end <= figure.start and not other.dead and _JOINED.fullmatch(gap)
        if near and opposite and other.quantity.op.startswith(opposite):
            field = field_of(context, other)
            return field if field in fitting and field is not None and _within_reach(field, figure) else None
    return None


def _within_reach(field: Field, figure: Figure) -> bool:
    """Say whether a bound lies among the values of a field, or a little beyond them."""
    numbers = [n for n in (figure.quantity.low, figure.quantity.high) if n is not None]
    return field.high is None or all(n <= _BEYOND * field.high for n in numbers)


def _only_plausible(context: Context, figure: Figure, fitting: list[Field], numbers: list[float]) -> Field | None:
    """Return the one field whose values a compared figure lies among, in a catalog without prices."""
    if figure.quantity.op == "==":
        return None
    popularity = context.schema.roles.get("popularity")
    held = [
        f
        for f in fitting
        if f.name != popularity
        and (f.known > 0 or f.searchable)
        and f.low is not None
        and f.high is not None
        and all(f.low <= n <= f.high for n in numbers)
    ]
    return held[0] if len(held) == 1 else None


def named_beside(context: Context, figure: Figure, fitting: set[str]) -> list[str]:
    """Return the fitting fields whose name or comparative stands closest to a figure, within its clause."""
    scene = context.scene
    inside = [
        s.field
        for m in scene.live()
        if m.start < figure.end and figure.start < m.end
        for s in m.having("field", "more", "less")
        if s.field in fitting
    ]
    if inside:
        return inside
    clause = scene.clauses[scene.clause_at(figure.start)]
    others = [f for f in context.figures if f is not figure]
    price = context.schema.roles.get("price")
    tag = price in fitting and figure.quantity.unit is None and figure.quantity.op not in (">", ">=")
    best: tuple[int, list[str]] | None = None
    for mention in scene.live():
        senses = [s for s in mention.having("field", "more", "less") if s.field in fitting and not s.weak]
        # "The lightest under 200" bounds the price: of a weight somebody would say in what it is weighed.
        fields = [s.field for s in senses if not tag or s.part == "field" or s.field == price]
        if not fields or mention.start < clause.start or mention.end > clause.end:
            continue
        low, high = (mention.end, figure.start) if mention.end <= figure.start else (figure.end, mention.start)
        if any(low <= f.start < high for f in others) or not _near(scene.folded[low:high]):
            continue
        behind = mention.start >= figure.end
        distance = (high - low) * (2 if behind else 1) + (0 if mention.having("field") else 6)
        if _owned(context, figure, mention, others, behind=behind):
            continue
        if best is None or distance < best[0]:
            best = (distance, _modifier(context, mention, fitting) or fields)
    return best[1] if best else []


def _modifier(context: Context, mention: Mention, fitting: set[str]) -> list[str]:
    """Return the field whose name directly precedes another's and makes it more exact: 门票 in 门票价格."""
    text = context.scene.folded
    for other in context.field_mentions():
        if other.end <= mention.start and not text[other.end : mention.start].strip(" 的"):
            return [s.field for s in other.having("field") if s.field in fitting]
    return []


def _owned(context: Context, figure: Figure, mention: Mention, others: list[Figure], *, behind: bool) -> bool:
    """Say whether a field's word beside a figure rather belongs to another one: "20 h battery under 100"."""
    text = context.scene.folded
    field = context.field(mention.having("field", "more", "less")[0].field)
    explicit = figure.quantity.unit is not None
    for other in others:
        gap = text[mention.end : other.start] if other.start >= mention.end else text[other.end : mention.start]
        if gap.strip() or (other.start < mention.start < figure.start and other.end > mention.start):
            continue
        theirs = other.quantity.unit is not None and in_unit_of(field, other, 1.0) is not None
        if theirs and not explicit:
            return True
        if behind and other.start >= mention.end and not (explicit and not theirs):
            return True
    return False


def _near(gap: str) -> bool:
    words = re.findall(r"[a-z']+", gap)
    chinese = sum(1 for char in gap if "\u4e00" <= char <= "\u9fff")
    return len(words) <= _NEAR_WORDS and chinese <= _NEAR_CHARS


def _best(context: Context, names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    if len(distinct) == 1:
        return distinct[0]
    ordered = context.coverage.best(distinct, context.kinds())
    return ordered[0] if ordered else distinct[0]
