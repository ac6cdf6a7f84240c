from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import read_captions
from commonplace.engines.transcripts.formats.youtube_vtt import FORMAT
from commonplace.engines.transcripts.syntax.times import write_clock

from .reading import SAMPLES, read_sample, set_aside_of, words_of

lines = st.lists(
    st.lists(st.sampled_from(["yeah", "no", "so", "the", "harbour"]), min_size=1, max_size=6), min_size=3, max_size=20
)


def roll(said: list[list[str]]) -> tuple[str, list[tuple[str, int]]]:
    """The lines as YouTube rolls them, and each word with its true start."""
    cues, truth, time, above = [], [], 0, " "
    for line in said:
        starts = [time + 300 * number for number in range(len(line))]
        end = starts[-1] + 290
        tagged = line[0] + "".join(
            f"<{write_clock(at)}><c> {word}</c>" for word, at in zip(line[1:], starts[1:], strict=True)
        )
        plain = " ".join(line)
        cues.append(f"{write_clock(time)} --> {write_clock(end)} align:start position:0%\n{above}\n{tagged}\n")
        cues.append(f"{write_clock(end)} --> {write_clock(end + 10)} align:start position:0%\n{plain}\n \n")
        truth += zip(line, starts, strict=True)
        time, above = end + 10, plain
    return "WEBVTT\nKind: captions\nLanguage: en\n\n" + "\n".join(cues), truth


@given(lines.filter(lambda said: any(len(line) > 1 for line in said)))
def test_every_word_comes_once_with_its_own_time(said: list[list[str]]):
    text, truth = roll(said)
    words = read_captions(text.encode()).transcript.words
    assert [(word.text, word.start_ms) for word in words] == truth


@given(lines.filter(lambda said: any(len(line) > 1 for line in said)))
def test_the_same_lines_with_lost_line_breaks_give_the_same_words(said: list[list[str]]):
    text, truth = roll(said)
    reading = read_captions(text.replace("\n", "").encode())
    assert reading.report.format == "youtube-run-together"
    assert [word.text for word in reading.transcript.words] == [word for word, _ in truth]


def test_a_mask_and_a_mark_keep_their_place():
    assert words_of(read_sample(FORMAT, "one-word-lines-marks-and-a-mask.vtt")) == (
        "so the tide yeah yeah >> no no no [Music] [ __ ]".split()
    )


def test_what_is_shown_again_is_counted():
    items = read_sample(FORMAT, "one-word-lines-marks-and-a-mask.vtt")
    assert [text for kind, text in set_aside_of(items) if kind == "duplicate"].count("so the tide") == 2


def test_an_empty_first_row_does_not_part_a_cue_from_its_words():
    words = read_captions(
        (SAMPLES / "youtube-vtt" / "blank-rows-trimmed-by-an-editor.vtt").read_bytes()
    ).transcript.words
    assert " ".join(words.texts) == "good evening harbour the tide is in"
    assert [words[0].start_ms, words[3].start_ms] == [160, 2400]
