"""DataTalks.Club's YAML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.errors import MalformedCaptions, OversizedCaptions
from commonplace.engines.transcripts.formats.base import Details, Heading
from commonplace.engines.transcripts.formats.datatalks_yaml import FORMAT, YAML_CHARACTERS
from tests.engines.transcripts.formats.damage import check_damaged_sample
from tests.engines.transcripts.formats.reading import (
    cues_of,
    first_claim,
    read_sample,
    read_text,
    sample_document,
    samples_of,
    set_aside_of,
)


@pytest.mark.parametrize("name", samples_of(FORMAT))
def test_it_is_recognised(name: str):
    assert first_claim(sample_document(FORMAT, name)) == FORMAT.name


@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_a_place(data: st.DataObject):
    check_damaged_sample(FORMAT, data)


def test_lines_have_seconds_or_clock_times_and_speakers_or_none():
    cues = cues_of(read_sample(FORMAT, "whole-file.yaml"))
    assert [(cue.start_ms, cue.speaker) for cue in cues] == [(0, "Ada"), (63_000, "Mei"), (3_723_000, None)]
    assert cues[0].text.endswith("this is a sentence folded over two lines.")


def test_two_headers_in_a_row_are_two_headings_and_clips_are_not_read_again():
    items = read_sample(FORMAT, "whole-file.yaml")
    assert [item for item in items if isinstance(item, Heading)] == [Heading("Welcome"), Heading("Harbour ML")]
    assert ("note", "quotableClips: name Welcome startOffset 0") in set_aside_of(items)


def test_front_matter_is_read_and_the_page_below_set_aside():
    items = read_sample(FORMAT, "front-matter.md")
    assert Details(title="Tides, again") in items
    assert set_aside_of(items)[-1] == ("note", "Links of the evening stand here.")
    assert ("label", "Mei") in set_aside_of(items)


@pytest.mark.parametrize(
    "entry",
    ["line: a\n  sec: soon", "line: [a, b]", "line: a\n  time: '1'", "line: *a", "line: 'a", "line: &a b\n  who: *a"],
)
def test_wrong_values_and_aliases_are_refused_with_a_place(entry: str):
    with pytest.raises(MalformedCaptions) as caught:
        read_text(FORMAT, f"transcript:\n- {entry}\n")
    assert caught.value.line is not None
    assert caught.value.expected


def test_nesting_without_end_is_refused():
    with pytest.raises(MalformedCaptions, match="too deeply"):
        read_text(FORMAT, "deep: " + "[" * 5000 + "]" * 5000 + "\ntranscript:\n- line: a\n")


def test_more_than_sixteen_mebi_characters_are_refused():
    with pytest.raises(OversizedCaptions):
        read_text(FORMAT, "transcript:\n- line: a\n" + "#" * YAML_CHARACTERS)
