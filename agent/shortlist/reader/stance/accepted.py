"""What will do as well: "black is fine after all", 绿色也行; it lifts a refusal, or stands beside what is wanted."""

from __future__ import annotations

import re

from shortlist.reader.message import Context, Draft, Mention
from shortlist_tools.catalog import Op, Requirement

from .values import value_sense

_FINE_AFTER = re.compile(
    r"\s*(?:(?:ones?|colou?rs?|too|also|again|would|will|might|could|can|is|are|'s|'d|be|now|actually|just|totally|"
    r"perfectly|really|then|still)\s+)*"
    r"(?:fine|ok|okay|alright|all right|good|acceptable|works?|do|no problem|not a problem|allowed|welcome|possible)"
    r"(?=\W*(?:$|[,.!;]|\b(?:too|also|as well|again|after all|now|then|with me|for me|by me|actually|if)\b))"
)
_FINE_AFTER_ZH = re.compile(
    r"(?:色|款|牌子|的|那款|版)*(?:其实|倒|还|现在)?"
    r"(?:(?:也|都)(?:是)?(?:可以|行|好|成|ok|能接受|没关系|没问题|没事|凑合|无妨|不错|能考虑|接受)|"
    r"(?:是)?(?:可以|行|没问题|没关系|能接受|ok)(?:的|了|吧|啊|呀)*(?=$|[,，。.!！;]))(?![^,，。!！;]{0,3}[吗么?？])"
)
_FINE_BEFORE = re.compile(
    r"\b(?:(?:ok|okay|fine|cool|happy|good) with|(?:don't|do not|wouldn't|would not) mind|"
    r"(?:can|could|may|should) (?:also |now )?(?:include|show|add)(?: me)?|include|allow|bring back|put back|add back|"
    r"open to)\s+(?:the |a |some )?$|(?:可以|能)(?:接受|考虑|包括|有)$|(?:接受|加回|加上|恢复)$"
)
_LIFTS = re.compile(
    r"(?:\b(?:forget|drop|scrap|cancel|lift|remove|ignore|undo|scratch|never mind|take back|skip)(?: about)?"
    r"(?: (?:the|that|my|what i said about))*"
    r"|(?:忘掉|忘了|取消|去掉|撤销|删掉|删除|不用管|别管|收回)(?:刚才|之前)?(?:说)?的?)"
    r"\s*(?:no|not|non|without|nothing|不要|不想要|别要|不)[\s-]*(?:in )?$"
)
_LIFTED_ZH = re.compile(r"(?:色|款|的)*(?:限制|要求|条件)(?:就|可以)?(?:取消|去掉|算了|不要了|删掉|撤销|放开)")
_TOO = re.compile(r"\b(?:too|also|as well)\b|也|都")
_AND_WORSE = re.compile(r"\s*(?:一)?点?(?:的)?也(?:行|可以|好|没关系|成)")
_EXCLUDES = frozenset({"!=", "not_in", "not_contains"})
_WANTS = frozenset({"==", "in", "contains", "contains_any"})


def read_accepted(context: Context) -> tuple[list[Draft], list[Draft]]:
    """Return the alternatives that values said to do make with those in force, and the refusals that are taken back."""
    added: list[Draft] = []
    lifted: list[Draft] = []
    for mention in context.scene.live():
        if mention.having("more", "less") and _AND_WORSE.match(context.scene.folded, mention.end):
            mention.dead = True  # 便宜点也行 lets in what costs less, and asks for nothing
            continue
        sense = value_sense(context, mention)
        if sense is None or sense.part != "value" or sense.value is None:
            continue
        lifts = _lifts(context, mention)
        if not lifts and (mention.negated or not will_do(context.scene.folded, mention.start, mention.end)):
            continue
        rows = [row for row in context.ledger if row.field == sense.field and row.op not in ("lowest", "highest")]
        refused = [row for row in rows if row.op in _EXCLUDES and sense.value in _listed(row)]
        wanted = [row for row in rows if row.op in _WANTS and row.hard and row.group is None]
        if refused:
            op: Op = "not_contains" if refused[0].op == "not_contains" else "not_in"
            lifted.append(Draft(sense.field, op, [sense.value], mention.start, mention.end, scope=refused[0].scope))
        elif wanted and not lifts and not (sense.field == context.lexicon.kind and not _says_too(context, mention)):
            values = list(dict.fromkeys([*(value for row in wanted for value in _listed(row)), sense.value]))
            multi = context.field(sense.field).kind == "multi_category"
            added.append(
                Draft(
                    sense.field, "contains_any" if multi else "in", values, mention.start, mention.end,
                    scope=wanted[0].scope, replaces=True,
                )
            )  # fmt: skip
        else:
            continue
        mention.dead = True
    return added, lifted


def will_do(text: str, start: int, end: int) -> bool:
    """Say whether the words beside a stretch of a folded text say that it will do: "in-ear is fine", 入耳的也行."""
    after = _FINE_AFTER.match(text, end) or _FINE_AFTER_ZH.match(text, end)
    if after and "?" not in text[after.end() : after.end() + 2]:
        return True
    return _FINE_BEFORE.search(text[:start]) is not None


def _lifts(context: Context, mention: Mention) -> bool:
    """Say whether the words take back what was refused: "forget the no-white thing", 忘掉不要白色."""
    text = context.scene.folded
    return bool(_LIFTS.search(text[: mention.start]) or _LIFTED_ZH.match(text, mention.end))


def _says_too(context: Context, mention: Mention) -> bool:
    return _TOO.search(context.scene.folded, mention.end, mention.end + 24) is not None


def _listed(row: Requirement) -> list[str]:
    return list(row.value) if isinstance(row.value, list | tuple) else [row.value]
