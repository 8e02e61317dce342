"""What turns away from the items shown, and what only says that nothing else matters."""

import pytest

from shortlist.reader import wants_others


@pytest.mark.parametrize(
    "message",
    [
        "show me something else",
        "anything else like that but under 50?",
        "not that one",
        "I hate all of them",
        "do you have other ones in blue?",
        "what about some alternatives",
        "换一批吧",
        "换个便宜点的",
        "不要这个",
        "这几个都不喜欢",
        "有没有别的款",
        "来点其他的",
    ],
)
def test_others_are_wanted(message: str) -> None:
    assert wants_others(message)


@pytest.mark.parametrize(
    "message",
    [
        "anything else is fine",
        "nothing else, thanks",
        "the other is for a friend, this one for me",
        "it should not be black",
        "under 50, and not too heavy",
        "别的没要求",
        "其他都行",
        "不要黑色的",
        "50块以内的耳机",
        "有别的颜色吗",
    ],
)
def test_the_rest_is_no_matter(message: str) -> None:
    assert not wants_others(message)
