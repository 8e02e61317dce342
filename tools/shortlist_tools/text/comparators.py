"""Words that turn a number into a bound: under, at least, not more than, 以内, 不超过, 左右."""

from __future__ import annotations

import re
from typing import Literal

Bound = Literal["<", "<=", ">", ">=", "~"]

_SMALLER = (
    "cheaper|less|fewer|lower|lighter|shorter|smaller|younger|thinner|slimmer|weaker|dimmer|earlier|quicker|faster|sooner"
    "|narrower|quieter|lesser|under|older|less\\ expensive|less\\ costly"
)
_LARGER = (
    "pricier|dearer|more|greater|higher|heavier|longer|larger|bigger|newer|stronger|brighter|later|slower|wider|taller"
    "|thicker|better|deeper|over|upwards|more\\ expensive"
)
_NEGATION = r"(?:\bnot\b|n't\b|\bdont\b|\bnever\b|\bno\b|\bwithout\b|\bnothing\b|\bcannot\b|\bnor\b)"
_GLUE = (
    r"(?:\s(?:want|wanna|to|like|spend|spending|pay|paying|go|going|be|being|cost|costing|costs|exceed|need|looking|for|it|that"
    r"|is|a|any|anything|have|priced|weigh|last|take|get|much|too|am|i|we|do|should|can|could|would|will|willing|ever"
    r"|price|budget|on|buy|really|be|them|these|'s|thats)){0,7}"
)

_PREFIX_EN: list[tuple[Bound, str]] = [
    (">=", rf"(?:no|not)\s(?:{_SMALLER})\sthan|nothing\s(?:{_SMALLER})\sthan|(?:not|nothing)\s(?:under|below|beneath)"),
    (
        "<=",
        rf"(?:no|not(?:\sany)?|nothing)\s(?:{_LARGER})\sthan|(?:not|nothing|never)\s(?:over|above|beyond|exceed(?:ing)?)",
    ),
    ("<=", r"less\sthan\sor\sequal\sto|at\sor\s(?:below|under)|equal\sto\sor\sless\sthan"),
    (">=", r"(?:more|greater)\sthan\sor\sequal\sto|at\sor\s(?:above|over)|equal\sto\sor\smore\sthan"),
    ("<", rf"(?:{_SMALLER})\sthan|under|below|beneath|underneath|less|<"),
    (">", rf"(?:{_LARGER})\sthan|over|above|beyond|exceeding|exceeds?|north\sof|upwards\sof|upward\sof|>"),
    (
        "<=",
        r"at\s(?:the\s)?(?:most|max|maximum)|up\sto|upto|within|max(?:imum)?(?:\sof)?|no\sgreater\sthan|limit(?:ed)?(?:\s(?:of|to))?"
        r"|cap(?:ped)?(?:\s(?:of|at))?|ceiling\sof|as\s(?:much|many|long|high)\sas|not\spast|<=|≤|=<",
    ),
    (
        ">=",
        r"at\s(?:the\s)?(?:least|min|minimum)|from|min(?:imum)?(?:\sof)?|starting\s(?:at|from)|starts?\s(?:at|from)"
        r"|a\sminimum\sof|as\s(?:little|low)\sas|>=|≥|=>",
    ),
    (
        "~",
        r"around|about|roughly|approximately|approx\.?|circa|ca\.?|close\sto|nearly|almost|near|some|~|≈|in\sthe\s(?:region|range|neighbourhood"
        r"|neighborhood)\sof|ballpark(?:\sof)?|somewhere\saround|more\sor\sless",
    ),
]
_PREFIX_ZH: list[tuple[Bound, str]] = [
    (
        "<=",
        r"不(?:要|能|可以|可|会|想|得)?(?:超过|超出|高于|多于|大于|长于|重于|贵于|贵过|晚于)|小于(?:或)?等于|不大于|不超",
    ),
    (">=", r"不(?:要|能|可以|可|会|想|得)?(?:低于|少于|小于|短于|轻于|便宜于|早于|少过)|大于(?:或)?等于|不小于|不亚于"),
    ("<=", r"最多|至多|顶多|最高|最大|最长|最重|最贵|最晚|上限|封顶|控制在|限制在|≤|<=|撑死"),
    (">=", r"至少|最少|最低|最短|起码|少说|最起码|下限|≥|>="),
    ("<", r"低于|少于|小于|不到|不足|不满|未满|便宜于|短于|轻于|没到|<"),
    (">", r"超过|超出|高于|大于|多于|长于|重于|贵于|大过|多过|>"),
    ("~", r"大概|大约|约莫|差不多|约|将近|接近|近|估计|~|≈|也就"),
]
_NEGATIVE_ZH = re.compile(
    r"(?:不|别|勿|甭|莫|不用|没必要)(?:要|想|能|会|用|愿意|愿|打算|可以|得)?(?:花|买|让|给我|选|是|有|再|太贵|的)?$"
)

_SUFFIX_EN: list[tuple[Bound, str]] = [
    (
        "<=",
        r"(?:or|and|&)\s(?:less|under|below|fewer|cheaper|lower|lighter|shorter|smaller|down|younger)|at\s(?:the\s)?(?:very\s)?most|max(?:imum)?|tops"
        r"|at\s(?:the\s)?max(?:imum)?|limit|cap|or\sso\sat\smost|as\sa\s(?:max|maximum|limit)",
    ),
    (
        ">=",
        r"(?:or|and|&)\s(?:more|above|over|up|upwards?|higher|better|longer|heavier|greater|bigger|larger|older)|at\s(?:the\s)?(?:very\s)?least"
        r"|at\s(?:a\s)?min(?:imum)?|min(?:imum)?|plus|upwards?|as\sa\s(?:min|minimum)",
    ),
    ("~", r"or\sso|or\sthereabouts|give\sor\stake|more\sor\sless|-?ish|roughly|approximately|or\saround"),
]
_SUFFIX_ZH: list[tuple[Bound, str]] = [
    (
        "<=",
        r"(?:及|或|和)?(?:以下|以内|之内|之下)|封顶|为限|打住|顶天|内(?!存|置|胆|部|容|外|衣|页|心|科|地|蒙)|为上限|最多|往下",
    ),
    (">=", r"(?:及|或|和)?(?:以上|之上)|起步|起(?!码|来|床|飞|泡|到|重|球)|往上|朝上|开外|为下限|打底|至少"),
    ("~", r"左右|上下|前后|附近|的样子|这样|出头"),
]

_FILLER = (
    r"(?:(?:\s(?:a|an|the|my|our|of|to|at|is|be|like|only|just|say|total|around|about|roughly|budget|price|spending|approximately|maybe|its)){0,4}\s?"
    r"|[\s:：]*(?:(?:是|在|为|到|也就|就|只|个|要|花|大概|大约|约|差不多|了|预算|价格|不到|有|能|用|的|说){0,3})\s?)"
)
_WINDOW = 56


def _compile(table: list[tuple[Bound, str]], form: str) -> list[tuple[Bound, re.Pattern[str]]]:
    return [(bound, re.compile(form.replace("WORDS", words))) for bound, words in table]


_BEFORE = _compile(_PREFIX_EN, rf"(?:^|(?<![a-z'-]))(?:WORDS){_FILLER}$")
_BEFORE_ZH = _compile(_PREFIX_ZH, rf"(?:WORDS){_FILLER}$")
_NEGATED_EN = re.compile(rf"{_NEGATION}{_GLUE}\s?$")
_AFTER = _compile(_SUFFIX_EN, r"\s?,?\s?(?:WORDS)(?![a-z])")
_AFTER_ZH = _compile(_SUFFIX_ZH, r"\s?(?:钱|的?预算|的?价位|的)?\s?(?:WORDS)")
_OPENS_TOO = re.compile(r"(?:at [a-z ]+|max(?:imum)?|min(?:imum)?|limit|cap|roughly|approximately|最多|至少)$")
"""Words that stand before figures as well; directly before the next one they belong to it."""
_PLUS = re.compile(r"\s?\+(?!\s?\d)")
_LATER_EN = re.compile(
    r"(?:\s(?!for\b|and\b|or\b|with\b|but\b)[a-z]+){1,4}\s(?:(?P<least>at\sleast|or\smore|or\slonger|minimum)|(?P<most>at\s(?:the\s)?most|or\sless|tops|maximum|max))(?=\s?(?:$|[.,;!?)]|and\b|but\b))"
)
_THAN_ZH = re.compile(r"(?:比|较)\s?$")
_THAN_ZH_WAY = re.compile(
    r"\s?(?:还|更|要)?(?:(?P<less>便宜|低|少|轻|短|小|早|年轻|薄|矮|旧)|(?P<more>贵|高|多|重|长|大|晚|厚|新|久|强))"
)

_FLIPPED: dict[Bound, Bound] = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "~": "~"}

Found = tuple[Bound, int]


def before(folded: str, start: int, floor: int) -> Found | None:
    """Return the bound that stands right before position `start` and where its words begin, not before `floor`."""
    window_start = max(floor, start - _WINDOW)
    window = folded[window_start:start]
    best: Found | None = None
    for bound, pattern in _BEFORE_ZH if _has_chinese_end(window) else _BEFORE:
        match = pattern.search(window)
        if match and (best is None or match.start() < best[1] - window_start):
            best = (bound, window_start + match.start())
    if best is None:
        return None
    return _negated(folded, best, floor)


def _has_chinese_end(window: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in window.rstrip()[-6:])


def _negated(folded: str, found: Found, floor: int) -> Found:
    """Return the bound turned round when words of negation reach it ("don't want to spend more than")."""
    bound, start = found
    if bound == "~":
        return found
    window_start = max(floor, start - _WINDOW)
    window = folded[window_start:start]
    if match := _NEGATED_EN.search(window) or _NEGATIVE_ZH.search(window):
        if bound in ("<=", ">="):
            return found
        return _FLIPPED[bound], window_start + match.start()
    return found


def after(folded: str, end: int, ceiling: int) -> Found | None:
    """Return the bound that stands right after position `end` and where its words end, not after `ceiling`."""
    window = folded[end : min(ceiling, end + _WINDOW)]
    if plus := _PLUS.match(window):
        return ">=", end + plus.end()
    for bound, pattern in (*_AFTER_ZH, *_AFTER):
        match = pattern.match(window)
        if match and not (
            _OPENS_TOO.search(match.group())
            and not window[match.end() :].strip()
            and end + len(window) == ceiling < len(folded)
        ):
            return bound, end + match.end()
    if later := _LATER_EN.match(window):
        return (">=" if later["least"] else "<="), end + later.end()
    return None


def than_chinese(folded: str, start: int, end: int) -> tuple[Bound, int, int] | None:
    """Return the bound of 比 … 便宜 around a quantity at (start, end), with where its words begin and end."""
    prefix = _THAN_ZH.search(folded, max(0, start - 3), start)
    way = _THAN_ZH_WAY.match(folded, end)
    if not prefix or not way:
        return None
    return ("<" if way["less"] else ">"), prefix.start(), way.end()
