from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts import Chapter, Loop, Transcript, Turn, Words, split_paragraphs
from commonplace.engines.transcripts.paragraphs import LEAST_WORDS, MOST_WORDS

from .strategies import transcripts


def monologue(texts: list[str], pause_before: int | None = None) -> Transcript:
    timed = []
    for number, text in enumerate(texts):
        start = 400 * number + (2000 if pause_before is not None and number >= pause_before else 0)
        timed.append((text, start, start + 400))
    return Transcript(words=Words.of(timed), turns=(Turn(None, 0, len(texts) - 1),), precision="word")


@given(transcripts(most_words=400))
def test_paragraphs_begin_with_turns_and_have_a_readable_length(transcript: Transcript):
    starts = split_paragraphs(transcript).paragraphs
    assert {turn.first_word for turn in transcript.turns} <= set(starts)
    for first, stop in zip(starts, [*starts[1:], len(transcript.words)], strict=True):
        assert stop - first <= MOST_WORDS


@given(st.integers(1, 700))
def test_a_paragraph_is_short_only_where_the_whole_turn_is(count: int):
    starts = split_paragraphs(monologue(["word"] * count)).paragraphs
    lengths = [stop - first for first, stop in zip(starts, [*starts[1:], count], strict=True)]
    assert len(lengths) == 1 or min(lengths) >= LEAST_WORDS


def test_bare_captions_break_at_the_longest_pause():
    assert split_paragraphs(monologue(["word"] * 200, pause_before=83)).paragraphs[1] == 83


def test_punctuated_text_breaks_between_sentences():
    texts = ["word"] * 200
    texts[90] = "word."
    assert split_paragraphs(monologue(texts)).paragraphs[1] == 91


def test_a_chapter_begins_a_paragraph():
    transcript = replace(monologue(["word"] * 50), chapters=(Chapter(8000, "Second half"),))
    assert split_paragraphs(transcript).paragraphs == (0, 20)


def test_lines_of_japanese_count_as_many_words():
    starts = split_paragraphs(monologue(["今日は港の小さなモデルについて話します。"] * 60)).paragraphs
    assert len(starts) > 3


def test_no_words_have_no_paragraphs():
    assert split_paragraphs(Transcript(words=Words.of([]))).paragraphs == ()


def test_a_sentence_stays_whole_where_its_end_is_in_reach():
    texts = ["word"] * 130
    texts[44] = texts[129] = "word."
    assert split_paragraphs(monologue(texts)).paragraphs == (0, 45)


def test_a_loop_has_a_paragraph_of_its_own():
    transcript = replace(monologue(["word"] * 50), loops=(Loop(10, 29, 20),))
    assert split_paragraphs(transcript).paragraphs == (0, 10, 30)


def test_a_chapter_that_begins_after_the_last_word_splits_nothing():
    transcript = replace(monologue(["word"] * 5), chapters=(Chapter(9_000_000, "Credits"), Chapter(None, "Nowhere")))
    assert split_paragraphs(transcript).paragraphs == (0,)


def test_two_words_as_long_as_a_page_are_not_split_within():
    assert split_paragraphs(monologue(["長" * 400, "い" * 400])).paragraphs in ((0,), (0, 1))
