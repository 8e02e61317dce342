"""Scoring the statistical reading of opinions: overall mood and mood by aspect of sentences, and of shop reviews."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import yaml

from shortlist_evals.metrics import Interval, mean_interval
from shortlist_evals.places import DataMissingError, data_dir, suites_dir
from shortlist_tools.catalog import Item, Review, Schema
from shortlist_tools.catalog.understanding import Listener, aspects_of, label, mood, rating_scale

SENTENCES = ("sentiment", "sentences.jsonl")
SAME = {"ease of use": "usability", "looks": "design"}
"""Our aspects that the labels call otherwise."""

PARTS_OF = {"battery": "performance", "sound": "performance", "picture": "performance", "warmth": "performance"}
"""Our aspects that the labels count to a wider one."""


def run() -> dict[str, Any]:
    """Return agreement on the labelled sentences, and on litemall's reviews where that data is at hand."""
    sentences = [json.loads(line) for line in suites_dir().joinpath(*SENTENCES).read_text("utf-8").splitlines()]
    result: dict[str, Any] = {
        "method": "statistics",
        "sentences": _sentences(sentences),
        "aspects": _aspects(sentences),
    }
    try:
        path = data_dir("litemall", "products_zh.jsonl")
    except DataMissingError as error:
        result["litemall"] = {"skipped": str(error)}
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        result["litemall"] = _litemall(rows)
    return result


def render(result: Mapping[str, Any]) -> str:
    """Return the result as a page of text."""
    lines = ["Opinions read by statistics"]
    for name, part in result["sentences"].items():
        lines.append(f"  sentences, {name}: {_said(part['agreement'])} of {part['cases']} moods agree")
    part = result["aspects"]
    lines.append(
        f"  aspects of sentences: precision {part['precision']:.2f}, recall {part['recall']:.2f}, F1 {part['f1']:.2f}"
    )
    lines.append(f"  mood of the aspects found: {_said(part['mood_agreement'])} agree")
    shop = result["litemall"]
    if "skipped" in shop:
        return "\n".join([*lines, f"  litemall skipped: {shop['skipped']}"])
    lines.append(f"  litemall, {shop['labelled']} reviews labelled by us: {_said(shop['agreement'])} agree")
    lines.append(f"  litemall's stars: {shop['stars']}; {shop['stars_say']}")
    read = ", ".join(f"{name} {number}" for name, number in sorted(shop["moods_of_most_common_star"].items()))
    return "\n".join([*lines, f"  reviews with its most common star are read as: {read}"])


def _sentences(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the share of sentences whose overall mood is read as labelled: all, by language, and by label."""
    hits = [(row, float(label(mood(row["text"], row["language"])) == row["overall"])) for row in rows]
    parts = {"all": [hit for _, hit in hits]}
    for language in ("en", "zh"):
        parts[language] = [hit for row, hit in hits if row["language"] == language]
    for overall in ("positive", "negative", "neutral"):
        parts[overall] = [hit for row, hit in hits if row["overall"] == overall]
    return {name: {"cases": len(part), "agreement": _interval(part)} for name, part in parts.items()}


def _aspects(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return precision, recall and F1 of aspects with a mood (good or bad), and how often that mood agrees.

    An aspect counts as found when a sentence's opinions name it, whatever they say of it; neutral labels are left out.
    """
    listener = Listener(aspects_of(Schema()))
    found = labelled = both = 0
    agreed: list[float] = []
    for row in rows:
        read = _read(listener, row["text"])
        meant = {each["aspect"]: each["sentiment"] for each in row["aspects"] if each["sentiment"] != "neutral"}
        found += len(read)
        labelled += len(meant)
        both += len(read.keys() & meant.keys())
        agreed += [float(read[name] == meant[name]) for name in sorted(read.keys() & meant.keys())]
    precision, recall = both / max(1, found), both / max(1, labelled)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        "mood_agreement": _interval(agreed),
    }


def _read(listener: Listener, text: str) -> dict[str, str]:
    heard = listener.listen(Item(id="x", reviews=(Review(text=text),)))
    names = {aspect.good["en"]: (aspect.name, "positive") for aspect in listener.aspects}
    names |= {aspect.bad["en"]: (aspect.name, "negative") for aspect in listener.aspects}
    read = {}
    for called in (*heard.liked, *heard.disliked):
        name, said = names[called]
        read[PARTS_OF.get(name, SAME.get(name, name))] = said
    return read


def _litemall(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the agreement with our labels, and what the stars are and whether they say anything."""
    reviews = {f"{row['id']}:{number}": each for row in rows for number, each in enumerate(row["reviews"])}
    listener = Listener(aspects_of(Schema()))
    moods = {key: label(listener.review_mood(Review(text=each["content"]))) for key, each in reviews.items()}
    labels = yaml.safe_load(files("shortlist_evals.understanding").joinpath("litemall.yaml").read_text("utf-8"))
    hits = [float(moods[key] == name) for name in ("positive", "negative", "neutral") for key in labels[name]]
    stars = Counter(each["star"] for each in reviews.values())
    usual = stars.most_common(1)[0][0]
    scale = rating_scale(float(each["star"]) for each in reviews.values())
    differ = "they differ, and were used" if scale else "they do not differ, so agreement with them means nothing"
    return {
        "reviews": len(reviews),
        "labelled": len(hits),
        "agreement": _interval(hits),
        "stars": {str(star): number for star, number in sorted(stars.items())},
        "stars_say": differ,
        "moods_of_most_common_star": dict(
            Counter(moods[key] for key, each in reviews.items() if each["star"] == usual)
        ),
    }


def _interval(hits: Sequence[float]) -> dict[str, float]:
    found: Interval = mean_interval(list(hits))
    return {"mean": round(found.mean, 4), "low": round(found.low, 4), "high": round(found.high, 4)}


def _said(part: Mapping[str, float]) -> str:
    return f"{part['mean']:.3f} [{part['low']:.3f}, {part['high']:.3f}]"
