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
