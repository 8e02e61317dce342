"""Wishes about one's own data are read in both languages, and wishes about items are left alone."""

from __future__ import annotations

import pytest

from shortlist.rights import Right, asks_whence, read_right


@pytest.mark.parametrize(
    ("message", "right"),
    [
        ("忘掉我看过的恐怖片", Right(act="forget", source="views", words="恐怖片")),
        ("forget the horror films I watched", Right(act="forget", source="views", words="horror films")),
        ("我不喜欢桌游，别再推了", Right(act="dislike", words="桌游")),
        ("我不喜欢桌游，以后别再给我推荐了", Right(act="dislike", words="桌游")),
        ("以后都不要桌游", Right(act="dislike", words="桌游")),
        ("从现在起不要再推荐酒", Right(act="dislike", words="酒")),
        ("以後唔好再推薦檯燈", Right(act="dislike", words="台灯")),
        ("I don't like board games, stop recommending them", Right(act="dislike", words="board games")),
        ("from now on no wine", Right(act="dislike", words="wine")),
        ("no more board games from now on", Right(act="dislike", words="board games")),
        ("forget that i like hiking", Right(act="unsay", words="hiking")),
        ("please forget about me liking hiking", Right(act="unsay", words="hiking")),
        ("forget that I hate leather", Right(act="unsay", words="leather")),
        ("忘掉我喜欢徒步这件事", Right(act="unsay", words="徒步")),
        ("我皮肤不敏感，你记错了", Right(act="unsay", words="皮肤 敏感")),
        ("你记错了，我不是油皮", Right(act="unsay", words="油皮")),
        ("thats wrong, i dont own so many headphones", Right(act="unsay", words="headphones")),
        ("别记我的肤质了", Right(act="unsay", words="肤质")),
        ("please delete my search history", Right(act="forget", source="searches")),
        ("删除我的浏览记录", Right(act="forget", source="views")),
        ("don't use my purchases", Right(act="refuse", source="purchases")),
        ("别用我的购买记录", Right(act="refuse", source="purchases")),
        ("from now on please don’t use what I bought", Right(act="refuse", source="purchases")),
        ("不要记录我的搜索记录", Right(act="refuse", source="searches", keeping=True)),
        ("you may use my purchases again", Right(act="permit", source="purchases")),
        ("可以再用我的购买记录", Right(act="permit", source="purchases")),
        ("stop personalising", Right(act="level", level=1)),
        ("不要个性化推荐", Right(act="level", level=1)),
        ("恢复个性化推荐", Right(act="level", level=3)),
        ("you may personalize again", Right(act="level", level=3)),
        ("don't draw conclusions about me", Right(act="level", level=2)),
        ("不要保存我的任何信息", Right(act="level", level=0)),
        ("that's wrong, I don't like horror", Right(act="dislike", words="horror", corrects=True)),
        ("不对，我不喜欢恐怖片", Right(act="dislike", words="恐怖片", corrects=True)),
        ("You got that wrong, I do like Sony.", Right(act="like", words="sony", corrects=True)),
        ("forget everything about me", Right(act="erase")),
        ("Forget everything you know about me!", Right(act="erase")),
        ("删掉我的资料", Right(act="erase")),
        ("把我的资料都删了", Right(act="erase")),
        ("delete all my data", Right(act="erase")),
    ],
)
def test_a_wish_about_ones_data_is_read(message: str, right: Right) -> None:
    assert read_right(message) == right


@pytest.mark.parametrize(
    "message",
    [
        "forget the budget",
        "forget it",
        "forget what I said about price",
        "忘掉我刚才说的预算",
        "don't forget my budget",
        "别忘了我的预算",
        "remove the ones I already bought",
        "don't show me what I bought",
        "show me my purchases",
        "what did I buy?",
        "you can use my old phone as an example of what I like",
        "I don't like horror",
        "我不喜欢红色",
        "delete the second one",
        "不要红色的",
        "",
        "x" * 10_000,
    ],
)
def test_anything_else_is_left_alone(message: str) -> None:
    assert read_right(message) is None


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("are you sure I like mystery games?", "mystery games"),
        ("How do you know I'm into running?", "running"),
        ("what makes you say I love cooking", "cooking"),
        ("你为什么觉得我喜欢跑步？", "跑步"),
        ("你怎么知道我喜欢咖啡", "咖啡"),
    ],
)
def test_who_doubts_a_conclusion_asks_for_what_is_behind_it(message: str, words: str) -> None:
    assert read_right(message) == Right(act="explain", words=words)


@pytest.mark.parametrize(
    "message", ["where do you have that from?", "How do you know?", "依据是什么？", "凭什么这么说"]
)
def test_where_it_comes_from_can_be_asked_without_saying_what(message: str) -> None:
    assert asks_whence(message)


@pytest.mark.parametrize(
    "message", ["why?", "how do I know it is waterproof?", "这个怎么知道防水", "where is it made?"]
)
def test_other_questions_ask_for_no_evidence(message: str) -> None:
    assert not asks_whence(message)
    assert read_right(message) is None


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("don't recommend running shoes any more", "running shoes"),
        ("please stop showing me wine again", "wine"),
        ("我已经不跑步了，别再推跑鞋", "跑鞋"),
        ("以后别再给我推荐红酒了", "红酒"),
    ],
)
def test_what_is_never_to_be_recommended_again_is_disliked(message: str, words: str) -> None:
    assert read_right(message) == Right(act="dislike", words=words)


@pytest.mark.parametrize("message", ["don't show me these again", "不要再推荐这个了", "show me something else"])
def test_what_was_just_shown_is_turned_down_by_the_conversation(message: str) -> None:
    assert read_right(message) is None
