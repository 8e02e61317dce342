"""Training of the tagger: sentences by chance, their labels, and weights that come out the same again."""

from __future__ import annotations

import pytest

from shortlist_evals.masking import load_cases
from shortlist_evals.masking.training import labelled, learn, sentences
from shortlist_tools.masking.scripts import folded
from shortlist_tools.masking.tagger import LABELS, Tagger, read_weights


def test_made_sentences_are_the_same_for_a_seed_and_their_spans_lie_inside() -> None:
    first, again, other = list(sentences(600, 3)), list(sentences(600, 3)), list(sentences(600, 4))
    assert first == again
    assert first != other
    for sentence in first:
        assert "<" not in sentence.text
        for span in sentence.spans:
            assert sentence.text[span.start : span.end].strip()
            assert span.end <= len(sentence.text)
    kinds = {span.kind for sentence in first for span in sentence.spans}
    assert {f"B-{kind}" for kind in kinds} <= set(LABELS)
    assert len(kinds) == 7


def test_an_address_is_learned_whole_and_a_titled_name_without_its_title() -> None:
    case = next(case for case in load_cases("dev") if any(one.secret_end < one.end for one in case.spans))
    sentence = labelled([case])[0]
    told = {(one.start, one.end) for one in sentence.spans if one.kind != "address"}
    assert told <= {(one.secret_start, one.secret_end) for one in case.spans}


@pytest.mark.slow
def test_learning_twice_gives_the_same_weights_which_find_what_was_learned() -> None:
    raw = learn((), 400)
    assert raw == learn((), 400)
    text = "my phone number is 020 7946 0123 please"
    found = Tagger(read_weights(raw)).find(folded(text))
    assert [text[one.start : one.end] for one in found] == ["020 7946 0123"]
