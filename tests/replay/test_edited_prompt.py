"""An edited prompt fails exactly the recordings it affects, naming itself and the lines; undone, all pass again."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import shortlist_prompts
from shortlist_evals.conversations import Script, Stage, Verdict, cassette_of, hold, judge
from shortlist_evals.conversations.script import Saying
from shortlist_prompts import Prompts

PACKAGED = Path(shortlist_prompts.__file__).parent
SCRIPTS = [
    Script(
        name="shows-some",
        language="en",
        about="a draft",
        turns=(Saying(say="noise cancelling headphones under $150, not Sony"),),
    ),
    Script(name="finds-none", language="en", about="no draft", turns=(Saying(say="a lamp under $1"),)),
]
EDITS = {
    "draft": ("You are a friendly shop assistant.", "You are a terse shop assistant.", ["shows-some"]),
    "plan": ("Never guess.", "Do not guess.", ["shows-some", "finds-none"]),
    "repair": ("Leave out what you cannot mend.", "Drop what you cannot mend.", []),
}


@pytest.fixture
def folder(provider: Any, stage: Stage, tmp_path: Path) -> Path:
    """Recordings of a conversation with a draft, and of one without."""
    for script in SCRIPTS:
        held = hold(
            script, stage, record=True, folder=tmp_path / "talks", aside=tmp_path / "aside",
            model="openai:tiny", base_url=provider.url,
        )  # fmt: skip
        assert held.problems == []
    return tmp_path / "talks"


def verdicts(prompts: Path, stage: Stage, folder: Path) -> dict[str, Verdict]:
    edited = Stage(stage.folder, stage.template, Prompts.load(prompts, locked=False))
    with closing(edited):
        return {script.name: judge(script, edited, folder) for script in SCRIPTS}


@pytest.mark.parametrize("prompt", EDITS)
def test_exactly_the_affected_recordings_fail_and_an_undone_edit_mends_them(
    prompt: str, stage: Stage, folder: Path, tmp_path: Path
) -> None:
    prompts = tmp_path / "prompts"
    shutil.copytree(PACKAGED, prompts, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = prompts / prompt / f"{Prompts.load().get(prompt).version}.prompt.md"
    before = path.read_text("utf-8")
    old, new, affected = EDITS[prompt]
    assert old in before
    path.write_text(before.replace(old, new), "utf-8")
    found = verdicts(prompts, stage, folder)
    assert [name for name, verdict in found.items() if verdict.state == "stale"] == affected
    assert {found[name].state for name in set(found) - set(affected)} <= {"ok"}
    now = Prompts.load(prompts, locked=False).get(prompt).ref
    for name in affected:
        said = "\n".join(found[name].findings)
        assert f"prompt {Prompts.load().get(prompt).ref} is now {now}" in said
        gone, come = (
            next(line for line in found[name].findings if line.startswith(sign) and text in line)
            for sign, text in (("-", old), ("+", new))
        )
        assert gone.replace(old, new)[1:] == come[1:]
    path.write_text(before, "utf-8")
    assert {verdict.state for verdict in verdicts(prompts, stage, folder).values()} == {"ok"}


def test_the_recordings_hold_what_the_edits_are_about(folder: Path) -> None:
    heads = {one.name: json.loads(cassette_of(one.name, folder).read_text("utf-8"))["about"] for one in SCRIPTS}
    used = {name: [ref.partition("@")[0] for ref in head["prompts"]] for name, head in heads.items()}
    assert used == {"shows-some": ["draft", "plan"], "finds-none": ["plan"]}
