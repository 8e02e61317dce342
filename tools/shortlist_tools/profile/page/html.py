"""The profile page as one self-contained HTML file: no script, nothing loaded from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from shortlist_tools.profile.page.model import Page

if TYPE_CHECKING:
    from jinja2 import Template


def page_html(page: Page) -> str:
    """Return the page as HTML for light and dark screens of any width; everything of the person's is escaped."""
    return _template().render(page=page, zh=page.language == "zh")


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    text = files(__package__).joinpath("page.html.j2").read_text("utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        text
    )
