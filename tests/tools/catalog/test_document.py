"""An item's text for search: what enters it, in which languages, in which order, and how long it gets."""

from shortlist_tools.catalog import DocumentWriter, Field, Item, Review, Schema, document_of
from shortlist_tools.catalog.document import LONGEST

SCHEMA = Schema(
    languages=("en", "zh"),
    fields=(
        Field(name="title", kind="text"),
        Field(name="description", kind="text"),
        Field(name="kind", kind="category", values={"lamps": {"en": ["lamps"], "zh": ["灯具"]}}),
        Field(
            name="colour",
            kind="multi_category",
            label={"en": "colour", "zh": "颜色"},
            values={"red": {"en": ["red"], "zh": ["红色"]}},
        ),
        Field(name="weight", kind="number", unit="g", label={"en": "weight", "zh": "重量"}),
        Field(name="wireless", kind="flag", flag_words={"en": ["wireless", "cordless", "no cable"], "zh": ["无线"]}),
        Field(name="loud", kind="flag"),
        Field(name="stock", kind="number", searchable=False),
    ),
    roles={"title": "title", "description": "description", "kind": "kind", "reviews": "reviews"},
)
ITEM = Item(
    id="a",
    values={
        "title": {"en": "Desk lamp", "zh": "台灯"},
        "description": "Shines.",
        "kind": "lamps",
        "colour": ["red", "blue"],
        "weight": 250.0,
        "wireless": True,
        "loud": False,
        "stock": 77.0,
    },
    reviews=(Review(text={"en": "Bright.", "zh": "很亮。"}, rating=5),),
)


def test_what_matters_comes_first_in_every_language():
    assert document_of(ITEM, SCHEMA).text.split("\n") == [
        "Desk lamp",
        "台灯",
        "lamps 灯具",
        "Shines.",
        "colour 颜色: red, 红色, blue",
        "weight 重量: 250 g",
        "wireless cordless 无线",
        "Bright.",
        "很亮。",
    ]


def test_the_hash_follows_the_text_and_nothing_else():
    first = document_of(ITEM, SCHEMA)
    same = ITEM.model_copy(update={"id": "b", "values": {**ITEM.values, "stock": 1.0}})
    other = ITEM.model_copy(update={"values": {**ITEM.values, "weight": 251.0}})
    assert document_of(same, SCHEMA).hash == first.hash
    assert document_of(other, SCHEMA).hash != first.hash


def test_long_texts_are_cut_so_that_every_part_has_its_room():
    values = {"title": "t" * 900, "description": "word " * 900, "colour": [f"c{n}" for n in range(300)]}
    text = document_of(Item(id="a", values=values, reviews=ITEM.reviews * 50), SCHEMA).text
    assert len(text) <= LONGEST
    assert "Bright." in text
    assert "c14" in text
    assert "c15" not in text


def test_an_item_with_nothing_to_say_has_an_empty_text():
    assert document_of(Item(id="a"), SCHEMA).text == ""


def test_a_writer_of_many_items_says_of_each_what_one_for_it_alone_says():
    fields = (
        Field(name="title", kind="text"),
        Field(name="size", kind="number", unit="cm"),
        Field(name="wireless", kind="flag"),
        Field(name="note", kind="text"),
        Field(name="colour", kind="category", values={"red": {"en": ["red"], "zh": ["红色"]}}),
    )
    schema = Schema(languages=("en", "zh"), fields=fields, roles={"title": "title"})
    every = [
        {"size": 1.0, "wireless": True, "note": "red", "colour": "red"},
        {"size": 1.0, "wireless": False, "note": "n" * 100, "colour": "blue"},
        {"wireless": True, "note": {"en": "red", "zh": "红"}, "colour": "red"},
    ]
    items = [Item(id=str(number), values=values) for number, values in enumerate([*every, *every])]
    writer = DocumentWriter(schema)
    assert [writer.document(item) for item in items] == [document_of(item, schema) for item in items]
    assert writer.text(items[0]) == "size: 1 cm\nwireless\nnote: red\ncolour: red, 红色"
