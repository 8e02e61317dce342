"""Schema files: what is written is read back, and mistakes are told with their line."""

import pytest

from shortlist_tools.catalog import Field, Schema, SchemaError, dump_schema, load_schema, parse_schema, save_schema

SCHEMA = Schema(
    name="things",
    languages=("en", "zh"),
    fields=(
        Field(name="title", kind="text", label={"en": "title", "zh": "名称"}),
        Field(
            name="answer",
            kind="category",
            values={"no": {"en": ["no", "nope"]}, "1994": {}, "a: b": {"zh": ["甲"]}, "null": {}},
        ),
        Field(
            name="price",
            kind="money",
            unit="USD",
            scale=0.01,
            source="price_cents",
            more={"en": ["dearer"]},
            better="lower",
        ),
        Field(name="rest", kind="text", source="*", known=0.0, shown=False),
    ),
    roles={"title": "title", "price": "price", "reviews": "comments"},
    rates={"CNY": 0.14},
    id="sku",
)


def test_what_is_written_is_read_back_the_same(tmp_path):
    save_schema(SCHEMA, tmp_path / "s.yaml", {"price": "the name says money"}, ("decided: this",))
    text = (tmp_path / "s.yaml").read_text("utf-8")
    assert load_schema(tmp_path / "s.yaml") == SCHEMA
    assert "# decided: this" in text
    assert "  # the name says money\n  - name: price\n" in text
    assert "名称" in text
    assert [path.name for path in tmp_path.iterdir()] == ["s.yaml"]


def test_values_may_be_a_plain_list_and_yaml_words_stay_words():
    listed = "fields:\n  - name: a\n    kind: category\n    values: [red, 3]\n"
    schema = parse_schema(f"{listed}  - {{name: b, kind: category, values: {{x: null}}}}\n")
    assert schema.by_name["a"].values == {"red": {}, "3": {}}
    assert schema.by_name["b"].values == {"x": {}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fields: [", r"s:1: not valid YAML"),
        ("- a\n- b\n", r"s:1: expected a mapping"),
        ("name: x\nfields:\n  - name: a\n    kind: text\n  - name: b\n    kind: colour\n", r"s:6: fields\.1\.kind"),
        ("name: x\nfields:\n  - name: a\n    kind: text\n    colour: red\n", r"s:5: fields\.0\.colour"),
        ("name: x\nfields:\n  - kind: text\n", r"s:3: fields\.0\.name: Field required"),
        ("fields:\n  - {name: a, kind: text}\nroles: {price: cost}\n", r"names 'cost', which is no field"),
        ("fields:\n  - {name: a, kind: text}\n  - {name: a, kind: flag}\n", r"declared twice: a"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, said):
    with pytest.raises(SchemaError, match=said):
        parse_schema(text, "s")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(SchemaError, match=r"absent\.yaml"):
        load_schema(tmp_path / "absent.yaml")


def test_a_dumped_schema_without_comments_is_plain_yaml():
    assert parse_schema(dump_schema(SCHEMA)) == SCHEMA
