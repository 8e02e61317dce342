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

from shortlist_evals.conversations import (
    ProviderAbsentError,
    Stage,
    hold,
    measure,
    record,
    render,
    replay,
    scripts,
)

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
        record([*SHOPPERS, *_options(provider.url, tmp_path)])
    assert [path.name for path in tmp_path.iterdir()] == ["linxia-zh.json"]
    replay([*SHOPPERS, "--folder", str(tmp_path)])
    said = capsys.readouterr().out
    assert "missing   maya-en" in said
    assert "stale" not in said
    assert "recording 2 conversations, 6 turns, with openai:tiny: about 2 min" in said
    provider.fails_on = None
    record([*SHOPPERS, "--stale", *_options(provider.url, tmp_path)])
    said = capsys.readouterr().out
    assert "missing   maya-en: never recorded" in said
    assert "recording 1 conversations, 3 turns" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["linxia-zh.json", "maya-en.json"]


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
