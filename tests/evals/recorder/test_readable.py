"""Bodies survive being made readable."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from shortlist_evals.recorder.readable import from_readable, to_readable

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet="a\n灯 ", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet="ab", max_size=2), inner, max_size=3),
    max_leaves=8,
)


DELTAS = st.builds(lambda text: [{"delta": {"content": text}}], st.text(alphabet="a\n灯", max_size=3))


@given(JSON)
def test_json_comes_back(value: object) -> None:
    assert json.loads(from_readable(to_readable(json.dumps(value)))) == value


@given(st.text(max_size=80))
def test_any_text_comes_back(text: str) -> None:
    back = from_readable(to_readable(text))
    assert back == text or json.loads(back) == json.loads(text)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["id", "choices", "n"]), JSON | DELTAS, max_size=3), min_size=1, max_size=5
    )
)
def test_streams_come_back_event_by_event(events: list[dict[str, object]]) -> None:
    body = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
    back = from_readable(to_readable(body))
    lines = [line.removeprefix("data: ") for line in back.split("\n\n") if line]
    assert lines[-1] == "[DONE]"
    assert [json.loads(line) for line in lines[:-1]] == events


def test_lines_stand_apart_and_chinese_is_chinese() -> None:
    shown = to_readable('{"content": "a\\n灯", "n": 1}')
    assert shown == {"content": {"$lines": ["a", "灯"]}, "n": 1}
    assert from_readable(shown) == '{"content":"a\\n灯","n":1}'


def test_what_events_share_is_said_once() -> None:
    body = 'data: {"id":"x","t":1}\n\ndata: {"id":"x","t":2}\n\ndata: [DONE]\n\n'
    each = [{"t": 1}, {"t": 2}, {"$raw": "[DONE]"}]
    assert to_readable(body) == {"$events": {"same": {"id": "x"}, "saying": None, "each": each}}
    assert from_readable(to_readable(body)) == body


def test_what_a_stream_says_reads_as_text() -> None:
    body = "".join(
        f'data: {{"choices":[{{"index":0,"delta":{delta}}}]}}\n\n'
        for delta in ('{"role":"assistant"}', '{"content":"灯"}', '{"content":"\\n"}', "{}")
    )
    shown = to_readable(body)["$events"]
    assert shown["saying"] == {"choices": [{"index": 0, "delta": {"content": ""}}]}
    assert shown["each"][1:3] == ["灯", "\n"]
    assert from_readable(to_readable(body)) == body
