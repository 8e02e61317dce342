"""A recording replays offline, exactly once each, and says precisely what no longer matches."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shortlist.errors import ShortlistError
from shortlist.llm import ChatModel
from shortlist_evals.recorder import (
    CassetteError,
    CassetteMissError,
    CassetteMissingError,
    CassetteOrphanedError,
    CassetteStaleError,
    CassetteUnplayedError,
    cassette,
    check_no_orphans,
    flaws,
)
from shortlist_prompts import Prompts, UnderstandRows
from shortlist_tools.model import Budget

NOWHERE = "http://127.0.0.1:9/v1"
Open = Callable[[str], ChatModel]


def understand(model: ChatModel, title: str = "台灯") -> UnderstandRows:
    inputs = {"title": title, "text": "Warm.\nDim.", "reviews": ["很亮"], "language": "zh"}
    return asyncio.run(model.ask("understand", inputs, UnderstandRows, Budget())).value


def draft(model: ChatModel, budget: Budget | None = None) -> list[str]:
    inputs = {"sheet": ["[1] 灯"], "ledger": [], "notes": [], "kind": "chat", "language": "zh", "message": "你好"}

    async def run() -> list[str]:
        return [piece async for piece in model.stream("draft", inputs, budget or Budget())]

    return asyncio.run(run())


@pytest.fixture
def recorded(tmp_path: Path, server: str, model: Open) -> Path:
    """A cassette of one answer and one stream."""
    path = tmp_path / "cassettes" / "talk.json"
    with cassette(path, record=True, extra={"catalog": "v1"}):
        understand(model(server))
        draft(model(server))
    return path


def test_a_replay_answers_as_the_server_did_with_the_server_out_of_reach(recorded: Path, model: Open) -> None:
    budget = Budget()
    with cassette(recorded) as tape:
        rows = understand(model(NOWHERE))
        pieces = draft(model(NOWHERE), budget)
    assert rows == UnderstandRows(t=["照明"], k=["lamp"])
    assert pieces == ["[1] ", "很好。\n", "Good."]
    assert (budget.prompt_tokens, budget.completion_tokens) == (50, 6)
    assert not tape.missed


def test_the_head_says_what_was_recorded(recorded: Path) -> None:
    about = json.loads(recorded.read_text(encoding="utf-8"))["about"]
    assert about["model"] == "tiny"
    assert [ref.partition("#")[0] for ref in about["prompts"]] == ["draft@1.0.0", "understand@1.0.0"]
    assert list(about["schemas"]) == ["UnderstandRows"]
    assert about["extra"] == {"catalog": "v1"}
    assert about["server"].startswith("BaseHTTP/")
    assert re.fullmatch(r"[0-9a-f]{16}", about["digest"])


def test_the_file_is_readable_and_keeps_nothing_private(recorded: Path) -> None:
    text = recorded.read_text(encoding="utf-8")
    assert "照明" in text
    assert '"很好。\\n",' in text
    assert "$lines" in text
    for private in (
        "sk-private",
        "Bearer",
        "cookie",
        "organisation",
        "127.0.0.1",
        "/home/ann",
        "fp9",
        "timings",
        "chatcmpl",
    ):
        assert private.lower() not in text.lower()


def test_two_recordings_of_the_same_talk_are_the_same_file(recorded: Path, server: str, model: Open) -> None:
    other = recorded.with_name("other.json")
    with cassette(other, record=True, extra={"catalog": "v1"}):
        understand(model(server))
        draft(model(server))
    one, two = (re.sub(r'"(seconds|digest)": [^\n]*', "", path.read_text("utf-8")) for path in (recorded, other))
    assert one == two


def test_a_request_that_was_not_recorded_fails_with_the_nearest_diff(recorded: Path, model: Open) -> None:
    with pytest.raises(CassetteMissError) as caught, cassette(recorded):
        understand(model(NOWHERE), title="落地灯")
    message = str(caught.value)
    assert message.startswith("talk.json: 1 request(s) were not recorded")
    assert "--- recorded exchange 1\n+++ asked now" in message
    assert '"台灯"' in message
    assert '"落地灯"' in message


def test_a_miss_is_no_fault_to_fall_back_from_and_no_retry(recorded: Path, model: Open) -> None:
    budget = Budget()
    inputs = {"title": "x", "text": "", "reviews": [], "language": "en"}
    with pytest.raises(CassetteMissError) as caught, cassette(recorded):
        asyncio.run(model(NOWHERE).ask("understand", inputs, UnderstandRows, budget))
    assert not isinstance(caught.value.__cause__, ShortlistError)
    assert type(caught.value.__cause__).__name__ == "CannotOverwriteExistingCassetteException"
    assert budget.calls_used == 1


def test_a_miss_is_found_even_if_the_code_swallows_it(recorded: Path, model: Open) -> None:
    def careless() -> None:
        with cassette(recorded):
            understand(model(NOWHERE))
            draft(model(NOWHERE))
            with contextlib.suppress(Exception):
                understand(model(NOWHERE), title="x")

    with pytest.raises(CassetteMissError):
        careless()


def test_asking_twice_for_what_was_recorded_once_is_a_miss(recorded: Path, model: Open) -> None:
    with pytest.raises(CassetteMissError) as caught, cassette(recorded):
        [understand(model(NOWHERE)) for _ in range(2)]
    assert "recorded exchange 1 is the same, but it has been played already" in str(caught.value)


def test_what_is_not_asked_for_is_unplayed(recorded: Path, model: Open) -> None:
    says = r"1 of 2 recorded exchanges were never asked for, first number 2"
    with pytest.raises(CassetteUnplayedError, match=says), cassette(recorded):
        understand(model(NOWHERE))


def test_an_error_in_the_block_is_not_hidden(recorded: Path) -> None:
    with pytest.raises(ZeroDivisionError), cassette(recorded):
        raise ZeroDivisionError


def test_a_failed_recording_leaves_the_old_one(recorded: Path, server: str, model: Open) -> None:
    before = recorded.read_bytes()
    with pytest.raises(ZeroDivisionError), cassette(recorded, record=True):
        raise ZeroDivisionError(understand(model(server)))
    assert recorded.read_bytes() == before


def test_recording_again_replaces_what_was_there(recorded: Path, server: str, model: Open) -> None:
    with cassette(recorded, record=True):
        understand(model(server), title="lamp")
    assert len(json.loads(recorded.read_text(encoding="utf-8"))["exchanges"]) == 1


def test_a_missing_recording_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    with (
        pytest.raises(CassetteMissingError, match=r"none\.json: there is no such recording"),
        cassette(tmp_path / "none.json"),
    ):
        pytest.fail("the block must not run")


@pytest.mark.parametrize("content", ["", "[]", '{"about": {}}', '{"about": {"model": 3}, "exchanges": []}'])
def test_a_file_that_is_no_cassette_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content)
    with pytest.raises(CassetteError, match=r"bad\.json: this is no cassette"), cassette(path):
        pytest.fail("the block must not run")


def changed(path: Path, **about: Any) -> Path:
    data = json.loads(path.read_text(encoding="utf-8"))
    data["about"] |= about
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"prompts": ["draft@1.0.0#00000000"]}, r"prompt draft@1\.0\.0#00000000 is now draft@1\.0\.0#"),
        ({"prompts": ["draft@0.9.0#00000000"]}, r"prompt draft@0\.9\.0#00000000 is now draft@"),
        ({"prompts": ["greet@0.9.0#00000000"]}, r"prompt greet@0\.9\.0#00000000 is now gone"),
        ({"schemas": {"UnderstandRows": "00000000"}}, "schema UnderstandRows has changed"),
        ({"schemas": {"OldRows": "00000000"}}, "schema OldRows has changed"),
    ],
)
def test_a_stale_recording_names_what_changed(recorded: Path, model: Open, about: dict[str, Any], says: str) -> None:

    def replayed() -> None:
        with cassette(changed(recorded, **about)):
            understand(model(NOWHERE))
            draft(model(NOWHERE))

    with pytest.raises(CassetteStaleError, match=says) as caught:
        replayed()
    assert "every request is still the same" in str(caught.value)
    assert len(caught.value.causes) == 1


def test_a_stale_recording_shows_the_first_request_that_differs(recorded: Path, model: Open) -> None:
    path = changed(recorded, prompts=["understand@0.9.0#00000000"])
    with pytest.raises(CassetteStaleError) as caught, cassette(path):
        understand(model(NOWHERE), title="落地灯")
    assert caught.value.causes == (f"prompt understand@0.9.0#00000000 is now {Prompts.load().get('understand').ref}",)
    assert '+     "落地灯",' in caught.value.diff
    assert caught.value.diff in str(caught.value)


def test_a_call_recording_outlives_changes_around_its_prompt(tmp_path: Path, server: str, model: Open) -> None:
    path = tmp_path / "call.json"
    with cassette(path, record=True, match="messages"):
        understand(model(server))
    changed(path, schemas={"UnderstandRows": "00000000"})
    data = json.loads(path.read_text(encoding="utf-8"))
    data["exchanges"][0]["request"]["body"]["temperature"] = 0.7
    path.write_text(json.dumps(data), encoding="utf-8")
    with cassette(path, match="messages"):
        assert understand(model(NOWHERE)).t == ["照明"]
    with pytest.raises(CassetteStaleError, match="schema UnderstandRows has changed"), cassette(path):
        understand(model(NOWHERE))


def test_orphans_are_named(recorded: Path) -> None:
    folder = recorded.parent
    check_no_orphans(folder, [recorded])
    (folder / "old").mkdir()
    (folder / "old" / "gone.json").write_text("{}")
    with pytest.raises(CassetteOrphanedError, match=r"nothing replays old/gone\.json"):
        check_no_orphans(folder, [recorded])


def test_recording_again_asks_only_what_is_not_there_yet(recorded: Path, server: str, model: Open) -> None:
    before = json.loads(recorded.read_text("utf-8"))["exchanges"][1]
    with cassette(recorded, record=True, reuse=[recorded]) as tape:
        draft(model(NOWHERE))
        understand(model(server), title="lamp")
    assert (tape.reused, len(tape.takes)) == ({0}, 2)
    after = json.loads(recorded.read_text("utf-8"))["exchanges"]
    assert after[0] == before
    assert "lamp" in json.dumps(after[1]["request"])


def test_the_same_request_twice_is_asked_twice(tmp_path: Path, server: str, model: Open) -> None:
    path = tmp_path / "twice.json"
    with cassette(path, record=True) as tape:
        [understand(model(server)) for _ in range(2)]
    assert (len(tape.takes), tape.reused) == (2, set())
    with cassette(path):
        [understand(model(NOWHERE)) for _ in range(2)]


def test_a_rejected_recording_goes_aside_and_the_old_one_stays(recorded: Path, server: str, model: Open) -> None:
    before, aside = recorded.read_bytes(), recorded.with_name("aside.json")
    with cassette(recorded, record=True, aside=aside) as tape:
        understand(model(server), title="lamp")
        tape.rejected = True
    assert recorded.read_bytes() == before
    with cassette(aside):
        understand(model(NOWHERE), title="lamp")


def test_what_breaks_off_is_put_aside_and_serves_the_next_try(recorded: Path, server: str, model: Open) -> None:
    before, aside = recorded.read_bytes(), recorded.with_name("aside.json")

    def broken_off() -> None:
        with cassette(recorded, record=True, aside=aside):
            understand(model(server), title="lamp")
            draft(model(NOWHERE))

    with pytest.raises(ShortlistError):
        broken_off()
    assert recorded.read_bytes() == before
    with cassette(recorded, record=True, reuse=[aside]) as tape:
        understand(model(NOWHERE), title="lamp")
    assert tape.reused == {0}


def test_a_recording_cut_in_half_is_refused(recorded: Path) -> None:
    text = recorded.read_text("utf-8")
    recorded.write_text(text[: len(text) // 2], "utf-8")
    with pytest.raises(CassetteError, match="restore the file or record it again"), cassette(recorded):
        pytest.fail("the block must not run")
    assert [flaw[:20] for flaw in flaws(recorded, Prompts.load())] == ["this is no cassette:"]


@pytest.fixture
def proven(tmp_path: Path, server: str, model: Open) -> Path:
    """A cassette that says all it must say."""
    path = tmp_path / "proven.json"
    with cassette(path, record=True, extra={"catalog": "v1", "tools": "t1"}):
        understand(model(server))
    return path


def test_a_recording_that_says_where_it_comes_from_has_no_flaw(proven: Path) -> None:
    assert flaws(proven, Prompts.load()) == []


def test_a_recording_that_does_not_say_is_flawed(recorded: Path) -> None:
    assert flaws(recorded, Prompts.load()) == ["does not say: tools"]


@pytest.mark.parametrize(
    ("old", "new", "flaw"),
    [
        ("照明", "灯光", "its content is not what was recorded: the digest differs"),
        ('"seconds": ', '"seconds": 1', "its content is not what was recorded: the digest differs"),
        ('"server": "BaseHTTP', '"server": "Other', "its content is not what was recorded: the digest differs"),
        (
            '"model": "tiny",\n  "prompts"',
            '"model": "huge",\n  "prompts"',
            "says it asked huge, but its requests name tiny",
        ),
        ('"understand@1.0.0', '"plan@1.0.0', "its content is not what was recorded: the digest differs"),
    ],
)
def test_an_edit_by_hand_shows(proven: Path, old: str, new: str, flaw: str) -> None:
    text = proven.read_text("utf-8")
    assert old in text
    proven.write_text(text.replace(old, new), "utf-8")
    assert flaw in flaws(proven, Prompts.load())
