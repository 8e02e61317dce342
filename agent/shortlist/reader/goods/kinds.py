"""Where a message names kinds of items, and where such a name only says what the thing sought has or is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortlist.reader.message import Context, Draft, Mention
from shortlist.reader.stance import Target, value_sense
from shortlist.reader.vocabulary import general_words, is_called

_FEATURE = re.compile(
    r"(?:有没有|带不带|[自附能]?带|有)(?P<zh>[^,。!?;的]{1,6})的(?=[吗么嘛呢]|$|[,。!?;])"
    r"|\b(?:ones?|any|anything|something|that|it|pair|model) (?:with|has|have|having|comes with) "
    r"(?:an? |some |the |its own |built[- ]in )*(?P<en>[a-z]+(?: [a-z]+)?)\b"
)
"""What is wanted of a thing that is sought already: 有没有带灯的, any with lights."""
_TOPIC = re.compile(
    r"\b(?:(?:that|which) )?(?:is |are |was )?"
    r"(?:about|on|covering|covers?|regarding|explaining|explains?|teaching|teaches?)"
    r" (?:how to (?:[a-z]+ )?)?(?:(?:the|an?|my|some|choosing|buying|using) )*"
    r"(?P<en>[a-z][a-z-]*(?: (?!(?:about|on|covering)\b)[a-z-]+){0,3}?)"
    r"(?=\W*$|[,.;!?]| (?:for|under|over|below|in|with|please|that|which|and|or)\b)"
    r"|(?:讲|关于|介绍|教|谈|聊)(?:的是)?(?:(?:怎么|如何|怎样)(?:选购?|挑选?|买|用|做|保养|清洁)?)?"
    r"(?P<zh>(?![一讲下这那第它您你我他她])[^,。!?;的吗呢么]{1,10}?)(?=的|[吗呢么]|\W*$)"
)
"""What the thing sought is about: articles about headphones, 讲咖啡的."""
_SUCH = re.compile(
    r"\b(?:any|some)(?:thing| \w+)?(?: else)? $|\b(?:ones?|something|what|how) $|^\W*$"
    r"|(?:有|有没有|要|想看|找)(?:些|点)?$"
)
"""What stands before a topic where the thing itself is not named again."""


def topics(context: Context) -> Iterator[tuple[int, int]]:
    """Yield the words that say what things are about whose kind has subjects, be it named beside them or in force."""
    kind = context.lexicon.kind
    found = list(_TOPIC.finditer(context.scene.folded)) if kind else []
    if not found or context.titles:
        return
    having = {
        value
        for field in context.schema.fields
        if is_called(field, general_words().topics)
        for value in context.coverage.kinds_having(field.name)
    }
    held = any(row.field == kind and row.op == "==" and row.value in having for row in context.ledger)
    for match in found:
        start, end = match.span("zh" if match["zh"] else "en")
        named = [m for m in kind_mentions(context) if not (m.start < end and start < m.end)]
        beside = any(kind_of(context, m) in having for m in named)
        if beside if named else (held and _SUCH.search(context.scene.folded[: match.start()])):
            yield start, end


def mark_topics(context: Context) -> tuple[list[Draft], list[Draft]]:
    """Rule out the names of kinds that only say what the thing sought is about; return what it asks for, and no longer.

    A new subject goes instead of the one before, and of the narrower name that its kind had from it.
    """
    kind, gone, plain = context.lexicon.kind, list[Draft](), list[Draft]()
    for start, end in topics(context):
        for mention in kind_mentions(context):
            if start <= mention.start and mention.end <= end:
                mention.dead = True
        names = [f.name for f in context.schema.fields if is_called(f, general_words().topics)]
        said = context.schema.roles.get("description")
        gone += [
            Draft(row.field, row.op, row.value, start, end)
            for row in context.ledger
            if row.field in names or (row.field == said and row.op == "contains")
        ]
        if not kind_mentions(context):
            held = [row for row in context.ledger if row.field == kind and row.op == "==" and row.group is None]
            again = [Draft(row.field, "==", row.value, start, end) for row in held[:1]]
            plain, gone = [*plain, *again], [*gone, *again]
        if not any(start <= m.start < end for m in context.scene.live()):
            plain += _subject_called(context, start, end)
    return plain, gone


def _subject_called(context: Context, start: int, end: int) -> list[Draft]:
    """Return the one subject that a name of begins with the words of a topic: coffee brewing, of coffee."""
    words = context.scene.folded[start:end].strip()
    found = {
        (field.name, value)
        for field in context.schema.fields
        if is_called(field, general_words().topics) and field.kind == "multi_category"
        for value, by in field.values.items()
        for name in (word.casefold() for names in by.values() for word in names)
        if (name.startswith(f"{words} ") if words.isascii() else len(words) > 1 and name.startswith(words))
    }
    return [Draft(name, "contains", value, start, end) for name, value in found] if len(found) == 1 else []


def kind_mentions(context: Context) -> list[Mention]:
    """Return where the message names kinds of items that are wanted."""
    kind = context.lexicon.kind
    found = [m for m in context.scene.live() if m.having("value", "flag") and not m.negated]
    return [m for m in found if (sense := value_sense(context, m)) and sense.field == kind]


def mark_features(context: Context) -> None:
    """Rule out the names of kinds that only say what the thing sought is to have: 有没有RGB灯的, of headphones."""
    rows = [row for row in context.ledger if row.field == context.lexicon.kind and row.op in ("==", "in")]
    held = {value for row in rows for value in ([row.value] if isinstance(row.value, str) else row.value)}
    for match in _FEATURE.finditer(context.scene.folded) if held else ():
        start, end = match.span("zh" if match["zh"] else "en")
        for mention in kind_mentions(context):
            if start <= mention.start and mention.end <= end and kind_of(context, mention) not in held:
                mention.dead = start < mention.start or bool(match["en"]) or "带" in match.group()


def kind_of(context: Context, mention: Mention) -> str:
    """Return the kind that a mention names."""
    sense = value_sense(context, mention)
    return sense.value or "" if sense else ""


def is_kind(context: Context, target: Target) -> bool:
    """Say whether a target names a kind of item."""
    return isinstance(target, Mention) and any(
        s.field == context.lexicon.kind and s.part == "value" for s in target.senses
    )
