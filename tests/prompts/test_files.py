"""A prompt file says what it is, and every slip in it is named."""

from __future__ import annotations

import pytest

from shortlist_prompts import PromptError
from shortlist_prompts.files import normalised, parse

GOOD = """---
id: greet
version: 1.0.0
date: 2026-11-01
why: First version of the test prompt.
inputs:
  name: {type: text, from: user}
output: text
max_tokens: 50
locale: None.
---
=== system ===
Be kind.
=== user ===
{{ name }}
"""


def test_a_file_is_read_into_its_parts() -> None:
    prompt = parse(GOOD, "greet/1.0.0.prompt.md")
    assert (prompt.front.id, prompt.front.version, prompt.front.max_tokens) == ("greet", "1.0.0", 50)
    assert (prompt.system, prompt.user) == ("Be kind.", "{{ name }}")
    assert prompt.front.inputs["name"].source == "user"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("---\nid", "id", "expected YAML between two '---' lines"),
        ("=== user ===", "user:", "a line '=== user ==='"),
        ("version: 1.0.0", "version: '1.0'", "version: String should match"),
        ("max_tokens: 50", "max_tokens: 0", "max_tokens: Input should be greater than 0"),
        ("output: text\n", "", "output: Field required"),
        ("locale: None.", "locale: None.\nlabel: x", "label: Extra inputs are not permitted"),
        ("type: text", "type: html", "inputs.name.type: Input should be 'text', 'lines' or 'word'"),
        ("why: First", "why: [First", "the front matter is not YAML"),
        ("{{ name }}", "{{ nam }}", "the user part reads ['nam'], which `inputs` does not declare"),
        ("{{ name }}", "Hello.", "`inputs` declares ['name'], which the user part never reads"),
        ("Be kind.", "Be kind to {{ name }}.", "the system part is fixed so that servers can cache it"),
        ("{{ name }}", "{{ name ", "template line 1"),
    ],
)
def test_each_slip_is_named_with_its_file(old: str, new: str, says: str) -> None:
    assert old in GOOD
    with pytest.raises(PromptError) as caught:
        parse(GOOD.replace(old, new, 1), "greet/1.0.0.prompt.md")
    assert str(caught.value).startswith("greet/1.0.0.prompt.md: ")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "same", [GOOD.replace("\n", "\r\n"), GOOD + "\n\n", GOOD.replace("Be kind.", "Be kind.   "), "\ufeff" + GOOD]
)
def test_line_ends_and_blanks_do_not_change_the_digest(same: str) -> None:
    assert parse(same, "x").digest == parse(GOOD, "x").digest


def test_a_changed_letter_changes_the_digest() -> None:
    assert parse(GOOD.replace("kind.", "kind!"), "x").digest != parse(GOOD, "x").digest


def test_composed_and_decomposed_letters_are_one() -> None:
    assert normalised("caf\u00e9") == normalised("cafe\u0301")
