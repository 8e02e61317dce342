"""Figures about people, which ask nothing of an item: how heavy somebody is, and that somebody goes alone."""

from __future__ import annotations

import re
from dataclasses import replace

from shortlist.reader.message import Clause, Context, Figure
from shortlist_tools.text import dimension, find_quantities

from .attribution import PEOPLE

_WHO = r"(?:i|we|he|she|they|who|(?:my|our|his|her) [a-z]+)"
_BODY_BEFORE = re.compile(
    rf"\b{_WHO}(?:'m|'re|'s| am| are| is| was)? (?:(?:about|around|only|just|roughly|already|over|a|now|currently|"
    r"weigh|weighs|weighing|measure|measures) ?)*$"
    r"|\b(?:my|our|his|her|their|body) (?:own |body )?(?:weight|height|size)(?: is| of|:)?\s*(?:about |around )?$"
    r"|(?:体重|身高|身长|个头|个子)[^,，。!?;\d一二两三四五六七八九十百千半]{0,6}$"
    r"|^(?:我|他|她|我?[爸妈]妈?爸?|老[公婆]|儿子|女儿|[男女]朋友|孩子|本人)(?:有|是|才|都|今年|现在|大概|差不多|,|\s)*$"
)
_BODY_AFTER = re.compile(
    r"\s?(?:tall\b|(?:heavy )?(?:runner|guy|man|woman|person|rider|adult|boy|girl|kid|male|female)s?\b)"
    r"|\s?(?:的)?(?:人|胖子|男生|女生|男人|女人|大汉|体重|身高|跑者)"
)
_MEASURED = re.compile(r"(?:体重|身高|身长)[^,，。!?;\d]{0,3}$")
_WEIGHS = re.compile(r"\W*(?:and )?(?:weighs?|weighing|measures?)\b")
_GOING = re.compile(
    r"\s?(?:就)?(?:去|来|住|吃|过|参加|在家|逛|旅|出门|出差|报名|(?:will |are |is )?(?:going|coming|travell?ing)\b)"
)
_AGED = re.compile(r"(?:我们?|咱们?|[他她]们?|[爸妈]|老[公婆])(?:俩|两个|都|也|已经|快|今年|是|就要|早就)*$")
_YEARS = re.compile(r"\s?(?:多|几|来|好几|出头)?(?:岁|了(?=$|[,。!?;\s]))")
_ALONE = 1.0


def mark_persons(context: Context) -> None:
    """Rule out the figures that are about people: "I'm 95 kg", 体重180斤, 我一个人去."""
    measured: set[int] = set()
    _count_players(context)
    for figure in context.figures:
        clause = context.scene.clauses[context.scene.clause_at(figure.start)]
        unit = figure.quantity.unit or ""
        if unit in PEOPLE:
            figure.dead = _goes(context, figure)
        elif _AGED.search(context.scene.folded[clause.start : figure.start]) and _YEARS.match(
            context.scene.folded, figure.end
        ):
            figure.dead = unit == "" or figure.quantity.dimension is None
        elif _is_of_a_body(context, figure, clause, goes_on=clause.sentence in measured):
            figure.dead = True
            measured.add(clause.sentence)
            for mention in context.field_mentions():
                mention.dead = mention.dead or clause.start <= mention.start < figure.start


def _count_players(context: Context) -> None:
    """Read a number of people as one where what is sought is for so many, whatever value goes by the same words.

    两个人 may stand for couples; of board games, which have a number of players, it is that number.
    """
    names = [f.name for f in context.schema.fields if f.unit in PEOPLE]
    if not names or not context.kinds() or not any(context.coverage.of(name, context.kinds()) for name in names):
        return
    text = context.scene.folded
    for mention in context.scene.live():
        said = mention.having("value") and find_quantities(text[mention.start : mention.end])
        if said and said[0].unit in PEOPLE and said[0].text == text[mention.start : mention.end]:
            mention.dead = True
            quantity = replace(said[0], start=mention.start, end=mention.end)
            context.figures = sorted([*context.figures, Figure(quantity)], key=lambda one: one.start)


def _is_of_a_body(context: Context, figure: Figure, clause: Clause, *, goes_on: bool) -> bool:
    """Say whether a figure tells how heavy or tall somebody is; `goes_on` says that the sentence told such before."""
    text = context.scene.folded
    before = text[clause.start : figure.start]
    unit = figure.quantity.unit or ""
    if dimension(unit) not in ("mass", "length") and (unit or not _MEASURED.search(before)):
        return False
    if _BODY_AFTER.match(text, figure.end):
        return True
    if (body := _BODY_BEFORE.search(before)) is not None:
        return not _is_named(context, clause.start + body.start(), figure.start)
    said = any(clause.start <= m.start < clause.end for m in context.scene.live())
    return goes_on and figure.quantity.op == "==" and (not said or _WEIGHS.match(before) is not None)


def _goes(context: Context, figure: Figure) -> bool:
    """Say whether it is only told how many go along, while nothing is sought that a number of people plays."""
    fields = [f.name for f in context.schema.fields if f.unit in PEOPLE]
    covered = any(context.coverage.of(name, context.kinds()) for name in fields) and bool(context.kinds())
    if covered or any(name in context.asked for name in fields):
        return False
    return bool(_GOING.match(context.scene.folded, figure.end)) or (
        figure.quantity.op == "==" and (figure.quantity.low or 0.0) <= _ALONE
    )


def _is_named(context: Context, start: int, end: int) -> bool:
    """Say whether a Chinese word for what somebody weighs is the name of a field of the catalog."""
    return any(
        m.end - m.start > 1 and start <= m.start and m.end <= end and not context.scene.folded[m.start].isascii()
        for m in context.field_mentions()
    )
