"""Masking and unmasking: each the other's inverse, masking twice the same as once, and no digit of a secret left."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncGenerator, Mapping
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel

from shortlist_tools.masking import Book, MaskedModel, MaskingFilter, mask, unmask
from shortlist_tools.model import Budget, ModelAnswer, ModelCall

_SECRETS = st.sampled_from(
    [
        "13812345678", "+86 138 1234 5678", "(212) 555-0143", "110105199003071239", "4532 0151 1283 0366",
        "078-05-1120", "DE89 3704 0044 0532 0130 00", "a.b99@example.com", "742 Evergreen Terrace",
        "中山路18号3栋502室", "京A12345",
    ]
)  # fmt: skip
_WORDS = st.sampled_from(
    ["我电话", "ship to ", "my name is Dave ", "，", ", ", " 谢谢", "[NAME_1]", "PHONE_1", "预算300元", "\n", "李雷"]
)
_TEXTS = st.lists(st.one_of(_WORDS, _SECRETS, st.text(max_size=6)), max_size=8).map("".join)


@given(_TEXTS)
@example("我电话+86 138 1234 567813812345678+86 138 1234 5678")
@example("13812345678a.b99@example.com13812345678")
@example("13812345678@example.com and 13812")
@example("13812345678我电话078-05-1120PHONE_1")
def test_unmasking_undoes_masking_and_masking_twice_changes_nothing(text: str) -> None:
    masked = mask(text)
    assert unmask(masked.text, masked.originals) == text
    again = mask(masked.text, masked.originals)
    assert again.text == masked.text
    assert again.originals == masked.originals


@given(st.sampled_from(["我电话", "call me: ", "证件", "", "可以。"]), _SECRETS, st.sampled_from(["", "谢谢", " ok"]))
def test_no_run_of_digits_of_a_secret_is_left(before: str, secret: str, after: str) -> None:
    masked = mask(f"{before}{secret} {after}").text
    assert not [run for run in re.findall(r"\d{3,}", secret) if run in masked]


def test_the_same_words_have_the_same_mark_and_marks_go_on() -> None:
    book = Book()
    assert book.mask("I'm Dave, 13812345678") == "I'm [NAME_1], [PHONE_1]"
    assert book.mask("13812345678 or 13912345678, says Dave") == "[PHONE_1] or [PHONE_2], says [NAME_1]"
    assert Book(book.originals).mask("打13912345678或13712345678") == "打[PHONE_2]或[PHONE_3]"


def test_marks_that_a_user_types_are_not_given_again() -> None:
    masked = mask("[PHONE_1] is 13812345678")
    assert masked.text == "[PHONE_1] is [PHONE_2]"
    assert unmask(masked.text, masked.originals) == "[PHONE_1] is 13812345678"


def test_marks_are_read_as_careless_models_write_them() -> None:
    originals = {"[NAME_1]": "Dave"}
    assert unmask("[name_1], NAME_1 and [NAME_2], FILENAME_1", originals) == "Dave, Dave and [NAME_2], FILENAME_1"


def test_the_hosts_id_is_masked_and_not_kept() -> None:
    book = Book(owner="host-77")
    assert book.mask("I am host-77 here") == "I am [USER_1] here"
    assert book.originals == {}
    assert book.unmask("[USER_1]") == "host-77"


def test_a_secret_cut_short_is_masked_and_single_characters_elsewhere_are_not() -> None:
    book = Book()
    book.mask("找张先生,电话13812345678")
    assert book.hide("一张桌子 13812") == "一张桌子 [PHONE_1]"


def test_words_to_search_by_hold_nothing_personal() -> None:
    book = Book()
    book.mask("my sister Annabel")
    assert book.without("headphones  Annabel red") == "headphones red"
    assert book.without("headphones  red") == "headphones red"
    assert Book().without("headphones  red") == "headphones  red"


@pytest.mark.slow
def test_a_hundred_kilobytes_of_anything_are_masked() -> None:
    piece = "我住上海市静安区南京西路1266号,电话13900001111. my name is John Hart "
    text = piece * (100_000 // len(piece))
    masked = mask(text)
    assert "1266" not in masked.text
    assert len(masked.originals) == 3


class _Answer(BaseModel):
    said: str
    rows: list[str]


class _Echo:
    """A model that answers with the message it got, in pieces of a few characters."""

    name = "echo"

    def __init__(self) -> None:
        self.inputs: list[Mapping[str, Any]] = []

    async def ask(self, prompt: str, inputs: Mapping[str, Any], schema: Any, budget: Budget) -> Any:
        self.inputs.append(inputs)
        answer = schema(said=inputs["message"], rows=[f'colour == red "{inputs["message"]}"'])
        return ModelAnswer(answer, ModelCall(prompt, self.name, 1, 1, 0, 0.0))

    async def stream(self, prompt: str, inputs: Mapping[str, Any], budget: Budget) -> AsyncGenerator[str, None]:
        self.inputs.append(inputs)
        for start in range(0, len(inputs["message"]), 3):
            yield inputs["message"][start : start + 3]


def test_a_masked_model_hides_what_people_wrote_and_restores_its_answers() -> None:
    async def run() -> None:
        echo, text = _Echo(), "call Annabel on 13812345678, 谢谢"
        model = MaskedModel(echo, Book())
        given = {"message": text, "ledger": ["for Annabel"], "fields": ["price 13912345678"], "language": "en"}
        answer = await model.ask("plan", given, _Answer, Budget())
        assert answer.value == _Answer(said=text, rows=[f'colour == red "{text}"'])
        assert "".join([piece async for piece in model.stream("plan", given, Budget())]) == text
        for seen in echo.inputs:
            assert seen["message"] == "call [NAME_1] on [PHONE_1], 谢谢"
            assert seen["ledger"] == ["for [NAME_1]"]
            assert seen["fields"] == ["price 13912345678"]

    asyncio.run(run())


def test_log_lines_and_exceptions_are_masked() -> None:
    error = ValueError("no user with 13812345678")
    told = (ValueError, error, None)
    record = logging.LogRecord("x", logging.INFO, "f", 1, "mail of %s failed", ("a.b@example.com",), told)
    assert MaskingFilter().filter(record)
    line = logging.Formatter().format(record)
    assert line.startswith("mail of [EMAIL_1] failed")
    assert "ValueError: no user with [PHONE_1]" in line
    assert "13812345678" not in line
