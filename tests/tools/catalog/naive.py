"""What a requirement means, item by item and slowly: the oracle that fast filters are held to."""

from datetime import date

RATES = {"CNY": 0.14, "EUR": 1.1}
NEGATIVE = ("!=", "not_in", "not_contains")


def holds(item, requirement, schema):
    """Whether an item satisfies one requirement."""
    scope = requirement.scope
    if scope == "slate" or requirement.op in ("lowest", "highest"):
        return True
    if scope and scope.startswith("kind:"):
        kind = item.values.get(schema.roles["kind"])
        if kind != scope[5:]:
            return True
    value = item.values.get(requirement.field)
    missing = value is None or value in ("", [], {})
    if requirement.op == "exists":
        return missing != requirement.value
    return not missing and compares(value, requirement, schema.by_name[requirement.field])


def compares(value, requirement, field):
    """Whether a present value stands in the relation that is asked."""
    op, wanted = requirement.op, requirement.value
    if field.kind == "multi_category":
        wanted = wanted if isinstance(wanted, list) else [wanted]
        return {
            "contains": all(each in value for each in wanted),
            "contains_any": any(each in value for each in wanted),
            "not_contains": not any(each in value for each in wanted),
            "not_in": not any(each in value for each in wanted),
        }[op]
    if field.kind == "text":
        texts = [text.casefold() for text in (value.values() if isinstance(value, dict) else [value])]
        wanted = [each.casefold() for each in (wanted if isinstance(wanted, list) else [wanted])]
        if op in ("==", "in", "!=", "not_in"):
            return any(text in wanted for text in texts) == (op in ("==", "in"))
        has = [any(each in text for text in texts) for each in wanted]
        return {"contains": all(has), "contains_any": any(has), "not_contains": not any(has)}[op]
    rate = RATES.get(requirement.unit, 1.0) if field.kind == "money" else 1.0

    def number(each):
        if field.kind == "date":
            return date.fromisoformat(each).toordinal()
        return each * rate if isinstance(each, float) else each

    left = date.fromisoformat(value).toordinal() if field.kind == "date" else value
    if op == "between":
        low, high = map(number, wanted)
        return low <= left <= high or near(left, low) or near(left, high)
    if op in ("in", "not_in"):
        return any(near(left, number(each)) for each in wanted) == (op == "in")
    right = number(wanted)
    if op in ("==", "!="):
        return near(left, right) == (op == "==")
    if near(left, right):
        return op in ("<=", ">=")
    return left < right if op in ("<", "<=") else left > right


def near(left, right):
    """Whether two values are the same, but for the last digits of a conversion."""
    if isinstance(left, float | int) and not isinstance(left, bool):
        return abs(left - right) <= 1e-9 * max(1.0, abs(right))
    return left == right


def passes(item, requirements, schema):
    """Whether an item passes every active hard requirement, one branch of each group being enough."""
    groups = {}
    for requirement in requirements:
        if requirement.hard and requirement.status == "active":
            name = requirement.group or f"alone {id(requirement)}"
            groups.setdefault(name.split(":")[0], {}).setdefault(name, []).append(holds(item, requirement, schema))
    return all(any(all(branch) for branch in branches.values()) for branches in groups.values())
