"""Errors in somebody else's JSON name the value and point at it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.errors import MalformedCaptions
from commonplace.engines.transcripts.syntax.json_values import (
    Record,
    find_place,
    read_records,
    read_root,
    show_path,
    wrong_value,
)
from tests.engines.transcripts.formats.reading import JSON_VALUES, paths_in


def make_record(values: dict[str, Any]) -> Record:
    document = Document(json.dumps(values))
    return Record(document, (), read_root(document))


@given(JSON_VALUES.map(lambda value: [value]), st.sampled_from([None, 0, 3]))
def test_the_place_of_a_value_is_where_its_text_begins(value: list[Any], indent: int | None):
    text = json.dumps(value, indent=indent)
    for path in paths_in(value):
        expected: Any = json.loads(text)
        for step in path:
            expected = expected[step]
        found, _ = json.JSONDecoder().raw_decode(text, find_place(text, path))
        assert repr(found) == repr(expected)


def test_of_equal_keys_the_last_counts_as_in_the_parser():
    text = '{"a": 1, "a": {"b": 2}}'
    assert text[find_place(text, ("a", "b")) :] == "2}}"


def test_the_place_of_what_is_missing_is_that_of_its_object():
    assert find_place('[{"a": 1}]', (0, "b", "c")) == 1
    assert find_place('[{"a": 1}]', (0, "a", "c")) == 7


def test_a_path_is_shown_as_people_write_it():
    assert show_path(("segments", 3, "words", 0, "start")) == "segments[3].words[0].start"
    assert show_path((2, "start")) == "[2].start"


@pytest.mark.parametrize(
    ("value", "ms"), [(1.5, 1500), (2, 2000), ("0.25", 250), (None, None), (-0.5, -500), (1e11, 10**14)]
)
def test_seconds_become_whole_milliseconds(value: Any, ms: int | None):
    assert make_record({"start": value}).seconds("start") == ms


@pytest.mark.parametrize("value", ["soon", "", "nan", True, [], {}, 1e999, float("nan"), 1e300, 10**400])
def test_what_is_no_time_is_refused(value: Any):
    with pytest.raises(MalformedCaptions, match="start is"):
        make_record({"start": value}).seconds("start")


def test_milliseconds_are_rounded_and_text_is_none():
    assert make_record({"from": 12.6}).milliseconds("from") == 13
    assert make_record({}).milliseconds("from") is None
    with pytest.raises(MalformedCaptions, match='from is "12"'):
        make_record({"from": "12"}).milliseconds("from")


@pytest.mark.parametrize(
    ("value", "name"),
    [("  Ada  Okafor ", "Ada Okafor"), ("", None), (None, None), (0, "Speaker 0"), ("1", "Speaker 1")],
)
def test_a_speaker_is_a_name_or_a_number(value: Any, name: str | None):
    assert make_record({"speaker": value}).speaker() == name


@pytest.mark.parametrize("value", [True, 1.5, [], {}])
def test_a_speaker_that_is_neither_is_refused(value: Any):
    with pytest.raises(MalformedCaptions, match="a speaker's name"):
        make_record({"speaker": value}).speaker()


def test_lists_and_objects_are_asked_for_by_name():
    assert list(make_record({}).records("segments")) == []
    assert make_record({}).record("result").values == {}
    with pytest.raises(MalformedCaptions, match="result is a list"):
        make_record({"result": [1]}).record("result")
    document = Document('[{"a": 1}, 5]')
    with pytest.raises(MalformedCaptions, match=r"\[1\] is 5"):
        list(read_records(document, read_root(document), ()))


def test_text_that_is_no_json_is_refused_with_its_place():
    with pytest.raises(MalformedCaptions) as caught:
        read_root(Document('{"segments": [}'))
    assert (caught.value.line, caught.value.column) == (1, 15)
    with pytest.raises(MalformedCaptions, match="no JSON object or list"):
        read_root(Document("hello"))


def test_a_long_value_is_shown_in_part():
    document = Document(json.dumps({"start": "x" * 500}))
    assert len(wrong_value(document, ("start",), "a number").problem) < 80
