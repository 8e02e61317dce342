"""The sentence that speaks of something is found, and whether it affirms, denies or warns."""

from __future__ import annotations

import pytest

from shortlist_tools.catalog import Field, Item, Review, Schema
from shortlist_tools.search import asked_of, passages, speaking, stance
from shortlist_tools.text import keys

SCHEMA = Schema(
    roles={"title": "title", "description": "description"},
    fields=(Field(name="title", kind="text"), Field(name="description", kind="text")),
)


def _item(description: str, *reviews: str, title: str = "Thing") -> Item:
    said = tuple(Review(text={"en": text}, rating=4.0) for text in reviews)
    return Item(id="x", values={"title": {"en": title}, "description": {"en": description}}, reviews=said)


def _found(item: Item, words: str, message: str = "") -> list[str]:
    return [one.text for one in speaking(item, SCHEMA, "en", dict.fromkeys(keys(words), 1.0), asked_of(message))]


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        ("No perfume, no dye.", "perfume", "denies"),
        ("The scent is the point.", "perfume", "says"),
        ("It is gluten free.", "gluten", "denies"),
        ("Does not work on my induction hob.", "induction", "denies"),
        ("Contains almond, and the warning is tiny.", "nuts", "says"),
        ("Not for anyone allergic to wool.", "wool", "warns"),
        ("Like licking a fireplace. Not for beginners.", "beginner", "warns"),
        ("Kept cool, a pocket for ice.", "pocket", "says"),
        ("不加香精和色素。", "香精", "denies"),
        ("含杏仁，警示字太小。", "坚果", "says"),
        ("对羊毛过敏的人别用。", "羊毛", "warns"),
        ("不适合孕妇使用。", "怀孕", "warns"),
        ("我家电磁炉用不了。", "电磁炉", "denies"),
        ("出汗也不怕。", "出汗", "says"),
    ],
)
def test_a_text_affirms_denies_or_warns(text: str, of: str, expected: str) -> None:
    assert stance(text, keys(of)) == expected


def test_a_question_finds_the_sentence_with_all_it_names_and_no_other() -> None:
    bag = _item("The hip belt has two zipped pockets. A strap holds it.", "The back hides a pocket.")
    assert _found(bag, "hidden pocket") == ["The back hides a pocket."]
    assert _found(bag, "hidden flap") == []
    assert passages(bag, SCHEMA, "en")[-1].source == "review"


@pytest.mark.parametrize(
    ("message", "words", "expected"),
    [
        ("when do they meet?", "meet", "We run every Tuesday at seven."),
        ("几点开始", "", "We run every Tuesday at seven."),
        ("how many lessons?", "lessons", "Twelve lessons of 40 minutes."),
        ("how long is a lesson?", "lesson", "Twelve lessons of 40 minutes."),
    ],
)
def test_an_answer_is_of_the_kind_that_was_asked_for(message: str, words: str, expected: str) -> None:
    group = _item("The lessons are fun and we meet often. We run every Tuesday at seven. Twelve lessons of 40 minutes.")
    assert _found(group, words, message)[:1] == [expected]
    assert _found(_item("Lessons are fun, we meet often."), words, message) == []


def test_chinese_measures_are_counted() -> None:
    course = Item(id="c", values={"title": "课", "description": "老师很好。八节线上课，每节60分钟。"})
    for message in ("几节课", "每节多长"):
        assert [one.text for one in speaking(course, SCHEMA, "zh", {}, asked_of(message))] == [
            "八节线上课，每节60分钟。"
        ]


def test_words_of_the_title_only_name_the_item() -> None:
    course = _item("Bring a guitar. Guitars are lent for the first month.", title="Guitar course")
    assert _found(course, "lend guitars") == ["Guitars are lent for the first month."]
