from commonplace.engines.transcripts import Transcript, Turn, Words, read_captions
from commonplace.engines.transcripts.formats.srt import FORMAT, write

from .reading import SAMPLES, read_text, set_aside_of, times_and_texts


def read_whole(name: str) -> Transcript:
    return read_captions((SAMPLES / "srt" / name).read_bytes()).transcript


def test_counters_are_no_words_whether_missing_repeated_or_glued():
    texts = read_whole("labels-dialogue-and-styles.srt").words.texts
    assert not any(text.isdigit() for text in texts)
    assert " ".join(texts).endswith("no counter here no blank line before this one")


def test_labels_and_dashes_begin_turns():
    speakers = [turn.speaker for turn in read_whole("labels-dialogue-and-styles.srt").turns]
    assert speakers == ["Ada Okafor", "Mei Tanaka", None, None, "Mei Tanaka"]


def test_a_line_of_digits_that_somebody_says_is_kept():
    assert (
        times_and_texts(read_text(FORMAT, "1\n00:00:01,000 --> 00:00:02,000\nthe answer is\n42\n"))[0][2]
        == "the answer is 42"
    )


def test_overlapping_cues_share_no_time_and_lose_no_word():
    transcript = read_whole("overlapping-from-youtube.srt")
    assert transcript.words.texts == "the tide comes in twice a day it's easy".split()
    assert list(transcript.words.starts_ms) == sorted(transcript.words.starts_ms)


def test_a_timing_line_nobody_can_read_is_told_and_its_words_kept():
    items = read_text(FORMAT, "1\n00:00:01,000 --> 00:00:02,000\none\n\n2\n00:00:0x --> late\ntwo\n")
    assert set_aside_of(items) == [("damage", "00:00:0x --> late")]
    assert [text for _, _, text in times_and_texts(items)] == ["one", "two"]


def test_a_turn_is_written_with_its_mark_and_name():
    words = Words.of([("Hi.", 0, 400), ("Bye.", 1000, 1400)])
    transcript = Transcript(words=words, turns=(Turn("Ada", 0, 0), Turn(None, 1, 1)), precision="word")
    assert write(transcript) == (
        "1\n00:00:00,000 --> 00:00:00,833\n>> Ada: Hi.\n\n2\n00:00:01,000 --> 00:00:01,833\n>> Bye.\n"
    )


def test_a_counter_above_a_stray_line_is_no_word():
    items = read_text(
        FORMAT, "1\n00:00:01,000 --> 00:00:02,000\none\n\nstray\n\n2\n00:00:03,000 --> 00:00:04,000\ntwo\n"
    )
    assert [text for _, _, text in times_and_texts(items)] == ["one", "stray", "two"]


def test_converted_rolling_captions_keep_each_line_once_with_its_time():
    words = read_whole("rolling-converted-with-empty-rows.srt").words
    assert " ".join(words.texts) == "good evening harbour the tide is in yeah yeah"
    assert [words[place].start_ms for place in (0, 3, 7)] == [160, 2400, 4010]


def test_text_below_a_blank_line_has_its_cues_time_but_a_counter_stays_one():
    timing = "00:00:0{},000 --> 00:00:0{},000\n\n"
    text = f"1\n\n{timing.format(1, 2)}one\n\n2\n\n{timing.format(3, 4)}3\n\n{timing.format(5, 6)}two\n"
    assert times_and_texts(read_text(FORMAT, text)) == [(1000, 2000, "one"), (5000, 6000, "two")]


def test_a_name_nobody_would_take_for_one_is_written_in_brackets_and_read_back():
    words = Words.of([("hello", 0, 500), ("there", 600, 900)])
    transcript = Transcript(words=words, turns=(Turn("ada", 0, 0), Turn("jonas's phone 2", 1, 1)), precision="word")
    again = read_captions(write(transcript).encode()).transcript
    assert (again.words.texts, [turn.speaker for turn in again.turns]) == (
        ["hello", "there"],
        ["ada", "jonas's phone 2"],
    )


def test_a_dash_before_a_single_line_is_a_word():
    captions = "1\n00:00:01,000 --> 00:00:02,000\n>> Mei: hello\n\n2\n00:00:02,000 --> 00:00:03,000\n- and so on\n"
    assert read_captions(captions.encode()).transcript.words.texts == "hello - and so on".split()


def test_pieces_of_words_are_joined():
    words = read_whole("whisper-cpp-pieces-of-words.srt").words
    assert [(word.text, word.start_ms) for word in words] == [("Good", 0), ("evening,", 300), ("Ada", 1000)]
