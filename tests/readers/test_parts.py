"""Large documents are read in parts, and say the same as whole."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import readers
from generator.readers import parts_of, read_all
from generator.readers.document import Document, Facts

_OBJECT = st.fixed_dictionaries(
    {"title": st.text(max_size=12)}, optional={"abstract": st.text(max_size=40), "odd": st.none()}
).map(json.dumps)
_LINES = st.lists(_OBJECT | st.sampled_from(["", "  ", "{", '{"title": 3}', "x"]), max_size=30)
_ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\r"])


@settings(deadline=None)
@given(lines=_LINES, end=_ENDS, part=st.integers(1, 200))
def test_parts_say_the_same_as_the_whole(lines: list[str], end: str, part: int) -> None:
    text = '{"title": "One"}\n{"title": "Two"}\n' + end.join(lines)
    document = Document(path="x.jsonl", text=text, facts=Facts(title="X"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "_PART", 10**9)
        whole = read_all([document])
        patch.setattr(readers, "_PART", part)
        patch.setattr(readers, "_LARGE", 0)
        parts = list(parts_of(document))
        assert "".join(each.text for each in parts) == text
        assert len(parts) > 1 or len(text) <= part + len(end.join(lines)) + 40
        with ThreadPoolExecutor(2) as pool:
            assert read_all([document], executor=pool) == whole
            assert read_all([document]) == whole


@pytest.mark.parametrize("text", ["# A list\n" * 40, "[\n" + '{"title": "x"},\n' * 40, '{"title": "x"}\n'])
def test_what_is_no_json_lines_is_one_part(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_PART", 20)
    document = Document(path="x.jsonl", text=text)
    assert list(parts_of(document)) == [document]


def test_each_document_is_reported_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_PART", 20)
    documents = [Document(path=f"{n}.jsonl", text='{"title": "x"}\n' * 9) for n in range(3)]
    seen: list[int] = []
    records, problems = read_all(documents, on_document=lambda: seen.append(1))
    assert (len(records), problems, len(seen)) == (27, [], 3)
    assert [record.source.line for record in records] == [*range(1, 10)] * 3
