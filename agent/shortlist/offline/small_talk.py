"""What a message is that states no requirement: small talk, the opening of a wish, indifference, or off the subject."""

from __future__ import annotations

import re

TOPICS = {
    "thanks": re.compile(
        r"(?<!\ba )(?<!\bas )\b(thanks?(?!-)|thank you|thx|cheers|appreciate)\b"
        r"|(?<![想要表示])(?:谢谢|多谢|感谢|谢啦)(?![礼信卡])|辛苦|添麻烦|(?:麻烦|打扰)[你您]?们?了",
        re.IGNORECASE,
    ),
    "bye": re.compile(
        r"\b(bye|goodbye|see you|good night|that's all|that is all)\b|再见|拜拜|回头见|晚安|先这样", re.IGNORECASE
    ),
    "hello": re.compile(
        r"^\W*(hi|hello|hey|good (morning|afternoon|evening))\b|你好|您好|在吗|早上好|晚上好|哈[喽啰]", re.IGNORECASE
    ),
}


INDIFFERENT = re.compile(
    r"\b(any(thing|one|way)?|whatever|either|don't (mind|care|know)|no (preference|idea|matter))\b"
    r"|\b(doesn't matter|not sure|up to you|skip)\b"
    r"|随便|都行|都可以|都好|无所谓|没(有)?(要求|所谓|偏好|想法)|不限|不知道|不清楚|看着办|你定",
    re.IGNORECASE,
)
"""An answer that settles a question without saying anything."""
OFF_TOPIC = re.compile(
    r"\b(write|compose)( me)? (a|an|some) \w*\s?(code|function|program|script|poem|essay|story|song|letter)\b"
    r"|\btranslate\b|\bweather\b"
    r"|(?:^|[.!?;]\s*)(who|when) (is|was|won|did|invented)\b|\bcapital of\b|\b(tell|know) (me )?a joke\b"
    r"|\bwhat('s| is) \d"
    r"|\b(ignore|forget|disregard) (all|any|your|the|previous)\b.*\b(instructions?|rules|prompt)\b|system prompt"
    r"|写(一?[首篇段个])?(诗|作文|代码|程序|歌)|翻译|天气|讲个?笑话|谁(是|赢|发明)|股票|新闻|首都|忽略.{0,8}(指令|规则|提示)|系统提示",
    re.IGNORECASE,
)
"""Wishes that no catalog serves, in the commonest wordings; a model notices others."""

INDEFINITE = re.compile(
    r"\b(something|anything|a (gift|present|treat))\b|(送|给)\S{1,8}(的|礼物|东西)|(有什么|什么适合|点什么|点东西)",
    re.IGNORECASE,
)
"""A wish that names no kind of thing."""
OPENING = re.compile(
    r"\b(i('d| would) like|i want|i need|looking for|find me|show me|do you have)\b"
    rf"|想(要|学|买|找)|我要|找|需要|推荐|{INDEFINITE.pattern}",
    re.IGNORECASE,
)
"""How people open a wish, rather than change one."""

REQUEST = re.compile(r"\b(recommend|suggest|help me (find|pick|choose)|what should i)\b", re.IGNORECASE)
"""Words that ask for items, whatever greeting goes before them."""


_GREETING = re.compile(
    r"^\W*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening))\b(?: there| all| again)?"
    r"|你们?好|您好|在吗|早上好|晚上好|下午好|哈[喽啰])[呀啊哦]?[\s,.!，。！~～]*",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"^\W*(?:(?:i'?m|i am|my name is|my name's|this is|it'?s)\s+\w+"
    r"(?:\s+(?:here|speaking|again|from\s+\w+))?\s*(?:[,.!]|$)"
    r"|(?:我叫|我是|叫我)[^,，。!！]{1,6}(?:[,，。!！]|$)"
    r"|(?:and\s+)?(?:my (?:name|e-?mail(?: address)?|phone(?: number)?|number|address)(?: is|'s)|i'?m|i am)\s+"
    r"[^\s,!]+(?:\s+(?=and my\b)|[,!.]|$)"
    r"|我?的?(?:电话|手机号?|邮箱|微信|地址|姓名|名字)(?:是|叫|:|：)?\s*[^,，。!！]{1,30}(?:[,，。!！]|$))\s*",
    re.IGNORECASE,
)
"""Who somebody is and how to be reached, one after the other."""
_FEW = 3
"""Words, or Chinese characters, up to which what stands behind a greeting belongs to it."""


def says_more(message: str) -> bool:
    """Return whether sentences of their own stand behind a greeting and the user's name."""
    greeting = _GREETING.match(message)
    if greeting is None:
        return False
    rest = message[greeting.end() :]
    while shorter := _INTRODUCTION.match(rest):
        rest = rest[shorter.end() :]
    if small_talk(rest) != "chat":
        return False
    return len(re.findall(r"[A-Za-z]+|[\u4e00-\u9fff]", rest)) > _FEW and not re.search(r"\bhow are you\b|你是谁", rest)


def small_talk(message: str) -> str:
    """Return `thanks`, `bye`, `hello`, `empty` or `chat`."""
    if not any(mark.isalnum() for mark in message):
        return "empty"
    return next((topic for topic, pattern in TOPICS.items() if pattern.search(message)), "chat")
