"""Chinese names of people, by evidence: their characters, what stands before and after, and the words they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shortlist_tools.masking.words import characters, word_list, word_set

_FILE, _PLACES, _WORDS = "chinese_names.yaml", "chinese_places.yaml", "chinese_words.yaml"
_HAN = r"[\u4e00-\u9fff]"
_ENOUGH = 4.0
_COMPOUND = 3.5  # 欧阳子墨
_LONG = 3.0  # 王晓明, both characters usual in names
_HALF_LONG = 2.0
_SHORT = 2.0  # 王芳
_NICK, _BY_SURNAME = 1.5, 0.5  # 小雯, 小王
_CALLED = 2.0  # 芳姐, 娟子
_DOUBLED = _GIVEN = 1.5  # 朵朵, 志远
_ANY = 0.75  # anything else where a name is told
NAMING, _KIN, TOLD, _SENTENCE, _INSIDE = 3.0, 2.5, 2.0, 1.0, -1.0
_AT_END, _WORD_FOLLOWS, _GOES_ON = 1.0, 0.5, -0.5
_WHOLE, _LISTED = 1.0, 1.5
"""What a name gains as all there is between two signs, and as one that stands in a list with another."""
_A_WORD, _TORN, _A_WORK = 2.0, 1.5, 4.0
"""What a name loses for holding a common word, for ending within one, and for being known for its works."""
_WORKS_AFTER = re.compile(
    r"的?(?:歌|电影|小说|书(?!包|桌|架|房|签)|专辑|演唱会|作品|诗|画(?!板|笔|架)|剧|粉丝|传记|同款|漫画|海报|手办|周边|联名|代言|牌|球衣|新歌|"
    r"新专辑|新书|新片|散文|文集|全集|黑胶|唱片)"
    r"|主演|导演|演的|写的|唱的|编剧|代言|同款|联名"
)
_WORKS_BEFORE = re.compile(
    r"(?:导演|主演|作者|作家|歌手|演员|明星|偶像|球星|诗人|画家|品牌|粉丝|追星|喜欢听|喜欢看|看过|听过)(?:是|叫|为)?$"
)
_CALLED_SO = re.compile(rf"(?:·|{_HAN}){{0,8}}?的(?:酒店|宾馆|餐馆|餐厅|饭店|店|景点|地方|牌子|品牌|游戏|书|款)")
_BETWEEN = re.compile(r"\s?(?:[和跟与及、&]|还有)\s?")
AGE = re.compile(r"(?:才|刚|快|已经|今年)?(?:[一二三四五六七八九十两半]{1,3}|\d{1,2})(?:岁|周岁|个月|年级)")
_SIGNS = " :：\"'“”「」(（"
_LONGEST_PLACE = 5


def find_chinese_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names of people begin and end in Chinese text."""
    yield from _titled(text)
    weighed: list[tuple[float, int, int]] = []
    for run in re.finditer(f"{_HAN}{{2,}}", text):
        for at in range(run.start(), run.end() - 1):
            weighed += _weighed(text, at, run.start(), run.end())
    taken: list[tuple[int, int]] = []
    for evidence, start, end in sorted(weighed, key=lambda one: (-one[0], one[1], -one[2])):
        apart = all(end <= other or other_end <= start for other, other_end in taken)
        if apart and (evidence >= _ENOUGH or any(_listed(text, (start, end), other) for other in taken)):
            taken.append((start, end))
            yield start, end


def _listed(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether two names stand in one list: 张伟和李娜娜."""
    first, second = sorted((one, other))
    return _BETWEEN.fullmatch(text, first[1], second[0]) is not None


def _weighed(text: str, at: int, first: int, last: int) -> Iterator[tuple[float, int, int]]:
    """Yield the names that begin at `at`, each with its evidence, where that is enough."""
    shapes = [(end, like) for end, like in _shapes(text, at) if end <= last]
    if _in_list(text, at, "never_names_zh") or _counts(text, at):
        return
    told = _before(text, at, first)
    if told >= NAMING and not shapes:
        shapes = [(end, _ANY) for end in (at + 2, at + 3) if end <= last and _free(text[at:end])]
    for end, like in shapes:
        evidence = like + told + _after(text, end, last)
        if at == first and end == last and like >= _SHORT and surname(text[at : at + 2]):
            evidence += _WHOLE
        if evidence < _ENOUGH - _LISTED:
            continue
        evidence -= _against(text, at, end, told)
        if evidence >= _ENOUGH - _LISTED:
            yield evidence, at, end


def _shapes(text: str, at: int) -> Iterator[tuple[int, float]]:
    """Yield where a name that begins at `at` may end, with how much its characters look like one."""
    given = characters(_FILE, "given_characters")
    stops = characters(_PLACES, "stops")
    one, two, three = text[at], text[at + 1 : at + 2], text[at + 2 : at + 3]
    long = surname(text[at : at + 2])
    if long == 2 and surname(one):  # 贺兰 is a surname, and 兰 a given name
        yield at + 2, _SHORT
    if long:
        rest, more = text[at + long : at + long + 1], text[at + long + 1 : at + long + 2]
        bonus = _COMPOUND - _LONG if long == 2 else 0.0
        if rest and rest not in stops:
            yield at + long + 1, (_SHORT if rest in given else _ANY) + bonus
            titled = rest + more in word_set(_FILE, "titles_zh")
            if more and more not in stops and not titled:
                yield at + long + 2, (_LONG if rest in given and more in given else _HALF_LONG) + bonus
    if one in "小老阿大" and two and two not in stops and (two in given or surname(two)):
        yield at + 2, _NICK + (_BY_SURNAME if surname(two) else 0)
        if three == two:
            yield at + 3, _DOUBLED
    elif one == two and one not in stops:
        yield at + 2, _DOUBLED if one in given else _ANY
    elif one in given and two:
        if two in "姐哥子儿宝妹仔叔姨爷":
            yield at + 2, _CALLED
        elif two in given:
            yield at + 2, _GIVEN


def _counts(text: str, at: int) -> bool:
    """Return whether a number of things begins at `at`: 一首, 两件."""
    return text[at] in "一二三四五六七八九十两几" and text[at + 1 : at + 2] in characters(_PLACES, "counters")


def _free(said: str) -> bool:
    """Return whether `said` has no word of grammar, so that it may be a name where names are given."""
    return len(said) > 1 and not characters(_PLACES, "stops") & set(said)


def _before(text: str, at: int, first: int) -> float:
    """Return how much what stands before `at` says that a name begins there."""
    signed = at
    while signed and text[signed - 1] in _SIGNS:
        signed -= 1
    kin = _kin()
    if text[signed - 1 : signed] in ("叫", "是") and any(
        text[signed - 1 - long : signed - 1] in kin for long in (2, 3)
    ):
        return NAMING
    for length in range(min(_LONGEST_PLACE, signed), 0, -1):
        word = text[signed - length : signed]
        if word in word_set(_PLACES, "before_3"):
            return NAMING
        if word in kin:
            return _KIN
        if word in word_set(_PLACES, "before_2"):
            return TOLD
        if word in word_set(_PLACES, "before_1"):
            return 1.0
    if text[at - 1 : at] == "的" or (at == first and text[at - 1 : at].isalnum()):
        return 0.0
    return _SENTENCE if at == first else _INSIDE


def _after(text: str, end: int, last: int) -> float:
    """Return how much what stands after `end` says that a name ends there."""
    for length in (4, 3, 2, 1):
        word = text[end : end + length]
        if word in word_set(_PLACES, "after_2"):
            return 2.0
        if word in word_set(_PLACES, "after_1"):
            return 1.0
    if end == last:
        return 2.0 if AGE.match(text, end) else _AT_END
    if AGE.match(text, end):
        return 2.0
    return _WORD_FOLLOWS if text[end : end + 2] in word_set(_WORDS, "pairs") else _GOES_ON


def _against(text: str, start: int, end: int, told: float) -> float:
    """Return how much speaks for a common word, for one that a name would tear apart, or for an author or a star."""
    pairs = _pairs()
    value = 0.0
    if text[start:end] in word_set("chinese_more.yaml", "never"):
        value += 2 * _A_WORD
    if any(text[place : place + 2] in pairs for place in range(start, end - 1)):
        value += _A_WORD
    if any(text[place : place + 2] in word_set(_FILE, "titles_zh") for place in range(start, end)):
        value += 2 * _A_WORD
    if text[end - 1] in characters(_PLACES, "things") and told < NAMING:
        value += _A_WORD
    if text[end - 1 : end + 1] in pairs and text[end : end + 2] not in pairs:
        value += _TORN
    if text[max(0, start - 1) : start + 1] in pairs and told < _KIN:
        value += _TORN
    famous = any(text[start : start + length] in word_set(_FILE, "famous_zh") for length in range(end - start, 6))
    if famous and (told < NAMING or text[end : end + 1] in "的主演"):
        value += _A_WORK
    if told < _KIN and (_WORKS_AFTER.match(text, end) or _WORKS_BEFORE.search(text[max(0, start - 12) : start])):
        value += _A_WORK
    if text[start - 1 : start] == "《":
        value += _A_WORK
    return value


def _titled(text: str) -> Iterator[tuple[int, int]]:
    """Yield surnames, with a given name or not, before a title: 张先生, 欧阳老师."""
    for match in _title().finditer(text):
        if match["own"] or match["mine"]:
            yield match.span("own" if match["own"] else "mine")
            continue
        start, end = match.span("it")
        doubled = start > 0 and text[start - 1] == text[start]  # 谢谢老师
        if not doubled and not _begins_common(text, start) and is_chinese_name(match["it"], strict=True, short=True):
            yield start, end


@cache
def _kin() -> frozenset[str]:
    return word_set(_FILE, "kin_zh") | word_set("chinese_more.yaml", "kin")


@cache
def _business() -> re.Pattern[str]:
    inside = f"(?:(?![{''.join(sorted(characters(_PLACES, 'stops')))}]){_HAN}){{0,6}}?"
    branch = rf"{_HAN}{{0,4}}[(]{_HAN}{{1,10}}店[)]|{_HAN}{{0,4}}店[)]"
    return re.compile(rf"{inside}(?:{'|'.join(word_list(_PLACES, 'businesses'))})|{branch}")


@cache
def _pairs() -> frozenset[str]:
    return word_set(_WORDS, "pairs") | word_set(_FILE, "words_zh")


@cache
def _title() -> re.Pattern[str]:
    def either(name: str) -> str:
        return "|".join(sorted(word_list(_FILE, name), key=len, reverse=True))

    surname = f"(?:{either('compound_surnames')}|[{''.join(sorted(characters(_FILE, 'surnames')))}])"
    given = f"[{''.join(sorted(characters(_FILE, 'given_characters')))}]"
    return re.compile(
        rf"(?P<it>{surname}{given}{{0,2}}?)(?:{either('titles_zh')})|(?<![百老大复同改])姓(?P<own>{surname})(?=[的叫是,，。!]|$)|[我他她]姓(?P<mine>{surname})"
    )


def is_chinese_name(said: str, strict: bool, short: bool = False) -> bool:
    """Return whether `said` is built as a Chinese name: a surname and one or two more characters, and no common word.

    Args:
        said: All of the name, nothing else.
        strict: Demand characters that are usual in given names.
        short: Let a surname alone be one.
    """
    long = surname(said)
    rest = said[long:]
    if not long or len(rest) > 2 or (not rest and not short) or not all("\u4e00" <= one <= "\u9fff" for one in rest):
        return False
    if _in_list(said, 0, "never_names_zh") or said in word_set(_FILE, "famous_zh"):
        return False
    if not strict and (said[-1] in characters(_PLACES, "things") or said[-2:] in word_set(_FILE, "titles_zh")):
        return False
    given = characters(_FILE, "given_characters")
    return all(one in given for one in rest) if strict else rest[:1] not in characters(_FILE, "after_names") or not rest


def told(text: str, start: int) -> float:
    """Return how much what stands before `start` says that a person's name begins there: up to `NAMING`."""
    return _before(text, start, start)


def begins_with_kin(text: str, start: int) -> bool:
    """Return whether a word for a relative or a friend begins at `start`: 岳父岳母."""
    return text[start : start + 2] in _kin()


def of_a_business(text: str, start: int, end: int) -> bool:
    """Return whether what stands from `start` to `end` is in the name of a shop, a hotel or a sight, or called one."""
    called = text[max(0, start - 1) : start] == "叫" and _CALLED_SO.match(text, end)
    return (called or _business().match(text, end)) is not None


def begins_no_name(text: str, start: int, end: int) -> bool:
    """Return whether what stands from `start` to `end` is a common word, known for its works, or begins as none."""
    said = text[start:end]
    if said[0] in characters(_PLACES, "stops"):
        return True
    return said in _pairs() or said in word_set(_FILE, "famous_zh") or _in_list(text, start, "never_names_zh")


def _begins_common(text: str, at: int) -> bool:
    """Return whether a common word or a brand begins at `at` and goes on into the title: 康师傅."""
    return any(
        text[at : at + length] in word_set(_FILE, "never_names_zh") | word_set(_FILE, "famous_zh") for length in (3, 4)
    )


def surname(text: str) -> int:
    """Return how many characters of `text` are a surname: none, one or two."""
    if text[:2] in word_set(_FILE, "compound_surnames"):
        return 2
    return 1 if text[:1] in characters(_FILE, "surnames") else 0


def _in_list(text: str, at: int, name: str) -> bool:
    """Return whether a word of a list begins at `at`."""
    return any(text[at : at + length] in word_set(_FILE, name) for length in (2, 3, 4))
