"""How the parts of a message belong together: what is said of one kind of item only, and alternatives."""

from __future__ import annotations

import itertools
import re

from shortlist.reader.message import Context, Figure, Mention
from shortlist.reader.stance import Target, targets_of, value_sense

from .kinds import is_kind, kind_mentions, kind_of

_BOUNDARY = re.compile(
    r"\b(?:and|plus|with|as well as|then|also)\b|[,;。.;,、]|和|以及|还有|加上|外加|另外|还要|再要|"
    r"再来|跟|与|还想要|同时"
)
BOTH = re.compile(r"\b(?:both|all|each|every|either of them|none)\b|都|各|每")
OR = re.compile(r"\bor\b|或者|或是|或|还是|要么|要不")


_NEAR = 40
_PAIR = 2
_MOST = 4
_IF = re.compile(
    r"\b(?:if|when|provided|as long as|so long as|but only|only|though only)\b|如果|要是|只要|前提|的话|但得|但要|"
    r"不过得"
)
_AT_ANY_PRICE = re.compile(
    r"\b(?:at any (?:price|cost)|(?:no matter|whatever|regardless of|never mind) (?:what )?(?:it|the|"
    r"they)?\s?(?:price|costs?))\b|"
    r"(?:多少钱|什么价|价格)(?:都|也)?(?:行|可以|无所谓|不限)|不管多少钱|不限价"
)
_GOVERNS = re.compile(
    r"\s*(?:of|with|including|containing|such as|like|consisting of|made up of)\b|\s*[:,，]|的?(?:是|包括|包含|有)"
)


def mark_structure(context: Context) -> None:
    """Give mentions and figures the scope or the alternative they belong to."""
    if not (_of_the_set(context) or _mark_alternatives(context) or _mark_parallel(context)):
        _mark_scopes(context)


def _of_the_set(context: Context) -> bool:
    """Tie what is said to the one kind named, where a set of several is sought: "shoes in black", 鞋要轻."""
    sets = [row for row in context.ledger if row.field == context.lexicon.kind and row.op == "in"]
    held = {value for row in sets for value in row.value} if any(row.scope for row in context.ledger) else set()
    kinds = kind_mentions(context)
    named = {kind_of(context, m) for m in kinds}
    others = [t for t in targets_of(context) if not is_kind(context, t)]
    if len(named) != 1 or not named < held or not others or context.scene.has("only", end=kinds[0].start):
        return False
    for mention in kinds:
        mention.dead = True
    for target in others:
        target.scope = f"kind:{named.copy().pop()}"
    return True


def _mark_scopes(context: Context) -> None:
    """Tie what is said of one of several kinds to that kind: "the lamp under $30 and headphones under $100"."""
    kinds = kind_mentions(context)
    if len({kind_of(context, m) for m in kinds}) < 2:
        return
    scene = context.scene
    cuts: list[int] = []
    for one, other in itertools.pairwise(kinds):
        gap = scene.folded[one.end : other.start]
        if kind_of(context, one) == kind_of(context, other):
            cuts.append(one.end)
            continue
        boundaries = list(_BOUNDARY.finditer(gap))
        if not boundaries or (OR.search(gap) and not _has_targets(context, one.end, other.start)):
            return
        cuts.append(one.end + boundaries[-1].start())
    first_clause = scene.clauses[scene.clause_at(kinds[0].start)].start
    edges = [first_clause, *cuts, _last_edge(context, kinds, cuts)]
    segments = [(kind_of(context, m), edges[i], edges[i + 1], m) for i, m in enumerate(kinds)]
    scoped = [
        (target, value, mention)
        for value, start, end, mention in segments
        for target in targets_of(context)
        if start <= target.start
        and target.end <= end
        and not is_kind(context, target)
        and not (target.end <= kinds[0].start and _GOVERNS.match(scene.folded[target.end : kinds[0].start]))
    ]
    last = kinds[-1]
    before_last = [t for t, _, mention in scoped if mention is not last]
    for target, value, mention in scoped:
        trailing = mention is last and target.start >= last.end
        if (
            trailing
            and not before_last
            and not _is_repeated(context, kinds)
            and scene.clause_at(target.start) == scene.clause_at(last.start)
        ):
            continue
        target.scope = f"kind:{value}"


def _is_repeated(context: Context, kinds: list[Mention]) -> bool:
    """Say whether the last kind was named before: it is taken up again to say something of it alone."""
    return kind_of(context, kinds[-1]) in {kind_of(context, m) for m in kinds[:-1]}


def _last_edge(context: Context, kinds: list[Mention], cuts: list[int]) -> int:
    """Return where the words about the last kind end: at a later clause that speaks of all of them."""
    scene = context.scene
    number = scene.clause_at(kinds[-1].start)
    earlier = _has_targets(context, kinds[0].end, cuts[-1]) if cuts else False
    edge = scene.clauses[number].end
    for clause in scene.clauses[number + 1 :]:
        if (
            not earlier
            or clause.sentence != scene.clauses[number].sentence
            or BOTH.search(scene.folded[clause.start : clause.end])
        ):
            break
        edge = clause.end
    return edge


def _has_targets(context: Context, start: int, end: int) -> bool:
    return any(start <= t.start and t.end <= end and not is_kind(context, t) for t in targets_of(context))


def _mark_alternatives(context: Context) -> bool:
    """Make groups of alternatives that differ in more than one value: "Sony under $100 or Bose"."""
    scene = context.scene
    for match in OR.finditer(scene.folded):
        number = scene.clause_at(match.start())
        sentence = scene.clauses[number].sentence
        span = [c for c in scene.clauses if c.sentence == sentence]
        left = [t for t in targets_of(context) if span[0].start <= t.start and t.end <= match.start() and not t.negated]
        right = [t for t in targets_of(context) if match.end() <= t.start and t.end <= span[-1].end and not t.negated]
        pair = _parallel(context, left, right)
        if pair is None or any(f.start <= match.start() < f.end for f in context.figures):
            continue
        one, other = pair
        branch = [t for t in left if t.start >= one.start]
        if (
            left[: len(left) - len(branch)]
            and isinstance(left[len(left) - len(branch) - 1], Figure)
            and _figures(right)
            and not _figures(branch)
        ):
            branch = left[len(left) - len(branch) - 1 :]  # 100以内的索尼或者200以内的博士
        rival = [t for t in right if t.start <= _end_of_branch(context, other, right)]
        extra = [t for t in branch if t is not one and not is_kind(context, t)]
        if not extra and _on_condition(context, branch, other, rival):
            extra = branch
        if not extra or _interrupted(context, branch, match.start()):
            continue
        kinds = [
            {kind_of(context, t) for t in side if isinstance(t, Mention) and is_kind(context, t)}
            for side in (branch, rival)
        ]
        shared = bool(kinds[1]) and kinds[0] != kinds[1]
        for letter, members in (("a", branch), ("b", rival)):
            for target in members:
                if shared or not is_kind(context, target):
                    target.group = f"g1:{letter}"
        return True
    return False


def _mark_parallel(context: Context) -> bool:
    """Make groups of clauses that each name another value with a bound of its own: "Sony under 300, Bose under 200"."""
    if len({kind_of(context, m) for m in kind_mentions(context)}) > 1:
        return False
    branches: list[tuple[str, str, list[Target]]] = []
    for clause in context.scene.clauses:
        inside = [t for t in targets_of(context) if clause.start <= t.start < clause.end and not t.negated]
        inside = [t for t in inside if not is_kind(context, t)]
        named = [s for t in inside if isinstance(t, Mention) and (s := value_sense(context, t)) and s.part == "value"]
        plain = len(named) == len(_figures(inside)) == 1 and len(inside) == _PAIR
        if plain and context.field(named[0].field).kind == "category":
            branches.append((named[0].field, named[0].value or "", inside))
    distinct = {value for _, value, _ in branches}
    if not _PAIR <= len(distinct) == len(branches) <= _MOST or len({field for field, _, _ in branches}) > 1:
        return False
    for letter, (_, _, members) in zip("abcd", branches, strict=False):
        for target in members:
            target.group = f"g1:{letter}"
    return True


def _on_condition(context: Context, branch: list[Target], head: Target, rival: list[Target]) -> bool:
    """Say whether only the second alternative is tied to more: "a Bose at any price, or a Sony if it's under $70"."""
    text = context.scene.folded
    free = _AT_ANY_PRICE.search(text, branch[-1].end, min(head.start, branch[-1].end + _NEAR))
    tied = [t for t in rival if t.start >= head.end]
    return bool(tied and (free or _IF.search(text, head.end, min(tied[-1].start, head.end + _NEAR))))


def _figures(targets: list[Target]) -> list[Target]:
    return [t for t in targets if isinstance(t, Figure)]


def _interrupted(context: Context, branch: list[Target], at: int) -> bool:
    """Say whether the words before "or" end in a plain list of values, whose last one alone has an alternative."""
    last = branch[-1]
    return (
        isinstance(last, Mention)
        and last is not branch[0]
        and len(branch) > 1
        and not any(isinstance(t, Figure) for t in branch)
        and at - last.end > 20
    )


def _parallel(context: Context, left: list[Target], right: list[Target]) -> tuple[Target, Target] | None:
    """Return the heads of two branches: the last value on the left and the first on the right of one field."""
    for other in right[:3]:
        if not isinstance(other, Mention) or (there := value_sense(context, other)) is None or there.part != "value":
            continue
        for one in reversed(left):
            if (
                isinstance(one, Mention)
                and (here := value_sense(context, one))
                and here.part == "value"
                and here.field == there.field
            ):
                return one, other
    return None


def _end_of_branch(context: Context, head: Target, right: list[Target]) -> int:
    clause = context.scene.clauses[context.scene.clause_at(head.start)]
    return clause.end
