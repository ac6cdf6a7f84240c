"""SubStation Alpha."""

import pytest

from commonplace.engines.transcripts import MalformedCaptions
from commonplace.engines.transcripts.formats.ass import FORMAT
from commonplace.engines.transcripts.formats.base import Details

from .reading import cues_of, read_sample, read_text, set_aside_of, times_and_texts


def test_dialogue_keeps_its_commas_names_and_times():
    items = read_sample(FORMAT, "styles-names-and-breaks.ass")
    assert times_and_texts(items) == [
        (1000, 3500, "Welcome, all of you, to the harbour."),
        (3500, 5000, "Thank you, Ada."),
    ]
    assert [cue.speaker for cue in cues_of(items)] == ["Ada Okafor", "Mei Tanaka"]


def test_title_comments_and_styles_are_no_speech():
    items = read_sample(FORMAT, "styles-names-and-breaks.ass")
    assert Details(title="Small models at sea") in items
    assert ("note", "checked by Mei") in set_aside_of(items)


def test_dialogue_without_its_fields_is_refused_at_its_line():
    with pytest.raises(MalformedCaptions) as caught:
        read_text(FORMAT, "[Script Info]\n[Events]\nDialogue: 0,0:00:01.00\n")
    assert caught.value.line == 3
