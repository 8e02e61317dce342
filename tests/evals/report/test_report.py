"""The report: one page that needs nothing else, escapes everything, and holds plots, differences and conversations."""

from __future__ import annotations

import base64
import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from shortlist_evals import results
from shortlist_evals.metrics import Interval
from shortlist_evals.report import build, write
from shortlist_evals.report.conversations import packed
from shortlist_evals.report.page import NothingToReportError
from shortlist_evals.report.plots import Series, curves, dots
from shortlist_evals.results import ResultError
from shortlist_evals.scored import Scored, summary
from shortlist_evals.transcripts import Said, Transcript, write_transcripts

Made = Callable[..., dict[str, Any]]
HOSTILE = "<script>alert('1')</script><b>&amp;"
ANSWER = {"message": HOSTILE, "kind": "recommend", "items": ["a1"], "asked": [], "calls": 0, "seconds": 0.1}


class Page(HTMLParser):
    """Collects elements, and what they would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in ("src", "href", "xlink:href") and value and not value.startswith("#"):
                self.fetched.append(value)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, result_of: Made) -> Path:
    """Two results of one suite, one with trials, and a transcript with hostile words."""
    monkeypatch.setattr(results, "results_dir", lambda: tmp_path)
    rows = {
        name: [
            Scored(
                f"c{case}", "easy" if case < 6 else HOSTILE, "en", {"reward": float(case > low), "calls": 2.0}, trial
            )
            for case in range(12)
            for trial in range(2)
        ]
        for name, low in (("offline", 5), ("oracle", -1))
    }
    (tmp_path / "tau_rec.json").write_text(json.dumps(result_of({}) | {"scores": summary(rows, "reward")}), "utf-8")
    (tmp_path / "later.json").write_text(json.dumps(result_of({"offline": [1.0] * 12})), "utf-8")
    talks = [
        Transcript(suite="tau_rec", case=f"c{place}", agent="offline", kind="easy", language="en",
                   said=(Said(message=HOSTILE, answer=ANSWER),), values={"reward": float(place > 2)}, about=HOSTILE)
        for place in range(12)
    ]  # fmt: skip
    write_transcripts("tau_rec", talks)
    return tmp_path


def _unpacked(data: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(gzip.decompress(base64.b64decode(data)))
    return found


@pytest.mark.usefixtures("kept")
def test_the_page_needs_nothing_else_and_holds_every_part() -> None:
    text = build()
    page = Page(text)
    assert page.fetched == []
    assert len(page.ids) == len(set(page.ids))
    assert not re.search(r"url\((?!#)|@import|fetch\(|https?://(?!www\.w3\.org)", text)
    for part in ("overview", "result-tau_rec", "result-later", "differences", "conversations", "data"):
        assert part in page.ids
    for said in ("reward by class", "Reliability", "pass^2", "calls", "is really worse than", "prefers-color-scheme"):
        assert said in text


@pytest.mark.usefixtures("kept")
def test_hostile_words_stay_words() -> None:
    text = build()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert Page(text).tags.count("script") == 2
    script = text[text.rindex("<script>") :]
    assert "innerHTML" not in script
    assert "insertAdjacentHTML" not in script


@pytest.mark.usefixtures("kept")
def test_conversations_are_packed_whole_and_failed_ones_first() -> None:
    data, counts = packed(["tau_rec", "wishes"])
    talks = _unpacked(data)
    assert counts == {"tau_rec": {"shown": 12, "kept": 12}}
    assert [talk["failed"] for talk in talks] == [True] * 3 + [False] * 9
    assert talks[0]["turns"][0]["reply"] == HOSTILE


@pytest.mark.usefixtures("kept")
def test_where_conversations_do_not_fit_the_failed_ones_stay() -> None:
    data, counts = packed(["tau_rec"], most=300)
    shown = counts["tau_rec"]["shown"]
    assert 1 <= shown < 12
    assert [talk["failed"] for talk in _unpacked(data)][:3] == [True] * min(shown, 3)


def test_a_report_of_nothing_and_of_unknown_results_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "results_dir", lambda: tmp_path)
    with pytest.raises(NothingToReportError, match="`python -m shortlist_evals run wishes` makes one"):
        build()
    with pytest.raises(ResultError, match="no result is called 'x'; there are: none yet"):
        write(tmp_path / "out.html", ["x"])
    assert list(tmp_path.iterdir()) == []


def test_a_result_of_zero_cases_is_a_section_without_plots(kept: Path, result_of: Made) -> None:
    (kept / "empty.json").write_text(json.dumps(result_of({"offline": []})), "utf-8")
    page = Page(build(["empty"]))
    assert "result-empty" in page.ids
    assert "svg" not in page.tags


def test_plots_take_the_colours_of_the_page_and_ids_of_their_own() -> None:
    series = [
        Series("offline", {"单领域": Interval(0.5, 0.2, 0.8)}),
        Series("words", {"b": Interval(0.1, 0.1, 0.1)}, 9),
    ]
    one, other = dots(["单领域", "b"], series, "one"), dots(["单领域", "b"], series, "two")
    for svg in (one, other, curves([Series("a", {"1": Interval(1, 1, 1), "4": Interval(0.5, 0, 1)})], "three")):
        assert ET.fromstring(svg).tag.endswith("svg")
        assert "var(--s0)" in svg
        assert "#0a0" not in svg
    assert "var(--s5)" in one
    assert "单领域" in one
    ids = [set(re.findall(r'id="([^"]+)"', svg)) for svg in (one, other)]
    assert ids[0] & ids[1] == set()
    assert one == dots(["单领域", "b"], series, "one")


def test_every_committed_result_has_a_place_on_the_page() -> None:
    names = [path.stem for path in results.results_dir().glob("*.json") if path.stem not in ("bench", "million")]
    ids = Page(build()).ids
    assert names
    assert [name for name in names if f"result-{name.replace('.', '-')}" not in ids] == []
