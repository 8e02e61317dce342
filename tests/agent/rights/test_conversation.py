"""A person manages the profile in conversation: done at once and said in plain words."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from shortlist import Recommender, Reply

LAMP, PHONES = "lp-03", "hp-01"


@pytest.fixture
def user(recommender: Recommender) -> Iterator[str]:
    name = f"rights-{uuid.uuid4().hex}"
    time = 1_780_000_000
    recommender.profiles.record(
        name,
        [
            {"kind": "viewed", "item_id": PHONES, "time": time},
            {"kind": "bought", "item_id": PHONES, "time": time + 60},
            {"kind": "bought", "item_id": LAMP, "time": time + 90_000},
            {"kind": "searched", "text": "quiet headphones", "time": time - 60},
        ],
    )
    yield name
    recommender.profiles.erase(name)


def say(recommender: Recommender, user: str | None, *messages: str) -> Reply:
    session = uuid.uuid4().hex
    for message in messages:
        reply = recommender.reply(message, user_id=user, session_id=session)
    return reply


def kinds(recommender: Recommender, user: str) -> list[tuple[str, str | None]]:
    rows = recommender.profiles.export(user)["events"]
    return sorted((row["kind"], row["item_id"]) for row in rows)


@pytest.mark.parametrize(
    ("message", "words"),
    [("forget the headphones I bought", "Forgotten: "), ("忘掉我买过的耳机", "已忘掉：")],
)
def test_a_kind_of_item_is_forgotten_with_all_that_was_done_with_it(
    recommender: Recommender, user: str, message: str, words: str
) -> None:
    reply = say(recommender, user, message)
    assert reply.message.startswith(words)
    assert (reply.kind, reply.plan.intent, reply.usage.calls) == ("answer", "profile", ())
    assert kinds(recommender, user) == [("bought", LAMP), ("searched", None)]


def test_words_that_name_nothing_delete_nothing(recommender: Recommender, user: str) -> None:
    before = kinds(recommender, user)
    reply = say(recommender, user, "forget the flurbles I bought")
    assert "nothing was deleted" in reply.message
    assert kinds(recommender, user) == before
    assert "nothing had to be deleted" in say(recommender, user, "forget the wine I bought").message


def test_a_source_is_refused_and_allowed_again(recommender: Recommender, user: str) -> None:
    refused = say(recommender, user, "don't use my purchases")
    assert "I don't use your purchases" in refused.message
    consents = recommender.profiles.consents(user)
    assert not consents.may("personalise", "purchases")
    assert not consents.may("infer", "purchases")
    assert consents.may("record", "purchases")
    assert consents.may("personalise", "views")
    assert "又可以用于为您推荐了" in say(recommender, user, "可以再用我的购买记录").message
    assert recommender.profiles.consents(user).may("infer", "purchases")


def test_personal_recommendations_are_turned_off_and_on(recommender: Recommender, user: str) -> None:
    say(recommender, user, "不要个性化推荐")
    assert recommender.profiles.consents(user).level == 1
    say(recommender, user, "you may personalise again")
    assert recommender.profiles.consents(user).level == 3


def test_a_wrong_conclusion_is_put_right_and_the_newest_word_wins(recommender: Recommender, user: str) -> None:
    reply = say(recommender, user, "that's wrong, I don't like Sony")
    assert "Sony (brand) is not for you" in reply.message
    stated = {fact["field"]: fact["value"] for fact in recommender.profiles.get(user)["facts"]}
    assert stated["dislikes"] == ["brand=Sony"]
    shown = {(one["field"], one["value"]): one["weight"] for one in recommender.profiles.get(user)["affinities"]}
    assert shown["brand", "Sony"] == -1.0
    say(recommender, user, "that's wrong, I do like Sony")
    stated = {fact["field"]: fact["value"] for fact in recommender.profiles.get(user)["facts"]}
    assert stated["likes"] == ["brand=Sony"]
    assert "dislikes" not in stated


@pytest.mark.parametrize(("wish", "sure"), [("forget everything about me", "yes"), ("删掉我的资料", "确认")])
def test_everything_is_erased_once_it_was_confirmed(recommender: Recommender, user: str, wish: str, sure: str) -> None:
    session = uuid.uuid4().hex
    asked = recommender.reply(wish, user_id=user, session_id=session)
    assert asked.kind == "confirm"
    assert len(kinds(recommender, user)) == 4
    done = recommender.reply(sure, user_id=user, session_id=session)
    assert done.message.startswith(("Done: everything", "完成：关于您的内容已全部删除"))
    assert {name: rows for name, rows in recommender.profiles.export(user).items() if rows} == {}


@pytest.mark.parametrize("answer", ["no", "a lamp under $40", "不用了"])
def test_nothing_is_erased_without_a_yes(recommender: Recommender, user: str, answer: str) -> None:
    session = uuid.uuid4().hex
    for message in ("forget everything about me", answer, "yes"):
        recommender.reply(message, user_id=user, session_id=session)
    assert ("bought", LAMP) in kinds(recommender, user)
    facts = {fact["field"] for fact in recommender.profiles.get(user)["facts"]}
    assert "erase_everything" not in facts


def test_what_is_said_of_ones_data_is_no_event(recommender: Recommender, user: str) -> None:
    before = kinds(recommender, user)
    say(recommender, user, "stop personalising", "you may personalise again", "what do you know about me?")
    assert kinds(recommender, user) == before


def test_what_is_known_is_told_with_how_to_change_it(recommender: Recommender, user: str) -> None:
    recommender.profiles.set(user, "city", "London")
    english = say(recommender, user, "what do you know about me?").message
    assert "City: London." in english
    assert "forget everything about me" in english
    assert "城市：伦敦。" in say(recommender, user, "你知道我什么？").message


def test_a_guest_has_nothing_to_change_and_may_delete_the_conversation(recommender: Recommender) -> None:
    assert say(recommender, None, "don't use my purchases").message.startswith("You are a guest")
    assert say(recommender, None, "forget everything about me", "yes").message == "Done: this conversation is deleted."


def test_a_streamed_turn_says_the_words_and_stores_the_reply_once(recommender: Recommender, user: str) -> None:
    session = uuid.uuid4().hex
    first = recommender.reply("stop personalising", user_id=user, session_id=session, key="k")
    again = recommender.reply("stop personalising", user_id=user, session_id=session, key="k")
    assert again == first
    assert first.turn == 1


def test_ids_with_quotes_and_paths_are_ids_and_others_are_refused(recommender: Recommender) -> None:
    odd = "../../x'; DROP TABLE events; --\"\\"
    recommender.profiles.record(odd, [{"kind": "bought", "item_id": LAMP, "time": 1_780_000_000}])
    assert "(1 entries)" in say(recommender, odd, "delete my purchases").message
    recommender.profiles.erase(odd)
    with pytest.raises(Exception, match="1 to 200 characters"):
        say(recommender, "x" * 10_000, "delete my purchases")


def test_what_is_kept_is_told_where_nothing_of_it_is_used(recommender: Recommender, user: str) -> None:
    off = say(recommender, user, "turn off personalisation", "what do you know about me?")
    assert "your purchases (2)" in off.message
    assert "None of it is used" in off.message
    assert "nothing about you" not in off.message


def test_a_conclusion_is_told_with_what_it_rests_on(recommender: Recommender) -> None:
    name = f"rights-{uuid.uuid4().hex}"
    now = 1_780_000_000
    games = [f"bg-{number:02d}" for number in range(1, 9)]
    events = [{"kind": "bought", "item_id": item, "time": now + at * 90_000} for at, item in enumerate(games)]
    recommender.profiles.record(name, events)
    told = say(recommender, name, "what do you know about me?", "where do you have that from?")
    assert "rests on what you did here" in told.message
    assert "Salt Road" in told.message or "bought" in told.message
    assert say(recommender, name, "why do you think I like lamps?").message.startswith("I have not concluded that")
    recommender.profiles.erase(name)


def test_a_conclusion_that_is_taken_back_is_gone(recommender: Recommender) -> None:
    name = f"rights-{uuid.uuid4().hex}"
    events = [{"kind": "bought", "item_id": f"bg-{at:02d}", "time": 1_780_000_000 + at * 90_000} for at in range(1, 9)]
    recommender.profiles.record(name, events)
    assert ("category", "board_games") in concluded(recommender, name)
    told = say(recommender, name, "forget that i like board games").message
    assert told.startswith("Done: I no longer hold board games")
    assert ("category", "board_games") not in concluded(recommender, name)
    recommender.profiles.erase(name)


def concluded(recommender: Recommender, user: str) -> set[tuple[str, str]]:
    return {(one["field"], one["value"]) for one in recommender.profiles.get(user)["affinities"]}


def test_what_is_not_to_be_recommended_leaves_the_conversation_as_well(recommender: Recommender, user: str) -> None:
    for message in ("我不喜欢桌游，别再推了", "from now on no board games"):
        reply = say(recommender, user, message)
        assert (reply.kind, [(row.field, row.op) for row in reply.ledger]) == ("answer", [("category", "!=")])
    assert recommender.profiles.get(user)["facts"][-1]["value"] == ["category=board_games"]


def test_what_was_refused_is_lifted_with_the_dislike(recommender: Recommender, user: str) -> None:
    reply = say(recommender, user, "a bag, no leather", "forget that I hate leather")
    assert [row.status for row in reply.ledger if row.field == "material"] == ["withdrawn"]


def test_a_guest_hears_what_holds_in_the_conversation(recommender: Recommender) -> None:
    told = say(recommender, None, "a lamp under $60, not black", "what do you know about me?").message
    assert told.endswith("In it you asked for: lamps, under $60 and not black.")
    left = say(recommender, None, "灯，预算200以内，不要红色", "把预算那条忘了吧", "你知道我什么").message
    assert left.endswith("这次对话里您提过：灯具和不要红色。")


@pytest.mark.parametrize("message", ["forget that i like hiking", "别记我喜欢徒步"])
def test_a_wish_to_forget_never_becomes_a_search(recommender: Recommender, message: str) -> None:
    assert not [row for row in say(recommender, None, message).ledger if row.status == "active"]


@pytest.mark.parametrize("told", ["我现在不喝咖啡了，你记一下", "I don't drink coffee any more, please remember that"])
def test_what_is_told_to_be_kept_is_kept(recommender: Recommender, user: str, told: str) -> None:
    reply = say(recommender, user, told)
    assert reply.kind == "answer"
    assert [(row.field, row.op, row.value) for row in reply.ledger] == [("category", "!=", "coffee")]


def test_what_is_known_is_told_without_a_log(recommender: Recommender, user: str) -> None:
    told = say(recommender, user, "what do you know about me?").message
    assert "%" not in told
    assert "between" not in told


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("remember that I wear size 42 and that I'm allergic to nickel", "I wear size 42"),
        ("I don't eat meat anymore, keep that in mind", "I don't eat meat anymore"),
        ("记住我穿43码，对羊毛过敏", "我穿43码"),
        ("我养了两只猫，记一下", "我养了两只猫"),
        ("I play the violin, any headphones?", "I play the violin"),
        ("推荐个台灯，我经常熬夜", "我经常熬夜"),
    ],
)
def test_what_is_told_of_oneself_is_held_until_it_is_forgotten(recommender: Recommender, told: str, words: str) -> None:
    chinese = not words.isascii()
    asked, forget = (
        ("你记住了什么", f"把{words}这条删了") if chinese else ("what do you remember?", f"forget that {words}")
    )
    assert words in say(recommender, None, told, asked).message
    assert words not in say(recommender, None, told, forget, asked).message


def test_a_remark_bounds_no_field_by_its_figure(recommender: Recommender) -> None:
    reply = say(recommender, None, "记住我穿43码")
    assert reply.kind == "answer"
    assert not reply.ledger


def test_what_a_known_person_has_noted_is_there_the_next_time(recommender: Recommender, user: str) -> None:
    say(recommender, user, "I've gone vegan, please remember that")
    assert "gone vegan" in say(recommender, user, "what do you know about me?").message
    assert (
        "gone vegan" not in say(recommender, user, "forget that I've gone vegan", "what do you know about me?").message
    )


@pytest.mark.parametrize("message", ["what do you remember?", "do you remember me?", "你记住了什么", "你还记得我吗"])
def test_a_question_for_the_memory_notes_nothing(recommender: Recommender, message: str) -> None:
    assert "Noted" not in (told := say(recommender, None, message).message)
    assert "记着" not in told
