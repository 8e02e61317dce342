"""An item is taken, of an earlier slate too; earlier slates are gone back to, and said again in another language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shortlist import Reply

Talk = Callable[..., Reply]


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ("第一个我超爱", "喜欢"),
        ("第二个爱了爱了", "喜欢"),
        ("还是第一个好", "喜欢"),
        ("the second is my favourite", "noted"),
        ("the first one is better", "noted"),
    ],
)
def test_praise_of_one_item_is_no_question(talk: Talk, turns: str, said: str) -> None:
    reply = talk("headphones under $200" if turns.isascii() else "200美元以内的耳机", turns)
    assert reply.kind == "chat"
    assert said in reply.message or "记下" in reply.message


@pytest.mark.parametrize(
    ("asked", "said", "missed"),
    [
        ("coffee grinder under $50", "my friend loves the Kestrel Whirl Electric Grinder", "under $50"),
        ("coffee grinder", "I'll take the Lumora Halo Desk Lamp", "coffee gear"),
        ("咖啡磨豆机", "我姐姐有红隼夹书灯", "咖啡器具"),
        ("磨豆机", "就要鹿目光环台灯了", "咖啡器具"),
        ("磨豆机", "给我看看红隼夹书灯", "咖啡器具"),
    ],
)
def test_what_was_never_shown_is_spoken_of_with_what_it_breaks(talk: Talk, asked: str, said: str, missed: str) -> None:
    reply = talk(asked, said)
    assert (reply.kind, len(reply.items)) == ("answer", 1)
    assert reply.items[0].broken
    assert missed in reply.message


def test_who_wants_to_see_an_item_is_told_of_it(talk: Talk) -> None:
    assert "12.50美元" in talk("磨豆机", "给我看看红隼夹书灯").message


@pytest.mark.parametrize(
    ("asked", "pointed"),
    [
        ("backpacks", "the lightest one"),
        ("headphones under $200", "what about the second one?"),
        ("台灯", "最贵的那个"),
        ("台灯", "第二款呢"),
    ],
)
def test_who_only_points_at_an_item_is_told_of_it(talk: Talk, asked: str, pointed: str) -> None:
    reply = talk(asked, pointed)
    assert (reply.kind, len(reply.items)) == ("answer", 1)
    assert reply.items[0].facts["price" if asked.isascii() else "价格"] in reply.message


@pytest.mark.parametrize(
    "remark", ["the first reminds me of my old pair", "第二个我有点犹豫", "I wonder about the second"]
)
def test_a_remark_on_one_item_asks_nothing(talk: Talk, remark: str) -> None:
    message = talk("headphones under $200" if remark.isascii() else "200美元以内的耳机", remark).message
    assert "catalog" not in message
    assert "资料" not in message


@pytest.mark.parametrize(
    ("turns", "back"),
    [
        (("headphones under $200", "cheaper"), "nah go back to the first ones"),
        (("backpacks", "anything else?"), "the original list was better"),
        (("backpacks", "anything else?"), "show me the previous ones"),
        (("200美元以内的耳机", "换一批"), "回到上一批"),
        (("200美元以内的耳机", "便宜点"), "看看最开始那几款"),
    ],
)
def test_what_was_shown_before_is_shown_again(talk: Talk, turns: tuple[str, ...], back: str) -> None:
    first, again = talk(*turns[:1]), talk(*turns[1:], back)
    assert [one.id for one in again.items] == [one.id for one in first.items]
    assert not any(one.broken for one in again.items)


def test_one_of_an_earlier_slate_is_taken(talk: Talk) -> None:
    first = talk("200美元以内的耳机").items[0]
    reply = talk("还有别的吗", "还是第一次那批里的第一个好")
    assert reply.plan.about == (first.id,)
    assert first.title in reply.message


def test_a_question_about_an_earlier_slate_is_answered(talk: Talk) -> None:
    reply = talk("lamps", "cheaper", "were the first ones waterproof?")
    assert (reply.kind, len(reply.items)) == ("answer", 3)


@pytest.mark.parametrize(
    "turns",
    [
        ("a desk lamp", "有黑色的吗", "in english please"),
        ("lamps under $50", "how heavy is the first?", "请说中文"),
        ("lamps", "more", "用中文说"),
        ("台灯", "in english please"),
    ],
)
def test_another_language_says_the_same_again(talk: Talk, turns: tuple[str, ...]) -> None:
    before, after = talk(*turns[:-1]), talk(turns[-1])
    assert [one.id for one in after.items] == [one.id for one in before.items]
    assert after.language != before.language


@pytest.mark.parametrize(
    ("message", "inquiry"),
    [
        ("i'll take the first one, how do I order?", "cart"),
        ("the second one please, how can i pay?", "pay"),
        ("就要第一个，怎么下单", "cart"),
        ("第二个，可以退吗", "returns"),
    ],
)
def test_a_choice_with_a_question_to_the_shop_is_both(talk: Talk, message: str, inquiry: str) -> None:
    assert talk("lamps" if message.isascii() else "台灯", message).plan.inquiry == inquiry


@pytest.mark.parametrize(
    ("message", "inquiry"),
    [
        ("but you promised!", "promise"),
        ("you just said i could have it for free", "promise"),
        ("你刚答应了的啊", "promise"),
        ("说好的呢", "promise"),
        ("哪个商品给你们利润最高", "margin"),
        ("what's your margin on these?", "margin"),
        ("1块钱卖给我", "discount"),
        ("let me have it for $2", "discount"),
    ],
)
def test_what_the_shop_alone_settles_is_not_granted(talk: Talk, message: str, inquiry: str) -> None:
    reply = talk("lamps", message)
    assert reply.plan.inquiry == inquiry
    assert not any(row.field == "price" for row in reply.ledger)
