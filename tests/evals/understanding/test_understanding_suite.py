"""The understanding suite: what it scores, and that its page says it."""

import pytest

from shortlist_evals.understanding import render, run
from shortlist_evals.understanding.suite import _aspects, _sentences


@pytest.fixture(scope="module")
def result():
    return run()


def test_every_labelled_sentence_is_scored(result):
    parts = result["sentences"]
    assert parts["all"]["cases"] == parts["en"]["cases"] + parts["zh"]["cases"] == 100
    assert parts["positive"]["cases"] + parts["negative"]["cases"] + parts["neutral"]["cases"] == 100
    assert parts["all"]["agreement"]["low"] <= parts["all"]["agreement"]["mean"] <= parts["all"]["agreement"]["high"]


def test_the_page_names_the_figures(result):
    page = render(result)
    assert f"{result['sentences']['all']['agreement']['mean']:.3f}" in page
    assert f"F1 {result['aspects']['f1']:.2f}" in page
    assert "litemall" in page


ROWS = [
    {
        "language": "en",
        "text": "The sound is excellent.",
        "overall": "positive",
        "aspects": [{"aspect": "performance", "sentiment": "positive"}],
    },
    {
        "language": "zh",
        "text": "物流太慢，质量很好。",
        "overall": "negative",
        "aspects": [{"aspect": "delivery", "sentiment": "negative"}, {"aspect": "price", "sentiment": "positive"}],
    },
]


def test_scores_are_those_counted_by_hand():
    assert _sentences(ROWS)["en"] == {"cases": 1, "agreement": {"mean": 1.0, "low": 1.0, "high": 1.0}}
    aspects = _aspects(ROWS)
    assert (aspects["precision"], aspects["recall"], aspects["f1"]) == (0.6667, 0.6667, 0.6667)
    assert aspects["mood_agreement"]["mean"] == 1.0
