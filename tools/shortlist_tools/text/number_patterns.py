"""The patterns of numbers in text, and of what only looks like one."""

from __future__ import annotations

import re

from shortlist_tools.text import chinese, english

_ZH = chinese.DIGIT + chinese.SCALE

_FIGURE = r"""(?<![\d_/\\=@#×])(?<!\d[.,:])(?<![a-z][-.])(?<!\dx)
    (?:(?<=[€])\ ?\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?!\d)
    |(?<=[€])\d{1,9},\d{1,2}(?!\d)
    |\d{1,3}(?:\.\d{3})+(?:,\d{2})?(?=\ ?(?:€|eur))
    |\d{1,9},\d{1,2}(?=\ ?(?:€|eur))
    |\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d{1,9})?
    |\d{1,15}(?:\.\d{1,9})?(?!\d)
    |(?<![\w.])\.\d{1,9}(?!\d))"""

_PARTED = "hour|kilo|litre|liter|pound|mile|metre|meter|inch|minute|day|year|month|gallon"
_PARTS = r"three\ quarters\ of\ an?|an?\ quarter\ of\ an?|quarter\ of\ an?|half\ an?|half"
_HALVED_ZH = "小时|钟头|天|年|月|斤|公斤|升|米|公里"

NUMBER = re.compile(
    rf"""(?P<chinese>{chinese.NUMERAL})
    |(?P<fraction>(?<![\d/.,])(?:1/2|1/4|3/4|1/3|2/3)(?![\d/.]))
    |(?P<figure>{_FIGURE})
    |(?P<glyph>[½¼¾⅓⅔])
    |(?P<part>(?<![a-z])(?:{_PARTS})(?=[\ -](?:{_PARTED})(?:s|gram|grams)?(?![a-z])))
    |(?P<half>(?<!个)半(?=个?(?:{_HALVED_ZH})))
    |(?P<an>(?<![a-z])an?(?=\ (?:hour|kilo|litre|liter|kilogram|minute)(?![a-z])))
    |(?P<english>{english.NUMERAL})""",
    re.VERBOSE,
)
"""Whatever may be a number, by the name of its group."""

_ADDRESSES = r"""https?://\S{1,2000}|www\.\S{1,500}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}"""
_DATES = r"""(?<![\d$€£¥])\d{1,4}(?:([-/.])\d{1,4})(?:\1\d{1,4}){1,4}(?!\d)
    |(?<![\d.,])\d{4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?!级)
    |(?<!\d)\d{1,2}月(?:\d{1,2}[日号])?
    |[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号])?(?!饼)
    |(?<!\d)\d{1,2}:\d{1,2}(?::\d{2})?(?!\d)"""
_CODES = r"""(?<![\w.])\+?\d{1,3}[ -]?\(?\d{3}\)?[ -]\d{3,4}[ -]\d{4}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)
    |(?<![\d.,])\d{10,}(?![\d.,]*\d)
    |(?<![\d/])\d{1,4}/\d{1,4}(?![\d/])(?<!1/2)(?<!1/4)(?<!3/4)(?<!1/3)(?<!2/3)(?<!/5)(?<!/10)
    |(?<![a-z])(?:no|nr)\.\ ?\d{1,9}|\#\ ?\d{1,9}"""
_ORDINALS = rf"""第\ ?[{_ZH}\d]{{1,8}}|(?<![a-z\d])\d{{1,4}}(?:st|nd|rd|th)(?![a-z\d])"""
_IDIOMS = rf"""(?<![{chinese.DIGIT}\d几十百千])万一(?![{chinese.SCALE}])|千万(?=别|不|要|记|注意|小心)
    |十分(?!钟|之)|百分百|万能|百货|百搭|千篇|万用|百年老|三明治|四季|五金|七夕|双十一
    |一(?=些|下|样|起|直|定|般|共|边|同|律|旦|切|向|致|流|点(?![{chinese.DIGIT}]))|[统唯单同之专均某]一|两者
    |[{chinese.DIGIT}\d.]{{1,4}}折|[{chinese.DIGIT}]位数|[上下]午\ ?\d{{1,2}}点
    |五一(?=假|节|劳动|长假|黄金周|期间|出)|十一(?=假|长假|黄金周|期间)
    |(?<![a-z])one(?=\ of\ |\ that|\ which)
    |(?:this|that|which|each|every|another|no|some|any)\ one(?![a-z])"""

NOISE = re.compile(rf"{_ADDRESSES}|{_DATES}|{_CODES}|{_ORDINALS}|{_IDIOMS}", re.VERBOSE)
"""What holds figures or numerals and is no number: addresses, dates, codes, ordinals, idioms."""

SCALE_AFTER = re.compile(
    r"""\ ?(?P<k>k)(?![a-z0-9])
    |(?P<w>w)(?=[元块以左])
    |\ (?P<word>dozen|hundred|thousand|grand|million|billion)(?![a-z])
    |(?P<m>(?:m|mn)(?![a-z0-9]))""",
    re.VERBOSE,
)
"""What multiplies the figure before it: 5k, 1.2 million, $3m, 2w块."""

MORE_CHINESE = re.compile(r"(?P<mark>[多余来]|把(?=[块元万千个]))(?P<scale>[百千万亿]?)(?!功能|色|彩|样|种|面)")
"""多, 余, 来 and 把 behind a number, and the scale behind those (20多万)."""

AND_A_HALF = re.compile(r"\ and\ (?:a|one)[\ -]half(?![a-z])|[\ -]?½|\ 1/2(?![\d/])")
GLUED = re.compile(r"[a-z]+\d*[a-z]*")
GLUED_WELL = re.compile(r"(?:ish|h\d{1,2}(?:m|min)?|ft\d{1,2}(?:in)?|m\d{2}|s|plus)$")
"""Letters right behind a figure that leave it a figure: 1h30, 100ish, 90s."""
LETTERS_BEFORE = re.compile(r"[a-z]+$")
EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d{1,2}")

HALF_UNIT = re.compile(r"\ ?个半")
BARE_PRICE = re.compile(r"(?:元|块钱?)(?:以|之|左右|上下|级|出头)")
"""What makes a price of a bare scale: 千元以内."""
RANGE_AFTER = re.compile(rf"\ ?[到至~\-]\ ?[{_ZH}\d]")
RANGE_END = re.compile(r"[到至~\-]|左右|以[上下内]|$")
ONE_OF_THINGS = re.compile(r"一(?=[个晚天次份张件位人本盒瓶只双条杯])")
