"""Words of a schema are found however a text joins them."""

from typing import Any

import pytest

from shortlist_tools.drafting.claims.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("good value", "a good-value lamp"),
        ("good value", "a good value lamp"),
        ("noise-cancelling", "noise cancelling ones"),
        ("noise-cancelling", "noise-cancelling ones"),
    ],
)
@pytest.mark.parametrize("table", ["values", "flags", "labels", "english"])
def test_spaces_and_hyphens_are_the_same_and_the_key_is_returned(key: str, text: str, table: Any) -> None:
    words = Vocabulary()
    getattr(words, table)[key] = []
    assert [found for _, _, found in words.find(table, text)] == [key]
    assert words.find(table, "valued goods") == []
