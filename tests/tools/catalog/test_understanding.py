"""Content understanding: moods of sentences, opinions with their quotes, learned weights, topics, the model's part."""

import asyncio
import json

import pytest

from shortlist_prompts import ProviderError, UnderstandRows
from shortlist_tools.catalog import Catalog, Field, Item, Requirement, Review, Schema
from shortlist_tools.catalog.understanding import Listener, aspects_of, label, learn, mood, rating_scale, understand
from shortlist_tools.catalog.understanding.by_model import derived_of
from shortlist_tools.model import ModelAnswer, ModelCall
from shortlist_tools.store import Store

SENTENCES = [
    ("en", "positive", "Not bad at all for the price."),
    ("en", "positive", "Although the hotel was noisy, the staff were lovely."),
    ("en", "positive", "It's not too heavy and very comfortable."),
    ("en", "positive", "Never had a problem with it."),
    ("en", "positive", "I can't recommend it enough!"),
    ("en", "positive", "Works like a charm."),
    ("en", "negative", "The sound is great but the battery died after a week."),
    ("en", "negative", "I wouldn't recommend this to anyone."),
    ("en", "negative", "Too small for my hands."),
    ("en", "negative", "Would have been perfect if the strap had not broken."),
    ("en", "negative", "The plot drags and the ending makes no sense."),
    ("en", "neutral", "It arrived on Tuesday."),
    ("en", "neutral", "The box contains a charger and two cables."),
    ("zh", "positive", "不错，挺好的"),
    ("zh", "positive", "没有异味，做工精细"),
    ("zh", "positive", "虽然贵，但是物有所值"),
    ("zh", "positive", "没什么缺点"),
    ("zh", "positive", "不得不说真的好用"),
    ("zh", "negative", "有点硬，不太舒服"),
    ("zh", "negative", "太白了，怪怪的"),
    ("zh", "negative", "价格便宜，但是质量差"),
    ("zh", "negative", "没有想象中那么好"),
    ("zh", "negative", "客服态度很差，再也不会买了"),
    ("zh", "neutral", "收到了，还没用"),
]
SCHEMA = Schema(
    fields=(Field(name="title", kind="text"), Field(name="stand", kind="number", label={"en": "stand", "zh": "支架"})),
    roles={"title": "title", "reviews": "reviews"},
)


@pytest.mark.parametrize(("language", "expected", "sentence"), SENTENCES)
def test_the_mood_of_a_sentence(language, expected, sentence):
    assert label(mood(sentence, language)) == expected


def test_opinions_name_aspects_and_quote_what_was_said():
    said = [
        "The battery lasts a week, excellent. But the strap is uncomfortable.",
        "Battery life is great!",
        "The stand is terrible.",
        "物流很快，就是有异味。",
    ]
    item = Item(id="a", reviews=tuple(Review(text=text) for text in said))
    heard = Listener(aspects_of(SCHEMA)).listen(item)
    assert set(heard.liked) >= {"good battery", "good delivery"}
    assert set(heard.disliked) >= {"uncomfortable to use", "poor stand", "bad smell"}
    assert heard.quotes["poor stand"] == ("The stand is terrible.",)
    whole = " ".join(said)
    assert all(quote in whole for quotes in heard.quotes.values() for quote in quotes)
    assert heard.quotes["good battery"][0] in ("Battery life is great!", "The battery lasts a week, excellent.")


def test_what_people_disagree_on_is_neither_liked_nor_disliked():
    texts = ["The sound is great.", "The sound is awful."]
    heard = Listener(aspects_of(SCHEMA)).listen(Item(id="a", reviews=tuple(Review(text=text) for text in texts)))
    assert (heard.liked, heard.disliked) == ((), ())


def test_an_item_without_reviews_has_no_opinions():
    heard = Listener(aspects_of(SCHEMA)).listen(Item(id="a"))
    assert (heard.liked, heard.disliked, heard.mood, heard.quotes) == ((), (), None, {})


def test_words_are_learned_only_where_ratings_differ():
    good = [Review(text="truly groovy lamp", rating=5) for _ in range(40)]
    bad = [Review(text="plainly wonky lamp", rating=1) for _ in range(40)]
    learned = learn([*good, *bad])
    assert learned["groovy"] > 0.5
    assert learned["wonky"] < -0.5
    assert "lamp" not in learned
    assert label(mood("It is wonky.", "en", learned)) == "negative"
    assert learn([*good, *(review.model_copy(update={"rating": 5.0}) for review in bad)]) == {}
    assert learn([*good, *bad[:5]]) == {}
    assert rating_scale([1.0] * 993 + [5.0]) is None
    assert rating_scale([1.0, 5.0, 3.0]) == (1.0, 5.0)


def test_topics_are_words_that_some_items_share_and_no_pieces_of_words():
    titles = [
        "魔兽世界手办",
        "魔兽世界海报",
        "魔兽世界杯子",
        "实木餐桌",
        "实木书桌",
        "camping stove set",
        "camping stove fuel",
    ]
    items = [Item(id=str(number), values={"title": title}) for number, title in enumerate(titles)]
    _, derived = understand(SCHEMA, lambda: iter(items))
    topics = {name: values["v"]["topics"] for name, values in derived}
    assert "魔兽世界" in topics["0"]
    assert not {"兽世", "魔兽世"} & set(topics["0"])
    assert "实木" in topics["3"]
    assert "camping stove" in topics["5"]


@pytest.fixture
def catalog(tmp_path):
    rows = [
        {"id": "a", "title": "Lamp", "reviews": ["Very bright, great quality.", "Good quality."]},
        {"id": "b", "title": "Lamp two", "reviews": ["Awful quality."]},
        {"id": "c", "title": "Lamp three", "reviews": []},
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    store = Store.open(tmp_path / "shop.db")
    yield Catalog(store), tmp_path / "a.jsonl"
    store.close()


def test_opinions_can_be_filtered_and_quoted(catalog):
    door, path = catalog
    door.ingest(path, schema=SCHEMA)
    snapshot = door.snapshot()
    praised = Requirement(field="liked_for", op="contains", value="good quality")
    assert snapshot.mask([praised]).tolist() == [True, False, False]
    assert snapshot.mask([praised.model_copy(update={"op": "not_contains"})]).tolist() == [False, False, False]
    assert snapshot.item(1).quotes == {"poor quality": ("Awful quality.",)}
    field = door.schema.by_name["disliked_for"]
    assert field.derived
    assert field.value_named("poor quality", "zh") == "质量差"
    assert door.ingest(path, schema=SCHEMA).unchanged == 3


class _Model:
    """Answers from a script by title; counts what it is asked, fails where the script says so."""

    name = "scripted"

    def __init__(self, answers):
        self.answers = answers
        self.asked = []
        self.sent = []

    async def ask(self, prompt, inputs, schema, budget):
        self.asked.append(inputs["title"])
        self.sent.append(inputs)
        await asyncio.sleep(0)
        answer = self.answers.get(inputs["title"])
        if answer is None:
            raise ProviderError("the server is away")
        budget.take_call()
        return ModelAnswer(schema.model_validate(answer), ModelCall(prompt, self.name, 1, 1, 0, 0.1))

    def stream(self, prompt, inputs, budget):
        raise NotImplementedError


def test_a_model_reads_each_content_once_and_statistics_stand_in_where_it_fails(catalog):
    door, path = catalog
    model = _Model(
        {"Lamp": {"t": ["Reading"], "k": [], "s": ['brightness + "Very bright"', 'sound + "loud and clear"']}}
    )
    report = door.ingest(path, schema=SCHEMA, understand=model)
    assert sorted(model.asked) == ["Lamp", "Lamp three", "Lamp two"]
    assert any("1 items by scripted" in line for line in report.decisions)
    assert any("failed on 2 items" in line and "the server is away" in line for line in report.decisions)
    lamp, two = door.get(["a", "b"])
    assert lamp.values["liked_for"] == ["good brightness"]
    assert lamp.values["topics"] == ["reading"]
    assert lamp.quotes == {"good brightness": ("Very bright",)}
    assert two.values["disliked_for"] == ["poor quality"]
    model.asked.clear()
    door.ingest(path, schema=SCHEMA, understand=model)
    assert sorted(model.asked) == ["Lamp three", "Lamp two"]


def test_a_model_sees_nothing_personal_of_reviews_and_what_it_quotes_is_put_back(tmp_path):
    path = tmp_path / "items.jsonl"
    said = ["I'm Dave, the Annabel is very bright", "x" * 192 + " 13812345678", "给王晓明买的,电话13812345678"]
    path.write_text(json.dumps({"id": "a", "title": "Annabel lamp", "reviews": said}, ensure_ascii=False), "utf-8")
    schema = Schema(fields=(Field(name="title", kind="text"),), roles={"title": "title", "reviews": "reviews"})
    model = _Model(
        {"Annabel lamp": {"t": [], "k": [], "s": ['brightness + "I\'m [NAME_1], the Annabel is very bright"']}}
    )
    store = Store.open(tmp_path / "named.db")
    door = Catalog(store)
    door.ingest(path, schema=schema, understand=model)
    [lamp] = door.get(["a"])
    store.close()
    [sent] = model.sent
    assert sent["reviews"] == [
        "I'm [NAME_1], the Annabel is very bright",
        "x" * 192 + " [PHONE_",
        "给[NAME_2]买的,电话[PHONE_1]",
    ]
    assert lamp.quotes == {"good brightness": ("I'm Dave, the Annabel is very bright",)}


def test_what_a_model_quotes_must_stand_in_a_review_and_known_aspects_get_their_names():
    item = Item(id="a", reviews=(Review(text={"en": "Lasts all week.", "zh": "戴着很舒服。"}),))
    rows = UnderstandRows(
        s=['battery + "lasts all week"', 'comfort + "戴着很舒服"', 'price - "far too dear"', "sound", 'taste "x"']
    )
    derived = derived_of(rows, item, aspects_of(SCHEMA))
    assert derived["v"] == {"liked_for": ["good battery", "comfortable to use"]}
    assert set(derived["q"]) == {"good battery", "comfortable to use"}
