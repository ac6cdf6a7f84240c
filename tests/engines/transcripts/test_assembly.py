import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import Chapter, Precision, ReadReport, Transcript, read_captions
from commonplace.engines.transcripts.assembly import assemble_transcript
from commonplace.engines.transcripts.document import Document
from commonplace.engines.transcripts.formats.base import Cue, Format, Heading, Item, SetAside, TimedWord

SEEN = [
    ">>[ __ ]",
    "_c[_ ]",
    ">> >>Ada:",
    "-[ __ ]",
    "[Music]",
    "hello",
    "yeah",
    ">>",
    "(laughs)",
    "[ __ ]",
    "- so",
    "Ada:",
    "♪",
    "no\nno",
    "",
    "a\n-b",
]
TIMES = st.one_of(st.none(), st.integers(-(10**6), 10**8), st.sampled_from([10**12, -1]))


def assemble(
    *items: Item, text: str = "", labels: bool = False, rolls: bool = False, precision: Precision = "cue"
) -> tuple[Transcript, ReadReport]:
    format_ = Format(
        name="test",
        title="Test",
        precision=precision,
        looks_like=lambda _: True,
        read=lambda _: iter(()),
        labels=labels,
        rolls=rolls,
    )
    report = ReadReport(format="test", encoding="utf-8")
    return assemble_transcript(items, Document(text), format_, report), report


cues = st.tuples(
    TIMES, TIMES, st.lists(st.sampled_from(SEEN), max_size=5).map(" ".join), st.sampled_from([None, "Ada", "Mei"])
).map(lambda fields: Cue(*fields))


@given(st.lists(cues, max_size=12), st.booleans(), st.booleans())
def test_every_word_is_kept_or_counted(cues: list[Cue], rolls: bool, labels: bool):
    text = "\n\n".join(cue.text for cue in cues)
    transcript, report = assemble(*cues, text=text, rolls=rolls, labels=labels)
    assert report.words_in == sum(len(cue.text.split()) for cue in cues)
    assert report.words_in == len(transcript.words) + report.duplicates_collapsed + report.words_set_aside


@given(st.lists(st.lists(st.sampled_from([*SEEN, "[upbeat", "music]", "[", "__", "]"]), max_size=6), max_size=6))
def test_every_timed_word_is_kept_or_counted(lines: list[list[str]]):
    cues = [Cue(0, 1000, "", words=tuple(TimedWord(word, 10) for word in line)) for line in lines]
    transcript, report = assemble(*cues)
    assert report.words_in == sum(len(word.split()) for line in lines for word in line)
    assert report.words_in == len(transcript.words) + report.words_set_aside


@given(st.lists(st.tuples(TIMES, TIMES).map(lambda times: Cue(*times, "one two")), max_size=12))
def test_times_are_never_negative_or_backward_within_a_word(cues: list[Cue]):
    transcript, _ = assemble(*cues)
    for word in transcript.words:
        assert (word.start_ms is None) == (word.end_ms is None)
        assert word.start_ms is None or 0 <= word.start_ms <= (word.end_ms or 0)


def test_cues_out_of_order_go_where_their_time_is_with_their_speaker():
    transcript, report = assemble(
        Cue(0, 900, "first", "Ada"), Cue(5000, 5900, "third", "Mei"), Cue(2000, 2900, "second", "Jonas")
    )
    assert transcript.words.texts == ["first", "second", "third"]
    assert [turn.speaker for turn in transcript.turns] == ["Ada", "Jonas", "Mei"]
    assert report.cues_reordered == 1


def test_times_that_go_back_cue_by_cue_move_no_text():
    starts = [0, 1000, 2000, 9000, 7000, 5000, 3000, 4000, 5000, 6000, 7000]
    transcript, report = assemble(*(Cue(start, start + 500, f"w{n}") for n, start in enumerate(starts)))
    assert transcript.words.texts == [f"w{n}" for n in range(len(starts))]
    assert report.cues_reordered == 0
    assert report.times_mended > 0
    known = [word.start_ms for word in transcript.words]
    assert known == sorted(known)


def test_a_heading_whose_time_goes_back_moves_no_text():
    cues = [Cue(60_000, None, "first"), Cue(50_000, None, "second"), Cue(90_000, None, "third")]
    transcript, report = assemble(*cues, precision="heading")
    assert transcript.words.texts == ["first", "second", "third"]
    assert (report.cues_reordered, report.times_mended) == (0, 1)


def test_a_cue_without_a_time_stays_behind_the_one_before_it():
    transcript, _ = assemble(Cue(5000, 6000, "late"), Cue(None, None, "stray"), Cue(0, 1000, "early"))
    assert transcript.words.texts == ["early", "late", "stray"]


def test_marks_begin_turns_of_nobody_known():
    transcript, _ = assemble(Cue(0, 1000, ">> hello there >> hi"))
    assert [(turn.speaker, turn.first_word) for turn in transcript.turns] == [(None, 0), (None, 2)]


def test_two_lines_with_dashes_are_two_speakers():
    transcript, _ = assemble(Cue(0, 1000, "- Yes.\n- No."))
    assert [turn.first_word for turn in transcript.turns] == [0, 1]
    assert transcript.words.texts == ["Yes.", "No."]


def test_a_label_names_the_turn_and_is_counted():
    text = "Ada Okafor: hello\n\n>> Ada Okafor: again"
    transcript, report = assemble(Cue(0, 1, "Ada Okafor: hello"), Cue(1, 2, "world"), text=text, labels=True)
    assert [turn.speaker for turn in transcript.turns] == ["Ada Okafor"]
    assert report.set_aside == {"label": 2}


def test_a_speaker_who_is_not_named_again_is_unknown_not_guessed():
    transcript, _ = assemble(Cue(0, 1, "hello", "Ada"), Cue(1, 2, "hi", None))
    assert [turn.speaker for turn in transcript.turns] == ["Ada", None]


def test_headings_become_chapters_at_their_word():
    transcript, report = assemble(
        Heading("Start"), Cue(1000, 2000, "one two"), Heading("End"), Cue(3000, 4000, "three")
    )
    assert transcript.chapters == (Chapter(1000, "Start", 0), Chapter(3000, "End", 2))
    assert report.set_aside == {"heading": 2}


def test_timed_words_keep_their_times_and_others_lie_between():
    words = (TimedWord("in", 0, 100), TimedWord("2014", None), TimedWord("we", 600, 700))
    transcript, report = assemble(Cue(0, 1000, "", words=words))
    assert [word.start_ms for word in transcript.words] == [0, 100, 600]
    assert (report.precision, report.times_interpolated) == ("word", 1)


def test_a_direction_over_several_timed_words_is_set_aside_as_one():
    words = (TimedWord("[upbeat", 0), TimedWord("music]", 200), TimedWord("hello", 500))
    transcript, report = assemble(Cue(0, 1000, "", words=words))
    assert transcript.words.texts == ["hello"]
    assert report.directions == [{"text": "[upbeat music]", "start_ms": 0}]


def test_what_no_database_can_hold_is_replaced():
    transcript, _ = assemble(Cue(0, 1, "a\x00b \ud800 fine"))
    assert transcript.words.texts == ["a\ufffdb", "\ufffd", "fine"]


def test_notes_are_counted_by_their_kind():
    _, report = assemble(SetAside("note", "written by hand"), Cue(0, 1, "hello"))
    assert (report.words_in, report.words_out, report.set_aside) == (4, 1, {"note": 3})


@given(st.lists(st.sampled_from(["harbour", "tide", "x" * 9_000]), min_size=1, max_size=6), st.integers(1, 3_000))
def test_a_cue_as_long_as_a_book_loses_no_word(words: list[str], times: int):
    said = " ".join(words * times)[:200_000]
    assert assemble(Cue(0, 1000, said))[0].words.texts == said.split()


def test_a_word_longer_than_a_page_is_cut_but_not_lost():
    transcript, _ = assemble(Cue(0, 1000, "x" * 100_000))
    assert "".join(transcript.words.texts) == "x" * 100_000


def test_a_heading_after_the_last_word_has_its_own_time_or_none():
    transcript, _ = assemble(Cue(0, 1000, "hello"), Heading("Credits", 5000), Heading("The end"))
    assert transcript.chapters == (Chapter(5000, "Credits"), Chapter(None, "The end"))


def test_a_label_whose_speaker_is_unknown_names_nobody():
    text = ">> Unknown Speaker: hello"
    transcript, _ = assemble(Cue(0, 1, text), text=text, labels=True)
    assert (transcript.turns[0].speaker, transcript.words.texts) == (None, ["hello"])


def write_parts(*parts: list[int]) -> bytes:
    """WebVTT of cues of one second that begin at these seconds, each with a word that tells its part and second."""
    cues = [
        f"{second // 60:02}:{second % 60:02}.000 --> {second // 60:02}:{second % 60:02}.900\np{number}s{second}"
        for number, seconds in enumerate(parts)
        for second in seconds
    ]
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()


@given(st.lists(st.integers(20, 60), min_size=2, max_size=4))
def test_parts_whose_times_begin_anew_stand_one_behind_the_other(lengths: list[int]):
    parts = [list(range(0, length, 2)) for length in lengths]
    reading = read_captions(write_parts(*parts))
    words, report = reading.transcript.words, reading.report
    assert words.texts == [f"p{number}s{second}" for number, seconds in enumerate(parts) for second in seconds]
    assert list(words.starts_ms) == sorted(words.starts_ms)
    assert words.starts_ms[len(parts[0])] == words.ends_ms[len(parts[0]) - 1]
    assert (report.words_in, report.cues_reordered, len(report.notes)) == (report.words_out, 0, 1)


@pytest.mark.parametrize(
    "parts",
    [
        ([0, 2, 4, 8, 10, 12, 14, 16], [6, 18, 20, 22, 24, 26]),
        ([60, 62, 64, 66, 68, 70, 72], [0, 2, 4]),
        ([100, 102, 104, 106, 108, 300], [200, 202, 204, 206, 208]),
    ],
)
def test_a_few_cues_in_the_wrong_place_are_put_in_their_places(parts: tuple[list[int], ...]):
    reading = read_captions(write_parts(*parts))
    assert list(reading.transcript.words.starts_ms) == sorted(1000 * second for part in parts for second in part)
    assert reading.report.notes == []
