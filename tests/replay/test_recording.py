"""Recording: requests do not depend on hashing or on the day, and what is done stays done when the server goes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shortlist_evals import prompts
from shortlist_evals.conversations import (
    ProviderAbsentError,
    Stage,
    hold,
    measure,
    record,
    render,
    replay,
    scripts,
    stale,
)
from shortlist_evals.recorder import flaws
from shortlist_prompts import Prompts, ProviderError

pytestmark = pytest.mark.usefixtures("shared_stage")
SHOPPERS = ["linxia-zh", "maya-en"]
CHILD = """
import sys, time
real, later = time.time, float(sys.argv.pop(1))
time.time = lambda: real() + later
from shortlist_evals.cli import main
main()
"""


def _options(url: str, folder: Path) -> list[str]:
    aside = folder.parent / f"{folder.name}-aside"
    return ["--folder", str(folder), "--aside", str(aside), "--model", "openai:tiny", "--base-url", url]


def _asked(path: Path) -> list[Any]:
    return [exchange["request"] for exchange in json.loads(path.read_text("utf-8"))["exchanges"]]


def _child(seed: str, days: float, arguments: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(days * 86_400), "record", *arguments]
    env = {**os.environ, "PYTHONHASHSEED": seed, "SHORTLIST_SLATE_SIZE": seed}
    return subprocess.Popen(command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.mark.slow
def test_requests_are_the_same_in_another_process_another_year_and_another_environment(
    provider: Any, tmp_path: Path
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    children = [
        _child(seed, days, [*SHOPPERS, *_options(provider.url, folder)])
        for seed, days, folder in zip(("1", "2"), (0, 400), folders, strict=True)
    ]
    said = [child.communicate(timeout=300)[0] for child in children]
    for name in SHOPPERS:
        assert (folders[0] / f"{name}.json").exists(), said
        first, second = (_asked(folder / f"{name}.json") for folder in folders)
        assert len(first) >= 3
        assert first == second


def test_a_server_that_goes_away_costs_the_conversation_in_progress_only(
    provider: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    provider.fails_on = "for the train"
    with pytest.raises(ProviderAbsentError, match="maya-en, turn 1"):
        record([*SHOPPERS, *_options(provider.url, tmp_path / "talks")])
    assert [path.name for path in (tmp_path / "talks").iterdir()] == ["linxia-zh.json"]
    replay([*SHOPPERS, "--folder", str(tmp_path / "talks")])
    said = capsys.readouterr().out
    assert "missing   maya-en" in said
    assert "stale" not in said
    assert "recording 2 conversations, 6 turns, with openai:tiny: about 2 min" in said
    provider.fails_on = None
    record([*SHOPPERS, "--stale", *_options(provider.url, tmp_path / "talks")])
    said = capsys.readouterr().out
    assert "missing   maya-en: never recorded" in said
    assert "recording 1 conversations, 3 turns" in said
    assert sorted(path.name for path in (tmp_path / "talks").iterdir()) == ["linxia-zh.json", "maya-en.json"]


def test_a_recording_that_fails_its_script_goes_aside_and_is_named(
    provider: Any, stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, aside = tmp_path / "talks", tmp_path / "talks-aside"
    record(["maya-en", *_options(provider.url, folder)])
    before = (folder / "maya-en.json").read_bytes()
    capsys.readouterr()
    monkeypatch.setattr("shortlist_evals.conversations.holding.problems", lambda *_: ["is not what was expected"])
    assert record(["maya-en", *_options(provider.url, folder)]) == 1
    said = capsys.readouterr()
    assert f"failed    maya-en: kept aside as {aside / 'maya-en.json'}; the recording before stays" in said.out
    assert "turn 1: is not what was expected" in said.out
    assert re.search(r"^\d\d:\d\d:\d\d 1/1 maya-en: 3 turns in .* calls asked; FAILED, kept aside$", said.err, re.M)
    assert (folder / "maya-en.json").read_bytes() == before
    monkeypatch.undo()
    provider.fails_on = "e"
    held = hold(
        scripts(["maya-en"])[0], stage, record=True, folder=folder, aside=aside,
        model="openai:tiny", base_url=provider.url,
    )  # fmt: skip
    assert (held.asked, held.problems) == (0, [])
    assert held.reused >= 3
    assert not (aside / "maya-en.json").exists()


def test_a_run_that_was_stopped_goes_on_where_it_stopped(
    provider: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "talks"
    provider.fails_on = "for the train"
    with pytest.raises(ProviderAbsentError):
        record([*SHOPPERS, *_options(provider.url, folder)])
    state = json.loads((tmp_path / "talks-aside.state").read_text("utf-8"))
    assert (state["done"], state["left"], state["fresh"]) == (["linxia-zh"], ["maya-en"], True)
    assert state["stopped"].startswith("maya-en: maya-en, turn 1: the model did not answer")
    assert state["seconds_left"] >= 0
    provider.fails_on = None
    capsys.readouterr()
    assert record(["--resume", *_options(provider.url, folder)]) == 0
    assert "recording 1 conversations, 3 turns" in capsys.readouterr().out
    assert record(["--resume", *_options(provider.url, folder)]) == 0
    assert "the last run got to everything" in capsys.readouterr().out


def test_stale_says_because_of_what_and_how_long_it_takes(
    provider: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "talks"
    record(["maya-en", *_options(provider.url, folder)])
    path = folder / "maya-en.json"
    text = re.sub(r'"seconds": \[[^]]*\]', '"seconds": [30.0, 30.0, 60.0]', path.read_text("utf-8"))
    path.write_text(text.replace('"catalog": "', '"catalog": "0'), "utf-8")
    capsys.readouterr()
    assert stale([*SHOPPERS, "--folder", str(folder)]) == 1
    said = capsys.readouterr().out
    assert re.search(r"stale     maya-en\n +recorded on .*: the catalog 0\w+ is now \w+; every request is still", said)
    assert "missing   linxia-zh\n          recording it again takes 2 min at most" in said
    assert "2 of 2 recordings are to be made again: 4 min at most, by `record`" in said


def test_calls_are_taken_from_recordings_and_asked_with_another_version(
    provider: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, kept = tmp_path / "talks", ["--calls", str(tmp_path / "calls")]
    record(["maya-en", *_options(provider.url, folder)])
    assert prompts.record(["maya-en", "--folder", str(folder), *kept]) == 0
    first = prompts.paths("draft@1.0.0", tmp_path / "calls")
    assert prompts.paths("plan@1.0.0", tmp_path / "calls")[0].stem == "maya-en-t1"
    asked = ["--prompt", "draft@1.1.0", "--model", "openai:tiny", "--base-url", provider.url, *kept]
    provider.fails_on = "e"
    with pytest.raises(ProviderError):
        prompts.record(asked)
    assert prompts.paths("draft@1.1.0", tmp_path / "calls") == []
    provider.fails_on = None
    assert prompts.record(asked) == 0
    second = prompts.paths("draft@1.1.0", tmp_path / "calls")
    assert [path.name for path in second] == [path.name for path in first] != []
    assert [flaws(path, Prompts.load()) for path in (*first, *second)] == [[]] * 2 * len(first)
    result = prompts.run(folder=tmp_path / "calls")
    assert result["faults"] == []
    assert set(result["agents"]) == {"draft@1.0.0", "draft@1.1.0", "plan@1.0.0"}
    assert result["differences"]["draft@1.1.0 - draft@1.0.0"]["kept"] == [0.0, 0.0, 0.0]
    capsys.readouterr()
    assert prompts.record(asked) == 0
    assert f"draft@1.1.0: {len(first)} of {len(first)} calls stand, asking 0 of openai:tiny" in capsys.readouterr().out
    with pytest.raises(prompts.UnknownVersionError, match=r"there are: draft@1\.0\.0, draft@1\.1\.0, plan@1\.0\.0"):
        prompts.run(prompt="plan@9.0.0", folder=tmp_path / "calls")


def test_a_recording_that_no_longer_matches_is_stale_with_the_nearest_difference(
    provider: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(["maya-en", *_options(provider.url, tmp_path)])
    path = tmp_path / "maya-en.json"
    path.write_text(path.read_text("utf-8").replace("some headphones for the train", "some earphones for the tram"))
    capsys.readouterr()
    assert replay(["maya-en", "--folder", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "stale     maya-en" in said
    changed = [line.strip() for line in said.splitlines() if "for the tr" in line and "user:" not in line]
    assert [(line[0], line[1:].strip()) for line in changed] == [
        ("-", '"some earphones for the tram, please",'),
        ("+", '"some headphones for the train, please",'),
    ]
    (tmp_path / "nobody.json").write_text(path.read_text("utf-8"))
    assert replay(["maya-en", "--folder", str(tmp_path)]) == 1
    assert "orphaned  nobody.json" in capsys.readouterr().out


def test_what_the_model_cost_and_added_is_counted_over_replays_at_the_speed_of_the_recording(
    provider: Any, stage: Stage, tmp_path: Path
) -> None:
    from rich.console import Console

    script = scripts(["maya-en"])[0]
    made = hold(script, stage, record=True, folder=tmp_path, model="openai:tiny", base_url=provider.url)
    path = tmp_path / "maya-en.json"
    path.write_text(re.sub(r'"seconds": \[[^]]*\]', '"seconds": [10.0, 20.0, 60.0]', path.read_text("utf-8")))
    held = hold(script, stage, folder=tmp_path)
    assert [reply.message for _, reply in held.exchanges] == [reply.message for _, reply in made.exchanges]
    result = measure([held], {"yuan-zh": "the prompt has changed"}, stage)
    assert (result["n"], result["seconds_mean"], result["turns"]) == (3, 30.0, {"en": 3})
    assert result["calls_most"] == max(len(reply.usage.calls) for _, reply in made.exchanges) >= 2
    assert sum(result["replies"].values()) == 3
    assert (result["stale"], result["passed"]) == (1, False)
    assert result["failures"][-1] == "yuan-zh is stale: the prompt has changed"
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(render(result))
    said = console.export_text()
    assert "3 turns of 1 conversations, 3 with a model" in said
    assert "yuan-zh is stale: the prompt has changed" in said
