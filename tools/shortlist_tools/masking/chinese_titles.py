"""Chinese names as people call each other: 李哥, 老王, 小陈, 张总, 朵朵, 阿依古丽·买买提, and what a form holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shortlist_tools.masking.words import characters, word_list, word_set

_FILE = "chinese_names.yaml"
_MORE = "chinese_more.yaml"
_HAN = r"[\u4e00-\u9fff]"
_STOP = (
    rf"(?=$|家(?!的)|(?!{_HAN})|你好|您好|说|的|推荐|帮|让|给|在|要|那|这|来|介绍|好|收|去|也|和|跟|生日|"
    rf"结婚|买|想|喜欢|爱|今|是|有|不|就|都|吗|呢|啊|吧|"
    rf"签|代|转|用|过|可以|能|会|教|送|选|挑|一起|住|电话|手机|微信)"
)
_BEFORE = (
    rf"(?:(?<!{_HAN})|(?<=[给帮替和跟问找请叫谢让陪由约是为与])|(?<=感谢|联系|麻烦|通知|告诉|送给|寄给|"
    rf"转交|交给|我们|你们|咱们|公司|单位|楼下|隔壁|邻居|同事|"
    rf"客服|店里|店主|教练|对面|楼上)|(?<=的)|(?<=我))"
)


def find_called_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield names with a short title, nicknames, names with a point, doubled names of children, and names in forms."""
    for way, pattern in _patterns().items():
        for match in pattern.finditer(text):
            start, end = match.span("it")
            said = match["it"]
            if said in word_set(_MORE, "never") or _begins_badly(said, text[start : start + 4]):
                continue
            if start and text[start - 1] == text[start]:
                continue  # 谢谢老师傅
            if way == "form" and not _a_form_name(said):
                continue
            yield start, end


def _begins_badly(said: str, ahead: str) -> bool:
    never = word_set(_FILE, "never_names_zh") | word_set(_FILE, "famous_zh")
    return any(ahead[:length] in never for length in (2, 3, 4)) or said in never


def _a_form_name(said: str) -> bool:
    """Return whether all that a form holds in a place for a name may be one: two to four characters, no common word."""
    if any(one in characters(_MORE, "function") for one in said) or said[:2] in word_set(_FILE, "words_zh"):
        return False
    surname = said[:2] in word_set(_FILE, "compound_surnames") or said[0] in characters(_FILE, "surnames")
    return surname or said[0] == said[1] or all(one in characters(_FILE, "given_characters") for one in said)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    def either(file: str, name: str) -> str:
        return "|".join(sorted(word_list(file, name), key=len, reverse=True))

    surname = f"(?:{either(_FILE, 'compound_surnames')}|[{''.join(sorted(characters(_FILE, 'surnames')))}])"
    given = f"[{''.join(sorted(characters(_FILE, 'given_characters')))}]"
    kin = f"(?:{either(_FILE, 'kin_zh')}|{either(_MORE, 'kin')})"
    form = f"(?:{either(_MORE, 'form')})"
    return {
        "short": re.compile(rf"{_BEFORE}(?P<it>{surname}(?:{either(_MORE, 'short_titles')})){_STOP}"),
        "nick": re.compile(
            rf"(?:(?:{either(_FILE, 'giving_zh')}|{form}|我是|我叫|叫我|{kin})(?:叫|是)?[:\s]?|(?<!{_HAN})|"
            rf"(?<=的))(?P<it>[小老阿大](?:{surname}|{given}|[A-Z][a-z]{{1,8}})){_STOP}"
        ),
        "points": re.compile(
            rf"(?:{either(_FILE, 'announced_zh')}|{form}|{kin}|{either(_FILE, 'giving_zh')}|我是)(?:叫|是|为)?[\s:\"]*"
            rf"(?P<it>{_HAN}{{2,6}}(?:[·.]{_HAN}{{1,8}})+?)(?=$|(?!{_HAN})|的|说|喜欢|今年|要|想|收|和|跟|生日|过)"
        ),
        "points_alone": re.compile(
            rf"(?<!{_HAN})(?P<it>{_HAN}{{1,6}}(?:[·.]{_HAN}{{1,8}})+?)(?=收|亲启|签|的(?:电话|快递|地址|生日|包裹|订单)|来[取拿])"
        ),
        "doubled": re.compile(
            rf"{kin}(?:的?小名|大名|乳名)?(?:叫做|叫|"
            rf"是)?[\s:\"]*(?P<it>(?P<one>[{''.join(sorted(characters(_MORE, 'doubled')))}])(?P=one)|"
            rf"[小大](?P<two>{given})(?P=two)|"
            rf"小{given}|{given}(?:宝|仔|崽|妹|儿)(?!宝|贝)){_STOP}"
        ),
        "small": re.compile(
            rf"(?:小名|乳名|花名|外号|绰号|网名|昵称|英文名|艺名|笔名|曾用名)(?:就?叫做?|是|"
            rf"为)?[\s:\"]*(?P<it>{_HAN}{{2,4}}?){_STOP}"
        ),
        "form": re.compile(
            rf"(?:{form})(?:就|要|请)?(?:叫|是|为|填|写|改成|改为|换成)?[\s:\"]*(?P<it>{_HAN}{{2,4}})(?!{_HAN})"
        ),
        "received": re.compile(
            rf"(?:(?<!{_HAN})|(?<=[给是为:]))(?P<it>{surname}{given}{{1,2}})(?=\s?[\(（]?(?:收|代收|签收|亲收|"
            rf"敬上|敬启|敬赠|亲启|启|"
            rf"转|留|贺|赠)[\)）]?(?:$|(?!{_HAN})))"
        ),
    }
