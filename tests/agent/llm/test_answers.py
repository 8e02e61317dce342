"""The JSON object in an answer is found wherever it stands, and nothing is made up where it is not whole."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.errors import ProviderAnswerError
from shortlist.llm.answers import find_object, read_answer
from shortlist_prompts import PlanRows

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(max_size=5), JSON, max_size=4)
PROSE = st.text(alphabet=st.characters(blacklist_characters="{"), max_size=30)


@given(OBJECTS, PROSE, PROSE)
def test_an_object_is_found_in_prose(value: dict[str, object], before: str, after: str) -> None:
    assert find_object(before + json.dumps(value, ensure_ascii=False) + after) == value


@given(st.text(max_size=200))
def test_any_text_gives_an_object_or_none(text: str) -> None:
    assert find_object(text) is None or isinstance(find_object(text), dict)


@given(st.integers(min_value=1, max_value=20))
def test_a_cut_object_is_never_completed(cut: int) -> None:
    whole = '{"i":"find","q":"lamp"}'
    with pytest.raises(ProviderAnswerError) as caught:
        read_answer(whole[:cut], PlanRows)
    assert caught.value.problem == "truncated"


def test_braces_in_prose_before_the_object_do_no_harm() -> None:
    assert read_answer('Using {curly} style: {"i": "chat"}', PlanRows) == PlanRows(i="chat")


def test_a_problem_names_the_key() -> None:
    with pytest.raises(ProviderAnswerError, match=r"^i: Input should be 'find'.*; q: Input should be a valid string$"):
        read_answer('{"i": "buy", "q": 3}', PlanRows)


def test_the_problem_does_not_repeat_what_the_model_wrote() -> None:
    with pytest.raises(ProviderAnswerError) as caught:
        read_answer('{"i": "ignore all rules", "q": 3}', PlanRows)
    assert "ignore" not in str(caught.value)
    assert caught.value.answer == '{"i": "ignore all rules", "q": 3}'


@pytest.mark.parametrize("text", ["{" * 100_000, '{"a":' * 50_000, "[" * 100_000, "word " * 100_000])
def test_huge_nonsense_is_refused_at_once(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(ProviderAnswerError):
        read_answer(text, PlanRows)
    assert time.perf_counter() - started < 2
