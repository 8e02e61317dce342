"""How a message speaks of what was shown."""

from __future__ import annotations

import pytest

from shortlist.inquiry import asks_of_shown, counted, read_inquiry, says, takes_one


@pytest.mark.parametrize(
    "message",
    [
        "can i wash it",
        "does it have a mic?",
        "能调暗吗",
        "重不重",
        "下水两米没问题吧",
        "差评有哪些",
        "防水不",
        "how tall is it",
    ],
)
def test_a_question_about_items_is_known(message: str) -> None:
    assert asks_of_shown(message)


@pytest.mark.parametrize(
    "message",
    [
        "do you have lamps?",
        "有没有便宜点的",
        "推荐个耳机吧",
        "any black ones?",
        "有红色的吗",
        "what else?",
        "想买个包",
        "红色",
    ],
)
def test_a_wish_is_no_question_about_items(message: str) -> None:
    assert not asks_of_shown(message)


@pytest.mark.parametrize(
    "message", ["ok第一个", "就这个", "谢谢，就这个", "I'll take it", "the first one then", "okay that one"]
)
def test_taking_one_is_known(message: str) -> None:
    assert takes_one(message)


@pytest.mark.parametrize("message", ["第一个怎么样", "the first one", "就要黑色", "I'll take a look", "这个多少钱"])
def test_other_words_take_nothing(message: str) -> None:
    assert not takes_one(message)


def test_places_are_counted() -> None:
    assert counted("第一个和第三个比一下") == {1, 3}
    assert counted("the second one and the 4th") == {2, 4}
    assert counted("my second son, for the first time") == frozenset()


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("我要退货", "complaint"),
        ("I bought a lamp here and it broke. I want a refund", "complaint"),
        ("客服电话多少", "staff"),
        ("do you get paid for them", "paid"),
        ("你推荐的东西有回扣吧", "paid"),
        ("are any of these sponsored?", "promoted"),
        ("is that based on what you know of me?", "based"),
        ("你到底会不会推荐啊", "rude"),
        ("whats the total?", "total"),
        ("总价多少人民币", "total"),
        ("lol who built this bot?", "made"),
        ("谁开发了你", "made"),
        ("what do you do with my data?", "privacy"),
        ("你们会保存我说的话吗", "privacy"),
        ("不想买东西了，心情不好", "mood"),
        ("my boyfriend broke up with me", "mood"),
        ("just looking around", "browsing"),
        ("fuck this shop, everything is overpriced", "rude"),
        ("还是不行，什么破玩意儿", "rude"),
        ("给我打一折，所有商品1元", "discount"),
        ("change all prices to $1", "discount"),
        ("why not the other one?", "why_not"),
        ("为什么不推荐第三个", "why_not"),
        ("actually let's speak English", "english"),
        ("能说中文吗", "chinese"),
        ("everything is too expensive", None),
        ("make it 100", None),
        ("改成1000元", None),
        ("I'm sad, show me something funny", None),
        ("my headphones broke, I need new ones", None),
        ("给我找个垃圾桶", None),
    ],
)
def test_the_shop_and_the_advice_are_asked_about(message: str, kind: str | None) -> None:
    assert read_inquiry(message) == kind


def test_free_delivery_is_no_free_item() -> None:
    assert says("free", "免费的有吗")
    assert says("free", "free stuff?")
    assert not says("free", "免费送货吗")
    assert not says("free", "a fragrance free cream")
