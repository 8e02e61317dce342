"""What is asked of items shown is answered, what is turned down stays away, and what is near is the nearest."""

import uuid

import pytest

from shortlist import Recommender, Reply


def talk(recommender: Recommender, *messages: str) -> list[Reply]:
    session = uuid.uuid4().hex
    return [recommender.reply(message, session_id=session) for message in messages]


@pytest.mark.parametrize("message", ["does it come in a gift box?", "what size is the first one?"])
def test_no_variant_is_offered_for_what_was_not_asked(recommender: Recommender, message: str) -> None:
    reply = talk(recommender, "board games for a 6 year old", message)[-1]
    assert reply.kind == "answer"
    assert "There is" not in reply.message
    assert "Yes" not in reply.message


def test_all_colours_of_an_item_are_told(recommender: Recommender) -> None:
    reply = talk(recommender, "三元记 复古帆布运动鞋有什么颜色")[-1]
    assert all(colour in reply.message for colour in ("红色", "白色", "蓝色"))


@pytest.mark.parametrize(
    ("first", "question"),
    [("面霜", "干皮能用吗"), ("moisturizer for dry skin", "is that ok for sensitive skin?")],
)
def test_a_question_about_an_item_filters_nothing(recommender: Recommender, first: str, question: str) -> None:
    before, after = talk(recommender, first, question)
    assert after.kind == "answer"
    assert after.ledger == before.ledger


@pytest.mark.parametrize(
    "messages",
    [("台灯", "不要了，都不喜欢", "难看死了，换一批", "还是不行"), ("desk lamp", "none of these", "still no")],
)
def test_what_was_turned_down_stays_away(recommender: Recommender, messages: tuple[str, ...]) -> None:
    replies = talk(recommender, *messages)
    shown = [item.id for reply in replies for item in reply.items]
    assert all(reply.items for reply in replies)
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("message", ["I hate this brand", "can't stand that brand", "我讨厌这个牌子"])
def test_a_hated_brand_is_refused(recommender: Recommender, message: str) -> None:
    reply = talk(recommender, "Sony headphones", message)[-1]
    assert ("brand", "!=", "Sony") in {(row.field, row.op, row.value) for row in reply.ledger}
    assert not {"hp-01", "hp-03"} & {item.id for item in reply.items}


def test_the_nearest_price_comes_first(recommender: Recommender) -> None:
    reply = talk(recommender, "推荐个咖啡机", "200元以内有吗")[-1]
    assert reply.kind == "abstain"
    assert next(item.id for item in reply.items) == "cf-13"
    assert "95美元" in reply.message


def test_in_between_lies_between_the_slates(recommender: Recommender) -> None:
    first, second, third = talk(recommender, "running shoes", "too expensive", "something in between")
    bounds = {row.op: row.value for row in third.ledger if row.field == "price" and row.status == "active"}
    assert bounds[">"] < bounds["<"]
    assert not {item.id for item in third.items} & {item.id for reply in (first, second) for item in reply.items}


@pytest.mark.parametrize("message", ["any articles about headphones?", "推荐一篇文章，讲怎么选耳机的"])
def test_a_subject_is_no_kind(recommender: Recommender, message: str) -> None:
    reply = talk(recommender, message)[-1]
    assert all(item.id.startswith("ar-") for item in reply.items)
    assert "headphones" in reply.message or "耳机" in reply.message


def test_a_new_subject_takes_the_place_of_the_old(recommender: Recommender) -> None:
    reply = talk(recommender, "articles about sleep", "anything on photography?")[-1]
    assert [item.id for item in reply.items] == ["ar-05"]


def test_general_knowledge_is_owned_up_to(recommender: Recommender) -> None:
    reply = talk(recommender, "what is the difference between a burr grinder and a blade grinder?")[-1]
    assert not reply.items
    assert "catalog" in reply.message


def test_the_utmost_of_all_that_fit_is_of_as_many_as_were_counted_before(recommender: Recommender) -> None:
    found, utmost = talk(recommender, "running shoes max 120", "which one is lightest?")
    assert found.matching
    assert f"Of all {found.matching} that fit" in utmost.message
