"""Running the builder over the shoppers' events, and showing how well their profiles tell what is true of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from shortlist_evals.profiles.judging import Judge
from shortlist_evals.profiles.people import Shopper, draw_shoppers
from shortlist_evals.profiles.pursuits import open_world
from shortlist_evals.profiles.reading import READERS, asked_model, read_shoppers
from shortlist_evals.profiles.reading import render as render_reading
from shortlist_evals.profiles.scoring import (
    EARLY,
    SOON,
    Sheet,
    add_price_ranks,
    score_change,
    score_early,
    score_whole,
    spearman,
)
from shortlist_evals.profiles.shop import Shop, open_shop
from shortlist_evals.profiles.truth import Truth
from shortlist_evals.profiles.visits import Appeal, draw_deeds
from shortlist_evals.scored import Scored, rounded, summary
from shortlist_tools.profile import read_event

SHOPPERS = 500
SEED = 11
AGENT = "statistical"
ASKED = {
    "primary_precision": 0.9, "primary_recall": 0.9, "drift_found": 0.9, "price_spearman": 0.8, "true_facts": 0.97,
}  # fmt: skip
"""What is asked of the builder."""
SHOWN = (
    "primary_precision", "primary_recall", "drift_found", "drift_found_own", "true_facts_early", "true_facts",
    "price_spearman", "price_known", "brand_found", "calm", "identity", "edge_precision", "edge_recall", "evidence",
    "newest_stated",
)  # fmt: skip
SAID_AT = (10, 50)
"""After how many events what is said of oneself is said; the second contradicts the first."""


def run(
    *,
    n: int | None = None,
    seed: int | None = None,
    model: str | None = None,
    base_url: str | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Build the profiles of generated shoppers and score them against what was planted.

    Args:
        n: How many shoppers; the first of them are the same whatever n is.
        seed: Of the shoppers and of what they do.
        model: A model that reads what the shoppers wrote; then the facts it gives are judged, and nothing else.
        base_url: Where it is served.
        progress: Told how many are scored.

    Returns:
        The keys of `scored.summary`, with `price_spearman` among the means, and `wrong`: false facts counted by what
        they say, class, field and cause; `found_after`: how many changes were found after how many events.
    """
    started = SEED if seed is None else seed
    if model is not None:
        return read_shoppers(asked_model(model, base_url), n or READERS, started, progress)
    with open_shop() as shop:
        snapshot = shop.snapshot
        world = open_world(snapshot.items(range(len(snapshot))), snapshot.schema.roles)
        shoppers, appeal = draw_shoppers(world, n or SHOPPERS, started), Appeal(world)
        truth = Truth(world, shoppers, appeal, started)
        deeds = {shopper.id: draw_deeds(shopper, world, appeal, started) for shopper in shoppers}
        judges = [Judge(shopper, truth, world, deeds[shopper.id], shopper.drift_to is not None) for shopper in shoppers]
        sheets = _scored(shop, judges, progress)
    add_price_ranks(sheets, {shopper.id: shopper.thrift for shopper in shoppers})
    return _result(shoppers, sheets, started)


def _scored(shop: Shop, judges: Sequence[Judge], progress: Callable[[int, int], None]) -> dict[str, Sheet]:
    """Let everybody shop, and score the profiles early, after changes and at the end; base rates are counted twice."""
    sheets = {judge.shopper.id: Sheet() for judge in judges}
    for judge in judges:
        said = dict(zip(SAID_AT, judge.shopper.statements, strict=False))
        shop.expect(judge.shopper.id, [read_event(deed.event) for deed in judge.deeds], said)
        shop.take(judge.shopper.id, EARLY)
    shop.count_people()
    for number, judge in enumerate(judges, start=1):
        user = judge.shopper.id
        score_early(replace(judge, deeds=judge.deeds[:EARLY], later=False), shop.profile(user, EARLY), sheets[user])
        if judge.later:
            own = [place for place, deed in enumerate(judge.deeds) if deed.pursuit == judge.shopper.drift_to]
            soon = range(own[0] + 1, max(own[:SOON][-1] + 1, min(own[0] + SOON, len(judge.deeds))) + 1)
            score_change(judge, [shop.profile(user, upto) for upto in soon], sheets[user])
        shop.take(user, len(judge.deeds))
        progress(number, 2 * len(judges))
    shop.count_people()
    for number, judge in enumerate(judges, start=1):
        user = judge.shopper.id
        score_whole(judge, shop.profile(user, len(judge.deeds)), sheets[user])
        progress(len(judges) + number, 2 * len(judges))
    return sheets


def _result(shoppers: Sequence[Shopper], sheets: Mapping[str, Sheet], seed: int) -> dict[str, Any]:
    rows = [Scored(one.id, one.kind, one.language, sheets[one.id].values) for one in shoppers]
    result = summary({AGENT: rows})
    result["agents"][AGENT]["price_spearman"] = _spearman(shoppers, sheets)
    for part in ("classes", "languages"):
        for name, means in result[part][AGENT].items():
            means["price_spearman"] = _spearman([one for one in shoppers if name in (one.kind, one.language)], sheets)
    wrong = [each for sheet in sheets.values() for each in sheet.wrong]
    counted = Counter((each.kind, each.claim.partition("=")[0], each.shopper, each.cause) for each in wrong)
    after = Counter(sheets[one.id].found_after for one in shoppers if one.drift_to is not None)
    return {
        **result,
        "seed": seed,
        "asked": ASKED,
        "wrong": [[*what, count] for what, count in counted.most_common(40)],
        "examples": [asdict(each) for each in wrong[:: max(1, len(wrong) // 20)]][:20],
        "found_after": {str(events): after[events] for events in sorted(after, key=lambda one: (one is None, one))},
    }


def _spearman(shoppers: Sequence[Shopper], sheets: Mapping[str, Sheet]) -> list[float]:
    known = [(one.thrift, price) for one in shoppers if (price := sheets[one.id].price) is not None]
    return rounded(spearman([planted for planted, _ in known], [measured for _, measured in known]))


def render(result: Mapping[str, Any]) -> Any:
    """Return a table by class, what is asked and missed, and the commonest false facts."""
    if "dropped" in result:
        return render_reading(result)
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    title = f"profiles: {result['n']} shoppers (95 % intervals)"
    table = Table("", *result["classes"][AGENT], "all", "asked", title=title, title_justify="left", box=SIMPLE_HEAD)
    for metric in SHOWN:
        means = [*result["classes"][AGENT].values()]
        cells = [f"{one[metric][0]:.2f}" if metric in one else "" for one in means]
        whole = result["agents"][AGENT].get(metric)
        asked = f"{ASKED[metric]:.2f}" if metric in ASKED else ""
        table.add_row(metric, *cells, "" if whole is None else "{:.3f} [{:.3f}, {:.3f}]".format(*whole), asked)
    lines = [Text(f"changes found after so many events: {_counted(result['found_after'])}")]
    for kind, field, shopper, cause, count in result["wrong"][:8]:
        lines.append(Text(f"false {count} x: {kind} in {field}, {shopper} shoppers, read from: {cause}"))
    return Group(table, *lines)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{'never' if after == 'None' else after}: {count}" for after, count in counts.items()) or "none"
