"""The profile commands, run as a person runs them, over a small shop."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner, Result

from shortlist import Recommender
from shortlist.cli.main import app
from shortlist_prompts.errors import CallerError, OperatorError

NOW = 1_780_000_000
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    path = folder / "shop.db"
    items = [
        {"id": f"{kind[0]}{n}", "title": f"{kind} {n}", "kind": kind, "brand": "Acme" if n < 2 else "Bolt", "price": 9}
        for kind in ("lamp", "kettle", "rug", "desk")
        for n in range(6)
    ]
    file = folder / "items.jsonl"
    file.write_text("\n".join(map(json.dumps, items)), "utf-8")
    with Recommender.open(path, model="offline") as recommender:
        recommender.catalog.ingest(file)
        events = [{"kind": "bought", "item_id": f"l{n}", "time": NOW + 86_400 * n} for n in range(6)]
        recommender.profiles.record("ann", events)
        recommender.profiles.set("ann", "city", "London")
    return path


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "shop.db"))


@pytest.fixture
def run(db: Path) -> Run:
    def run_it(*words: str, user: str | None = "ann", typed: str | None = None, fails: bool = False) -> Result:
        who = ["--user", user] if user is not None else []
        result = CliRunner().invoke(app, ["profile", *words, *who, "--db", str(db)], input=typed)
        assert (result.exit_code != 0) is fails, result.output
        return result

    return run_it


def test_show_says_what_is_believed_in_both_languages(run: Run, tmp_path: Path) -> None:
    english = run("show").output
    assert "What is known of ann" in english
    assert "lamp" in english
    assert "the shop said so" in english
    assert "关于ann的了解" in run("show", "--lang", "zh").output
    html = tmp_path / "page.html"
    run("show", "--html", str(html))
    assert "<!doctype html>" in html.read_text("utf-8")
    assert json.loads(run("show", "--json").output)["user"] == "ann"


def test_why_names_the_events(run: Run) -> None:
    output = run("why", "kind=lamp").output
    assert "bought: lamp 5" in output
    assert isinstance(run("why", "nonsense", fails=True).exception, CallerError)


def test_a_wrong_conclusion_goes_and_stays_away(run: Run) -> None:
    assert "will not be concluded again" in run("correct", "kind=lamp", "no").output
    run("why", "kind=lamp", fails=True)
    assert "What must never be concluded" in run("show").output
    run("forbid", "kind=lamp", "--lift")
    run("why", "kind=lamp")


def test_the_newest_statement_wins(run: Run) -> None:
    run("correct", "city", "Paris")
    assert "Corrected: Rome" in run("correct", "city", "Rome").output
    shown = run("show").output
    assert "Rome" in shown
    assert "Paris" not in shown
    assert "London" not in shown


def test_consent_is_shown_and_changed(run: Run) -> None:
    allowed = json.loads(run("consent", "--json").output)
    assert dict(allowed["sources"])["purchases"] == [True, True, True, True]
    assert "Refused: recommend by it – purchases" in run("consent", "--refuse", "personalise:purchases").output
    changed = json.loads(run("consent", "--json").output)
    assert dict(changed["sources"])["purchases"] == [True, False, True, True]
    assert isinstance(run("consent", "--refuse", "sell:everything", fails=True).exception, CallerError)


def test_export_holds_everything_and_erase_leaves_nothing(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "ann.json"
    run("export", "-o", str(out))
    found = json.loads(out.read_text("utf-8"))
    assert len(found["stored"]["events"]) == 6
    assert found["profile"]["user"] == "ann"
    assert "Nothing was deleted." in run("erase", typed="n\n", fails=True).output
    done = run("erase", typed="y\n").output
    assert "6 events" in done
    assert "none was found" in done
    assert json.loads(run("export").output)["stored"]["events"] == []


def test_import_reports_bad_rows_and_unknown_items(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text(
        "user,kind,item_id,time\nbob,bought,k1,2026-05-01T10:00:00Z\nbob,stole,k2,2026-05-01\nbob,viewed,zz,2026-05-02\n"
    )
    output = run("import", str(file), user=None).output
    assert "2 new events of 1 people from 3 rows" in output
    assert "events.csv line 3: kind: there is no such kind" in output
    assert "1 are about items the catalog does not have, and were kept: zz (1)" in output
    assert "2 were known already" in run("import", str(file), user=None).output
    missing = run("import", str(tmp_path / "none.csv"), user=None, fails=True)
    assert isinstance(missing.exception, CallerError)


def test_segments_need_people(run: Run) -> None:
    assert "1 people can be placed" in str(run("segments", user=None, fails=True).exception)


def test_somebody_must_be_named_and_ids_must_be_ids(run: Run) -> None:
    assert "--user" in str(run("show", user=None, fails=True).exception)
    assert "at most 200 characters" in str(run("show", user="x" * 10_000, fails=True).exception)
    assert "Nothing is known of you yet" in run("show", user="../../x'\"; --").output


def test_a_wrong_key_is_told_and_opens_nothing(db: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHORTLIST_KEY", Fernet.generate_key().decode())
    run("show")
    monkeypatch.setenv("SHORTLIST_KEY", Fernet.generate_key().decode())
    assert isinstance(run("show", fails=True).exception, OperatorError)
