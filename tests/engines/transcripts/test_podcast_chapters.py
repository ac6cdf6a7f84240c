import json

from commonplace.engines.transcripts import Chapter, Transcript, Words, write_chapters


def test_chapters_are_in_order_in_seconds_and_untimed_ones_are_left_out():
    chapters = (Chapter(90_500, "Später"), Chapter(0, 'Say "hi"'), Chapter(None, "Nowhere"))
    written = json.loads(write_chapters(Transcript(words=Words.of([]), chapters=chapters)))
    assert written == {
        "version": "1.2.0",
        "chapters": [{"startTime": 0, "title": 'Say "hi"'}, {"startTime": 90.5, "title": "Später"}],
    }


def test_no_chapters_are_an_empty_list():
    assert json.loads(write_chapters(Transcript(words=Words.of([]))))["chapters"] == []
