"""Messages that go on from what was shown, or end the search, rather than open a wish of their own."""

from __future__ import annotations

import re

_VAGUE = re.compile(
    r"\b(?:something|anything|some|one|ones)\s+(?!(?:for|to|about|else|different|new|other|of|similar|like|i|you|we)\b)\w",
    re.IGNORECASE,
)
_VAGUE_ZH = re.compile(
    r"(?:一点|一些|点儿?|些)(?:儿?的)?(?:东西|款式?|礼物|选择|样子)?(?:有吗|[吗呢吧么嘛呗])?\W*$"
    r"|[点些][^点些,，。]{1,5}的(?:东西|款式?|礼物|选择)?(?:有吗|[吗呢吧么嘛呗])?\W*$"
)
_CRITICISES = re.compile(
    r"\b(?:too|not that|not so|not as) (?!many\b)\w+|\b(?:don'?t|do not|didn'?t) (?:really )?(?:like|love|want) "
    r"(?:it|that|this|those|these|them|any)\b|太[^,，。]{1,5}了|不喜欢(?:这|那|它|第)|没那么|别太|不要太",
    re.IGNORECASE,
)
BAD_EN = "ugly|awful|horrible|hideous|terrible|boring|meh|dull|bland|ordinary|generic|lame|rubbish|crap"
BAD_ZH = "丑|难看|不好看|土|俗|没意思|无聊|一般般?|普通|不怎么样"
"""What is said of items that do not please, whatever they are."""
_UNMOVED = re.compile(
    r"^\W*(?:(?:oh|hm+|well|ugh|no|nah|sorry|but|these|those|they|that|this|it|all|i|are|is|'?s|'?re|look|looks|seem|all|"
    r"a bit|kind of|kinda|so|too|very|really|pretty|just|rather)[\s,.]*)*"
    rf"(?:{BAD_EN}|uninspiring|unimpressed|not impressed|hate (?:it|them|these|this)"
    r"|(?:do not|don'?t) like (?:it|them|these|those|any(?: of (?:them|these))?)|(?<=too )\w+)\W*$"
    rf"|^\W*(?:[这那]些?|都|有点|感觉|真|好|太)*(?:{BAD_ZH}|没感觉|不喜欢"
    r"|没兴趣|看不上|太[^,，。]{1,4}了)[了啊呀吧的]*\W*$",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(
    r"\bfor (?:my|our|his|her|their|me|us|him|them|a|an|someone|somebody)\b|[给送](?![点些个一])\S{1,6}(?:买|的|挑|选)"
    r"|想[学买找]",
    re.IGNORECASE,
)
_COMPLAINT = (
    r"(?:(?:that'?s|they'?re|it'?s|it is|these are|those are|all)\s+)?"
    r"(?:(?:way|far|much|still|a bit|all)\s+)*too\s+\w+(?:\s+for me)?"
)
_LEADS = r"oh|ok(?:ay)?|well|hm+|ah+|no|nah|nope|alright|all right|fine|actually|you know what|then|sorry|thanks?"
_ENDS = re.compile(
    rf"^\W*(?:(?:{_LEADS}|{_COMPLAINT})[\s,.!…:-]+)*"
    r"(?:never\s?mind|forget (?:it|about it)|(?:i'?ll|i will|i'?d rather|let me) "
    r"(?:pass|leave it|skip(?: it)?|think (?:about it|it over)|sleep on it)|let'?s leave it|leave it|not today|"
    r"(?:maybe )?(?:another time|next time|some other time)|maybe later|i give up|don'?t bother|"
    r"i(?:'m| am) not buying(?: anything)?)"
    r"(?:[\s,.!…:-]+(?:then|thanks?|thank you|anyway|for now|bye|today|ok|sorry|so much|though))*\W*$",
    re.IGNORECASE,
)
_ENDS_ZH = re.compile(
    r"^\W*(?:(?:嗯+|哦+|唉+|哎+|那|好吧|行吧|好的?|(?:有点|都?太|真|好)[^,，。；]{1,4}[了啊呀]?|没(?:有)?合适的"
    r"|都?不(?:喜欢|合适|满意|怎么样))[\s,，。!！…、]*)*"
    r"(?:那|还是|就|我|先)*(?:算了|不买了|不看了|不找了|不需要了|不用找了|不想(?:再)?(?:买|看|逛|挑|找)(?:任何)?(?:东西|什么|啥)?了|下次(?:再说|再看|再买|吧)|改天(?:再说|再来|再看|吧)"
    r"|以后再说|先不[买看找](?:了)?|(?:再)?(?:考虑|想)(?:考虑|想)(?:再说)?|回头再说)"
    r"(?:[吧啦呀哈啊]|了)*(?:[\s,，。!！、]*(?:谢谢|谢了|谢啦|多谢|再见|拜拜|麻烦了?)[你您啦了]*)*\W*$"
)


def goes_on(message: str) -> bool:
    """Return whether `message` only sets itself off from what was asked for and shown: "something nicer", 实用一点."""
    if _FOR_WHOM.search(message):
        return False
    return any(words.search(message) for words in (_VAGUE, _VAGUE_ZH, _CRITICISES))


def is_unmoved(message: str) -> bool:
    """Return whether `message` only says that what was shown does not please: "boring", 太普通了."""
    return _UNMOVED.match(message) is not None


def gives_up(message: str) -> bool:
    """Return whether `message` ends the search and says no more: "too expensive, never mind", 太贵了算了."""
    return bool(_ENDS.match(message) or _ENDS_ZH.match(message))
