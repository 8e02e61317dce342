"""Inferring schemas: kinds, units, currency, enumerations, roles and words, in both languages."""

import os
from pathlib import Path

import pytest

from shortlist_tools.catalog import Catalog, IngestError, dump_schema, parse_schema
from shortlist_tools.catalog.files import read_rows
from shortlist_tools.catalog.inference import infer, infer_schema
from shortlist_tools.catalog.rows import Converter
from shortlist_tools.store import Store

DATA = Path(os.environ.get("SHORTLIST_EVAL_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")
NEEDS_DATA = pytest.mark.skipif(not DATA.is_dir(), reason=f"no evaluation data at {DATA} (SHORTLIST_EVAL_DATA)")


def field_of(values, name="x"):
    """Infer the schema of rows that have one more column, and return that column's field."""
    rows = [{"id": f"k{number}", "name": f"thing {number}", name: value} for number, value in enumerate(values)]
    schema = infer_schema(rows)
    return next(field for field in schema.fields if (field.source or field.name) == name)


@pytest.mark.parametrize(
    ("name", "values", "kind", "unit"),
    [
        ("x", [1, 2.5, 3], "number", None),
        ("x", ["1", "2.5", "1,300"], "number", None),
        ("x", ["1.5 kg", "800 g", "2 kg"], "number", "kg"),
        ("时长", ["90分钟", "2小时", "100分钟"], "number", "min"),
        ("weight_kg", [1, 2, 3], "number", "kg"),
        ("runtime", [90, 120, 200], "number", "min"),
        ("x", ["$5", "$1,200.50", "$7"], "money", "USD"),
        ("x", ["59元", "60元", "7.5元"], "money", "CNY"),
        ("sale_price", [5, 6, 7], "money", "USD"),
        ("price_eur", [5, 6, 7], "money", "EUR"),
        ("x", ["2024-05-01", "2023-01-31T10:00:00Z", "2020-12"], "date", None),
        ("x", ["2024年5月1日", "2023年1月", "2020年12月3日"], "date", None),
        ("created_at", [1700000000, 1600000000, 1500000000], "date", None),
        ("x", [True, False, True], "flag", None),
        ("x", ["yes", "no", "yes"], "flag", None),
        ("x", ["是", "否", "是"], "flag", None),
        ("x", [0, 1, 1], "flag", None),
        ("is_new", ["0", "0", "0"], "flag", None),
        ("x", [["a", "b"], ["b"], []], "multi_category", None),
        ("x", ["Action|Drama", "Drama", "Action|Comedy"], "multi_category", None),
        ("颜色", ["红、蓝", "红", "蓝、红", "红、黑", "黑", "红、黑"], "multi_category", None),
        ("x", ["red", "blue", "red", "red", "blue", "red"], "category", None),
        ("director", ["Ann Lee", "Bo Chen", "Cy Young"], "category", None),
        ("x", ["A long text about one thing.", "Another text altogether.", "The third is different."], "text", None),
        ("ean", ["0095205603217", "0884420588030", "0030815772000"], "text", None),
        ("url", ["https://a.example/1", "https://a.example/2", "https://a.example/3"], "text", None),
        ("x", [{"en": "a lamp", "zh": "灯"}, {"en": "b lamp", "zh": "台灯"}, {"en": "c", "zh": "丙"}], "text", None),
        ("x", [1, "many", 3], "text", None),
    ],
)
def test_the_kind_and_the_unit_are_told_by_the_values_and_the_name(name, values, kind, unit):
    field = field_of(values, name)
    assert (field.kind, field.unit) == (kind, unit)


def test_cents_become_the_currency_and_the_name_loses_them():
    schema = infer_schema([{"id": str(number), "price_cents": 100 * number} for number in range(1, 9)])
    field = schema.by_name["price"]
    assert (field.kind, field.unit, field.scale, field.source) == ("money", "USD", 0.01, "price_cents")
    assert schema.roles["price"] == "price"


def test_spellings_of_one_value_are_brought_together_and_both_languages_kept():
    genres = field_of(["Sci-Fi", "Sci-Fi", "sci fi", "Drama", "Drama", "SCI_FI", "Sci-Fi", "Drama"], "x")
    assert genres.values == {"Sci-Fi": {"en": ["Sci-Fi", "SCI_FI", "sci fi"]}, "Drama": {}}
    kinds = field_of(
        [{"en": "Lamp", "zh": "灯"}, {"en": "Lamp", "zh": "灯"}, {"en": "Desk", "zh": "桌"}] * 3, "category"
    )
    assert kinds.values == {"Lamp": {"en": ["Lamp"], "zh": ["灯"]}, "Desk": {"en": ["Desk"], "zh": ["桌"]}}


ENGLISH = {
    "sku": "a{n}", "name": "Lamp number {n}", "overview": "A lamp that shines on desk {n} and on much more than that.",
    "price": "{n}.5", "vote_average": "4.{n}", "review_count": "1{n}", "brand": "B{n}", "department": "lamps",
    "release_date": "2020-01-0{n}", "in_stock": "true", "is_sponsored": "false", "image_url": "https://x.example/{n}.jpg",
    "parent_id": "p1", "content_rating": "PG",
}  # fmt: skip
CHINESE = {
    "编号": "a{n}", "名称": "台灯{n}号", "简介": "可以放在书桌上阅读的台灯，编号是第{n}，光线柔和，很省电，有保修。",
    "价格": "{n}.5", "评分": "4.{n}", "销量": "1{n}", "品牌": "牌{n}", "类别": "灯具", "上市时间": "2020-01-0{n}",
    "库存": "1{n}", "图片": "https://x.example/{n}.jpg",
}  # fmt: skip


@pytest.mark.parametrize("columns", [ENGLISH, CHINESE])
def test_roles_are_told_by_names_in_either_language(columns):
    rows = [{name: text.format(n=number) for name, text in columns.items()} for number in range(1, 9)]
    schema = infer_schema(rows)
    names = list(columns)
    roles = ["title", "description", "price", "rating", "popularity", "brand", "kind", "released"]
    expected = dict(zip(roles, names[1:9], strict=True))
    assert {role: schema.roles[role] for role in roles} == expected
    assert schema.id == names[0]
    assert "availability" in schema.roles
    assert "image" in schema.roles
    if columns is ENGLISH:
        assert schema.roles["sponsored"] == "is_sponsored"
        assert schema.roles["age_rating"] == "content_rating"
        assert schema.roles["variant_group"] == "parent_id"
    price = schema.role("price")
    assert price.unit == ("USD" if columns is ENGLISH else "CNY")
    assert "cheaper" in price.less["en"]
    assert "更便宜" in price.less["zh"]
    assert price.known > 0.5
    assert schema.role("title").known == 0
    assert not schema.role("image").shown


def test_a_comparative_word_means_one_field():
    rows = [{"id": str(n), "counter_price": n + 1, "price": n, "width": n, "package_width": n + 2} for n in range(1, 9)]
    schema = infer_schema(rows)
    for word in ("cheaper", "wider"):
        assert [
            field.name for field in schema.fields if word in field.less.get("en", []) + field.more.get("en", [])
        ] == ["price" if word == "cheaper" else "width"]


def test_a_unit_is_told_by_what_the_titles_say_of_the_same_figure():
    rows = [{"id": str(n), "title": f"Cable {n}.5 m black", "length": n + 0.5, "ports": n} for n in range(1, 31)]
    schema = infer_schema(rows)
    assert schema.by_name["length"].unit == "m"
    assert schema.by_name["ports"].unit is None
    assert "as the texts of 30 items say" in infer(rows).comments["length"]


def test_what_is_nested_is_flattened_and_what_is_rare_kept_as_text():
    rows = [
        {"id": str(n), "name": f"n{n}", "attributes": {"width": n, **({"odd": "ball"} if n == 3 else {})}}
        for n in range(200)
    ]
    schema = infer_schema(rows)
    assert schema.by_name["width"].source == "attributes.width"
    assert "odd" not in schema.by_name
    assert schema.by_name["other_attributes"].source == "*"


def test_rows_without_an_id_get_one_from_their_content(tmp_path):
    (tmp_path / "a.csv").write_text("kind,note\n" + "lamp,same words\n" * 2 + "desk,other words\n")
    store = Store.open(tmp_path / "shop.db")
    report = Catalog(store).ingest(tmp_path / "a.csv")
    assert (report.added, report.rejected) == (2, 1)
    assert any("no column identifies an item" in line for line in report.decisions)
    store.close()


def test_no_rows_are_refused():
    with pytest.raises(IngestError, match="no row"):
        infer_schema([])


def test_every_field_has_a_comment_and_the_yaml_reads_back():
    rows = [{name: text.format(n=number) for name, text in ENGLISH.items()} for number in range(1, 9)]
    inferred = infer(rows)
    assert set(inferred.comments) == set(inferred.schema.by_name)
    assert parse_schema(dump_schema(inferred.schema, inferred.comments, inferred.decisions)) == inferred.schema


EXPECTED = {
    "tau-rec/catalog.json": {
        "runtime": ("number", "min"), "genres": ("multi_category", None),
        "streaming_services": ("multi_category", None), "cast": ("multi_category", None),
        "content_rating": ("category", None), "release_date": ("date", None),
        "sponsored": ("flag", None), "overview": ("text", None), "director": ("category", None),
    },
    "crosswoz/database/attraction_db.json": {
        "门票": ("money", "CNY"), "评分": ("number", "star"), "周边景点": ("multi_category", None),
    },
    "crosswoz/database/restaurant_db.json": {"人均消费": ("money", "CNY"), "推荐菜": ("multi_category", None)},
    "crosswoz/database/hotel_db.json": {
        "价格": ("money", "CNY"), "酒店类型": ("category", None), "酒店设施": ("multi_category", None),
    },
    "movielens/movies.csv": {"genres": ("multi_category", None), "year": ("date", "year"), "title": ("text", None)},
    "redial/id2info.json.gz": {"genre": ("multi_category", None), "plot": ("text", None), "year": ("date", "year")},
    "litemall/products_zh.jsonl": {"price": ("money", "CNY"), "category": ("category", None), "is_new": ("flag", None)},
}  # fmt: skip
ROLES = {
    "tau-rec/catalog.json": {
        "rating": "rating",
        "popularity": "vote_count",
        "age_rating": "content_rating",
        "description": "overview",
    },
    "crosswoz/database/attraction_db.json": {"title": "名称", "price": "门票", "rating": "评分"},
    "crosswoz/database/restaurant_db.json": {"title": "名称", "price": "人均消费"},
    "crosswoz/database/hotel_db.json": {"title": "名称", "price": "价格"},
    "movielens/movies.csv": {"title": "title", "released": "year"},
    "redial/id2info.json.gz": {"title": "name", "description": "plot"},
    "litemall/products_zh.jsonl": {"title": "title", "kind": "category", "brand": "brand", "reviews": "reviews"},
}


@pytest.mark.data
@NEEDS_DATA
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_real_catalogs_are_read_without_help_and_without_a_bad_row(name):
    rows = [row.values for row in read_rows(DATA / name)]
    schema = infer_schema(rows)
    assert {field: (schema.by_name[field].kind, schema.by_name[field].unit) for field in EXPECTED[name]} == EXPECTED[
        name
    ]
    assert {role: schema.roles.get(role) for role in ROLES[name]} == ROLES[name]
    converter = Converter(schema)
    assert len({converter.item(row).id for row in rows}) == len(rows)
