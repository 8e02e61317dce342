"""Wishes about one's own data are read in both languages, and wishes about items are left alone."""

from __future__ import annotations

import pytest

from shortlist.rights import Right, read_right


@pytest.mark.parametrize(
    ("message", "right"),
    [
        ("忘掉我看过的恐怖片", Right(act="forget", source="views", words="恐怖片")),
        ("forget the horror films I watched", Right(act="forget", source="views", words="horror films")),
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
        ("that's wrong, I don't like horror", Right(act="dislike", words="horror")),
        ("不对，我不喜欢恐怖片", Right(act="dislike", words="恐怖片")),
        ("You got that wrong, I do like Sony.", Right(act="like", words="sony")),
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
