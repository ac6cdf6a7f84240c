"""What the text and the JSON of whisper.cpp share."""

from __future__ import annotations

import pytest

from commonplace.engines.transcripts.formats.base import Cue
from commonplace.engines.transcripts.syntax.whisper_cpp_segments import Segment, is_special, read_segments
from tests.engines.transcripts.formats.reading import cues_of


@pytest.mark.parametrize("token", ["[_BEG_]", "[_TT_150]", " [_SOT_]", "[_LANG_en]", "<|notimestamps|>"])
def test_special_tokens_are_known(token: str):
    assert is_special(token)


@pytest.mark.parametrize("token", ["[BLANK_AUDIO]", "[Music]", " boat", "<b>", "|"])
def test_text_is_no_special_token(token: str):
    assert not is_special(token)


def test_a_turn_waits_for_the_next_cue_that_says_something():
    segments = [Segment(Cue(0, 1, " Yes. [SPEAKER_TURN]")), Segment(Cue(1, 2, " ")), Segment(Cue(2, 3, " No."))]
    assert [cue.begins_turn for cue in cues_of(read_segments(iter(segments)))] == [False, True]
