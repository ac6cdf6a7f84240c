from commonplace.engines.transcripts.formats.base import Heading
from commonplace.engines.transcripts.formats.youtube_paste import FORMAT

from .reading import read_sample, read_text, set_aside_of, times_and_texts


def test_a_time_and_its_text_on_one_line_are_a_cue():
    cues = times_and_texts(read_sample(FORMAT, "time-and-text-on-a-line.txt"))
    assert cues[0] == (0, None, "um hello everyone thanks for")
    assert cues[-2:] == [(3_598_000, None, "and that is nearly"), (3_600_000, None, "an hour")]


def test_bare_lines_before_a_time_are_chapter_titles():
    items = read_sample(FORMAT, "two-lines-with-chapter-titles.txt")
    assert [item.title for item in items if isinstance(item, Heading)] == ["Welcome", "How the box hears"]
    assert times_and_texts(items)[2] == (62_000, None, "it listens below")


def test_times_in_words_are_no_speech():
    items = read_sample(FORMAT, "times-for-a-screen-reader.txt")
    assert [text for _, text in set_aside_of(items)] == ["0 seconds", "4 seconds", "1 minute, 4 seconds"]


def test_times_in_words_glued_to_the_time_are_no_speech():
    items = read_text(FORMAT, "0:04 4 secondsto the harbour\n0:09 9 secondsit listens\n")
    assert times_and_texts(items) == [(4000, None, "to the harbour"), (9000, None, "it listens")]


def test_a_wrapped_line_stays_with_its_cue():
    items = read_text(FORMAT, "0:00 one cool thing that we\nadded this week\n0:04 is a map\n")
    assert times_and_texts(items)[0] == (0, None, "one cool thing that we added this week")


def test_what_the_page_says_around_a_transcript_is_set_aside_and_the_same_word_in_speech_is_not():
    items = read_sample(FORMAT, "words-of-the-page-around.txt")
    assert [kind for kind, _ in set_aside_of(items)] == ["note"] * 4
    assert [text for _, _, text in times_and_texts(items)] == [
        "good evening harbour",
        "the tide is in",
        "transcript",
        "yeah yeah",
    ]


def test_times_glued_to_their_text_are_times():
    cues = times_and_texts(read_sample(FORMAT, "times-glued-to-the-text.txt"))
    assert cues == [(0, None, "good evening harbour"), (4000, None, "the tide is in"), (65_000, None, "yeah yeah")]


def test_times_in_words_are_known_by_their_numbers_in_any_language():
    items = read_sample(FORMAT, "times-in-words-of-another-language.txt")
    assert [text for _, _, text in times_and_texts(items)] == ["guten Abend Hafen", "die Flut ist da", "schön"]


def test_times_in_words_glued_to_the_line_below_are_no_speech():
    items = read_sample(FORMAT, "times-in-words-glued-below.txt")
    assert [text for _, _, text in times_and_texts(items)] == ["good evening harbour", "the tide is in", "yeah yeah"]


def test_seconds_that_somebody_speaks_of_are_speech():
    items = read_text(FORMAT, "0:13\n3 seconds is long\n0:20\n20 secondary schools\n0:25\nso\n")
    assert [text for _, _, text in times_and_texts(items)] == ["3 seconds is long", "20 secondary schools", "so"]
