"""The kind of what was just shown stays, though nobody named it, until something else is sought."""

from collections.abc import Callable

import pytest

from shortlist import Reply

Talk = Callable[..., Reply]


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        (("蓝牙的 音质好 女生戴好看", "白色", "300美元以内"), "hp"),
        (("苹果酒和梅酒哪个度数低 我22岁", "要甜一点的", "200以下"), "wn"),
        (("Is Lantern Keepers good for grandparents?", "something similar for adults"), "bg"),
        (("headphones for work, noise cancelling", "show me wired ones"), "hp"),
    ],
)
def test_the_kind_under_discussion_stays(messages: tuple[str, ...], kind: str, talk: Talk) -> None:
    talk(messages[0])
    for message in messages[1:]:
        reply = talk(message)
        assert reply.items
        assert {item.id[:2] for item in reply.items} == {kind}


def test_another_wish_leaves_it(talk: Talk) -> None:
    talk("wireless, good sound")
    assert not any(row.field == "category" for row in talk("a gift for my mother").ledger)


def test_a_mixed_slate_has_no_kind_to_keep(talk: Talk) -> None:
    talk("a gift for mum")
    assert not any(row.field == "category" for row in talk("under 50").ledger)
