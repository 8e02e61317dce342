"""References in a draft replaced by what they stand for, so that no figure or title is written by a model."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

from shortlist_tools.drafting.sheet import FactSheet

REFERENCE = re.compile(
    r"[\[【［](?P<items>\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)[\]】］]|[{\[](?P<item>\d{1,2})\.(?P<field>[A-Za-z_]\w*)[}\]]"
)
"""`[1]` or `[1, 2]` for items, `{1.price}` for a fact of one."""


class Rendered(BaseModel):
    """A text with its references replaced, and the references that name nothing on the sheet."""

    model_config = ConfigDict(frozen=True)

    text: str
    unknown: tuple[str, ...] = ()


def render(text: str, sheet: FactSheet, *, title: str = "{title}") -> Rendered:
    """Return `text` with `[1]` as that item's title and `{1.price}` as that fact; what is unknown stays and is named.

    Args:
        text: A draft.
        sheet: The items and facts it may refer to.
        title: How a title is set, such as `**{title}**`.
    """
    unknown: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        words = _words(match, sheet, title)
        if words is None:
            unknown.append(match.group())
            return match.group()
        return words

    return Rendered(text=REFERENCE.sub(replaced, text), unknown=tuple(unknown))


def _words(match: re.Match[str], sheet: FactSheet, title: str) -> str | None:
    if match["field"]:
        item = sheet.by_ref.get(int(match["item"]))
        fact = item.fact(match["field"]) if item else None
        if item and match["field"] == "title":
            return title.format(title=item.title)
        return fact.text if fact else None
    items = [sheet.by_ref.get(int(number)) for number in re.findall(r"\d+", match["items"])]
    if any(item is None for item in items):
        return None
    joint = "、" if sheet.language == "zh" else ", "
    return joint.join(title.format(title=item.title) for item in items if item)
