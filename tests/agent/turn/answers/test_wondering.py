"""What asks something of the items shown is answered, and does not begin another search."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist import Reply

Talk = Callable[..., Reply]


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("索尼耳机", "第一个能不能连两个设备"), "同时连电脑和手机"),
        (("laptop backpack in black", "will a 13 inch laptop fit in the first one"), "16-inch"),
        (("台灯", "有人说不好吗"), "底座太宽"),
        (("台灯", "重不重"), "1.1公斤"),
        (("防水背包", "讲讲第一个"), "的介绍里写着"),
        (("courses in London", "what's the first one about?"), "The description of"),
    ],
)
def test_a_question_is_answered_from_fields_or_texts(talk: Talk, turns: tuple[str, ...], said: str) -> None:
    reply = talk(*turns)
    assert reply.kind == "answer"
    assert said in reply.message


@pytest.mark.parametrize("asked", ["is the first one vegan?", "is the second one organic"])
def test_what_nothing_speaks_of_is_said_to_be_unknown(talk: Talk, asked: str) -> None:
    message = talk("noise cancelling headphones under $150", asked).message
    assert "“" not in message
    assert "catalog" in message or "haven't shown" in message


def test_another_variant_is_told_out_of_stock_ones_too(talk: Talk) -> None:
    silver = talk("how heavy is the Sony Aurel 900?", "is there a silver version").message
    assert "Silver" in silver
    assert "stock" in silver
    assert "79美元" in talk("维途背包", "黑色的有吗").message
    none = talk("维途背包", "这个有粉色的吗").message
    assert "没有" in none


def test_an_item_is_held_against_the_one_under_discussion(talk: Talk) -> None:
    reply = talk("sony headphones", "is the second one waterproof", "is it lighter than the first one?")
    assert reply.message.startswith("Yes")
    assert [one.id for one in reply.items] == ["hp-03", "hp-01"]
    reply = talk("索尼耳机", "第一款续航多久", "它比第二款便宜吗")
    assert reply.message.startswith(("不是", "没有"))
    assert "379" in reply.message
    assert "128" in reply.message


def test_which_one_is_of_what_was_just_compared(talk: Talk) -> None:
    reply = talk("headphones under $150", "compare the first two", "which one should I get?")
    compared = talk("headphones under $150", "compare the first two")
    assert {one.id for one in reply.items} == {one.id for one in compared.items}


@pytest.mark.parametrize("taken", ["ok第一个", "就第一个吧", "那第一个吧，谢谢", "第一个好了"])
def test_what_is_taken_is_named_and_not_described(talk: Talk, taken: str) -> None:
    shown = talk("台灯").items[0]
    reply = talk("台灯", taken)
    assert shown.title in reply.message
    assert reply.plan.inquiry == "cart"


def test_items_that_were_not_shown_are_owned_up_to(talk: Talk) -> None:
    reply = talk("Show me Sony headphones", "compare the first and the third")
    assert reply.plan.inquiry == "beyond"
    assert all(one.title in reply.message for one in reply.items)


def test_where_nothing_was_shown_there_is_nothing_to_tell(talk: Talk) -> None:
    assert talk("how tall is the first one?").plan.inquiry == "shown"


@pytest.mark.parametrize("said", ["把广告去掉", "hide the ads", "remove promoted items please"])
def test_what_is_paid_for_is_left_out_on_request(talk: Talk, said: str) -> None:
    rows = [row for row in talk("running shoes under $100", said).ledger if row.status == "active"]
    assert [(row.op, row.value) for row in rows if row.field == "sponsored"] == [("==", False)]


def test_what_is_free_is_a_price(talk: Talk) -> None:
    rows = [row for row in talk("摄影课", "免费的有吗").ledger if row.status == "active"]
    assert [(row.op, row.value) for row in rows if row.field == "price"] == [("<=", 0.0)]
    assert talk("摄影课", "免费送货吗").plan.inquiry == "shipping"


@pytest.mark.parametrize(
    "asked", ["recommend a black backpack", "有没有便宜点的耳机", "do you have it in leather and red"]
)
def test_a_wish_still_searches(talk: Talk, asked: str) -> None:
    assert talk("Show me Sony headphones", asked).plan.intent in ("find", "refine", "about")


@pytest.mark.parametrize(
    ("turns", "kind"),
    [
        (("need a backpack, a lamp and running shoes, $250 total", "which lamp is brighter?"), "lamps"),
        (("a backpack and a lamp under $200 total", "which backpack is lighter?"), "backpacks"),
        (("一个背包和一副耳机，一共不超过1000元", "哪个耳机更轻"), "headphones"),
        (("一盏台灯和一个背包，一共200美元以内", "哪款背包更大"), "backpacks"),
    ],
)
def test_a_question_about_one_part_leaves_the_set(talk: Talk, turns: tuple[str, ...], kind: str) -> None:
    before = talk(turns[0])
    reply = talk(turns[1])
    assert (reply.kind, len(reply.items)) == ("answer", 1)
    assert reply.items[0].id in {one.id for one in before.items}
    assert not any((row.scope or "").startswith("kind:") for row in reply.ledger), kind


@pytest.mark.parametrize(
    ("turns", "way"),
    [
        (("a backpack and a lamp under $200 total", "spend less on the lamp"), "<"),
        (("a backpack and a lamp under $200 total", "a cheaper lamp"), "<"),
        (("一盏灯和一个背包，一共200美元以内", "灯少花点"), "<"),
        (("一副耳机和一盏台灯，一共1000元以内", "台灯多分点钱"), ">"),
        (("a lamp and headphones, $150 together", "a bit more money for the lamp"), ">"),
    ],
)
def test_one_part_of_a_set_is_to_cost_less_or_more(talk: Talk, turns: tuple[str, ...], way: str) -> None:
    before = {one.id for one in talk(turns[0]).items}
    reply = talk(turns[1])
    told = [(row.field, row.op) for row in reply.ledger if row.scope == "kind:lamps"]
    assert told == [("price", way)]
    assert len({one.id for one in reply.items} & before) == 1
    assert len(reply.items) == 2


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("headphones under $200", "wired or wireless?"), "wireless"),
        (("台灯 500元以内", "充电的还是插电的"), "鹿目光环台灯"),
        (("黑色的背包", "防水的还是不防水的？"), "防水"),
        (("noise cancelling headphones", "how many reviews does the first one have?"), "2,841 reviews"),
        (("降噪耳机", "第一个有多少条评价"), "2,841条"),
        (("a co-op board game", "Horror of Harbour Lane, is it scary?"), "“horror”"),
        (("台灯", "第一个是黑色的吗"), "“黑色”"),
        (("桌游", "评价最差的是哪个"), "山脊线"),
        (("board games", "which has the best reviews?"), "highest"),
    ],
)
def test_a_question_is_answered_as_it_was_put(talk: Talk, turns: tuple[str, ...], said: str) -> None:
    reply = talk(*turns)
    assert reply.kind == "answer"
    assert said in reply.message


def test_what_described_an_item_that_is_taken_binds_no_other_kind(talk: Talk) -> None:
    assert not any(
        row.field == "brand" and row.status == "active"
        for row in talk("anything from qingye?", "ok i'll take that. what about sunscreen?").ledger
    )


@pytest.mark.parametrize(
    ("wish", "questions", "told"),
    [
        ("我要耳机", "第一个什么颜色,续航多久", ("黑色", "32小时")),
        ("推荐台灯", "第二个多重?有黑色吗", ("2.9公斤", "没有")),
        ("双肩包", "第一个多重,防水吗", ("870克", "防水")),
        ("backpacks", "how heavy is the first? any pockets for a bottle?", ("2.14 kg", "any pockets for a bottle")),
        ("lamps", "does the first one have a warranty, and what does it cost?", ("$21", "have a warranty")),
        ("yoga course", "when does it start, and how much is it?", ("Eight weekly lessons", "$42")),
    ],
)
def test_each_of_several_questions_is_answered_or_owned_up_to(
    talk: Talk, wish: str, questions: str, told: tuple[str, ...]
) -> None:
    reply = talk(wish, questions)
    assert reply.kind == "answer"
    assert all(words in reply.message for words in told)


@pytest.mark.parametrize(
    ("wish", "asked"),
    [("推荐跑鞋", "有没有便宜点的,有白色吗"), ("headphones", "any under 100, and are they wireless?")],
)
def test_several_wishes_put_as_questions_stay_a_search(talk: Talk, wish: str, asked: str) -> None:
    assert talk(wish, asked).kind == "recommend"


def test_an_age_asked_for_is_told_in_years(talk: Talk) -> None:
    assert "12岁" in talk("桌游", "第一个适合几岁").message


@pytest.mark.parametrize(
    ("message", "named"), [("我的耳机坏了你们能修不", "耳机"), ("我的背包拉链坏了，能修吗", "背包")]
)
def test_what_broke_is_what_a_service_is_sought_for(talk: Talk, message: str, named: str) -> None:
    reply = talk(message)
    assert {row.field: row.value for row in reply.ledger} == {"category": "services"}
    assert named in reply.items[0].title


@pytest.mark.parametrize(
    ("messages", "named"),
    [(("面霜推荐", "精华有吗"), "精华"), (("面霜推荐", "防晒有吗"), "防晒"), (("台灯", "落地灯有吗"), "落地灯")],
)
def test_a_name_that_nothing_shown_goes_by_is_a_wish(talk: Talk, messages: tuple[str, ...], named: str) -> None:
    reply = talk(*messages)
    assert reply.items
    assert all(named in one.title for one in reply.items)


def test_a_sum_is_told_in_another_currency(talk: Talk) -> None:
    reply = talk("一个背包和一副耳机，一共不超过1000元", "这俩加起来多少人民币")
    assert reply.plan.inquiry == "total"
    assert "元）" in reply.message
