"""Costs are the provider's own figures, or a count that is about right."""

from __future__ import annotations

import pytest

from shortlist.llm.usage import Usage, approximate, approximate_prompt, reported


@pytest.mark.parametrize(
    ("metadata", "usage"),
    [
        ({"input_tokens": 9, "output_tokens": 3, "input_token_details": {"cache_read": 4}}, Usage(9, 3, 4)),
        ({"input_tokens": 9}, Usage(9, 0, 0)),
        ({"input_tokens": 9, "input_token_details": {"cache_read": None}}, Usage(9, 0, 0)),
        ({"input_tokens": 0, "output_tokens": 0}, None),
        ({}, None),
        (None, None),
    ],
)
def test_reported_usage(metadata: dict[str, object] | None, usage: Usage | None) -> None:
    assert reported(metadata) == usage


def test_characters_are_counted_by_script() -> None:
    assert approximate("four words of text") == 4
    assert approximate("降噪耳机推荐") == 5
    assert approximate("") == 0
    assert approximate_prompt([("system", "abcd"), ("user", "")]) == 9
