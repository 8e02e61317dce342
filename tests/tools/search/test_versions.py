"""Published versions: switched to by one rename, swept after a kill, written by one at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from shortlist_tools.search.versions import KEPT, Versions, writing


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "index", "vectors")


def test_nothing_is_current_before_the_first_is_published(versions: Versions) -> None:
    assert versions.current() is None
    versions.fresh()
    assert versions.current() is None


def test_the_published_version_is_current_and_only_two_stay(versions: Versions) -> None:
    folders = []
    for _ in range(4):
        folder = versions.fresh()
        versions.publish(folder)
        folders.append(folder)
        assert versions.current() == folder
    assert [folder.is_dir() for folder in folders] == [False] * (4 - KEPT) + [True] * KEPT


def test_what_a_killed_build_left_is_swept_and_its_number_reused(versions: Versions) -> None:
    published = versions.fresh()
    versions.publish(published)
    left = versions.fresh()
    (left / "half").write_text("a file")
    versions.sweep()
    assert not left.exists()
    assert versions.current() == published
    assert versions.fresh() == left


@pytest.mark.parametrize(
    "content", ["", "vectors-000009", "../elsewhere", "vectors-000001/..", "\x00", "lexical-000001"]
)
def test_a_pointer_to_nowhere_means_nothing_is_published(versions: Versions, tmp_path: Path, content: str) -> None:
    versions.publish(versions.fresh())
    (tmp_path / "index" / "vectors.current").write_text(content)
    assert versions.current() is None


def test_two_names_in_one_directory_do_not_meet(tmp_path: Path) -> None:
    one, other = Versions(tmp_path, "vectors"), Versions(tmp_path, "lexical")
    one.publish(one.fresh())
    assert other.current() is None
    other.sweep()
    assert one.current() is not None


def test_the_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    import os

    with writing(tmp_path) as first:
        assert first is None
        with writing(tmp_path) as second:
            assert second == os.getpid()
        with writing(tmp_path, wait=0.12) as third:
            assert third == os.getpid()
    with writing(tmp_path) as free:
        assert free is None


def test_a_killed_writer_leaves_no_lock_behind(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from shortlist_tools.search.versions import writing\n"
        "with writing(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    with writing(tmp_path) as writer:
        assert writer == child.pid
    child.kill()
    child.communicate()
    with writing(tmp_path) as writer:
        assert writer is None
