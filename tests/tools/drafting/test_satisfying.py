"""One item and one requirement: what a missing value says, in the sheet as in the filter."""

from __future__ import annotations

import numpy as np
import pytest

from shortlist_tools.catalog import Requirement, Snapshot
from shortlist_tools.drafting import satisfies

ROWS = [
    Requirement(field="sponsored", op="==", value=False, origin="stated"),
    Requirement(field="sponsored", op="==", value=True, origin="stated"),
    Requirement(field="waterproof", op="==", value=False, origin="stated"),
    Requirement(field="brand", op="!=", value="Sony", origin="stated"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.field}{row.op}{row.value}")
def test_the_sheet_agrees_with_the_filter_on_every_item(demo_snapshot: Snapshot, row: Requirement) -> None:
    mask = demo_snapshot.mask([row])
    told = [satisfies(demo_snapshot.item(at), row, demo_snapshot.schema) for at in range(len(demo_snapshot))]
    assert told == mask.tolist()


def test_only_an_ad_is_sponsored(demo_snapshot: Snapshot) -> None:
    free = demo_snapshot.mask([ROWS[0]])
    marked = [demo_snapshot.item(at).values.get("sponsored") is True for at in range(len(demo_snapshot))]
    assert np.array_equal(~free, np.array(marked))
    assert 0 < sum(marked) < len(marked) / 2
