"""Sessions over the demo that turn from looking around to one thing and back: how the mix of kinds follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from shortlist_evals.metrics import mean_interval
from shortlist_evals.scored import rounded
from shortlist_tools.catalog import Catalog, Snapshot
from shortlist_tools.profile import Event
from shortlist_tools.ranking import rank
from shortlist_tools.ranking.diversity import Mix, rerank
from shortlist_tools.ranking.kinds import bought_kinds, buying, kind_mix
from shortlist_tools.store import Store

SIZE = 5
AROUND, FOR_ONE = 4, 3
"""Searches for this and that, then for one thing, then for this and that again."""
WAYS = {"en": ("{}", "good {}", "cheap {}", "{} for home"), "zh": ("{}", "好的{}", "便宜的{}", "家用{}")}


def run(seed: int, sessions: int = 60) -> dict[str, Any]:
    """Return the share of bought kinds on the slate by turn, and in how many turns the mix has shifted, and back."""
    with demo_snapshot() as shop:
        lived = np.array([_session(shop, seed * 1_000 + one) for one in range(sessions)])
    start, for_one = lived[:, AROUND - 1], lived[:, AROUND : AROUND + FOR_ONE]
    back = lived[:, AROUND + FOR_ONE : AROUND + FOR_ONE + 3]
    return {
        "share_of_goods_by_turn": [rounded(mean_interval(lived[:, turn].tolist())) for turn in range(lived.shape[1])],
        "searches_for_one_thing": [AROUND + 1, AROUND + FOR_ONE],
        "shift_in_three": rounded(mean_interval((for_one[:, -1] - start).tolist())),
        "return_in_three": rounded(mean_interval((for_one[:, -1] - back[:, -1]).tolist())),
        "sessions_shifted": round(float((for_one.max(axis=1) > start).mean()), 4),
        "sessions_back": round(float((back.min(axis=1) < for_one.max(axis=1)).mean()), 4),
        "sessions": sessions,
    }


@contextmanager
def demo_snapshot() -> Iterator[Snapshot]:
    """Yield the demo catalog, ingested into a store that is gone afterwards."""
    import shortlist.demo

    demo = Path(shortlist.demo.__file__).parent
    with TemporaryDirectory(prefix="shortlist-ranking-") as folder:
        store = Store.open(Path(folder) / "demo.db")
        catalog = Catalog(store)
        catalog.ingest(*sorted((demo / "catalog").glob("*.jsonl")), schema=demo / "schema.yaml")
        yield catalog.snapshot()
        store.close()


def _session(shop: Snapshot, seed: int) -> list[float]:
    """Return the share of the slate that is bought, turn by turn; the candidates are of all kinds throughout."""
    draws = np.random.default_rng(seed)
    language = ("en", "zh")[seed % 2]
    field = shop.schema.role("kind")
    assert field is not None
    bought = bought_kinds(shop)
    names = sorted(field.values)
    one = str(draws.choice(sorted(bought)))
    others = draws.permutation([name for name in names if name != one]).tolist()
    order = [*others[:AROUND], *[one] * FOR_ONE, *others[AROUND : 2 * AROUND]]
    events: list[Event] = []
    shares = []
    for turn, name in enumerate(order):
        way = WAYS[language][turn % len(WAYS[language])] if name == one else "{}"
        events.append(Event(kind="searched", text=way.format(field.value_named(name, language)), time=float(turn)))
        rows = np.sort(draws.choice(len(shop), 80, replace=False)).astype(np.int64)
        ranked = rank(shop, rows, draws.random(80))
        slate = rerank(
            shop, ranked, SIZE, Mix(calibration=2.0), interests=kind_mix(shop, rows, buying(events, shop.schema))
        )[:SIZE]
        shares.append(float(np.mean([shop.value(each.row, field.name) in bought for each in slate])))
    return shares
