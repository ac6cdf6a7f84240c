import pytest
from hypothesis import given, settings

from commonplace.apps.library import adapters
from commonplace.apps.library.adapters import rows_of, transcript_of
from commonplace.engines.transcripts import InconsistentTranscript, Transcript, UnreadableCaptions, Words
from tests.apps.library.transcripts import transcripts
from tests.factories import make_captions, make_details


@given(transcripts())
@settings(max_examples=60)
def test_a_transcript_comes_back_from_its_rows_as_it_went_in(transcript):
    rows = rows_of(transcript, report={}, people={})
    for key, turn in enumerate(rows.turns, start=1):
        turn.pk = key
    for paragraph in rows.paragraphs:
        paragraph.turn_id = paragraph.turn.pk if paragraph.turn else None
    parts = {name: getattr(rows, name) for name in ("turns", "paragraphs", "chapters", "corrections")}
    assert transcript_of(rows.transcript, **parts) == transcript


@given(transcripts())
def test_every_word_stands_in_one_paragraph_of_one_turn(transcript):
    rows = rows_of(transcript, report={}, people={})
    assert " ".join(row.text for row in rows.paragraphs).split() == transcript.words.texts
    for row in rows.paragraphs:
        if row.turn:
            turn = transcript.turns[row.turn.position]
            assert turn.first_word <= row.first_word <= row.first_word + row.text.count(" ") <= turn.last_word


def test_captions_are_read_into_paragraphs_with_a_report():
    transcript, report = adapters.read_transcript(make_captions(), "talk.vtt")
    assert transcript.paragraphs
    assert report["words_out"] == len(transcript.words) == 24


@pytest.mark.parametrize("words", [["two words"], [""], ["nothing", "a\x00b"]])
def test_a_word_that_would_not_come_back_as_it_was_is_refused(words):
    transcript = Transcript(words=Words.of((word, None, None) for word in words))
    with pytest.raises(InconsistentTranscript):
        rows_of(transcript, report={}, people={})


@pytest.mark.parametrize("date", ["2026-02-30", "yesterday", "2026"])
def test_a_date_that_is_no_day_is_refused(date):
    with pytest.raises(UnreadableCaptions, match="the date is no day"):
        adapters.read_date(make_details(date=date), file="talk.md")
