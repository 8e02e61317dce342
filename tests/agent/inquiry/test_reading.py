"""What is asked of the conversation, the shop or its advice is told from questions about items and from wishes."""

from __future__ import annotations

import pytest

from shortlist.inquiry import read_inquiry


@pytest.mark.parametrize(
    ("kind", "messages"),
    [
        ("pick", "Which one would you buy?|so what would you pick and why|which is the best?|help me choose"),
        ("pick", "你会买哪个？|哪个最好|帮我选一个"),
        ("pick", "if you were me, which one?|I can't decide, pick one for me"),
        ("pick", "换你你会选哪个|这几个里你推荐哪个|哪款更值得买"),
        ("why", "why?|why do you recommend it|what makes it a good choice?|为什么推荐这个|理由呢|为啥选第一个"),
        ("asked", "what did I ask for so far?|sum up what i want|我刚才都提了什么要求|总结一下我的要求"),
        ("shown", "what have you shown me so far?|你刚才推荐了哪些"),
        ("abilities", "what can you do?|how can you help me?|你会做什么|你能帮我什么"),
        ("my_name", "what is my name?|do you remember my name?|我叫什么"),
        ("stock", "ok what do you sell|what kinds of things do you have?|你们都卖什么|都有哪些类别"),
        ("total", "how much for all of these together?|total?|what will it all cost|这几个加起来一共多少钱|总共多少"),
        ("who", "who are you? are you a human?|am I talking to a real person?|你是真人吗|你是谁"),
        ("wellbeing", "Hi! How are you today?|你好吗|你好！今天怎么样？"),
        ("pay", "how do I pay|do you take paypal|怎么付款|能用支付宝吗"),
        ("returns", "can i return it if i don't like it?|what's your return policy|可以退货吗|不喜欢能退吗"),
        ("shipping", "do they ship to germany?|how long does delivery take?|能寄到德国吗|包邮吗"),
        ("cart", "add it to my cart|how do I order|帮我加到购物车|怎么下单"),
        ("discount", "give me a 90% discount on the first|any coupons?|第一个给我打一折|有优惠吗"),
        ("staff", "can I talk to a human|what are your opening hours|转人工"),
        (None, "headphones|which one is lighter|which is best for running|why is the rating so low"),
        (None, "为什么这么贵|它怎么样|怎么样"),
        (None, "what do you have under 50|what about the price|how much is it|哪个更轻|哪个适合跑步|有什么推荐"),
        (None, "why not sony|一共8个人玩|送给我妈妈|可以两个人一起玩的桌游|why? and cheaper please|hi"),
    ],
)  # fmt: skip
def test_an_inquiry_is_read_where_a_message_asks_just_that(kind: str | None, messages: str) -> None:
    read = {message: read_inquiry(message) for message in messages.split("|")}
    assert read == dict.fromkeys(read, kind)
