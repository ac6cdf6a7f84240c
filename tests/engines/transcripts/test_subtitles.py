from itertools import pairwise

from hypothesis import given

from commonplace.engines.transcripts import Transcript, Turn, Words
from commonplace.engines.transcripts.subtitles import LINE_CHARACTERS, LONGEST_MS, make_subtitles

from .strategies import transcripts


@given(transcripts())
def test_every_word_stands_in_exactly_one_cue_in_order(transcript: Transcript):
    shown = " ".join(line for subtitle in make_subtitles(transcript) for line in subtitle.lines)
    assert shown.split() == transcript.words.texts


@given(transcripts())
def test_cues_keep_to_the_guideline(transcript: Transcript):
    for subtitle in make_subtitles(transcript):
        assert len(subtitle.lines) <= 2
        assert all(len(line) <= LINE_CHARACTERS for line in subtitle.lines)
        assert 0 < subtitle.end_ms - subtitle.start_ms <= LONGEST_MS


@given(transcripts())
def test_cues_follow_each_other_without_overlap(transcript: Transcript):
    subtitles = make_subtitles(transcript)
    for before, after in pairwise(subtitles):
        assert before.start_ms <= after.start_ms
        assert before.end_ms <= max(after.start_ms, before.start_ms + 1)


@given(transcripts())
def test_a_cue_never_mixes_two_turns(transcript: Transcript):
    assert sum(subtitle.begins_turn for subtitle in make_subtitles(transcript)) == len(transcript.turns)


def test_a_long_sentence_ends_at_its_comma_rather_than_in_a_phrase():
    text = (
        "when the model had seen the port at night for weeks, it still called every gull a boat and every boat a gull"
    )
    words = Words.of((word, 300 * n, 300 * n + 250) for n, word in enumerate(text.split()))
    subtitles = make_subtitles(Transcript(words=words, turns=(Turn(None, 0, len(words) - 1),), precision="word"))
    assert subtitles[0].lines[-1].endswith("weeks,")


def test_a_transcript_without_times_has_no_subtitles():
    words = Words.of([("hello", None, None)])
    assert make_subtitles(Transcript(words=words, turns=(Turn(None, 0, 0),))) == []
