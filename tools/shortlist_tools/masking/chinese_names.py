"""Chinese names of people: after words that announce them, kin or verbs of giving, before titles or verbs of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shortlist_tools.masking.words import characters, word_list, word_set

_FILE = "chinese_names.yaml"
_HAN = r"[\u4e00-\u9fff]"
_WORKS_AFTER = re.compile(
    r"的?(?:歌|电影|小说|书|专辑|演唱会|作品|诗|画|剧|粉丝|传记|同款|漫画|海报|手办|周边|联名|代言|牌|球衣|新歌|"
    r"新专辑|新书|新片|散文|文集|全集)"
    r"|主演|导演|演的|写的|唱的|编剧|代言|同款|联名"
)
_WORKS_BEFORE = re.compile(
    r"(?:导演|主演|作者|作家|歌手|演员|明星|偶像|球星|诗人|画家|品牌|粉丝|追星|喜欢听|喜欢看|看过|听过)(?:是|叫|为)?$"
)
_ALSO_VERBS = "祝和请付展过折应任"
_ENDED = re.compile(rf"(?!{_HAN})")


def find_chinese_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names of people begin and end in Chinese text."""
    for way, pattern in _patterns().items():
        for match in pattern.finditer(text):
            if way == "titled" and _doubled(text, match.start("it")):
                continue
            if (
                way == "alone"
                and text[match.start()] in _ALSO_VERBS
                and text[match.start() + 1] in characters(_FILE, "surnames")
            ):
                continue
            start = match.end() if way not in {"titled", "does"} else match.start("it")
            if way == "titled":
                known = _begins_common(text, start)
                end = match.end("it") if not known and is_chinese_name(match["it"], strict=True, short=True) else start
            elif way == "does":
                end = match.end("it") if is_chinese_name(match["it"], strict=True) else start
                if (
                    start
                    and "\u4e00" <= text[start - 1] <= "\u9fff"
                    and text[start - 1] not in "给帮替和跟是让由请了找叫"
                ):
                    end = start
            else:
                end = _end(text, start, way)
            if end > start and not _for_works(text, start, end, way):
                yield start, end


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    def either(name: str) -> str:
        return "|".join(sorted(word_list(_FILE, name), key=len, reverse=True))

    surname = f"(?:{either('compound_surnames')}|[{''.join(characters(_FILE, 'surnames'))}])"
    given = f"[{''.join(characters(_FILE, 'given_characters'))}]"
    between = r"(?:叫做|名叫|叫|是|为|写成|写|填|成)?[\s:\"「]*"
    return {
        "announced": re.compile(rf"(?:{either('announced_zh')}){between}"),
        "kin": re.compile(rf"(?:{either('kin_zh')})儿?{between}"),
        "giving": re.compile(rf"(?:{either('giving_zh')})"),
        "titled": re.compile(rf"(?P<it>{surname}{given}{{0,2}}?)(?:{either('titles_zh')})"),
        "does": re.compile(rf"(?P<it>{surname}{given}{{1,2}})(?={either('after_zh')})"),
        "alone": re.compile(rf"(?<!{_HAN})(?={surname}{given}{{1,2}}(?!{_HAN}))"),
    }


def _doubled(text: str, at: int) -> bool:
    """Return whether the character at `at` doubles the one before, as in 谢谢老师."""
    return at > 0 and text[at - 1] == text[at]


def is_chinese_name(said: str, strict: bool, short: bool = False) -> bool:
    """Return whether `said` is built as a Chinese name: a surname and one or two more characters, and no common word.

    Args:
        said: All of the name, nothing else.
        strict: Demand characters that are usual in given names.
        short: Let a surname alone be one.
    """
    long = _surname(said)
    rest = said[long:]
    if not long or len(rest) > 2 or (not rest and not short) or not all("\u4e00" <= one <= "\u9fff" for one in rest):
        return False
    if _common(said) or said in word_set(_FILE, "famous_zh"):
        return False
    given = characters(_FILE, "given_characters")
    return all(one in given for one in rest) if strict else rest[:1] not in characters(_FILE, "after_names") or not rest


def _begins_common(text: str, at: int) -> bool:
    """Return whether a common word or a brand begins at `at` and goes on into the title: 康师傅."""
    return any(
        text[at : at + length] in word_set(_FILE, "never_names_zh") | word_set(_FILE, "famous_zh") for length in (3, 4)
    )


def _surname(text: str) -> int:
    """Return how many characters of `text` are a surname: none, one or two."""
    if text[:2] in word_set(_FILE, "compound_surnames"):
        return 2
    return 1 if text[:1] in characters(_FILE, "surnames") else 0


def _common(text: str) -> bool:
    """Return whether a common word begins here."""
    never = word_set(_FILE, "never_names_zh")
    return any(text[:length] in never for length in (2, 3, 4))


def _end(text: str, start: int, way: str) -> int:
    """Return where the name that begins at `start` ends, or `start` where there is none."""
    ahead = text[start : start + 8]
    if len(ahead) > 1 and ahead[0] in "小老阿" and ahead[1] in characters(_FILE, "surnames") | set("明红强芳丽军"):
        stops = not (_is_han(ahead[2:3]) or ahead[2:3].isalnum()) or ahead[2] in characters(_FILE, "after_names") | set(
            "带选送挑就行也吧，帮推介"
        )
        return start + 2 if stops and ahead[:2] not in word_set(_FILE, "never_names_zh") else start
    famous = [length for length in range(2, 6) if ahead[:length] in word_set(_FILE, "famous_zh")]
    if famous and (way != "announced" or ahead[famous[-1] :][:1] in ("的", "主", "演")):
        return start
    surname = _surname(ahead)
    if not surname or _common(ahead) or _common(ahead[1:3]):
        return _given_alone(ahead, start) if way == "kin" else start
    given, after = characters(_FILE, "given_characters"), characters(_FILE, "after_names")
    first, second = ahead[surname : surname + 1], ahead[surname + 1 : surname + 2]
    if not _is_han(first) or first in after:
        return start
    begins = ahead[surname + 1 : surname + 3] in word_set(_FILE, "words_zh")
    three = (
        _is_han(second)
        and second not in after
        and not begins
        and (second in given or (way == "announced" and not _is_han(ahead[surname + 2 : surname + 3])))
    )
    if way == "announced":
        return (
            start + surname + (2 if three else 1) if first in given or three or _stops(ahead[surname + 1 :]) else start
        )
    if first not in given or (three and second not in given):
        return start
    if three:
        return start + surname + 2
    return start + surname + 1 if begins or _stops(ahead[surname + 1 :]) else start


def _given_alone(ahead: str, start: int) -> int:
    """Return where two characters of a given name after a word of kin end: "我儿子子轩今年六岁"."""
    given = characters(_FILE, "given_characters")
    if len(ahead) < 2 or ahead[0] not in given or ahead[1] not in given:
        return start
    words = word_set(_FILE, "words_zh")
    if ahead[:2] in words or _common(ahead) or ahead[1:3] in words:
        return start
    follows = (
        ahead[2:4] in words
        or not ahead[2:]
        or (not _is_han(ahead[2:3]))
        or ahead[2] in "要过想爱上最刚已才很快不说的也跟和就还在都是有给今属"
    )
    return start + 2 if follows else start


def _stops(after: str) -> bool:
    """Return whether a name may end before `after`: at a sign, or before a word that goes on from a name."""
    return (
        not after
        or not _is_han(after[:1])
        or after[0] in characters(_FILE, "after_names") | set("下选带挑推介签打发写送就更才刚已一做")
    )


def _is_han(character: str) -> bool:
    return bool(character) and "\u4e00" <= character <= "\u9fff"


def _for_works(text: str, start: int, end: int, way: str) -> bool:
    """Return whether the words around a name say that it is known for its works."""
    if way in ("announced", "kin"):
        return False
    if text[start - 1 : start] == "《" and text[end : end + 1] == "》":
        return True
    return bool(_WORKS_AFTER.match(text, end) or _WORKS_BEFORE.search(text[max(0, start - 12) : start]))
