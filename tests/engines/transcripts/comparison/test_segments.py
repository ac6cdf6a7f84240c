from __future__ import annotations

from commonplace.engines.transcripts.comparison import NORMALISERS
from commonplace.engines.transcripts.comparison.segments import LONGEST_SEGMENT, find_segment_stops, stop_tokens
from commonplace.engines.transcripts.model import Transcript, Turn, Words


def transcribe(text: str, **details) -> Transcript:
    return Transcript(words=Words.of((word, None, None) for word in text.split()), **details)


def test_sentences_end_with_their_marks_also_inside_quotation_marks():
    assert find_segment_stops(transcribe("Yes. Is it? “No!” 海。 and so")) == [1, 3, 4, 5, 7]


def test_a_turn_and_a_paragraph_end_a_segment():
    turns = (Turn("Ada", 0, 1), Turn("Mei", 2, 5))
    assert find_segment_stops(transcribe("a b c d e f", turns=turns, paragraphs=(0, 4))) == [2, 4, 6]


def test_text_without_marks_is_cut():
    assert find_segment_stops(transcribe("word " * 120)) == [LONGEST_SEGMENT, 2 * LONGEST_SEGMENT, 120]
    assert find_segment_stops(transcribe("")) == []


def test_ends_are_counted_in_tokens_from_the_first_word_compared():
    tokens = NORMALISERS["basic"].tokenise("data-set — here. And there.".split())
    assert stop_tokens(tokens, [10, 13, 15, 20], 10) == [0, 3, 5, 5]
