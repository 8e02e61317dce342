"""Prompts are found by id, version and label, and are held to their lock."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from shortlist_prompts import SCHEMAS, PromptError, Prompts
from shortlist_prompts.__main__ import main

PACKAGED = Path(__import__("shortlist_prompts").__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "prompts"
    shutil.copytree(PACKAGED, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def new_version(folder: Path, prompt: str, version: str, change: tuple[str, str]) -> None:
    text = (folder / prompt / "1.0.0.prompt.md").read_text(encoding="utf-8")
    text = text.replace("version: 1.0.0", f"version: {version}", 1).replace(*change, 1)
    (folder / prompt / f"{version}.prompt.md").write_text(text, encoding="utf-8")


def test_the_packaged_prompts_are_as_released() -> None:
    prompts = Prompts.load()
    assert {prompt.id for prompt in prompts} == {"draft", "plan", "profile", "repair", "understand"}
    lock = json.loads((PACKAGED / "prompts.lock").read_text(encoding="utf-8"))
    assert lock == {f"{prompt.id}@{prompt.version}": prompt.file.digest for prompt in prompts}


def test_every_output_is_text_or_a_schema_we_have() -> None:
    assert {prompt.output for prompt in Prompts.load()} <= {"text", *SCHEMAS}


def test_a_reference_names_id_version_and_hash() -> None:
    prompt = Prompts.load().get("plan@1.0.0")
    assert prompt.ref == f"plan@1.0.0#{prompt.file.digest[:8]}"


@pytest.mark.parametrize(
    ("name", "label", "says"),
    [
        ("paln", "production", "did you mean 'plan'?"),
        ("zzz", "production", "There are: draft, plan, profile, repair, understand"),
        ("plan@9.9.9", "production", "there are: 1.0.0"),
        ("plan", "canery", "did you mean 'canary'?"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(name: str, label: str, says: str) -> None:
    with pytest.raises(PromptError) as caught:
        Prompts.load().get(name, label)
    assert says in str(caught.value)


def test_a_label_points_at_its_version_and_falls_back_to_production(folder: Path) -> None:
    new_version(folder, "plan", "1.10.0", ("=== user ===", "Be short.\n=== user ==="))
    (folder / "labels.yaml").write_text(
        "production: {plan: 1.0.0, draft: 1.0.0, repair: 1.0.0, understand: 1.0.0}\ncanary: {plan: 1.10.0}\n"
    )
    assert main(["lock", "--folder", str(folder)]) == 0
    prompts = Prompts.load(folder)
    assert prompts.get("plan").version == "1.0.0"
    assert prompts.get("plan", "canary").version == "1.10.0"
    assert prompts.get("draft", "canary").version == "1.0.0"
    assert prompts.get("plan@1.10.0").file.system.endswith("Be short.")
    assert len(prompts) == len(Prompts.load()) + 1


def test_an_edited_release_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "plan" / "1.0.0.prompt.md"
    path.write_text(path.read_text(encoding="utf-8").replace("compact JSON", "JSON"), encoding="utf-8")
    with pytest.raises(PromptError, match=r"plan@1\.0\.0 was changed after its release; give the change a new version"):
        Prompts.load(folder)
    assert main(["check", "--folder", str(folder)]) == 1
    assert main(["lock", "--folder", str(folder)]) == 1
    assert capsys.readouterr().out.count("was changed after its release") == 2
    assert "compact JSON" not in Prompts.load(folder, locked=False).get("plan").file.system


def test_a_version_that_is_not_locked_is_refused(folder: Path) -> None:
    new_version(folder, "draft", "1.0.1", ("plain", "short"))
    with pytest.raises(PromptError, match=r"draft@1\.0\.1 is not locked; run `python -m shortlist_prompts lock`"):
        Prompts.load(folder)


def test_a_released_version_that_is_gone_is_missed(folder: Path) -> None:
    (folder / "understand" / "1.0.0.prompt.md").unlink()
    with pytest.raises(PromptError, match=r"understand@1\.0\.0 is locked, but its file is gone"):
        Prompts.load(folder)


def test_a_file_in_the_wrong_place_is_refused(folder: Path) -> None:
    (folder / "plan" / "1.0.0.prompt.md").rename(folder / "plan" / "1.0.1.prompt.md")
    with pytest.raises(PromptError, match=r"plan/1\.0\.1\.prompt\.md: its front matter says plan@1\.0\.0"):
        Prompts.load(folder)


def test_a_label_that_points_nowhere_is_refused(folder: Path) -> None:
    (folder / "labels.yaml").write_text("production: {plan: 2.0.0}\n")
    with pytest.raises(PromptError, match=r"production points 'plan' at 2\.0\.0, which does not exist"):
        Prompts.load(folder)


def test_the_list_names_every_version_and_its_label(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(Prompts.load())
    assert sorted(line.partition("@")[0] for line in lines if " production " in line) == [
        "draft", "plan", "profile", "repair", "understand"
    ]  # fmt: skip
