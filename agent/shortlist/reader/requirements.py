"""The order in which the requirements of a message are read: what rules words out goes before what reads them."""

from __future__ import annotations

from shortlist.reader.figures import (
    beyond_all,
    left_behind,
    mark_anchors,
    mark_counts,
    mark_persons,
    no_child_after_all,
    of_the_shop,
    ordered_before,
    read_degrees,
    read_figures,
    read_multiples,
    read_orders,
    read_reversed,
    read_without,
    settle_currencies,
    without_bounded,
)
from shortlist.reader.goods import (
    Narrower,
    mark_features,
    mark_structure,
    mark_sums,
    mark_topics,
    name_closer,
    not_of_the_kind,
    read_exchange,
    read_further,
    read_less,
    read_narrower,
    restated,
    spread,
    swap_in_set,
)
from shortlist.reader.message import Context, Draft
from shortlist.reader.stance import (
    mark_continued,
    mark_negations,
    mark_tastes,
    mark_wishes,
    read_accepted,
    read_values,
    read_withdrawals,
    refuse_brand,
)
from shortlist.reader.talk import correct_figures, correct_values, drop_slips, mark_gates, read_answer


def read_requirements(
    context: Context, narrower: Narrower
) -> tuple[list[Draft], list[tuple[str, int, int]], list[Draft]]:
    """Return the requirements of a message, the fields it takes back, and the single refusals it takes back."""
    settle_currencies(context)
    answer = read_answer(context) if context.asked else []
    less = read_less(context)
    mark_persons(context)
    mark_counts(context)
    mark_anchors(context)
    mark_negations(context)
    mark_continued(context)
    mark_tastes(context)
    mark_gates(context)
    refused = refuse_brand(context)
    accepted, lifted = read_accepted(context)
    lifted += less
    further = read_exchange(context)
    withdrawn, relaxed = read_withdrawals(context)
    withdrawn += no_child_after_all(context)
    lifted += relaxed
    narrowed = read_narrower(context, narrower)
    mark_wishes(context)
    drop_slips(context)
    further = further or read_further(context, less)
    swap_in_set(context)
    further += name_closer(context, narrower)
    mark_features(context)
    of_topic, former = mark_topics(context)
    lifted += former
    mark_structure(context)
    mark_sums(context)
    drafts = [*further, *of_topic, *read_multiples(context), *read_without(context)]
    drafts += [*correct_figures(context), *correct_values(context)]
    drafts += [*accepted, *refused, *narrowed, *read_values(context), *read_figures(context)]
    orders = read_orders(context) + read_reversed(context)
    lifted += ordered_before(context, orders)
    degrees = [d for d in read_degrees(context) if all(d.field != order.field for order in orders)]
    drafts += [*orders, *without_bounded(context, degrees, drafts)]
    if of_the_shop(context.scene.folded) and drafts and all(d.op in ("lowest", "highest") for d in drafts):
        # "The best rated in the whole shop" is of all there is.
        withdrawn += [(name, 0, 0) for name in dict.fromkeys(row.field for row in context.ledger)]
    drafts += [d for d in answer if not any(d.field == other.field for other in drafts)]
    drafts = spread(context, [draft for draft in drafts if not beyond_all(context, draft)])
    sought = any(d.field == context.lexicon.kind and d.op == "==" for d in drafts)
    drafts += restated(context, drafts)
    withdrawn += [(name, 0, 0) for name in [*left_behind(context, sought), *not_of_the_kind(context, drafts)]]
    added = {d.field for d in drafts if d.op not in ("lowest", "highest")}
    # "Forget the budget. What's the cheapest?": a wish goes on beside a bound that is taken back.
    return drafts, [one for one in withdrawn if one[0] not in added], lifted
