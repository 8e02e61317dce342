"""Values go through the graph as plain JSON, and what comes back is what was written."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from shortlist.turn.state import Exchange, Session
from shortlist.turn.state.forms import Forms


def test_the_very_object_gives_its_value_and_any_other_is_read() -> None:
    forms, session = Forms(), Session(id="s", exchanges=(Exchange(user="hi", reply="hello"),))
    written = forms.write(session)
    assert written == json.loads(json.dumps(written))
    assert forms.read(Session, written) is session
    copied = forms.read(Session, dict(written))
    assert copied is not session
    assert copied == session


def test_lists_keep_their_order_and_are_not_shared() -> None:
    forms = Forms()
    said = [Exchange(user=str(at), reply="") for at in range(3)]
    written = forms.write_all(said)
    found = forms.read_all(Exchange, written)
    assert found == said
    found.clear()
    assert forms.read_all(Exchange, written) == said
    assert forms.read_all(Exchange, list(written)) == said


def test_another_kind_and_other_turns_are_validated() -> None:
    written = Forms().write(Session(id="s"))
    assert Forms().read(Session, written) == Session(id="s")
    forms = Forms()
    session = forms.write(Session(id="s"))
    with pytest.raises(ValidationError):
        forms.read(Exchange, session)
