"""What was asked for stays in force: beside "cheaper", a vague wish, an age that is asked for, a greeting."""

import uuid

import pytest

from shortlist import Recommender, Reply
from shortlist_tools.catalog import Requirement


def talk(recommender: Recommender, *messages: str) -> Reply:
    session = uuid.uuid4().hex
    replies = [recommender.reply(message, session_id=session) for message in messages]
    return replies[-1]


def held(reply: Reply) -> set[tuple[str, str]]:
    rows: list[Requirement] = [row for row in reply.ledger if row.status == "active"]
    return {(row.field, row.op) for row in rows}


def adult(reply: Reply) -> list[str]:
    return [item.id for item in reply.items if item.id.startswith("wn-")]


@pytest.mark.parametrize("vague", ["something nicer", "not that nice", "anything prettier?", "something useful"])
def test_a_vague_wish_keeps_kind_and_limit(recommender: Recommender, vague: str) -> None:
    reply = talk(recommender, "a backpack under $100", vague)
    assert {("category", "=="), ("price", "<")} <= held(reply)
    assert reply.items


def test_cheaper_stands_beside_the_limit(recommender: Recommender) -> None:
    reply = talk(recommender, "a lamp under $60 with at least 500 lumens", "and cheaper?")
    assert "cheaper" in reply.message
    assert {item.id for item in reply.items} == {"lp-08", "lp-01"}
    assert [row.op for row in reply.ledger if row.field == "price" and row.status == "active"] == ["<"]


@pytest.mark.parametrize("message", ["a present for a colleague, 15 dollars", "给同事的礼物，100块以内"])
def test_a_present_asks_for_no_age(recommender: Recommender, message: str) -> None:
    reply = talk(recommender, message)
    assert reply.kind == "recommend"
    assert not adult(reply)


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        (("do you have any wine?", "no I'm 16"), "abstain"),
        (("do you have any wine?", "no I'm 16", "a board game then"), "recommend"),
        (("我16岁，想给爸爸买瓶酒",), "abstain"),
        (("我16岁，想给爸爸买瓶酒", "那送啥给爸爸好"), "recommend"),
    ],
)
def test_a_minor_goes_on_with_other_things(recommender: Recommender, messages: tuple[str, ...], kind: str) -> None:
    reply = talk(recommender, *messages)
    assert reply.kind == kind
    assert not adult(reply)


def test_what_waits_for_an_age_is_said_where_nobody_tells_it(recommender: Recommender) -> None:
    reply = talk(recommender, "我想给老婆买个生日礼物，她喜欢喝红酒，500块以内", "有没有便宜一点的")
    assert reply.kind == "recommend"
    assert "成年" in reply.message


@pytest.mark.parametrize(
    "messages",
    [
        ("a bottle of sake", "under $40", "nothing fizzy", "another one"),
        ("来瓶清酒", "三百块以内", "不要日本的", "为什么要问这个"),
        ("do you have any vermouth?", "cheaper than $30"),
        ("想买瓶红酒", "一千块到两千块"),
    ],
)
def test_an_open_question_is_no_refusal(recommender: Recommender, messages: tuple[str, ...]) -> None:
    session = uuid.uuid4().hex
    replies = [recommender.reply(message, session_id=session) for message in messages]
    assert {reply.kind for reply in replies} == {"confirm"}
    assert {row.status for row in replies[-1].ledger} <= {"active", "replaced"}


@pytest.mark.parametrize(
    ("asked", "told", "grown"),
    [
        ("a lamp and a bottle of wine, 100 dollars in all", "I'm 32", True),
        ("a lamp and a bottle of wine, 100 dollars in all", "over 18", True),
        ("一瓶酒和一盏灯，一共600块", "成年了", True),
        ("一瓶酒和一盏灯，一共600块", "我十六岁", False),
    ],
)
def test_a_part_of_a_set_waits_for_the_age(recommender: Recommender, asked: str, told: str, grown: bool) -> None:
    session = uuid.uuid4().hex
    first, then = (recommender.reply(message, session_id=session) for message in (asked, told))
    assert first.items
    assert not adult(first)
    assert any(word in first.message for word in ("of age", "成年"))
    assert not any(word in first.message for word in ("I found no", "Nothing among", "没有符合", "没有合适"))
    assert then.items
    assert bool(adult(then)) is grown


@pytest.mark.parametrize("refusal", ["I'm 17", "no I'm not", "I'm under 18"])
def test_a_refusal_is_answered_for_what_was_asked(recommender: Recommender, refusal: str) -> None:
    reply = talk(recommender, "tell me about the Yukimoto Junmai", refusal)
    assert reply.kind == "abstain"
    assert not reply.items


def test_a_question_goes_on_after_the_age(recommender: Recommender) -> None:
    reply = talk(recommender, "I like the Barolo. do you have it?", "yes I am 40")
    assert [item.id for item in reply.items] == ["wn-11"]


def test_one_of_several_values_is_taken_back(recommender: Recommender) -> None:
    reply = talk(recommender, "a scary cooperative game", "scary isn't a must")
    assert [row.value for row in reply.ledger if row.field == "theme" and row.status == "active"] == ["cooperative"]


def test_a_request_behind_a_greeting_is_heard(recommender: Recommender) -> None:
    assert talk(recommender, "Hi, I'm Sarah. Lately it is so noisy on my train").kind != "chat"
    assert talk(recommender, "Hi, I'm Sarah.").kind == "chat"


def test_variants_are_counted_as_one(recommender: Recommender) -> None:
    reply = talk(recommender, "你好，我叫小王，想买个双肩包 300以内")
    assert reply.matching == 3
    assert "3个版本" in reply.message


@pytest.mark.parametrize(
    "message", ["what should I give up?", "so what would you drop?", "那你会放宽哪个", "该去掉哪个条件"]
)
def test_what_to_drop_is_answered_with_true_counts(recommender: Recommender, message: str) -> None:
    reply = talk(recommender, "waterproof red backpack under $40", message)
    assert reply.kind == "answer"
    assert "1" in reply.message


def test_nothing_pleases_so_others_are_shown(recommender: Recommender) -> None:
    session = uuid.uuid4().hex
    first = recommender.reply("a lamp under $80", session_id=session)
    others = recommender.reply("boring", session_id=session)
    assert others.items
    assert not {item.id for item in first.items} & {item.id for item in others.items}
    assert held(others) == held(first)


def test_a_child_s_things_do_not_lead_unless_a_child_is_spoken_of(recommender: Recommender) -> None:
    assert "Children" not in talk(recommender, "headphones under $100").items[0].title
    assert "Children" in talk(recommender, "headphones under $50 for my son").items[0].title


@pytest.mark.parametrize("vague", ["something useful", "something outdoorsy"])
def test_a_vague_wish_leaves_what_was_shown_only_for_what_is_as_near(recommender: Recommender, vague: str) -> None:
    session = uuid.uuid4().hex
    first = recommender.reply("a present for my boyfriend, he likes hiking, about 60 dollars", session_id=session)
    again = recommender.reply(vague, session_id=session)
    assert {item.id for item in again.items} <= {item.id for item in first.items}
    assert talk(recommender, "a present for a colleague, 15 dollars", vague).items


def test_the_age_is_not_asked_for_in_the_same_words_twice(recommender: Recommender) -> None:
    for session in (uuid.uuid4().hex for _ in range(4)):
        first = recommender.reply("想买瓶清酒", session_id=session)
        again = recommender.reply("有便宜的吗", session_id=session)
        assert first.kind == again.kind == "confirm"
        assert first.message != again.message


def test_what_stands_is_said_again_in_the_other_language(recommender: Recommender) -> None:
    before = talk(recommender, "red waterproof lamp under 10")
    again = talk(recommender, "red waterproof lamp under 10", "说中文吧")
    assert (again.language, [one.id for one in again.items]) == ("zh", [one.id for one in before.items])
    assert len(again.message) > 40


@pytest.mark.parametrize("stars", ["I give the second one 4 stars", "第二个我打四星", "4 stars for the second one"])
def test_stars_are_thanked_for_and_filter_nothing(recommender: Recommender, stars: str) -> None:
    reply = talk(recommender, "台灯", stars)
    assert reply.kind == "chat"
    assert [one[1] for one in reply.plan.ratings] == [4.0]
    assert [row.field for row in reply.ledger if row.status == "active"] == ["category"]
