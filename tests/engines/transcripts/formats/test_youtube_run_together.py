from commonplace.engines.transcripts import read_captions
from commonplace.engines.transcripts.formats.base import Details
from commonplace.engines.transcripts.formats.youtube_run_together import FORMAT

from .reading import SAMPLES, read_sample, read_text, set_aside_of, words_of


def test_times_found_in_the_middle_of_a_line_are_the_words_times():
    transcript = read_captions((SAMPLES / "youtube-run-together" / "with-times.txt").read_bytes()).transcript
    assert [(word.text, word.start_ms) for word in transcript.words][:4] == [
        ("so", 160),
        ("the", 400),
        ("tide", 800),
        ("yeah", 2200),
    ]
    assert transcript.precision == "word"


def test_without_times_a_line_that_stands_three_times_is_said_once():
    items = read_sample(FORMAT, "without-times.txt")
    assert words_of(items) == "so the tide comes in no no no at night".split()
    assert Details(language="en") in items


def test_words_that_do_not_stand_three_times_are_kept():
    items = read_text(FORMAT, "WEBVTTKind: captions one two two three")
    assert words_of(items) == "one two two three".split()
    assert set_aside_of(items) == []


def test_what_stands_between_header_and_times_is_set_aside():
    items = read_text(FORMAT, "WEBVTTKind: captionsLanguage: en by Mei00:00:01.000 --> 00:00:02.000hello")
    assert set_aside_of(items) == [("note", "by Mei")]
    assert words_of(items) == ["hello"]


def test_a_line_said_again_in_a_cue_of_its_own_is_kept():
    cue = "00:00:0{}.000 --> 00:00:0{}.900yeah"
    items = read_text(FORMAT, "WEBVTTKind: captions" + "".join(cue.format(n, n) for n in (1, 2, 3)))
    assert words_of(items) == ["yeah"] * 3
